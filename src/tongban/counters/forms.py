"""What a window asks of who stands there: what is on the card, and no more."""

from typing import Any, Final

from tongban.engine.forms import Form, form_of

FIELDS: Final[list[dict[str, Any]]] = [
    {
        "name": "id_number",
        "element": "resident-id",
        "label": "公民身份号码",
        "kind": "resident-id",
        "help": "读卡器读入，或者照着身份证输入。",
    },
    {
        "name": "name",
        "element": "person-name",
        "label": "姓名",
        "kind": "text",
        "limits": {"max_length": 60},
    },
    {
        "name": "enterprise",
        "element": "uscc",
        "label": "替企业来办的，填统一社会信用代码",
        "kind": "uscc",
        "required": False,
    },
]


NUMBER: Final[dict[str, Any]] = {
    "name": "number",
    "element": "case-number",
    "label": "办件编号",
    "kind": "text",
    "help": "在收件凭证上，22 位。只打得开本人的，或者本人代办的。",
    "limits": {"max_length": 40},
}


def number_form() -> Form:
    """The form by which a case of whoever stands there is opened."""
    return form_of({"steps": [{"code": "number", "title": "办过的事", "fields": [NUMBER]}]})


def arriving_form() -> Form:
    """The form of whoever arrives."""
    return form_of({"steps": [{"code": "arriving", "title": "来办事的人", "fields": FIELDS}]})
