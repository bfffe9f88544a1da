"""The example of an application: answers that show how the form is filled in, and that it can be."""

from collections.abc import Iterator, Mapping
from pathlib import Path as FilePath
from typing import Any, Final

from tongban.engine.forms import form_of, validate
from tongban.engine.packs.faults import PackFault
from tongban.engine.packs.library import read
from tongban.engine.packs.shape import fitting
from tongban.engine.packs.shapes import EXAMPLE
from tongban.engine.packs.tree import Tree, tree_of

NAME: Final = "example.yaml"


def example_faults(folder: FilePath, form: Mapping[str, Any]) -> Iterator[PackFault]:
    """Every answer of the item's example that its form would refuse; none where there is no example.

    `form` is the resolved form, without fault.
    """
    file = folder / NAME
    if not file.is_file():
        return
    tree, answers, faults = _read(file)
    yield from faults
    for fault in () if faults else validate(form_of(form), answers).faults:
        yield tree.fault((fault.field,), "EXAMPLE-REFUSED", f"{fault.says}{fault.do}")


def example_of(folder: FilePath) -> dict[str, Any]:
    """The answers of an item's example, by field; empty where the folder has none."""
    return _read(folder / NAME)[1]


def _read(file: FilePath) -> tuple[Tree, dict[str, Any], list[PackFault]]:
    tree = tree_of(str(file), read(file))
    return tree, *fitting(tree, EXAMPLE)
