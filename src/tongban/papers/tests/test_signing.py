"""A signed paper is valid by others' tools, breaks with one changed byte; no stranger's seal passes."""

from datetime import UTC, datetime

import pytest

from tongban.papers.authority import new_authority, new_seal
from tongban.papers.printing import print_sheet
from tongban.papers.signing import Signature, sign, signature_of
from tongban.papers.tests.samples import a_pdf
from tongban.papers.tests.sheets import ADDRESS, CODE, a_sheet, signatures_of, structure_of

NOW = datetime.now(UTC)
AUTHORITY = new_authority("演示证书机构", NOW)
SEAL = new_seal("成都市锦江区市场监督管理局", AUTHORITY, NOW)


@pytest.fixture(scope="module")
def signed() -> bytes:
    return sign(print_sheet(a_sheet(), code=CODE, address=ADDRESS), SEAL, AUTHORITY.certificate)


def test_pdfsig_finds_it_valid_and_the_whole_document_signed(signed, tmp_path):
    said = signatures_of(signed, tmp_path)
    assert "Signature Validation: Signature is Valid." in said
    assert "Total document signed" in said
    assert structure_of(signed, tmp_path) == ""


def test_it_is_still_pdf_a(signed):
    assert b"<pdfaid:part>2</pdfaid:part>" in signed


def test_our_own_check_names_who_signed(signed):
    assert signature_of(signed, AUTHORITY.certificate) == Signature("成都市锦江区市场监督管理局", True, True)


@pytest.mark.parametrize("place", [0.1, 0.3, 0.5])
def test_one_changed_byte_breaks_it(signed, place, tmp_path):
    at = int(len(signed) * place)
    changed = signed[:at] + bytes([signed[at] ^ 1]) + signed[at + 1 :]
    found = signature_of(changed, AUTHORITY.certificate)
    assert found is None or not found.intact
    assert "Signature is Valid" not in signatures_of(changed, tmp_path)


def test_what_is_added_behind_breaks_it_too(signed):
    found = signature_of(signed + b"\n% more\n", AUTHORITY.certificate)
    assert found is None or not found.intact


def test_the_seal_of_another_authority_is_not_ours(signed):
    other = new_authority("演示证书机构", NOW)
    found = signature_of(signed, other.certificate)
    assert found is not None
    assert not found.ours


@pytest.mark.parametrize("pdf", [b"", b"%PDF-1.7", a_pdf(), b"\x00" * 5000])
def test_what_bears_no_signature_has_none(pdf):
    assert signature_of(pdf, AUTHORITY.certificate) is None


def test_a_long_name_of_a_body_is_cut_in_its_certificate():
    assert new_seal("机关" * 60, AUTHORITY, NOW).name == ("机关" * 60)[:21]
