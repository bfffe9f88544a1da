"""Which events people are told of, by which kind of notice; and what tells nothing, and why."""

from collections.abc import Mapping
from typing import Final

from tongban.notices.rules.news import News

TELLS: Final[Mapping[str, str]] = {
    "cases.accepted": "accepted",
    "cases.accepted-tolerantly": "accepted-tolerantly",
    "cases.deemed-accepted": "deemed-accepted",
    "cases.not-accepted": "not-accepted",
    "cases.returned-for-correction": "to-correct",
    "cases.reminded": "reminded",
    "cases.queued": "to-officers",
    "cases.special-procedure-started": "special-procedure",
    "cases.special-procedure-ended": "special-procedure-over",
    "cases.extended": "extended",
    "cases.extended-jointly": "extended-jointly",
    "cases.forwarded": "forwarded",
    "cases.lateness-explained": "lateness-explained",
    "cases.applicant-told": "applicant-told",
    "cases.granted": "granted",
    "cases.refused": "refused",
    "cases.delivered": "delivered",
    "cases.revoked": "revoked",
    "cases.terminated": "terminated",
    "cases.result-arrived": "result-arrived",
    "cases.awaits-again": "awaits-again",
    "cases.result-undone": "result-undone",
    "cases.result-stands-again": "result-stands-again",
    "cases.reversed": "reversed",
    "cases.message-sent": "message",
    "cases.contest-answered": "contest-answered",
    "certificates.issued": "certificate-issued",
    "certificates.suspended": "certificate-suspended",
    "certificates.restored": "certificate-restored",
    "certificates.endorsed": "certificate-endorsed",
    "certificates.revocation-asked": "revocation-asked",
    "certificates.revocation-declined": "revocation-declined",
    "certificates.revoked": "certificate-revoked",
    "certificates.cancelled": "certificate-cancelled",
    "certificates.expired": "certificate-expired",
    "certificates.mandate-ended": "mandate-ended",
    "drafts.ending": "draft-ending",
}
"""By an event's name: the kind of notice that it makes."""

TELLS_NOTHING: Final[Mapping[str, str]] = {
    "cases.submitted": "The applicant has just done it and holds the receipt.",
    "cases.register-away": "It is asked again by itself, and the page of the case says when.",
    "cases.taken": "Nothing changes for the applicant until something is decided.",
    "cases.released": "Its place in the queue stays the same.",
    "cases.resubmitted": "The applicant has just done it.",
    "cases.supplied": "The applicant has just done it.",
    "cases.withdrawn": "The applicant has just done it.",
    "cases.contact-changed": "The applicant has just done it.",
    "cases.look-contested": "The applicant has just done it; officers see it on the desk.",
    "cases.completed": "The delivery was told a moment before.",
    "cases.deadlines-recomputed": "Nothing is to be done; the page of the case shows the new days.",
    "cases.approval-asked": "Officers among themselves; what comes of it is told.",
    "cases.approval-given": "Officers among themselves; what comes of it is told.",
    "cases.approval-declined": "Officers among themselves; what comes of it is told.",
    "cases.handed-over": "The days go on as they were; the page of the case tells it.",
    "cases.noted": "Officers among themselves.",
    "cases.flow-moved": "A step inside the office; the page of the case tells it, and its acts are told.",
    "cases.flow-changed": "The same steps by another drawing; the page of the case tells it.",
    "cases.table-applied": "A step inside the office; the page of the case tells it with its reason.",
    "cases.register-answered": "A step inside the office; the page of the case tells it with the answer.",
    "cases.flow-register-away": "It is asked again by itself, or by hand; the page of the case says so.",
    "cases.supervision-ordered": "Nothing is known yet; what the office answers is told.",
    "cases.consultation-asked": "Officers among themselves; who looks at the data is on record.",
    "cases.consultation-answered": "Officers among themselves; what comes of it is told.",
    "cases.consultation-declined": "Officers among themselves; what comes of it is told.",
    "cases.content-erased": "Nobody can read any more what a notice would lead to.",
    "certificates.replaced": "The edition that took its place is told as issued.",
}
"""By an event's name: why nobody is told of it."""

OF_A_RULE: Final = frozenset({"cases.granted"})
"""What is told of a case that a rule decided at once: all else happened within the same second."""

FROM_OFFICERS: Final = frozenset({"cases.message-sent"})
"""What is told only where an officer did it: one's own words are no news to oneself."""


def tells(name: str) -> bool:
    """Whether an event of that name may concern people at all."""
    return name in TELLS


def kind_of(news: News) -> str | None:
    """The kind of notice that this news makes; None where it makes none."""
    if news.by_rule and news.name not in OF_A_RULE:
        return None
    if news.name in FROM_OFFICERS and not news.by_office:
        return None
    return TELLS.get(news.name)
