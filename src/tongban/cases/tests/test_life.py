"""The table of life, asked as a whole."""

from tongban.cases.rules.life import CLOSED, LIFE, REVERSIBLE, WORKED_ON, Act, Stage
from tongban.cases.rules.words import ACT_NAMES, STAGE_NAMES


def reachable(start: Stage) -> set[Stage]:
    seen, ahead = {start}, [start]
    while ahead:
        for after in LIFE[ahead.pop()].values():
            if after not in seen:
                seen.add(after)
                ahead.append(after)
    return seen


def test_every_stage_is_in_the_table_and_can_be_reached():
    # Of several that were applied for together, some begin by waiting for the result of another.
    assert set(LIFE) == set(Stage) == reachable(Stage.AWAITING_RESULT)


def test_every_unfinished_case_can_still_be_finished():
    for stage in Stage:
        assert stage in CLOSED or reachable(stage) & CLOSED


def test_a_closed_case_knows_no_further_act_but_that_its_grant_is_revoked():
    ended = {Stage.NOT_ACCEPTED, Stage.COMPLETED, Stage.REVOKED, Stage.WITHDRAWN, Stage.TERMINATED}
    assert ended == CLOSED
    assert {act for stage in CLOSED for act in LIFE[stage]} == {Act.REVOKE}
    assert all(LIFE[stage].get(Act.REVOKE, Stage.REVOKED) is Stage.REVOKED for stage in Stage)


def test_the_applicant_may_withdraw_until_the_decision_and_never_after():
    may = {stage for stage in Stage if Act.WITHDRAW in LIFE[stage]}
    assert may == {
        Stage.AWAITING_RESULT,
        Stage.SUBMITTED,
        Stage.AWAITING_CORRECTION,
        Stage.RESUBMITTED,
        Stage.ACCEPTED,
        Stage.SPECIAL_PROCEDURE,
    }


def test_a_correction_notice_can_be_sent_once_only():
    after_notice = reachable(Stage.AWAITING_CORRECTION)
    assert not any(Act.RETURN_FOR_CORRECTION in LIFE[stage] for stage in after_notice)


def test_what_the_applicant_or_the_law_did_stays_done():
    done = {Act.RESUBMIT, Act.SUPPLY, Act.WITHDRAW, Act.DEEM_ACCEPTED, Act.DELIVER, Act.COMPLETE}
    # What was revoked has its remedies: no officer brings back a certificate that everybody was told is void.
    assert not REVERSIBLE & (done | {Act.REVOKE})


def test_only_stages_with_something_to_do_for_the_office_wait_in_a_queue():
    assert {
        stage for stage in Stage if LIFE[stage].keys() & {Act.ACCEPT, Act.GRANT, Act.END_SPECIAL_PROCEDURE}
    } == WORKED_ON


def test_everything_has_a_name_that_people_read():
    assert set(STAGE_NAMES) == set(Stage) and set(ACT_NAMES) == set(Act)
