"""From a sheet to the bytes of a PDF. One compiler serves the whole process: it keeps font and templates."""

import threading
from dataclasses import asdict
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any, Final

import orjson
import segno
import typst

from tongban.kernel.handout import Handout
from tongban.kernel.sheet import Sheet
from tongban.papers.printing.fonts import FAMILY, fonts, printable

_TEMPLATES: Final = Path(__file__).parent / "templates"
_printing = threading.Lock()


class Unprintable(Exception):
    """The sheet could not be laid out; the message says why, for the log."""


def print_sheet(sheet: Sheet, *, code: str, address: str) -> bytes:
    """The sheet on A4, PDF/A-2b (ISO 19005-2); the same sheet and code give the same bytes.

    `address` is where anyone can check it; it stands beside the QR code with `code`. Raises Unprintable.
    """
    document = _spelled(asdict(sheet)) | {
        "font": FAMILY,
        "code": code,
        "address": address,
        "day": f"{sheet.on.year}年{sheet.on.month}月{sheet.on.day}日",
        "qr": _qr(f"{address}/{code}"),
    }
    return _pages(sheet.layout, document, on=sheet.on)


def print_handout(handout: Handout) -> bytes:
    """The handout on A4, PDF/A-2b, with a QR code of its address; the same handout gives the same bytes.

    Nobody signs it. Raises Unprintable.
    """
    document = _spelled(asdict(handout)) | {"font": FAMILY, "qr": _qr(handout.address)}
    return _pages("handout", document, on=handout.on)


def _qr(address: str) -> str:
    return segno.make(address, error="m").svg_inline(scale=4, border=0, omitsize=True)


def _pages(template: str, document: dict[str, Any], *, on: date) -> bytes:
    with _printing:
        try:
            pages = _compiler().compile(
                input=str(_TEMPLATES / f"{template}.typ"),
                format="pdf",
                sys_inputs={"sheet": orjson.dumps(document).decode()},
                pdf_standards=["a-2b"],
                timestamp=datetime.combine(on, time(), UTC),
            )
        except typst.TypstError as fault:
            raise Unprintable(str(fault)) from fault
    assert isinstance(pages, bytes)
    return pages


@cache
def _compiler() -> typst.Compiler:
    return typst.Compiler(root=str(_TEMPLATES), font_paths=fonts())


def _spelled(value: Any) -> Any:
    """Every text in it as the font can print it."""
    match value:
        case str():
            return printable(value)
        case dict():
            return {name: _spelled(one) for name, one in value.items()}
        case list() | tuple():
            return [_spelled(one) for one in value]
        case _:
            return str(value) if not isinstance(value, bool) else value
