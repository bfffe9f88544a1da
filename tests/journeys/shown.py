"""What pages are looked at with: cases, drafts, certificates and people in every state, by our own verbs."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.contrib.auth import get_user_model

from tests.journeys.people import Account, City, a_city, a_person, seal
from tongban.cases import commands
from tongban.cases.commands import CorrectionFault, be_present
from tongban.cases.queries import Spot, view_of
from tongban.cases.rules.steps import pages_of
from tongban.cases.tests.drafting import a_photo
from tongban.cases.tests.world import (
    FOOD_ANSWERS,
    FOOD_MATERIALS,
    JINJIANG,
    PDF,
    a_credit_code,
)
from tongban.catalogue import api as catalogue
from tongban.certificates import api as certificates
from tongban.certificates.tests.world import an_order
from tongban.hotline import api as hotline
from tongban.identity import api as identity
from tongban.kernel.access import Viewer
from tongban.kernel.ids import AccountId
from tongban.notices import api as notices
from tongban.papers import api as papers

LONG = "成都市锦江区春熙路街道小满家常菜餐饮服务管理有限责任公司第二分公司"


def announced(*, over: bool = False) -> str:
    """An announcement that is shown now, or that has had its time; its slug."""
    slug = "over" if over else "shown"
    told: dict[str, Any] = {"title": f"{LONG}附近道路施工", "day": "2026-01-05", "text": "# 改道\n\n- 绕行"}
    more: dict[str, Any] = {"until": "2026-01-06" if over else None, "audience": [{"name": "自然人"}]}
    items = [{"slug": "residence-permit", "name": "居住证"}]
    notices.publish([{"slug": slug, **told, **more, "pressing": True, "sample": True, "items": items}])
    return slug


def arranged(who: Account, *, too_many: bool = False) -> Account:
    """Somebody who chose what stands first; or another who had chosen more than one may now."""
    one = a_person("阿依古丽·买买提") if too_many else who
    assert one.viewer.account is not None
    columns = catalogue.columns()
    slugs = [column.slug for column in columns.columns] + [topic.slug for topic in columns.topics]
    identity.put_first(one.viewer.account, slugs if too_many else slugs[:8])
    return one


def a_draft(city: City, state: str) -> UUID:
    """A draft of the resident's brought to that state by our own verbs."""
    by, now = commands.Writer(city.resident.viewer), datetime.now(UTC)
    item = catalogue.item(city.world.item)
    draft = commands.begin(item.slug, commands.Beginning(JINJIANG), by=by, at=now)
    wrong = {"area": "很大", "enterprise_name": LONG} if state == "half" else {}
    for page in pages_of(item.form) if state != "new" else ():
        answers = {each.name: (FOOD_ANSWERS | wrong).get(each.name) for each in page.fields}
        if state == "ready" or page.code in ("operator", "place", "business-1"):
            commands.save(draft, commands.Typed(page.code, page.fields, answers, 99), by=by, at=now)
    for kind in FOOD_MATERIALS if state != "new" else ():
        files = [("平面图.pdf", PDF), *((f"第{n}页.jpg", a_photo(n * 60)) for n in range(2))]
        commands.attach(draft, kind, files if kind == "food-layout" else files[:1], by=by, at=now)
    return draft


def examined() -> tuple[City, str, str]:
    """A city, a case with photos that its handler is examining, and one returned with a marked photo."""
    city, now = a_city(), datetime.now(UTC)
    assert city.resident.viewer.person is not None
    told, looked_at = (_with_photos(city) for _ in range(2))
    acting: dict[str, Any] = {"by": city.handler.viewer, "at": now}
    for number in (told, looked_at):
        city.world.take_next(at=now)
        file = _layout_of(number, city)
        spot = Spot(file, 1, 300, 400, "这里的洗消间没有标出来，请补画。")
        commands.mark_spot(number, spot, **acting)
        ticked = {"materials.food-layout": "unreadable", "materials.food-safety-rules": "fits"}
        marks = [f"{place}:{code}" for place, code in (ticked | {"answers.area": "doubtful"}).items()]
        commands.tick(number, marks, places=ticked, **acting)
    file = _layout_of(told, city)
    fault = CorrectionFault(LONG, "《食品安全法》第三十五条第二款", "请补画洗消间。", f"{file}.1.300.400")
    commands.return_for_correction(told, seen=None, **acting, faults=[fault])
    case = view_of(looked_at, city.leader.viewer, at=now).state.head.id
    be_present(case, by=city.leader.viewer.officer, at=now)
    return city, looked_at, told


def _layout_of(number: str, city: City) -> int:
    held = view_of(number, city.handler.viewer, at=datetime.now(UTC)).materials
    return next(one.id for one in held if one.kind == "food-layout")


def _with_photos(city: City) -> str:
    person, now = city.resident.viewer.person, datetime.now(UTC)
    assert person is not None
    files = [
        (kind, papers.store(person, f"{kind}.jpg", a_photo(nth * 60), now).handle)
        for nth, kind in enumerate(FOOD_MATERIALS)
    ]
    application = commands.Application(city.world.item, JINJIANG, FOOD_ANSWERS, tuple(files))
    number = commands.submit(application, by=city.resident.viewer, key=None, at=now).number
    seal()
    return number


def by_phone_alone() -> Account:
    """A resident whose name nobody has checked."""
    account = get_user_model().objects.create(kind=identity.AccountKind.RESIDENT)
    identity.give_phone(AccountId(account.pk), f"138{account.pk.int % 10**8:08d}")
    return Account("by-phone", Viewer(account=AccountId(account.pk), unnamed=True))


def a_boss() -> tuple[Account, str]:
    """Who represents an enterprise for which somebody else acts too; its code."""
    boss, agent, now = a_person("王秀丽"), a_person("阿依古丽·买买提"), datetime.now(UTC)
    assert boss.viewer.person is not None and agent.viewer.person is not None
    code = a_credit_code(kind="91")
    enterprise = identity.ensure_enterprise(code, name=LONG)
    identity.represent(boss.viewer.person, enterprise, at=now)
    identity.entitle(agent.viewer.person, enterprise, at=now, since=now.date() - timedelta(days=2))
    return boss, code


def a_family(city: City) -> tuple[Account, Account, str]:
    """A mother, her son who filed a case for her, and its number; others wait for her and for his answer."""
    mother, son, now = a_person("张国芳"), a_person("阿依古丽·买买提"), datetime.now(UTC)
    assert mother.viewer.person is not None and son.viewer.person is not None
    assert mother.viewer.account is not None and son.viewer.account is not None
    until, matter = now.date() + timedelta(days=300), catalogue.item(city.world.item).department
    identity.entrust(son.viewer.person, mother.viewer.person, until=until, at=now, scope=(matter,))
    identity.give_phone(son.viewer.account, f"136{son.viewer.account.int % 10**8:08d}")
    acting = identity.bearer(identity.create_token(son.viewer.account, at=now), now)
    [code] = [one.code for one in identity.principals_of(acting)]
    number = city.world.submit(by=identity.act_for(acting, code), at=now, enterprise_name=LONG).number
    return mother, son, number


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


def a_call(city: City) -> UUID:
    """A request to be called back about the item of the city, by somebody with a long wish."""
    key, about = uuid4(), f"想问{LONG}要换负责人，许可证上的名字怎么改，要不要重新验收？"
    told = hotline.Asking(f"139{key.int % 10**8:08d}", "买买提", about, city.slug, JINJIANG, "morning")
    hotline.ask(key, told, address=key.hex, at=datetime.now(UTC))
    return key


def certificate_of(who: Account) -> str:
    """The number of the newest certificate of someone's that holds."""
    rows = certificates.wallet(who.viewer, at=datetime.now(UTC))
    return next(row.number for row in rows if row.valid)


def certificates_held(city: City) -> dict[str, str]:
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


def an_agent() -> Account:
    person = a_person("王秀丽")
    assert person.viewer.person is not None
    enterprise = identity.ensure_enterprise(a_credit_code(kind="91"), name=LONG)
    since = datetime.now(UTC)
    identity.entitle(person.viewer.person, enterprise, at=since, since=since.date() - timedelta(days=2))
    return person


def a_case(city: City, state: str, now: datetime) -> str:
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
