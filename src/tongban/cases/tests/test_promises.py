"""The database keeps the last promises, whoever writes, and one act on a case waits for the other."""

import pytest
from django.db import IntegrityError, transaction

from tongban.cases import commands, models
from tongban.cases.tests.waiting import after_waiting
from tongban.cases.tests.world import MONDAY, kinds_of, version_of
from tongban.kernel.sql import run

A_DRAFT = (
    "insert into cases_draft (id, owner, bearer, wrapped, sealed, item, item_version, version, done, steps,"
    " changed_at, kept_until, told)"
    " select gen_random_uuid(), {}, item, 1, 1, 0, 1, now(), now(), false from cases_case where id = $1"
)
"""Owner, bearer, key and content are left open."""

HELD_BY_HALF = (
    A_DRAFT.format("applicant, null, '', ''")
    .replace("told)", "told, held_by)")
    .replace("false from", "false, gen_random_uuid() from")
)

# By the name of a promise, what would break it for a case that is accepted and to be extended.
A_JOINT_SERVICE = (
    "insert into cases_joint"
    " (id, number, service, version, name, region, applicant, filed_by, received_at, key, digest)"
    " select -nth, {}, item, 1, '', region, applicant, filed_by, now(), {}, ''"
    " from cases_case, generate_series(1, 2) nth where id = $1"
)

FORBIDDEN = {
    "one_queue_for_an_item_at_a_body": "insert into cases_queue (id, item, body, region, head)"
    " select q.id || '.', q.item, q.body, q.region, 0"
    " from cases_queue q join cases_case c on c.queue = q.id where c.id = $1",
    "one_case_of_a_number": "insert into cases_case select r.* from cases_case c,"
    " jsonb_populate_record(c, jsonb_build_object('id', -c.id, 'tag', '-' || c.id)) r where c.id = $1",
    "one_case_of_a_tag": "insert into cases_case select r.* from cases_case c,"
    " jsonb_populate_record(c, jsonb_build_object('id', -c.id, 'number', '-' || c.id)) r where c.id = $1",
    "a_waiting_case_is_not_taken": "update cases_case set waits = true where id = $1",
    "only_a_case_worked_on_waits": "update cases_case"
    " set waits = true, taken_by = null, stage = 'awaiting-correction' where id = $1",
    "only_one_of_several_waits_for_a_result": "update cases_case set stage = 'awaiting-result' where id = $1",
    "one_joint_service_of_a_number": A_JOINT_SERVICE.format("'a number'", "int8send(-nth)"),
    "one_joint_service_of_a_submission": A_JOINT_SERVICE.format("'number ' || nth", "'a key'"),
    "a_closed_case_is_not_open": "update cases_case set stage = 'completed' where id = $1",
    "an_export_is_of_cases_or_of_figures": "insert into cases_export"
    " (at, officer, body, region, what, narrowed, rows, cut)"
    " select now(), gen_random_uuid(), body, region, 'people', '', 1, false from cases_case where id = $1",
    "one_event_at_a_place_in_the_story": "insert into cases_event (case_id, seq, kind, version, at, body)"
    " select case_id, seq, 'withdrawn', version, at, body from cases_event where case_id = $1 and seq = 1",
    "a_key_is_held_or_destroyed": "update cases_key set destroyed_at = now() where case_id = $1",
    "one_content_of_a_name": "insert into cases_content (case_id, name, sealed)"
    " select case_id, name, '' from cases_content where case_id = $1",
    "a_file_is_handed_in_once": "insert into cases_material (case_id, seq, kind, file, sealed)"
    " select case_id, seq, kind, file, '' from cases_material where case_id = $1",
    "one_timer_of_a_kind": "insert into cases_timer (case_id, kind, due_at)"
    " select $1, 'silence', now() from generate_series(1, 2)",
    "nobody_approves_what_they_asked_for": "update cases_approval"
    " set answered_by = asked_by, answered_at = now(), given = true where case_id = $1",
    "a_look_is_contested_once": "insert into cases_contest"
    " (case_id, seq, look, body, region, looked_by, asked_at, due)"
    " select $1, nth, 7, '', '', gen_random_uuid(), now(), now() from generate_series(1, 2) nth",
    "nobody_answers_for_their_own_look": "insert into cases_contest"
    " (case_id, seq, look, body, region, looked_by, asked_at, due, answered_by, answered_at)"
    " select id, 1, -id, body, region, taken_by, now(), now(), taken_by, now()"
    " from cases_case where id = $1",
    "one_consultation_at_a_place_in_the_story": "insert into cases_consultation"
    " (case_id, seq, body, asked_by, asked_at, due)"
    " select $1, 1, '', gen_random_uuid(), now(), now() from generate_series(1, 2)",
    "nobody_answers_their_own_question": "insert into cases_consultation"
    " (case_id, seq, body, asked_by, asked_at, due, answered_by, answered_at)"
    " select id, 1, body, taken_by, now(), now(), taken_by, now() from cases_case where id = $1",
    "a_draft_is_a_persons_or_a_browsers": A_DRAFT.format("null, null, '', ''"),
    "a_draft_is_open_or_submitted_and_empty": A_DRAFT.format("applicant, null, '', null"),
    "the_key_of_a_persons_open_draft_is_kept_and_no_other": A_DRAFT.format("applicant, null, null, ''"),
    "a_draft_at_a_window_is_a_persons_and_says_whose_hands_it_is_in": HELD_BY_HALF,
    "one_open_approval_for_an_act": "insert into cases_approval"
    " (id, case_id, body, act, seq, reason, asked_by, asked_at)"
    " select gen_random_uuid(), case_id, body, act, seq, reason, gen_random_uuid(), asked_at"
    " from cases_approval where case_id = $1",
}


@pytest.mark.parametrize("promise", FORBIDDEN)
def test_the_database_keeps_its_promise(world, promise):
    number = world.accepted()
    commands.extend(number, seen=None, by=world.handler, at=MONDAY, text="情况复杂")
    [(case,)] = run("select id from cases_case where number = $1::text", (number,))
    with pytest.raises(IntegrityError, match=promise), transaction.atomic():
        run(FORBIDDEN[promise].replace("$1", "$1::bigint"), (case,))


def test_every_promise_of_the_database_is_tried():
    stored = [getattr(models, name) for name in models.__all__]
    assert {one.name for model in stored for one in model._meta.constraints} == set(FORBIDDEN)


def test_while_one_act_has_not_committed_the_next_waits_and_is_then_stale(world):
    number = world.accepted()
    at_hand = {"seen": version_of(number), "by": world.handler, "at": MONDAY}
    _, refused = after_waiting(
        lambda: commands.grant(number, text="准予", **at_hand),
        lambda: commands.refuse(number, text="不准", **at_hand),
        waits_for="cases_case",
    )
    assert refused.code == "cases.stale"
    assert kinds_of(number)[-1] == "granted"
