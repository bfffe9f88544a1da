"""What an act is told on a page: read whole, every fault at once, never without what was seen."""

from datetime import date

import pytest

from tongban.kernel.acts import Ask, choice, fields_of, read_asks, seen_in, words
from tongban.kernel.refusal import Refusal

ASKS = (
    choice("stop-procedure", "哪一种程序", {"hearing": "听证"}),
    Ask("stop-told_until", "预计到哪一天", "date"),
    words("stop-text", "书面告知"),
    Ask("stop-note", "备注", "text", required=False),
)


def test_what_was_typed_is_told_by_the_name_of_its_parameter():
    typed = {"stop-procedure": "hearing", "stop-told_until": "2026-03-20", "stop-text": " 依申请 "}
    told = read_asks(ASKS, typed)
    assert told == {"procedure": "hearing", "told_until": date(2026, 3, 20), "text": "依申请", "note": ""}
    assert told.faults == []


def test_every_fault_is_named_at_once_and_stands_at_its_field():
    typed = {"stop-told_until": "三月", "stop-text": " "}
    told = read_asks(ASKS, typed)
    assert {fault["name"] for fault in told.faults} == {"stop-procedure", "stop-told_until", "stop-text"}
    at = {ask.name: (value, fault and fault["says"]) for ask, value, fault in fields_of(ASKS, typed, told)}
    assert at["stop-told_until"] == ("三月", "预计到哪一天：日期不对。")
    assert at["stop-note"] == ("", None)


@pytest.mark.parametrize("text", ["", "-1", "二", "٣", "1" * 10, "1.0"])
def test_nobody_acts_without_saying_what_was_seen(text):
    with pytest.raises(Refusal, match="request.seen-missing"):
        seen_in({"seen": text})
    assert seen_in({"seen": "3"}) == 3
