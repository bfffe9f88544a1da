"""The packs folder: what it holds that is not published yet, its faults, and publishing it whole."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

import orjson
from django.conf import settings
from django.db import transaction

from tongban.administration.rules.proposing import Plan
from tongban.administration.rules.steps import PublishPacks
from tongban.catalogue import api as catalogue
from tongban.engine.calendar import legal_day
from tongban.engine.packs import Checked, check
from tongban.exchange import api as exchange
from tongban.kernel.changes import Line
from tongban.kernel.refusal import Refusal
from tongban.notices import api as notices


@dataclass(frozen=True, slots=True)
class PacksSeen:
    """The packs folder as it is: its faults by file and line, or the digest of what it holds."""

    faults: list[tuple[str, str]]
    digest: str = ""


def look_into_packs(*, at: datetime) -> PacksSeen:
    """Check the packs folder; takes some seconds for a large one. No statement."""
    checked = _checked(at)
    if checked.faults:
        return PacksSeen(
            [(f"{_short(one.file)}:{one.line}", f"{one.says}（{one.code}）") for one in checked.faults]
        )
    return PacksSeen([], _digest(checked))


def plan_of_packs(step: PublishPacks, at: datetime) -> Plan:
    """What publishing the folder would change; refused where it is not what was seen any more."""
    checked = _checked(at)
    if checked.faults or _digest(checked) != step.digest:
        raise Refusal(
            "administration.packs.changed",
            says="事项包文件夹在这以后又改过。",
            do="请重新检查，看过以后再提出。",
        )
    pending = catalogue.pending(checked)
    lines = [_line(one) for one in pending]
    lines += [Line("更新", f"公告 {slug}") for slug in notices.unpublished(checked.announcements)]
    return Plan(tuple(lines), ("发布事项",))


def publish_all(*, at: datetime) -> None:
    """Publish registers, items, lists, columns and announcements of the packs folder, all or none."""
    folder = [Path(settings.PACKS)]
    with transaction.atomic():
        exchange.publish(folder, at=at)
        catalogue.publish(folder, at=at)
        notices.publish(_checked(at).announcements)


def _line(one: catalogue.Pending) -> Line:
    if one.before is None:
        return Line("新增", f"{one.kind} {one.name}")
    places = "、".join(one.places[:_SHOWN]) + ("等" if len(one.places) > _SHOWN else "")
    after = f"{len(one.places)} 处不同：{places}" if one.places else "内容有变"
    return Line("更新", f"{one.kind} {one.name}", f"第 {one.before} 版" if one.before else "", after)


_SHOWN = 5
"""Places named of a change; all of them stand on the page of the version once it is published."""


def _checked(at: datetime) -> Checked:
    folder = Path(settings.PACKS)
    return check([folder], installed=folder, on=legal_day(at), life=catalogue.life_of_cases())


def _digest(checked: Checked) -> str:
    told = [
        checked.documents,
        checked.guide_lists,
        checked.word_lists,
        checked.columns,
        checked.announcements,
        checked.registers,
    ]
    return sha256(orjson.dumps(told, option=orjson.OPT_SORT_KEYS)).hexdigest()


def _short(file: str) -> str:
    """A file's place within the packs folder."""
    path = Path(file)
    folder = Path(settings.PACKS)
    return str(path.relative_to(folder)) if path.is_relative_to(folder) else path.name
