"""Which names certainly have a value, once a condition is known to hold or not."""

from typing import TypeAlias

from tongban.engine.expressions.tree import Binary, Literal, Name, Node, Unary, Within

Known: TypeAlias = frozenset[str]


def proven(test: Node, so: bool) -> Known:
    """The names that have a value wherever this test comes out so."""
    match test:
        case Unary("not", inner, _):
            return proven(inner, not so)
        case Binary("and" | "or" as sign, left, right, _):
            both = proven(left, so), proven(right, so)
            return both[0] | both[1] if (sign == "and") is so else both[0] & both[1]
        case Binary("==" | "!=" as sign, left, right, _):
            return _by_equality(left, right, (sign == "==") is so)
        case Within(Name(path, _), _, negated, _) if negated is not so:
            return frozenset((path,))
        case _:
            return frozenset()


def _by_equality(left: Node, right: Node, equal: bool) -> Known:
    """`state == 'paying'` proves it where the two are equal, `state == null` where they are not."""
    for one, other in ((left, right), (right, left)):
        if isinstance(one, Name) and isinstance(other, Literal) and (other.value is None) is not equal:
            return frozenset((one.path,))
    return frozenset()
