"""What is stored of exchange, and what the database must never allow."""

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, Func, Index
from django.db.models.lookups import Exact

from tongban.kernel.privacy import Privacy


class SampleRegister(models.Model):
    """A register that a pack wrote down, sealed whole: even invented people stand nowhere in clear."""

    slug = models.TextField(primary_key=True)
    digest = models.BinaryField(max_length=32)
    wrapped = models.BinaryField()
    sealed = models.BinaryField()

    privacy = Privacy(
        personal=frozenset({"sealed", "wrapped"}),
        keep_years=None,
        reason="样例登记簿里的人和数据都是编的，随事项包发布。",
        erase="从事项包里删去后重新发布。",
    )


class Asking(models.Model):
    """That a register was asked about somebody: written before the asking, never changed nor deleted."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    case_id = models.BigIntegerField(null=True)
    subject = models.BinaryField(max_length=32)
    rule = models.TextField()
    body = models.TextField()
    purpose = models.TextField()
    register = models.TextField()
    register_name = models.TextField()
    question = models.TextField()

    privacy = Privacy(
        personal=frozenset({"subject"}),
        keep_years=3,
        reason="政务数据共享条例要求使用记录至少保存三年；人只以键控散列记下。",
        erase="到期删除。",
    )

    class Meta:
        indexes: ClassVar = [
            Index(fields=["case_id", "id"], name="askings_of_a_case"),
            Index(fields=["subject", "id"], name="askings_about_somebody"),
        ]
        constraints: ClassVar = [
            CheckConstraint(
                name="an_asking_is_about_a_key",
                condition=Exact(
                    Func("subject", function="octet_length", output_field=models.IntegerField()), 32
                ),
            ),
        ]
