"""An editor with our schemas says of a pack file what the check of its shape says."""

import json
from copy import deepcopy
from fnmatch import fnmatch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema_rs import validator_for

from tongban.engine.packs.schemas import FILES, schemas
from tongban.engine.packs.tests.copies import PACKS
from tongban.engine.packs.tree import tree_of

SCHEMAS = {name: validator_for(schema) for name, schema in schemas().items()}
OUR_OWN = [
    (name, file)
    for name, (pattern, _) in FILES.items()
    for file in sorted(PACKS.rglob("*.yaml"))
    if fnmatch(file.relative_to(PACKS).as_posix(), pattern)
]
AWKWARD = st.sampled_from(
    [
        None,
        True,
        False,
        0,
        -1,
        10_001,
        "",
        " ",
        "x",
        "2026-02-01",
        "01",
        [],
        {},
        {"x": 1},
        [None],
        "长" * 2001,
    ]
)


def read(file):
    """The file as the check reads it, to be changed: a day is text, as it is in JSON."""
    return deepcopy(tree_of(file.name, file.read_bytes()).data)


@pytest.mark.parametrize(("name", "file"), OUR_OWN, ids=lambda one: getattr(one, "stem", one))
def test_every_file_of_ours_is_right(name, file):
    assert SCHEMAS[name].is_valid(read(file))


def test_every_kind_of_file_is_there():
    assert {name for name, _ in OUR_OWN} == set(FILES)


@pytest.mark.parametrize("name", FILES)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_what_fits_the_schema_fits_the_shape_and_the_other_way_round(name, data):
    file = next(file for kind, file in OUR_OWN if kind == name)
    document = read(file)
    spoil(document, data)
    fits = not any(misfit.code for misfit in FILES[name][1].misfits(document, ()))
    assert SCHEMAS[name].is_valid(document) == fits, list(FILES[name][1].misfits(document, ()))


def spoil(document, data):
    """Put something awkward somewhere, take a key away, or leave it as it is."""
    at = document
    while isinstance(at, dict | list) and at and data.draw(st.booleans()):
        keys = list(at) if isinstance(at, dict) else list(range(len(at)))
        key = data.draw(st.sampled_from(keys))
        if isinstance(at[key], dict | list) and at[key]:
            at = at[key]
            continue
        at[key] = data.draw(AWKWARD)
        return
    if isinstance(at, dict) and at:
        key = data.draw(st.sampled_from(sorted(at)))
        if data.draw(st.booleans()):
            del at[key]
        else:
            at[data.draw(st.sampled_from(["unknown", "名称", "A B"]))] = data.draw(AWKWARD)


def test_the_schemas_of_the_repository_are_those_of_today():
    folder = PACKS / "schemas"
    assert {file.name for file in folder.iterdir()} == {f"{name}.schema.json" for name in FILES}
    for name, schema in schemas().items():
        assert json.loads((folder / f"{name}.schema.json").read_text("utf-8")) == schema
