"""Proposals that wait, and the record, which is only added to."""

from typing import ClassVar, Final

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import CheckConstraint, F, Index, Q

from tongban.administration.rules.proposing import Outcome, State
from tongban.kernel.privacy import Privacy

_OFFICIAL: Final = frozenset({"lines", "by_name"})
_RECORD: Final = "谁在什么时候为什么改了机构、职务、人员和设置：解释此后的每一次办理，与办件同存。"


class Proposal(models.Model):
    """A change that somebody prepared: `steps` say what is to be done, `lines` what they saw that it changes.

    `effects` follow from that; `digest` is of what was seen; `dangers` say why a second person must agree,
    none where nobody must. `region` is where its proposer serves. Of a person it holds what the directory
    publishes.
    """

    id = models.UUIDField(primary_key=True)
    title = models.TextField()
    region = models.TextField()
    steps = models.TextField()
    lines = models.TextField()
    effects = models.TextField()
    dangers = ArrayField(models.TextField())
    digest = models.TextField()
    reason = models.TextField()
    state = models.TextField()
    by = models.UUIDField()
    by_name = models.TextField()
    at = models.DateTimeField()

    privacy = Privacy(
        personal=_OFFICIAL | {"steps"},
        keep_years=0,
        reason="只为等另一位管理员同意；办完以后只留在变更记录里。没有交出去的七天后删除。",
        erase="办完或者不办了，整行删除。",
    )

    class Meta:
        indexes: ClassVar = [Index(name="proposals_that_wait", fields=["state", "region", "at"])]
        constraints: ClassVar = [
            CheckConstraint(
                name="proposal_state_is_known", condition=Q(state__in=[str(one) for one in State])
            ),
            CheckConstraint(name="a_proposal_says_why", condition=~Q(reason="")),
            CheckConstraint(
                name="what_waits_for_a_second_person_is_dangerous",
                condition=~Q(state=str(State.WAITING)) | Q(dangers__len__gt=0),
            ),
        ]


class Change(models.Model):
    """What came of a proposal: done, declined or withdrawn; by whom, why, and who agreed. Never changed."""

    id = models.BigAutoField(primary_key=True)
    proposal = models.UUIDField(unique=True)
    at = models.DateTimeField()
    title = models.TextField()
    region = models.TextField()
    outcome = models.TextField()
    lines = models.TextField()
    effects = models.TextField()
    dangers = ArrayField(models.TextField())
    digest = models.TextField()
    reason = models.TextField()
    by = models.UUIDField()
    by_name = models.TextField()
    second = models.UUIDField(null=True)
    second_name = models.TextField()
    word = models.TextField()

    privacy = Privacy(
        personal=_OFFICIAL | {"second_name"},
        keep_years=None,
        reason=_RECORD,
        erase="保留：工作人员职务行为的记录；不含群众的个人信息。",
    )

    class Meta:
        indexes: ClassVar = [Index(name="changes_of_a_region", fields=["region", "-id"])]
        constraints: ClassVar = [
            CheckConstraint(
                name="change_outcome_is_known", condition=Q(outcome__in=[str(one) for one in Outcome])
            ),
            CheckConstraint(name="a_change_says_why", condition=~Q(reason="")),
            CheckConstraint(
                name="nobody_agrees_to_their_own_change",
                condition=Q(second__isnull=True) | ~Q(second=F("by")),
            ),
            CheckConstraint(
                name="a_dangerous_change_has_a_second_person",
                condition=~Q(outcome=str(Outcome.DONE)) | Q(dangers__len=0) | Q(second__isnull=False),
            ),
        ]
