"""The resident identity number: what is right, unusual or wrong. All numbers here are made up."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric

from tongban.engine.codes import UNKNOWN_COUNTY, CodeError, ResidentId, check_resident_id

GOOD = "11010519491231002X"


def with_check(seventeen: str) -> str:
    return seventeen + ric.calc_check_digit(seventeen + "0")


def test_a_number_tells_birth_sex_and_place() -> None:
    resident = check_resident_id(GOOD)
    assert resident == ResidentId(GOOD, date(1949, 12, 31), "female", "北京市朝阳区")
    assert resident.region == "110105"
    assert resident.warnings == ()
    assert check_resident_id(with_check("11010519491231003")).sex == "male"


@pytest.mark.parametrize(
    "written",
    [
        "11010519491231002x",
        " 110105 19491231 002X ",
        "１１０１０５１９４９１２３１００２Ｘ",
        "110105-19491231-002ｘ",
    ],
)
def test_it_is_understood_as_people_write_it(written: str) -> None:
    assert check_resident_id(written).number == GOOD


@pytest.mark.parametrize(
    "seventeen",
    [
        "11019919800101123",  # a province that is known, a county that is not
        "53010219800101123",  # a county that had another code that year
        "99999919800101123",
        "81000019800101123",  # residents of Hong Kong in the mainland
        "83000019800101123",
    ],
)
def test_an_unknown_county_is_a_warning_and_no_refusal(seventeen: str) -> None:
    resident = check_resident_id(with_check(seventeen))
    assert resident.place is None
    assert resident.warnings == (UNKNOWN_COUNTY,)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("", "codes.resident-id.length"),
        ("110105491231002", "codes.resident-id.length"),
        ("1101051949123100２XX", "codes.resident-id.length"),
        ("1101051949123100AX", "codes.resident-id.characters"),
        ("X1010519491231002X", "codes.resident-id.characters"),
        ("١1010519491231002X", "codes.resident-id.characters"),
        (with_check("11010519490230002"), "codes.resident-id.birth"),
        (with_check("11010500001231002"), "codes.resident-id.birth"),
        ("110105194912310021", "codes.resident-id.check"),
    ],
)
def test_a_wrong_number_is_refused_with_its_reason(written: str, code: str) -> None:
    with pytest.raises(CodeError) as refused:
        check_resident_id(written)
    assert refused.value.code == code
    assert refused.value.says
    assert refused.value.do


@given(st.integers(0, 16), st.sampled_from("0123456789"))
def test_every_single_wrong_digit_is_caught(at: int, wrong: str) -> None:
    if GOOD[at] != wrong:
        with pytest.raises(CodeError):
            check_resident_id(GOOD[:at] + wrong + GOOD[at + 1 :])


def test_neither_the_value_nor_a_refusal_shows_the_number() -> None:
    resident = check_resident_id(GOOD)
    assert repr(resident) == str(resident) == "ResidentId(110***********002X)"
    with pytest.raises(CodeError) as refused:
        check_resident_id("110105194912310021")
    assert "1949" not in str(refused.value)
