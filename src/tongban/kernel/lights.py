"""Lights: how pressing a deadline is, in the same words and colours wherever there is one."""

from enum import StrEnum
from typing import Final

from django.utils.translation import gettext_noop as _


class Light(StrEnum):
    """How a deadline stands."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"


LIGHT_NAMES: Final[dict[str, str]] = {"green": _("时限正常"), "yellow": _("快到期"), "red": _("已超期")}

COLOURS: Final = {"green": ("", "g"), "yellow": ("y", "a"), "red": ("z", "r")}
"""The colours of a light: of the edge of a row, and of its tag."""
