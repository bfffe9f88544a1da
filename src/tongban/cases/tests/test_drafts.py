"""Drafts in the database: begun, sealed, kept, claimed, shared by two devices, gone."""

from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tongban.cases import commands
from tongban.cases.commands import Beginning, Writer
from tongban.cases.commands.drafts import MOST_FROM_AN_ADDRESS
from tongban.cases.queries import draft_of, drafts, files_of
from tongban.cases.tests.drafting import (
    ANOTHER,
    HERE,
    SECRET,
    STRANGER,
    a_photo,
    a_writer,
    begun,
    code_of,
    filled_in,
    typed,
)
from tongban.cases.tests.world import (
    FOOD_ANSWERS,
    JINJIANG,
    MONDAY,
    an_agent,
)
from tongban.catalogue import api as catalogue
from tongban.identity import api as identity
from tongban.kernel.access import NOBODY
from tongban.kernel.refusal import Refusal
from tongban.kernel.sql import run


def test_a_draft_begins_with_what_is_known_and_says_from_where(world):
    by = a_writer()
    view = draft_of(begun(world, by), by)
    assert view.filled.answers == {"phone": "13800000001"}
    [phone] = [one for task in view.pages for one in view.answered_on(task.page) if one.field.name == "phone"]
    assert (phone.said, phone.source) == ("13800000001", "来自您的实名信息")


def test_for_an_enterprise_its_name_and_code_need_not_be_typed(world):
    agent = an_agent("成都小满餐饮有限公司")
    [enterprise] = identity.enterprises_of(agent)
    by = Writer(replace(agent, acting_for=None))
    draft = begun(world, by, Beginning(JINJIANG, acting_for=enterprise.code))
    answers = draft_of(draft, by).filled.answers
    assert (answers["enterprise_name"], answers["uscc"]) == (enterprise.name, enterprise.code)
    commands.choose(draft, HERE, by=by, at=MONDAY)
    assert "uscc" not in draft_of(draft, by).filled.answers
    with pytest.raises(Refusal, match="identity.no-mandate"):
        begun(world, a_writer(), Beginning(JINJIANG, acting_for=enterprise.code))


def test_what_the_guide_asked_is_not_asked_again_and_nothing_else_is_taken_over(world):
    situation = {"food-business-form": "catering", "uscc": "91510104MA0000000X", "no-such": "x"}
    view = draft_of(begun(world, STRANGER, Beginning(JINJIANG, situation=situation)), STRANGER)
    assert view.filled.answers == {"form": "catering"}
    assert view.filled.sources == {"form": "guide"}


def test_where_no_office_is_chosen_nothing_begins(world):
    with pytest.raises(Refusal, match="cases.draft.no-office"):
        begun(world, a_writer(), Beginning("530702"))


def test_an_officer_begins_nothing_and_finds_nobodys_draft(world):
    draft = begun(world, a_writer())
    for deed in (lambda: begun(world, Writer(world.handler)), lambda: draft_of(draft, Writer(world.handler))):
        with pytest.raises(Refusal) as refused:
            deed()
        assert code_of(refused) in ("access.not-allowed", "cases.draft.unknown")


def test_a_draft_is_nobody_elses(world):
    mine, begun_here = begun(world, a_writer()), begun(world, STRANGER)
    for draft, other in (
        (mine, a_writer()),
        (mine, STRANGER),
        (begun_here, Writer(NOBODY, ANOTHER)),
        (begun_here, a_writer()),
        (uuid4(), a_writer()),
    ):
        for deed in (
            lambda draft=draft, by=other: draft_of(draft, by),
            lambda draft=draft, by=other: commands.save(
                draft, typed(world, {"phone": "1"}), by=by, at=MONDAY
            ),
            lambda draft=draft, by=other: commands.discard(draft, by=by, at=MONDAY),
            lambda draft=draft, by=other: commands.claim(draft, by=by, at=MONDAY),
        ):
            with pytest.raises(Refusal) as refused:
                deed()
            assert code_of(refused) in ("cases.draft.unknown", "access.sign-in")


def test_faulty_answers_are_kept_as_they_were_typed(world):
    by = a_writer()
    draft = begun(world, by)
    commands.save(draft, typed(world, {"phone": "12345", "area": "很大"}), by=by, at=MONDAY)
    view = draft_of(draft, by)
    assert (view.filled.answers["phone"], view.filled.answers["area"]) == ("12345", "很大")
    assert {"phone", "area"} <= set(view.reading.faults)


def test_of_two_devices_the_later_is_told_what_differs_and_neither_is_lost(world):
    by = a_writer()
    draft = begun(world, by)
    commands.save(draft, typed(world, {"place": "总府路1号", "area": "86"}, page="place"), by=by, at=MONDAY)
    with pytest.raises(Refusal) as refused:
        commands.save(draft, typed(world, {"place": "东大街9号", "area": "86"}, seen=1), by=by, at=MONDAY)
    assert code_of(refused) == "cases.draft.changed-elsewhere"
    assert [fault["place"] for fault in refused.value.faults] == ["place"]
    assert "总府路" not in str(refused.value.faults)
    view = draft_of(draft, by)
    assert view.filled.answers["place"] == "总府路1号"
    commands.save(draft, typed(world, {"place": "东大街9号"}, seen=view.version), by=by, at=MONDAY)
    assert draft_of(draft, by).filled.answers["place"] == "东大街9号"


def test_two_pages_saved_at_the_same_moment_are_both_kept(world, at_once):
    by = a_writer()
    draft = begun(world, by)
    pages = [{"place": "总府路1号"}, {"area": "86"}, {"manager": "李安全"}, {"remarks": "靠窗"}]
    answers = at_once(
        *(
            lambda one=one, n=n: commands.save(draft, typed(world, one, page=str(n)), by=by, at=MONDAY)
            for n, one in enumerate(pages)
        )
    )
    assert answers == [None] * 4
    kept = draft_of(draft, by).filled.answers
    assert all(kept[name] == value for one in pages for name, value in one.items())


def test_what_a_browser_began_becomes_the_persons_and_only_theirs(world):
    draft = begun(world, STRANGER)
    commands.save(draft, typed(world, {"area": "86"}), by=STRANGER, at=MONDAY)
    by = a_writer()
    commands.claim(draft, by=replace(by, secret=SECRET), at=MONDAY)
    view = draft_of(draft, by)
    assert view.claimed
    assert view.filled.answers == {"area": "86", "phone": "13800000001"}
    with pytest.raises(Refusal, match="access.sign-in"):
        draft_of(draft, STRANGER)
    commands.claim(draft, by=replace(by, secret=SECRET), at=MONDAY)
    assert draft_of(draft, by).version == view.version


def test_neither_the_database_nor_the_ring_opens_what_a_browser_began(world):
    draft = begun(world, STRANGER)
    commands.save(draft, typed(world, {"place": "总府路1号"}), by=STRANGER, at=MONDAY)
    [(row, sealed, wrapped)] = run(
        "select d::text, sealed, wrapped from cases_draft d where id = $1::uuid", (draft,)
    )
    assert wrapped is None
    assert "总府路" not in row and SECRET.hex() not in row
    assert "总府路".encode() not in bytes(sealed)


def test_a_draft_that_is_kept_longer_keeps_its_files_as_long(world):
    by = a_writer()
    draft = begun(world, by)
    commands.attach(draft, "food-layout", [("图.jpg", a_photo())], by=by, at=MONDAY)
    for days in (29, 58, 87):
        at = MONDAY + timedelta(days=days)
        commands.save(draft, typed(world, {"area": str(days)}, seen=99), by=by, at=at)
    assert by.viewer.person is not None
    end = draft_of(draft, by).kept_until - timedelta(seconds=1)
    [file] = files_of(draft_of(draft, by), "food-layout", at=end)
    assert run("select expires_at >= $2 from papers_file where id = $1", (file.id, end)) == [(True,)]


def test_drafts_go_thirty_days_after_their_last_change_and_unclaimed_ones_after_a_day(world):
    by = a_writer()
    mine, begun_here = begun(world, by), begun(world, STRANGER)
    assert draft_of(mine, by).kept_until == MONDAY + timedelta(days=30)
    assert draft_of(begun_here, STRANGER).kept_until == MONDAY + timedelta(days=1)
    later = MONDAY + timedelta(days=10)
    commands.save(mine, typed(world, {"area": "86"}), by=by, at=later)
    commands.expire_drafts(MONDAY + timedelta(days=31))
    with pytest.raises(Refusal, match="access.sign-in"):
        draft_of(begun_here, STRANGER)
    assert draft_of(mine, by).kept_until == later + timedelta(days=30)
    assert drafts(by.viewer, at=later + timedelta(days=30)) == []
    commands.expire_drafts(later + timedelta(days=30))
    with pytest.raises(Refusal, match="cases.draft.unknown"):
        draft_of(mine, by)


def test_a_discarded_draft_leaves_nothing(world):
    by = a_writer()
    draft = filled_in(world, by)
    commands.discard(draft, by=by, at=MONDAY)
    assert run("select count(*) from cases_draft where id = $1::uuid", (draft,)) == [(0,)]
    assert run("select count(*) from papers_file where uploader = $1::bytea", (by.viewer.person,)) == [(0,)]


def test_a_list_tells_how_far_each_draft_is_and_costs_one_statement(world, django_assert_num_queries):
    by = a_writer()
    for _ in range(3):
        begun(world, by)
    commands.save(draft := begun(world, by), typed(world, FOOD_ANSWERS), by=by, at=MONDAY)
    with django_assert_num_queries(1):
        rows = drafts(by.viewer, at=MONDAY)
    assert len(rows) == 4
    assert {row.item for row in rows} == {catalogue.item(world.item).name}
    [full] = [row for row in rows if row.id == draft]
    assert full.done == full.steps > 5
    assert drafts(a_writer().viewer, at=MONDAY) == []
    with django_assert_num_queries(0):
        assert drafts(NOBODY, at=MONDAY) == drafts(world.handler, at=MONDAY) == []


def test_no_more_than_so_many_drafts_are_open_at_once(world):
    by = a_writer()
    for _ in range(20):
        begun(world, by)
    with pytest.raises(Refusal, match="cases.draft.too-many"):
        begun(world, by)
    commands.discard(drafts(by.viewer, at=MONDAY)[0].id, by=by, at=MONDAY)
    begun(world, by)


def test_what_is_read_and_written_of_a_draft_has_its_price(world, django_assert_num_queries):
    by = a_writer()
    draft = begun(world, by)
    with django_assert_num_queries(1):
        draft_of(draft, by)
    with CaptureQueriesContext(connection) as asked:
        commands.save(draft, typed(world, {"area": "86"}), by=by, at=MONDAY)
    assert len([one for one in asked if one["sql"] not in ("BEGIN", "COMMIT")]) == 2


def a_browser(nth: int, address: str) -> Writer:
    """Somebody who has not signed in, at an address that many share."""
    return Writer(NOBODY, sha256(f"{nth} {address}".encode()).digest(), address)


def test_before_sign_in_beginnings_from_one_address_are_bounded_and_it_is_not_kept(world):
    address = str(uuid4())
    for nth in range(MOST_FROM_AN_ADDRESS):
        begun(world, a_browser(nth, address))
    with pytest.raises(Refusal, match=r"cases\.draft\.too-many-from-here") as refused:
        begun(world, a_browser(99, address))
    assert refused.value.status == 429 and "60" in refused.value.do
    begun(world, a_browser(99, f"not {address}"))
    begun(world, replace(a_writer(), address=address))
    later = MONDAY + timedelta(hours=1, seconds=1)
    commands.begin(world.item, HERE, by=a_browser(100, address), at=later)
    [(kept,)] = run("select count(*) from identity_signincount where key like $1::text", (f"%{address}%",))
    assert kept == 0
