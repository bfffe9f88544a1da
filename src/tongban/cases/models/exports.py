"""What left the house as a spreadsheet: who took what, when, narrowed to what."""

from django.db import models
from django.db.models import CheckConstraint, Index, Q

from tongban.kernel.privacy import Privacy

WHAT = ("cases", "figures")


class Export(models.Model):
    """A spreadsheet given to an officer; a trigger forbids to change or delete the row.

    `body`, `region`: of the officer; `narrowed`: the filters as they stand in the address.
    """

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    officer = models.UUIDField()
    body = models.TextField()
    region = models.TextField()
    what = models.TextField(choices=[(what, what) for what in WHAT])
    narrowed = models.TextField()
    rows = models.IntegerField()
    cut = models.BooleanField()

    privacy = Privacy(
        personal=frozenset(),
        keep_years=None,
        reason="谁在什么时候导出了哪些办件的清单；姓名在清单里只有掩码，本表不含申请人的任何信息。",
        erase="不删除",
    )

    class Meta:
        indexes = (Index(fields=["body", "-id"], name="exports_of_a_body"),)
        constraints = (
            CheckConstraint(name="an_export_is_of_cases_or_of_figures", condition=Q(what__in=WHAT)),
        )
