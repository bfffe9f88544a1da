"""Calls back: asked for once, opened on record, made by those alone who may, and deleted in time."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from tongban.engine.packs.tests.copies import PACKS
from tongban.hotline import commands, queries, rules
from tongban.hotline.commands import Asked, Asking, Outcome
from tongban.hotline.models import CallBack
from tongban.hotline.rules import Request, Stage
from tongban.kernel.access import NOBODY, Officer, Role, Viewer
from tongban.kernel.calendars import load_calendar
from tongban.kernel.hanging import rewrap_all
from tongban.kernel.ids import AccountId, BodyCode, OfficerId, RegionCode
from tongban.kernel.keys import master_of, rotate
from tongban.kernel.refusal import Refusal

pytestmark = pytest.mark.django_db

JINJIANG, QINGYANG = RegionCode("510104"), RegionCode("510105")
FRIDAY = datetime(2026, 3, 6, 2, tzinfo=UTC)
HERE, ELSEWHERE = BodyCode("11510104MB9000099J"), BodyCode("11510105MB9000099J")
CALENDAR = load_calendar(PACKS / "calendar")


def an_officer(*roles: Role, body: BodyCode = HERE, region: RegionCode = JINJIANG) -> Viewer:
    officer = Officer(OfficerId(uuid4()), body, region, frozenset(roles), "测试人员")
    return Viewer(account=AccountId(uuid4()), officer=officer, shown_as="测试人员")


WINDOW = an_officer(Role.WINDOW)


def a_phone() -> str:
    return f"139{uuid4().int % 10**8:08d}"


def asking(phone: str = "", **told: str) -> Asking:
    return replace(
        Asking(phone or a_phone(), "王奶奶", "津贴怎么领", "", JINJIANG, "morning"),
        **told,  # type: ignore[arg-type]
    )


def ask(
    one: Asking | None = None, *, key: UUID | None = None, address: str = "", at: datetime = FRIDAY
) -> Asked:
    return commands.ask(key or uuid4(), one or asking(), address=address or uuid4().hex, at=at)


def asked_for(region: RegionCode = JINJIANG) -> UUID:
    key = uuid4()
    ask(asking(region=region), key=key)
    return key


def waiting_for(viewer: Viewer) -> set[UUID]:
    return {one.id for one in queries.calls_waiting(viewer)}


def test_the_promise_is_the_next_working_day():
    assert ask().due == date(2026, 3, 9)


def test_pressed_twice_it_is_taken_down_once_and_the_same_word_is_told():
    one, key = asking(), uuid4()
    assert ask(one, key=key).word == ask(one, key=key).word
    assert CallBack.objects.filter(id=key).count() == 1


def test_the_key_of_another_request_tells_nobody_its_word():
    key = asked_for()
    with pytest.raises(IntegrityError), transaction.atomic():
        ask(asking(), key=key)


def test_nothing_that_was_told_stands_in_clear():
    told, key = asking(called="欧阳小满", what="低保停了"), uuid4()
    word = ask(told, key=key).word
    with connection.cursor() as cursor:
        cursor.execute("select c::text from hotline_callback c where id = %s", [key])
        [(row,)] = cursor.fetchall()
    for secret in (told.phone, told.called, told.what, word, word.split()[0]):
        assert secret not in row
        assert secret.encode().hex() not in row


def test_an_officer_sees_the_number_only_by_opening_it_and_its_owner_sees_who_looked():
    told, key = asking(), uuid4()
    word = ask(told, key=key).word
    opened = commands.open_number(key, by=WINDOW, at=FRIDAY)
    assert (opened.phone, opened.called, opened.what, opened.word) == (told.phone, "王奶奶", told.what, word)
    found = queries.standing_of(told.phone, word)
    assert found is not None
    assert [(one.body, one.outcome) for one in found.calls] == [(HERE, None)]


def test_after_a_rotation_its_key_is_wrapped_anew_and_opens_the_same():
    told, key = asking(), uuid4()
    ask(told, key=key)
    current = rotate()
    assert rewrap_all(commands.KEY_TABLES)["calls"].done >= 1
    assert master_of(bytes(CallBack.objects.get(id=key).wrapped)) == current
    assert commands.open_number(key, by=WINDOW, at=FRIDAY).phone == told.phone


@pytest.mark.parametrize(
    ("viewer", "may"),
    [
        (WINDOW, True),
        (an_officer(Role.WINDOW, body=ELSEWHERE), True),
        (an_officer(Role.WINDOW, region=QINGYANG), False),
        (an_officer(Role.HANDLER), False),
        (an_officer(Role.SUPERVISOR), False),
        (an_officer(Role.ADMIN), False),
        (Viewer(account=AccountId(uuid4())), False),
        (NOBODY, False),
    ],
)
def test_what_is_nobodys_item_is_answered_by_any_window_of_its_region_and_nobody_else(viewer, may):
    key = asked_for()
    assert (key in waiting_for(viewer)) is may
    if may:
        commands.open_number(key, by=viewer, at=FRIDAY)
    else:
        with pytest.raises(Refusal, match="access"):
            commands.open_number(key, by=viewer, at=FRIDAY)
        with pytest.raises(Refusal, match="access"):
            commands.record_call(key, Outcome.REACHED, seen=0, by=viewer, at=FRIDAY)


def test_what_is_about_an_item_is_answered_by_its_office_alone():
    key = asked_for()
    CallBack.objects.filter(id=key).update(body=ELSEWHERE)
    theirs = an_officer(Role.WINDOW, body=ELSEWHERE)
    assert key not in waiting_for(WINDOW)
    assert key in waiting_for(theirs)
    with pytest.raises(Refusal, match=r"access\.not-allowed"):
        commands.open_number(key, by=WINDOW, at=FRIDAY)
    commands.open_number(key, by=theirs, at=FRIDAY)


def test_a_call_that_got_through_ends_it():
    key = asked_for()
    assert commands.record_call(key, Outcome.REACHED, seen=0, by=WINDOW, at=FRIDAY) is Stage.REACHED
    assert key not in waiting_for(WINDOW)
    with pytest.raises(Refusal, match=r"hotline\.over"):
        commands.record_call(key, Outcome.REACHED, seen=1, by=WINDOW, at=FRIDAY)


def test_three_calls_that_did_not_end_it_and_its_owner_reads_why():
    told, key = asking(), uuid4()
    word = ask(told, key=key).word
    for tries in range(3):
        commands.record_call(key, Outcome.NOT_REACHED, seen=tries, by=WINDOW, at=FRIDAY)
    found = queries.standing_of(told.phone, word)
    assert found is not None
    assert (found.stage, found.tries, found.tries_left) == (Stage.NOT_REACHED, 3, 0)


def test_what_a_colleague_recorded_meanwhile_is_not_recorded_twice():
    key = asked_for()
    commands.record_call(key, Outcome.NOT_REACHED, seen=0, by=WINDOW, at=FRIDAY)
    with pytest.raises(Refusal, match=r"hotline\.stale"):
        commands.record_call(key, Outcome.NOT_REACHED, seen=0, by=an_officer(Role.WINDOW), at=FRIDAY)


def test_only_number_and_word_together_find_it_however_the_word_is_written():
    one = asking()
    word = ask(one).word
    wide = word.translate({ord("0") + digit: ord("０") + digit for digit in range(10)})
    for written in (word, word.replace(" ", ""), word.replace(" ", "-"), wide):
        assert queries.standing_of(one.phone, written) is not None
    assert queries.standing_of(a_phone(), word) is None
    assert queries.standing_of(one.phone, "银杏 000 000") is None


def test_withdrawn_it_is_called_no_more():
    one, key = asking(), uuid4()
    word = ask(one, key=key).word
    commands.withdraw(one.phone, word, at=FRIDAY)
    assert key not in waiting_for(WINDOW)
    found = queries.standing_of(one.phone, word)
    assert found is not None
    assert found.stage is Stage.WITHDRAWN


def test_a_number_may_ask_twice_a_day_and_again_the_next():
    one = asking()
    for _ in range(rules.MOST_OF_A_PHONE):
        ask(one)
    with pytest.raises(Refusal, match=r"hotline\.too-many"):
        ask(one)
    ask(one, at=FRIDAY + timedelta(days=1))


def test_an_address_may_not_fill_the_list():
    for _ in range(rules.MOST_FROM_AN_ADDRESS):
        ask(address="203.0.113.7")
    with pytest.raises(Refusal, match=r"hotline\.too-many"):
        ask(address="203.0.113.7")
    ask(address="203.0.113.8")


def test_what_is_over_is_deleted_after_thirty_days_with_all_its_looks_and_what_waits_stays():
    over, waits, left = asked_for(), asked_for(), asked_for()
    commands.open_number(over, by=WINDOW, at=FRIDAY)
    commands.record_call(over, Outcome.REACHED, seen=0, by=WINDOW, at=FRIDAY)
    CallBack.objects.filter(id=left).update(asked_at=FRIDAY - timedelta(days=80))
    commands.expire(FRIDAY + timedelta(days=29))
    assert CallBack.objects.filter(id__in=[over, waits]).count() == 2
    assert not CallBack.objects.filter(id=left).exists()
    commands.expire(FRIDAY + timedelta(days=31))
    assert not CallBack.objects.filter(id=over).exists()
    assert CallBack.objects.filter(id=waits).exists()
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from hotline_call where call_back_id = %s", [over])
        assert cursor.fetchone() == (0,)


def test_the_database_keeps_a_call_either_waiting_or_ended():
    key = asked_for()
    with pytest.raises(IntegrityError, match="a_call_that_waits_has_not_ended"), transaction.atomic():
        CallBack.objects.filter(id=key).update(ended_at=FRIDAY)


@pytest.mark.parametrize("length", [1, 12])
def test_the_list_costs_one_statement_and_ones_own_two(length, django_assert_num_queries):
    for _ in range(length):
        one = asking()
        word = ask(one).word
    with django_assert_num_queries(1):
        assert len(queries.calls_waiting(WINDOW)) >= length
    with django_assert_num_queries(2):
        assert queries.standing_of(one.phone, word) is not None


@given(st.dates(date(2026, 1, 1), date(2026, 12, 1)))
def test_the_promise_always_ends_on_a_working_day_after_the_asking(day):
    due = rules.promised(day, CALENDAR)
    assert due > day
    assert CALENDAR.workdays_between(day, due) == 1


@given(st.lists(st.sampled_from(Outcome), max_size=6))
def test_however_calls_go_it_ends_by_the_third_and_never_begins_again(outcomes):
    stage, tries = Stage.WAITING, 0
    for outcome in outcomes:
        request = Request(JINJIANG, None, stage, tries)
        if stage is not Stage.WAITING:
            with pytest.raises(Refusal, match=r"hotline\.over"):
                rules.after(request, outcome, tries)
            continue
        stage, tries = rules.after(request, outcome, tries), tries + 1
    assert tries <= rules.MOST_TRIES
    assert (stage is Stage.WAITING) == (tries < rules.MOST_TRIES and Outcome.REACHED not in outcomes)
