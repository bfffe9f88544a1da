"""What happens in cases and with certificates is told to whoever may read of it, in words of theirs."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from tongban.cases import api as cases
from tongban.cases import commands
from tongban.cases.commands import CorrectionFault, Writer
from tongban.cases.events import KINDS as OF_CASES
from tongban.cases.tests.world import (
    FOOD_ANSWERS,
    JINJIANG,
    MONDAY,
    World,
    a_resident,
    a_world,
    an_agent,
    seal_all,
)
from tongban.certificates import api as certificates
from tongban.certificates.events import KINDS as OF_CERTIFICATES
from tongban.identity import api as identity
from tongban.kernel.access import Viewer
from tongban.kernel.ids import EventId
from tongban.kernel.sql import run
from tongban.notices import api as notices
from tongban.notices.handlers import tell_people
from tongban.notices.rules.telling import TELLS, TELLS_NOTHING
from tongban.site import wiring
from tongban.site.happenings import Happenings

EVENTS = {f"cases.{one}" for one in OF_CASES} | {f"certificates.{one}" for one in OF_CERTIFICATES}
FAULTS = [CorrectionFault(place="布局图", basis="食品安全法", do="请标出洗消间。")]


def test_every_event_tells_or_says_why_it_does_not() -> None:
    assert EVENTS - TELLS.keys() - TELLS_NOTHING.keys() == set()
    assert TELLS.keys() & TELLS_NOTHING.keys() == set()
    assert all(TELLS_NOTHING.values())


def events_of(number: str) -> list[EventId]:
    """The events of a case and of the certificates that came of it."""
    found = [
        *run(
            "select e.id from cases_event e join cases_case c on c.id = e.case_id where c.number = $1::text",
            (number,),
        ),
        *run(
            "select e.id from certificates_event e join certificates_certificate c on c.id = e.certificate_id"
            " where c.case_number = $1::text",
            (number,),
        ),
    ]
    return [EventId(event) for (event,) in found]


def told(number: str, who: Viewer) -> list[notices.NoticeRow]:
    """What this person is told of a case, the oldest first, once the worker has come by."""
    seal_all()
    tell_people(events=events_of(number))
    return notices.notices_of(who).rows[::-1]


def test_the_way_of_a_case_as_its_applicant_is_told(transactional_db: None) -> None:
    world, person = a_world(), a_resident()
    number = world.submit(by=person).number
    world.take_next()
    acting: dict[str, Any] = {"seen": None, "by": world.handler, "at": MONDAY}
    commands.return_for_correction(number, **acting, faults=FAULTS)
    commands.resubmit(number, seen=None, by=person, at=MONDAY, answers=FOOD_ANSWERS)
    world.take_next()
    commands.accept(number, **acting)
    commands.grant(number, **acting, text="准予许可。")
    commands.deliver(number, **acting, way="online")
    rows = told(number, person)
    assert [row.title for row in rows] == [
        *("需要补正", "已经受理", "批准了", "结果已送达", "电子证照发给您了"),
    ]
    assert "食品经营许可" in rows[0].says and rows[0].to_do
    assert "最晚 " in rows[1].says and "作出决定" in rows[1].says


def test_what_a_certificate_goes_through_its_holder_is_told(transactional_db: None) -> None:
    world, agent = a_world(), an_agent()
    number = world.submit(by=agent).number
    world.take_next()
    acting: dict[str, Any] = {"seen": None, "by": world.handler, "at": MONDAY}
    commands.accept(number, **acting)
    commands.grant(number, **acting, text="准予许可。")
    [row] = certificates.of_case(_case_id(number), world.handler, at=MONDAY)
    certificates.ask_revocation(row.number, **acting, ground="penalty", text="多次违法。")
    certificates.approve_revocation(row.number, seen=None, by=world.leader, at=MONDAY)
    assert [row.title for row in told(number, agent)][-2:] == ["有人提出收回您的证照", "证照被收回"]
    assert told(number, a_resident()) == []


def test_of_an_enterprise_whoever_acts_for_it_that_day_is_told(transactional_db: None) -> None:
    agent = an_agent()
    assert agent.acting_for is not None and agent.person is not None
    other = a_resident()
    assert other.person is not None
    tomorrow = MONDAY + timedelta(days=1)
    identity.entitle(other.person, agent.acting_for, at=MONDAY, since=tomorrow.date())
    readers = [Happenings().readers({agent.acting_for, other.person}, at) for at in (MONDAY, tomorrow)]
    assert [set(one[agent.acting_for].persons) for one in readers] == [
        {agent.person},
        {agent.person, other.person},
    ]
    assert readers[0][other.person].persons == (other.person,)


def test_a_correction_is_awaited_until_it_is_handed_in(transactional_db: None) -> None:
    world, person = a_world(), a_resident()
    number = world.submit(by=person).number
    world.take_next()
    commands.return_for_correction(number, seen=None, by=world.handler, at=MONDAY, faults=FAULTS)
    seal_all()
    [(event,)] = run(
        "select e.id from cases_event e join cases_case c on c.id = e.case_id"
        " where c.number = $1::text and e.kind = 'returned-for-correction'",
        (number,),
    )
    asked = Happenings().still_awaited(EventId(event))
    assert asked is not None and replace(asked, days={}) == replace(Happenings().news([event])[0], days={})
    commands.resubmit(number, seen=None, by=person, at=MONDAY, answers=FOOD_ANSWERS)
    assert Happenings().still_awaited(EventId(event)) is None


def a_draft_of(world: World, owner: Viewer, at: datetime) -> Writer:
    """Somebody's draft, begun at that moment."""
    by = Writer(owner)
    commands.begin(world.item, commands.Beginning(JINJIANG), by=by, at=at)
    return by


def test_of_a_draft_that_ends_soon_its_owner_is_told_once(transactional_db: None) -> None:
    world, person = a_world(), a_resident()
    by = a_draft_of(world, person, MONDAY)
    soon = MONDAY + timedelta(days=25)
    for at in (soon - timedelta(minutes=1), soon, soon + timedelta(days=1)):
        wiring.tell_of_ending_drafts(at)
    [row] = notices.notices_of(person).rows
    assert (row.title, row.to_do, row.at) == ("没填完的快要删掉了", True, soon)
    assert "4 月 8 日" in row.says
    [draft] = cases.drafts(person, at=soon)
    assert notices.mark_read(row.id, person, at=soon).number == str(draft.id)
    commands.choose(draft.id, commands.Beginning(JINJIANG), by=by, at=soon)
    wiring.tell_of_ending_drafts(soon + timedelta(days=1))
    assert len(notices.notices_of(person).rows) == 1, "a change keeps it for a month more"
    wiring.tell_of_ending_drafts(soon + timedelta(days=26))
    assert len(notices.notices_of(person).rows) == 2


def test_of_what_was_handed_in_or_thrown_away_nobody_is_told(transactional_db: None) -> None:
    world, person = a_world(), a_resident()
    by = a_draft_of(world, person, MONDAY)
    [draft] = cases.drafts(person, at=MONDAY)
    commands.discard(draft.id, by=by, at=MONDAY)
    wiring.tell_of_ending_drafts(MONDAY + timedelta(days=26))
    assert notices.notices_of(person).rows == []


@pytest.mark.parametrize("length", [1, 4])
def test_asking_what_happened_costs_a_statement_for_cases_and_one_for_certificates(
    transactional_db: None, length: int, django_assert_num_queries
) -> None:
    world = a_world()
    numbers = [world.accepted() for _ in range(length)]
    for number in numbers:
        commands.grant(number, seen=None, by=world.handler, at=MONDAY, text="准予许可。")
    events = [event for number in numbers for event in events_of(number)]
    with django_assert_num_queries(2):
        assert len(Happenings().news(events)) == len(events) == length * 5


def _case_id(number: str):
    return run("select id from cases_case where number = $1::text", (number,))[0][0]
