"""The mandate that a founding gave ends with the licence, in one transaction, and is told in its story."""

from dataclasses import replace

import pytest

from tongban.certificates import commands, queries
from tongban.certificates.tests.world import (
    MONDAY,
    a_person,
    an_officer,
    handler_of,
    issued,
    owner_of,
    revoked,
)
from tongban.identity import api as identity
from tongban.kernel.access import Role
from tongban.kernel.ids import PersonKey
from tongban.kernel.refusal import Refusal
from tongban.kernel.sql import run

pytestmark = pytest.mark.usefixtures("transactional_db")


def a_founded_enterprise():
    """A business licence by its number, its order, its founder, and the enterprise."""
    founder = a_person()
    number, order = issued("business-licence", holder=founder.person)
    [(holder,)] = run("select holder from certificates_certificate where serial = $1::text", (number[:16],))
    return number, order, founder, PersonKey(bytes(holder))


def mandates_of(enterprise):
    """Who may act for it still, and who did until when."""
    return run(
        "select person_key, revoked_at from identity_mandate where enterprise_id = $1::bytea", (enterprise,)
    )


def cancelled(number, order):
    commands.cancel(number, seen=None, by=handler_of(order), at=MONDAY, text="公司解散，已经清算完毕。")


def undone(number, order):
    assert commands.revoke_with_grant(order.case, order.granted, at=MONDAY) == 1


def forfeited(number, order):
    revoked(number, order, ground="penalty")


@pytest.mark.parametrize("ended", [revoked, forfeited, cancelled, undone])
def test_a_licence_taken_back_ends_the_mandate_that_it_gave_and_says_so(ended):
    number, order, founder, enterprise = a_founded_enterprise()
    ended(number, order)
    assert mandates_of(enterprise) == [(founder.person, MONDAY)]
    story = queries.certificate(number, founder, at=MONDAY).story
    assert story[-1].words == "设立时给的授权同时停止"


def test_a_suspended_or_changed_licence_leaves_the_mandate():
    number, order, founder, enterprise = a_founded_enterprise()
    acting = {"seen": None, "by": handler_of(order), "at": MONDAY}
    later = commands.change(number, **acting, lines={"法定代表人": "李大满"}, text="变更。")
    commands.suspend(later, **acting, text="核查。")
    assert mandates_of(enterprise) == [(founder.person, None)]
    commands.cancel(later, **acting, text="公司解散。")
    assert mandates_of(enterprise) == [(founder.person, MONDAY)]


def test_whoever_else_acts_for_the_enterprise_still_does():
    number, order, founder, enterprise = a_founded_enterprise()
    clerk = a_person()
    identity.entitle(clerk.person, enterprise, at=MONDAY, since=MONDAY.date())
    revoked(number, order)
    assert dict(mandates_of(enterprise)) == {founder.person: MONDAY, clerk.person: None}


def test_a_refused_act_leaves_the_mandate():
    number, order, founder, enterprise = a_founded_enterprise()
    both = an_officer(order.body, Role.HANDLER, Role.LEADER)
    commands.ask_revocation(number, seen=None, by=both, at=MONDAY, ground="penalty", text="违法。")
    with pytest.raises(Refusal, match="certificates.revocation.own"):
        commands.approve_revocation(number, seen=None, by=both, at=MONDAY)
    assert mandates_of(enterprise) == [(founder.person, None)]


def test_the_founder_reads_what_became_of_it_and_no_later_agent_of_a_standing_one_does():
    number, order, founder, enterprise = a_founded_enterprise()
    agent = replace(founder, mandates=frozenset({enterprise}))
    assert queries.certificate(number, agent, at=MONDAY).lines
    with pytest.raises(Refusal, match="access.not-allowed"):
        queries.certificate(number, founder, at=MONDAY)
    assert queries.wallet(founder, at=MONDAY) == []
    revoked(number, order)
    [row] = queries.wallet(founder, at=MONDAY)
    view = queries.certificate(number, founder, at=MONDAY)
    assert (row.number, row.says, bool(view.lines)) == (number, "已撤销", True)
    assert "材料虚假。" in [told.reason for told in view.story]
    assert [one.number for one in queries.of_case(order.case, founder, at=MONDAY)] == [number]
    with pytest.raises(Refusal, match="access.not-allowed"):
        queries.certificate(number, a_person(), at=MONDAY)


def test_other_certificates_end_no_mandate():
    number, order = issued()
    commands.cancel(number, seen=None, by=handler_of(order), at=MONDAY, text="不再经营。")
    story = queries.certificate(number, owner_of(order), at=MONDAY).story
    assert [told.words for told in story] == ["颁发", "注销"]
