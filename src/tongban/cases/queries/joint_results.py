"""One delivery: what came of every case of a joint service, in one list and in one download."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from tongban.cases.queries.joint import Member, Whole, whole_of
from tongban.cases.queries.look import look_at
from tongban.cases.queries.papers import File, paper_of
from tongban.cases.rules.joint import decision_of
from tongban.cases.rules.notices import title_of
from tongban.certificates import api as certificates
from tongban.kernel.access import Viewer
from tongban.kernel.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a case: the decision by its title and its place in the story, and what was issued with it.

    `result`: what the item gives, where it was granted.
    """

    number: str
    name: str
    title: str
    seq: int
    granted: bool
    result: str
    certificates: tuple[certificates.CertificateRow, ...]


def results_of(whole: Whole, viewer: Viewer, *, at: datetime) -> list[Result]:
    """What came of the cases that are decided, in the order of the plan. At most one statement.

    A decision that was undone is none, until the next.
    """
    decided = [(one, decision) for one in whole.members if (decision := _decision(one))]
    issued = certificates.of_cases([one.state.head.id for one, _kind in decided], viewer, at=at)
    return [
        Result(
            number=one.state.head.number,
            name=one.item.name,
            title=_(title_of(kind, one.law) or ""),
            seq=one.decided_at or 0,
            granted=kind == "granted",
            result=one.item.result if kind == "granted" else "",
            certificates=tuple(issued.get(one.state.head.id, ())),
        )
        for one, kind in decided
    ]


def results_packed(number: str, viewer: Viewer, *, at: datetime) -> File:
    """Every decision as its signed PDF, in one zip with a list of all that was issued; for whoever applied.

    Two statements, and three for each decision; seven more where its paper is made. Refused before the first.
    """
    whole = whole_of(number, viewer)
    found = results_of(whole, viewer, at=at)
    if not found:
        raise Refusal(
            "cases.joint.no-results",
            says=_("还没有一件有结果。"),
            do=_("结果一件一件出来，出来了会通知您。"),
            status=404,
        )
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as folder:
        for place, one in enumerate(found, start=1):
            paper = paper_of(look_at(one.number, viewer, at=at), one.seq)
            folder.writestr(_plain(f"{place}-{one.name}-{paper.name}"), paper.content)
        folder.writestr(_plain(f"{_('结果清单')}.txt"), "\r\n".join(_listed(whole, found)))
    return File(f"{_('办理结果')}-{number}.zip", "application/zip", made.getvalue())


def _decision(one: Member) -> str:
    return "" if one.decided_at is None else decision_of(one.state.stage, one.state.facts.granted)


def _listed(whole: Whole, found: list[Result]) -> Iterator[str]:
    yield f"{whole.name} {whole.number}"
    for one in found:
        yield ""
        yield f"{one.name} {one.number}"
        yield one.title
        for row in one.certificates:
            yield _("%(name)s，编号 %(number)s，%(says)s") % {
                "name": row.name,
                "number": row.number,
                "says": row.says,
            }


def _plain(name: str) -> str:
    """A name that every system takes for a file."""
    return re.sub(r'[\\/:*?"<>|\x00-\x1f]', "_", name)
