"""Several services as one: from the first question to the results, with one submission; one is refused."""

import re
import zipfile
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from tests.journeys.conftest import DESKTOP, PHONE, Surf
from tests.journeys.people import Account, a_person, on_duty, seal
from tests.journeys.steps import ITEMS, number_on, put_in, send
from tests.journeys.test_window import receive
from tests.journeys.test_window import registers as registers
from tongban.cases import commands
from tongban.cases.rules.steps import pages_of
from tongban.cases.tests.jointly import late
from tongban.cases.tests.joints import a_joint
from tongban.cases.tests.world import JINJIANG, a_government, an_officer
from tongban.catalogue import api as catalogue
from tongban.counters.tests.world import Registers, a_number
from tongban.engine import packs
from tongban.kernel.access import Role, Viewer
from tongban.kernel.ids import BodyCode, ItemCode
from tongban.kernel.sql import run


@pytest.fixture(scope="module")
def handlers(django_db_setup: None, django_db_blocker: Any) -> dict[str, Viewer]:
    """An officer at every body of 锦江 that has a part in one of the two; the packs are published."""
    with django_db_blocker.unblock():
        catalogue.publish([Path(settings.PACKS)], at=datetime.now(UTC))
        catalogue.forget()
        joints = [catalogue.joint(ItemCode(slug)) for slug in ("newborn", "restaurant")]
        bodies = {body_of(item) for joint in joints for item in joint.items}
        return {body: an_officer(body, Role.HANDLER) for body in bodies}


def body_of(item: catalogue.Item) -> BodyCode:
    return next(office.body for office in item.offices if office.region == JINJIANG)


def begun(page: Page, slug: str, answers: Mapping[str, str]) -> str:
    """From the first question to the task list; the address of the draft."""
    page.goto(f"/items/{slug}")
    for name, value in answers.items():
        page.locator(f"[name='s-{name}'][value={value}]").check()
    page.get_by_role("button", name="看看").click()
    expect(page.get_by_role("main")).to_contain_text("少填")
    page.get_by_role("link", name="开始办理，一次填完").click()
    page.locator(f"[name=to-office][value='{JINJIANG}']").check()
    page.get_by_role("button", name="开始填写").click()
    page.wait_for_url("**/drafts/*")
    return page.url


def filled_in(page: Page, draft: str, slug: str, more: Mapping[str, Any]) -> None:
    """Every page of the united form, with the examples of the items and what is said more."""
    joint = catalogue.joint(ItemCode(slug))
    answers: dict[str, Any] = dict(more)
    for item in joint.items:
        places = joint.united.places[str(item.slug)]
        for name, value in packs.example_of(ITEMS / item.slug).items():
            answers.setdefault(places[name], value)
    for one in pages_of(joint.form):
        asked = {each.name: answers[each.name] for each in one.fields if each.name in answers}
        send(page, f"{draft}/{one.code}", asked | {"seen": "999", "later": "1"})


def submitted(page: Page, draft: str) -> str:
    page.goto(f"{draft}/check")
    page.get_by_role("button", name="提交申请").click()
    page.wait_for_url("**/joint/*")
    return number_on(page)


def cases_of(number: str) -> dict[str, str]:
    """By item, the number of its case."""
    rows = run(
        "select c.item, c.number from cases_case c join cases_joint j on j.id = c.joint"
        " where j.number = $1::text order by c.id",
        (number,),
    )
    return dict(rows)


def decided(handlers: Mapping[str, Viewer], item: str, number: str, *, granted: bool) -> None:
    """Taken in turn, accepted and decided by the officer of that item; what follows for others is done."""
    seal()
    published, at = catalogue.item(ItemCode(item)), datetime.now(UTC)
    handler = handlers[body_of(published)]
    queue = catalogue.queue_of(published, body_of(published))
    while (taken := commands.take_next(queue, by=handler, at=at)) is not None and taken.number != number:
        pass
    commands.accept(number, seen=None, by=handler, at=at)
    decide = commands.grant if granted else commands.refuse
    decide(number, seen=None, by=handler, at=at, text="符合条件。" if granted else "不符合条件。")
    commands.fire_due(datetime.now(UTC))


def stands(page: Page, number: str) -> Any:
    """The page where all of it is watched."""
    page.goto(f"/joint/{number}")
    return page.get_by_role("main")


def test_a_newborn_child_from_the_first_question_to_its_results_with_one_submission(
    surf: Surf, handlers: dict[str, Viewer]
) -> None:
    who: Account = a_person()
    page = surf(who, size=PHONE)
    draft = begun(page, "newborn", {"first-birth-certificate": "true", "parents-married": "true"})
    wanted = {"take_maternity_medical_expense": True, "take_birth_registration": True}
    filled_in(page, draft, "newborn", FIRST_CHILD | wanted | {"stage": "born", "born": "2026-11-01"})
    number = submitted(page, draft)
    cases = cases_of(number)
    assert len(cases) == 8
    main = page.get_by_role("main")
    expect(main).to_contain_text("8 件里办好了 0 件")
    expect(main).to_contain_text("要等“出生医学证明首次签发”的结果，在那之前不排队、不计时")
    one = page.get_by_role("link", name="联合收件凭证：8 件写在一份里").get_attribute("href") or ""
    assert page.request.get(one).headers["content-type"] == "application/pdf"

    # Nobody waits for what is not there, and nobody presses anything more.
    for item in ("birth-medical-certificate", "newborn-household-registration"):
        decided(handlers, item, cases[item], granted=True)
    expect(stands(page, number)).to_contain_text("8 件里办好了 2 件")
    page.goto(f"/cases/{cases['social-card']}")
    expect(page.get_by_role("main")).to_contain_text(cases["newborn-household-registration"])
    expect(page.get_by_role("main")).to_contain_text("这是“新生儿出生一件事”里的一件")

    done = ("birth-medical-certificate", "newborn-household-registration")
    for item in (one for one in cases if one not in (*done, "resident-medical-premium")):
        decided(handlers, item, cases[item], granted=True)
    decided(handlers, "resident-medical-premium", cases["resident-medical-premium"], granted=True)
    expect(stands(page, number)).to_contain_text("都有结果了：8 件里办成 8 件")
    expect(page.get_by_role("region", name="全部结果在这里").get_by_text("办成了")).to_have_count(8)
    with page.expect_download() as kept:
        page.get_by_role("link", name="全部下载（8 份文书").click()
    with zipfile.ZipFile(kept.value.path()) as packed:
        assert len([one for one in packed.namelist() if one.endswith(".pdf")]) == 8
    assert run("select count(*) from cases_joint where applicant = $1::bytea", (who.viewer.person,)) == [(1,)]


FIRST_CHILD = {"first": True, "married": True}
"""As the guide was told before."""


def test_a_restaurant_of_which_one_licence_is_refused_and_the_rest_goes_on(
    surf: Surf, handlers: dict[str, Viewer], a_pdf: Callable[[str], str]
) -> None:
    page = surf(a_person(), size=PHONE)
    draft = begun(page, "restaurant", {"fire-check-needed": "false", "outdoor-sign": "sign"})
    filled_in(page, draft, "restaurant", {"fire_check": False, "outdoor_sign": "sign"} | NO_TOBACCO)
    for kind in ("food-layout", "food-safety-rules", "food-safety-manager-proof", "sign-drawing"):
        put_in(page, draft, kind, a_pdf(f"{kind}.pdf"))
    number = submitted(page, draft)
    cases = cases_of(number)
    assert list(cases) == ["business-licence-check", "food-operation-licence", "shop-sign-setting"]

    decided(handlers, "business-licence-check", cases["business-licence-check"], granted=True)
    decided(handlers, "food-operation-licence", cases["food-operation-licence"], granted=False)
    main = stands(page, number)
    expect(main).to_contain_text("有 1 件没有办成，原因写在那一件里。其他的接着办，不受影响。")
    decided(handlers, "shop-sign-setting", cases["shop-sign-setting"], granted=True)
    expect(stands(page, number)).to_contain_text("都有结果了：3 件里办成 2 件")


NO_TOBACCO = {"take_tobacco_retail_licence": False}
"""What the restaurant of this journey does not sell."""


def test_taken_back_whole_nothing_is_left_half_done(surf: Surf, handlers: dict[str, Viewer]) -> None:
    page = surf(a_person(), size=PHONE, scripts=False)
    draft = begun(page, "newborn", {"first-birth-certificate": "true", "parents-married": "true"})
    none = {"take_maternity_medical_expense": False, "take_birth_registration": False}
    filled_in(page, draft, "newborn", FIRST_CHILD | none)
    number = submitted(page, draft)
    decided(
        handlers, "birth-medical-certificate", cases_of(number)["birth-medical-certificate"], granted=True
    )
    stands(page, number)
    page.get_by_role("link", name="全部撤回").click()
    expect(page.get_by_role("main")).to_contain_text("已经办好的 1 件不变，结果仍然有效。")
    page.get_by_role("button", name="全部撤回").click()
    expect(page.get_by_role("main")).to_contain_text("都有结果了：6 件里办成 1 件")


def test_at_a_window_all_of_it_is_filled_in_handed_in_and_printed_at_once(
    surf: Surf, handlers: dict[str, Viewer], registers: Registers, a_pdf: Callable[[str], str]
) -> None:
    number = registers.know("陈春梅", a_number())
    clerk = an_officer(body_of(catalogue.item(ItemCode("tobacco-retail-licence"))), Role.WINDOW)
    page = surf(on_duty(clerk), size=DESKTOP)
    page.goto("/desk/window")
    receive(page, "陈春梅", number)
    page.locator("input[name=q]").fill("开饭店")
    page.get_by_role("button", name="查找").click()
    page.get_by_role("button", name=re.compile("开始填.*开办餐饮店一件事")).first.click()
    page.wait_for_url("**/drafts/*")
    expect(page.get_by_role("note")).to_contain_text("陈*梅")
    draft = page.url
    filled_in(page, draft, "restaurant", {"fire_check": False, "outdoor_sign": "sign"} | NO_TOBACCO)
    for kind in ("food-layout", "food-safety-rules", "food-safety-manager-proof", "sign-drawing"):
        put_in(page, draft, kind, a_pdf(f"{kind}.pdf"))
    page.goto(f"{draft}/check")
    page.get_by_role("radio", name="本人当面看过").check()
    page.get_by_role("button", name="提交申请").click()
    page.wait_for_url("**/desk/window/joint/*")
    joint = number_on(page)
    main = page.get_by_role("main")
    expect(main).to_contain_text("3 件里办好了 0 件")
    printed = page.get_by_role("link", name="联合收件凭证").get_attribute("href") or ""
    assert page.request.get(printed).headers["content-type"] == "application/pdf"
    channels = run(
        "select distinct e.body::json #>> '{event,channel}' from cases_event e"
        " join cases_case c on c.id = e.case_id join cases_joint j on j.id = c.joint"
        " where j.number = $1::text and e.seq = 1",
        (joint,),
    )
    assert channels == [("window",)]
    page.get_by_role("link", name=re.compile("接待 陈")).click()
    page.get_by_label("办件编号").fill(joint.replace("-", ""))
    page.get_by_role("button", name="打开").click()
    page.wait_for_url(f"**/desk/window/joint/{joint}")
    page.get_by_role("link", name=re.compile("食品经营许可")).click()
    page.wait_for_url("**/desk/window/cases/*")


def test_more_time_for_licences_together_is_asked_of_the_government_and_told_to_the_applicant(
    surf: Surf,
) -> None:
    who, government, now = a_person(), a_government(), datetime.now(UTC)
    one = late(a_joint(), who.viewer, since=now - timedelta(days=60), late=now)
    why = "消防现场核查排在下个月，四十五天里做不完。"

    desk = surf(on_duty(one.handler), size=PHONE, scripts=False)
    desk.goto(f"/desk/cases/{one.number}")
    expect(desk.get_by_role("region", name="联办")).to_contain_text("哪一天早，就以哪一天为准")
    desk.get_by_text("延长联办期限", exact=True).click()
    desk.get_by_label("为什么联合办理要更久").fill(why)
    desk.get_by_role("button", name="延长联办期限（提交批准）").click()
    expect(desk.get_by_role("region", name="待批准")).to_contain_text("等测试区人民政府负责人批准")
    expect(desk.get_by_role("button", name="批准", exact=True)).to_have_count(0)

    head = surf(on_duty(government), size=PHONE, scripts=False)
    head.goto("/desk/")
    head.locator(f"a[href='/desk/cases/{one.number}']").click()
    expect(head.get_by_role("region", name="待批准")).to_contain_text(why)
    expect(head.get_by_role("region", name="待批准")).to_contain_text("延长 15 个工作日")
    expect(head.get_by_role("main")).to_contain_text("填报内容和材料只给正在办理的人看")
    head.get_by_role("button", name="批准", exact=True).click()
    expect(head.get_by_text("已批准，并已照办。")).to_be_visible()

    page = surf(who, size=PHONE)
    page.goto(f"/joint/{one.joint}")
    expect(page.get_by_role("main")).to_contain_text("这个期限经政府负责人批准延长过")
    page.goto(f"/cases/{one.number}")
    expect(page.get_by_role("main")).to_contain_text("测试区人民政府负责人已批准")
    expect(page.get_by_role("link", name=re.compile("延长联合办理期限告知书"))).to_be_visible()
