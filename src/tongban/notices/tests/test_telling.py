"""Whoever may read of an event is told of it once, and sees nothing of others."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tongban.kernel.access import NOBODY
from tongban.kernel.refusal import Refusal
from tongban.kernel.sql import run
from tongban.notices import api as notices
from tongban.notices import commands
from tongban.notices.tests.world import NOON, AbovesFake, Post, a_person, key_of, news


def titles(viewer) -> list[str]:
    return [row.title for row in notices.notices_of(viewer).rows]


def test_a_person_is_told_in_plain_words_what_to_do_and_by_when(above: AbovesFake) -> None:
    person = a_person()
    notices.tell([news(key_of(person), "cases.returned-for-correction")], at=NOON)
    [row] = notices.notices_of(person).rows
    assert (row.title, row.to_do, row.read) == ("需要补正", True, False)
    assert row.says.endswith("请在 3 月 16 日（周一）之前补好。") and row.do


def test_told_twice_a_reader_has_one_notice(above: AbovesFake) -> None:
    person = a_person()
    events = above.happens(news(key_of(person)))
    told = [commands.tell_of(events, at=NOON).notices for _ in range(2)]
    assert told == [1, 0] and len(titles(person)) == 1


def test_of_an_event_that_tells_nothing_nobody_hears(above: AbovesFake) -> None:
    person = a_person()
    assert notices.tell([news(key_of(person), "cases.taken")], at=NOON).notices == 0
    assert titles(person) == []


def test_whoever_acts_for_an_enterprise_is_told_each_for_themselves(above: AbovesFake) -> None:
    one, other, firm = a_person(), a_person(), key_of(a_person())
    above.readers_of[firm] = [key_of(one), key_of(other)]
    notices.tell([news(firm)], at=NOON)
    first, second = (replace(each, mandates=frozenset({firm})) for each in (one, other))
    notices.mark_all_read(first, at=NOON)
    assert (notices.unread(first), notices.unread(second)) == (0, 1)


def test_whoever_acts_for_an_enterprise_no_more_reads_no_more_of_it(above: AbovesFake) -> None:
    agent, firm = a_person(), key_of(a_person())
    above.readers_of[firm] = [key_of(agent)]
    notices.tell([news(firm)], at=NOON)
    entitled = replace(agent, mandates=frozenset({firm}))
    [row] = notices.notices_of(entitled).rows
    assert titles(agent) == [] and notices.unread(agent) == 0
    with pytest.raises(Refusal, match="notices.unknown"):
        notices.mark_read(row.id, agent, at=NOON)


def test_a_token_of_an_enterprise_reads_nothing_private(above: AbovesFake) -> None:
    agent, firm = a_person(), key_of(a_person())
    notices.tell([news(key_of(agent))], at=NOON)
    assert titles(replace(agent, mandates=frozenset({firm}), acting_for=firm)) == []


def test_a_stranger_opens_nothing_and_changes_nothing(above: AbovesFake) -> None:
    person = a_person()
    notices.tell([news(key_of(person))], at=NOON)
    [row] = notices.notices_of(person).rows
    for other in (a_person(), NOBODY):
        with pytest.raises(Refusal, match="notices.unknown"):
            notices.mark_read(row.id, other, at=NOON)
    assert notices.unread(person) == 1


@pytest.mark.parametrize("number", [0, 10**30])
def test_a_number_that_no_notice_has_is_said_so(above: AbovesFake, number: int) -> None:
    with pytest.raises(Refusal, match="notices.unknown"):
        notices.mark_read(number, a_person(), at=NOON)


def test_opening_marks_it_read_at_the_first_time_and_says_where_it_leads(above: AbovesFake) -> None:
    person = a_person()
    notices.tell([news(key_of(person), "certificates.issued", number="7QK4M2XA-001")], at=NOON)
    [row] = notices.notices_of(person).rows
    for at in (NOON, NOON + timedelta(days=1)):
        leads = notices.mark_read(row.id, person, at=at)
    assert (leads.about, leads.number) == (notices.About.CERTIFICATE, "7QK4M2XA-001")
    assert run("select read_at from notices_notice where id = $1::bigint", (row.id,)) == [(NOON,)]


def test_pages_hold_every_notice_once(above: AbovesFake) -> None:
    person = a_person()
    notices.tell([news(key_of(person), at=NOON + timedelta(minutes=at)) for at in range(45)], at=NOON)
    seen, cursor = [], ""
    while True:
        page = notices.notices_of(person, cursor=cursor)
        seen += [row.id for row in page.rows]
        if page.next is None:
            break
        cursor = page.next
    assert len(seen) == len(set(seen)) == 45 and seen == sorted(seen, reverse=True)
    assert notices.unread(person) == 45


@pytest.mark.parametrize("length", [1, 30])
def test_telling_and_asking_cost_the_same_however_many(
    above: AbovesFake, post: Post, length: int, django_assert_num_queries
) -> None:
    person = a_person()
    events = above.happens(*(news(key_of(person)) for _ in range(length)))
    notices_and_deliveries, transaction = 2, 2
    with django_assert_num_queries(notices_and_deliveries + transaction):
        told = commands.tell_of(events, at=NOON)
    assert len(told.deliveries) == length
    with django_assert_num_queries(1):
        assert len(notices.notices_of(person).rows) == min(length, 20)
    with django_assert_num_queries(1):
        assert notices.unread(person) == length


def test_a_correction_that_is_awaited_is_reminded_of_once(above: AbovesFake) -> None:
    person = a_person()
    asked = news(key_of(person), "cases.returned-for-correction")
    told = commands.tell_of(above.happens(asked), at=NOON)
    [reminder] = told.reminders
    above.correcting[asked.event] = asked
    for _ in range(2):
        commands.remind(reminder.event, at=reminder.at)
    assert titles(person) == ["还在等您补正", "需要补正"]


def test_a_correction_that_was_handed_in_is_not_reminded_of(above: AbovesFake) -> None:
    person = a_person()
    [event] = above.happens(news(key_of(person), "cases.reminded"))
    assert commands.remind(event, at=NOON + timedelta(days=4)) == commands.Told(0)
    assert titles(person) == []


def test_where_the_days_moved_the_reminder_is_put_off(above: AbovesFake) -> None:
    asked = news(key_of(a_person()), "cases.returned-for-correction")
    above.correcting[asked.event] = asked
    told = commands.remind(asked.event, at=NOON)
    assert told.notices == 0
    assert [(one.event, one.at.date()) for one in told.reminders] == [
        (asked.event, asked.days["correct_warn"])
    ]
