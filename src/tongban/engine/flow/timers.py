"""How long a timer runs, as drawings say it: `5 workday`, or in ISO 8601 `P5D`, `PT2H`, `R3/P5D`."""

import re
from typing import Final, get_args

from tongban.engine.calendar import Unit
from tongban.engine.flow.net import Timer

TIMES: Final = r"(?:R(?P<times>\d{1,2})/)?"
OURS: Final = re.compile(rf"{TIMES}(?P<value>\d{{1,3}}) ?(?P<unit>{'|'.join(get_args(Unit))})s?")
ISO: Final = re.compile(rf"{TIMES}P(?:(?P<month>\d{{1,2}})M|(?P<day>\d{{1,3}})D|T(?P<hour>\d{{1,3}})H)")
UNITS: Final[tuple[Unit, ...]] = ("month", "day", "hour")


def timer(text: str) -> Timer | None:
    """A length of time as written; None where it cannot be read, goes off never, or is past all calendars."""
    unit: Unit
    words = text.strip()
    if found := OURS.fullmatch(words):
        unit = next(each for each in get_args(Unit) if each == found["unit"])
        value = int(found["value"])
    elif found := ISO.fullmatch(words):
        unit = next(each for each in UNITS if found[each] is not None)
        value = int(found[unit])
    else:
        return None
    times = 1 if found["times"] is None else int(found["times"])
    return Timer(value, unit, times) if times else None
