"""The types that names of an expression are declared to have."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from tongban.engine.forms import Condition, Field, Form, Kind


class Sort(StrEnum):
    """What sort of value it is."""

    TEXT = "text"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DAY = "day"
    CHOICE = "choice"
    LIST = "list"


IN_WORDS: Final = {
    Sort.TEXT: "文字",
    Sort.NUMBER: "数",
    Sort.BOOLEAN: "是或否",
    Sort.DAY: "日期",
    Sort.CHOICE: "选项",
    Sort.LIST: "几项",
}


@dataclass(frozen=True, slots=True)
class Type:
    """A type: `choices` are the values of a choice, `each` the type of a list's entries.

    `maybe`: there may be no value at all. Values are cleaned as forms clean them: a day is ISO text, a number
    is whole or decimal text, of at most 15 digits.
    """

    sort: Sort
    choices: tuple[str, ...] = ()
    each: "Type | None" = None
    maybe: bool = False

    @property
    def or_nothing(self) -> "Type":
        """The same, where there may be no value."""
        return replace(self, maybe=True)

    @property
    def given(self) -> "Type":
        """The same, where there certainly is a value."""
        return replace(self, maybe=False)


TEXT: Final = Type(Sort.TEXT)
NUMBER: Final = Type(Sort.NUMBER)
BOOLEAN: Final = Type(Sort.BOOLEAN)
DAY: Final = Type(Sort.DAY)


def choice_of(*values: str) -> Type:
    """One of these values."""
    return Type(Sort.CHOICE, values)


def list_of(each: Type) -> Type:
    """Any number of values of one type."""
    return Type(Sort.LIST, each=each)


_OF_KIND: Final = {Kind.NUMBER: NUMBER, Kind.AMOUNT: NUMBER, Kind.BOOLEAN: BOOLEAN, Kind.DATE: DAY}


def type_of(field: Field, *, when: Condition | None = None) -> Type:
    """The type of a field's cleaned answer; `when`: the condition under which it is asked at all."""
    choices = tuple(option.code for option in field.options)
    if field.kind is Kind.CHOICE:
        found = Type(Sort.CHOICE, choices)
    elif field.kind is Kind.CHOICES:
        found = list_of(Type(Sort.CHOICE, choices))
    else:
        found = _OF_KIND.get(field.kind, TEXT)
    return found if field.required and when is None else found.or_nothing


def types_of(form: Form) -> dict[str, Type]:
    """The types of all answers of a form, by the names of its fields."""
    return {field.name: type_of(field, when=when) for _, field, when in form.asked}
