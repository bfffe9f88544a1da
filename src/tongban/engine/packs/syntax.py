"""What stopped the reading of a YAML file, told by the slip that people make and the line where it stands.

The parser names what it met, often far below the slip; the words and the line here are for who wrote it.
"""

import re
from collections.abc import Iterator
from typing import Final

import yaml

UNREADABLE: Final = "YAML 写法有误，读不下去。请检查这一行附近的缩进、冒号、引号和括号。"

_ANYWHERE: Final = (
    (
        re.compile(r"^[ ]*(?:- )?[a-z][a-z0-9_-]*：", re.MULTILINE),
        "这里的冒号是中文冒号“：”。请改成英文冒号加一个空格，例如 name: 名称。",
    ),
    (re.compile(r"^ *\t", re.MULTILINE), "缩进里有制表符（Tab）。请改成空格。"),
)
_NEARBY: Final = (
    (
        re.compile(r" *-[^ -]"),
        "短横线后面少一个空格。请写成“- ”再接内容，例如 - name: 名称。",
    ),
    (
        re.compile(r" *(?:- )?[a-z][a-z0-9_-]*:[^\s/]"),
        "冒号后面少一个空格。请写成“: ”再接内容，例如 name: 名称。",
    ),
    (
        re.compile(r".*(?:[:,\[{]|-) +[%@`]"),
        '内容不能直接以 %、@ 或反引号开头。请给内容加引号，例如 name: "@ 开头的文字"。',
    ),
)
_COLON_INSIDE: Final = re.compile(r""" *(?:- )?[a-z][a-z0-9_-]*: +[^"'{\[\s].*:(?: |$)""")
_CLOSING: Final = {"flow mapping": "花括号 { 没有右半边 }", "flow sequence": "方括号 [ 没有右半边 ]"}


def slip_in(text: str, error: yaml.MarkedYAMLError) -> tuple[int, str]:
    """The line, counted from 1, and what is wrong there with what to do."""
    for slip, says in _ANYWHERE:
        if found := slip.search(text):
            return text.count("\n", 0, found.start()) + 1, says
    lines = text.split("\n")
    mark = error.problem_mark or error.context_mark
    stopped = min(mark.line + 1 if mark else 1, len(lines))
    return next(_slips(lines, stopped, error), (stopped, UNREADABLE))


def _slips(lines: list[str], stopped: int, error: yaml.MarkedYAMLError) -> Iterator[tuple[int, str]]:
    """What it may be, the surest first."""
    opened = error.context_mark.line + 1 if error.context_mark else stopped
    context, problem = str(error.context or ""), str(error.problem or "")
    nearby = [stopped, *(at for at in range(stopped - 1, 0, -1) if lines[at - 1].strip())][:3]
    for slip, says in _NEARBY:
        yield from ((at, says) for at in nearby if slip.match(lines[at - 1]))
    for at in [opened] if "quoted scalar" in context else _with_half_a_pair(lines[:stopped]):
        yield at, "这一行开始的引号没有收尾。请补上后一半，前后用同一种英文引号。"
    for kind, says in _CLOSING.items():
        if kind in context:
            yield opened, f"这一行的{says}。请补上；里面各项用英文逗号隔开。"
    if "mapping values are not allowed" in problem and _COLON_INSIDE.match(lines[stopped - 1]):
        yield stopped, '内容里面有冒号加空格，会被当成键。请给内容加引号，例如 hours: "周一: 9 点开门"。'
    if "while parsing a block" in context or "mapping values are not allowed" in problem:
        yield stopped, "这一行的缩进和上面对不齐。同一层的键要从同一列开始，下一层多空两格。"


def _with_half_a_pair(lines: list[str]) -> list[int]:
    """The lines that open a quoted value and do not close it."""
    opens = re.compile(r"""(?:[:,\[{]|-) +(["'])(?:(?!\1).)*$""")
    return [at for at, line in enumerate(lines, start=1) if opens.search(line)]
