"""What is stored of a case, and what the database must never allow."""

from django.db import models
from django.db.models import CheckConstraint, Index, Q, UniqueConstraint
from django.db.models.fields.json import JSONField

from tongban.cases.models.joint import Joint
from tongban.cases.rules.approvals import NeedsApproval
from tongban.cases.rules.life import CLOSED, WORKED_ON, Stage
from tongban.cases.rules.state import Side
from tongban.kernel.privacy import Privacy

ARCHIVE_YEARS = 10
STORY = Privacy(
    personal=frozenset(),
    keep_years=None,
    reason="办件的经过是公开账本的依据，不含个人信息，长期保存",
    erase="不删除",
)
CONTENT = "办件档案保管期限（单位自定，默认十年）"


class Queue(models.Model):
    """One item at one body, served in the order of arrival. `head` is at or before the first that waits."""

    id = models.TextField(primary_key=True)
    item = models.TextField()
    body = models.TextField()
    region = models.TextField()
    head = models.BigIntegerField(default=0)

    privacy = STORY

    class Meta:
        constraints = (UniqueConstraint(fields=["item", "body"], name="one_queue_for_an_item_at_a_body"),)


class Case(models.Model):
    """The folded case: a convenience, for its events are the truth."""

    id = models.BigIntegerField(primary_key=True)
    number = models.TextField()
    tag = models.TextField()
    item = models.TextField()
    item_version = models.IntegerField()
    item_name = models.TextField()
    queue = models.ForeignKey(Queue, models.PROTECT, db_column="queue", db_index=False)
    region = models.TextField()
    body = models.TextField()
    applicant = models.BinaryField(max_length=32)
    applicant_name = models.TextField()
    filed_by = models.BinaryField(max_length=32)
    agent_name = models.TextField()
    received_at = models.DateTimeField()
    version = models.IntegerField()
    stage = models.TextField(choices=[(stage, stage) for stage in Stage])
    open = models.BooleanField()
    waits = models.BooleanField()
    taken_by = models.UUIDField(null=True)
    taken_at = models.DateTimeField(null=True)
    touched = models.BooleanField()
    position = models.BigIntegerField(null=True)
    due = models.DateField(null=True)
    warn = models.DateField(null=True)
    statutory_due = models.DateField(null=True)
    provisional = models.BooleanField()
    facts = JSONField()
    last_word = models.TextField(null=True, choices=[(side, side) for side in Side])
    awaited = JSONField(null=True)
    lateness = JSONField(null=True)
    stands_since = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    granted = models.BooleanField(null=True)
    decided_at = models.DateTimeField(null=True)
    office_seconds = models.IntegerField(null=True)
    applicant_seconds = models.IntegerField(null=True)
    joint = models.ForeignKey(Joint, models.PROTECT, null=True, db_column="joint", db_index=False)

    privacy = Privacy(
        personal=frozenset({"applicant", "applicant_name", "filed_by", "agent_name"}),
        keep_years=ARCHIVE_YEARS,
        reason=CONTENT,
        erase="销毁密钥后，掩码姓名清空，申请人只剩键控散列",
    )

    class Meta:
        indexes = (
            Index(fields=["applicant", "-id"], name="cases_of_an_applicant"),
            Index(
                fields=["taken_by", "due", "id"],
                name="cases_on_a_desk",
                condition=Q(open=True, taken_by__isnull=False),
            ),
            Index(fields=["body", "stage", "-id"], name="cases_of_a_body"),
            # What became of all cases is counted in this index alone.
            Index(fields=["queue", "stage", "-id"], include=["granted"], name="cases_of_a_queue"),
            # Whatever came, was accepted or decided lately has stood as it does only since then.
            Index(fields=["body", "stands_since"], name="cases_moved_lately"),
            # How long cases took is read from this index alone; what is not decided is not in it.
            Index(
                fields=["queue", "-decided_at"],
                include=["office_seconds", "applicant_seconds"],
                name="cases_decided_of_a_queue",
                condition=Q(office_seconds__isnull=False),
            ),
            Index(fields=["joint"], name="cases_of_a_joint_service", condition=Q(joint__isnull=False)),
            Index(fields=["id"], name="cases_with_provisional_due", condition=Q(open=True, provisional=True)),
        )
        constraints = (
            # Not `unique=True` on the fields: that would make a second index on each, for searches by prefix.
            UniqueConstraint(fields=["number"], name="one_case_of_a_number"),
            UniqueConstraint(fields=["tag"], name="one_case_of_a_tag"),
            CheckConstraint(name="a_waiting_case_is_not_taken", condition=Q(waits=False) | Q(taken_by=None)),
            CheckConstraint(
                name="only_a_case_worked_on_waits", condition=Q(waits=False) | Q(stage__in=sorted(WORKED_ON))
            ),
            CheckConstraint(
                name="only_one_of_several_waits_for_a_result",
                condition=~Q(stage=str(Stage.AWAITING_RESULT)) | Q(joint__isnull=False, waits=False),
            ),
            CheckConstraint(
                name="a_closed_case_is_not_open",
                condition=Q(open=True, stage__in=sorted(set(Stage) - CLOSED))
                | Q(open=False, stage__in=sorted(CLOSED)),
            ),
        )


class Event(models.Model):
    """One thing that happened; a trigger forbids to change or delete it. `body` is the exact text hashed."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, models.PROTECT, db_index=False)
    seq = models.IntegerField()
    kind = models.TextField()
    version = models.IntegerField()
    at = models.DateTimeField()
    body = models.TextField()

    privacy = STORY

    class Meta:
        indexes = (
            Index(
                fields=["at"],
                name="cases_received_at_windows",
                condition=Q(kind="submitted", body__contains='"received":'),
            ),
            Index(
                fields=["at"],
                name="overtakings_by_time",
                condition=Q(kind="taken", body__contains='"reason":"'),
            ),
        )
        constraints = (UniqueConstraint(fields=["case", "seq"], name="one_event_at_a_place_in_the_story"),)


class Key(models.Model):
    """A case's key, wrapped under the ring's master; without it nothing of the case can be read."""

    case = models.OneToOneField(Case, models.PROTECT, primary_key=True)
    wrapped = models.BinaryField(null=True)
    destroyed_at = models.DateTimeField(null=True)

    privacy = Privacy(
        personal=frozenset({"wrapped"}), keep_years=ARCHIVE_YEARS, reason=CONTENT, erase="置空并记下时间"
    )

    class Meta:
        constraints = (
            CheckConstraint(
                name="a_key_is_held_or_destroyed",
                condition=Q(wrapped__isnull=False, destroyed_at=None)
                | Q(wrapped=None, destroyed_at__isnull=False),
            ),
        )


class Content(models.Model):
    """Answers and texts, sealed under the case's key. `name`: answers:1, text:3, …, by the event's place."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, models.PROTECT, db_index=False)
    name = models.TextField()
    sealed = models.BinaryField()

    privacy = Privacy(
        personal=frozenset({"sealed"}), keep_years=ARCHIVE_YEARS, reason=CONTENT, erase="销毁办件密钥"
    )

    class Meta:
        constraints = (UniqueConstraint(fields=["case", "name"], name="one_content_of_a_name"),)


class Material(models.Model):
    """A material handed in; `sealed` holds the file's own key, name, kind and size under the case's key."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, models.PROTECT, db_index=False)
    seq = models.IntegerField()
    kind = models.TextField()
    file = models.UUIDField()
    sealed = models.BinaryField()

    privacy = Privacy(
        personal=frozenset({"sealed"}), keep_years=ARCHIVE_YEARS, reason=CONTENT, erase="销毁办件密钥"
    )

    class Meta:
        constraints = (
            UniqueConstraint(fields=["case", "seq", "kind", "file"], name="a_file_is_handed_in_once"),
        )


class Ticked(models.Model):
    """What officers ticked so far in examining a case, sealed; gone once it has become a notice."""

    case = models.OneToOneField(Case, models.PROTECT, primary_key=True)
    sealed = models.BinaryField()

    privacy = Privacy(
        personal=frozenset({"sealed"}), keep_years=ARCHIVE_YEARS, reason=CONTENT, erase="销毁办件密钥"
    )


class Presence(models.Model):
    """An officer has the page of a case open, or had it at that moment."""

    pk = models.CompositePrimaryKey("case_id", "officer")
    case_id = models.BigIntegerField()
    officer = models.UUIDField()
    at = models.DateTimeField()

    privacy = Privacy(
        personal=frozenset({"officer"}),
        keep_years=0,
        reason="只为两个人不同时处理一件事；一小时后随本人下一次打开办件时删除",
        erase="整行删除",
    )

    class Meta:
        indexes = (Index(fields=["officer", "at"], name="presences_of_an_officer"),)


class Submission(models.Model):
    """Twice is once: the same key gives the first receipt, and the same key with other content is refused."""

    key = models.BinaryField(primary_key=True, max_length=32)
    digest = models.BinaryField(max_length=32)
    case = models.ForeignKey(Case, models.PROTECT, db_constraint=False)
    receipt = models.TextField()

    privacy = Privacy(
        personal=frozenset(),
        keep_years=ARCHIVE_YEARS,
        reason="收件凭证随办件保存；键与摘要都是键控散列",
        erase="随办件删除",
    )


class Waiting(models.Model):
    """A case that waits, at the place of its arrival leaf; no row while it is taken or set aside."""

    pk = models.CompositePrimaryKey("queue", "position")
    queue = models.TextField()
    position = models.BigIntegerField()
    case_id = models.BigIntegerField(unique=True)

    privacy = STORY


class Timer(models.Model):
    """What the clock will do to a case; rewritten with every act, gone once done."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, models.PROTECT, db_index=False)
    kind = models.TextField()
    due_at = models.DateTimeField()

    privacy = STORY

    class Meta:
        indexes = (Index(fields=["due_at", "id"], name="timers_by_due"),)
        constraints = (UniqueConstraint(fields=["case", "kind"], name="one_timer_of_a_kind"),)


class Approval(models.Model):
    """Asked for by one officer, answered by another. `order` is what will be done, without personal data."""

    id = models.UUIDField(primary_key=True)
    case = models.ForeignKey(Case, models.PROTECT)
    body = models.TextField()
    act = models.TextField(choices=[(act, act) for act in NeedsApproval])
    seq = models.IntegerField()
    reason = models.TextField(null=True)
    asked_by = models.UUIDField()
    asked_at = models.DateTimeField()
    answered_by = models.UUIDField(null=True)
    answered_at = models.DateTimeField(null=True)
    given = models.BooleanField(null=True)

    privacy = STORY

    class Meta:
        indexes = (Index(fields=["body", "asked_at"], name="approvals_open", condition=Q(given=None)),)
        constraints = (
            CheckConstraint(
                name="nobody_approves_what_they_asked_for",
                condition=Q(answered_by=None) | ~Q(answered_by=models.F("asked_by")),
            ),
            UniqueConstraint(
                fields=["case", "act"], name="one_open_approval_for_an_act", condition=Q(given=None)
            ),
        )


class Contest(models.Model):
    """A look that the applicant doubts, until a leader or a supervisor who is not the one who looked answers.

    `look`: the row of the record of looks; `seq`: the event's place in the story, under which its words are.
    """

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, models.PROTECT)
    seq = models.IntegerField()
    look = models.BigIntegerField()
    body = models.TextField()
    region = models.TextField()
    looked_by = models.UUIDField()
    asked_at = models.DateTimeField()
    due = models.DateField()
    answered_by = models.UUIDField(null=True)
    answered_at = models.DateTimeField(null=True)

    privacy = STORY

    class Meta:
        indexes = (Index(fields=["body", "due"], name="contests_open", condition=Q(answered_at=None)),)
        constraints = (
            UniqueConstraint(fields=["look"], name="a_look_is_contested_once"),
            CheckConstraint(
                name="nobody_answers_for_their_own_look",
                condition=Q(answered_by=None) | ~Q(answered_by=models.F("looked_by")),
            ),
        )


class Consultation(models.Model):
    """A question to a colleague or another body, until somebody there answers or declines.

    `seq`: the event's place in the story, under which its words are; `body` is the one that is asked, and
    `officer` who alone may answer, where one is named.
    """

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, models.PROTECT, db_index=False)
    seq = models.IntegerField()
    body = models.TextField()
    officer = models.UUIDField(null=True)
    asked_by = models.UUIDField()
    asked_at = models.DateTimeField()
    due = models.DateField()
    answered_by = models.UUIDField(null=True)
    answered_at = models.DateTimeField(null=True)

    privacy = STORY

    class Meta:
        indexes = (Index(fields=["body", "due"], name="consultations_open", condition=Q(answered_at=None)),)
        constraints = (
            UniqueConstraint(fields=["case", "seq"], name="one_consultation_at_a_place_in_the_story"),
            CheckConstraint(
                name="nobody_answers_their_own_question",
                condition=Q(answered_by=None) | ~Q(answered_by=models.F("asked_by")),
            ),
        )


class ReceiptMail(models.Model):
    """Somebody wants a receipt by mail. The address is asked for when it is sent, and never kept."""

    id = models.UUIDField(primary_key=True)
    case = models.ForeignKey(Case, models.PROTECT, db_index=False)
    reader = models.BinaryField(max_length=32)
    asked_at = models.DateTimeField()
    over_at = models.DateTimeField(null=True)

    privacy = Privacy(
        personal=frozenset({"reader"}),
        keep_years=0,
        reason="只为发一封信、不多发；三十天后删除，人只以键控散列记下。",
        erase="整行删除。",
    )

    class Meta:
        indexes = (Index(fields=["reader", "asked_at"], name="receipts_mailed_to_somebody"),)
