"""Sheets to print, and the checkers of PDFs that everyone may install."""

import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from tongban.kernel.ids import BodyCode
from tongban.kernel.sheet import Issuer, Sheet

CODE = "7QK4-M2XA-99ZB-0TFE-PMNX"
ADDRESS = "http://127.0.0.1:8000/verify"

NOTICE = Sheet(
    kind="returned-for-correction",
    layout="notice",
    title="一次性补正告知书",
    number="510104-20261118-0000123-4-3",
    addressee="王秀丽",
    paragraphs=("您于2026年11月18日提出的“食品经营许可新办”申请，材料不齐全。",),
    points=("食品安全规章制度：请补上健康管理制度。",),
    facts=(("办件编号", "510104-20261118-0000123-4"),),
    law=("《行政许可法》第三十二条第一款第四项：要补正的内容一次告知，并且是全部内容。",),
    remedies=(),
    issuer=Issuer(BodyCode("11510104MB90000910"), "成都市锦江区市场监督管理局（样例）"),
    on=date(2026, 11, 21),
    sample=True,
)


def a_sheet(**changes: Any) -> Sheet:
    """A notice, changed as told."""
    return replace(NOTICE, **changes)


def text_of(pdf: bytes, folder: Path) -> str:
    """What a reader of the PDF can select and copy, without the breaks that a page makes."""
    said = _asked("pdftotext", str(_kept(pdf, folder)), "-")
    return "".join(said.split())


def pages_of(pdf: bytes, folder: Path) -> int:
    """How many pages it has."""
    return int(_asked("qpdf", "--show-npages", str(_kept(pdf, folder))))


def structure_of(pdf: bytes, folder: Path) -> str:
    """What qpdf finds wrong in its structure; empty for what is sound."""
    done = _run("qpdf", "--check", str(_kept(pdf, folder)))
    return "" if done.returncode == 0 else done.stdout + done.stderr


def signatures_of(pdf: bytes, folder: Path) -> str:
    """What pdfsig says of its signatures."""
    return _run("pdfsig", "-nocert", str(_kept(pdf, folder))).stdout


def fonts_of(pdf: bytes, folder: Path) -> list[list[str]]:
    """A row for each font: its name; last but two whether it is embedded, a subset, can be copied from."""
    return [line.split() for line in _asked("pdffonts", str(_kept(pdf, folder))).splitlines()[2:]]


def _kept(pdf: bytes, folder: Path) -> Path:
    file = folder / "paper.pdf"
    file.write_bytes(pdf)
    return file


def _asked(*command: str) -> str:
    done = _run(*command)
    assert done.returncode == 0, done.stderr
    return done.stdout


def _run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
