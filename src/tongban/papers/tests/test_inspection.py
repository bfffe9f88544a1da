"""A file is what its bytes say; what is cut off, pretends or acts by itself is refused with the reason."""

import random
import zlib
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongban.kernel.refusal import Refusal
from tongban.papers.rules import MOST_BYTES, Kind, inspect, plain_name
from tongban.papers.tests.samples import a_jpeg, a_pdf, a_png, a_stream

WHOLE = {Kind.JPEG: a_jpeg(), Kind.PNG: a_png(), Kind.PDF: a_pdf()}


def refusal_of(content: bytes) -> str:
    with pytest.raises(Refusal) as refused:
        inspect(content)
    assert refused.value.says
    assert refused.value.do
    return refused.value.code


@pytest.mark.parametrize("kind", Kind)
def test_a_whole_file_is_known_by_its_bytes(kind: Kind) -> None:
    assert inspect(WHOLE[kind]) is kind


@pytest.mark.parametrize("kind", Kind)
def test_a_file_cut_off_anywhere_is_not_whole(kind: Kind) -> None:
    whole = WHOLE[kind].rstrip()
    codes = {refusal_of(whole[:length]) for length in range(10, len(whole))}
    assert codes <= {"papers.file.damaged"}


def test_an_empty_file_is_refused() -> None:
    assert refusal_of(b"") == "papers.file.empty"


def test_ten_megabytes_are_taken_and_one_byte_more_is_not() -> None:
    filling = MOST_BYTES - len(a_pdf(more=a_stream(b"", b"")))
    assert inspect(a_pdf(more=a_stream(b"", bytes(filling)))) is Kind.PDF
    assert refusal_of(a_pdf(more=a_stream(b"", bytes(filling + 1)))) == "papers.file.too-large"


@pytest.mark.parametrize(
    "content",
    [
        b"GIF89a" + bytes(60),
        b"PK\x03\x04" + bytes(60),
        b"<html><script>alert(1)</script>",
        b"MZ" + bytes(60),
        b"\x00\x00\x00\x18ftypheic" + bytes(60),
        b" " + a_pdf(),
    ],
    ids=["gif", "zip", "html", "program", "heic", "pdf after a blank"],
)
def test_another_kind_is_refused_whatever_it_is_called(content: bytes) -> None:
    assert refusal_of(content) == "papers.file.kind"


@given(st.binary(max_size=400), st.sampled_from([b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"%PDF-1.4\n"]))
def test_any_bytes_get_an_answer(content: bytes, begins: bytes) -> None:
    with suppress(Refusal):
        assert inspect(begins + content) in Kind


def test_a_picture_without_size_is_no_picture() -> None:
    assert refusal_of(a_png(width=0)) == "papers.file.damaged"
    assert refusal_of(a_jpeg(height=1)[:40].replace(b"\x00\x01\x00\x01\x01", b"\x00\x01\x00\x00\x01")) == (
        "papers.file.damaged"
    )


def test_a_picture_whose_header_was_changed_is_refused() -> None:
    changed = bytearray(a_png(width=7, height=7))
    changed[19] ^= 1
    assert refusal_of(bytes(changed)) == "papers.file.damaged"


def test_what_cameras_append_behind_a_photo_does_not_matter() -> None:
    assert inspect(a_jpeg() + b"SEFT" * 200) is Kind.JPEG


ACTIONS = [
    b"/OpenAction << /S /JavaScript /JS (app.alert(1)) >>",
    b"/OpenAction << /S /Launch /F (cmd.exe) >>",
    b"/AA << /WC << /S /Rendition /JS (x) >> >>",
    b"/OpenAction << /S /J#61vaScript >>",
    b"/Names << /#4aavaScript 5 0 R >>",
]


@pytest.mark.parametrize("action", ACTIONS)
def test_a_pdf_that_acts_by_itself_is_refused(action: bytes) -> None:
    assert refusal_of(a_pdf(catalog=b"/Type /Catalog /Pages 2 0 R " + action)) == "papers.file.active"


@pytest.mark.parametrize("action", ACTIONS)
def test_an_action_packed_into_an_object_stream_is_found(action: bytes) -> None:
    packed = a_stream(b"/Type /ObjStm /N 1 /First 4", zlib.compress(b"9 0 << " + action + b" >>"))
    assert refusal_of(a_pdf(more=packed)) == "papers.file.active"


def test_an_object_stream_that_unpacks_without_end_costs_little() -> None:
    bomb = zlib.compress(bytes(40_000_000), 9)
    assert inspect(a_pdf(more=a_stream(b"/Type /ObjStm", bomb))) is Kind.PDF


def test_a_scan_whose_picture_holds_the_letters_by_chance_is_taken() -> None:
    noise = random.Random(1).randbytes(3000) + b"/JS (/JavaScript /Launch "
    assert inspect(a_pdf(more=a_stream(b"/Subtype /Image", noise))) is Kind.PDF


@pytest.mark.parametrize("name", [b"/JSON", b"/JavaScriptFree", b"/Launcher", b"/OpenAction [3 0 R /Fit]"])
def test_names_that_only_begin_alike_are_taken(name: bytes) -> None:
    assert inspect(a_pdf(catalog=b"/Type /Catalog /Pages 2 0 R " + name + b" 1")) is Kind.PDF


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("身份证 正面.JPG", "身份证 正面.JPG"),
        (r"C:\照片\a.png", "a.png"),
        ("../../etc/passwd", "passwd"),
        ("照\u202egpj.exe", "照gpj.exe"),
        ("a\x00b\ud800.pdf", "ab.pdf"),
        ("", "文件.jpg"),
        ("..", "文件.jpg"),
        ("x" * 300 + ".jpeg", "x" * 95 + ".jpeg"),
        ("x." + "y" * 300, "x." + "y" * 98),
    ],
)
def test_a_name_keeps_what_can_be_read(given_name: str, kept: str) -> None:
    assert plain_name(given_name, Kind.JPEG) == kept


@given(st.text(max_size=300))
def test_any_name_becomes_a_short_one_that_can_be_written(name: str) -> None:
    plain = plain_name(name, Kind.PDF)
    assert 0 < len(plain) <= 100
    assert plain.encode().decode() == plain
    assert not set("/\\\n\r\x00") & set(plain)
