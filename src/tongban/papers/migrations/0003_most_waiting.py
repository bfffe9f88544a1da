"""The files of one uploader that wait are counted at every upload, to hold their number down."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("papers", "0002_claim")]

    operations = [
        migrations.AddIndex(
            "file",
            models.Index(
                fields=["uploader", "expires_at"],
                name="papers_files_waiting_of_one",
                condition=Q(claimed_by__isnull=True),
            ),
        ),
    ]
