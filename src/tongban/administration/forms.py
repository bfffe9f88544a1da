"""What the pages of single changes ask."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from tongban.engine.forms import Form, form_of

REASON: Final = {
    "name": "reason",
    "element": "reason",
    "label": "为什么改",
    "kind": "text",
    "help": "一句话，例如文件名称和文号。会写进变更记录，不能再改。",
    "limits": {"min_length": 2, "max_length": 300, "multiline": True},
}


def form(title: str, fields: Sequence[Mapping[str, Any]]) -> Form:
    """These questions, and at the end why."""
    return form_of({"steps": [{"code": "change", "title": title, "fields": [*fields, REASON]}]})


def text(name: str, label: str, *, longest: int = 60, about: str = "") -> dict[str, Any]:
    """A question for a few words."""
    asked = {"name": name, "element": name, "label": label, "kind": "text"}
    return asked | ({"help": about} if about else {}) | {"limits": {"max_length": longest}}


def day(name: str, label: str, about: str = "") -> dict[str, Any]:
    """A question for a day."""
    asked = {"name": name, "element": name, "label": label, "kind": "date"}
    return asked | ({"help": about} if about else {}) | {"limits": {"earliest": "1949-10-01"}}


def number(name: str, label: str) -> dict[str, Any]:
    """A question for a year."""
    limits = {"minimum": 2000, "maximum": 2100}
    return {"name": name, "element": name, "label": label, "kind": "number", "limits": limits}


def lines(name: str, label: str, about: str, *, required: bool = True) -> dict[str, Any]:
    """A question for several lines."""
    limits = {"max_length": 2000, "multiline": True}
    asked = {"name": name, "element": name, "label": label, "kind": "text", "help": about}
    return asked | {"limits": limits, "required": required}


def choice(name: str, label: str, options: Mapping[str, str]) -> dict[str, Any]:
    """One of several, by code and words."""
    return _chosen(name, label, options, "choice")


def choices(name: str, label: str, options: Mapping[str, str]) -> dict[str, Any]:
    """Some of several."""
    return _chosen(name, label, options, "choices")


def code(name: str, label: str) -> dict[str, Any]:
    """A unified social credit code."""
    return {"name": name, "element": name, "label": label, "kind": "uscc"}


def _chosen(name: str, label: str, options: Mapping[str, str], kind: str) -> dict[str, Any]:
    offered = [{"code": each, "label": words} for each, words in options.items()]
    return {"name": name, "element": name, "label": label, "kind": kind, "options": offered}
