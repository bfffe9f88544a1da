"""Every kind of notice has whole words, belongs to a group, and comes at its time."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongban.kernel.ids import PersonKey
from tongban.notices.rules.kinds import GROUPS, KINDS, words_of
from tongban.notices.rules.reminding import REMINDS, reminder_at
from tongban.notices.rules.telling import TELLS, TELLS_NOTHING, kind_of
from tongban.notices.tests.world import NOON, news

EVENTS = {*TELLS, *TELLS_NOTHING}
SOMEBODY = PersonKey(b"k" * 32)


def test_every_kind_is_told_by_an_event_or_by_the_clock() -> None:
    assert set(KINDS) - set(TELLS.values()) == {one.kind for one in REMINDS.values()}
    assert set(TELLS.values()) <= set(KINDS)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_words_are_whole_with_and_without_a_day(kind: str) -> None:
    with_day = words_of(kind, "食品经营许可", date(2026, 3, 20))
    without = words_of(kind, "食品经营许可", None)
    for words in (with_day, without):
        told = words.title + words.says + words.do
        assert "食品经营许可" in words.says and "%" not in told and words.says.endswith("。")
    assert ("3 月 20 日（周五）" in with_day.says) is bool(KINDS[kind].day)
    assert len(with_day.title) <= 12


def test_a_percent_sign_in_a_name_stays_what_it_is() -> None:
    assert "“退税 100%(item)s”" in words_of("granted", "退税 100%(item)s", None).says


def test_every_kind_belongs_to_a_group_that_people_can_choose() -> None:
    assert {one.group for one in KINDS.values()} == set(GROUPS)


def test_what_a_rule_decided_within_a_second_is_told_once() -> None:
    names = ["cases.accepted", "cases.granted", "cases.delivered"]
    told = [kind_of(news(SOMEBODY, name, by_rule=True)) for name in names]
    assert told == [None, "granted", None]


def test_ones_own_message_is_no_news() -> None:
    assert kind_of(news(SOMEBODY, "cases.message-sent", by_office=True)) == "message"
    assert kind_of(news(SOMEBODY, "cases.message-sent", by_office=False)) is None


@given(st.dates(min_value=date(2000, 1, 2), max_value=date(2100, 1, 1)))
def test_a_reminder_comes_on_the_morning_of_the_first_yellow_day(day: date) -> None:
    for name in EVENTS:
        when = reminder_at(news(SOMEBODY, name, days={"correct_warn": day, "supply_warn": day}))
        assert (when is None) is (name not in REMINDS)
        assert when is None or (when.date() == day and when.hour == 9)


def test_without_a_day_for_the_correction_a_week_later_is_early_enough() -> None:
    when = reminder_at(news(SOMEBODY, "cases.returned-for-correction", days={}))
    assert when is not None and when.date() == NOON.date() + timedelta(days=7)
