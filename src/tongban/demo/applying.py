"""Applying as the people here do it: the item's own example, with one's own name, numbers and place."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, Final

from django.conf import settings

from tongban.cases import api as cases
from tongban.catalogue import api as catalogue
from tongban.demo.people import Enterprise, Resident
from tongban.engine.calendar import SHANGHAI, Calendar, legal_day
from tongban.engine.packs import example_of
from tongban.kernel.handout import Handout
from tongban.kernel.ids import ItemCode, RegionCode
from tongban.papers import api as papers

Applicant = Resident | Enterprise
BEGUN: Final = date(2026, 1, 1)
"""The day that samples bear."""

OLD: Final = 80
"""From this age the city pays the old-age allowance (an example)."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """That somebody applies for an item, at an instant; `nth` in the row of all."""

    nth: int
    at: datetime
    applicant: Applicant
    item: ItemCode
    region: RegionCode


def answers_of(item: catalogue.Item, applicant: Applicant, nth: int) -> dict[str, Any]:
    """The example's answers, as this applicant gives them."""
    person = applicant.agent if isinstance(applicant, Enterprise) else applicant
    own = {
        "name": person.name,
        "resident_id": person.id_number,
        "phone": person.phone,
        "representative": person.name,
        "representative_id": person.id_number,
        "manager": person.name,
        "company_name": f"成都新程{nth}号商贸有限公司（演示）",
    }
    if isinstance(applicant, Enterprise):
        own |= {"enterprise_name": applicant.name, "uscc": applicant.code}
    example = _example(item.slug)
    return example | {name: said for name, said in own.items() if name in example}


def apply(arrival: Arrival) -> cases.Submitted:
    """Submit, with a file for everything that is demanded."""
    item, applicant, at = catalogue.item(arrival.item), arrival.applicant, arrival.at
    answers = answers_of(item, applicant, arrival.nth)
    files = handed_in(applicant, demanded(item, answers), at)
    application = cases.Application(item.slug, arrival.region, answers, files)
    return cases.submit(application, by=applicant.viewer, key=f"demo-{arrival.nth}", at=at)


def demanded(item: catalogue.Item, answers: dict[str, Any]) -> list[catalogue.Material]:
    """What must be handed in with these answers."""
    return [one for one in item.materials_for(answers) if one.must_be_handed_in]


def handed_in(
    applicant: Applicant, materials: Sequence[catalogue.Material], at: datetime
) -> tuple[tuple[str, str], ...]:
    """A stored file for each of these materials."""
    person = applicant.viewer.person
    assert person is not None
    return tuple(
        (one.kind, papers.store(person, f"{one.name}.pdf", _as_it_may_look(one.name), at).handle)
        for one in materials
    )


@cache
def _as_it_may_look(name: str) -> bytes:
    """One page that says which material it stands for, and that it is invented."""
    page = Handout(name, "演示城市的样例，内容是编的。", (), "", settings.ADDRESS, BEGUN, watermark="样例")
    return papers.print_handout(page)


class People:
    """Who applies for what: enterprises for what asks for their code, the old for what is paid to them."""

    def __init__(self, residents: Sequence[Resident], enterprises: Sequence[Enterprise], today: date) -> None:
        self._residents, self._enterprises = residents, enterprises
        self._old = [one for one in residents if today.year - one.born.year > OLD]

    def for_item(self, item: ItemCode) -> Sequence[Applicant]:
        """Those who might apply."""
        if "uscc" in _example(item):
            return self._enterprises
        return self._old if item in _FOR_THE_OLD else self._residents


def arrivals(seed: int, count: int, people: People, instants: Sequence[datetime]) -> Iterator[Arrival]:
    """So many applications at instants drawn from these, in their order."""
    chance = Random(f"{seed}/arrivals")
    items = [item.slug for item in catalogue.items() if _example(item.slug)]
    weights = [_WEIGHTS.get(slug, _USUAL) for slug in items]
    for nth, at in enumerate(sorted(chance.choices(instants, k=count)), start=1):
        [slug] = chance.choices(items, weights)
        applicant = chance.choice(people.for_item(slug))
        yield Arrival(nth, at + timedelta(seconds=chance.randrange(1800)), applicant, slug, applicant.region)


def instants_between(begun: datetime, end: datetime, calendar: Calendar) -> list[datetime]:
    """Every half-hour at which people apply, the busier ones several times over."""
    found = []
    at = begun
    while at < end - timedelta(minutes=30):
        busy = _BY_DAY[at.astimezone(SHANGHAI).hour]
        found += [at] * (busy * (3 if calendar.is_workday(legal_day(at)) else 1))
        at += timedelta(minutes=30)
    return found


@cache
def _example(item: ItemCode) -> dict[str, Any]:
    return example_of(Path(settings.PACKS) / "items" / item)


_FOR_THE_OLD: Final = {"old-age-allowance"}
_USUAL: Final = 3
_WEIGHTS: Final = {
    "food-operation-licence": 16,
    "residence-permit": 14,
    "old-age-allowance": 10,
    "company-registration": 10,
    "birth-registration": 8,
    "disability-certificate": 8,
    "flexible-employment": 8,
    "housing-fund-certificate": 8,
    "no-criminal-record": 8,
    "public-place-hygiene-licence": 8,
    "outdoor-advertising": 4,
    "tobacco-retail-licence": 5,
}
_BY_DAY: Final = (0, 0, 0, 0, 0, 0, 1, 2, 3, 6, 7, 6, 3, 4, 6, 6, 5, 3, 2, 3, 3, 3, 2, 1)
"""How busy each hour of the day is."""
