"""What is stored: leaves that wait, the sealed log, its head, and looks; log and looks are never changed."""

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import CheckConstraint, F, Func, Q, UniqueConstraint, Value
from django.db.models.lookups import Exact, LessThanOrEqual

from tongban.kernel.privacy import Privacy
from tongban.kernel.sql import load, run
from tongban.ledger.rules import HASH_SIZE, MAX_ENTRY, TILE_WIDTH, LeafKind, hashes_of

_PUBLIC = Privacy(
    personal=frozenset(),
    keep_years=None,
    reason="公开账本本身：少了任何一条，其余各条的证明都无从核对。",
    erase="不含个人信息；销毁案件密钥后，承诺值不能再与任何内容对应。",
)


def _bytes_of(column: str) -> Func:
    return Func(F(column), function="octet_length", output_field=models.IntegerField())


def _word(place: int) -> Func:
    """What stands between the quotes of an entry: 6 its kind, 10 its queue, 14 its minute, 20 `reason`."""
    words = (F("entry"), Value('"'), Value(place))
    return Func(*words, function="split_part", output_field=models.TextField())


class Pending(models.Model):
    """A leaf that waits for its place in the log; deleted by the transaction that seals it."""

    event_id = models.BigIntegerField()
    case_id = models.BigIntegerField()
    queue = models.TextField()
    kind = models.TextField()
    told = models.TextField()
    entry = models.TextField()

    privacy = Privacy(
        personal=frozenset(), keep_years=0, reason="等待封存，封存时删除。", erase="不含个人信息。"
    )

    class Meta:
        # One bad row would stop the sealer for everybody, so the act that writes it is refused instead.
        constraints = [
            UniqueConstraint(name="ledger_event_waits_with_one_leaf", fields=["event_id"]),
            CheckConstraint(
                name="ledger_leaf_is_of_a_known_kind", condition=Q(kind__in=[kind.value for kind in LeafKind])
            ),
            CheckConstraint(
                name="ledger_leaf_fits_into_a_bundle",
                condition=LessThanOrEqual(_bytes_of("entry"), MAX_ENTRY),
            ),
        ]


class Leaf(models.Model):
    """An entry of the public log at its place."""

    index = models.BigIntegerField(primary_key=True)
    event_id = models.BigIntegerField()
    entry = models.TextField()

    privacy = _PUBLIC

    class Meta:
        indexes = [
            # Leaves stand almost in the order of their minutes, so a day is found without an index of rows.
            BrinIndex(_word(14), name="ledger_leaves_of_a_day", pages_per_range=16, autosummarize=True),
            models.Index(
                name="ledger_overtakings", fields=["index"], condition=Q(Exact(_word(20), Value("reason")))
            ),
        ]
        constraints = [
            UniqueConstraint(name="ledger_event_has_one_leaf", fields=["event_id"]),
            CheckConstraint(name="ledger_log_counts_from_zero", condition=Q(index__gte=0)),
        ]


class Subtree(models.Model):
    """The root of the `index`-th complete subtree of 256**level leaves: one hash of a tile of that level."""

    pk = models.CompositePrimaryKey("level", "index")
    level = models.SmallIntegerField()
    index = models.BigIntegerField()
    root = models.BinaryField()

    privacy = _PUBLIC

    class Meta:
        constraints = [
            CheckConstraint(
                name="ledger_subtree_stands_above_leaves", condition=Q(level__gte=1, index__gte=0)
            ),
            CheckConstraint(
                name="ledger_subtree_root_is_a_hash", condition=Exact(_bytes_of("root"), HASH_SIZE)
            ),
        ]


class Head(models.Model):
    """The one row that says how far the log is sealed; `checkpoint` is empty until the log is opened.

    `ring`: fingerprint of the key ring under which this database is kept; empty until it is first known.
    """

    id = models.SmallIntegerField(primary_key=True, default=1)
    size = models.BigIntegerField()
    checkpoint = models.TextField()
    sealed_at = models.DateTimeField(null=True)
    ring = models.TextField(default="", db_default="")

    privacy = _PUBLIC

    class Meta:
        constraints = [
            CheckConstraint(name="ledger_has_one_head", condition=Q(id=1)),
            CheckConstraint(name="ledger_head_counts_from_zero", condition=Q(size__gte=0)),
            CheckConstraint(
                name="ledger_head_of_leaves_is_signed",
                condition=Q(size=0) | (~Q(checkpoint="") & Q(sealed_at__isnull=False)),
            ),
        ]


class Look(models.Model):
    """An officer looked at a person's data: who, for what purpose, at what, and of which case if of any."""

    at = models.DateTimeField()
    case_id = models.BigIntegerField(null=True)
    subject = models.BinaryField()
    officer = models.UUIDField()
    body = models.TextField()
    purpose = models.TextField()
    what = models.TextField()

    privacy = Privacy(
        personal=frozenset({"subject"}),
        keep_years=None,
        reason="谁看过我的材料：与案件同存，本人随时可查。",
        erase="只存身份号码的密钥散列；散列密钥销毁后不能再指向任何人。",
    )

    class Meta:
        indexes = [
            models.Index(name="ledger_looks_at_a_case", fields=["case_id", "id"]),
            models.Index(name="ledger_looks_at_a_person", fields=["subject", "id"]),
        ]
        constraints = [
            CheckConstraint(name="ledger_look_says_why_and_at_what", condition=~Q(purpose="") & ~Q(what="")),
            CheckConstraint(name="ledger_look_is_at_a_person", condition=Exact(_bytes_of("subject"), 32)),
        ]


def stored_entries(bundle: int, width: int) -> list[str]:
    """The first `width` entries of a bundle, or as many of them as the log has. One statement."""
    first = bundle * TILE_WIDTH
    return [text for (text,) in run(load("tongban.ledger", "entries"), (first, first + width))]


def stored_hashes(level: int, tile: int, width: int) -> bytes:
    """The first `width` hashes of a tile, joined, or as many of them as the log has. One statement."""
    if level == 0:
        return b"".join(hashes_of(stored_entries(tile, width)))
    first = tile * TILE_WIDTH
    return b"".join(
        root for (root,) in run(load("tongban.ledger", "subtrees"), (level, first, first + width))
    )
