"""What is stored of receptions, and what the database must never allow."""

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, F, Func, Index, Q
from django.db.models.lookups import Exact

from tongban.kernel.privacy import Privacy


class Reception(models.Model):
    """One person at one officer's window, until they leave or the day is over.

    `known`: whether a register compared name and number, or an officer saw the card alone. `enterprise`: the
    public code of whom they stand there for, or empty.
    """

    id = models.UUIDField(primary_key=True)
    officer = models.UUIDField()
    body = models.TextField()
    subject = models.BinaryField(max_length=32)
    shown_as = models.TextField()
    known = models.TextField()
    enterprise = models.TextField(default="")
    enterprise_name = models.TextField(default="")
    opened_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    privacy = Privacy(
        personal=frozenset({"subject", "shown_as"}),
        keep_years=0,
        reason="个人信息保护法第十九条：只为当天的接待；本人离开或者当天结束后删除。",
        erase="整行删除；谁在窗口看过、为什么，记在本人看得到的查看记录里。",
    )

    class Meta:
        indexes: ClassVar = [Index(name="receptions_of_an_officer", fields=["officer", "-opened_at"])]
        constraints: ClassVar = [
            CheckConstraint(
                name="a_reception_is_of_a_person",
                condition=Exact(
                    Func(F("subject"), function="octet_length", output_field=models.IntegerField()), 32
                ),
            ),
            CheckConstraint(name="a_reception_ends", condition=Q(ends_at__gt=F("opened_at"))),
            CheckConstraint(
                name="an_enterprise_at_a_window_has_code_and_name",
                condition=Q(enterprise="", enterprise_name="") | (~Q(enterprise="") & ~Q(enterprise_name="")),
            ),
        ]
