"""Joint services for tests: a few items at bodies of their own, applied for as one, by our own verbs."""

import itertools
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import yaml
from django.conf import settings

from tongban.cases import commands
from tongban.cases.commands import Application, Joined
from tongban.cases.tests.world import JINJIANG, MONDAY, PDF, a_credit_code, a_resident, an_officer, pack_of
from tongban.catalogue import api as catalogue
from tongban.engine import packs
from tongban.kernel.access import Role, Viewer
from tongban.kernel.ids import BodyCode, ItemCode, QueueId
from tongban.kernel.sql import run
from tongban.papers import api as papers

FOOD, TOBACCO, ADVERT = "food-operation-licence", "tobacco-retail-licence", "outdoor-advertising"
APART = ["premises-kind", "lease", "premises-consent"]

NO_BODIES: Final[Mapping[str, BodyCode]] = MappingProxyType({})

_serials = itertools.count(int.from_bytes(os.urandom(4), "big"))


@dataclass(frozen=True, slots=True)
class Member:
    """An item of a joint service in a test, its body and the officer who handles it."""

    slug: ItemCode
    body: BodyCode
    handler: Viewer

    @property
    def queue(self) -> QueueId:
        return catalogue.queue_of(catalogue.item(self.slug), self.body)


@dataclass(frozen=True, slots=True)
class Joint:
    """A joint service in a test: its members by what they are like."""

    slug: ItemCode
    members: Mapping[str, Member]

    @property
    def published(self) -> catalogue.Joint:
        return catalogue.joint(self.slug)


def a_joint(
    promise: int = 35, bodies: Mapping[str, BodyCode] = NO_BODIES, **members: Mapping[str, Any]
) -> Joint:
    """Like 开办餐饮店: tobacco waits for food, a wide advertisement only if one is wanted.

    `members` says of each (`food`, `tobacco`, `advert`, …) what stands in the joint's file in place of that,
    others named by what they are like; `promise` is the longest path then, in working days. `bodies`: which
    body has what is like that.
    """
    tag = f"{next(_serials):x}"
    named = {like: f"{like}-{tag}" for like in (FOOD, TOBACCO, ADVERT)}
    said: dict[str, dict[str, Any]] = {
        FOOD: {"why": "先要有"},
        TOBACCO: {
            "why": "卖烟",
            "after": [{"result_of": named[FOOD], "feeds": ["business-licence"]}],
        },
        ADVERT: {
            "why": "广告",
            "when": {"field": "wide_sign", "equals": True},
            "apart": APART,
            "after": [{"result_of": named[TOBACCO]}],
        },
    }
    for like, changes in members.items():
        said[{"food": FOOD, "tobacco": TOBACCO, "advert": ADVERT}[like]] |= changes
    for one in said.values():
        for after in one.get("after", ()):
            after["result_of"] = named.get(after["result_of"], after["result_of"])
    with tempfile.TemporaryDirectory() as root:
        folder = Path(root)
        found = {like: _written(folder, like, slug, bodies.get(like)) for like, slug in named.items()}
        joint = {
            # A name with English words: pages of other tests show what stands here.
            "name": "开办餐饮店一件事",
            "sample": True,
            "words": [f"一起办{tag}"],
            "says": "几件事一起办。",
            "lead": "市场监督管理部门",
            "audience": [{"system": "gbt39554-audience", "code": "2"}],
            "promise": {"value": promise, "unit": "workday"},
            "law": [
                {"law": "行政许可法", "article": "第二十六条", "sense": "可以联合办理。", "checked": False}
            ],
            "questions": [{"name": "wide_sign", "element": "fire-check-needed"}],
            "members": [{"item": named[like], **said[like]} for like in named],
        }
        (folder / "joint" / f"joint-{tag}").mkdir(parents=True)
        file = folder / "joint" / f"joint-{tag}" / "joint.yaml"
        file.write_text(yaml.safe_dump(joint, allow_unicode=True), "utf-8")
        catalogue.publish([folder], at=MONDAY)
    members_of = {
        like: Member(ItemCode(named[like]), body, an_officer(body, Role.HANDLER))
        for like, body in found.items()
    }
    return Joint(ItemCode(f"joint-{tag}"), members_of)


def _written(folder: Path, like: str, slug: str, body: str | None) -> BodyCode:
    item, files = pack_of(like)
    body = body or a_credit_code()
    office = item["offices"][0] | {"body": body, "region": JINJIANG, "name": f"测试机关{body[-6:]}"}
    pack = folder / "items" / slug
    pack.mkdir(parents=True)
    whole = item | {"offices": [office]}
    (pack / "item.yaml").write_text(yaml.safe_dump(whole, allow_unicode=True), "utf-8")
    for name in ("form.yaml", "guide.md"):
        (pack / name).write_text(files[name], "utf-8")
    return BodyCode(body)


def answers_to(joint: Joint, *, wide: bool = False) -> dict[str, Any]:
    """The examples of the items, by the names of the united form."""
    united = joint.published.united
    found: dict[str, Any] = {"wide_sign": wide}
    for like, member in joint.members.items():
        example = packs.example_of(Path(settings.PACKS) / "items" / like)
        places = united.places[str(member.slug)]
        found |= {places[name]: answer for name, answer in example.items() if places[name] not in found}
    return found


def applied(
    joint: Joint, by: Viewer, *, wide: bool = False, at: datetime = MONDAY, **changes: Any
) -> Application:
    """An application with everything that it takes."""
    assert by.person is not None
    answers = answers_to(joint, wide=wide) | changes
    cleaned = {**answers}
    kinds = [one.kind for one in joint.published.materials_for(cleaned) if one.must_be_handed_in]
    files = [(kind, papers.store(by.person, f"{kind}.pdf", PDF, at).handle) for kind in kinds]
    return Application(joint.slug, JINJIANG, answers, files)


def submitted(joint: Joint, by: Viewer | None = None, *, wide: bool = False, at: datetime = MONDAY) -> Joined:
    """A joint service that was submitted."""
    by = by or a_resident()
    return commands.submit_joint(applied(joint, by, wide=wide, at=at), by=by, key=None, at=at)


def numbers_of(joined: Joined) -> dict[str, str]:
    """By what each member is like, the number of its case."""
    rows = run(
        "select c.item, c.number from cases_case c join cases_joint j on j.id = c.joint"
        " where j.number = $1::text order by c.id",
        (joined.number,),
    )
    return {item.rsplit("-", 1)[0]: number for item, number in rows}
