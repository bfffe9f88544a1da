"""Results of other cases of a joint service, upon which a case is decided: whether they stand."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from tongban.cases.commands.change import HERE, Change
from tongban.cases.commands.relying import certificates_for, open_to_holder, used
from tongban.cases.events import CertificateUsed
from tongban.cases.rules import joint
from tongban.cases.rules.acting import not_upon
from tongban.cases.rules.joint import Outcome, Stands, outcome_of
from tongban.cases.rules.life import Act, Stage
from tongban.catalogue import api as catalogue
from tongban.identity import api as identity
from tongban.kernel.ids import ItemCode
from tongban.kernel.sql import load, run


class Together(NamedTuple):
    """The joint service of a case. `cases`: by number of each, its item and what became of it."""

    service: ItemCode
    version: int
    cases: Mapping[str, tuple[str, Outcome]]

    def awaited(self, change: Change) -> dict[str, Outcome]:
        """What became of those whose results the case needs."""
        return {one: self.cases[one][1] for one in change.state.facts.after}


def together(change: Change) -> Together:
    """Every case of the joint service that the changing one is of. One statement."""
    rows = run(load(HERE, "joint_of_case"), (change.state.head.id,))
    cases = {
        number: (item, outcome_of(Stage(stage), granted)) for *_service, item, number, stage, granted in rows
    }
    return Together(ItemCode(rows[0][0]), rows[0][1], cases)


def missing(change: Change) -> tuple[str, ...]:
    """The cases whose result the changing one needs and that is not there, as the tables have it now.

    Its own story tells it a moment later. One statement; none where it needs none.
    """
    return joint.missing(together(change).awaited(change)) if change.state.facts.after else ()


def refuse_without_results(change: Change, act: Act) -> None:
    """Refuse an act upon results that do not stand."""
    if gone := missing(change):
        raise not_upon(act, gone)


def what_stands(change: Change, all_of: Together, at: datetime) -> Stands:
    """What of the results stands for which material, and the certificates that were issued with them."""
    service = catalogue.service_version(all_of.service, all_of.version)
    assert isinstance(service, catalogue.Joint)
    numbers = {item: number for number, (item, _) in all_of.cases.items()}
    part = [one for one in service.plan.members if one.item in numbers]
    me = next(one for one in part if one.item == change.state.head.item)
    fed = service.plan.fed(me, part)
    return Stands(joint.results_for(fed, numbers), _issued(change, frozenset(fed), at))


def _issued(change: Change, kinds: frozenset[str], at: datetime) -> tuple[CertificateUsed, ...]:
    """The certificates that the applicant holds by now for the materials that were to come."""
    head = change.state.head
    item = catalogue.item_version(head.item, head.item_version)
    person = identity.profile_of(head.applicant) is not None
    open_ = [one for one in item.materials if one.kind in kinds and open_to_holder(one, person=person)]
    found = certificates_for(open_, [head.applicant], at=at)
    return used({kind: one for (_holder, kind), one in found.items()})
