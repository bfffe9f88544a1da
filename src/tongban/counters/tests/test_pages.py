"""The pages of a window: nothing typed is lost, and who stands there corrects what was asked for."""

from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from tongban.cases import commands as own
from tongban.cases.commands import CorrectionFault
from tongban.cases.events import CaseResubmitted
from tongban.cases.queries import looks_of, view_of
from tongban.cases.tests.world import FOOD_ANSWERS, World, an_officer
from tongban.counters import commands
from tongban.counters.queries import ReceptionRow
from tongban.counters.tests.world import Registers, a_number, received
from tongban.identity import api as identity
from tongban.kernel.access import Role, Viewer
from tongban.kernel.clock import now

ANSWERS = {
    name: str(value).lower() if value in (True, False) else value for name, value in FOOD_ANSWERS.items()
}


def signed_in(officer: Viewer) -> tuple[Client, Viewer]:
    """A browser in which an officer is signed in, and the officer with that account."""
    assert officer.officer is not None
    account = identity.open_account(f"clerk-{uuid4().hex}", uuid4().hex, officer=officer.officer.id)
    client = Client()
    client.force_login(get_user_model().objects.get(pk=account))
    return client, replace(officer, account=account)


@pytest.fixture
def window(clerk: Viewer) -> tuple[Client, Viewer]:
    """The window's browser."""
    return signed_in(clerk)


def to_correct(world: World, found: ReceptionRow, clerk: Viewer) -> str:
    """A case of who stands there that was returned for correction; its number."""
    world.submit(by=identity.served(found.person, clerk, now()), at=now())
    number = world.take_next(at=now())
    fault = CorrectionFault(place="设备布局图", basis="食品安全法", do="请标出洗消间。")
    own.return_for_correction(number, seen=None, by=world.handler, at=now(), faults=[fault])
    return number


def seen(number: str, viewer: Viewer) -> dict[str, Any]:
    return {"seen": view_of(number, viewer, at=now()).state.version}


def test_what_was_typed_stays_where_a_name_is_refused(window, registers: Registers) -> None:
    client, _ = window
    number = registers.know("陈春梅", a_number())
    answer = client.post("/desk/window", {"id_number": number, "name": "陈秋菊", "key": str(uuid4())})
    assert answer.status_code == 422
    assert f'value="{number}"' in answer.content.decode() and 'value="陈秋菊"' in answer.content.decode()


def test_who_stands_there_corrects_and_the_case_goes_back_to_its_place(window, world, registers) -> None:
    client, clerk = window
    found = received(registers, clerk, at=now())
    number = to_correct(world, found, clerk)
    themselves = identity.served(found.person, clerk, now())
    page = client.get(f"/cases/{number}/resubmit").content.decode()
    assert "请标出洗消间。" in page and "窗口代为填报" in page
    sent = ANSWERS | seen(number, themselves) | {"area": "99.5"}
    unread = client.post(f"/cases/{number}/resubmit", sent)
    assert unread.status_code == 422 and 'value="99.5"' in unread.content.decode()
    assert "还没有记下本人看过" in unread.content.decode()
    answer = client.post(f"/cases/{number}/resubmit", sent | {"confirmed": "read"})
    assert (answer.status_code, answer["Location"]) == (302, f"/desk/window/cases/{number}")
    view = view_of(number, themselves, at=now())
    last = view.story[-1]
    assert isinstance(last.event, CaseResubmitted) and last.event.received is not None
    assert (last.event.received.officer, last.event.received.confirmed) == (clerk.officer.id, "read")
    assert view.answers is not None and view.answers["area"] == "99.5"
    assert "本人当面看过、同意。" in last.detail
    assert world.take_next(at=now()) == number


def test_nobody_corrects_for_who_does_not_stand_at_their_window(window, world, registers) -> None:
    client, clerk = window
    found = received(registers, clerk, at=now())
    number = to_correct(world, found, clerk)
    colleague, another = signed_in(an_officer(world.body, Role.WINDOW))
    assert colleague.get(f"/cases/{number}/resubmit").status_code == 403
    received(registers, another, at=now())
    assert colleague.get(f"/cases/{number}/resubmit").status_code == 404
    commands.leave(found.id, by=clerk)
    assert client.get(f"/cases/{number}/resubmit").status_code == 403


def test_each_look_at_what_is_to_be_corrected_is_told_to_the_person(window, world, registers) -> None:
    client, clerk = window
    found = received(registers, clerk, at=now())
    number = to_correct(world, found, clerk)
    client.get(f"/cases/{number}/resubmit")
    client.get(f"/desk/window/cases/{number}")
    own_view = identity.served(found.person, clerk, now())
    told = [one.look.what for one in looks_of(own_view) if one.number == number]
    assert told == ["收件凭证", "填报内容和材料清单"]


def test_the_browser_forgets_what_was_typed_when_the_person_leaves(window, registers) -> None:
    client, clerk = window
    found = received(registers, clerk, at=now())
    assert client.post(f"/desk/window/{found.id}/leave")["Clear-Site-Data"] == '"storage"'
