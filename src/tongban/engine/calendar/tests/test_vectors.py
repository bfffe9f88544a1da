"""Worked examples of the licensing law, data sharing, hotline and ratings, agreed by two other calendars."""

import json
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from tongban.engine.calendar import SHANGHAI, Clock, Span, Unit, legal_day
from tongban.engine.calendar.tests.facts import real_calendar

Given = dict[str, Any]
Answer = dict[str, date | float | str | None]

VECTORS = {
    vector["id"]: vector for vector in json.loads(Path(__file__).with_name("vectors.json").read_text())
}
CALENDAR = real_calendar()


def due(limit: int, start: str | date, unit: Unit = "workday") -> date:
    day = date.fromisoformat(start) if isinstance(start, str) else start
    return Clock(limit, day, (), unit).due(CALENDAR).due


def day_of(text: str) -> date:
    return legal_day(datetime.fromisoformat(text).replace(tzinfo=SHANGHAI))


def with_pauses(given: Given) -> Answer:
    stops = tuple(Span(date.fromisoformat(p["start"]), date.fromisoformat(p["end"])) for p in given["pauses"])
    deadline = Clock(given["limit_wd"], date.fromisoformat(given["accepted_on"]), stops).due(CALENDAR)
    return {"decide_by": deadline.due, "excluded_wd": deadline.excluded}


def notice_on_the_last_day(given: Given) -> Answer:
    in_time = date.fromisoformat(given["notice_on"]) <= due(5, given["received_on"])
    return {"accepted_on": None, "status": "AWAITING_CORRECTION" if in_time else "ACCEPTED"}


ANSWERS: dict[str, Callable[[Given], Answer]] = {
    "correction_notice_5wd": lambda given: {
        "notify_by": due(5, day_of(given["received_at"])),
        "deemed_accepted_if_silent": day_of(given["received_at"]),
    },
    "decision_20wd": lambda given: {
        "decide_by": due(20, given["accepted_on"]),
        "with_10wd_extension": due(10, due(20, given["accepted_on"])),
        "with_extension_one_shot": due(30, given["accepted_on"]),
    },
    "joint_45wd": lambda given: {
        "finish_by": due(45, given["accepted_on"]),
        "with_15wd_extension": due(15, due(45, given["accepted_on"])),
    },
    "delivery_10wd": lambda given: {"deliver_by": due(10, given["decided_on"])},
    "decision_with_special_procedure": with_pauses,
    "deemed_acceptance_then_20wd": lambda given: {
        "deemed_accepted_on": given["received_on"],
        "becomes_known_after": due(5, given["received_on"]),
        "decide_by": due(20, given["received_on"]),
    },
    "correction_then_accept": lambda given: {
        "accepted_on": given["all_corrections_on"],
        "decide_by": due(20, given["all_corrections_on"]),
    },
    "notice_on_last_day_ok": notice_on_the_last_day,
    "promise_shorter": lambda given: {
        "promise_by": due(given["promise_wd"], given["accepted_on"]),
        "statutory_by": due(given["statutory_wd"], given["accepted_on"]),
    },
    "instant": lambda given: {"promise_by": due(given["promise_wd"], day_of(given["accepted_at"]))},
    "natural_days_roll": lambda given: {"due": due(given["days"], given["start"], "day")},
    "month_end": lambda given: {"due": due(given["months"], given["start"], "month")},
    "share_unconditional_1wd": lambda given: {"reply_by": due(1, given["requested_on"])},
    "share_deliver_20wd": lambda given: {"share_by": due(20, given["agreed_on"])},
    "share_check_10wd": lambda given: {"feedback_by": due(10, given["check_requested_on"])},
    "hotline_5wd": lambda given: {"reply_by": due(5, given["dispatched_on"])},
    "bad_rating_rectify": lambda given: {"d5": due(5, given["rated_on"]), "d15": due(15, given["rated_on"])},
    "hearing": lambda given: {"organise_by": due(20, given["applied_on"])},
}
"""What our clocks say to a vector's input, under the names the vector uses."""


@pytest.mark.parametrize("vector", VECTORS.values(), ids=VECTORS.keys())
def test_our_clocks_give_the_expected_answer(vector: dict[str, Any]) -> None:
    answer = ANSWERS[vector["rule"]](vector["input"])
    told = {name: value.isoformat() if isinstance(value, date) else value for name, value in answer.items()}
    assert told == vector["expected"]


def test_no_vector_was_left_behind() -> None:
    assert len(VECTORS) == 35
