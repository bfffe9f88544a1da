"""What is stored of notices and announcements, and what the database must never allow."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, Func, Index, Q, UniqueConstraint
from django.db.models.lookups import Exact

from tongban.kernel.privacy import Privacy
from tongban.notices.rules.delivery import State
from tongban.notices.rules.kinds import KINDS, Group
from tongban.notices.rules.news import About

_KEPT = "个人信息保护法第十九条：告知了就没有别的用处；经过本身在办件里，两年后删除。"


def _is_a_key(column: str) -> Exact:
    return Exact(Func(column, function="octet_length", output_field=models.IntegerField()), 32)


class Notice(models.Model):
    """That one reader is told of one event; its words are put together when it is read.

    `reader` is the person told, `whose` whose affair it is: the reader's own, or of an enterprise that the
    reader acted for that day. `event` names what happened, so that telling twice is once.
    """

    id = models.BigAutoField(primary_key=True)
    event = models.TextField()
    reader = models.BinaryField(max_length=32)
    whose = models.BinaryField(max_length=32)
    kind = models.TextField()
    about = models.TextField()
    number = models.TextField()
    item = models.TextField()
    by_day = models.DateField(null=True)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    privacy = Privacy(
        personal=frozenset({"reader", "whose"}),
        keep_years=2,
        reason=_KEPT,
        erase="删除；人只以键控散列记下，正文不落库。",
    )

    class Meta:
        indexes: ClassVar = [
            Index(fields=["reader", "-id"], name="notices_of_a_reader"),
            Index(fields=["reader", "whose"], name="notices_unread", condition=Q(read_at=None)),
        ]
        constraints: ClassVar = [
            UniqueConstraint(name="a_reader_is_told_once_of_an_event", fields=["event", "reader"]),
            CheckConstraint(name="a_notice_is_of_a_known_kind", condition=Q(kind__in=sorted(KINDS))),
            CheckConstraint(name="a_notice_leads_somewhere", condition=Q(about__in=sorted(map(str, About)))),
            CheckConstraint(
                name="a_notice_is_read_by_a_key", condition=_is_a_key("reader") & _is_a_key("whose")
            ),
        ]


class Delivery(models.Model):
    """How far a notice is on its way by one channel. The address is asked for when it is sent, never kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    notice = models.ForeignKey(Notice, models.CASCADE, db_index=False)
    channel = models.TextField()
    state = models.TextField(default=str(State.WAITING))
    tries = models.IntegerField(default=0)
    code = models.IntegerField(null=True)
    begun_at = models.DateTimeField(null=True)

    privacy = Privacy(
        personal=frozenset(),
        keep_years=2,
        reason=_KEPT,
        erase="随通知删除；地址不在这里，对方的答复只留代码。",
    )

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(name="a_notice_goes_once_by_a_channel", fields=["notice", "channel"]),
            CheckConstraint(
                name="a_delivery_stands_somewhere", condition=Q(state__in=sorted(map(str, State)))
            ),
            CheckConstraint(
                name="a_refused_delivery_says_by_which_code",
                condition=Q(state=str(State.REFUSED), code__isnull=False)
                | ~Q(state=str(State.REFUSED)) & Q(code=None),
            ),
        ]


class Muted(models.Model):
    """A reader wants no notices of a group by a channel; on the page they stand all the same."""

    pk = models.CompositePrimaryKey("reader", "channel", "group")
    reader = models.BinaryField(max_length=32)
    channel = models.TextField()
    group = models.TextField()

    privacy = Privacy(
        personal=frozenset({"reader"}),
        keep_years=None,
        reason="本人的选择，账号在就一直有效。",
        erase="删除；人只以键控散列记下。",
    )

    class Meta:
        constraints: ClassVar = [
            CheckConstraint(name="a_known_group_is_muted", condition=Q(group__in=sorted(map(str, Group))))
        ]


class Announcement(models.Model):
    """What the city tells everyone, as its pack has it."""

    slug = models.TextField(primary_key=True)
    day = models.DateField()
    digest = models.TextField()
    document = models.TextField()

    privacy = Privacy(
        personal=frozenset(),
        keep_years=None,
        reason="公告是公开的，过期后留着备查。",
        erase="不含个人信息。",
    )

    class Meta:
        indexes: ClassVar = [Index(fields=["-day", "slug"], name="announcements_by_day")]
