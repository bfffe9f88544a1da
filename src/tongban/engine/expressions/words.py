"""The words of an expression, each with its place; what no word of ours begins with is refused there."""

import re
from typing import Final, NamedTuple

from tongban.engine.expressions.faults import ExpressionError, ExpressionFault

LONGEST: Final = 2_000
"""Letters; a longer one nobody can read."""
MOST_WORDS: Final = 400
"""So that a long chain of them is no deeper tree than a stack holds."""

KEYWORDS: Final = frozenset(("and", "or", "not", "in", "true", "false", "null"))
FUNCTIONS: Final = frozenset(("date", "len"))
_DIGITS: Final = 15
"""Of a number, before and after the point together: above it numbers are rounded on their way."""

_WORD: Final = re.compile(
    r"(?P<blank>[ \t\r\n]+)"
    r"|(?P<number>(?:0|[1-9][0-9]*)(?:\.[0-9]+)?)(?![0-9A-Za-z_])"
    r"|(?P<text>'[^'\\\r\n]*'|\"[^\"\\\r\n]*\")"
    r"|(?P<name>[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)*)(?![A-Z.])"
    r"|(?P<sign>==|!=|<=|>=|\.\.|[<>()\[\],?:+*-])"
)


class Word(NamedTuple):
    """One word: its kind (number, text, name, sign, end), how it is written, its column from 1."""

    kind: str
    text: str
    at: int


def refused(at: int, code: str, says: str) -> ExpressionError:
    """The error of one fault."""
    return ExpressionError((ExpressionFault(at, code, says),))


def words_of(text: str) -> list[Word]:
    """The words in their order, with an end; ExpressionError at the first that is none."""
    if len(text) > LONGEST:
        raise refused(LONGEST, "TOO-LONG", f"表达式超过 {LONGEST} 个字，没有人看得懂。请拆成几个。")
    words: list[Word] = []
    at = 0
    while at < len(text):
        found = _WORD.match(text, at)
        if found is None:
            raise refused(at + 1, "UNREADABLE", _no_word(text[at:]))
        if found.lastgroup == "number" and sum(map(str.isdigit, found[0])) > _DIGITS:
            raise refused(at + 1, "NUMBER-TOO-LONG", f"数字最多写 {_DIGITS} 位。")
        if found.lastgroup != "blank":
            words.append(Word(str(found.lastgroup), found[0], at + 1))
        at = found.end()
    if len(words) > MOST_WORDS:
        raise refused(words[MOST_WORDS].at, "TOO-LONG", f"表达式超过 {MOST_WORDS} 个词。请拆成几个。")
    return [*words, Word("end", "", len(text) + 1)]


def _no_word(rest: str) -> str:
    if rest[0] in "'\"":
        return "引号没有配成对，或者文字里有反斜杠、换行。文字写成 'paying'。"
    if rest[0] == "=":
        return "比较是否相等，写两个等号：==。"
    if rest[0] in "&|!":
        return "并且写 and，或者写 or，不写 not。"
    if rest[0] in "/%^":
        return "只能用加、减、乘（+ - *）；除法可能除以零，不能用。"
    if rest[0].isdigit():
        return "数字的写法不对。写成 120 或 3.5，不带单位和逗号。"
    if rest[0].isascii() and rest[0].isalpha():
        return "名字只用小写字母、数字和下划线，例如 paid_until；属于谁用一个点连接，例如 fund.state。"
    return f"看不懂“{rest[0]}”。文字要放在引号里，符号用英文半角。"
