"""Eight members in one submission beside one submission of one item, in the same process, in turns."""

import json
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from statistics import median

from django.conf import settings

from bench.installation import Installation
from tongban.cases import commands
from tongban.cases.commands import Application
from tongban.cases.tests.world import JINJIANG, a_resident
from tongban.catalogue import api as catalogue
from tongban.engine import packs
from tongban.engine.forms import Kind, validate
from tongban.kernel.clock import now
from tongban.kernel.ids import ItemCode

JOINT, MEMBERS, MOST = ItemCode("newborn"), 8, 3.0
ROUNDS, WARM_UP = 200, 20


def main(house: Installation, seconds: float) -> None:
    """One JSON line: the joint submission, its floor, and their ratio."""
    catalogue.publish([Path(settings.PACKS)], at=now())
    joint = catalogue.joint(JOINT)
    answers = _answers(joint)
    cleaned = validate(joint.form, answers).cleaned
    assert len(joint.taking_part(cleaned)) == MEMBERS
    several = Application(JOINT, JINJIANG, answers)
    # The longest of its forms, which takes no file: what is compared is how many, not what.
    member = max(joint.items, key=lambda item: len(item.form.names))
    alone = Application(member.slug, JINJIANG, joint.united.answers_of(str(member.slug), answers))
    by = a_resident()
    one, eight = [], []
    for nth in range(WARM_UP + ROUNDS):
        at = now()
        one.append(_took(lambda at: commands.submit(alone, by=by, key=None, at=at), at))
        eight.append(_took(lambda at: commands.submit_joint(several, by=by, key=None, at=at), at))
        if nth == WARM_UP:
            one, eight = one[-1:], eight[-1:]
    floor, whole = median(one), median(eight)
    figures = {
        "bench": "cases.submit_joint",
        "members": MEMBERS,
        "rounds": ROUNDS,
        "p50_ms": round(whole, 2),
        "floor_ms": round(floor, 2),
        "ratio": round(whole / floor, 2),
        "most": MOST,
    }
    print(json.dumps(figures), flush=True)
    if whole > MOST * floor:
        raise SystemExit(f"{MEMBERS} members take {whole / floor:.2f} times one submission")


def _answers(joint: catalogue.Joint) -> dict[str, object]:
    """The examples of all items, with everything wanted."""
    answers: dict[str, object] = {
        each.name: True for each in joint.plan.first.fields if each.kind is Kind.BOOLEAN
    }
    for item in joint.items:
        places = joint.united.places[str(item.slug)]
        for name, value in packs.example_of(Path(settings.PACKS) / "items" / item.slug).items():
            answers.setdefault(places[name], value)
    return answers | {"stage": "born", "born": "2026-11-01"}


def _took(deed: Callable[[datetime], object], at: datetime) -> float:
    """How long it took, in milliseconds."""
    begun = time.perf_counter()
    deed(at)
    return (time.perf_counter() - begun) * 1e3
