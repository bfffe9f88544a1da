"""What is stored of a joint service that was applied for: which cases are one; all else is told by them."""

from django.db import models
from django.db.models import UniqueConstraint

from tongban.kernel.privacy import Privacy


class Joint(models.Model):
    """Cases that were submitted together, by one key; where they stand is told by themselves alone.

    `wrapped` keeps the key of the one receipt, until the content of one of the cases is erased.
    """

    id = models.BigIntegerField(primary_key=True)
    number = models.TextField()
    service = models.TextField()
    version = models.IntegerField()
    name = models.TextField()
    region = models.TextField()
    applicant = models.BinaryField(max_length=32)
    filed_by = models.BinaryField(max_length=32)
    received_at = models.DateTimeField()
    key = models.BinaryField(max_length=32)
    digest = models.BinaryField(max_length=32)
    wrapped = models.BinaryField(null=True)

    privacy = Privacy(
        personal=frozenset({"applicant", "filed_by"}),
        keep_years=10,
        reason="办件档案保管期限（单位自定，默认十年）",
        erase="申请人只剩键控散列，随所含办件删除；其中一件的内容销毁时，一起收的凭证也不能再打开",
    )

    class Meta:
        constraints = (
            UniqueConstraint(fields=["number"], name="one_joint_service_of_a_number"),
            UniqueConstraint(fields=["key"], name="one_joint_service_of_a_submission"),
        )
