"""People act for people: offered and taken, for some matters or all, ended by either side; for children."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from tongban.identity import api as identity
from tongban.identity import commands, queries, rules
from tongban.identity.commands import Offer
from tongban.identity.models import Account, Mandate
from tongban.identity.tests.conftest import (
    CHILD,
    CODE,
    NOW,
    OTHER_PHONE,
    PHONE,
    TODAY,
    WANG,
    ZHANG,
    ZHAO,
    Neighbours,
    an_account,
    viewer,
)
from tongban.kernel.access import Trust
from tongban.kernel.ids import AccountId
from tongban.kernel.keys import ring
from tongban.kernel.refusal import Refusal

NEXT_YEAR = TODAY + timedelta(days=365)
ALL = Offer(OTHER_PHONE, "王小明", NEXT_YEAR)
SOME = Offer(OTHER_PHONE, "王小明", NEXT_YEAR, ("民政部门",))


@pytest.fixture
def mother(zhang_by_phone: AccountId) -> AccountId:
    return zhang_by_phone


@pytest.fixture
def son(wang_by_phone: AccountId) -> AccountId:
    return wang_by_phone


def given_to(son: AccountId, mother: AccountId, offer: Offer = ALL) -> Trust:
    """The mandate that the mother gave and the son took."""
    commands.offer_mandate(mother, None, offer, at=NOW)
    [waiting] = queries.people_of(viewer(son), NOW).offered
    commands.accept_offer(son, waiting.id, at=NOW)
    [trust] = viewer(son).trusts
    return trust


def test_an_offer_opens_nothing_before_it_is_taken(mother: AccountId, son: AccountId) -> None:
    commands.offer_mandate(mother, None, SOME, at=NOW)
    assert viewer(son).trusts == frozenset()
    [offer], [waiting] = (
        queries.people_of(viewer(son), NOW).offered,
        queries.people_of(viewer(mother), NOW).waiting,
    )
    assert (offer.name, offer.scope, waiting.receiver) == ("张*丰", ["民政部门"], "王*明")


def test_whoever_takes_it_may_file_for_the_other_and_is_not_the_other(
    mother: AccountId, son: AccountId
) -> None:
    trust = given_to(son, mother, SOME)
    mine, theirs = viewer(son), viewer(mother)
    assert (trust.whose, trust.person) == (theirs.person, True)
    assert trust.scope == frozenset({"民政部门"})
    assert mine.selves == {mine.person} and not mine.mandates
    [principal] = queries.principals_of(mine)
    assert (principal.name, principal.covers("民政部门"), principal.covers("公安机关")) == (
        "张*丰",
        True,
        False,
    )
    acting = identity.act_for(mine, str(trust.mandate))
    assert (acting.acting_for, acting.shown_as, acting.agent) == (theirs.person, "张*丰", "王*明")
    assert acting.selves == frozenset()
    [agent] = queries.people_of(theirs, NOW).agents
    assert (agent.name, agent.scope, agent.last_day) == ("王*明", ["民政部门"], NEXT_YEAR)


@pytest.mark.parametrize("by", ["mother", "son"])
def test_either_side_ends_it_at_once(mother: AccountId, son: AccountId, by: str) -> None:
    trust = given_to(son, mother)
    ended = commands.end_mandate({"mother": mother, "son": son}[by], trust.mandate, at=NOW)
    assert ended is commands.Between.PEOPLE
    assert viewer(son).trusts == frozenset()
    with pytest.raises(Refusal, match=r"identity\.no-mandate"):
        identity.act_for(viewer(son), str(trust.mandate))


def test_nobody_else_ends_it(mother: AccountId, son: AccountId, neighbours: Neighbours) -> None:
    trust = given_to(son, mother)
    neighbours.people[ZHAO] = "赵六"
    stranger = an_account(neighbours, "13712345678")
    commands.make_known(stranger, "赵六", ZHAO, address="", at=NOW)
    with pytest.raises(Refusal, match=r"identity\.mandate\.unknown"):
        commands.end_mandate(stranger, trust.mandate, at=NOW)
    assert viewer(son).trusts == {trust}


def test_it_ends_by_itself_the_day_behind_its_last(mother: AccountId, son: AccountId) -> None:
    given_to(son, mother, Offer(OTHER_PHONE, "王小明", TODAY + timedelta(days=1)))
    row = Account.objects.get(id=son)
    assert identity.viewer_of(row, NOW + timedelta(days=1)).trusts
    assert not identity.viewer_of(row, NOW + timedelta(days=2)).trusts


def test_whoever_leaves_takes_their_mandates_along(mother: AccountId, son: AccountId) -> None:
    given_to(son, mother)
    commands.leave(mother, at=NOW)
    assert viewer(son).trusts == frozenset()


def test_what_cannot_be_given_is_refused(mother: AccountId) -> None:
    for offer, why in (
        (Offer(PHONE, "张三丰", NEXT_YEAR), "oneself"),
        (Offer(OTHER_PHONE, "王小明", TODAY), "term"),
        (Offer(OTHER_PHONE, "王小明", NEXT_YEAR, ("登月部门",)), "scope"),
    ):
        with pytest.raises(Refusal, match=rf"identity\.mandate\.{why}"):
            commands.offer_mandate(mother, None, offer, at=NOW)


def test_a_child_under_age_gives_no_mandate(neighbours: Neighbours) -> None:
    neighbours.people["510105201003039022"] = "张小满"
    child = an_account(neighbours, PHONE)
    commands.make_known(child, "张小满", "510105201003039022", address="", at=NOW)
    with pytest.raises(Refusal, match=r"identity\.mandate\.minor"):
        commands.offer_mandate(child, None, ALL, at=NOW)


def a_child(neighbours: Neighbours, *parents: str) -> None:
    neighbours.children[CHILD] = identity.Guarded("张小禾", frozenset(parents), "人口基本信息")


def test_a_parent_acts_for_a_child_until_it_is_of_age_and_the_register_is_named(
    mother: AccountId, neighbours: Neighbours
) -> None:
    a_child(neighbours, ZHANG)
    for _ in range(2):
        commands.know_child(mother, "张 小禾", CHILD, at=NOW)
    [acting] = queries.people_of(viewer(mother), NOW).principals
    assert (acting.name, acting.register, acting.scope) == ("张*禾", "人口基本信息", [])
    assert acting.last_day == date(2034, 5, 19)
    profile = identity.profile_of(ring().person_key("person", CHILD))
    assert profile is not None and (profile.name, profile.phone) == ("张小禾", "")
    assert Mandate.objects.filter(revoked_at=None).count() == 1


def test_nobody_else_acts_for_a_child_nor_learns_who_it_is(mother: AccountId, neighbours: Neighbours) -> None:
    for parents, name in (((), "张小禾"), ((WANG,), "张小禾"), ((ZHANG,), "张大禾")):
        a_child(neighbours, *parents)
        with pytest.raises(Refusal, match=r"identity\.child\.not-parent"):
            commands.know_child(mother, name, CHILD, at=NOW)
    neighbours.children.clear()
    with pytest.raises(Refusal, match=r"identity\.child\.not-parent"):
        commands.know_child(mother, "张小禾", CHILD, at=NOW)
    assert viewer(mother).trusts == frozenset()


def test_whoever_is_of_age_is_nobodys_child_here_and_no_register_is_asked(
    mother: AccountId, neighbours: Neighbours
) -> None:
    before = list(neighbours.asked)
    with pytest.raises(Refusal, match=r"identity\.child\.of-age"):
        commands.know_child(mother, "王小明", WANG, at=NOW)
    assert neighbours.asked == before


def test_children_cannot_be_guessed_at_leisure(mother: AccountId, neighbours: Neighbours) -> None:
    for _ in range(rules.NAMINGS_PER_ACCOUNT):
        with pytest.raises(Refusal, match="not-parent"):
            commands.know_child(mother, "张小禾", CHILD, at=NOW)
    with pytest.raises(Refusal, match=r"identity\.real-name\.too-many"):
        commands.know_child(mother, "张小禾", CHILD, at=NOW)


def test_an_agent_of_an_enterprise_for_some_matters_is_not_the_enterprise(
    mother: AccountId, son: AccountId
) -> None:
    shop = commands.link_enterprise(mother, CODE, at=NOW)
    commands.offer_mandate(mother, shop, SOME, at=NOW)
    _, [offer] = queries.linked(viewer(son), NOW)
    assert commands.accept_offer(son, offer.id, at=NOW) is commands.Between.ENTERPRISES
    mine = viewer(son)
    [trust] = mine.trusts
    assert (trust.whose, trust.person) == (shop, False)
    assert trust.scope == frozenset({"民政部门"})
    assert mine.mandates == frozenset() and shop not in mine.selves
    [linked], _ = queries.linked(mine, NOW)
    assert linked.mine.scope == ["民政部门"]
    assert identity.act_for(mine, CODE).acting_for == shop
    with pytest.raises(Refusal, match=r"identity\.no-mandate"):
        identity.create_token(son, at=NOW, acting_for=shop)


def test_readers_of_an_affair_are_its_owner_whole_and_agents_for_what_they_filed(
    mother: AccountId, son: AccountId
) -> None:
    given_to(son, mother)
    whose, agent = viewer(mother).person, viewer(son).person
    assert whose is not None and agent is not None
    found = identity.readers_of([whose, agent], TODAY)
    assert found[whose] == identity.Readers((whose,), frozenset({agent}))
    assert found[agent] == identity.Readers((agent,))


@pytest.mark.parametrize("length", [1, 6])
def test_the_page_of_people_costs_two_statements(
    mother: AccountId, son: AccountId, neighbours: Neighbours, length: int
) -> None:
    given_to(son, mother)
    for number in range(length):
        commands.offer_mandate(mother, None, Offer(f"1371234560{number}", "李四", NEXT_YEAR), at=NOW)
    mine = viewer(mother)
    with CaptureQueriesContext(connection) as asked:
        found = queries.people_of(mine, NOW)
    assert (len(found.waiting), len(found.agents), len(asked)) == (length, 1, 2)


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(1, 30))
def test_somebody_is_so_many_years_old_on_one_day_only(born: date, years: int) -> None:
    day = rules.birthday(born, years)
    assert day.year == born.year + years
    assert (day.month, day.day) == (
        (3, 1) if (born.month, born.day) == (2, 29) and not _leap(day.year) else (born.month, born.day)
    )


def _leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
