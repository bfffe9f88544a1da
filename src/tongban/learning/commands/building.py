"""What an exercise finds: applications and what was done before, by the commands of every other day."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.conf import settings

from tongban.cases import api as cases
from tongban.catalogue import api as catalogue
from tongban.directory import api as directory
from tongban.engine.calendar import legal_day
from tongban.engine.codes import mask_name
from tongban.engine.packs import example_of
from tongban.kernel.access import Viewer
from tongban.kernel.handout import Handout, Part
from tongban.kernel.ids import AccountId, BodyCode, ItemCode, RegionCode
from tongban.kernel.keys import ring
from tongban.learning.commands.office import practised
from tongban.learning.models import Attempt
from tongban.learning.rules.exercise import LICENCE, Before, Exercise, Filed
from tongban.learning.rules.people import OFFICE, learner_at
from tongban.ledger import api as ledger
from tongban.papers import api as papers

_NOTE: Final = "练习用的样例材料，内容是编造的。"


def build(attempt: Attempt, exercise: Exercise) -> None:
    """Have everything happen that came before, in the order of time, and note how long each story is then."""
    filed = {one.name: one for one in exercise.filed}
    past: list[Filed | Before] = [*exercise.filed, *exercise.before]
    for one in sorted(past, key=lambda one: one.at):
        if isinstance(one, Filed):
            attempt.cases[one.name] = {"number": _file(attempt, exercise.item, one)}
            # At once: broken off here, the next beginning still knows what to put away.
            attempt.save()
        else:
            _do(attempt, one, filed[one.case])
        seal(one.at)
    learner = learner_at(attempt.body, attempt.region)
    for case in attempt.cases.values():
        case["before"] = cases.view_of(case["number"], learner, at=exercise.begins).state.version


def seal(at: datetime) -> None:
    """Seal what waits, so that arrivals join their queues."""
    while ledger.seal(at):
        pass


def applicant_of(attempt: Attempt, filed: Filed) -> Viewer:
    """The invented person who applies, in this attempt alone; their account is nobody's."""
    key = ring().person_key("person", f"exercise-{attempt.pk}-{filed.name}")
    return Viewer(AccountId(attempt.learner), key, shown_as=mask_name(filed.applicant))


def handed_in(
    item: ItemCode, by: Viewer, files: Mapping[str, tuple[str, ...]], at: datetime
) -> tuple[tuple[str, str], ...]:
    """A stored file for each of these, with these lines on it."""
    assert by.person is not None
    names = {one.kind: one.name for one in catalogue.item(practised(item)).materials}
    found = []
    for kind, lines in files.items():
        content = _sheet(names[kind], lines, legal_day(at))
        found.append((kind, papers.store(by.person, f"{names[kind]}.pdf", content, at).handle))
    return tuple(found)


def answers_of(attempt: Attempt, item: ItemCode, filed: Filed) -> dict[str, Any]:
    """What the form was told: the item's own example, for this applicant, in the county of the office."""
    example = example_of(Path(settings.PACKS) / "items" / item)
    county = directory.body(BodyCode(attempt.body)).name.removesuffix(OFFICE)
    place = f"成都市{county}练习路1号"
    if item == LICENCE:
        own = {"enterprise_name": filed.called, "representative": filed.applicant, "place": place}
    else:
        own = {"name": filed.applicant, "living_address": place}
    return {**example, **own, **filed.answers}


def _file(attempt: Attempt, item: ItemCode, filed: Filed) -> str:
    by = applicant_of(attempt, filed)
    files = handed_in(item, by, filed.files, filed.at)
    answers = answers_of(attempt, item, filed)
    application = cases.Application(practised(item), RegionCode(attempt.region), answers, files)
    return cases.submit(application, by=by, key=None, at=filed.at).number


def _do(attempt: Attempt, before: Before, filed: Filed) -> None:
    number = attempt.cases[before.case]["number"]
    by, at, told = learner_at(attempt.body, attempt.region), before.at, before.told
    match before.does:
        case "take":
            cases.take(number, seen=None, by=by, at=at, reason=None, text="")
            cases.look_at(number, by, at=at)
        case "accept":
            cases.accept(number, seen=None, by=by, at=at)
        case "refuse":
            cases.refuse(number, seen=None, by=by, at=at, text=told["text"])
        case "ask":
            cases.send_message(number, by=applicant_of(attempt, filed), at=at, text=told["text"])
        case unknown:
            raise ValueError(f"nobody does {unknown} before an exercise")


@cache
def _sheet(title: str, lines: tuple[str, ...], on: date) -> bytes:
    """One page of a material."""
    says = (Part("这份材料里写着", points=lines),)
    return papers.print_handout(Handout(title, "样例", says, _NOTE, settings.ADDRESS, on, "练习"))
