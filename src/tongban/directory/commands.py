"""What changes in the government's shape. Whoever may do what learns of it within two seconds."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from tongban.directory import rules
from tongban.directory.models import Absence, Body, Officer, Post, Region, Tenure
from tongban.directory.rules import AbsenceKind as AbsenceKind
from tongban.directory.rules import BodyKind as BodyKind
from tongban.directory.rules import Given as Given
from tongban.directory.rules import Planned as Planned
from tongban.directory.rules import unknown_body
from tongban.kernel.access import Deed, Role, Thing, Viewer, allow
from tongban.kernel.ids import BodyCode, OfficerId, RegionCode
from tongban.kernel.refusal import Refusal
from tongban.kernel.sql import load, run

_LOCK: Final = 0x64697265
"""Number of the advisory lock of this context ("dire")."""


@transaction.atomic
def ensure_region(*, code: RegionCode, name: str, parent: RegionCode | None = None) -> None:
    """Have a region of this code and name; its level is told by the code. Refused outside `parent`."""
    level = rules.level_of(code)
    if parent is not None:
        rules.refuse_unless_inside(code, parent)
    Region.objects.update_or_create(code=code, defaults={"name": name, "level": level, "parent_id": parent})


def ensure_body(*, code: BodyCode, name: str, region: RegionCode, kind: BodyKind | None = None) -> None:
    """Have a body of this unified social credit code, name and region; a region has one government.

    Where no `kind` is given it stays what it is, and a new one is an organ.
    """
    with _alone():
        if kind is BodyKind.GOVERNMENT:
            others = Body.objects.filter(region=region, kind=kind, closed_on=None).exclude(code=code)
            rules.refuse_second_government(others.values_list("name", flat=True).first())
        said = {"name": name, "region_id": region} | ({"kind": str(kind)} if kind else {})
        fresh = {"kind": str(BodyKind.ORGAN)} | said
        Body.objects.update_or_create(code=code, defaults=said, create_defaults=fresh)
        _touch(Tenure.objects.filter(post__body_id=code).values_list("officer_id", flat=True))


def ensure_post(*, body: BodyCode, title: str, roles: Iterable[Role]) -> UUID:
    """Have a post of this title at the body, with exactly these roles; returns its id."""
    with _alone():
        post, _ = Post.objects.update_or_create(
            body_id=body, title=title, defaults={"roles": sorted(str(role) for role in set(roles))}
        )
        _touch(Tenure.objects.filter(post=post).values_list("officer_id", flat=True))
    return post.id


def close_body(code: BodyCode, *, on: date) -> None:
    """Have a body end: `on` is the first day it is no more. Refused while somebody still holds a post."""
    with _alone():
        held = Tenure.objects.filter(Q(until__isnull=True) | Q(until__gt=on), post__body_id=code)
        rules.refuse_open_posts(held.values("officer_id").distinct().count())
        if not Body.objects.filter(code=code).update(closed_on=on):
            raise unknown_body()


def ensure_officer(officer: OfficerId, *, name: str, number: str | None = None) -> None:
    """Have an officer of this id and name; without a post an officer may do nothing.

    `number`: the staff number, kept as it is where none is given. Refused where it is somebody else's.
    """
    with _alone():
        if number is not None:
            ensure_officers({officer: (name, number)})
            return
        Officer.objects.update_or_create(
            id=officer, defaults={"name": name}, create_defaults={"name": name, "edition": 0}
        )
        _touch([officer])


def ensure_officers(officers: Mapping[OfficerId, tuple[str, str]]) -> None:
    """Have all these officers, each with name and staff number. Four statements, however many they are."""
    for _, number in officers.values():
        rules.refuse_number(number)
    with _alone():
        numbers = {number: officer for officer, (_, number) in officers.items()}
        known = Officer.objects.filter(number__in=list(numbers)).values_list("number", "id")
        taken = [held for held, whose in known if held and numbers[held] != whose]
        if taken:
            raise rules.number_taken(taken[0])
        Officer.objects.bulk_create(
            [
                Officer(id=one, name=name, number=number, edition=0)
                for one, (name, number) in officers.items()
            ],
            update_conflicts=True,
            unique_fields=["id"],
            update_fields=["name", "number"],
        )
        _touch(officers)


def appoint(officer: OfficerId, post: UUID, *, since: date, until: date | None = None) -> None:
    """Give an officer a post from a day on, until the day before `until`. Done already, it changes nothing.

    Refused for an officer who holds a post at another body on that day or later.
    """
    appoint_all([Given(officer, post, since, until)])


def appoint_all(given: Sequence[Given]) -> None:
    """Give all these posts, or none. Six statements, however many they are."""
    officers, posts = {one.officer for one in given}, {one.post for one in given}
    with _alone():
        _refuse_unknown(officers)
        rows = Tenure.objects.filter(officer_id__in=officers).values_list(
            "officer_id", "post_id", "since", "until"
        )
        standing = [
            Given(OfficerId(officer), post, since, until)
            for officer, post, since, until in rows
            if since != until
        ]
        posts |= {one.post for one in standing}
        bodies = dict(Post.objects.filter(id__in=posts).values_list("id", "body_id"))
        if posts - bodies.keys():
            raise rules.unknown_post()
        fresh = rules.to_be_given(given, standing, {post: BodyCode(body) for post, body in bodies.items()})
        Tenure.objects.bulk_create(
            [
                Tenure(officer_id=one.officer, post_id=one.post, since=one.since, until=one.until)
                for one in fresh
            ]
        )
        if fresh:
            _touch({one.officer for one in fresh})


def relieve(officer: OfficerId, post: UUID, *, on: date) -> None:
    """Take a post from an officer; `on` is the first day it is no longer held. Refused if it is not held."""
    with _alone():
        held = Tenure.objects.filter(officer_id=officer, post_id=post, until__isnull=True, since__lte=on)
        if not held.update(until=on):
            raise Refusal(
                "directory.relieve.not-held",
                says="这位工作人员在这一天没有担任该职务。",
                do="请核对人员、职务和日期。",
            )
        _touch([officer])


def record_absence(officer: OfficerId, *, kind: AbsenceKind, since: date, until: date | None = None) -> None:
    """An officer is away from `since` until the day before `until`; suspended, without any power meanwhile.

    Recorded again with the same kind and first day it gets the new end.
    """
    with _alone():
        _refuse_unknown([officer])
        Absence.objects.update_or_create(
            officer_id=officer, kind=str(kind), since=since, defaults={"until": until}
        )
        _touch([officer])


def arrange_absence(planned: rules.Planned, *, by: Viewer, today: date) -> None:
    """Record an absence and who stands in, for oneself, or as a leader or administrator for a colleague.

    Nothing of the law stops: from `since` until the day before `until` the stand-in holds what the absent
    officer holds. Refused unless both serve the same body and the stand-in is there all the while.
    """
    with _alone():
        whose = _standing_of(planned.officer)
        serving = whose.on(planned.since)
        _refuse_arranging(planned.officer, serving.body if serving else None, by)
        rules.refuse_absence(planned, whose, today)
        if planned.stand_in is not None:
            rules.refuse_stand_in(planned, whose, _standing_of(planned.stand_in))
        Absence.objects.create(
            officer_id=planned.officer,
            kind=str(planned.kind),
            since=planned.since,
            until=planned.until,
            stand_in_id=planned.stand_in,
            recorded_by_id=by.officer.id if by.officer else None,
        )
        _touch([planned.officer, *([planned.stand_in] if planned.stand_in else [])])


def end_absence(absence: int, *, by: Viewer, today: date) -> None:
    """The officer is back: an absence to come is gone, one under way ends; one begun today ends with today.

    Refused for a suspension, which only its own record ends.
    """
    with _alone():
        found = Absence.objects.filter(id=absence).exclude(kind=AbsenceKind.SUSPENDED).first()
        if found is None or (found.until is not None and found.until <= today):
            raise Refusal(
                "directory.absence.unknown",
                says="没有这一条登记，或者已经结束。",
                do="请刷新值班表看看。",
                status=404,
            )
        serving = _standing_of(OfficerId(found.officer_id)).on(max(today, found.since))
        _refuse_arranging(OfficerId(found.officer_id), serving.body if serving else None, by)
        if found.since > today:
            found.delete()
        else:
            Absence.objects.filter(id=absence).update(until=max(today, found.since + timedelta(days=1)))
        _touch([found.officer_id, *([found.stand_in_id] if found.stand_in_id else [])])


def _refuse_arranging(officer: OfficerId, body: BodyCode | None, by: Viewer) -> None:
    own = by.officer is not None and by.officer.id == officer
    allow(by, Deed.SEE_DUTY if own else Deed.ARRANGE_DUTY, Thing(body=body))


def _standing_of(officer: OfficerId) -> rules.Standing:
    """As the tables say now, and not as a process remembers; refused for who is unknown."""
    _refuse_unknown([officer])
    held = Tenure.objects.filter(officer_id=officer).values_list(
        *("post__body_id", "post__body__name", "post__body__kind", "post__body__region_id"),
        *("post__title", "post__roles", "since", "until"),
    )
    absences = Absence.objects.filter(officer_id=officer).values_list("kind", "since", "until")
    return rules.Standing(
        id=officer,
        name="",
        holdings=tuple(
            rules.Holding(
                BodyCode(code),
                name,
                BodyKind(kind),
                RegionCode(region),
                title,
                frozenset(map(Role, roles)),
                since,
                until,
            )
            for code, name, kind, region, title, roles, since, until in held
        ),
        absences=tuple(rules.Away(AbsenceKind(kind), since, until) for kind, since, until in absences),
    )


@contextmanager
def _alone() -> Iterator[None]:
    """One transaction, and one change of the directory at a time."""
    with transaction.atomic():
        run("select pg_advisory_xact_lock($1::bigint)", [_LOCK])
        yield


def _touch(officers: Iterable[UUID]) -> None:
    run(load("tongban.directory", "touch"), [list(officers)])


def _refuse_unknown(officers: Collection[OfficerId]) -> None:
    if Officer.objects.filter(id__in=officers).count() < len(officers):
        raise Refusal(
            "directory.officer.unknown", says="没有这位工作人员。", do="请先登记工作人员。", status=404
        )
