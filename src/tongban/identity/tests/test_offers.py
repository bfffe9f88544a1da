"""An enterprise is linked by who represents it; mandates are offered, taken, and ended by either side."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tongban.identity import api as identity
from tongban.identity import commands, queries
from tongban.identity.commands import Offer
from tongban.identity.tests.conftest import (
    CODE,
    NOW,
    OTHER_PHONE,
    TODAY,
    ZHANG,
    ZHAO,
    Neighbours,
    an_account,
    viewer,
)
from tongban.kernel.ids import AccountId, PersonKey
from tongban.kernel.refusal import Refusal

NEXT_YEAR = TODAY + timedelta(days=365)


@pytest.fixture
def boss(zhang_by_phone: AccountId) -> AccountId:
    return zhang_by_phone


@pytest.fixture
def agent(wang_by_phone: AccountId) -> AccountId:
    return wang_by_phone


def offered(boss: AccountId, *, name: str = "王小明", last_day: date = NEXT_YEAR) -> PersonKey:
    shop = commands.link_enterprise(boss, CODE, at=NOW)
    commands.offer_mandate(boss, shop, Offer(OTHER_PHONE, name, last_day), at=NOW)
    return shop


def test_who_represents_an_enterprise_links_it(boss: AccountId) -> None:
    shop = commands.link_enterprise(boss, CODE, at=NOW)
    assert commands.link_enterprise(boss, CODE, at=NOW) == shop
    assert viewer(boss).mandates == {shop}
    [linked], offers = queries.linked(viewer(boss), NOW)
    assert linked.enterprise.name == "成都小面馆有限公司" and linked.mine.represents and not offers


def test_nobody_else_links_it_nor_learns_whether_there_is_one(agent: AccountId) -> None:
    for code in (CODE, "91510104MA9000201H"):
        with pytest.raises(Refusal, match=r"identity\.enterprise\.not-representative"):
            commands.link_enterprise(agent, code, at=NOW)
    assert viewer(agent).mandates == frozenset()


def test_a_namesake_does_not_link_it(neighbours: Neighbours, agent: AccountId) -> None:
    neighbours.enterprises[CODE] = identity.Represented("店", "王小明", ZHANG)
    with pytest.raises(Refusal, match="not-representative"):
        commands.link_enterprise(agent, CODE, at=NOW)


def test_an_offer_gives_nothing_before_it_is_taken(boss: AccountId, agent: AccountId) -> None:
    shop = offered(boss)
    assert viewer(agent).mandates == frozenset()
    _, [offer] = queries.linked(viewer(agent), NOW)
    commands.accept_offer(agent, offer.id, at=NOW)
    assert viewer(agent).mandates == {shop}
    [linked], offers = queries.linked(viewer(agent), NOW)
    assert (linked.mine.represents, linked.mine.last_day, linked.others, offers) == (False, NEXT_YEAR, [], [])
    [seen], _ = queries.linked(viewer(boss), NOW)
    assert [other.holder for other in seen.others] == ["王*明"]


def test_only_the_phone_and_the_name_that_were_meant_take_it(
    boss: AccountId, agent: AccountId, neighbours: Neighbours
) -> None:
    offered(boss, name="王大明")
    _, [offer] = queries.linked(viewer(agent), NOW)
    with pytest.raises(Refusal, match=r"identity\.mandate\.other-name"):
        commands.accept_offer(agent, offer.id, at=NOW)
    with pytest.raises(Refusal, match=r"identity\.mandate\.unknown"):
        commands.accept_offer(boss, offer.id, at=NOW)
    assert viewer(agent).mandates == frozenset()


def test_an_offer_of_whoever_represents_no_more_gives_nothing(boss: AccountId, agent: AccountId) -> None:
    offered(boss)
    [linked], _ = queries.linked(viewer(boss), NOW)
    _, [offer] = queries.linked(viewer(agent), NOW)
    commands.end_mandate(boss, linked.mine.id, at=NOW)
    with pytest.raises(Refusal, match=r"identity\.mandate\.not-representative"):
        commands.accept_offer(agent, offer.id, at=NOW)


@pytest.mark.parametrize("by", ["boss", "agent"])
def test_either_side_ends_it_at_once(boss: AccountId, agent: AccountId, by: str) -> None:
    shop = offered(boss)
    _, [offer] = queries.linked(viewer(agent), NOW)
    commands.accept_offer(agent, offer.id, at=NOW)
    token = identity.create_token(agent, at=NOW, acting_for=shop)
    [linked], _ = queries.linked(viewer(agent), NOW)
    commands.end_mandate({"boss": boss, "agent": agent}[by], linked.mine.id, at=NOW)
    assert viewer(agent).mandates == frozenset()
    with pytest.raises(Refusal, match=r"identity\.no-mandate"):
        identity.bearer(token, NOW)


def test_an_agent_gives_and_ends_no_mandates(boss: AccountId, agent: AccountId) -> None:
    shop = offered(boss)
    _, [offer] = queries.linked(viewer(agent), NOW)
    commands.accept_offer(agent, offer.id, at=NOW)
    [seen], _ = queries.linked(viewer(boss), NOW)
    for act in (
        lambda: commands.offer_mandate(agent, shop, Offer("13712345678", "李四", NEXT_YEAR), at=NOW),
        lambda: commands.end_mandate(agent, seen.mine.id, at=NOW),
    ):
        with pytest.raises(Refusal, match=r"identity\.mandate\.not-representative"):
            act()


@pytest.mark.parametrize("by", ["boss", "agent"])
def test_either_side_ends_an_offer(boss: AccountId, agent: AccountId, by: str) -> None:
    offered(boss)
    _, [offer] = queries.linked(viewer(agent), NOW)
    commands.end_offer({"boss": boss, "agent": agent}[by], offer.id, at=NOW)
    with pytest.raises(Refusal, match="unknown"):
        commands.accept_offer(agent, offer.id, at=NOW)


def test_a_stranger_ends_nothing(boss: AccountId, agent: AccountId, neighbours: Neighbours) -> None:
    offered(boss)
    _, [offer] = queries.linked(viewer(agent), NOW)
    [linked], _ = queries.linked(viewer(boss), NOW)
    neighbours.people[ZHAO] = "赵六"
    stranger = an_account(neighbours, "13712345678")
    commands.make_known(stranger, "赵六", ZHAO, address="", at=NOW)
    for act in (
        lambda: commands.end_offer(stranger, offer.id, at=NOW),
        lambda: commands.accept_offer(stranger, offer.id, at=NOW),
        lambda: commands.end_mandate(stranger, linked.mine.id, at=NOW),
        lambda: commands.end_mandate(stranger, uuid4(), at=NOW),
    ):
        with pytest.raises(Refusal, match=r"identity\.mandate\."):
            act()
    assert viewer(boss).mandates


@pytest.mark.parametrize(
    "last_day", [TODAY, TODAY - timedelta(days=1), TODAY + timedelta(days=1200), date.max]
)
def test_a_mandate_has_a_term_and_no_endless_one(boss: AccountId, last_day: date) -> None:
    with pytest.raises(Refusal, match=r"identity\.mandate\.term"):
        offered(boss, last_day=last_day)


@pytest.mark.parametrize("length", [1, 8])
def test_what_is_linked_costs_three_statements(boss: AccountId, neighbours: Neighbours, length: int) -> None:
    for number in range(length):
        code = f"91510104MA00000{number:02d}0"
        neighbours.enterprises[code] = identity.Represented(f"店 {number}", "张三丰", ZHANG)
        shop = commands.link_enterprise(boss, code, at=NOW)
        commands.offer_mandate(boss, shop, Offer(OTHER_PHONE, "王小明", NEXT_YEAR), at=NOW)
    mine = viewer(boss)
    with CaptureQueriesContext(connection) as asked:
        linked, _ = queries.linked(mine, NOW)
    assert (len(linked), len(asked)) == (length, 3)
