"""What readers do: open a notice, call all of them read, say what they want by mail."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tongban.kernel.access import Deed, Viewer, reach
from tongban.kernel.ids import PersonKey
from tongban.kernel.paging import LARGEST_KEY
from tongban.kernel.refusal import Refusal
from tongban.kernel.sql import run
from tongban.notices.rules.kinds import Group
from tongban.notices.rules.news import About


@dataclass(frozen=True, slots=True)
class Leads:
    """What a notice leads to."""

    about: About
    number: str


def _affairs(viewer: Viewer) -> list[PersonKey]:
    within = reach(viewer, Deed.READ_NOTICES)
    return list(within.selves | within.filed_for)


def mark_read(notice: int, viewer: Viewer, *, at: datetime) -> Leads:
    """Note that its reader has opened a notice; where it leads. Refused to anyone else. One statement."""
    known = notice <= LARGEST_KEY
    rows = known and run(
        "update notices_notice set read_at = coalesce(read_at, $4::timestamptz)"
        " where id = $1::bigint and reader = $2::bytea and whose = any ($3::bytea[]) returning about, number",
        (notice, viewer.person, _affairs(viewer), at),
    )
    if not rows:
        raise Refusal(
            "notices.unknown",
            says=_("没有这条通知，或者它不是发给您的。"),
            do=_("请回到“通知”看看；用另一个账号收到的，请换那个账号登录。"),
            status=404,
        )
    about, number = rows[0]
    return Leads(About(about), number)


def mark_all_read(viewer: Viewer, *, at: datetime, until: datetime | None = None) -> None:
    """Note that a reader has read everything told so far, or until a moment. One statement."""
    run(
        "update notices_notice set read_at = $3::timestamptz"
        " where reader = $1::bytea and whose = any ($2::bytea[]) and read_at is null"
        " and at <= $4::timestamptz",
        (viewer.person, _affairs(viewer), at, until or at),
    )


def want(viewer: Viewer, channel: str, groups: Collection[Group]) -> None:
    """Say of which groups a reader wants messages by a channel, and of no others. Two statements."""
    with transaction.atomic():
        run(
            "delete from notices_muted where reader = $1::bytea and channel = $2::text",
            (viewer.person, channel),
        )
        run(
            'insert into notices_muted (reader, channel, "group")'
            " select $1::bytea, $2::text, x from unnest($3::text[]) as x on conflict do nothing",
            (viewer.person, channel, sorted(set(Group) - set(groups))),
        )
