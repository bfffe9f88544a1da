"""How far what is kept has come to a newer master key, and which masters are to go."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from tongban.administration.rules.keys import OPENS, KeysNow
from tongban.kernel.hanging import KeyTable, hanging
from tongban.kernel.keys import changed_at, ring
from tongban.kernel.privacy import Privacy

_EXPLAINS = "解释密钥环现在的样子：什么时候换的、换完没有；与密钥环同存。"


class Rewrapping(models.Model):
    """Every key that is kept is wrapped anew under `master`, table by table.

    `total`: how many were to be when it began; `done`, `failed`: how many were, and could not be opened.
    `place`: the code of the table that it has come to, `after` the primary key of the last row there;
    `moved`: when it last went on.
    """

    id = models.BigAutoField(primary_key=True)
    master = models.TextField()
    begun = models.DateTimeField()
    total = models.BigIntegerField()
    done = models.BigIntegerField(default=0)
    failed = models.BigIntegerField(default=0)
    place = models.TextField(default="")
    after = ArrayField(models.TextField(), default=list)
    moved = models.DateTimeField()
    ended = models.DateTimeField(null=True)

    privacy = Privacy(
        personal=frozenset({"after"}),
        keep_years=None,
        reason=_EXPLAINS,
        erase="走到哪一行只在进行中记着，换完就清空；其余没有个人信息。",
    )

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(
                name="keys_are_rewrapped_one_run_at_a_time",
                fields=["ended"],
                condition=Q(ended=None),
                nulls_distinct=False,
            ),
            CheckConstraint(
                name="a_rewrapping_that_is_over_remembers_no_row",
                condition=Q(ended=None) | Q(after__len=0),
            ),
            CheckConstraint(
                name="a_rewrapping_ends_after_it_began", condition=Q(ended=None) | Q(ended__gte=F("begun"))
            ),
        ]


class RetiredMaster(models.Model):
    """A master key that two agreed to take out of every ring."""

    master = models.TextField(primary_key=True)
    at = models.DateTimeField()

    privacy = Privacy(personal=frozenset(), keep_years=None, reason=_EXPLAINS, erase="没有个人信息。")


class Supplied:
    """What wiring supplied: the tables that keep keys, and how many files may hang on a master of before."""

    tables: Sequence[KeyTable] = ()
    files_out: Callable[[datetime, datetime], int]


def supply(*, tables: Sequence[KeyTable], files_out: Callable[[datetime, datetime], int]) -> None:
    """Say which tables keep keys that hang on the ring, and how files that wait are counted.

    `files_out(since, at)`: how many still wait at a moment that may have been stored before another.
    """
    Supplied.tables = tables
    Supplied.files_out = staticmethod(files_out)


def latest() -> Rewrapping | None:
    """The run that goes on, or the last one. One statement."""
    return Rewrapping.objects.order_by("-id").first()


def keys_now(at: datetime, run: Rewrapping | None) -> KeysNow:
    """How the ring of this machine stands, and what hangs on each master. At most three statements."""
    held = ring()
    older = len(held.masters) > 1
    return KeysNow(
        current=held.current,
        masters=held.masters,
        hanging={
            master: {OPENS[code]: number for code, number in found.items()}
            for master, found in hanging(Supplied.tables).items()
        },
        files_out=Supplied.files_out(_superseded(run, held.current), at) if older else 0,
        retired=frozenset(RetiredMaster.objects.values_list("master", flat=True)) if older else frozenset(),
    )


def _superseded(run: Rewrapping | None, current: str) -> datetime:
    """A moment at which no master but the current one wrapped any more on this machine."""
    changed: Any = changed_at(settings.VAR)
    return run.begun if run is not None and run.master == current else changed
