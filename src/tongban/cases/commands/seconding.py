"""Deciding, alone or as the first of two: a colleague then agrees before anything is decided."""

from collections.abc import Iterable

from tongban.cases.commands.asking import ask
from tongban.cases.commands.certifying import certify
from tongban.cases.commands.change import Acted, Change
from tongban.cases.commands.results import refuse_without_results
from tongban.cases.rules import approvals, review
from tongban.cases.rules.acting import Acting, told
from tongban.cases.rules.approvals import NeedsApproval
from tongban.cases.rules.life import Act
from tongban.kernel.access import Officer
from tongban.kernel.figures import Source
from tongban.kernel.ids import ApprovalId


def decide(change: Change, acting: Acting, act: NeedsApproval, text: str) -> Acted | ApprovalId:
    """Grant or refuse; where the item is decided by two, ask a colleague to agree, and decide nothing yet."""
    if not change.law.by_two:
        write(change, acting, act, text)
        return change.acted
    approvals.may_ask_second(change.state, acting, act)
    return ask(change, act, by=acting.by, reason=None, text=text)


def write(
    change: Change, acting: Acting, act: NeedsApproval, text: str, *, second: Officer | None = None
) -> None:
    """The decision with its reason; the certificate that the item gives is issued with a grant.

    Refused where a result that the grant is upon does not stand. With a refusal the remedies of the regime
    are told.
    """
    agreed = second.id if second else None
    if act is NeedsApproval.GRANT:
        refuse_without_results(change, Act.GRANT)
        digest = change.seal("decision", told(text, "reason"))
        change.record(review.grant(change.state, acting, text=digest, second=agreed))
        certify(change)
        return
    digest = change.seal("decision", with_remedies(text, change.law.regime.remedies))
    change.record(review.refuse(change.state, acting, text=digest, second=agreed))


def with_remedies(text: str, remedies: Iterable[Source]) -> str:
    """The reasons of a decision against somebody, and below them what they can do about it."""
    return "\n".join([told(text, "reason"), *(f"{one.sense}（{one.law}{one.article}）" for one in remedies)])
