"""What identity asks for from above: registers, senders of codes, and what somebody still has under way."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from tongban.identity.rules import CodeSender, Registers
from tongban.kernel.ids import PersonKey

OpenAffairs = Callable[[PersonKey, datetime], int]
"""How many cases of a person are not over yet."""

Matters = Callable[[], Sequence[str]]
"""The matters that a mandate may be narrowed to, as people read them."""


class _Missing:
    """Stands where wiring has not supplied anything yet."""

    def __getattr__(self, name: str) -> Any:
        raise RuntimeError("identity was not told whom to ask: wiring calls identity.supply")

    def __call__(self, *_: Any, **__: Any) -> Any:
        raise RuntimeError("identity was not told whom to ask: wiring calls identity.supply")


class Supplied:
    """What wiring supplied."""

    registers: Registers = _Missing()
    phone_codes: CodeSender = _Missing()
    mail_codes: CodeSender = _Missing()
    open_affairs: OpenAffairs = _Missing()
    matters: Matters = _Missing()


def matters() -> Sequence[str]:
    """The matters that a mandate may be narrowed to."""
    return Supplied.matters()


def supply(
    *,
    registers: Registers,
    phone_codes: CodeSender,
    mail_codes: CodeSender,
    open_affairs: OpenAffairs,
    matters: Matters,
) -> None:
    """Say who answers for the registers, by what codes are sent, how open cases are counted, what matters."""
    Supplied.registers = registers
    Supplied.phone_codes = staticmethod(phone_codes)
    Supplied.mail_codes = staticmethod(mail_codes)
    Supplied.open_affairs = staticmethod(open_affairs)
    Supplied.matters = staticmethod(matters)
