"""Receiving: who stands there is compared once, on record; a child and a wrong name are refused."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from tongban.cases.api import KnownBy, looks_of
from tongban.cases.tests.world import MONDAY, a_resident, an_officer
from tongban.counters import commands, queries, rules
from tongban.counters.commands import Arriving
from tongban.counters.models import Reception
from tongban.counters.tests.world import a_number, received
from tongban.exchange import api as exchange
from tongban.identity import api as identity
from tongban.kernel.access import Role, Viewer
from tongban.kernel.keys import ring
from tongban.kernel.refusal import Refusal
from tongban.kernel.sql import run

LATER = MONDAY + timedelta(minutes=5)


def test_who_is_received_is_compared_with_the_register_once_and_reads_who_asked_and_why(
    registers, clerk
) -> None:
    found = received(registers, clerk, "陈春梅")
    assert (found.shown_as, found.known) == ("陈*梅", KnownBy.REGISTER)
    [asking] = exchange.askings_about(found.person)
    assert (asking.purpose, asking.body) == ("窗口核对身份", clerk.officer.body)
    [look] = looks_of(Viewer(account=clerk.account, person=found.person))
    assert (look.number, look.look.purpose, look.look.what) == ("", "在窗口替您办", "您的姓名和号码")
    assert identity.name_of(found.person) == "陈春梅"


def test_the_same_arrival_sent_twice_is_one_reception_and_one_asking(registers, clerk) -> None:
    number, key = registers.know("陈春梅", a_number()), uuid4()
    for _ in range(2):
        commands.receive(key, Arriving("陈春梅", number), by=clerk, at=MONDAY)
    assert [one.id for one in queries.receptions(clerk, at=MONDAY)] == [key]
    assert registers.asked == 1


def test_a_name_that_is_not_the_numbers_is_refused_and_nobody_is_received(registers, clerk) -> None:
    registers.know("陈春梅", number := a_number())
    for name, unknown in (("陈秋菊", number), ("陈春梅", a_number())):
        with pytest.raises(Refusal, match=r"counters\.mismatch"):
            commands.receive(uuid4(), Arriving(name, unknown), by=clerk, at=MONDAY)
    assert queries.receptions(clerk, at=MONDAY) == []


def test_while_the_register_is_away_the_card_is_seen_and_that_is_said(registers, clerk) -> None:
    registers.away = True
    found = received(registers, clerk, "陈春梅", number := a_number())
    assert found.by_card
    with pytest.raises(Refusal, match=r"counters\.mismatch"):
        commands.receive(uuid4(), Arriving("陈秋菊", number), by=clerk, at=MONDAY)


def test_a_name_read_wrongly_off_a_card_gives_way_to_the_registers(registers, clerk) -> None:
    number, registers.away = registers.know("陈春梅", a_number()), True
    person = received(registers, clerk, "陈春海", number).person
    registers.away = False
    received(registers, clerk, "陈春梅", number)
    assert identity.name_of(person) == "陈春梅"


def test_what_a_person_told_of_themselves_is_not_written_over_at_a_window(registers, clerk) -> None:
    number = registers.know("陈春梅", a_number())
    person = received(registers, clerk, "陈春梅", number).person
    identity.save_profile(person, identity.Profile("陈春梅", number, "13900000001"))
    received(registers, clerk, "陈春梅", number)
    kept = identity.profile_of(person)
    assert kept is not None and kept.phone == "13900000001"


@pytest.mark.parametrize(("born", "young"), [(date(2012, 3, 9), False), (date(2012, 3, 10), True)])
def test_a_child_under_fourteen_is_not_received_alone(born, young, registers, clerk) -> None:
    number, key = registers.know("小明", a_number(born)), uuid4()
    if young:
        with pytest.raises(Refusal, match=r"counters\.too-young"):
            commands.receive(key, Arriving("小明", number), by=clerk, at=MONDAY)
    else:
        assert commands.receive(key, Arriving("小明", number), by=clerk, at=MONDAY) == key


def test_a_window_looks_up_no_more_people_than_a_queue_brings(registers, clerk) -> None:
    for _ in range(rules.MOST_IN_AN_HOUR):
        identity.wait_after("received by", str(clerk.officer.id), most=99, within=rules.WITHIN, at=MONDAY)
    with pytest.raises(Refusal, match=r"counters\.too-many"):
        received(registers, clerk)


def test_who_represents_an_enterprise_stands_there_for_it_and_nobody_else_does(registers, clerk) -> None:
    boss, other = registers.know("林建国", a_number()), registers.know("陈春梅", a_number())
    code = registers.found("成都小面馆有限公司", "林建国", boss)
    found = received(registers, clerk, "林建国", boss, code)
    assert (found.enterprise, found.enterprise_name) == (code, "成都小面馆有限公司")
    with pytest.raises(Refusal, match=r"counters\.enterprise\.no-mandate"):
        received(registers, clerk, "陈春梅", other, code)
    # Whoever holds a mandate is told from it, and no register is asked about the enterprise.
    [linked] = identity.principals_of(identity.served(found.person, clerk, MONDAY))
    holder = ring().person_key("person", other)
    identity.entitle(holder, linked.key, at=MONDAY, since=date(2026, 1, 1))
    asked = registers.asked
    assert received(registers, clerk, "陈春梅", other, code).enterprise == code
    assert registers.asked == asked + 1
    with pytest.raises(Refusal, match=r"counters\.enterprise\.no-mandate"):
        received(registers, clerk, "林建国", boss, "91510104MA90000016")


def test_an_enterprise_waits_while_its_register_is_away(registers, clerk) -> None:
    boss = registers.know("林建国", a_number())
    code = registers.found("成都小面馆有限公司", "林建国", boss)
    registers.away = True
    with pytest.raises(Refusal, match=r"counters\.enterprise\.away"):
        received(registers, clerk, "林建国", boss, code)


@pytest.mark.parametrize("role", [one for one in Role if one is not Role.WINDOW])
def test_only_a_window_receives(role, registers, world) -> None:
    with pytest.raises(Refusal, match=r"access\.not-allowed"):
        received(registers, an_officer(world.body, role))


def test_a_resident_receives_nobody(registers, clerk) -> None:
    with pytest.raises(Refusal, match=r"access\.not-allowed"):
        commands.receive(uuid4(), Arriving("陈春梅", a_number()), by=a_resident(), at=MONDAY)


def test_a_reception_is_its_officers_alone_and_ends_with_the_day(registers, clerk, world) -> None:
    found = received(registers, clerk)
    colleague, midnight = an_officer(world.body, Role.WINDOW), MONDAY.replace(hour=16)
    assert queries.reception(found.id, clerk, at=midnight - timedelta(seconds=1)).person == found.person
    for viewer, at in ((colleague, LATER), (clerk, midnight)):
        with pytest.raises(Refusal, match=r"counters\.unknown"):
            queries.reception(found.id, viewer, at=at)
    commands.expire(midnight)
    assert run("select 1 from counters_reception where id = $1::uuid", (found.id,)) == []


BROKEN = {
    "a_reception_is_of_a_person": "subject = '\\x00'",
    "a_reception_ends": "ends_at = opened_at",
    "an_enterprise_at_a_window_has_code_and_name": "enterprise = '91510104MA90000016'",
}


@pytest.mark.parametrize("promise", BROKEN)
def test_the_database_keeps_its_promise(promise, registers, clerk) -> None:
    found = received(registers, clerk)
    with pytest.raises(IntegrityError, match=promise), transaction.atomic():
        run(f"update counters_reception set {BROKEN[promise]} where id = $1::uuid", (found.id,))


def test_every_promise_of_the_database_is_tried() -> None:
    assert {one.name for one in Reception._meta.constraints} == set(BROKEN)


def test_nothing_that_names_anybody_stands_in_a_reception(registers, clerk) -> None:
    number = registers.know("陈春梅", a_number())
    found = received(registers, clerk, "陈春梅", number)
    [(row,)] = run("select r::text from counters_reception r where id = $1::uuid", (found.id,))
    assert "陈春梅" not in row and number not in row
