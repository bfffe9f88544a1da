"""A proposal's life, and what keeps anybody from agreeing to it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Any, Final
from uuid import UUID

from tongban.kernel.changes import Line
from tongban.kernel.refusal import Refusal

LONGEST_REASON: Final = 300


class State(StrEnum):
    """How a proposal stands."""

    DRAFT = "draft"  # seen by whoever prepared it, and by nobody else
    WAITING = "waiting"  # for another administrator


class Outcome(StrEnum):
    """What came of a proposal."""

    DONE = "done"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Plan:
    """What steps would change as things stand now, and why that takes a second person.

    `effects` follow from it and are not what is decided: they may be others by the time it is done.
    """

    lines: tuple[Line, ...]
    dangers: tuple[str, ...]
    effects: tuple[Line, ...] = ()

    @property
    def digest(self) -> str:
        """By what it is known whether the same was seen."""
        told = json.dumps([self.lines, self.dangers], ensure_ascii=False)
        return sha256(told.encode()).hexdigest()


def lines_written(lines: Sequence[Line]) -> str:
    """Lines as JSON."""
    return json.dumps(lines, ensure_ascii=False)


def lines_read(text: str) -> list[Line]:
    """The lines that `lines_written` wrote."""
    return [Line(*one) for one in json.loads(text)]


def refuse_no_reason(reason: str) -> str:
    """The reason in its plain form; refused where there is none, or too much."""
    plain = " ".join(reason.split())
    if not 2 <= len(plain) <= LONGEST_REASON:
        raise Refusal(
            "administration.reason",
            says="没有写明原因。" if len(plain) < 2 else "原因太长。",
            do=f"请写一句为什么要改，例如文件名称和文号，不超过 {LONGEST_REASON} 字。",
            status=422,
        )
    return plain


def refuse_nothing(plan: Plan) -> None:
    """What changes nothing is not proposed."""
    if not plan.lines:
        raise Refusal(
            "administration.nothing",
            says="和现在一样，没有要改的。",
            do="请核对填写的内容；已经是这样的，不用再办。",
        )


def refuse_stale(seen: Sequence[Line], digest: str, plan: Plan) -> None:
    """What was seen must be what would happen now."""
    if digest == plan.digest:
        return
    raise Refusal(
        "administration.proposal.stale",
        says="提出以后情况变了，这项变更不能照原来的办。",
        do="请提出人撤回，按现在的情况重新提出。",
        faults=differences(seen, plan.lines),
    )


def differences(seen: Sequence[Line], now: Sequence[Line]) -> list[dict[str, Any]]:
    """What would happen now and was not seen, and the other way round, as faults of a refusal."""
    gone = [("原来看到、现在没有的", one) for one in seen if one not in set(now)]
    new = [("现在会有、原来没看到的", one) for one in now if one not in set(seen)]
    return [
        {"says": f"{one.change}：{one.what}", "do": f"{which}：{one.before} → {one.after}"}
        for which, one in [*gone, *new]
    ]


def refuse_alone(by: UUID, second: UUID) -> None:
    """Nobody agrees to what they proposed."""
    if by == second:
        raise Refusal(
            "administration.agree.own",
            says="自己提出的，不能自己同意。",
            do="请另一位管理员看过以后同意。",
            status=403,
        )


def unknown_proposal() -> Refusal:
    """The refusal of a proposal that is not there any more."""
    return Refusal(
        "administration.proposal.unknown",
        says="没有这项变更，可能已经办完或者撤回。",
        do="请到变更记录里查看。",
        status=404,
    )
