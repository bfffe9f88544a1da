"""The published days of 2025 and 2026, carried over as facts, and the calendar they make."""

from datetime import date

from tongban.engine.calendar import Calendar, Notice, SpecialDay

NOTICE = Notice("放假安排的通知", "", date(2025, 11, 4), checked=False)
LAW = Notice("全国年节及纪念日放假办法 第二条", "", date(2024, 11, 10), checked=False)

DAYS_OFF = """
2025-01-01 2025-01-28 2025-01-29 2025-01-30 2025-01-31 2025-02-03 2025-02-04 2025-04-04 2025-05-01 2025-05-02
2025-05-05 2025-06-02 2025-10-01 2025-10-02 2025-10-03 2025-10-06 2025-10-07 2025-10-08 2026-01-01 2026-01-02
2026-02-16 2026-02-17 2026-02-18 2026-02-19 2026-02-20 2026-02-23 2026-04-06 2026-05-01 2026-05-04 2026-05-05
2026-06-19 2026-09-25 2026-10-01 2026-10-02 2026-10-05 2026-10-06 2026-10-07
"""
MAKEUP_WORKDAYS = """
2025-01-26 2025-02-08 2025-04-27 2025-09-28 2025-10-11
2026-01-04 2026-02-14 2026-02-28 2026-05-09 2026-09-20 2026-10-10
"""
FESTIVALS_OF_2027 = "2027-01-01 2027-02-05 2027-02-08 2027-04-05 2027-06-09 2027-09-15 2027-10-01"


def published_days() -> list[SpecialDay]:
    return [
        SpecialDay(date.fromisoformat(day), works, "节日", NOTICE)
        for days, works in ((DAYS_OFF, False), (MAKEUP_WORKDAYS, True))
        for day in days.split()
    ]


def real_calendar() -> Calendar:
    """2025 and 2026 as published, 2027 as far as the law alone says it."""
    law = [SpecialDay(date.fromisoformat(day), False, "节日", LAW) for day in FESTIVALS_OF_2027.split()]
    return Calendar(date(2025, 1, 1), date(2026, 12, 31), date(2027, 12, 31), published_days() + law)
