"""The identifier of an electronic certificate: published examples, and every slip of the pen."""

from string import ascii_uppercase, digits

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongban.engine.codes import CertificateIdentifier, CodeError, check_certificate_type
from tongban.engine.codes.certificate import ROOT

PUBLISHED = [
    "1.2.156.3005.2.11100000000013338W032.11220000013544541J.2430599.001.F",
    "1.2.156.3005.2.11100000000013338W011.11430000006122244L.20230000403.001.U",
    "1.2.156.3005.2.11100000MB03271699022.340100.000000016.001.9",
    "1.2.156.3005.2.11100000000013338W009.11330105002500287C.2025052201.002.0",
]
ALPHABET = digits + ascii_uppercase


@pytest.mark.parametrize("written", PUBLISHED)
def test_published_identifiers_are_understood_and_written_the_same(written: str) -> None:
    assert str(CertificateIdentifier.parse(written)) == written
    assert str(CertificateIdentifier.parse(written.removeprefix(f"{ROOT}.").lower())) == written


def by_the_standard(body: str) -> str:
    """The check character as ISO 7064 writes MOD 37,36 down, step by step."""
    product = 36
    for char in body:
        product = ((product + ALPHABET.index(char)) % 36 or 36) * 2 % 37
    return ALPHABET[(37 - product) % 36]


serials = st.text(ALPHABET, min_size=1, max_size=32)


@given(serials, st.integers(1, 999))
def test_the_check_character_is_that_of_the_standard(serial: str, version: int) -> None:
    made = CertificateIdentifier("11100000000013338W032", "11220000013544541J", serial, f"{version:03d}")
    assert made.check == by_the_standard(f"{made.type}{made.issuer}{serial}{version:03d}")
    assert CertificateIdentifier.parse(str(made)) == made


@given(serials, st.data())
def test_one_wrong_character_is_never_taken(serial: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(serial) - 1))
    wrong = data.draw(st.sampled_from(ALPHABET.replace(serial[at], "")))
    parts = ("11100000000013338W032", "11220000013544541J", serial, "001")
    written = str(CertificateIdentifier(*parts))
    slipped = written.replace(f".{serial}.001.", f".{serial[:at]}{wrong}{serial[at + 1 :]}.001.")
    with pytest.raises(CodeError, match="codes.certificate.check"):
        CertificateIdentifier.parse(slipped)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "1.2.156.3005.2",
        PUBLISHED[0][:-2],
        PUBLISHED[0] + ".1",
        PUBLISHED[0].replace("001", "1"),
        "./././.",
    ],
)
def test_what_is_no_identifier_is_refused(written: str) -> None:
    with pytest.raises(CodeError, match="codes.certificate.form"):
        CertificateIdentifier.parse(written)


def test_a_type_is_an_authority_and_a_number() -> None:
    assert check_certificate_type("11100000000013338w032") == "11100000000013338W032"
    for wrong in ("11100000000013338W", "11100000000013338W03A", ""):
        with pytest.raises(CodeError, match="codes.certificate-type.form"):
            check_certificate_type(wrong)
    with pytest.raises(CodeError, match="codes.credit-code.check"):
        check_certificate_type("11100000000013338X032")
