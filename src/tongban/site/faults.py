"""What pydantic found wrong, in plain words: the place, what is wrong, what to do."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

MOST: Final = 50
_LONGEST_PLACE: Final = 200

_WORDS: Final[Mapping[str, tuple[str, str]]] = {
    "missing": ("缺少这一项。", "请补上。"),
    "extra_forbidden": ("没有这一项。", "请去掉，或核对名称。"),
    "string_type": ("这里要文字。", "请写成字符串。"),
    "string_too_short": ("太短了。", "请至少写 {min_length} 个字符。"),
    "string_too_long": ("太长了。", "请不要超过 {max_length} 个字符。"),
    "string_pattern_mismatch": ("格式不对。", "请核对后重新填写。"),
    "int_type": ("这里要整数。", "请写成整数。"),
    "int_parsing": ("这里要整数。", "请写成整数。"),
    "int_from_float": ("这里要整数。", "请写成整数。"),
    "int_parsing_size": ("数字太大。", "请核对后重新填写。"),
    "bool_type": ("这里要是或否。", "请写 true 或 false。"),
    "bool_parsing": ("这里要是或否。", "请写 true 或 false。"),
    "greater_than_equal": ("太小了。", "请不要小于 {ge}。"),
    "greater_than": ("太小了。", "请大于 {gt}。"),
    "less_than_equal": ("太大了。", "请不要大于 {le}。"),
    "less_than": ("太大了。", "请小于 {lt}。"),
    "enum": ("没有这个选项。", "请从 {expected} 里选。"),
    "literal_error": ("没有这个选项。", "请从 {expected} 里选。"),
    "list_type": ("这里要列表。", "请写成数组。"),
    "dict_type": ("这里要一组键值。", "请写成对象。"),
    "model_type": ("这里要一组键值。", "请写成对象。"),
    "model_attributes_type": ("这里要一组键值。", "请写成对象。"),
    "too_long": ("项数太多。", "请不要超过 {max_length} 项。"),
    "too_short": ("项数太少。", "请至少写 {min_length} 项。"),
    "date_from_datetime_parsing": ("日期不对。", "请写成 2026-11-21 的样子。"),
    "date_parsing": ("日期不对。", "请写成 2026-11-21 的样子。"),
    "date_type": ("日期不对。", "请写成 2026-11-21 的样子。"),
    "datetime_parsing": ("时间不对。", "请写成 2026-11-21T09:30:00+08:00 的样子。"),
    "datetime_from_date_parsing": ("时间不对。", "请写成 2026-11-21T09:30:00+08:00 的样子。"),
    "timezone_aware": ("时间没有时区。", "请写成 2026-11-21T09:30:00+08:00 的样子。"),
    "uuid_parsing": ("编号不对。", "请原样带上系统给的编号。"),
    "uuid_type": ("编号不对。", "请原样带上系统给的编号。"),
}
_ANY: Final = ("内容不符合要求。", "请对照接口说明核对。")


def faults_of(errors: Sequence[Mapping[str, Any]]) -> list[dict[str, str]]:
    """At most 50 faults, each with `place`, `code`, `says` and `do`; nothing that was sent is said again."""
    return [_fault(error) for error in errors[:MOST]]


def _fault(error: Mapping[str, Any]) -> dict[str, str]:
    says, do = _WORDS.get(error["type"], _ANY)
    return {
        "place": _place(error["loc"]),
        "code": f"request.{error['type'].replace('_', '-')}",
        "says": says,
        "do": do.format_map(error.get("ctx", {})),
    }


def _place(loc: Sequence[str | int]) -> str:
    """`answers.0.name`: without the name of the source, and of the argument that holds a body."""
    inside = loc[2:] if loc[0] == "body" and len(loc) > 2 else loc[1:]
    return ".".join(str(part) for part in inside)[:_LONGEST_PLACE]
