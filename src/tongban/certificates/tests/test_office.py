"""Officers at work on certificates, by page and by API: told before, done once, seen by the holder."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from tongban.certificates import commands, queries
from tongban.certificates.rules.effects import ACT_NAMES, effect_of
from tongban.certificates.rules.life import Act, Holding, Status
from tongban.certificates.rules.telling import ONWARD
from tongban.certificates.tests.world import (
    MONDAY,
    a_person,
    a_type,
    an_officer,
    handler_of,
    issued,
    leader_of,
    on_duty,
    owner_of,
    revoked,
)
from tongban.identity import api as identity
from tongban.kernel.access import Role
from tongban.kernel.sql import run
from tongban.ledger import api as ledger

pytestmark = [pytest.mark.usefixtures("transactional_db")]


@pytest.fixture(autouse=True)
def on_monday(settings):
    settings.CLOCK_SHIFT = MONDAY - datetime.now(UTC)


def browser_of(viewer):
    browser = Client()
    browser.force_login(get_user_model().objects.get(pk=viewer.account))
    return browser


def program_of(viewer):
    token = identity.create_token(viewer.account, at=MONDAY)

    def post(number, act, **body):
        return Client().post(
            f"/api/v1/certificates/{number}/{act}",
            body,
            content_type="application/json",
            headers={"Authorization": f"Bearer {token}"},
        )

    return post


def kinds_of(number):
    rows = run(
        "select e.kind from certificates_event e join certificates_certificate c on c.id = e.certificate_id"
        " where c.serial = $1::text order by e.id desc",
        (number[:16],),
    )
    return [kind for (kind,) in rows]


def test_an_order_doubled_by_the_network_is_done_once_and_answered_twice():
    number, order = issued()
    post = program_of(on_duty(order.body, Role.HANDLER))
    answers = [post(number, "suspend", seen=1, text="现场核查。") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].json() == answers[1].json() == {"number": number, "version": 2, "status": "suspended"}
    assert kinds_of(number) == ["issued", "suspended"]


def test_a_program_that_saw_an_older_certificate_is_told_what_happened():
    number, order = issued()
    commands.suspend(number, seen=None, by=handler_of(order), at=MONDAY, text="核查。")
    answer = program_of(on_duty(order.body, Role.HANDLER))(number, "cancel", seen=1, text="不再经营。")
    assert (answer.status_code, answer["Content-Type"]) == (409, "application/problem+json")
    told = answer.json()
    assert (told["code"], told["faults"][0]["kind"]) == ("certificates.stale", "suspended")


def test_programs_of_two_officers_take_a_certificate_back_and_anyone_sees_it_at_once():
    number, order = issued()
    handler, leader = on_duty(order.body, Role.HANDLER), on_duty(order.body, Role.LEADER)
    asked = program_of(handler)(number, "ask-revocation", seen=1, ground="penalty", text="多次违法。").json()
    [waiting] = queries.to_be_taken_back(leader, at=MONDAY)
    assert (waiting.number, waiting.asked_by, waiting.why) == (number, "李明", "因违法被处罚，吊销")
    assert queries.to_be_taken_back(handler, at=MONDAY) == []
    done = program_of(leader)(number, "approve-revocation", seen=asked["version"])
    assert done.json()["status"] == "forfeited"
    assert Client().get(f"/api/v1/certificates/{number}/check").json()["says"] == "已吊销"
    assert queries.to_be_taken_back(leader, at=MONDAY) == []


def test_nobody_is_asked_to_answer_what_they_asked_themselves_nor_what_is_another_bodys():
    number, order = issued()
    both = an_officer(order.body, Role.HANDLER, Role.LEADER)
    commands.ask_revocation(number, seen=None, by=both, at=MONDAY, ground="penalty", text="违法。")
    assert queries.to_be_taken_back(both, at=MONDAY) == []
    assert queries.to_be_taken_back(an_officer("x", Role.LEADER), at=MONDAY) == []
    assert Act.APPROVE_REVOCATION not in queries.certificate(number, both, at=MONDAY).acts
    assert Act.APPROVE_REVOCATION in queries.certificate(number, leader_of(order), at=MONDAY).acts


def test_a_page_says_what_an_act_does_and_asks_why_at_the_field():
    number, order = issued()
    browser = browser_of(on_duty(order.body, Role.HANDLER))
    shown = browser.get(f"/desk/certificates/{number}").content.decode()
    assert "暂扣后不能用，直到恢复" in shown and "《行政许可法》第七十条" in shown
    answer = browser.post(f"/certificates/{number}/acts/ask-revocation", {"seen": 1})
    page = answer.content.decode()
    assert answer.status_code == 422 and "依据：还没有填。" in page and "理由：还没有填。" in page
    assert kinds_of(number) == ["issued"]


def test_a_button_pressed_twice_does_one_act():
    number, order = issued()
    browser = browser_of(on_duty(order.body, Role.HANDLER))
    pressed = {"seen": 1, "suspend-text": "现场核查。"}
    answers = [browser.post(f"/certificates/{number}/acts/suspend", pressed) for _ in range(2)]
    assert [answer.url for answer in answers] == [f"/desk/certificates/{number}"] * 2
    assert kinds_of(number) == ["issued", "suspended"]


def test_an_officer_who_saw_an_older_certificate_is_told_what_changed_and_loses_no_word():
    number, order = issued()
    browser = browser_of(on_duty(order.body, Role.HANDLER))
    commands.suspend(number, seen=None, by=handler_of(order), at=MONDAY, text="核查。")
    answer = browser.post(f"/certificates/{number}/acts/cancel", {"seen": 1, "cancel-text": "写了很多字"})
    page = answer.content.decode()
    assert answer.status_code == 409 and "暂扣" in page and "写了很多字" in page
    assert kinds_of(number) == ["issued", "suspended"]


def test_a_change_on_the_page_leads_to_the_new_edition_and_leaves_other_lines():
    number, order = issued()
    browser = browser_of(on_duty(order.body, Role.HANDLER))
    typed = {"seen": 1, "change-line_0": "李大满", "change-line_1": " ", "change-text": "变更。"}
    answer = browser.post(f"/certificates/{number}/acts/change", typed)
    later = number.replace("-001", "-002")
    assert answer.url == f"/desk/certificates/{later}"
    lines = dict(queries.certificate(later, owner_of(order), at=MONDAY).lines)
    assert (lines["法定代表人（负责人）"], lines["经营场所"]) == ("李大满", "成都市锦江区总府路1号")
    empty = browser.post(f"/certificates/{later}/acts/change", {"seen": 1, "change-text": "没有内容。"})
    assert empty.status_code == 422 and "可以变更的有" in empty.content.decode()


def test_what_is_no_act_and_what_is_not_open_is_said():
    number, order = issued()
    browser = browser_of(on_duty(order.body, Role.HANDLER))
    assert browser.get(f"/certificates/{number}/acts/burn").status_code == 404
    assert "restore.not-open" in browser.get(f"/certificates/{number}/acts/restore").content.decode()
    answer = browser.post(f"/certificates/{number}/acts/restore", {"seen": 1, "restore-text": "合格"})
    assert answer.status_code == 409 and "不能这样办" in answer.content.decode()


def test_an_officer_who_reads_why_leaves_a_look_that_the_holder_sees():
    number, order = issued()
    for officer in (
        on_duty(order.body, Role.HANDLER),
        on_duty(order.body, Role.LEADER),
        on_duty(order.body, Role.WINDOW),
    ):
        assert browser_of(officer).get(f"/desk/certificates/{number}").status_code == 200
    looks = ledger.looks_at(order.case)
    assert [(look.what, look.purpose) for look in looks] == [
        ("certificate", "handling"),
        ("certificate", "leading"),
    ]


def test_whoever_is_to_lose_it_reads_why_and_what_can_be_done_before_and_after():
    who = a_person()
    account = identity.open_account(f"person-{who.person.hex()}", "correct horse battery", person=who.person)
    browser = Client()
    browser.force_login(get_user_model().objects.get(pk=account))
    number, order = issued(holder=who.person)
    asked = {"seen": None, "at": MONDAY, "ground": "penalty", "text": "两次查到过期食品。"}
    commands.ask_revocation(number, by=handler_of(order), **asked)
    before = browser.get(f"/wallet/{number}").content.decode()
    for said in ("发证机关有人提出收回", "两次查到过期食品。", "要求听证", "<b>有效</b>"):
        assert said in before
    commands.approve_revocation(number, seen=None, by=leader_of(order), at=MONDAY)
    after = browser.get(f"/wallet/{number}").content.decode()
    for said in ("已吊销", "两次查到过期食品。", "六十日内可以申请行政复议", "六个月内", "这张证照不能恢复"):
        assert said in after


def test_remedies_are_told_against_an_act_of_the_office_alone():
    lapsed, order = issued()
    commands.change(
        lapsed,
        seen=None,
        by=handler_of(order),
        at=MONDAY,
        lines={"经营场所": "别处"},
        text="搬迁。",
    )
    for number, told in ((lapsed, False), (lapsed.replace("-001", "-002"), False)):
        assert bool(queries.certificate(number, owner_of(order), at=MONDAY).remedies) == told
    revoked(lapsed.replace("-001", "-002"), order)
    assert len(queries.certificate(lapsed.replace("-001", "-002"), owner_of(order), at=MONDAY).remedies) == 2
    assert queries.certificate(lapsed.replace("-001", "-002"), handler_of(order), at=MONDAY).remedies == []


def test_every_act_has_a_name_and_says_what_it_does():
    number, order = issued("residence-permit")
    state = queries.certificate(number, handler_of(order), at=MONDAY).state
    told = {act: effect_of(act, state, a_type("residence-permit"), MONDAY) for act in Act}
    assert set(ACT_NAMES) == set(Act) and all(told.values())
    assert told[Act.ENDORSE] == "签注后可以用到 2028 年 3 月 9 日。"
    founding, order = issued("business-licence")
    view = queries.certificate(founding, handler_of(order), at=MONDAY)
    effects = {act.code: act.effect for act in queries.acts_for(view, MONDAY)}
    assert "授权同时停止" in effects["cancel"] and "授权不变" in effects["suspend"]


def test_endorsing_is_offered_from_a_month_before_and_the_holder_is_told_when_it_is_late():
    number, order = issued("residence-permit")
    last = datetime(2027, 3, 9, 2, 0, tzinfo=UTC)
    offered = [
        Act.ENDORSE in queries.certificate(number, handler_of(order), at=at).acts
        for at in (last - timedelta(days=29), last - timedelta(days=27), last + timedelta(days=400))
    ]
    assert offered == [False, True, True]
    assert "补办" in queries.certificate(number, owner_of(order), at=last + timedelta(days=1)).onward


def test_wherever_a_certificate_does_not_hold_its_holder_is_told_what_to_do():
    assert set(Holding) - set(ONWARD) == {Holding.VALID, Holding.LAPSED}
    assert {Status.REVOKED, Status.FORFEITED, Status.CANCELLED} <= set(map(Status, set(ONWARD) & set(Status)))


@pytest.mark.parametrize("length", [1, 12])
def test_what_waits_for_an_answer_costs_one_statement_however_long(length, django_assert_num_queries):
    _, order = issued()
    asker, leader = on_duty(order.body, Role.HANDLER), leader_of(order)
    for _ in range(length):
        number, _ = issued(body=order.body)
        commands.ask_revocation(number, seen=None, by=asker, at=MONDAY, ground="penalty", text="违法。")
    # The directory learns of an officer at the first question, and remembers.
    queries.to_be_taken_back(leader, at=MONDAY)
    with django_assert_num_queries(1):
        assert len(queries.to_be_taken_back(leader, at=MONDAY)) == length
    with django_assert_num_queries(0):
        assert queries.to_be_taken_back(asker, at=MONDAY) == []
