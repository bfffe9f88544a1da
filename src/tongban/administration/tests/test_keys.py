"""Master keys: two agree, a worker wraps everything anew whatever dies, and everything still opens."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.conf import LazySettings

from tongban.administration import commands, queries
from tongban.administration.commands import Asked, steps
from tongban.administration.models import Change, RetiredMaster, Rewrapping
from tongban.administration.models.keys import Supplied
from tongban.administration.rules.keys import Standing
from tongban.administration.tests.keeping import Keeping, about, kept_beside
from tongban.administration.tests.world import DISTRICT, ELSEWHERE, NOW, a_body, two_admins
from tongban.kernel.access import Viewer
from tongban.kernel.hanging import A_BATCH, hanging
from tongban.kernel.keys import Unreadable, master_of, ring, rotate
from tongban.kernel.refusal import Refusal

pytestmark = pytest.mark.django_db

ROWS = 2 * A_BATCH + 200
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def keeping(
    tmp_path: Path, settings: LazySettings, monkeypatch: pytest.MonkeyPatch, db: None
) -> Iterator[Keeping]:
    with kept_beside(tmp_path, settings, monkeypatch) as made:
        yield made


@pytest.fixture
def admins() -> tuple[Viewer, Viewer]:
    return two_admins()


def prepared(by: Viewer, *asked: steps.Step) -> UUID:
    return commands.propose(Asked("密钥", asked, "一年一换"), by=by, at=NOW)


def agreed(admins: tuple[Viewer, Viewer], step: steps.Step, at: datetime = NOW) -> None:
    proposal = prepared(admins[0], step)
    assert commands.confirm(proposal, by=admins[0], at=NOW) is None, "it takes a second person"
    commands.agree(proposal, by=admins[1], at=at)


def to_the_end(at: datetime = NOW) -> None:
    while commands.rewrap_on(at):
        pass


def test_two_agree_and_a_worker_wraps_everything_anew(keeping: Keeping, admins: Any) -> None:
    keeping.keep(*range(ROWS))
    assert rotate() == "m2"
    keeping.keep(ROWS)
    agreed(admins, steps.RewrapKeys("m2"))
    assert keeping.masters() == {"m1", "m2"}, "agreeing alone wraps nothing"
    assert commands.rewrap_on(LATER) is True
    view = queries.keys_of(at=LATER).run
    assert view is not None
    assert (view.done, view.total, view.standing, view.moved) == (A_BATCH, ROWS, Standing.GOING_ON, LATER)
    to_the_end(LATER)
    assert keeping.masters() == {"m2"}
    view = queries.keys_of(at=LATER).run
    assert view is not None
    assert (view.done, view.failed, view.standing) == (ROWS, 0, Standing.ENDED)
    change = Change.objects.get(title="密钥")
    assert (change.by_name, change.second_name, change.reason) == ("管理一", "管理二", "一年一换")


def test_killed_in_the_middle_nothing_is_unreadable_and_the_next_goes_on_from_there(
    keeping: Keeping, admins: Any
) -> None:
    keeping.keep(*range(ROWS))
    rotate()
    agreed(admins, steps.RewrapKeys("m2"))
    keeping.dies_at = str(A_BATCH + 100)
    with pytest.raises(ConnectionResetError):
        to_the_end()
    keeping.dies_at = ""
    assert keeping.masters() == {"m1", "m2"}
    assert [master_of(wrapped) for wrapped in keeping.kept().values()].count("m2") == A_BATCH
    left = Rewrapping.objects.get()
    assert (left.done, left.after, left.ended) == (A_BATCH, [str(A_BATCH - 1)], None)
    to_the_end(LATER)
    left.refresh_from_db()
    assert (keeping.masters(), left.done, left.after, left.ended) == ({"m2"}, ROWS, [], LATER)


def test_a_master_that_is_needed_is_not_retired_and_what_needs_it_is_named(
    keeping: Keeping, admins: Any
) -> None:
    keeping.keep(1, 2)
    rotate()
    with pytest.raises(Refusal) as refused:
        prepared(admins[0], steps.RetireMaster("m1"))
    assert refused.value.code == "administration.keys.needed"
    assert [fault["says"] for fault in refused.value.faults] == ["个人资料：2 个"]
    agreed(admins, steps.RewrapKeys("m2"))
    to_the_end()
    keeping.files = 3
    with pytest.raises(Refusal, match="administration.keys.needed"):
        prepared(admins[0], steps.RetireMaster("m1"))
    for master, code in (("m2", "current"), ("m7", "unknown")):
        with pytest.raises(Refusal, match=f"administration.keys.{code}"):
            prepared(admins[0], steps.RetireMaster(master))


def test_what_needs_a_master_again_before_the_second_agrees_keeps_it(keeping: Keeping, admins: Any) -> None:
    stale = ring().wrap(bytes(32), about("9"))
    rotate()
    proposal = prepared(admins[0], steps.RetireMaster("m1"))
    commands.confirm(proposal, by=admins[0], at=NOW)
    keeping.put(9, stale)
    with pytest.raises(Refusal, match="administration.keys.needed"):
        commands.agree(proposal, by=admins[1], at=NOW)
    assert ring().masters == ("m1", "m2")


def test_a_retired_master_leaves_the_ring_and_everything_still_opens(keeping: Keeping, admins: Any) -> None:
    keeping.keep(1, 2)
    old = keeping.kept()[1]
    rotate()
    agreed(admins, steps.RewrapKeys("m2"))
    to_the_end()
    agreed(admins, steps.RetireMaster("m1"))
    assert ring().masters == ("m1", "m2"), "a worker takes it out, not the page"
    commands.drop_retired()
    assert ring().masters == ("m2",)
    assert keeping.masters() == {"m2"}
    with pytest.raises(Unreadable):
        ring().unwrap(old, about("1"))
    commands.drop_retired()
    assert rotate() == "m3"


def test_a_retirement_is_called_off_where_a_machine_still_wraps_by_it(keeping: Keeping, admins: Any) -> None:
    stale = ring().wrap((9).to_bytes(32), about("9"))
    rotate()
    agreed(admins, steps.RetireMaster("m1"))
    keeping.put(9, stale)
    commands.drop_retired()
    assert keeping.masters() == {"m1"}
    assert not RetiredMaster.objects.exists()


def test_what_nobody_can_open_stays_is_counted_and_keeps_its_master(keeping: Keeping, admins: Any) -> None:
    keeping.keep(1, 3)
    keeping.put(2, ring().wrap(bytes(32), b"another's"))
    rotate()
    agreed(admins, steps.RewrapKeys("m2"))
    to_the_end()
    left = Rewrapping.objects.get()
    assert (left.done, left.failed, hanging(Supplied.tables)["m1"]) == (2, 1, {"profiles": 1})
    with pytest.raises(Refusal, match="administration.keys.needed"):
        prepared(admins[0], steps.RetireMaster("m1"))


def test_a_worker_with_a_ring_of_old_leaves_it_alone(keeping: Keeping, admins: Any) -> None:
    keeping.keep(1)
    rotate()
    agreed(admins, steps.RewrapKeys("m2"))
    rotate()
    assert commands.rewrap_on(LATER) is False
    assert keeping.masters() == {"m1"}
    silent = queries.keys_of(at=LATER).run
    assert silent is not None
    assert silent.standing is Standing.SILENT
    with pytest.raises(Refusal, match="administration.keys.not-current"):
        prepared(admins[0], steps.RewrapKeys("m2"))
    agreed(admins, steps.RewrapKeys("m3"), LATER)
    to_the_end(LATER)
    assert keeping.masters() == {"m3"}
    assert Rewrapping.objects.filter(ended=None).count() == 0


def test_what_hangs_on_the_newest_already_is_not_asked_for(keeping: Keeping, admins: Any) -> None:
    rotate()
    keeping.keep(1)
    with pytest.raises(Refusal, match="administration.nothing"):
        prepared(admins[0], steps.RewrapKeys("m2"))


def test_keys_are_for_an_administrator_beyond_whom_no_other_reaches(keeping: Keeping, admins: Any) -> None:
    keeping.keep(1)
    rotate()
    small, _ = two_admins(DISTRICT)
    a_body()
    for step in (steps.RewrapKeys("m2"), steps.RetireMaster("m1")):
        with pytest.raises(Refusal, match="access.not-allowed"):
            prepared(small, step)


def test_looking_costs_the_same_however_much_hangs_on_the_ring(
    keeping: Keeping, django_assert_num_queries: Callable[[int], Any]
) -> None:
    run_retired_and_files = 2
    for rows in (1, 40):
        keeping.keep(*range(rows * 100, rows * 100 + rows))
        with django_assert_num_queries(run_retired_and_files):
            queries.keys_of(at=NOW)
        if rows == 1:
            rotate()
            run_retired_and_files = 3


def test_a_body_of_elsewhere_keeps_no_city_from_its_keys(keeping: Keeping, admins: Any) -> None:
    a_body(ELSEWHERE)
    keeping.keep(1)
    rotate()
    prepared(admins[0], steps.RewrapKeys("m2"))
    two_admins(ELSEWHERE)
    with pytest.raises(Refusal, match="access.not-allowed"):
        prepared(admins[0], steps.RewrapKeys("m2"))
