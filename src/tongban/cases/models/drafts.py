"""A draft as it is stored, sealed under a key of its own, and how it is opened."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import orjson
from django.db import models
from django.db.models import CheckConstraint, Index, Q

from tongban.cases.rules.drafting import Filled, unknown_draft
from tongban.cases.rules.serving import Hold, KnownBy, thing_of
from tongban.kernel.access import Deed, Purpose, Viewer, allowed
from tongban.kernel.ids import ItemCode, PersonKey
from tongban.kernel.keys import derive, open_, ring, seal
from tongban.kernel.privacy import Privacy
from tongban.kernel.sql import run

COLUMNS: Final = (
    "id, owner, bearer, wrapped, sealed, item, item_version, version, submitted, kept_until,"
    " held_by, held_at, held_until, held_known"
)


class Draft(models.Model):
    """An application that is being filled in: a person's, or before sign-in a browser's.

    A person's key is wrapped under the ring. A browser's is derived from a secret that is in its cookie
    alone, so that database and ring together cannot open it. Once `submitted` (the number of its case)
    nothing of the content is left. `told`: its owner knows that it ends soon; a change begins that anew.
    `held_…`: the officer who fills it in for its owner at a window of a body, until when, and how the owner
    was known there.
    """

    id = models.UUIDField(primary_key=True)
    owner = models.BinaryField(max_length=32, null=True)
    bearer = models.BinaryField(max_length=32, null=True)
    wrapped = models.BinaryField(null=True)
    sealed = models.BinaryField(null=True)
    item = models.TextField()
    item_version = models.IntegerField()
    version = models.IntegerField()
    done = models.IntegerField()
    steps = models.IntegerField()
    submitted = models.TextField(null=True)
    changed_at = models.DateTimeField()
    kept_until = models.DateTimeField()
    told = models.BooleanField(default=False)
    held_by = models.UUIDField(null=True)
    held_at = models.TextField(null=True)
    held_until = models.DateTimeField(null=True)
    held_known = models.TextField(null=True, choices=[(str(one), str(one)) for one in KnownBy])

    privacy = Privacy(
        personal=frozenset({"owner", "bearer", "wrapped", "sealed"}),
        keep_years=0,
        reason="只为接着填；最后一次修改满三十天（没有登录的满一天）删除，提交后内容当即销毁。",
        erase="删除整行，密钥随之消失。",
    )

    class Meta:
        indexes = (
            Index(
                fields=["owner", "-changed_at"], name="drafts_of_a_person", condition=Q(owner__isnull=False)
            ),
            Index(fields=["bearer"], name="drafts_of_a_browser", condition=Q(bearer__isnull=False)),
            Index(fields=["kept_until"], name="drafts_by_their_end"),
        )
        constraints = (
            CheckConstraint(
                name="a_draft_is_a_persons_or_a_browsers",
                condition=Q(owner__isnull=False, bearer=None) | Q(owner=None, bearer__isnull=False),
            ),
            CheckConstraint(
                name="a_draft_is_open_or_submitted_and_empty",
                condition=Q(submitted=None, sealed__isnull=False)
                | Q(submitted__isnull=False, sealed=None, wrapped=None),
            ),
            CheckConstraint(
                name="the_key_of_a_persons_open_draft_is_kept_and_no_other",
                condition=Q(submitted__isnull=False)
                | Q(owner__isnull=False, wrapped__isnull=False)
                | Q(owner=None, wrapped=None),
            ),
            CheckConstraint(
                name="a_draft_at_a_window_is_a_persons_and_says_whose_hands_it_is_in",
                condition=Q(held_by=None, held_at=None, held_until=None, held_known=None)
                | Q(
                    owner__isnull=False,
                    held_by__isnull=False,
                    held_at__isnull=False,
                    held_until__isnull=False,
                    held_known__isnull=False,
                ),
            ),
        )


@dataclass(frozen=True, slots=True, repr=False)
class Writer:
    """Who fills in drafts: the viewer, and the secret that this browser keeps, where it has one.

    `address`: where somebody comes from who has not signed in; beginnings from there are counted.
    `now`: when an officer asks, in whose hands a draft is for a day at most.
    """

    viewer: Viewer
    secret: bytes | None = None
    address: str = ""
    now: datetime | None = None

    @property
    def bearer(self) -> bytes | None:
        """By what the drafts of this browser are found."""
        return None if self.secret is None else ring().token_digest(f"draft {self.secret.hex()}")

    @property
    def known(self) -> Viewer:
        """The viewer, known by what the browser bears as well."""
        return replace(self.viewer, bearer=self.bearer)


@dataclass(frozen=True, slots=True, repr=False)
class Opened:
    """A draft opened for who may fill it in; empty and with its case's number once `submitted`.

    `owner`: whose it is. `hold`: by which it is in an officer's hands, whether that still stands or not.
    """

    id: UUID
    key: bytes
    filled: Filled
    item: ItemCode
    item_version: int
    version: int
    submitted: str | None
    kept_until: datetime
    owner: PersonKey | None
    hold: Hold | None

    @property
    def claimed(self) -> bool:
        """Whether it is a person's, and not a browser's."""
        return self.owner is not None


def row_of_draft(draft: UUID, *, locked: bool = False) -> tuple[Any, ...] | None:
    """The stored row, locked if wanted; None if there is none. One statement."""
    found = run(
        f"select {COLUMNS} from cases_draft where id = $1::uuid{' for update' if locked else ''}", (draft,)
    )
    return found[0] if found else None


def opened(row: tuple[Any, ...] | None, writer: Writer) -> Opened:
    """A draft for its writer; refused to anyone else as if there were none."""
    if row is None:
        raise unknown_draft(writer.viewer)
    draft, owner, bearer, wrapped, sealed, item, item_version, version, submitted, until, *held = row
    hold = _hold(held)
    thing = thing_of(_person(owner), None if bearer is None else bytes(bearer), hold, writer.now)
    if not allowed(writer.known, Deed.FILL_IN, thing, Purpose.RECEIVING):
        raise unknown_draft(writer.viewer)
    if sealed is None:
        key, filled = b"", Filled()
    else:
        key = _key(draft, wrapped, writer)
        filled = Filled(**orjson.loads(open_(key, bytes(sealed), about(draft))))
    return Opened(
        draft, key, filled, ItemCode(item), item_version, version, submitted, until, _person(owner), hold
    )


def standing_of_draft(row: tuple[Any, ...] | None) -> tuple[PersonKey | None, Hold | None, str | None]:
    """Of a row whose content stays closed: whose it is, in whose hands, and its case's number."""
    if row is None:
        return None, None, None
    return _person(row[1]), _hold(row[10:]), row[8]


def _hold(columns: Sequence[Any]) -> Hold | None:
    by, body, until, known = columns
    return None if by is None else Hold(by, body, until, KnownBy(known))


def closed(key: bytes, draft: UUID, filled: Filled) -> bytes:
    """What a draft holds, sealed under its key."""
    return seal(key, orjson.dumps(asdict(filled), option=orjson.OPT_SORT_KEYS), about(draft))


def key_in(secret: bytes, draft: UUID) -> bytes:
    """The key of a browser's draft."""
    return derive(secret, about(draft))


def about(draft: UUID) -> bytes:
    """What sealed content and a wrapped key say whose they are."""
    return b"cases/draft/" + draft.bytes


def _key(draft: UUID, wrapped: bytes | None, writer: Writer) -> bytes:
    if wrapped is not None:
        return ring().unwrap(bytes(wrapped), about(draft))
    assert writer.secret is not None
    return key_in(writer.secret, draft)


def _person(owner: bytes | None) -> PersonKey | None:
    return None if owner is None else PersonKey(bytes(owner))
