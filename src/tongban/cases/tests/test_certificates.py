"""Grants and certificates: one comes and goes with the other, in the same transaction."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tongban.cases import commands
from tongban.cases.commands import Application
from tongban.cases.commands.application import check
from tongban.cases.queries import stood_for, view_of
from tongban.cases.tests.world import (
    FOOD_ANSWERS,
    FOOD_MATERIALS,
    JINJIANG,
    MONDAY,
    a_file,
    a_resident,
    a_world,
    an_agent,
    kinds_of,
)
from tongban.catalogue import api as catalogue
from tongban.certificates import api as certificates
from tongban.kernel.ids import CaseId
from tongban.kernel.refusal import Refusal

LICENCE = {
    "slug": "business-licence",
    "name": "营业执照",
    "sample": True,
    "type_code": "11100000MB9000001J002",
    "holder": {"class": "enterprise", "name": ["enterprise-name"], "code": ["uscc"]},
    "validity": None,
    "elements": [{"label": "名称", "fact": "holder-name"}],
}


def with_a_licence(world, until=None):
    """An agent whose enterprise holds a business licence of ours, for some months or for good."""
    agent = an_agent()
    case = CaseId(int.from_bytes(agent.acting_for[:6], "big"))
    order = certificates.Order(
        type=LICENCE | {"validity": until and {"value": until, "unit": "month"}},
        holder=agent.acting_for,
        filed_by=agent.person,
        case=case,
        case_number="510104-20260309-0000001-1",
        granted=1,
        granted_on=MONDAY.date(),
        body=world.body,
        body_name="测试登记机关",
        region=JINJIANG,
        answers={"enterprise-name": "成都小满餐饮有限公司", "uscc": "91510104MA90000016"},
    )
    certificates.issue(order, at=MONDAY)
    return agent


def invalid(world, number, what):
    acting = {"seen": None, "at": MONDAY}
    if what == "suspended":
        certificates.suspend(number, by=world.handler, text="核查。", **acting)
    else:
        certificates.ask_revocation(
            number, by=world.handler, ground="unlawful-grant", text="材料虚假。", **acting
        )
        certificates.approve_revocation(number, by=world.leader, **acting)


def demanding_a_licence(world):
    """The item as if it asked the applicant for the licence."""
    item = catalogue.item(world.item)
    asked = [
        replace(one, need="required", source="applicant") if one.kind == "business-licence" else one
        for one in item.materials
    ]
    return replace(item, materials=tuple(asked))


def granted(world, by):
    number = world.submit(by=by).number
    assert world.take_next() == number
    commands.accept(number, seen=None, by=world.handler, at=MONDAY)
    commands.grant(number, seen=None, by=world.handler, at=MONDAY, text="符合条件。")
    return number


def undone(world, number):
    approval = commands.reverse(number, seen=None, by=world.handler, at=MONDAY, text="适用法律错误。")
    commands.approve(approval, by=world.leader, at=MONDAY)


def test_a_grant_puts_a_certificate_into_the_wallet_with_the_words_of_the_application(world):
    agent = an_agent()
    number = granted(world, agent)
    [row] = certificates.wallet(agent, at=MONDAY)
    view = certificates.certificate(row.number, agent, at=MONDAY)
    assert (row.name, row.says, view.case_number) == ("食品经营许可证", "有效", number)
    assert dict(view.lines)["主体业态"] == "餐饮服务"


def test_nothing_is_issued_where_the_grant_is_refused(world):
    resident = a_resident()
    number = world.submit(by=resident).number
    world.take_next()
    with pytest.raises(Refusal):
        commands.grant(number, seen=None, by=world.handler, at=MONDAY, text="还没有受理。")
    assert certificates.wallet(resident, at=MONDAY) == []


def test_an_undone_grant_takes_its_certificate_back_and_a_new_one_brings_another(world):
    resident = a_resident()
    number = granted(world, resident)
    [first] = certificates.wallet(resident, at=MONDAY)
    undone(world, number)
    assert certificates.check(first.number, at=MONDAY).says == "已撤销"
    commands.grant(number, seen=None, by=world.handler, at=MONDAY, text="复核后符合条件。")
    second, before = certificates.wallet(resident, at=MONDAY)
    assert (before.number, before.valid, second.valid) == (first.number, False, True)
    assert kinds_of(number)[-2:] == ["reversed", "granted"]


def test_an_item_without_a_certificate_leaves_none(transactional_db):
    world, resident = a_world(result={"name": "食品经营许可决定", "kind": "document"}), a_resident()
    granted(world, resident)
    assert certificates.wallet(resident, at=MONDAY) == []


def test_what_the_enterprise_holds_is_recorded_as_standing_for_a_material(world):
    agent = with_a_licence(world)
    number = world.submit(by=agent).number
    [used] = stood_for(view_of(number, agent, at=MONDAY))
    [held] = certificates.wallet(agent, at=MONDAY)
    assert used.material == "营业执照"
    assert certificates.check(used.identifier, at=MONDAY).number == held.number


@pytest.mark.parametrize(
    ("what", "word"), [("suspended", "暂扣"), ("revoked", "撤销"), ("expired", "有效期")]
)
def test_a_licence_that_holds_no_more_is_refused_as_material_with_the_reason(world, what, word):
    agent = with_a_licence(world, until=1 if what == "expired" else None)
    [held] = certificates.wallet(agent, at=MONDAY)
    at = MONDAY + timedelta(days=60) if what == "expired" else MONDAY
    if what != "expired":
        invalid(world, held.number, what)
    with pytest.raises(Refusal, match="cases.submit.faults") as refused:
        world.submit(by=agent, at=at)
    [fault] = refused.value.faults
    assert fault["code"] == "cases.submit.certificate-not-valid"
    assert held.number in fault["says"] and word in fault["says"]


def test_a_person_without_any_is_asked_as_before_and_pays_no_statement(world):
    resident = a_resident()
    number = world.submit(by=resident).number
    assert stood_for(view_of(number, resident, at=MONDAY)) == []


def test_a_material_that_a_certificate_stands_for_is_not_asked_for(world):
    agent = with_a_licence(world)
    item = demanding_a_licence(world)
    asked = {"uploader": agent.person, "at": MONDAY}
    files = tuple((kind, a_file(agent.person)) for kind in FOOD_MATERIALS)
    checked = check(item, FOOD_ANSWERS, files, applicant=agent.acting_for, as_person=False, **asked)
    assert [one.kind for one in checked.certificates] == ["business-licence"]
    with pytest.raises(Refusal) as refused:
        check(item, FOOD_ANSWERS, files, applicant=agent.person, as_person=True, **asked)
    assert [fault["code"] for fault in refused.value.faults] == ["cases.submit.material-missing"]


def test_one_statement_more_where_a_certificate_may_stand_for_a_material(world):
    world.submit()
    agent = with_a_licence(world)
    files = tuple((kind, a_file(agent.person)) for kind in FOOD_MATERIALS)
    with CaptureQueriesContext(connection) as captured:
        commands.submit(Application(world.item, JINJIANG, FOOD_ANSWERS, files), by=agent, key="k", at=MONDAY)
    assert len([query for query in captured if "nextval" not in query["sql"]]) == 2
