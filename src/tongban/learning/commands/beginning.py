"""Beginning an exercise: what the learner had is put away, and the new one stands there, its clock too."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from tongban.cases import api as cases
from tongban.kernel.access import Officer, Role
from tongban.kernel.refusal import Refusal
from tongban.kernel.sql import run
from tongban.learning.commands.building import applicant_of, build, seal
from tongban.learning.models import Attempt
from tongban.learning.rules.exercise import Filed, exercise
from tongban.learning.rules.people import leader_at

_LOCK: Final = 0x6C6E6772
"""Number of the advisory lock of this context ("lngr")."""

_DECIDED: Final = ("granted", "refused")


def begin(slug: str, *, by: Officer) -> None:
    """Begin an exercise anew. Whatever the learner had open is over: withdrawn, or delivered if decided."""
    wanted = exercise(slug)
    if wanted is None:
        raise unknown()
    if Role.HANDLER not in by.roles:
        raise Refusal(
            "learning.exercise.not-a-learner",
            says="带教人的账号不做练习。",
            do="想自己试的，请用一个学员的账号登录。",
            status=403,
        )
    with alone():
        for one in Attempt.objects.filter(learner=by.id, ended=False):
            _put_away(one)
        attempt = Attempt.objects.create(
            learner=by.id,
            body=by.body,
            region=by.region,
            exercise=slug,
            begun=wanted.begins,
            moment=wanted.begins,
        )
        build(attempt, wanted)
        attempt.save()


@contextmanager
def alone() -> Iterator[None]:
    """Nobody else begins meanwhile, or lets the house go on: whoever waits finds everything sealed.

    No transaction: every act of an exercise is one of its own, as everywhere.
    """
    run("select pg_advisory_lock($1::bigint)", (_LOCK,))
    try:
        yield
    finally:
        run("select pg_advisory_unlock($1::bigint)", (_LOCK,))


def unknown() -> Refusal:
    """There is no such exercise, or it is not the one that one is at."""
    return Refusal(
        "learning.exercise.unknown",
        says="没有这个练习，或者您现在没有在做它。",
        do="请回到练习的列表，从那里开始。",
        status=404,
    )


def _put_away(attempt: Attempt) -> None:
    """Nothing of it waits in a queue or lies on the desk any more."""
    told = exercise(attempt.exercise)
    for filed in told.filed if told else ():
        if case := attempt.cases.get(filed.name):
            _end(attempt, case["number"], filed)
    seal(attempt.moment)
    attempt.ended = True
    attempt.save()


def _end(attempt: Attempt, number: str, filed: Filed) -> None:
    leader, at = leader_at(attempt.body, attempt.region), attempt.moment
    state = cases.view_of(number, leader, at=at).state
    if state.stage in _DECIDED:
        cases.deliver(number, seen=None, by=leader, at=at, way="online")
        cases.complete(number, at=at)
    elif state.stage == "delivered":
        cases.complete(number, at=at)
    elif not state.closed:
        cases.withdraw(number, seen=None, by=applicant_of(attempt, filed), at=at)
