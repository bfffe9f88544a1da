"""What is stored of calls, and what the database must never allow."""

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, Index, Q, UniqueConstraint

from tongban.hotline.rules import Hours, Outcome, Stage, plain
from tongban.kernel.keys import ring
from tongban.kernel.privacy import Privacy

_PURPOSE = "个人信息保护法第十九条：保存期限为实现处理目的所必要的最短时间。办完三十天后删除。"


class CallBack(models.Model):
    """Somebody asks to be called. Number, name and words are sealed under a key of this row's own.

    `found_by`: keyed digest of number and code word, by which its owner finds it; `phone` and `address`:
    keyed digests, by which repetitions are counted.
    """

    id = models.UUIDField(primary_key=True)
    asked_at = models.DateTimeField()
    due = models.DateField()
    about = models.TextField()
    about_name = models.TextField()
    body = models.TextField(null=True)
    region = models.TextField()
    hours = models.TextField(choices=[(str(one), str(one)) for one in Hours])
    found_by = models.BinaryField(max_length=32)
    phone = models.BinaryField(max_length=32)
    address = models.BinaryField(max_length=32)
    wrapped = models.BinaryField()
    sealed = models.BinaryField()
    stage = models.TextField(choices=[(str(one), str(one)) for one in Stage])
    tries = models.IntegerField(default=0)
    ended_at = models.DateTimeField(null=True)

    privacy = Privacy(
        personal=frozenset({"found_by", "phone", "address", "wrapped", "sealed"}),
        keep_years=0,
        reason=_PURPOSE,
        erase="整行删除，连同打开它的密钥。",
    )

    class Meta:
        indexes: ClassVar = [
            Index(name="calls_that_wait", fields=["due", "asked_at"], condition=Q(stage=str(Stage.WAITING))),
            Index(name="calls_of_a_phone", fields=["phone", "asked_at"]),
            Index(name="calls_from_an_address", fields=["address", "asked_at"]),
        ]
        constraints: ClassVar = [
            UniqueConstraint(name="a_call_is_found_by_one_word", fields=["found_by"]),
            CheckConstraint(
                name="a_call_that_waits_has_not_ended",
                condition=Q(stage=str(Stage.WAITING), ended_at=None)
                | (~Q(stage=str(Stage.WAITING)) & Q(ended_at__isnull=False)),
            ),
        ]


class Call(models.Model):
    """An officer opened the number, or called it: `outcome` is None where it was only opened."""

    id = models.BigAutoField(primary_key=True)
    call_back = models.ForeignKey(CallBack, models.CASCADE, related_name="+")
    at = models.DateTimeField()
    officer = models.UUIDField()
    body = models.TextField()
    outcome = models.TextField(null=True, choices=[(str(one), str(one)) for one in Outcome])

    privacy = Privacy(
        personal=frozenset(),
        keep_years=0,
        reason="谁看过、谁打过：本人凭口令随时可查，随回电登记一起删除。",
        erase="随回电登记一起删除。",
    )


def found_by(phone: str, word: str) -> bytes:
    """By what a request is found by its owner: 32 bytes, keyed."""
    return ring().content_digest(f"call-back of {phone} by {plain(word)}".encode())
