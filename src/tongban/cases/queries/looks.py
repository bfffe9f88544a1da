"""Who looked at a person's data, when, why and at what; and what came of the person's doubts about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext

from tongban.cases.models.stored import aad_of, key_of
from tongban.cases.queries.view import CaseView, Told, item_of, view_of
from tongban.cases.rules import contests
from tongban.cases.rules.contests import Contested
from tongban.cases.rules.words import LOOKED_AT, PURPOSE_NAMES
from tongban.catalogue import api as catalogue
from tongban.directory import api as directory
from tongban.engine.calendar import legal_day
from tongban.engine.codes import mask_name
from tongban.exchange import api as exchange
from tongban.kernel import languages
from tongban.kernel.access import Deed, Purpose, Viewer, allow, reach
from tongban.kernel.ids import BodyCode, CaseId, ItemCode, OfficerId
from tongban.kernel.keys import open_
from tongban.kernel.sql import load, run
from tongban.ledger import api as ledger

HERE = "tongban.cases"


@dataclass(frozen=True, slots=True)
class ContestShown:
    """The applicant's doubt, until when it is answered, and by whom it was; `answer` is empty before."""

    seq: int
    at: datetime
    text: str
    until: date
    answer: str = ""
    answered_at: datetime | None = None
    answered_by: str = ""


@dataclass(frozen=True, slots=True)
class Look:
    """One look at a person's data, as the person is told it; `id` is None where no officer looked."""

    id: int | None
    at: datetime
    who: str
    purpose: str
    what: str
    contest: ContestShown | None = None


@dataclass(frozen=True, slots=True)
class LookOfMine:
    """A look at one's data with the case that it was for, and the key of the list.

    Before there is a case, while a window fills in for somebody, `number` and `item_name` are empty.
    """

    look: Look
    id: int
    number: str
    item_name: str


@dataclass(frozen=True, slots=True)
class OpenContest:
    """A contest that this officer may answer, in a list."""

    number: str
    seq: int
    item_name: str
    asked_at: datetime
    due: date


@dataclass(frozen=True, slots=True)
class ContestToAnswer:
    """A contest as whoever answers it reads it: whose look, at what, why, and what the applicant wrote."""

    view: CaseView
    seq: int
    look: Look
    text: str
    until: date
    answer: str
    answered_at: datetime | None


def looks_at(view: CaseView) -> list[Look]:
    """Who looked at the data of one's own case, officers and rules, when and why, the latest first.

    One statement, and one more where a rule may have asked a register; the names of officers cost none once
    they are known in the process.
    """
    item = item_of(view.state)
    offices, doubts = {office.body: office.name for office in item.offices}, _contests(view)
    looks = ledger.looks_at(view.state.head.id)
    found = [_look(row, offices, doubts.get(row.id)) for row in looks]
    if item.rule is not None or view.law.looks:
        found += [_asking(asking, offices) for asking in exchange.askings_for(view.state.head.id)]
    return sorted(found, key=lambda look: (look.at, look.id or 0), reverse=True)


def looks_of(viewer: Viewer, *, before: int | None = None, limit: int = 30) -> list[LookOfMine]:
    """Officers' looks at one's own affairs in all cases and before, the latest first.

    Two statements, and one where a look was for no case.
    """
    found = ledger.looks_of(viewer.selves, before=before, limit=limit) if viewer.selves else []
    rows = run(
        "select id, number, item_name, item, item_version from cases_case where id = any($1::bigint[])",
        ([case for _, case in found if case is not None],),
    )
    cases = {CaseId(row[0]): row[1:] for row in rows}
    before_any = any(case is None for _, case in found)
    names = {one.code: one.name for one in directory.bodies()} if before_any else {}
    return [
        _of_mine(row, cases[case]) if case else LookOfMine(_look(row, names, None), row.id, "", "")
        for row, case in found
        if case is None or case in cases
    ]


def _of_mine(row: ledger.LookRow, case: Sequence[Any]) -> LookOfMine:
    number, item_name, item, version = case
    return LookOfMine(_look(row, _offices(item, version), None), row.id, number, item_name)


def contests_open(viewer: Viewer) -> list[OpenContest]:
    """The contests that wait for this officer's answer, the most pressing first. At most one statement."""
    seen = reach(viewer, Deed.ANSWER_CONTEST)
    if viewer.officer is None or not (seen.body or seen.region):
        return []
    rows = run(load(HERE, "contests_open"), (seen.body, seen.region, viewer.officer.id))
    return [OpenContest(*row) for row in rows]


def contest_of(number: str, seq: int, viewer: Viewer, *, at: datetime) -> ContestToAnswer:
    """One contest for whoever answers it; this look is recorded like any other. Five statements."""
    view = view_of(number, viewer, at=at)
    state = view.state
    allow(viewer, Deed.ANSWER_CONTEST, state.thing)
    event = next((told.event for told in view.story if told.seq == seq), None)
    asked = contests.asked_in(event)
    looked = ledger.look(asked.look, state.head.id) if asked else None
    if asked is None or looked is None or viewer.officer is None:
        raise contests.unknown_contest()
    answered = _answers(view).get(seq)
    if answered is None:
        contests.may_answer(Contested(seq, looked.officer, False), viewer.officer)
    words = _opened(view, [f"contest:{seq}", *([f"contest-answer:{answered.seq}"] if answered else [])])
    looking = ledger.Looked(state.head.id, state.head.applicant, viewer.officer, Purpose.CONTEST, "contest")
    ledger.record_look(looking, at)
    return ContestToAnswer(
        view=view,
        seq=seq,
        look=_look(looked, _offices(state.head.item, state.head.item_version), None),
        text=words.get(f"contest:{seq}", ""),
        until=asked.until.due,
        answer=words.get(f"contest-answer:{answered.seq}", "") if answered else "",
        answered_at=answered.event.at if answered else None,
    )


def officer_in_words(officer: UUID, on: date, office: str) -> str:
    """An officer as people are told them: masked, with the office."""
    found = directory.officer(OfficerId(officer), on)
    name = mask_name(found.name) if found else gettext("一名工作人员")
    return gettext("%(name)s（%(office)s）") % {"name": name, "office": office}


def _look(row: ledger.LookRow, offices: Mapping[BodyCode, str], contest: ContestShown | None) -> Look:
    who = officer_in_words(row.officer, legal_day(row.at), offices.get(row.body, gettext("有关机关")))
    purpose, what = gettext(PURPOSE_NAMES[row.purpose]), gettext(LOOKED_AT.get(row.what, row.what))
    return Look(row.id, row.at, who, purpose, what, contest)


def _asking(asking: exchange.AskingRow, offices: Mapping[BodyCode, str]) -> Look:
    office = offices.get(asking.body, gettext("有关机关"))
    who = gettext("办理规则（%(office)s）") % {"office": office}
    what = gettext("“%(register)s”：%(question)s") % {
        "register": languages.told(asking.register_name),
        "question": languages.told(asking.question),
    }
    return Look(None, asking.at, who, languages.told(asking.purpose), what)


def _offices(item: ItemCode, version: int) -> dict[BodyCode, str]:
    return catalogue.in_readers_words(catalogue.item_version(item, version)).bodies


def _answers(view: CaseView) -> dict[int, Told]:
    """The answers by the place of the contest they answer."""
    return {contest: told for told in view.story if (contest := contests.answered_in(told.event)) is not None}


def _contests(view: CaseView) -> dict[int, ContestShown]:
    """One's own doubts with their answers, by look."""
    answers, found = _answers(view), {}
    for told in view.story:
        asked = contests.asked_in(told.event)
        if asked is not None:
            shown = ContestShown(told.seq, told.event.at, told.text or "", asked.until.due)
            answer = answers.get(told.seq)
            found[asked.look] = _answered(shown, answer, view) if answer else shown
    return found


def _answered(shown: ContestShown, answer: Told, view: CaseView) -> ContestShown:
    office = _offices(view.state.head.item, view.state.head.item_version).get(view.state.head.body)
    by = answer.event.by
    who = officer_in_words(by, legal_day(answer.event.at), office or gettext("有关机关")) if by else ""
    return ContestShown(shown.seq, shown.at, shown.text, shown.until, answer.text or "", answer.event.at, who)


def _opened(view: CaseView, names: list[str]) -> dict[str, str]:
    """What was sealed under these names, opened for whoever answers; nothing once the key is destroyed."""
    rows = run(
        "select t.name, t.sealed, k.wrapped from cases_key k left join cases_content t"
        " on t.case_id = k.case_id and t.name = any($2::text[]) where k.case_id = $1::bigint",
        (view.state.head.id, names),
    )
    key = key_of(view.state.head.id, rows[0][2])
    return {
        name: open_(key, bytes(sealed), aad_of(view.state, name)).decode()
        for name, sealed, _ in rows
        if key is not None and name is not None
    }
