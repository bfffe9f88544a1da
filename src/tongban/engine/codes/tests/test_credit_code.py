"""The unified social credit code."""

import pytest

from tongban.engine.codes import CodeError, check_credit_code, made_credit_code

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("11370800MB28559184", "11370800MB28559184"),
        ("11100000000013338w", "11100000000013338W"),
        ("１１１０００００－００００１３３３８Ｗ", "11100000000013338W"),
        ("9111 0000 6000 3734 1L", "91110000600037341L"),
    ],
)
def test_right_codes_are_given_back_plain(written: str, code: str) -> None:
    assert check_credit_code(written) == code


def test_the_check_character_follows_from_its_weights() -> None:
    for body in ("N2510104MF1234567", "1251010445075777X", "Y1510104MAC1234X5", "1A510104MAC1234X5"):
        total = sum(ALPHABET.index(char) * 3**at for at, char in enumerate(body))
        right = ALPHABET[(31 - total % 31) % 31]
        assert check_credit_code(body + right) == body + right
        for wrong in ALPHABET.replace(right, ""):
            with pytest.raises(CodeError, match=r"codes\.credit-code\.check"):
                check_credit_code(body + wrong)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("", "codes.credit-code.length"),
        ("11370800MB2855918", "codes.credit-code.length"),
        ("11370800MB2855918O", "codes.credit-code.characters"),
        ("1137080OMB28559184", "codes.credit-code.characters"),
        ("11370800MB28559185", "codes.credit-code.check"),
    ],
)
def test_wrong_codes_are_refused_with_their_reason(written: str, code: str) -> None:
    with pytest.raises(CodeError) as refused:
        check_credit_code(written)
    assert refused.value.code == code
    assert refused.value.do


def test_a_made_code_is_right_and_no_two_are_the_same() -> None:
    made = [made_credit_code("91", "510104") for _ in range(200)]
    assert all(check_credit_code(code) == code and code.startswith("91510104MA") for code in made)
    assert len(set(made)) == 200
    for code in made:
        total = sum(
            int(char, 36) * by for char, by in zip(code[8:16], (3, 7, 9, 10, 5, 8, 4, 2), strict=True)
        )
        assert (total + {"X": 10}.get(code[16], int(code[16].replace("X", "0")))) % 11 == 0
