"""The first administrators, made on the machine: before them nobody could agree to anything."""

from datetime import datetime
from typing import Final
from uuid import UUID, uuid4

from django.db import transaction

from tongban.administration.commands.carrying import FirstPassword, carry_out
from tongban.administration.commands.standing import shape_now
from tongban.administration.models import Change
from tongban.administration.rules.danger import refuse_unknown
from tongban.administration.rules.proposing import Outcome, Plan, lines_written
from tongban.administration.rules.seeing import seen_beforehand
from tongban.administration.rules.shape import PersonAt, Shape, officer_numbered
from tongban.administration.rules.steps import AdmitOfficer, Appoint, DirectoryStep, HavePerson, HavePost
from tongban.directory import api as directory
from tongban.engine.calendar import legal_day
from tongban.kernel.access import Role
from tongban.kernel.ids import BodyCode
from tongban.kernel.refusal import Refusal

ENOUGH: Final = 2
"""Administrators who can agree to each other's changes; from then on nobody is made without them."""

_TITLE: Final = "系统管理员"
_MACHINE: Final = UUID(int=0)


def found_administrator(number: str, name: str, body: BodyCode, *, at: datetime) -> FirstPassword:
    """Have an administrator at a body and return the first password; on record as done on the machine.

    Refused once there are two: whoever comes after is appointed by them.
    """
    today = legal_day(at)
    with transaction.atomic():
        shape = shape_now(today)
        _refuse_enough(shape, at)
        region = directory.body(body).region
        known = next((one for one in shape.people.values() if one.number == number), None)
        person = known or PersonAt(officer_numbered(number), name, number)
        officer = str(person.officer)
        steps: list[DirectoryStep] = [
            HavePost(body, _TITLE, (Role.ADMIN,)),
            HavePerson(officer, name, number),
            Appoint(officer, body, _TITLE, today),
            AdmitOfficer(officer),
        ]
        trying = shape.copy()
        lines = seen_beforehand(steps, trying)
        refuse_unknown(steps[-1], trying)
        done = carry_out(steps, at=at)
        Change.objects.create(
            proposal=uuid4(),
            at=at,
            title="设立管理员",
            region=region,
            outcome=Outcome.DONE,
            lines=lines_written(lines),
            effects=lines_written([]),
            dangers=[],
            digest=Plan(tuple(lines), ()).digest,
            reason="安装时在服务器上设立",
            by=_MACHINE,
            by_name="服务器",
            second_name="",
            word="",
        )
    return done.passwords[0]


def _refuse_enough(shape: Shape, at: datetime) -> None:
    today = legal_day(at)
    there = sum(Role.ADMIN in shape.roles_of(officer, today) for officer in shape.held)
    if there >= ENOUGH:
        raise Refusal(
            "administration.found.enough",
            says=f"已经有 {there} 位管理员。",
            do="请由他们在“管理”里任命，一人提出，另一人同意。",
        )
