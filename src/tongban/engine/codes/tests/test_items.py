"""Codes of service items, on codes in public use."""

import pytest

from tongban.engine.codes import (
    BasicCode,
    CodeError,
    HandlingCode,
    ImplementationCode,
    parse_item_code,
)
from tongban.engine.codes.items import BODY_CHECK


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("000117112000", ("00", "01", "17", "112", "000")),
        ("370117002011", ("37", "01", "17", "002", "011")),
        ("370118009002", ("37", "01", "18", "009", "002")),
        ("370115056000", ("37", "01", "15", "056", "000")),
        ("440709003000", ("44", "07", "09", "003", "000")),
    ],
)
def test_a_basic_code_tells_origin_type_department_and_items(written: str, parts: tuple[str, ...]) -> None:
    code = parse_item_code(written)
    assert isinstance(code, BasicCode)
    assert (code.origin, code.item_type, code.department, code.main_item, code.sub_item) == parts
    assert str(code) == written


def test_an_implementation_code_is_body_level_and_basic_code() -> None:
    code = parse_item_code("11370800mb28559184 3 370117002011")
    assert code == ImplementationCode("11370800MB28559184", "3", BasicCode("370117002011"))
    assert isinstance(code, ImplementationCode)
    assert code.warnings == ()
    assert str(code) == "11370800MB285591843370117002011"


def test_a_published_code_whose_body_fails_its_check_is_read_with_a_warning() -> None:
    code = ImplementationCode.parse("11440300007542785T4440709003000")
    assert (code.body, code.level, str(code.basic)) == ("11440300007542785T", "4", "440709003000")
    assert code.warnings == (BODY_CHECK,)


def test_a_handling_code_adds_a_serial() -> None:
    code = parse_item_code("11370800MB28559184300011711200001")
    assert isinstance(code, HandlingCode)
    assert str(code.implementation.basic) == "000117112000"
    assert (code.implementation.level, code.serial) == ("3", "01")
    assert str(code) == "11370800MB28559184300011711200001"


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("", "codes.item.length"),
        ("00011711200", "codes.item.length"),
        ("511A0064100070", "codes.item.length"),
        ("51A117112000", "codes.item.characters"),
        ("11370800MB28559184337011700201A", "codes.item.characters"),
        ("11370800OB285591843370117002011", "codes.credit-code.characters"),
        ("11370800MB285591843000117112000O1", "codes.item.characters"),
        ("11370800MB28559184*370117002011", "codes.item.characters"),
    ],
)
def test_what_is_no_item_code_is_refused_with_its_reason(written: str, code: str) -> None:
    with pytest.raises(CodeError) as refused:
        parse_item_code(written)
    assert refused.value.code == code
    assert refused.value.do


@pytest.mark.parametrize("kind", [BasicCode, ImplementationCode, HandlingCode])
def test_each_kind_refuses_the_length_of_another(
    kind: type[BasicCode] | type[ImplementationCode] | type[HandlingCode],
) -> None:
    with pytest.raises(CodeError, match=r"codes\.item\.length"):
        kind.parse("1" * 20)
