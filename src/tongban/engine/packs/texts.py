"""The texts of packs that people read: what is to be said in another language, too.

Which they are is told by the shapes of the files. A guide and an announcement are told block by block, as
blank lines part them, their facts still in their places: {{promise}}.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final

from tongban.engine.decisions import TABLE_SHEET, TRIALS_SHEET, grid_of
from tongban.engine.flow import AUTOMATIC, Kind, parse
from tongban.engine.packs.guide import PLACE, SECTIONS
from tongban.engine.packs.library import read
from tongban.engine.packs.processes import steps_of
from tongban.engine.packs.schemas import FILES
from tongban.engine.packs.shape import Markdown, Maybe, Record, Row, Shape, Table, Text
from tongban.engine.packs.tables import ENDINGS, TESTS
from tongban.engine.packs.tree import tree_of

_HAN: Final = re.compile(r"[\u3400-\u9fff]")
_BLANK_LINES: Final = re.compile(r"(\n[ \t]*\n+)")
_HEADING: Final = "## "

PROSE: Final = ("reason", "law", "test")
"""The columns of a decision table, and of its tests, in which there is nothing but words to read."""

CALENDAR: Final = ("festival", "title")
"""What people read of a calendar, which has no shape here: festivals, and the notices that set them."""


def texts_of(root: Path) -> Iterator[tuple[str, str]]:
    """Every text of a packs folder that people read, with its file in that folder; some come twice."""
    for pattern, texts in _readers():
        for file in sorted(root.glob(pattern)):
            for text in texts(file):
                yield text, file.relative_to(root).as_posix()


def _readers() -> Iterator[tuple[str, Callable[[Path], Iterable[str]]]]:
    """Which files hold texts, and how they are read out of each."""
    for files, shape in FILES.values():
        yield files, partial(_of_a_shape, shape)
    yield "calendar/*.yaml", lambda file: _named(tree_of(str(file), read(file)).data, CALENDAR)
    yield "flows/*.bpmn", _of_a_flow
    for ending in ENDINGS:
        yield f"items/*/*{ending}", _of_a_table
    yield "items/*/guide.md", lambda file: (*SECTIONS, *_blocks(read(file).decode("utf-8-sig")))


def _of_a_shape(shape: Shape, file: Path) -> Iterator[str]:
    return _told(tree_of(str(file), read(file)).data, shape)


def _of_a_flow(file: Path) -> Iterator[str]:
    """What its steps are called, who does them, the words they end with, and what is told on the way."""
    net = parse(read(file))
    for step in steps_of(net):
        yield from (step["name"], step["actor"])
    for node in net.nodes:
        named = node.name if node.kind in AUTOMATIC or node.kind is Kind.TIMER else ""
        yield from filter(_HAN.search, (*node.outcomes, node.says, named))


def _told(data: Any, shape: Shape) -> Iterator[str]:
    match shape, data:
        case Markdown(), str():
            yield from _blocks(data)
        case Text(told=True, pattern=""), str() if _HAN.search(data):
            yield data
        case Maybe(each=each), _:
            yield from _told(data, each)
        case Row(each=each), list():
            for one in data:
                yield from _told(one, each)
        case Table(each=each), dict():
            for one in data.values():
                yield from _told(one, each)
        case Record(required=required, optional=optional), dict():
            for key, value in data.items():
                yield from _told(value, {**required, **optional}[key])


def _of_a_table(file: Path) -> Iterator[str]:
    """What people read of a decision table or its tests: all cells below the heading with a Chinese word."""
    grid = grid_of(read(file), sheet=TRIALS_SHEET if file.stem.endswith(TESTS) else TABLE_SHEET)
    yield from (cell for row in grid.rows[1:] for cell in row if _HAN.search(cell))


def _named(data: Any, keys: Collection[str]) -> Iterator[str]:
    """The texts under these keys, however deep."""
    if isinstance(data, dict):
        for key, value in data.items():
            if key in keys and isinstance(value, str):
                yield value
            yield from _named(value, keys)
    elif isinstance(data, list):
        for one in data:
            yield from _named(one, keys)


def in_other_words(document: Any, told: Callable[[str], str]) -> Any:
    """A document of a pack with every text in other words, as `told` gives them.

    Keys, codes and figures say the same in every language, and so they stay.
    """
    if isinstance(document, str):
        return told(document)
    if isinstance(document, Mapping):
        return {key: in_other_words(value, told) for key, value in document.items()}
    if isinstance(document, list):
        return [in_other_words(value, told) for value in document]
    return document


def table_in_other_words(grid: Sequence[Sequence[str]], told: Callable[[str], str]) -> list[list[str]]:
    """A decision table or its tests in other words: what is compared, and the word it ends with, stay."""
    heading, *rows = grid
    prose = [said in PROSE for said in heading]
    return [
        [*heading],
        *([told(cell) if reads else cell for cell, reads in zip(row, prose, strict=True)] for row in rows),
    ]


def markdown_in_other_words(text: str, told: Callable[[str], str]) -> str:
    """A guide or an announcement in other words, block by block; the six questions of a guide keep theirs."""
    return "".join(_block_told(part, told) for part in _BLANK_LINES.split(text))


def _block_told(part: str, told: Callable[[str], str]) -> str:
    text = _text_of(part)
    return part.replace(text, told(text)) if text else part


def _blocks(text: str) -> Iterator[str]:
    return filter(None, map(_text_of, _BLANK_LINES.split(text)))


def _text_of(block: str) -> str:
    """What is to be translated of a block; empty for a fact alone and for one of the six questions."""
    text = block.strip().removeprefix(_HEADING).strip()
    return text if _HAN.search(text) and text not in SECTIONS and not PLACE.fullmatch(text) else ""
