"""What people look for in vain, as those see it who can do something about it."""

from collections.abc import Iterator

import pytest

from tongban.cases.tests.test_draft_pages import browser, text
from tongban.cases.tests.world import World, a_world
from tongban.catalogue import api as catalogue
from tongban.kernel.clock import now
from tongban.kernel.sql import run


@pytest.fixture
def world(transactional_db: None) -> Iterator[World]:
    """A body with officers; nobody has looked for anything in vain."""
    run("delete from catalogue_unansweredquestion")
    yield a_world()
    run("delete from catalogue_unansweredquestion")


def test_what_several_asked_is_shown_and_what_somebody_alone_wrote_is_only_counted(world: World) -> None:
    for asked in ("登月许可", "登月許可", "王秀丽的登月证"):
        catalogue.count_unanswered(asked, at=now())
    page = text(browser(world.leader), "/desk/unanswered")
    assert "登月许可" in page and "2 次" in page
    assert "王秀丽" not in page and "1 句只问过一次" in page


def test_whoever_can_do_something_about_it_finds_the_page_from_the_desk(world: World) -> None:
    for officer, found in ((world.leader, True), (world.handler, False)):
        page = text(browser(officer), "/desk/")
        assert ("/desk/unanswered" in page) is found
