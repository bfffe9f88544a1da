"""Pages of joint services that were applied for, in every state that looks different."""

from datetime import UTC, datetime, timedelta

from tests.journeys.people import Account, a_person, on_duty, seal
from tests.journeys.visit import Visit
from tongban.cases import commands
from tongban.cases.tests.jointly import asked, late
from tongban.cases.tests.joints import FOOD, TOBACCO, Member, a_joint, numbers_of, submitted
from tongban.cases.tests.world import a_government, an_officer
from tongban.catalogue import api as catalogue
from tongban.kernel.access import Role


def joint_services() -> list[Visit]:
    """One of which the first is decided, one that has ended by a refusal, and what officers see of each."""
    joint, who, now = a_joint(), a_person(), datetime.now(UTC)
    catalogue.forget()
    there = submitted(joint, who.viewer)
    for like in (FOOD, TOBACCO):
        granted(joint.members[like], numbers_of(there)[like])
    on, ended = submitted(joint, who.viewer, wide=True), submitted(joint, who.viewer)
    seal()
    food = joint.members[FOOD]
    for joined, decide in ((on, commands.grant), (ended, commands.refuse)):
        number = numbers_of(joined)[FOOD]
        taken = commands.take_next(food.queue, by=food.handler, at=now)
        assert taken is not None
        assert taken.number == number
        commands.accept(number, seen=None, by=food.handler, at=now)
        decide(number, seen=None, by=food.handler, at=now, text="看过材料和现场。")
        commands.follow(number, at=now)
    seal()
    waiting = submitted(joint, who.viewer)
    numbers = numbers_of(waiting)
    return [
        *_late_together(who),
        *_result_undone(who),
        Visit("joint", who, f"/joint/{on.number}"),
        Visit("joint-all-there", who, f"/joint/{there.number}"),
        Visit("joint-waiting", who, f"/joint/{waiting.number}"),
        Visit("joint-over", who, f"/joint/{ended.number}"),
        Visit("joint-withdrawal", who, f"/joint/{on.number}/withdrawal"),
        Visit("case-awaiting-result", who, f"/cases/{numbers[TOBACCO]}"),
        Visit("withdrawal-awaited", who, f"/cases/{numbers[FOOD]}/withdrawal"),
        Visit("desk-case-awaited", on_duty(food.handler), f"/desk/cases/{numbers[FOOD]}"),
    ]


def _late_together(who: Account) -> list[Visit]:
    """Licences whose time together runs out: more of it is asked for, and given, as each one sees it."""
    joint, government, now = a_joint(), a_government(), datetime.now(UTC)
    catalogue.forget()
    begun = now - timedelta(days=60)
    waits, longer = (late(joint, who.viewer, since=begun, late=now) for _ in range(2))
    asked(waits, at=now)
    commands.approve(asked(longer, at=now), by=government, at=now)
    return [
        Visit("case-together", who, f"/cases/{waits.number}"),
        Visit("desk-case-together", on_duty(waits.handler), f"/desk/cases/{waits.number}"),
        Visit("desk-case-leave", on_duty(government), f"/desk/cases/{waits.number}"),
        Visit("joint-longer", who, f"/joint/{longer.joint}"),
    ]


def _result_undone(who: Account) -> list[Visit]:
    """A member that began on a result which is undone since: nothing is granted on it, and both are told."""
    joint, now = a_joint(), datetime.now(UTC)
    catalogue.forget()
    numbers = numbers_of(submitted(joint, who.viewer))
    food, tobacco = joint.members[FOOD], joint.members[TOBACCO]
    granted(food, numbers[FOOD])
    seal()
    taken = commands.take_next(tobacco.queue, by=tobacco.handler, at=now)
    assert taken is not None
    commands.accept(taken.number, seen=None, by=tobacco.handler, at=now)
    leader = an_officer(food.body, Role.LEADER)
    back = commands.reverse(numbers[FOOD], seen=None, by=food.handler, at=now, text="当时看错了图。")
    commands.approve(back, by=leader, at=now)
    commands.follow(numbers[FOOD], at=now)
    return [
        Visit("case-result-undone", who, f"/cases/{taken.number}"),
        Visit("desk-case-result-undone", on_duty(tobacco.handler), f"/desk/cases/{taken.number}"),
    ]


def granted(member: Member, number: str) -> None:
    """Taken by the officer of that member, accepted and granted; what follows for others is done."""
    seal()
    now = datetime.now(UTC)
    taken = commands.take_next(member.queue, by=member.handler, at=now)
    assert taken is not None
    assert taken.number == number
    commands.accept(number, seen=None, by=member.handler, at=now)
    commands.grant(number, seen=None, by=member.handler, at=now, text="看过材料和现场。")
    commands.follow(number, at=now)
