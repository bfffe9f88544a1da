"""Examining: what the officer who has a case ticks before acting. No act, and no clock moves."""

from collections.abc import Callable, Iterable
from datetime import datetime

import orjson

from tongban.cases.commands.change import HERE, Change, changing
from tongban.cases.models.stored import aad_of
from tongban.cases.rules.acting import held_by
from tongban.cases.rules.examining import SEALED_AS, Checklist, Spot, marked, offered, ticked, unmarked
from tongban.catalogue import api as catalogue
from tongban.kernel.access import Deed, Viewer
from tongban.kernel.keys import open_, seal
from tongban.kernel.sql import load, run


def tick(number: str, marks: Iterable[str], *, places: Iterable[str], by: Viewer, at: datetime) -> None:
    """Keep what is ticked at these places now (`<place>:<code>`), instead of what was. Three statements."""
    _change(number, by, at, lambda before, change: ticked(before, marks, _offered(change), at=places))


def mark_spot(number: str, spot: Spot, *, by: Viewer, at: datetime) -> None:
    """Mark a spot on a file that was handed in, with what is wrong there; twice is once. Four statements."""
    _change(number, by, at, lambda before, change: marked(before, spot, _files(change)))


def unmark_spot(number: str, spot: Spot, *, by: Viewer, at: datetime) -> None:
    """Take a mark away. Three statements."""
    _change(number, by, at, lambda before, _: unmarked(before, spot))


def clear_checklist(change: Change) -> None:
    """What was ticked has become a notice; the next examination begins anew. One statement."""
    run("delete from cases_ticked where case_id = $1::bigint", (change.state.head.id,))


def _change(number: str, by: Viewer, at: datetime, changed: Callable[[Checklist, Change], Checklist]) -> None:
    with changing(number, at=at) as change:
        acting = change.acting(by, Deed.HANDLE)
        held_by(change.state, acting.by)
        before = _opened(change)
        after = changed(before, change)
        if after != before:
            _keep(change, after)


def _opened(change: Change) -> Checklist:
    rows = run("select sealed from cases_ticked where case_id = $1::bigint", (change.state.head.id,))
    if not rows or change.writing.key is None:
        return Checklist()
    opened = open_(change.writing.key, bytes(rows[0][0]), aad_of(change.state, SEALED_AS))
    return Checklist.from_record(orjson.loads(opened))


def _keep(change: Change, checklist: Checklist) -> None:
    key = change.key
    sealed = seal(key, orjson.dumps(checklist.as_record()), aad_of(change.state, SEALED_AS))
    run(load(HERE, "keep_checklist"), (change.state.head.id, sealed))


def _offered(change: Change) -> dict[str, frozenset[str]]:
    """What the item of this case lets be ticked."""
    head = change.state.head
    item = catalogue.item_version(head.item, head.item_version)
    asked = {one.kind for one in item.materials if one.may_be_handed_in}
    return offered(asked, {one.kind for one in item.materials} - asked, item.form.names)


def _files(change: Change) -> list[int]:
    rows = run("select id from cases_material where case_id = $1::bigint", (change.state.head.id,))
    return [id_ for (id_,) in rows]
