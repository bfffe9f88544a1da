"""What is stored of exercises, and what the database must never allow."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from tongban.kernel.privacy import Privacy


class Attempt(models.Model):
    """Somebody at an exercise. `cases`: of each application its number, and how long its story was at first.

    `moment`: where the clock of this attempt stands, for every process alike. `wrong`: the checks that were
    found wrong whenever its learner asked, by their places in the exercise.
    """

    learner = models.UUIDField()
    body = models.TextField()
    region = models.TextField()
    exercise = models.TextField()
    begun = models.DateTimeField()
    moment = models.DateTimeField()
    cases = models.JSONField(default=dict)
    ended = models.BooleanField(default=False)
    solved = models.BooleanField(default=False)
    wrong = ArrayField(models.IntegerField(), default=list)

    # Named, for no other installation has this table: whoever checks types by its settings finds no manager.
    objects: ClassVar[models.Manager["Attempt"]] = models.Manager()

    privacy = Privacy(
        personal=frozenset({"learner"}),
        keep_years=0,
        reason="只为接着练，和让带教人知道哪一步要多讲；练习库里只有编造的人和事，真实的库里没有这张表。",
        erase="删除练习的数据文件夹",
    )

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(name="one_exercise_at_a_time", fields=["learner"], condition=Q(ended=False)),
            CheckConstraint(
                name="the_clock_of_an_exercise_never_goes_back", condition=Q(moment__gte=F("begun"))
            ),
        ]
