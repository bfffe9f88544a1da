"""The guide: plain words under six questions, its facts filled in from the item, so that none can drift."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

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
_DIGITS: Final = "0-9０-９一二两三四五六七八九十百"
# A day of the calendar (1月1日) is no period. Hours and months promise under 多久 alone.
_PERIOD: Final = re.compile(rf"(?<![月{_DIGITS}])(?<!月 )[{_DIGITS}]+\s*个?(?:工作日|自然日|天|日)")
_HOURS: Final = re.compile(rf"[{_DIGITS}]+\s*个?(?:小时|月)")
_AMOUNT: Final = re.compile(rf"[{_DIGITS}千万.,，]*[{_DIGITS}千万]\s*(?:元|块钱)")
_SPOKEN: Final = {
    "能不能办": ("条件", "能办", "对象"),
    "要带什么": ("材料", "带", "准备"),
    "多久": ("时间", "时限", "几天", "多长"),
    "多少钱": ("费", "钱"),
    "去哪办": ("地点", "地址", "哪里", "窗口", "在哪"),
    "怎么办": ("流程", "步骤", "怎么", "如何"),
}
"""Words by which people mean one of the six questions."""


def guide_faults(file: str, content: bytes, *, statutory: bool) -> Iterator[PackFault]:
    """Every question left out, every fact not filled in, every period and amount written by hand.

    `statutory` says whether a law limits the time of the item.
    """
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
            yield _missing(file, name, lines, sections)
        elif fact not in PLACE.findall(sections[name][1]):
            says = f"“{name}”这一节要用 {{{{{fact}}}}} 填入事项里的内容，这样两边不会不一致。"
            yield PackFault(file, sections[name][0], "GUIDE-FACT-MISSING", says)
    yield from _hand_written(file, lines, statutory)


def _missing(file: str, name: str, lines: list[str], found: Mapping[str, Any]) -> PackFault:
    """The section that is not there, and the heading that may be meant for it."""
    wanted = f"请写成“## {name}”，下面写 {{{{{SECTIONS[name]}}}}}。六节是：{'、'.join(SECTIONS)}。"
    for number, line in enumerate(lines, start=1):
        heading = line.strip().strip("#*：:？? ")
        other = heading in SECTIONS and (heading != name or heading in found)
        marked = line.lstrip().startswith(("#", "**"))
        if not other and (heading == name or (marked and any(word in heading for word in _SPOKEN[name]))):
            says = f"缺少“{name}”这一节。这一行的“{line.strip()[:40]}”是不是它？{wanted}"
            return PackFault(file, number, "GUIDE-SECTION-MISSING", says)
    return PackFault(file, 1, "GUIDE-SECTION-MISSING", f"缺少“{name}”这一节。{wanted}")


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


def _hand_written(file: str, lines: list[str], statutory: bool) -> Iterator[PackFault]:
    places = "{{promise}} 和 {{statutory}}" if statutory else "{{promise}}"
    section = ""
    for number, line in enumerate(lines, start=1):
        if heading := _HEADING.fullmatch(line.rstrip("\r")):
            section = heading[1]
        if found := _PERIOD.search(line) or (_HOURS.search(line) if section == "多久" else None):
            says = f"不要手写“{found[0]}”，请用 {places}，改了时限指南会跟着变。"
            yield PackFault(file, number, "GUIDE-PERIOD-BY-HAND", says)
        if found := _AMOUNT.search(line):
            says = (
                f"不要手写“{found[0]}”。收的钱写在 item.yaml 的 fee 里，用 {{{{fee}}}} 填入；"
                "发给群众的钱写在 conditions 或 result 里。"
            )
            yield PackFault(file, number, "GUIDE-AMOUNT-BY-HAND", says)
