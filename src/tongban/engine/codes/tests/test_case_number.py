"""The case number: made, read as people write it, and its check digit."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum.iso7064 import mod_11_10

from tongban.engine.codes import CaseNumber, CodeError
from tongban.engine.codes.case_number import LAST_SEQ, check_digit

NUMBER = "510104-20260921-0000123-8"

numbers = st.builds(
    CaseNumber.make,
    st.from_regex(r"[0-9]{6}", fullmatch=True),
    st.dates(date(1900, 1, 1)),
    st.integers(0, LAST_SEQ),
)


def digits_of(number: CaseNumber) -> str:
    return str(number).replace("-", "")


def test_the_worked_example() -> None:
    number = CaseNumber.make("510104", date(2026, 9, 21), 123)
    assert str(number) == NUMBER
    assert CaseNumber.parse(NUMBER) == number


@pytest.mark.parametrize(
    "written",
    [
        "5101042026092100001238",
        " 510104 20260921 0000123 8\n",
        "５１０１０４－２０２６０９２１－００００１２３－８",
        "510104—20260921–0000123‐8",
        "51-0104-2026-0921-0000123-8",
    ],
)
def test_it_is_understood_as_people_write_it(written: str) -> None:
    assert str(CaseNumber.parse(written)) == NUMBER


@given(numbers)
def test_what_was_made_is_read_again(number: CaseNumber) -> None:
    assert CaseNumber.parse(str(number)) == number
    assert CaseNumber.parse(digits_of(number)) == number


@given(st.from_regex(r"[0-9]{1,30}", fullmatch=True))
def test_the_check_digit_is_that_of_the_standard(digits: str) -> None:
    assert check_digit(digits) == mod_11_10.calc_check_digit(digits)


def single_errors(right: str) -> list[str]:
    return [
        right[:at] + wrong + right[at + 1 :]
        for at, held in enumerate(right)
        for wrong in "0123456789"
        if wrong != held
    ]


def refusal_of(written: str) -> str | None:
    try:
        CaseNumber.parse(written)
    except CodeError as refused:
        return refused.code
    return None


@settings(max_examples=30)
@given(numbers)
def test_every_single_wrong_digit_is_caught(number: CaseNumber) -> None:
    wrong = single_errors(digits_of(number))
    assert len(wrong) == 22 * 9
    assert {refusal_of(written) for written in wrong} == {"codes.case-number.check"}


def test_880_of_900_swaps_of_neighbours_are_caught() -> None:
    # The first digit leads to each of the ten states once, so these are all the cases there are.
    caught = sum(
        check_digit(first + one + other) != check_digit(first + other + one)
        for first in "0123456789"
        for one in "0123456789"
        for other in "0123456789"
        if one != other
    )
    assert caught == 880


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("", "codes.case-number.form"),
        ("510104-20260921-0000123", "codes.case-number.form"),
        ("510104-20260921-0000123-88", "codes.case-number.form"),
        ("51010A-20260921-0000123-8", "codes.case-number.form"),
        ("٥10104-20260921-0000123-8", "codes.case-number.form"),
        ("510104-20260921-0000123-7", "codes.case-number.check"),
        ("510104-20260230-0000123-" + check_digit("510104202602300000123"), "codes.case-number.day"),
        ("510104-00000921-0000123-" + check_digit("510104000009210000123"), "codes.case-number.day"),
    ],
)
def test_what_is_no_case_number_is_refused_with_its_reason(written: str, code: str) -> None:
    with pytest.raises(CodeError) as refused:
        CaseNumber.parse(written)
    assert refused.value.code == code
    assert refused.value.says
    assert refused.value.do


@pytest.mark.parametrize(
    ("region", "seq"),
    [("51010", 1), ("51010x", 1), ("５１０１０４", 1), ("510104", -1), ("510104", 10_000_000)],
)
def test_no_number_is_made_of_parts_that_do_not_fit(region: str, seq: int) -> None:
    with pytest.raises(ValueError, match="no case number"):
        CaseNumber.make(region, date(2026, 9, 21), seq)
