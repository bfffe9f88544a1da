"""The part of ZEN that packs may use, as a tree; all other text is refused by its column.

Read as ZEN reads it, with one exception made for people: what ZEN would bind otherwise than it looks
(`not a == b`, `a == b == c`) is refused and asks for brackets.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, TypeAlias

from tongban.engine.expressions.words import FUNCTIONS, KEYWORDS, Word, refused, words_of

DEEPEST: Final = 30
"""How deep an expression may nest, so that reading it never exhausts a stack, ours or ZEN's."""


@dataclass(frozen=True, slots=True)
class Literal:
    """A value written down: text, a number, true, false or null."""

    value: str | Decimal | bool | None
    at: int


@dataclass(frozen=True, slots=True)
class Name:
    """A name of the data, `state` or `fund.state`."""

    path: str
    at: int


@dataclass(frozen=True, slots=True)
class Call:
    """`date(…)` or `len(…)`."""

    function: str
    inner: "Node"
    at: int


@dataclass(frozen=True, slots=True)
class Unary:
    """`not …` or `-…`."""

    sign: str
    inner: "Node"
    at: int


@dataclass(frozen=True, slots=True)
class Binary:
    """`and`, `or`, a comparison, or `+ - *`; `at` is the column of the sign."""

    sign: str
    left: "Node"
    right: "Node"
    at: int


@dataclass(frozen=True, slots=True)
class Items:
    """`['a', 'b']`, after `in`."""

    items: tuple["Node", ...]
    at: int


@dataclass(frozen=True, slots=True)
class Range:
    """`[1..3]`, `(1..3]`, after `in`; a round bracket leaves its end out."""

    low: "Node"
    high: "Node"
    ends: str
    at: int


@dataclass(frozen=True, slots=True)
class Within:
    """`… in …`, `… not in …`."""

    item: "Node"
    among: "Items | Range | Name"
    negated: bool
    at: int


@dataclass(frozen=True, slots=True)
class Choose:
    """`test ? yes : no`."""

    test: "Node"
    yes: "Node"
    no: "Node"
    at: int


Node: TypeAlias = Literal | Name | Call | Unary | Binary | Within | Choose

COMPARING: Final = frozenset(("==", "!=", "<", "<=", ">", ">="))
_BRACKETS: Final = ("[", "(")


def tree_of(text: str) -> Node:
    """The tree of this text; ExpressionError at the first place that cannot be read."""
    reader = _Reader(words_of(text))
    tree = reader.choose()
    if reader.next.kind != "end":
        raise reader.stray()
    return tree


def names_in(node: "Node | Items | Range") -> Iterator[Name]:
    """Every name that is used, in the order of the text."""
    match node:
        case Name():
            yield node
        case Literal():
            return
        case Call(_, inner, _) | Unary(_, inner, _):
            yield from names_in(inner)
        case Binary(_, left, right, _) | Range(left, right, _, _):
            yield from (*names_in(left), *names_in(right))
        case Items(items, _):
            for item in items:
                yield from names_in(item)
        case Within(item, among, _, _):
            yield from (*names_in(item), *names_in(among))
        case Choose(test, yes, no, _):
            yield from (*names_in(test), *names_in(yes), *names_in(no))


class _Reader:
    """Reads by descent; each method takes one level of binding, the loosest first."""

    def __init__(self, words: list[Word]) -> None:
        self.words, self.place, self.depth = words, 0, 0

    @property
    def next(self) -> Word:
        return self.words[self.place]

    def take(self) -> Word:
        word = self.next
        self.place += word.kind != "end"
        return word

    def sees(self, *texts: str) -> bool:
        """Whether one of these signs or keywords comes next; a text in quotes is none."""
        return self.next.kind in ("sign", "name") and self.next.text in texts

    def must(self, text: str) -> Word:
        if not self.sees(text):
            raise refused(self.next.at, "UNREADABLE", f"这里要写“{text}”。")
        return self.take()

    def stray(self) -> Exception:
        """What is wrong with a word at which no expression can go on."""
        word = self.next
        if self.sees(*COMPARING, "in"):
            says = "不能连着比较；not 只管紧跟着的一项。请加括号，例如 not (a == b)。"
        elif word.kind == "end":
            says = "表达式没有写完。"
        else:
            says = f"这里不该有“{word.text}”。要接着写，用 and、or 或比较符号。"
        return refused(word.at, "UNREADABLE", says)

    def choose(self) -> Node:
        self.depth += 1
        if self.depth > DEEPEST:
            raise refused(self.next.at, "TOO-DEEP", f"括号套了 {DEEPEST} 层以上。请拆开。")
        test = self.either()
        if self.sees("?"):
            at = self.take().at
            yes = self.choose()
            self.must(":")
            test = Choose(test, yes, self.choose(), at)
        self.depth -= 1
        return test

    def either(self) -> Node:
        node = self.both()
        while self.sees("or"):
            at = self.take().at
            node = Binary("or", node, self.both(), at)
        return node

    def both(self) -> Node:
        node = self.negated()
        while self.sees("and"):
            at = self.take().at
            node = Binary("and", node, self.negated(), at)
        return node

    def negated(self) -> Node:
        if not self.sees("not"):
            return self.compared()
        at = self.take().at
        inner = self.primary()
        if self.sees(*COMPARING, "in", "not", "+", "-", "*"):
            raise self.stray()
        return Unary("not", inner, at)

    def compared(self) -> Node:
        left = self.summed()
        if self.sees(*COMPARING):
            sign = self.take()
            return Binary(sign.text, left, self.summed(), sign.at)
        if self.sees("in", "not"):
            first = self.take()
            if first.text == "not":
                self.must("in")
            return Within(left, self.among(), first.text == "not", first.at)
        return left

    def among(self) -> "Items | Range | Name":
        word = self.next
        if word.kind == "name" and word.text not in KEYWORDS:
            return self.named(self.take())
        if not self.sees(*_BRACKETS):
            says = "in 后面写几项 ['a', 'b']、一段 [1..3]，或者一个有几项的名字。"
            raise refused(word.at, "UNREADABLE", says)
        opens = self.take()
        first = self.summed()
        if self.sees(".."):
            self.take()
            high = self.summed()
            if not self.sees("]", ")"):
                raise refused(self.next.at, "UNREADABLE", "一段要用 ] 或 ) 结束，例如 [1..3]。")
            return Range(first, high, opens.text + self.take().text, opens.at)
        items = [first]
        while self.sees(","):
            self.take()
            items.append(self.summed())
        if opens.text == "(":
            raise refused(opens.at, "UNREADABLE", "几项要放在方括号里，例如 ['a', 'b']。")
        self.must("]")
        return Items(tuple(items), opens.at)

    def summed(self) -> Node:
        node = self.multiplied()
        while self.sees("+", "-"):
            sign = self.take()
            node = Binary(sign.text, node, self.multiplied(), sign.at)
        return node

    def multiplied(self) -> Node:
        node = self.signed()
        while self.sees("*"):
            at = self.take().at
            node = Binary("*", node, self.signed(), at)
        return node

    def signed(self) -> Node:
        if self.sees("-"):
            at = self.take().at
            return Unary("-", self.primary(), at)
        return self.primary()

    def primary(self) -> Node:
        word = self.next
        if self.sees("("):
            self.take()
            inner = self.choose()
            self.must(")")
            return inner
        if word.kind == "number":
            return Literal(Decimal(self.take().text), word.at)
        if word.kind == "text":
            return Literal(self.take().text[1:-1], word.at)
        if word.kind == "name" and word.text in ("true", "false", "null"):
            return Literal({"true": True, "false": False, "null": None}[self.take().text], word.at)
        if word.kind == "name" and word.text not in KEYWORDS:
            self.take()
            return self.called(word) if self.sees("(") else self.named(word)
        raise self.stray()

    def named(self, word: Word) -> Name:
        if KEYWORDS & set(word.text.split(".")):
            raise refused(word.at, "UNREADABLE", f"“{word.text}”里有表达式自己的词，不能当名字。请换一个。")
        return Name(word.text, word.at)

    def called(self, word: Word) -> Node:
        if word.text not in FUNCTIONS:
            says = f"没有“{word.text}”这个函数。能用的：{'、'.join(sorted(FUNCTIONS))}。"
            raise refused(word.at, "FUNCTION-UNKNOWN", says)
        self.take()
        inner = self.choose()
        self.must(")")
        return Call(word.text, inner, word.at)
