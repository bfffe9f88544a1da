"""What a page asks of somebody who wants to be called."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tongban.engine.forms import Form, form_of

HOURS: Final = {
    "any": gettext_lazy("什么时候都可以"),
    "morning": gettext_lazy("上午"),
    "afternoon": gettext_lazy("下午"),
}


def asking_form(regions: Mapping[str, str]) -> Form:
    """The form, in the reader's language; where there is one region only, it is not asked."""
    fields: list[dict[str, Any]] = [
        {
            "name": "phone",
            "element": "phone",
            "label": _("打哪个电话"),
            "kind": "phone",
            "help": _("手机，或者带区号的座机。只用来给您回电，办完三十天后删除。"),
        },
        {
            "name": "called",
            "element": "called",
            "label": _("怎么称呼您"),
            "kind": "text",
            "required": False,
            "limits": {"max_length": 30},
        },
        {
            "name": "what",
            "element": "what",
            "label": _("想问什么"),
            "kind": "text",
            "help": _("一两句话就行，例如：老人八十岁了，津贴怎么领。请不要写身份证号。"),
            "limits": {"max_length": 300, "multiline": True},
        },
        {
            "name": "hours",
            "element": "hours",
            "label": _("什么时候打方便"),
            "kind": "choice",
            "options": [{"code": code, "label": str(words)} for code, words in HOURS.items()],
        },
    ]
    if len(regions) > 1:
        fields.append(
            {
                "name": "region",
                "element": "region",
                "label": _("您在哪个区"),
                "kind": "choice",
                "options": [{"code": code, "label": name} for code, name in regions.items()],
            }
        )
    return form_of({"steps": [{"code": "call", "title": _("请给我回电"), "fields": fields}]})
