"""Whether an expression is well-typed over declared names: what passes here never fails when worked out."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from typing import Final

from tongban.engine.expressions.faults import ExpressionFault
from tongban.engine.expressions.presence import Known, proven
from tongban.engine.expressions.tree import (
    Binary,
    Call,
    Choose,
    Items,
    Literal,
    Name,
    Node,
    Range,
    Unary,
    Within,
)
from tongban.engine.expressions.types import BOOLEAN, DAY, IN_WORDS, NUMBER, TEXT, Sort, Type

_MOST: Final = 10**15
"""Below it every number of a form lies."""
_MOST_EVER: Final = 10**27
"""ZEN's numbers overflow beyond 28 digits."""


@dataclass(frozen=True, slots=True)
class _Judged:
    """What a part yields. `written`: it stands there as a literal; `moment`: a day inside `date(…)`."""

    type: Type
    at: int
    written: bool = False
    moment: bool = False
    nothing: bool = False
    most: int = _MOST

    @property
    def named(self) -> str:
        if self.nothing:
            return "null（没有填）"
        if self.written and self.type.sort is Sort.CHOICE:
            return "文字"
        return "日期" if self.moment else f"“{IN_WORDS[self.type.sort]}”"


def faults_in(tree: Node, types: Mapping[str, Type], wanted: Type | None) -> list[ExpressionFault]:
    """Everything wrong with the tree over these names, in the order of the text; `wanted`: what it yields."""
    judge = _Judge(types)
    found = judge.of(tree, frozenset())
    if found is not None and wanted is not None:
        judge.yields(found, wanted)
    return sorted(dict.fromkeys(judge.faults), key=lambda fault: fault.column)


@dataclass(slots=True)
class _Judge:
    """Goes through a tree; a part at fault is None, and nothing more is said of what stands around it."""

    types: Mapping[str, Type]
    faults: list[ExpressionFault] = field(default_factory=list)

    def say(self, at: int, code: str, says: str) -> None:
        self.faults.append(ExpressionFault(at, code, says))

    def of(self, node: Node, known: Known) -> _Judged | None:
        match node:
            case Literal(value, at):
                return _literal(value, at)
            case Name(path, at):
                return self.name(path, at, known)
            case Call(function, inner, at):
                return self.day(inner, at, known) if function == "date" else self.length(inner, at, known)
            case Unary("not", inner, at):
                return _Judged(BOOLEAN, at) if self.certain(inner, BOOLEAN, known) else None
            case Unary(_, inner, at):
                number = self.certain(inner, NUMBER, known)
                return replace(number, at=at) if number else None
            case Binary():
                return self.binary(node, known)
            case Within():
                return self.within(node, known)
            case Choose():
                return self.chosen(node, known)

    def name(self, path: str, at: int, known: Known) -> _Judged | None:
        type_ = self.types.get(path)
        if type_ is not None:
            return _Judged(type_.given if path in known else type_, at)
        near = get_close_matches(path, self.types, n=1)
        hint = f"是不是想写“{near[0]}”？" if near else f"可用：{'、'.join(self.types) or '无'}。"
        self.say(at, "NAME-UNKNOWN", f"没有“{path}”这个名字。{hint}")
        return None

    def certain(self, node: Node, wanted: Type, known: Known) -> _Judged | None:
        """The part if it is of this type, and there is a value."""
        found = self.of(node, known)
        if found is None:
            return None
        if found.nothing or found.moment or found.type.sort is not wanted.sort:
            says = f"这里要“{IN_WORDS[wanted.sort]}”，现在是{found.named}。"
            self.say(found.at, "WRONG-TYPE", says)
            return None
        return self.given(found)

    def given(self, found: _Judged) -> _Judged | None:
        if found.type.maybe:
            says = "这里可能没有值。请先问有没有，例如 paid != null and paid > 3。"
            self.say(found.at, "MAYBE-NOTHING", says)
            return None
        return found

    def day(self, inner: Node, at: int, known: Known) -> _Judged | None:
        if isinstance(inner, Literal) and isinstance(inner.value, str):
            if not _is_day(inner.value):
                self.say(inner.at, "NOT-A-DAY", f"“{inner.value[:20]}”不是日期。写成 date('2026-01-31')。")
                return None
            return _Judged(DAY, at, moment=True, written=True)
        found = self.certain(inner, DAY, known)
        return _Judged(DAY, at, moment=True) if found else None

    def length(self, inner: Node, at: int, known: Known) -> _Judged | None:
        found = self.certain(inner, Type(Sort.LIST), known)
        return _Judged(NUMBER, at) if found else None

    def binary(self, node: Binary, known: Known) -> _Judged | None:
        if node.sign in ("and", "or"):
            return self.both(node, known)
        return self.reckoned(node, known) if node.sign in ("+", "-", "*") else self.compared(node, known)

    def both(self, node: Binary, known: Known) -> _Judged | None:
        left = self.certain(node.left, BOOLEAN, known)
        right = self.certain(node.right, BOOLEAN, known | proven(node.left, node.sign == "and"))
        return _Judged(BOOLEAN, node.at) if left and right else None

    def reckoned(self, node: Binary, known: Known) -> _Judged | None:
        left, right = self.certain(node.left, NUMBER, known), self.certain(node.right, NUMBER, known)
        if left is None or right is None:
            return None
        most = left.most * right.most if node.sign == "*" else left.most + right.most
        if most > _MOST_EVER:
            self.say(node.at, "NUMBER-TOO-LARGE", "这样算出来的数可能太大。两个名字不要相乘。")
            return None
        return _Judged(NUMBER, node.at, most=most)

    def compared(self, node: Binary, known: Known) -> _Judged | None:
        left, right = self.of(node.left, known), self.of(node.right, known)
        if left is None or right is None:
            return None
        equal = node.sign in ("==", "!=")
        fits = self.alike(left, right, node.at) if equal else self.ordered(left, right, node.at)
        return _Judged(BOOLEAN, node.at) if fits else None

    def ordered(self, left: _Judged, right: _Judged, at: int) -> bool:
        numbers = all(one.type.sort is Sort.NUMBER and not one.nothing for one in (left, right))
        if not numbers and not (left.moment and right.moment):
            says = f"比大小要两边都是数，或者都是 date(…)；现在是{left.named}和{right.named}。"
            self.say(at, "WRONG-TYPE", says)
            return False
        return all([self.given(left), self.given(right)])

    def alike(self, left: _Judged, right: _Judged, at: int) -> bool:
        """Whether the two can be equal at all."""
        if left.nothing or right.nothing:
            other = right if left.nothing else left
            if not other.type.maybe or other.nothing:
                self.say(at, "NEVER-NOTHING", "这里一定有值，不用和 null 比。请去掉。")
                return False
            return True
        if Sort.LIST in (left.type.sort, right.type.sort) or not _kindred(left, right):
            self.say(at, "WRONG-TYPE", f"{left.named}和{right.named}不能比较。{_hint(left, right)}")
            return False
        return self.possible(left, right)

    def possible(self, left: _Judged, right: _Judged) -> bool:
        """Whether a value that is written down is one that the other side can have."""
        if not left.type.sort is right.type.sort is Sort.CHOICE:
            return True
        one, other = (left, right) if left.written else (right, left)
        strange = [value for value in one.type.choices if value not in other.type.choices]
        if (strange and one.written) or len(strange) == len(one.type.choices):
            says = f"“{strange[0]}”不在选项里。可选：{'、'.join(other.type.choices)}。"
            self.say(one.at, "NO-SUCH-CHOICE", says)
            return False
        return True

    def within(self, node: Within, known: Known) -> _Judged | None:
        item = self.of(node.item, known)
        if isinstance(node.among, Range):
            fits = item is not None and self.in_range(item, node.among, known)
        elif isinstance(node.among, Items):
            fits = item is not None and self.among_items(item, node.among, known)
        else:
            listed = self.certain(node.among, Type(Sort.LIST), known)
            each = listed.type.each if listed is not None else None
            fits = item is not None and each is not None and self.alike(item, _Judged(each, node.at), node.at)
        return _Judged(BOOLEAN, node.at) if fits else None

    def among_items(self, item: _Judged, among: Items, known: Known) -> bool:
        found = [self.of(one, known) for one in among.items]
        fits = [one is not None and self.alike(item, one, one.at) for one in found]
        return all(fits)

    def in_range(self, item: _Judged, among: Range, known: Known) -> bool:
        low, high = self.of(among.low, known), self.of(among.high, known)
        if low is None or high is None:
            return False
        return self.ordered(item, low, among.at) and self.ordered(item, high, among.at)

    def chosen(self, node: Choose, known: Known) -> _Judged | None:
        test = self.certain(node.test, BOOLEAN, known)
        yes = self.of(node.yes, known | proven(node.test, True))
        no = self.of(node.no, known | proven(node.test, False))
        if test is None or yes is None or no is None:
            return None
        joined = _joined(yes, no)
        if joined is None:
            self.say(node.at, "WRONG-TYPE", f"两种结果要同一类；现在是{yes.named}和{no.named}。")
        return joined

    def yields(self, found: _Judged, wanted: Type) -> None:
        """Say what is wrong with the whole, if it is not what is wanted."""
        fits = found.nothing or found.type.sort is wanted.sort
        fits = fits or (wanted.sort is Sort.TEXT and found.type.sort is Sort.CHOICE)
        each = found.type.each
        if fits and wanted.sort is Sort.LIST and not found.nothing:
            fits = each is not None and wanted.each is not None and _within(each, wanted.each)
        if not fits or found.moment:
            says = f"结果应是“{IN_WORDS[wanted.sort]}”，现在是{found.named}。"
            self.say(found.at, "WRONG-RESULT", says)
        elif wanted.sort is Sort.CHOICE and not found.nothing and not _within(found.type, wanted):
            strange = [value for value in found.type.choices if value not in wanted.choices]
            says = f"“{strange[0]}”不在选项里。可选：{'、'.join(wanted.choices)}。"
            self.say(found.at, "NO-SUCH-CHOICE", says)
        elif found.type.maybe and not wanted.maybe:
            self.given(found)


def _literal(value: str | Decimal | bool | None, at: int) -> _Judged:
    if value is None:
        return _Judged(TEXT.or_nothing, at, written=True, nothing=True)
    if isinstance(value, bool):
        return _Judged(BOOLEAN, at, written=True)
    if isinstance(value, Decimal):
        return _Judged(NUMBER, at, written=True, most=int(abs(value)) + 1)
    return _Judged(Type(Sort.CHOICE, (value,)), at, written=True)


_WORDS: Final = frozenset((Sort.TEXT, Sort.CHOICE))


def _kindred(left: _Judged, right: _Judged) -> bool:
    if left.moment != right.moment:
        return False
    sorts = {left.type.sort, right.type.sort}
    return len(sorts) == 1 or sorts <= _WORDS


def _hint(left: _Judged, right: _Judged) -> str:
    if Sort.LIST in (left.type.sort, right.type.sort):
        return "问几项里有没有，请用 in，例如 'drinks' in projects。"
    if Sort.DAY in (left.type.sort, right.type.sort):
        return "日期两边都写在 date(…) 里，例如 date(born) >= date('2026-01-31')。"
    if left.written or right.written:
        return "文字加引号，数字不加引号，是或否写 true、false。"
    return "请核对两边的名字。"


def _within(type_: Type, wanted: Type) -> bool:
    if type_.sort is Sort.CHOICE and wanted.sort is Sort.CHOICE:
        return set(type_.choices) <= set(wanted.choices)
    return type_.sort is wanted.sort or (type_.sort is Sort.CHOICE and wanted.sort is Sort.TEXT)


def _joined(yes: _Judged, no: _Judged) -> _Judged | None:
    """What a choice between two yields; None where they have nothing in common."""
    if yes.nothing or no.nothing:
        found = no if yes.nothing else yes
        return None if found.moment else replace(found, type=found.type.or_nothing, written=False)
    if not _kindred(yes, no) or yes.type.each != no.type.each:
        return None
    maybe, most = yes.type.maybe or no.type.maybe, max(yes.most, no.most)
    if yes.type.sort is no.type.sort is Sort.CHOICE:
        choices = tuple(dict.fromkeys((*yes.type.choices, *no.type.choices)))
        joined = Type(Sort.CHOICE, choices, maybe=maybe)
    elif yes.type.sort is no.type.sort:
        joined = replace(yes.type, maybe=maybe)
    else:
        joined = Type(Sort.TEXT, maybe=maybe)
    return _Judged(joined, yes.at, yes.written and no.written, yes.moment, most=most)


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
