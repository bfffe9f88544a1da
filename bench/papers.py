"""A page of paper, a signed one, and telling what a signature is worth; beside a bare page and signature."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from itertools import count
from statistics import median
from time import perf_counter
from typing import Any

import typst
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

from tongban.papers.authority import new_authority, new_seal
from tongban.papers.printing import print_sheet
from tongban.papers.printing.fonts import FAMILY, fonts
from tongban.papers.signing import sign, signature_of
from tongban.papers.tests.sheets import ADDRESS, CODE, NOTICE

TIMES = 60
BARE = f'#set text(font: "{FAMILY}")\n#let d = json(bytes(sys.inputs.sheet))\n#for (_, said) in d [#said \\ ]'


def main() -> None:
    """Print three lines."""
    authority = new_authority("测量证书机构", datetime.now(UTC))
    seal = new_seal("测量机关", authority, datetime.now(UTC))
    numbers = count()

    def page() -> bytes:
        # A number of its own each time: a compiler remembers what it laid out before.
        return print_sheet(replace(NOTICE, number=f"编号 {next(numbers)}"), code=CODE, address=ADDRESS)

    def signed_page() -> bytes:
        return sign(page(), seal, authority.certificate)

    first, _ = _seconds(page)
    plain, signed = page(), signed_page()
    _tell("papers-page", _median(page), _median(_bare_page()), first_ms=_ms(first), bytes=len(plain))
    bare = _median(_bare_signature(plain))
    _tell("papers-signed", _median(signed_page), bare + _median(_bare_page()), bytes=len(signed))
    _tell("papers-check", _median(lambda: signature_of(signed, authority.certificate)), bare)


def _bare_page() -> Callable[[], object]:
    """The same words in the same font, one below the other: no table, no seal, no code."""
    compiler, numbers = typst.Compiler(font_paths=fonts()), count()

    def page() -> object:
        said = {
            "number": str(next(numbers)),
            "text": "".join((*NOTICE.paragraphs, *NOTICE.points, *NOTICE.law)),
        }
        return compiler.compile(
            input=BARE.encode(), format="pdf", sys_inputs={"sheet": json.dumps(said)}, pdf_standards=["a-2b"]
        )

    return page


def _bare_signature(pdf: bytes) -> Callable[[], object]:
    """The bytes hashed and signed, in no format at all."""
    key = ec.generate_private_key(ec.SECP256R1())
    return lambda: key.sign(sha256(pdf).digest(), ec.ECDSA(SHA256()))


def _median(deed: Callable[[], object]) -> float:
    return median(_seconds(deed)[0] for _ in range(TIMES))


def _seconds(deed: Callable[[], object]) -> tuple[float, object]:
    started = perf_counter()
    done = deed()
    return perf_counter() - started, done


def _tell(name: str, ours: float, floor: float, **more: Any) -> None:
    print(
        json.dumps(
            {"bench": name, "ms": _ms(ours), "floor_ms": _ms(floor), "ratio": round(floor / ours, 2)} | more
        )
    )


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 2)
