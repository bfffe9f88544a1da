"""Every page in every state it has: who looks, and at which address."""

from datetime import UTC, datetime
from typing import Any

from tests.journeys import arranging, two_levels, undertaken
from tests.journeys.committed import committed
from tests.journeys.flowing import flowing
from tests.journeys.joints import joint_services
from tests.journeys.lateness import lateness
from tests.journeys.people import Account, City, a_person, on_duty, seal
from tests.journeys.shown import (
    LONG,
    STATES,
    a_boss,
    a_call,
    a_case,
    a_draft,
    a_family,
    an_agent,
    announced,
    arranged,
    by_phone_alone,
    certificate_of,
    certificates_held,
    examined,
)
from tests.journeys.together import together
from tests.journeys.tolerance import tolerance
from tests.journeys.visit import Visit as Visit
from tests.journeys.windows import at_a_window, visits_at
from tongban.cases import commands
from tongban.cases.queries import look_at, looks_at, view_of
from tongban.cases.tests.world import (
    a_world,
    an_officer,
)
from tongban.catalogue import api as catalogue
from tongban.kernel.access import Role, Viewer
from tongban.kernel.sql import run
from tongban.notices import api as notices
from tongban.notices.tests.world import key_of, news

A_TENANT = (
    "s-lived-half-year=true&s-applied-by-other=false&s-residence-ground=dwelling&s-dwelling-kind=rented"
)


def visits(city: City) -> list[Visit]:
    """One visit for each page and state. Builds the cases they need."""
    now, stands = datetime.now(UTC), at_a_window(city)
    numbers = {state: a_case(city, state, now) for state in STATES}
    held = certificates_held(city)
    seal()
    return [
        *_public(city),
        *_residents(city, numbers, held),
        *_officers(city, numbers),
        *_officers_and_certificates(city, held),
        *_examined(),
        *_talk(city, numbers),
        *together(),
        *lateness(),
        *flowing(),
        *tolerance(),
        *committed(),
        *two_levels.visits(),
        *visits_at(stands, city),
        *_administration(city),
        *undertaken.visits(),
    ]


def _public(city: City) -> list[Visit]:
    return [
        Visit("home", None, "/"),
        Visit("topic", None, "/topics/ageing"),
        Visit("topic-guides-only", None, "/topics/policies"),
        Visit("items", None, "/items/"),
        Visit("items-nothing", None, "/items/?q=登月许可"),
        Visit("order", None, "/ledger/today"),
        Visit("order-before", None, "/ledger/today?day=2026-01-01"),
        Visit("line", None, f"/ledger/today/{city.world.queue}"),
        Visit("overtakings", None, "/ledger/overtakings"),
        Visit("find", None, "/ledger/find"),
        Visit("find-nothing", None, "/ledger/find", "查找"),
        Visit("call-back", None, "/call-back?about=old-age-allowance"),
        Visit("call-back-faults", None, "/call-back", "请给我回电"),
        Visit("call-standing", None, "/call-back/standing"),
        Visit("about", None, "/about"),
        Visit("accessibility", None, "/accessibility"),
        Visit("search", None, "/search"),
        Visit("search-found", None, "/search?q=开饭店"),
        Visit("search-sounds", None, "/search?q=juzhuzhneg"),
        Visit("search-of-enterprises", None, "/search?q=许可&for=enterprise"),
        Visit("search-nothing", None, "/search?q=登月许可"),
        Visit("sign-in", None, "/sign-in"),
        Visit("sign-in-faults", None, "/sign-in", "获取验证码"),
        Visit("register", None, "/register"),
        Visit("guide", None, f"/items/{city.slug}"),
        Visit("guide-allowance", None, "/items/old-age-allowance"),
        Visit("guide-only", None, "/items/birth-medical-certificate-reissue"),
        Visit("guide-narrowed", None, f"/items/residence-permit?{A_TENANT}"),
        Visit("guide-barred", None, "/items/residence-permit?s-lived-half-year=false"),
        Visit("guide-instant", None, "/items/no-criminal-record"),
        Visit("joint-guide", None, "/items/newborn"),
        Visit("joint-guide-answered", None, "/items/restaurant?s-fire-check-needed=true&s-outdoor-sign=both"),
        Visit("joint-guide-not-for-you", None, "/items/newborn?s-first-birth-certificate=false"),
        Visit("rule", None, "/items/flexible-employment/rule"),
        Visit("rule-of-none", None, f"/items/{city.slug}/rule"),
        Visit("situation", None, "/items/residence-permit/situation"),
        Visit("situation-faults", None, "/items/residence-permit/situation", "继续"),
        Visit("situation-many", None, "/items/public-place-hygiene-licence/situation?s-eating-place=false"),
        Visit("versions", None, "/items/residence-permit/versions"),
        Visit("version", None, "/items/residence-permit/versions/1"),
        Visit("search-life-event", None, "/search?q=生孩子"),
        Visit("search-too-many", None, "/search?q=登记"),
        Visit("ledger", None, "/ledger"),
        Visit("announcements", None, "/announcements"),
        Visit("announcement", None, f"/announcements/{announced()}"),
        Visit("announcement-over", None, f"/announcements/{announced(over=True)}"),
        Visit("missing", None, "/items/no-such-item"),
        Visit("preferences", None, "/preferences"),
        Visit("arrange", None, "/home/arrange"),
        *(Visit(f"design-{look}", None, f"/design?look={look}") for look in LOOKS),
    ]


def _residents(city: City, numbers: dict[str, str], held: dict[str, str]) -> list[Visit]:
    who, agent, unnamed = city.resident, an_agent(), by_phone_alone()
    boss, code = a_boss()
    return [
        Visit("mine-empty", a_person("阿依古丽·买买提"), "/cases/"),
        Visit("mine", who, "/cases/"),
        Visit("home-signed-in", who, "/"),
        Visit("home-arranged", arranged(agent), "/"),
        Visit("arrange-too-many", arranged(agent, too_many=True), "/home/arrange", "保存"),
        Visit("apply-agent", agent, "/items/food-operation-licence/apply"),
        Visit("apply-no-office", agent, "/items/food-operation-licence/apply", "开始填写"),
        *_drafts(city),
        *(Visit(f"case-{name}", who, f"/cases/{numbers[name]}") for name in TOLD_APART),
        Visit("receipt", who, f"/cases/{numbers['waiting']}/receipt"),
        Visit("mine-own", who, "/mine"),
        Visit("mine-own-agent", agent, "/mine"),
        Visit("mine-own-unnamed", unnamed, "/mine"),
        Visit("real-name", unnamed, "/real-name"),
        Visit("real-name-faults", unnamed, "/real-name", "核对"),
        Visit("known", who, "/known"),
        Visit("data", who, "/mine/data"),
        Visit("settings", who, "/mine/settings"),
        *(Visit(f"settings-{each}", who, f"/mine/settings/{each}") for each in SETTINGS),
        Visit("settings-password-faults", who, "/mine/settings/password", "设好"),
        Visit("enterprises-none", who, "/mine/enterprises"),
        Visit("enterprises", boss, "/mine/enterprises"),
        Visit("enterprise-link", agent, "/mine/enterprises/link"),
        Visit("enterprise-link-faults", agent, "/mine/enterprises/link", "核对并关联"),
        Visit("enterprise-offer", boss, f"/mine/enterprises/{code}/offer"),
        Visit("enterprise-offer-faults", boss, f"/mine/enterprises/{code}/offer", "发出授权"),
        Visit("people-none", who, "/mine/people"),
        *_people(city),
        Visit("certificate-shown", who, f"/wallet/{certificate_of(who)}/show"),
        Visit("wallet-empty", agent, "/wallet"),
        Visit("wallet", who, "/wallet"),
        Visit("certificate", who, f"/wallet/{certificate_of(who)}"),
        *(Visit(f"certificate-{state}", who, f"/wallet/{number}") for state, number in held.items()),
        Visit("certificate-checked-revoked", None, f"/certificates/{held['revoked']}"),
        Visit("certificate-checked", None, f"/certificates/{certificate_of(who)}"),
        Visit("verify", None, "/verify"),
        Visit("verify-unknown", None, "/verify/7QK4-M2XA-99ZB-0TFE-PMNX"),
        Visit("resubmit", who, f"/cases/{numbers['to-correct']}/resubmit"),
        Visit("withdrawal", who, f"/cases/{numbers['waiting']}/withdrawal"),
        Visit("unknown", who, "/cases/510104-20260101-0000000-0"),
        *joint_services(),
        *_told(who, agent),
    ]


def _people(city: City) -> list[Visit]:
    """Acting for people: offered and taken, for some matters, for a child; a draft and a case of another."""
    mother, son, number = a_family(city)
    seal()
    return [
        Visit("people", mother, "/mine/people"),
        Visit("people-agent", son, "/mine/people"),
        Visit("people-offer", mother, "/mine/people/offer"),
        Visit("people-offer-faults", mother, "/mine/people/offer", "发出授权"),
        Visit("people-child", mother, "/mine/people/child"),
        Visit("people-child-faults", mother, "/mine/people/child", "核对"),
        Visit("apply-for", son, f"/items/{city.slug}/apply"),
        Visit("case-for", son, f"/cases/{number}"),
        Visit("receipt-for", mother, f"/cases/{number}/receipt"),
        Visit("desk-case-for", city.leader, f"/desk/cases/{number}"),
    ]


def _told(who: Account, agent: Account) -> list[Visit]:
    """Notices of every kind, some opened, one whose mail came back; and of whom nobody was told anything."""
    kinds = [f"cases.{one}" for one in ("accepted", "returned-for-correction", "extended", "granted")]
    now = datetime.now(UTC)
    notices.tell([news(key_of(who.viewer), kind, item=LONG, at=now) for kind in kinds * 6], at=now)
    notices.mark_all_read(who.viewer, at=now)
    notices.tell([news(key_of(who.viewer), kind, at=now) for kind in kinds], at=now)
    page = notices.notices_of(who.viewer)
    run(
        "insert into notices_delivery (id, notice_id, channel, state, tries, code)"
        " values (gen_random_uuid(), $1::bigint, 'mail', 'refused', 1, 550)",
        (page.rows[0].id,),
    )
    return [
        Visit("notices", who, "/notices"),
        Visit("notices-older", who, f"/notices?after={page.next}"),
        Visit("notices-empty", agent, "/notices"),
        Visit("notices-choices", who, "/notices/choices"),
        Visit("notices-unknown", who, "/notices/1"),
    ]


def _talk(city: City, numbers: dict[str, str]) -> list[Visit]:
    """What is said in a case, who looked, and doubts about it, in every state that looks different."""
    who, now, number, over = city.resident, datetime.now(UTC), numbers["accepted"], numbers["withdrawn"]
    acting: dict[str, Any] = {"at": now}
    for text in ("请问现场核查在哪一天？", "我周四上午都在。"):
        commands.send_message(number, by=who.viewer, text=text, **acting)
    commands.send_message(number, by=city.handler.viewer, text="周四上午去，到时先打电话。", **acting)
    commands.send_message(numbers["taken"], by=who.viewer, text="手画的图可以吗？", **acting)
    for one in (number, numbers["taken"]):
        for officer in (city.handler, city.leader, city.leader):
            look_at(one, officer.viewer, at=now)
    answered, asked, _ = [look.id for look in looks_at(view_of(number, who.viewer, at=now))][::-1]
    assert answered
    assert asked
    doubt = "我没有约这个时间，为什么有人打开我的材料？"
    done = commands.contest_look(number, answered, by=who.viewer, text=doubt, **acting)
    text = "已核实：是核对您上传的材料所需。"
    commands.answer_contest(number, done.version, by=city.leader.viewer, text=text, **acting)
    other = looks_at(view_of(numbers["taken"], who.viewer, at=now))[-1].id
    assert other
    waits = commands.contest_look(numbers["taken"], other, by=who.viewer, text=doubt, **acting)
    return [
        Visit("messages", who, f"/cases/{number}/messages"),
        Visit("messages-none", who, f"/cases/{numbers['waiting']}/messages"),
        Visit("messages-over", who, f"/cases/{over}/messages"),
        Visit("messages-faults", who, f"/cases/{number}/messages", "发送留言"),
        Visit("messages-officer", city.handler, f"/cases/{number}/messages"),
        Visit("desk-case-new-message", city.handler, f"/desk/cases/{numbers['taken']}"),
        Visit("contact", who, f"/cases/{number}/contact"),
        *(Visit(f"clock-{name}", who, f"/cases/{numbers[name]}/clock") for name in CLOCKS),
        Visit("looks", who, f"/cases/{number}/looks"),
        Visit("looks-none", who, f"/cases/{numbers['waiting']}/looks"),
        Visit("looks-doubted", who, f"/cases/{numbers['taken']}/looks"),
        Visit("all-looks", who, "/looks"),
        Visit("all-looks-none", a_person("阿依古丽·买买提"), "/looks"),
        Visit("contest", who, f"/cases/{number}/looks/{asked}/contest"),
        Visit("contest-faults", who, f"/cases/{number}/looks/{asked}/contest", "提出疑问"),
        Visit("answer", city.leader, f"/cases/{numbers['taken']}/contests/{waits.version}"),
        Visit(
            "answer-faults", city.leader, f"/cases/{numbers['taken']}/contests/{waits.version}", "发出答复"
        ),
        Visit("answer-given", city.leader, f"/cases/{number}/contests/{done.version}"),
        Visit("proof", who, f"/cases/{number}/proof"),
        Visit("mine-to-do", who, "/cases/?which=to-do"),
        Visit("mine-nothing-found", who, "/cases/?q=登月"),
    ]


CLOCKS = ("accepted", "stopped", "late", "granted", "withdrawn")
"""The states in which the counting of days looks different."""


def _drafts(city: City) -> list[Visit]:
    """A draft in every state: new, half filled in and faulty, under a newer version, ready; its pages."""
    who = city.resident
    new, half, ready = (a_draft(city, state) for state in ("new", "half", "ready"))
    return [
        Visit("apply", None, f"/items/{city.slug}/apply"),
        Visit("apply-begun", who, f"/items/{city.slug}/apply"),
        Visit("draft", who, f"/drafts/{new}"),
        Visit("draft-half", who, f"/drafts/{half}"),
        Visit("draft-ready", who, f"/drafts/{ready}"),
        Visit("draft-who", who, f"/drafts/{new}/who"),
        Visit("draft-discard", who, f"/drafts/{new}/discard"),
        Visit("draft-page", who, f"/drafts/{new}/operator"),
        Visit("draft-page-choices", who, f"/drafts/{half}/business-1"),
        Visit("draft-page-mended", who, f"/drafts/{half}/place"),
        Visit("draft-page-faults", who, f"/drafts/{new}/business-1", "保存并继续"),
        Visit("draft-material", who, f"/drafts/{new}/materials/food-layout"),
        Visit("draft-material-files", who, f"/drafts/{half}/materials/food-layout"),
        Visit("draft-material-missing", who, f"/drafts/{new}/materials/food-layout", "保存并继续"),
        Visit("draft-check-faults", who, f"/drafts/{half}/check"),
        Visit("draft-check", who, f"/drafts/{ready}/check"),
        Visit("draft-unknown", who, "/drafts/00000000-0000-4000-8000-000000000000"),
    ]


def _supervisor(city: City) -> Viewer:
    return an_officer(city.world.body, Role.SUPERVISOR, region="510100")


def _officers(city: City, numbers: dict[str, str]) -> list[Visit]:
    idle = on_duty(a_world().handler)
    window, call = on_duty(an_officer(city.world.body, Role.WINDOW)), a_call(city)
    for _ in range(3):
        catalogue.count_unanswered("登月许可", at=datetime.now(UTC))
    asked, new, second = numbers["asked"], numbers["taken"], numbers["waiting-second"]
    return [
        Visit("desk-empty", idle, "/desk/"),
        Visit("desk-calls-empty", idle, "/desk/call-backs"),
        Visit("desk", city.handler, "/desk/"),
        Visit("desk-leader", city.leader, "/desk/"),
        Visit("desk-call", window, f"/desk/call-backs/{call}"),
        Visit("desk-calls", window, "/desk/call-backs"),
        Visit("desk-figures", city.leader, "/desk/figures"),
        Visit("desk-figures-empty", on_duty(a_world().leader), "/desk/figures"),
        Visit("desk-figures-region", on_duty(_supervisor(city)), "/desk/figures"),
        Visit("desk-listed", city.leader, "/desk/cases"),
        Visit("desk-listed-narrowed", city.colleague, f"/desk/cases?open=yes&item={city.slug}&where=officer"),
        Visit("desk-listed-none", city.leader, "/desk/cases?light=red&stage=accepted&arrived=2020-01-01"),
        Visit("desk-listed-not-understood", city.leader, "/desk/cases?light=purple"),
        Visit("desk-unanswered", city.leader, "/desk/unanswered"),
        Visit("desk-case-taken", city.handler, f"/desk/cases/{new}"),
        Visit("desk-case-waiting", city.handler, f"/desk/cases/{second}"),
        Visit("desk-case-asked", city.leader, f"/desk/cases/{asked}"),
        Visit("desk-case-colleague", city.colleague, f"/desk/cases/{new}"),
        Visit("act-correction", city.handler, f"/cases/{new}/acts/return-for-correction"),
        Visit("act-faults", city.handler, f"/cases/{new}/acts/refuse-acceptance", "不予受理"),
        Visit("act-take", city.handler, f"/cases/{second}/acts/take"),
        Visit("officers-only", city.handler, "/cases/"),
        Visit("desk-case-granted", city.handler, f"/desk/cases/{numbers['granted']}"),
    ]


def _examined() -> list[Visit]:
    """A case half examined, with a marked spot and a leader looking on; another with its notice sent."""
    city, number, told = examined()
    now = datetime.now(UTC)
    file = view_of(number, city.handler.viewer, at=now).materials[0].id
    notice = next(one.seq for one in view_of(told, city.resident.viewer, at=now).story if one.faults)
    return [
        Visit("desk-case-examined", city.handler, f"/desk/cases/{number}"),
        Visit("file", city.handler, f"/cases/{number}/files/{file}?zoom=1&turn=1"),
        Visit("file-faults", city.handler, f"/cases/{number}/files/{file}", "标在这里"),
        Visit("file-read", city.leader, f"/cases/{number}/files/{file}"),
        Visit("act-correction-ticked", city.handler, f"/cases/{number}/acts/return-for-correction"),
        Visit("spot", city.resident, f"/cases/{told}/corrections/{notice}/1"),
        Visit("case-marked", city.resident, f"/cases/{told}"),
        Visit("desk-find", city.handler, "/desk/find"),
        Visit("desk-find-faults", city.handler, "/desk/find", "找"),
        Visit("desk-keys", city.handler, "/desk/keys"),
    ]


def _administration(city: City) -> list[Visit]:
    arranged = arranging.arranging(city)
    own = arranging.addresses(arranged)
    return [
        *(
            Visit(f"administration-{name}", arranged.first, address)
            for name, address in own.items()
            # These are seen with their faults.
            if name not in ("change", "import", "calendar", "items")
        ),
        Visit("administration-to-answer", arranged.second, own["home"]),
        Visit("administration-to-agree", arranged.second, own["waiting"]),
        Visit("administration-change-faults", arranged.first, own["change"], "下一步：看会改什么"),
        Visit("administration-import-faults", arranged.first, own["import"], "上传并检查"),
        Visit("administration-calendar-faults", arranged.first, own["calendar"], "下一步：看会改什么"),
        Visit("administration-items-faults", arranged.first, own["items"], "检查，看会改什么"),
    ]


def _officers_and_certificates(city: City, held: dict[str, str]) -> list[Visit]:
    number = certificate_of(city.resident)
    return [
        Visit("desk-certificate", city.handler, f"/desk/certificates/{number}"),
        Visit("desk-certificate-asked", city.leader, f"/desk/certificates/{held['asked']}"),
        Visit("desk-certificate-asked-own", city.handler, f"/desk/certificates/{held['asked']}"),
        Visit("desk-certificate-to-endorse", city.handler, f"/desk/certificates/{held['to-endorse']}"),
        Visit("desk-certificate-revoked", city.handler, f"/desk/certificates/{held['revoked']}"),
        Visit("certificate-act", city.handler, f"/certificates/{number}/acts/change"),
        Visit(
            "certificate-act-faults", city.handler, f"/certificates/{number}/acts/ask-revocation", "提出收回"
        ),
        Visit("desk-revocations", city.leader, "/desk/"),
    ]


LOOKS = ("plain", "dark", "care", "care.dark")
SETTINGS = ("password", "phone", "mail", "leaving")
TOLD_APART = ("to-correct", "accepted", "stopped", "granted", "refused", "late", "withdrawn", "waiting")
"""The states that look different to the applicant."""
