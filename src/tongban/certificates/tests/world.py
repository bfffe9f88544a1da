"""A world for tests: a body that issues, its officers, and certificates issued by our own verbs."""

import itertools
import os
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from uuid import uuid4

import yaml
from django.conf import settings

from tongban.certificates import commands
from tongban.certificates.commands import Order
from tongban.directory import api as directory
from tongban.engine.codes import made_credit_code
from tongban.identity import api as identity
from tongban.kernel.access import Officer, Role, Viewer
from tongban.kernel.ids import AccountId, BodyCode, CaseId, OfficerId, PersonKey, RegionCode
from tongban.kernel.keys import ring

MONDAY = datetime(2026, 3, 9, 2, 0, tzinfo=UTC)  # ten o'clock in Shanghai
JINJIANG = RegionCode("510104")
ANSWERS = {
    "enterprise-name": "成都市锦江区小满面馆",
    "uscc": "91510104MA90000016",
    "legal-representative": "张小满",
    "business-place": "成都市锦江区总府路1号",
    "food-business-form": "餐饮服务",
    "food-projects": "热食、自制饮品",
    "person-name": "阿依古丽·买买提",
    "resident-id": "510104198806152343",
    "home-address": "新疆喀什",
    "living-address": "成都市锦江区总府路1号",
}

_cases = itertools.count(int.from_bytes(os.urandom(5), "big"))


@cache
def a_type(slug: str) -> dict[str, Any]:
    """A type of ours, as a published item carries it."""
    text = (Path(settings.PACKS) / "certificates" / f"{slug}.yaml").read_text("utf-8")
    return {"slug": slug, **yaml.safe_load(text)}


def a_body() -> BodyCode:
    """A body that nobody else has."""
    return BodyCode(made_credit_code("11", JINJIANG))


def an_officer(body: str, *roles: Role) -> Viewer:
    """An officer at a body."""
    officer = OfficerId(uuid4())
    return Viewer(
        account=AccountId(officer),
        officer=Officer(officer, BodyCode(body), JINJIANG, frozenset(roles), "测试人员"),
        shown_as="测试人员",
    )


def a_person() -> Viewer:
    """Somebody with an account."""
    person = ring().person_key("person", os.urandom(8).hex())
    return Viewer(account=AccountId(uuid4()), person=person, shown_as="张*丰")


def an_order(
    slug: str = "food-operation-licence", *, holder: PersonKey | None = None, **changes: Any
) -> Order:
    """What a grant orders."""
    case, applicant = next(_cases), holder or a_person().person
    given: dict[str, Any] = {
        "type": a_type(slug),
        "holder": applicant,
        "filed_by": applicant,
        "case": CaseId(case),
        "case_number": f"510104-20260309-{case % 10**7:07d}-1",
        "granted": 4,
        "granted_on": date(2026, 3, 9),
        "body": a_body(),
        "body_name": "锦江区市场监督管理局（样例）",
        "region": JINJIANG,
        "answers": ANSWERS,
    }
    return Order(**given | changes)


def issued(
    slug: str = "food-operation-licence", *, at: datetime = MONDAY, **changes: Any
) -> tuple[str, Order]:
    """A certificate, by its number, and its order."""
    order = an_order(slug, **changes)
    return commands.issue(order, at=at), order


def handler_of(order: Order) -> Viewer:
    """Somebody who handles at the issuing body."""
    return an_officer(order.body, Role.HANDLER)


def leader_of(order: Order) -> Viewer:
    """The head of the issuing body."""
    return an_officer(order.body, Role.LEADER)


def owner_of(order: Order) -> Viewer:
    """The holder, signed in."""
    return Viewer(account=AccountId(uuid4()), person=order.holder, shown_as="张*丰")


def revoked(number: str, order: Order, *, at: datetime = MONDAY, ground: str = "unlawful-grant") -> None:
    """Taken back by two officers."""
    asker, approver = handler_of(order), leader_of(order)
    commands.ask_revocation(number, seen=None, by=asker, at=at, ground=ground, text="材料虚假。")
    commands.approve_revocation(number, seen=None, by=approver, at=at)


def on_duty(body: BodyCode, *roles: Role) -> Viewer:
    """An officer at a body of the directory, with an account."""
    officer = OfficerId(uuid4())
    directory.ensure_region(code=JINJIANG, name="锦江区")
    directory.ensure_body(code=body, name="锦江区市场监督管理局", region=JINJIANG)
    directory.ensure_officer(officer, name="李明")
    post = directory.ensure_post(body=body, title="+".join(sorted(roles)), roles=roles)
    directory.appoint(officer, post, since=date(2020, 1, 1))
    account = identity.open_account(f"officer-{officer}", "correct horse battery", officer=officer)
    return Viewer(account, officer=Officer(officer, body, JINJIANG, frozenset(roles), "李明"))
