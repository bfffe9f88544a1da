"""What Python says, in the reader's language: phrases, days and moments.

Chinese is the original. It is what is stored, printed and sent to programs; nothing made here ever is.
"""

from datetime import date, datetime

from django.conf import settings
from django.utils import timezone
from django.utils.dateformat import format as written
from django.utils.translation import gettext

from tongban.engine.phrase import Phrase
from tongban.kernel.languages import told


def spoken(text: str) -> str:
    """A phrase in the reader's language, its values too, which packs may have said; other text as it is."""
    if not isinstance(text, Phrase):
        return text
    said = gettext(text.template)
    values = {name: _told(one) for name, one in text.values.items()}
    return said % values if values else said


def _told(value: object) -> object:
    if isinstance(value, Phrase):
        return spoken(value)
    return told(value) if isinstance(value, str) else value


def city() -> str:
    """The city whose services these are; its name stays Chinese where no catalogue knows it."""
    return gettext(settings.CITY)


def day_in_words(day: date) -> str:
    """10 月 15 日（周四）; in English Thu 15 Oct. What is translated is Django's format of a date."""
    # Django says 星期四, which is longer and no clearer.
    return written(day, gettext("n 月 j 日（D）")).replace("星期", "周")


def full_day_in_words(day: date) -> str:
    """2026 年 10 月 15 日; in English 15 October 2026."""
    return written(day, gettext("Y 年 n 月 j 日"))


def moment_in_words(at: datetime) -> str:
    """10 月 15 日 09:30, in local time; in English 15 Oct, 09:30."""
    return written(timezone.localtime(at), gettext("n 月 j 日 H:i"))
