"""The guide: plain words under six questions, its facts filled in from the item, so that none can drift."""

import re
from collections.abc import Iterator
from typing import Final

from tongban.engine.packs.faults import PackFault
from tongban.engine.packs.library import VAGUE

SECTIONS: Final = {
    "能不能办": "conditions",
    "要带什么": "materials",
    "多久": "promise",
    "多少钱": "fee",
    "去哪办": "offices",
    "怎么办": "flow",
}
"""The questions a guide answers, each with the fact of the item that its section must fill in."""

FACTS: Final = (*SECTIONS.values(), "statutory", "visits", "laws", "result")
PLACE: Final = re.compile(r"\{\{\s*([a-z_]+)\s*\}\}")
_HEADING = re.compile(r"##\s+(.+?)\s*#*")
_HAND_WRITTEN = re.compile(r"[0-9０-９一二三四五六七八九十百]+\s*个?(?:工作日|自然日|天|日|小时)")


def guide_faults(file: str, content: bytes) -> Iterator[PackFault]:
    """Every question left out or out of order, every fact not filled in, every period written by hand."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        yield PackFault(file, line, "NOT-UTF8", "文件不是 UTF-8 编码。请另存为 UTF-8。")
        return
    if "\0" in text:
        yield PackFault(file, 1, "UNPRINTABLE", "文字里有无法保存的特殊字符。请删掉。")
        return
    lines = text.split("\n")
    yield from _place_faults(file, lines)
    sections = _sections(lines)
    for name, fact in SECTIONS.items():
        if name not in sections:
            yield PackFault(
                file, 1, "GUIDE-SECTION-MISSING", f"缺少“## {name}”这一节。请补上，下面写 {{{{{fact}}}}}。"
            )
            continue
        start, body = sections[name]
        if fact not in PLACE.findall(body):
            yield PackFault(
                file,
                start,
                "GUIDE-FACT-MISSING",
                f"“{name}”这一节要用 {{{{{fact}}}}} 填入事项里的内容，这样两边不会不一致。",
            )
    if "多久" in sections:
        yield from _hand_written(file, *sections["多久"])


def _sections(lines: list[str]) -> dict[str, tuple[int, str]]:
    found: dict[str, tuple[int, list[str]]] = {}
    current: list[str] = []
    for number, line in enumerate(lines, start=1):
        if heading := _HEADING.fullmatch(line.rstrip("\r")):
            current = []
            found.setdefault(heading[1], (number, current))
        else:
            current.append(line)
    return {name: (number, "\n".join(body)) for name, (number, body) in found.items()}


def _place_faults(file: str, lines: list[str]) -> Iterator[PackFault]:
    for number, line in enumerate(lines, start=1):
        for fact in PLACE.findall(line):
            if fact not in FACTS:
                yield PackFault(
                    file, number, "GUIDE-FACT-UNKNOWN", f"不认识 {{{{{fact}}}}}。可用：{'、'.join(FACTS)}。"
                )
        for word in VAGUE:
            if word in line:
                yield PackFault(
                    file, number, "MATERIAL-VAGUE", f"“{word}”这种兜底说法不能用。请把要的材料写明白。"
                )


def _hand_written(file: str, start: int, body: str) -> Iterator[PackFault]:
    for number, line in enumerate(body.split("\n"), start=start + 1):
        if _HAND_WRITTEN.search(line):
            yield PackFault(
                file,
                number,
                "GUIDE-PERIOD-BY-HAND",
                "“多久”这一节不要手写天数，请用 {{promise}} 和 {{statutory}}，改了时限指南会跟着变。",
            )
