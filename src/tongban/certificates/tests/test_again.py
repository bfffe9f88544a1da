"""The same order twice is one act and one answer; any other order on what is no more is refused."""

import pytest

from tongban.certificates import commands, queries
from tongban.certificates.tests.world import MONDAY, an_officer, handler_of, issued, leader_of
from tongban.kernel.access import Role
from tongban.kernel.ids import Version
from tongban.kernel.refusal import Refusal
from tongban.kernel.sql import run

pytestmark = pytest.mark.usefixtures("transactional_db")

SEEN = Version(1)
PLACE = {"经营场所": "成都市锦江区东大街9号"}

ORDERS = {
    "suspend": lambda number, by: commands.suspend(number, seen=SEEN, by=by, at=MONDAY, text="现场核查。"),
    "cancel": lambda number, by: commands.cancel(number, seen=SEEN, by=by, at=MONDAY, text="不再经营。"),
    "ask": lambda number, by: commands.ask_revocation(
        number, seen=SEEN, by=by, at=MONDAY, ground="penalty", text="多次违法。"
    ),
    "change": lambda number, by: commands.change(
        number, seen=SEEN, by=by, at=MONDAY, lines=PLACE, text="搬迁。"
    ),
}


def kinds_of(number):
    return [
        kind
        for (kind,) in run(
            "select kind from certificates_event e join certificates_certificate c on c.id = e.certificate_id"
            " where c.serial = $1::text order by e.certificate_id, e.seq",
            (number[:16],),
        )
    ]


@pytest.mark.parametrize("order", ORDERS)
def test_the_same_order_again_gives_the_same_answer_and_changes_nothing(order):
    number, of = issued()
    officer = handler_of(of)
    first = ORDERS[order](number, officer)
    once = kinds_of(number)
    assert ORDERS[order](number, officer) == first
    assert kinds_of(number) == once


def test_an_approval_whose_answer_was_lost_is_told_again_to_whoever_gave_it_alone():
    number, of = issued()
    leader = leader_of(of)
    seen = ORDERS["ask"](number, handler_of(of)).version
    first = commands.approve_revocation(number, seen=seen, by=leader, at=MONDAY)
    assert commands.approve_revocation(number, seen=seen, by=leader, at=MONDAY) == first
    with pytest.raises(Refusal, match="certificates.stale"):
        commands.approve_revocation(number, seen=seen, by=leader_of(of), at=MONDAY)
    assert kinds_of(number) == ["issued", "revocation-asked", "revoked"]


OTHERS = {
    "another officer": lambda number, of, by: ORDERS["suspend"](number, handler_of(of)),
    "other words": lambda number, of, by: commands.suspend(
        number, seen=SEEN, by=by, at=MONDAY, text="别的理由。"
    ),
    "another act": lambda number, of, by: ORDERS["cancel"](number, by),
}


@pytest.mark.parametrize("other", OTHERS)
def test_another_order_on_what_was_seen_before_is_refused_and_told_what_happened(other):
    number, of = issued()
    officer = handler_of(of)
    ORDERS["suspend"](number, officer)
    with pytest.raises(Refusal, match="certificates.stale") as refused:
        OTHERS[other](number, of, officer)
    assert [fault["kind"] for fault in refused.value.faults] == ["suspended"]
    assert kinds_of(number) == ["issued", "suspended"]


def test_another_change_is_not_taken_for_the_one_that_was_made():
    number, of = issued()
    officer = handler_of(of)
    ORDERS["change"](number, officer)
    with pytest.raises(Refusal, match="certificates.stale"):
        commands.change(number, seen=SEEN, by=officer, at=MONDAY, lines={"经营场所": "别处"}, text="搬迁。")


@pytest.mark.parametrize("seen", [-1, 0, 1, 2, 10**6])
def test_whoever_may_not_act_is_not_told_what_happened(seen):
    number, of = issued()
    ORDERS["suspend"](number, handler_of(of))
    with pytest.raises(Refusal, match="access.not-allowed") as refused:
        commands.cancel(number, seen=Version(seen), by=an_officer("x", Role.LEADER), at=MONDAY, text="?")
    assert refused.value.faults == []


@pytest.mark.parametrize("seen", [-1, 0, 2, 10**6])
def test_a_version_nobody_saw_is_stale(seen):
    number, of = issued()
    with pytest.raises(Refusal, match="certificates.stale"):
        commands.suspend(number, seen=seen, by=handler_of(of), at=MONDAY, text="核查。")
    assert queries.check(number, at=MONDAY).valid
