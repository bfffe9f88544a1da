"""Changes one by one: seen, done or handed over, agreed to by another, recorded; and what must never be."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from tongban.administration import commands
from tongban.administration.commands import Asked
from tongban.administration.models import Change, Proposal
from tongban.administration.rules import steps
from tongban.administration.tests.world import (
    CITY,
    DISTRICT,
    ELSEWHERE,
    NOW,
    OTHER,
    TODAY,
    a_body,
    a_code,
    lay_out,
    someone,
    two_admins,
)
from tongban.directory import api as directory
from tongban.identity import api as identity
from tongban.kernel.access import Role, Viewer
from tongban.kernel.refusal import Refusal
from tongban.kernel.sql import run

pytestmark = pytest.mark.django_db

WHY = "按机构改革方案调整"


@pytest.fixture
def admins() -> tuple[Viewer, Viewer]:
    return two_admins()


def prepared(by: Viewer, *asked: steps.Step) -> UUID:
    return commands.propose(Asked("改动", asked, WHY), by=by, at=NOW)


def waiting(by: Viewer, *asked: steps.Step) -> UUID:
    proposal = prepared(by, *asked)
    assert commands.confirm(proposal, by=by, at=NOW) is None, "it takes a second person"
    return proposal


def recorded(proposal: UUID) -> Change:
    return Change.objects.get(proposal=proposal)


def officer_of(viewer: Viewer) -> str:
    assert viewer.officer is not None
    return str(viewer.officer.id)


def test_what_is_not_dangerous_is_done_by_one_and_recorded_with_who_and_why(admins):
    code = a_code()
    step = steps.HaveBody(code, "锦江区林业局", DISTRICT, "organ")
    proposal = prepared(admins[0], step)
    assert code not in {one.code for one in directory.bodies()}, "seen beforehand, nothing is done"
    commands.confirm(proposal, by=admins[0], at=NOW)
    change = recorded(proposal)
    assert directory.body(code).name == "锦江区林业局"
    assert (change.outcome, change.by_name, change.reason, change.second) == ("done", "管理一", WHY, None)
    assert "锦江区林业局" in change.lines
    assert not Proposal.objects.filter(id=proposal).exists()


def test_a_dangerous_change_waits_for_another_and_is_then_carried_out(admins):
    leader = someone(a_body(), Role.LEADER)
    suspension = steps.Suspend(officer_of(leader), TODAY)
    proposal = waiting(admins[0], suspension)
    assert not directory.suspensions(TODAY).get(leader.officer.id)
    with pytest.raises(Refusal, match="administration.agree.own"):
        commands.agree(proposal, by=admins[0], at=NOW)
    commands.agree(proposal, by=admins[1], at=NOW)
    assert directory.suspensions(TODAY)[leader.officer.id] == TODAY
    change = recorded(proposal)
    assert (change.outcome, change.by_name, change.second_name) == ("done", "管理一", "管理二")


DANGEROUS = {
    "removing a body": lambda body, leader: steps.CloseBody(body, TODAY),
    "moving a body": lambda body, leader: steps.HaveBody(body, directory.body(body).name, OTHER, "organ"),
    "widening a post": lambda body, leader: steps.HavePost(body, "handler", (Role.HANDLER, Role.WINDOW)),
    "appointing a leader": lambda body, leader: steps.Appoint(officer_of(leader), body, "admin", TODAY),
    "suspending a leader": lambda body, leader: steps.Suspend(officer_of(leader), TODAY),
    "a leader's password": lambda body, leader: steps.AdmitOfficer(officer_of(leader)),
    "relieving a leader": lambda body, leader: steps.Relieve(officer_of(leader), body, "leader", TODAY),
}


@pytest.mark.parametrize("which", DANGEROUS)
def test_what_is_dangerous_takes_a_second_person(which, admins):
    body = a_body()
    for role in (Role.ADMIN, Role.HANDLER):
        directory.ensure_post(body=body, title=str(role), roles=[role])
    leader = someone(body, Role.LEADER, region=DISTRICT)
    if which == "removing a body":
        post = next(one.id for one in directory.posts() if one.body == body and one.title == "leader")
        directory.relieve(leader.officer.id, post, on=TODAY)
    proposal = waiting(admins[0], DANGEROUS[which](body, leader))
    assert Proposal.objects.get(id=proposal).dangers
    commands.agree(proposal, by=admins[1], at=NOW)
    assert recorded(proposal).second_name == "管理二"


def test_what_one_person_may_do_needs_nobody_else(admins):
    body = a_body()
    handler = someone(body, Role.HANDLER, region=DISTRICT)
    for step in (
        steps.HavePost(body, "窗口", (Role.WINDOW,)),
        steps.Suspend(officer_of(handler), TODAY),
        steps.AdmitOfficer(officer_of(handler)),
        steps.Relieve(officer_of(handler), body, "handler", TODAY),
    ):
        assert commands.confirm(prepared(admins[0], step), by=admins[0], at=NOW) is not None


def test_declined_it_is_not_done_and_recorded_with_the_reason(admins):
    leader = someone(a_body(), Role.LEADER)
    proposal = waiting(admins[0], steps.Suspend(officer_of(leader), TODAY))
    with pytest.raises(Refusal, match="administration.reason"):
        commands.decline(proposal, " ", by=admins[1], at=NOW)
    commands.decline(proposal, "没有文件", by=admins[1], at=NOW)
    change = recorded(proposal)
    assert (change.outcome, change.word, change.second_name) == ("declined", "没有文件", "管理二")
    assert not directory.suspensions(TODAY)


def test_nobody_declines_or_withdraws_in_the_place_of_another(admins):
    leader = someone(a_body(), Role.LEADER)
    proposal = waiting(admins[0], steps.Suspend(officer_of(leader), TODAY))
    with pytest.raises(Refusal, match="administration.agree.own"):
        commands.decline(proposal, "不办了", by=admins[0], at=NOW)
    with pytest.raises(Refusal, match="administration.proposal.unknown"):
        commands.withdraw(proposal, by=admins[1], at=NOW)
    commands.withdraw(proposal, by=admins[0], at=NOW)
    assert recorded(proposal).outcome == "withdrawn"
    with pytest.raises(Refusal, match="administration.proposal.unknown"):
        commands.agree(proposal, by=admins[1], at=NOW)


def test_what_changed_meanwhile_makes_it_stale_and_is_named(admins):
    body = a_body()
    directory.ensure_post(body=body, title="科员", roles=[Role.HANDLER])
    proposal = waiting(admins[0], steps.HavePost(body, "科员", (Role.HANDLER, Role.LEADER)))
    directory.ensure_post(body=body, title="科员", roles=[Role.WINDOW])
    with pytest.raises(Refusal) as refused:
        commands.agree(proposal, by=admins[1], at=NOW)
    assert refused.value.code == "administration.proposal.stale"
    assert any("窗口" in fault["do"] for fault in refused.value.faults)
    assert Proposal.objects.filter(id=proposal).exists()
    roles = {one.roles for one in directory.posts() if one.body == body}
    assert roles == {frozenset({Role.WINDOW})}


def test_a_post_that_became_powerful_meanwhile_is_not_given_by_one_alone(admins):
    body = a_body()
    directory.ensure_post(body=body, title="科员", roles=[Role.HANDLER])
    handler = someone(body, Role.HANDLER, region=DISTRICT)
    proposal = prepared(admins[0], steps.Appoint(officer_of(handler), body, "科员", TODAY))
    directory.ensure_post(body=body, title="科员", roles=[Role.ADMIN])
    with pytest.raises(Refusal, match="administration.proposal.stale"):
        commands.confirm(proposal, by=admins[0], at=NOW)


def test_nobody_arranges_what_lies_outside_their_region(admins):
    away = a_body(ELSEWHERE)
    stranger = someone(away, Role.HANDLER, region=ELSEWHERE)
    handler = someone(a_body(), Role.HANDLER, region=DISTRICT)
    for step in (
        steps.HaveRegion("440703", "蓬江区", ELSEWHERE),
        steps.HaveBody(a_code(), "局", ELSEWHERE, "organ"),
        steps.HaveBody(away, "局", DISTRICT, "organ"),
        steps.HavePost(away, "科员", (Role.HANDLER,)),
        steps.Suspend(officer_of(stranger), TODAY),
        steps.AdmitOfficer(officer_of(stranger)),
        steps.Relieve(officer_of(stranger), away, "handler", TODAY),
    ):
        with pytest.raises(Refusal, match="access.not-allowed"):
            prepared(admins[0], step)
    with pytest.raises(Refusal, match="access.not-allowed"):
        prepared(handler, steps.HaveBody(a_code(), "局", DISTRICT, "organ"))


def test_an_administrator_of_a_district_does_not_agree_for_the_city(admins):
    small, _ = two_admins(DISTRICT)
    leader = someone(a_body(), Role.LEADER)
    proposal = waiting(admins[0], steps.Suspend(officer_of(leader), TODAY))
    with pytest.raises(Refusal, match="access.not-allowed"):
        commands.agree(proposal, by=small, at=NOW)


def test_an_administrator_of_the_city_agrees_for_a_district(admins):
    small, _ = two_admins(DISTRICT)
    leader = someone(a_body(), Role.LEADER)
    proposal = waiting(small, steps.Suspend(officer_of(leader), TODAY))
    commands.agree(proposal, by=admins[0], at=NOW)
    assert directory.suspensions(TODAY)


def test_what_is_not_there_is_refused_beforehand(admins):
    body = a_body()
    leader = someone(body, Role.LEADER)
    directory.ensure_region(code=CITY, name="成都市")
    for step, code in (
        (steps.HavePost(a_code(), "科员", (Role.HANDLER,)), "administration.unknown"),
        (steps.Appoint(officer_of(leader), body, "没有", TODAY), "administration.unknown"),
        (steps.HaveRegion("510106", "金牛区", "510199"), "administration.unknown"),
        (steps.HaveRegion("510106", "金牛区", "510104"), "directory.region.parent"),
        (steps.HaveBody(body, directory.body(body).name, DISTRICT, "organ"), "administration.nothing"),
        (steps.CloseBody(body, TODAY), "directory.body.held"),
        (steps.Restore(officer_of(leader), TODAY), "administration.restore.not-suspended"),
    ):
        with pytest.raises(Refusal, match=code):
            prepared(admins[0], step)


def test_a_suspension_ends_and_powers_come_back(admins):
    handler = someone(a_body(), Role.HANDLER, region=DISTRICT)
    commands.confirm(prepared(admins[0], steps.Suspend(officer_of(handler), TODAY)), by=admins[0], at=NOW)
    directory.forget()
    assert directory.officer(handler.officer.id, TODAY) is None
    back = prepared(admins[0], steps.Restore(officer_of(handler), TODAY))
    commands.confirm(back, by=admins[0], at=NOW)
    directory.forget()
    assert directory.officer(handler.officer.id, TODAY + timedelta(days=1)) is not None


def test_a_first_password_is_shown_once_and_lets_in(admins):
    handler = someone(a_body(), Role.HANDLER, region=DISTRICT)
    done = commands.confirm(
        prepared(admins[0], steps.AdmitOfficer(officer_of(handler))), by=admins[0], at=NOW
    )
    [first] = done.passwords
    assert identity.has_account(first.number, identity.AccountKind.OFFICER)
    again = commands.confirm(
        prepared(admins[0], steps.AdmitOfficer(officer_of(handler))), by=admins[0], at=NOW
    )
    assert again.passwords[0].password != first.password
    assert all(first.password not in one.lines + one.title for one in Change.objects.all())


def test_the_record_is_never_changed(admins):
    proposal = prepared(admins[0], steps.HaveBody(a_code(), "局", DISTRICT, "organ"))
    commands.confirm(proposal, by=admins[0], at=NOW)
    for deed in (
        lambda: Change.objects.update(reason="别的"),
        lambda: Change.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            deed()


def test_the_database_itself_lets_nobody_agree_to_their_own(admins):
    told = {
        "at": NOW,
        "title": "改动",
        "region": CITY,
        "outcome": "done",
        "lines": "[]",
        "effects": "[]",
        "digest": "",
        "reason": WHY,
        "by_name": "管理一",
        "second_name": "",
        "word": "",
    }
    own, other = admins[0].officer.id, admins[1].officer.id
    for promise, who in (
        ("nobody_agrees_to_their_own_change", {"dangers": ["撤销单位"], "second": own}),
        ("a_dangerous_change_has_a_second_person", {"dangers": ["撤销单位"], "second": None}),
        ("change_outcome_is_known", {"dangers": [], "second": other, "outcome": "x"}),
        ("a_change_says_why", {"dangers": [], "second": other, "reason": ""}),
    ):
        with pytest.raises(IntegrityError, match=promise), transaction.atomic():
            Change.objects.create(proposal=UUID(int=1), by=own, **{**told, **who})


def test_what_nobody_handed_over_goes_after_a_week(admins):
    leader = someone(a_body(), Role.LEADER)
    kept = waiting(admins[0], steps.Suspend(officer_of(leader), TODAY))
    left = prepared(admins[0], steps.HaveBody(a_code(), "局", DISTRICT, "organ"))
    assert commands.expire(NOW + timedelta(days=6)) == 0
    assert commands.expire(NOW + timedelta(days=8)) == 1
    assert {one.id for one in Proposal.objects.all()} >= {kept}
    assert not Proposal.objects.filter(id=left).exists()


def test_appointments_have_their_day(admins):
    body = a_body()
    directory.ensure_post(body=body, title="科员", roles=[Role.HANDLER])
    person = steps.HavePerson(str(UUID(int=7)), "新来的", "T-77")
    asked = (person, steps.Appoint(str(UUID(int=7)), body, "科员", date(2026, 4, 1)))
    commands.confirm(prepared(admins[0], *asked), by=admins[0], at=NOW)
    directory.forget()
    assert [one.name for one in directory.officers_at(body, date(2026, 4, 1))] == ["新来的"]
    assert directory.officers_at(body, TODAY) == []


def test_the_first_two_administrators_are_made_on_the_machine_and_nobody_after_them():
    lay_out()
    body = a_body(CITY)
    run("delete from directory_tenure")  # No administrator that another test left here.
    for number in ("A-1", "A-2"):
        first = commands.found_administrator(number, "初一", body, at=NOW)
        assert identity.has_account(first.number, identity.AccountKind.OFFICER)
    directory.forget()
    row = next(one for one in directory.people() if one.number == "A-1")
    officer = directory.officer(row.id, TODAY)
    assert officer is not None
    assert officer.roles == {Role.ADMIN}
    assert Change.objects.filter(title="设立管理员", by_name="服务器", at=NOW).count() == 2
    with pytest.raises(Refusal, match="administration.found.enough"):
        commands.found_administrator("A-3", "初三", body, at=NOW)
    with pytest.raises(Refusal, match="administration.found.enough"):
        commands.found_administrator("A-1", "初一", body, at=NOW)
