"""Applying for somebody else: whose case it is, who sees it, who is told, and when that ends."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings

from tongban.cases import commands
from tongban.cases.commands import Beginning, Writer
from tongban.cases.commands.certifying import founder
from tongban.cases.queries import Filters, Wanted, cases, draft_of, own_cases, view_of
from tongban.cases.tests.world import (
    FOOD_ANSWERS,
    JINJIANG,
    MONDAY,
    World,
    a_credit_code,
    a_resident,
    a_world,
    kinds_of,
)
from tongban.catalogue import api as catalogue
from tongban.exchange import api as exchange
from tongban.identity import api as identity
from tongban.kernel.access import Trust, Viewer
from tongban.kernel.ids import PersonKey
from tongban.kernel.keys import ring
from tongban.kernel.refusal import Refusal
from tongban.kernel.sql import run

NEXT_YEAR = MONDAY.date() + timedelta(days=365)
MOTHERS, SONS = "510105194503094316", "510104198806152343"


def somebody(name: str, number: str) -> Viewer:
    """A person with an account and a profile."""
    person = ring().person_key("person", f"{number} {uuid4()}")
    identity.save_profile(person, identity.Profile(name, number, "13800000001"))
    account = identity.open_account(str(uuid4()), "x" * 12, person=person)
    return identity.bearer(identity.create_token(account, at=MONDAY), MONDAY)


def again(viewer: Viewer) -> Viewer:
    """The same person, with the mandates of now."""
    assert viewer.account is not None
    return identity.bearer(identity.create_token(viewer.account, at=MONDAY), MONDAY)


def key_of(viewer: Viewer) -> PersonKey:
    assert viewer.person is not None
    return viewer.person


def mother_and_son() -> tuple[Viewer, Viewer, Trust]:
    """A mother, and a son who may act for her in everything."""
    mother = somebody("张国芳", MOTHERS)
    return mother, *trusting(somebody("张小明", SONS), key_of(mother))


def trusting(agent: Viewer, whose: PersonKey, *scope: str) -> tuple[Viewer, Trust]:
    """The agent with a mandate of a person, or of an enterprise for some matters."""
    mandate = identity.entrust(key_of(agent), whose, until=NEXT_YEAR, at=MONDAY, scope=scope)
    entitled = again(agent)
    [trust] = [one for one in entitled.trusts if one.mandate == mandate]
    return entitled, trust


def filed(world: World, agent: Viewer, trust: Trust) -> str:
    """The number of a case that the agent filed by this mandate."""
    code = str(trust.mandate)
    if not trust.person:
        [code] = [one.code for one in identity.principals_of(agent) if one.key == trust.whose]
    return world.submit(by=identity.act_for(agent, code)).number


def test_it_is_the_case_of_whom_it_is_filed_for_and_says_who_filed_it(world: World) -> None:
    mother, son, trust = mother_and_son()
    number = filed(world, son, trust)
    for who in (mother, son):
        view = view_of(number, who, at=MONDAY)
        assert (view.applicant, view.agent, view.own) == ("张*芳", "张*明", True)
        assert view.answers is not None
        assert [row.number for row in own_cases(who, Wanted(), at=MONDAY, limit=5)] == [number]
        assert [row.number for row in cases(who, Filters(), at=MONDAY)] == [number]
    assert view_of(number, world.leader, at=MONDAY).agent == "张*明"


def test_the_event_says_that_an_agent_filed_it_and_names_nobody(world: World) -> None:
    mother, son, trust = mother_and_son()
    by_agent, alone = submitted(filed(world, son, trust)), submitted(world.submit(by=son).number)
    assert '"by_agent":true' in by_agent and "by_agent" not in alone
    assert not any(one in by_agent for one in ("张", key_of(son).hex(), key_of(mother).hex()))


def submitted(number: str) -> str:
    """The event by which a case began, as it is stored."""
    [(body,)] = run(
        "select e.body from cases_event e join cases_case c on c.id = e.case_id"
        " where c.number = $1::text and e.kind = 'submitted'",
        (number,),
    )
    return str(body)


def test_nothing_else_of_whom_one_acts_for_is_seen(world: World) -> None:
    mother, son, trust = mother_and_son()
    own = world.submit(by=mother).number
    filed(world, son, trust)
    with pytest.raises(Refusal, match=r"access\.not-allowed"):
        view_of(own, son, at=MONDAY)
    assert own not in [row.number for row in own_cases(son, Wanted(), at=MONDAY, limit=5)]
    other, _ = trusting(somebody("张小红", SONS), key_of(mother))
    assert own_cases(other, Wanted(), at=MONDAY, limit=5) == []


def test_the_agent_goes_on_with_it_and_the_applicant_may_as_well(world: World) -> None:
    mother, son, trust = mother_and_son()
    number = filed(world, son, trust)
    assert world.take_next() == number
    faults = [commands.CorrectionFault(place="图", basis="法", do="请补上。")]
    commands.return_for_correction(number, seen=None, by=world.handler, at=MONDAY, faults=faults)
    commands.resubmit(number, seen=None, by=son, at=MONDAY, answers=FOOD_ANSWERS)
    commands.withdraw(number, seen=None, by=mother, at=MONDAY)
    assert kinds_of(number)[-2:] == ["resubmitted", "withdrawn"]


def test_with_the_mandate_ends_what_the_agent_sees(world: World) -> None:
    mother, son, trust = mother_and_son()
    number = filed(world, son, trust)
    identity.revoke_mandate(key_of(son), key_of(mother), at=MONDAY)
    with pytest.raises(Refusal, match=r"access\.not-allowed"):
        view_of(number, again(son), at=MONDAY)
    assert own_cases(again(son), Wanted(), at=MONDAY, limit=5) == []
    assert view_of(number, mother, at=MONDAY).agent == "张*明"


@pytest.mark.parametrize("person", [True, False])
def test_a_mandate_for_other_matters_files_nothing(world: World, person: bool) -> None:
    whose = key_of(somebody("张国芳", MOTHERS)) if person else a_shop()
    agent = somebody("张小明", SONS)
    limited, trust = trusting(agent, whose, "民政部门")
    with pytest.raises(Refusal, match=r"identity\.no-mandate"):
        filed(world, limited, trust)
    matter = catalogue.item(world.item).department
    entitled, trust = trusting(agent, whose, "民政部门", matter)
    assert view_of(filed(world, entitled, trust), entitled, at=MONDAY).agent == "张*明"


def test_an_agent_for_some_matters_sees_of_an_enterprise_what_they_filed(world: World) -> None:
    shop = a_shop()
    boss = somebody("张国芳", MOTHERS)
    identity.represent(key_of(boss), shop, at=MONDAY)
    boss = again(boss)
    theirs = world.submit(by=replace(boss, acting_for=shop, shown_as="成都小面馆有限公司")).number
    agent, trust = trusting(somebody("张小明", SONS), shop, catalogue.item(world.item).department)
    mine = filed(world, agent, trust)
    assert {row.number for row in own_cases(boss, Wanted(), at=MONDAY, limit=5)} == {theirs, mine}
    assert [row.number for row in own_cases(agent, Wanted(), at=MONDAY, limit=5)] == [mine]


def a_shop() -> PersonKey:
    return identity.ensure_enterprise(a_credit_code(kind="91"), name="成都小面馆有限公司")


def a_permit() -> World:
    """An item that asks where one is registered, beside the registers that our own packs hold."""
    exchange.publish([Path(settings.PACKS)], at=MONDAY)
    return a_world("residence-permit")


def test_a_draft_for_another_is_filled_in_with_what_is_known_of_them(transactional_db: None) -> None:
    mother, son, trust = mother_and_son()
    permit, by = a_permit(), Writer(son)
    draft = commands.begin(permit.item, Beginning(JINJIANG, str(trust.mandate)), by=by, at=MONDAY)
    filled = draft_of(draft, by).filled
    assert (filled.answers["name"], filled.answers["resident_id"]) == ("张国芳", MOTHERS)
    assert filled.sources["name"] == "principal"
    assert filled.sources["phone"] == "profile", "calls go to whoever acts"
    assert (filled.answers["by_other"], filled.sources["by_other"]) == ("true", "whom")
    assert (filled.answers["agent_name"], filled.answers["agent_id"]) == ("张小明", SONS)
    assert len(exchange.askings_about(key_of(mother))) == 1
    commands.choose(draft, Beginning(JINJIANG), by=by, at=MONDAY)
    mine = draft_of(draft, by).filled
    assert (mine.answers["name"], mine.sources["name"], mine.acting_for) == ("张小明", "profile", "")
    assert "by_other" not in mine.answers and "agent_name" not in mine.answers


def test_where_one_is_registered_is_filled_in_asked_once_and_on_record(transactional_db: None) -> None:
    permit, me = a_permit(), somebody("张小明", SONS)
    draft = commands.begin(permit.item, Beginning(JINJIANG), by=Writer(me), at=MONDAY)
    filled = draft_of(draft, Writer(me)).filled
    assert "样例数据" in filled.answers["home_address"]
    assert filled.sources["home_address"] == "household"
    [asking] = exchange.askings_about(key_of(me))
    assert (asking.register_name, asking.purpose) == ("户口登记信息", "替申请人填表")
    commands.choose(draft, Beginning(JINJIANG), by=Writer(me), at=MONDAY)
    assert len(exchange.askings_about(key_of(me))) == 1


def test_what_a_browser_began_is_filled_in_when_it_is_claimed(transactional_db: None) -> None:
    permit, me, secret = a_permit(), somebody("张小明", SONS), bytes(32)
    stranger = Writer(Viewer(), secret)
    draft = commands.begin(permit.item, Beginning(JINJIANG), by=stranger, at=MONDAY)
    assert "home_address" not in draft_of(draft, stranger).filled.answers
    commands.claim(draft, by=Writer(me, secret), at=MONDAY)
    assert draft_of(draft, Writer(me)).filled.sources["home_address"] == "household"


def test_a_form_that_does_not_ask_where_one_is_registered_asks_no_register(world: World) -> None:
    me = somebody("张小明", SONS)
    commands.begin(world.item, Beginning(JINJIANG), by=Writer(me), at=MONDAY)
    assert exchange.askings_about(key_of(me)) == []


def test_a_draft_by_a_mandate_that_ended_is_kept_and_refused(world: World) -> None:
    mother, son, trust = mother_and_son()
    draft = commands.begin(world.item, Beginning(JINJIANG, str(trust.mandate)), by=Writer(son), at=MONDAY)
    identity.revoke_mandate(key_of(son), key_of(mother), at=MONDAY)
    by = Writer(again(son))
    with pytest.raises(Refusal, match=r"identity\.no-mandate"):
        commands.hand_in(draft, seen=1, by=by, at=MONDAY)
    commands.choose(draft, Beginning(JINJIANG), by=by, at=MONDAY)
    assert draft_of(draft, by).filled.acting_for == ""


def test_what_an_agent_founds_for_another_is_the_others(transactional_db: None) -> None:
    mother, agent = key_of(somebody("张国芳", MOTHERS)), key_of(a_resident())
    assert founder(mother, agent) == mother
    assert founder(a_shop(), agent) == agent
