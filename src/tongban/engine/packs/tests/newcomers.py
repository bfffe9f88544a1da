"""A newcomer's folder, one item and one question of its own, and what is said of a mistake in it."""

from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

from tongban.engine.packs.tests.copies import checked
from tongban.engine.packs.tests.test_documentation import example_to

One = TypeVar("One")

SIZE = """garden-size:
  name: 花箱大小
  kind: choice
  personal: false
  source: 社区自定
  checked: false
  options: {small: 小的, large: 大的}
"""
ASKED = """      - {name: size, element: garden-size}
      - {name: note, element: employer-name, why: 好安排, required: false, when: {field: size, equals: large}}
"""
ITEM, FORM = "items/library-card/item.yaml", "items/library-card/form.yaml"
GUIDE, ELEMENTS = "items/library-card/guide.md", "elements.yaml"


def garden_in(folder: Path) -> Path:
    """The folder, written out and without fault."""
    garden = folder / "garden"
    example_to(garden)
    (garden / ELEMENTS).write_text(SIZE, "utf-8")
    before, after = (garden / FORM).read_text("utf-8").split("      - {name: resident_id", 1)
    (garden / FORM).write_text(f"{before}{ASKED}      - {{name: resident_id{after}", "utf-8")
    return garden


def write(garden: Path, file: str, old: str, new: str) -> None:
    """Put `new` for the first `old` of a file."""
    text = (garden / file).read_text("utf-8")
    assert old in text
    (garden / file).write_text(text.replace(old, new, 1), "utf-8")


def told(garden: Path, file: str, old: str, new: str) -> list[str]:
    """What is said of this mistake, without the folder it lies in."""
    write(garden, file, old, new)
    return [str(one).replace(f"{garden.parent}/", "") for one in checked(garden).faults]


def only(found: Sequence[One]) -> One:
    """The one thing that was found; fails where there is none or another."""
    assert len(found) == 1, found
    return found[0]
