"""What is stored of the catalogue, and what the database must never allow."""

from typing import ClassVar, Final

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from tongban.catalogue.rules.entries import EntryKind
from tongban.kernel.privacy import Privacy

_PUBLIC = Privacy(
    personal=frozenset(),
    keep_years=None,
    reason="A published item is public, and every case opened under a version is judged by it.",
    erase="Nothing to erase: it says nothing of a person.",
)

SEARCHED_TOGETHER: Final = {
    "item": (EntryKind.ITEM.value, EntryKind.GUIDE.value, EntryKind.JOINT.value),
    "passage": (EntryKind.PASSAGE.value,),
    "announcement": (EntryKind.ANNOUNCEMENT.value,),
}
"""The groups in which entries are found; each has an index of its own, so that no group waits for another."""


class ItemVersion(models.Model):
    """One published version of an item or of a joint service, whole; a trigger keeps its row as it is.

    `document` is canonical JSON as text, byte for byte what `digest` (SHA-256, hex) was taken of.
    """

    privacy = _PUBLIC

    slug = models.CharField(max_length=63)
    version = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    document = models.TextField()
    published_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(name="item_has_a_version_once", fields=["slug", "version"]),
            CheckConstraint(name="item_versions_start_at_one", condition=Q(version__gte=1)),
            CheckConstraint(name="item_digest_is_sha256", condition=Q(digest__regex="^[0-9a-f]{64}$")),
        ]


class GuideList(models.Model):
    """What people can be told of before it can be applied for here: one row for each list, whole.

    `document` is canonical JSON as text; `digest` its SHA-256, hex.
    """

    privacy = _PUBLIC

    slug = models.CharField(primary_key=True, max_length=63)
    digest = models.CharField(max_length=64)
    document = models.TextField()


class Columns(models.Model):
    """How the city arranges what it offers: one row, whole; `document` and `digest` as of a guide list."""

    privacy = _PUBLIC

    id = models.SmallIntegerField(primary_key=True, default=1)
    digest = models.CharField(max_length=64)
    document = models.TextField()

    class Meta:
        constraints: ClassVar = [CheckConstraint(name="a_city_has_one_set_of_columns", condition=Q(id=1))]


class CalendarYear(models.Model):
    """A year of the calendar put in force here, as the text of its file; it goes before that of the packs."""

    privacy = _PUBLIC

    year = models.IntegerField(primary_key=True)
    digest = models.CharField(max_length=64)
    text = models.TextField()
    put_at = models.DateTimeField()


class CurrentItem(models.Model):
    """Which version of an item or a joint service new cases are opened under; they share their slugs."""

    privacy = _PUBLIC

    slug = models.CharField(primary_key=True, max_length=63)
    version = models.ForeignKey(ItemVersion, on_delete=models.PROTECT, related_name="+")
    joint = models.BooleanField()


class WordList(models.Model):
    """What people say and what offices call it: one row for each list, whole; as `GuideList` is kept."""

    privacy = _PUBLIC

    slug = models.CharField(primary_key=True, max_length=63)
    digest = models.CharField(max_length=64)
    document = models.TextField()


class SearchSource(models.Model):
    """Who told what can be found; `mark` is of what the source was like when its entries were made."""

    privacy = _PUBLIC

    name = models.CharField(primary_key=True, max_length=200)
    mark = models.CharField(max_length=80)


class SearchEntry(models.Model):
    """Something that can be found, its texts made comparable; made anew when its source has changed.

    `terms`: words of the title weigh A, people's words and pairs of the title's characters B, pairs of the
    department's C, those of running text D.
    """

    privacy = _PUBLIC

    kind = models.CharField(max_length=12)
    key = models.CharField(max_length=200)
    source = models.CharField(max_length=200)
    title = models.TextField()
    about = models.TextField()
    body = models.TextField()
    plain_title = models.TextField()
    cut_title = models.TextField()
    core_title = models.TextField()
    plain_words = ArrayField(models.TextField())
    plain_about = models.TextField()
    plain_body = models.TextField()
    for_people = models.BooleanField()
    for_enterprises = models.BooleanField()
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    terms = SearchVectorField()

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(name="search_entry_stands_once", fields=["kind", "key"]),
            CheckConstraint(
                name="search_entry_has_a_known_kind", condition=Q(kind__in=[kind.value for kind in EntryKind])
            ),
        ]
        indexes: ClassVar = [
            models.Index(name="search_entry_by_source", fields=["source"]),
            *(
                # Without a list of what waits to be put in: it would be read whole at every search.
                GinIndex(
                    name=f"search_{name}_by_terms",
                    fields=["terms"],
                    condition=Q(kind__in=kinds),
                    fastupdate=False,
                )
                for name, kinds in SEARCHED_TOGETHER.items()
            ),
        ]


class SearchTerm(models.Model):
    """In how many entries a term stands; the empty term stands in all of them."""

    privacy = _PUBLIC

    term = models.TextField(primary_key=True)
    standing = models.IntegerField()


class SearchSound(models.Model):
    """How something that people may write sounds: in full, `~` as many blur it, `=` its first letters."""

    privacy = _PUBLIC

    sound = models.TextField()
    said = models.TextField()
    source = models.CharField(max_length=200)

    class Meta:
        indexes: ClassVar = [
            models.Index(name="search_sound_by_source", fields=["source"]),
            models.Index(name="search_sound_by_prefix", fields=["sound"], opclasses=["text_pattern_ops"]),
        ]


class UnansweredQuestion(models.Model):
    """How often a question found nothing, by day: what the city lacks, or has no people's words for.

    Of the question only its plain letters are kept, less anything that could be somebody's number; never who
    asked, nor when within the day.
    """

    privacy = Privacy(
        personal=frozenset(),
        keep_years=1,
        reason="It shows for a season what people looked for in vain; older than that it explains nothing.",
        erase="Nothing to erase: numbers are taken out before it is kept, and it says not who asked.",
    )

    question = models.CharField(max_length=40)
    day = models.DateField()
    times = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(name="unanswered_question_counts_once_a_day", fields=["question", "day"]),
            CheckConstraint(name="unanswered_question_was_asked", condition=Q(times__gte=1)),
        ]
        indexes: ClassVar = [models.Index(name="unanswered_question_by_day", fields=["day"])]
