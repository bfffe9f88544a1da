"""How many years are full, by the law's way of counting."""

from datetime import date


def full_years(since: date, on: date) -> int:
    """The years that are full on this day: 16 is whoever had the sixteenth birthday before it.

    The first day does not count, and a year ends with the day that corresponds to it, or with the last of its
    month (民法典 Arts. 201, 202); so it is full from the day after.
    """
    return max(0, on.year - since.year - (on <= _corresponding(since, on.year)))


def _corresponding(since: date, year: int) -> date:
    try:
        return since.replace(year=year)
    except ValueError:  # 29 February
        return date(year, 2, 28)
