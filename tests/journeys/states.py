"""Every page in every state it has: who looks, and at which address."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.journeys.people import Account, City, a_person, on_duty, seal
from tongban.cases import commands
from tongban.cases.commands import CorrectionFault
from tongban.cases.tests.world import a_credit_code, a_world
from tongban.certificates import api as certificates
from tongban.certificates.tests.world import an_order
from tongban.identity import api as identity
from tongban.kernel.access import Viewer
from tongban.kernel.sql import run
from tongban.notices import api as notices
from tongban.notices.tests.world import key_of, news

LONG = "成都市锦江区春熙路街道小满家常菜餐饮服务管理有限责任公司第二分公司"


@dataclass(frozen=True, slots=True)
class Visit:
    """A page as someone sees it; `press` is a button pressed first."""

    name: str
    who: Account | None
    address: str
    press: str = ""


def visits(city: City) -> list[Visit]:
    """One visit for each page and state. Builds the cases they need."""
    now = datetime.now(UTC)
    numbers = {state: _case(city, state, now) for state in STATES}
    held = _certificates(city)
    seal()
    return [
        *_public(city),
        *_residents(city, numbers, held),
        *_officers(city, numbers),
        *_officers_and_certificates(city, held),
    ]


def _public(city: City) -> list[Visit]:
    return [
        Visit("home", None, "/"),
        Visit("search", None, "/search"),
        Visit("search-found", None, "/search?q=开饭店"),
        Visit("search-sounds", None, "/search?q=juzhuzhneg"),
        Visit("search-of-enterprises", None, "/search?q=许可&for=enterprise"),
        Visit("search-nothing", None, "/search?q=登月许可"),
        Visit("sign-in", None, "/sign-in"),
        Visit("guide", None, f"/items/{city.slug}"),
        Visit("guide-allowance", None, "/items/old-age-allowance"),
        Visit("guide-only", None, "/items/birth-medical-certificate"),
        Visit("search-life-event", None, "/search?q=生孩子"),
        Visit("search-too-many", None, "/search?q=登记"),
        Visit("ledger", None, "/ledger"),
        Visit("announcements", None, "/announcements"),
        Visit("announcement", None, f"/announcements/{announced()}"),
        Visit("announcement-over", None, f"/announcements/{announced(over=True)}"),
        Visit("missing", None, "/items/no-such-item"),
        Visit("preferences", None, "/preferences"),
        *(Visit(f"design-{look}", None, f"/design?look={look}") for look in ("plain", "dark", "care", "en")),
    ]


def _residents(city: City, numbers: dict[str, str], held: dict[str, str]) -> list[Visit]:
    who, agent = city.resident, _an_agent()
    return [
        Visit("mine-empty", a_person("阿依古丽·买买提"), "/cases/"),
        Visit("mine", who, "/cases/"),
        Visit("home-signed-in", who, "/"),
        Visit("apply", who, f"/items/{city.slug}/apply"),
        Visit("apply-agent", agent, "/items/food-operation-licence/apply"),
        Visit("apply-faults", who, f"/items/{city.slug}/apply", "提交申请"),
        Visit("apply-permit", who, "/items/residence-permit/apply"),
        *(Visit(f"case-{name}", who, f"/cases/{numbers[name]}") for name in TOLD_APART),
        Visit("receipt", who, f"/cases/{numbers['waiting']}/receipt"),
        Visit("wallet-empty", agent, "/wallet"),
        Visit("wallet", who, "/wallet"),
        Visit("certificate", who, f"/wallet/{_certificate(who)}"),
        *(Visit(f"certificate-{state}", who, f"/wallet/{number}") for state, number in held.items()),
        Visit("certificate-checked-revoked", None, f"/certificates/{held['revoked']}"),
        Visit("certificate-checked", None, f"/certificates/{_certificate(who)}"),
        Visit("verify", None, "/verify"),
        Visit("verify-unknown", None, "/verify/7QK4-M2XA-99ZB-0TFE-PMNX"),
        Visit("resubmit", who, f"/cases/{numbers['to-correct']}/resubmit"),
        Visit("withdrawal", who, f"/cases/{numbers['waiting']}/withdrawal"),
        Visit("unknown", who, "/cases/510104-20260101-0000000-0"),
        *_told(who, agent),
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


def announced(*, over: bool = False) -> str:
    """An announcement that is shown now, or that has had its time; its slug."""
    slug = "over" if over else "shown"
    told: dict[str, Any] = {"title": f"{LONG}附近道路施工", "day": "2026-01-05", "text": "# 改道\n\n- 绕行"}
    more: dict[str, Any] = {"until": "2026-01-06" if over else None, "audience": [{"name": "自然人"}]}
    items = [{"slug": "residence-permit", "name": "居住证"}]
    notices.publish([{"slug": slug, **told, **more, "pressing": True, "sample": True, "items": items}])
    return slug


def _officers(city: City, numbers: dict[str, str]) -> list[Visit]:
    idle = on_duty(a_world().handler)
    asked, new, second = numbers["asked"], numbers["taken"], numbers["waiting-second"]
    return [
        Visit("desk-empty", idle, "/desk/"),
        Visit("desk", city.handler, "/desk/"),
        Visit("desk-leader", city.leader, "/desk/"),
        Visit("desk-figures", city.leader, "/desk/figures"),
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


def _officers_and_certificates(city: City, held: dict[str, str]) -> list[Visit]:
    number = _certificate(city.resident)
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


STATES = (
    "to-correct",
    "accepted",
    "stopped",
    "granted",
    "refused",
    "late",
    "asked",
    "taken",
    "withdrawn",
    "waiting",
    "waiting-second",
)
"""In this order: what waits must come last, for the earliest is taken first."""

TOLD_APART = ("to-correct", "accepted", "stopped", "granted", "refused", "late", "withdrawn", "waiting")
"""The states that look different to the applicant."""


def _certificate(who: Account) -> str:
    """The number of the newest certificate of someone's that holds."""
    rows = certificates.wallet(who.viewer, at=datetime.now(UTC))
    return next(row.number for row in rows if row.valid)


def _certificates(city: City) -> dict[str, str]:
    """Certificates of the resident's in every state that looks different, issued by the body of the item."""
    body, now = city.world.body, datetime.now(UTC)
    acting: dict[str, Any] = {"seen": None, "by": city.handler.viewer, "at": now}
    issued = {}
    for state in ("suspended", "asked", "revoked", "cancelled", "to-endorse"):
        slug = "residence-permit" if state == "to-endorse" else "food-operation-licence"
        since = now.date() - timedelta(days=350)
        order = an_order(slug, holder=city.resident.viewer.person, body=body, granted_on=since)
        issued[state] = certificates.issue(order, at=now)
    certificates.suspend(issued["suspended"], **acting, text="现场核查发现后厨改了布局，改好以前先暂扣。")
    certificates.cancel(issued["cancelled"], **acting, text="持证人书面说明不再经营，申请注销。")
    for state in ("asked", "revoked"):
        certificates.ask_revocation(
            issued[state], **acting, ground="unlawful-grant", text="申请时交的布局图和现场不符。"
        )
    certificates.approve_revocation(issued["revoked"], seen=None, by=city.leader.viewer, at=now)
    return issued


def _an_agent() -> Account:
    person = a_person("王秀丽")
    assert person.viewer.person is not None
    enterprise = identity.ensure_enterprise(a_credit_code(kind="91"), name=LONG)
    since = datetime.now(UTC)
    identity.entitle(person.viewer.person, enterprise, at=since, since=since.date() - timedelta(days=2))
    return person


def _case(city: City, state: str, now: datetime) -> str:
    """A case brought to that state by our own verbs."""
    world, officer = city.world, city.handler.viewer
    since = now - timedelta(days=40 if state == "late" else 5)
    number = world.submit(by=city.resident.viewer, at=since, enterprise_name=LONG).number
    if state.startswith("waiting"):
        return number
    if state == "withdrawn":
        commands.withdraw(number, seen=None, by=city.resident.viewer, at=now)
        return number
    assert world.take_next(at=since) == number
    if state == "to-correct":
        faults = [
            CorrectionFault(
                "场所布局图", "食品安全法 第三十三条第一款第一项", "请标出洗消间的位置，并写明面积。"
            ),
            CorrectionFault("食品安全管理人员", "", "请补上李安全的培训考核记录。"),
        ]
        commands.return_for_correction(number, seen=None, by=officer, at=since, faults=faults)
    elif state != "taken":
        commands.accept(number, seen=None, by=officer, at=since)
        _onward(city, number, state, now, officer)
    return number


def _onward(city: City, number: str, state: str, now: datetime, officer: Viewer) -> None:
    soon = now - timedelta(hours=1)
    if state == "asked":
        commands.extend(number, seen=None, by=officer, at=soon, text="专家意见还没有收齐。")
    if state == "stopped":
        commands.start_special_procedure(
            number,
            seen=None,
            by=officer,
            at=soon,
            procedure="hearing",
            told_until=now.date() + timedelta(days=6),
            text="有人依法要求听证，听证后继续审查。",
        )
    if state in ("granted", "refused"):
        decide = commands.grant if state == "granted" else commands.refuse
        decide(number, seen=None, by=officer, at=soon, text="现场核查：设备布局和图纸一致。")
    if state == "granted":
        commands.deliver(number, seen=None, by=officer, at=soon, way="window")
