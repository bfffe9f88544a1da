"""Answers in words, as people and certificates read them."""

from collections.abc import Mapping
from typing import Any

from tongban.engine.forms import Field, Form, Kind
from tongban.engine.forms.kinds import Wrong
from tongban.engine.phrase import phrase


def said(field: Field, value: Any) -> str:
    """One answer in the words of its question."""
    labels = {option.code: option.label for option in field.options}
    if field.kind is Kind.BOOLEAN:
        return phrase("是") if value else phrase("否")
    if isinstance(value, list):
        return "、".join(labels.get(str(one), str(one)) for one in value)
    return labels.get(value, str(value))


def said_as_typed(field: Field, typed: Any) -> str:
    """One answer as it was typed, in the words of its question where it is one of its answers at all."""
    try:
        return said(field, field.clean(typed))
    except Wrong:
        return "、".join(map(str, typed)) if isinstance(typed, list) else str(typed)


def by_element(form: Form, answers: Mapping[str, Any]) -> dict[str, str]:
    """The answers in words by data element; where two questions share one, the first answered speaks."""
    found: dict[str, str] = {}
    for _, field, _ in form.asked:
        if answers.get(field.name) not in (None, "", []):
            found.setdefault(field.element, said(field, answers[field.name]))
    return found
