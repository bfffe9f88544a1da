"""Tolerant acceptance (容缺受理): a case begins although what may follow is not there yet.

Which material may follow, and how long it is awaited, the item has published beforehand: nobody is asked for
more than its list says. The clocks of the decision run from acceptance as ever, for no law stops them for
this. When the time to bring it is over, nothing happens by itself.
"""

from collections.abc import Collection
from datetime import datetime

from django.utils.translation import gettext as _

from tongban.cases.events import CaseAcceptedTolerantly, CaseSupplied, MaterialDigest, Received
from tongban.cases.rules.acting import Acting, held_by, legally, open_to
from tongban.cases.rules.intake import too_late_to_notify
from tongban.cases.rules.law import Law
from tongban.cases.rules.life import Act
from tongban.cases.rules.state import CaseState
from tongban.engine.calendar import legal_day
from tongban.kernel.languages import told
from tongban.kernel.refusal import Refusal


def accept_tolerantly(state: CaseState, acting: Acting) -> CaseAcceptedTolerantly:
    """Take the case in and start the promised days; what is owed has days of its own from today.

    Past the last day for a notice the law has accepted what there was (行政许可法 Art. 32(4)): nothing more
    can be asked for.
    """
    open_to(state, Act.ACCEPT_TOLERANTLY, acting.law)
    held_by(state, acting.by)
    if too_late_to_notify(state, acting.today, acting.law):
        raise Refusal(
            "cases.accept-tolerantly.too-late",
            says="告知申请人的期限已经届满，依法自收到之日起就算受理，不能再要求补交。",
            do="系统会自己记下“视为受理”，请过一会儿刷新页面，按已受理继续审查。",
        )
    return tolerated(state, acting)


def tolerated(state: CaseState, acting: Acting) -> CaseAcceptedTolerantly:
    """What such an acceptance says: from when the days count, what is owed, and until when."""
    event = CaseAcceptedTolerantly(
        at=acting.at,
        by=acting.by.id,
        accepted_on=state.facts.resubmitted_on or acting.today,
        tolerated_on=acting.today,
        owed=state.facts.owed,
    )
    return legally(state, event, acting.law)


def may_supply(state: CaseState, law: Law, brought: Collection[str]) -> None:
    """Refuse what is not owed, and nothing at all, before anyone is troubled about the files."""
    open_to(state, Act.SUPPLY, law)
    if not brought:
        raise Refusal(
            "cases.supply.nothing-brought",
            says=_("还没有上传要补交的材料。"),
            do=_("请拍照或选择文件，再提交；可以先交一部分。"),
            status=422,
        )
    for kind in brought:
        if kind not in state.facts.owed:
            raise Refusal(
                "cases.supply.not-owed",
                says=_("“%(kind)s”不在要补交的材料里。") % {"kind": kind[:40]},
                do=_("要补交的是：%(owed)s。") % {"owed": owed_in_words(state, law)},
                status=422,
            )


def supply(
    state: CaseState,
    *,
    at: datetime,
    brought: tuple[MaterialDigest, ...],
    law: Law,
    received: Received | None = None,
) -> CaseSupplied:
    """The applicant brings what is owed, all or some: those kinds are owed no more, and no day moves."""
    kinds = {one.kind for one in brought}
    may_supply(state, law, kinds)
    event = CaseSupplied(
        at=at,
        supplied_on=legal_day(at),
        materials=brought,
        owed=tuple(kind for kind in state.facts.owed if kind not in kinds),
        received=received,
    )
    return legally(state, event, law)


def owed_in_words(state: CaseState, law: Law) -> str:
    """What is owed, by name, in the reader's language."""
    return _("、").join(told(law.later.get(kind, kind)) for kind in state.facts.owed)


def supply_is_over(state: CaseState, at: datetime) -> bool:
    """Whether something is still owed after the last day to bring it."""
    due = state.facts.due("supply")
    return bool(state.facts.owed) and due is not None and legal_day(at) > due.day
