"""What may be done to master keys: everything hangs on the newest before an older one goes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from tongban.administration.rules.proposing import Plan
from tongban.engine.calendar import legal_day
from tongban.kernel.changes import Line
from tongban.kernel.refusal import Refusal

OPENS: Final = {
    "cases": "办件",
    "joint-receipts": "联合收件凭证",
    "drafts": "草稿",
    "certificates": "证照",
    "registers": "样例登记库",
    "calls": "回电登记",
    "profiles": "个人资料",
    "contacts": "联系方式",
    "seals": "机关印章",
}
"""What the keys of a table open, by its code."""

FILES: Final = "传上来还没有提交的文件"
SILENT_AFTER: Final = timedelta(minutes=2)
"""How long a run may stand still before a page says so: a worker takes it up within seconds."""


@dataclass(frozen=True, slots=True)
class KeysNow:
    """The master keys of a ring by their ids, the `current` one last; no key itself.

    `hanging`: how many keys hang on each master, by what they open. `files_out`: how many files wait whose
    handle may hang on an older one. `retired`: those that are to go.
    """

    current: str
    masters: tuple[str, ...]
    hanging: Mapping[str, Mapping[str, int]]
    files_out: int
    retired: frozenset[str]

    @property
    def older(self) -> list[str]:
        """Masters before the current one on which something hangs, and which this ring can open."""
        return [one for one in self.masters if one != self.current and self.hanging.get(one)]

    @property
    def lost(self) -> dict[str, int]:
        """How many keys hang on masters that are not in this ring: nobody can open them here."""
        found = {one: sum(told.values()) for one, told in self.hanging.items() if one not in self.masters}
        return dict(sorted(found.items()))

    def needs(self, master: str) -> dict[str, int]:
        """What still needs a master, and how much of it."""
        files = {FILES: self.files_out} if self.files_out and master != self.current else {}
        return {**self.hanging.get(master, {}), **files}


class Standing(StrEnum):
    """How it stands with a run."""

    GOING_ON = "going-on"
    SILENT = "silent"
    ENDED = "ended"


def standing_of(ended: datetime | None, moved: datetime, at: datetime) -> Standing:
    """Whether a run goes on, stands still, or is over."""
    if ended is not None:
        return Standing.ENDED
    return Standing.SILENT if at - moved > SILENT_AFTER else Standing.GOING_ON


def plan_of_rewrapping(master: str, now: KeysNow) -> Plan:
    """What it changes to have everything hang on this master; refused unless it is the current one."""
    if master != now.current:
        raise Refusal(
            "administration.keys.not-current",
            says=f"{master[:20]} 不是现在用的主密钥，现在用的是 {now.current}。",
            do="请回到密钥页面，按现在的情况重新提出。",
        )
    lines = [Line("换包", f"{one} 包着的所有密钥", one, now.current) for one in now.older]
    counts: dict[str, int] = {}
    for one in now.older:
        for opens, number in now.hanging[one].items():
            counts[opens] = counts.get(opens, 0) + number
    effects = [Line("换包", f"{opens}的密钥", "", f"{number} 个") for opens, number in counts.items()]
    return Plan(tuple(lines), ("更换主密钥",), tuple(effects))


def plan_of_sealing(seals: Sequence[tuple[str, datetime]]) -> Plan:
    """What it changes to have a body seal by another key; refused where it has sealed nothing yet."""
    if not seals:
        raise Refusal(
            "administration.keys.no-seal",
            says="这个单位还没有盖过电子印章。",
            do="第一次出文书时会自动生成印章密钥，现在不用换。",
        )
    lines = [
        Line("换印章", f"{name}的印章密钥", f"{legal_day(since)} 起用的", "新的；以前盖的章仍然验得出")
        for name, since in seals
    ]
    return Plan(tuple(lines), ("更换印章密钥",))


def plan_of_retiring(master: str, now: KeysNow) -> Plan:
    """What it changes to take a master out of the ring; refused while anything needs it."""
    if master not in now.masters or master in now.retired:
        raise Refusal(
            "administration.keys.unknown",
            says="密钥环里没有这把主密钥，或者已经同意停用。",
            do="请回到密钥页面，重新选择。",
            status=404,
        )
    if master == now.current:
        raise Refusal(
            "administration.keys.current",
            says=f"{master} 是现在用的主密钥，不能停用。",
            do="请先换一把新的主密钥，全部换包以后再停用。",
        )
    if needed := now.needs(master):
        raise Refusal(
            "administration.keys.needed",
            says=f"还有内容要靠 {master} 打开，现在不能停用。",
            do="请先把下面这些换包到现在用的主密钥，换完再提出。",
            faults=[
                {"says": f"{what}：{number} 个", "do": "等它们提交或者过期。" if what == FILES else "换包。"}
                for what, number in needed.items()
            ],
        )
    line = Line("停用", f"主密钥 {master}", "在密钥环里", "从每台机器的密钥环里去掉，不能恢复")
    return Plan((line,), ("停用主密钥",))
