"""Indexes that nobody asked of: each costs every submission. A unique text field of Django has two."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("cases", "0002_promises"),)
    operations = (
        migrations.AlterField("case", "number", models.TextField()),
        migrations.AlterField("case", "tag", models.TextField()),
        migrations.AddConstraint(
            "case", models.UniqueConstraint(fields=("number",), name="one_case_of_a_number")
        ),
        migrations.AddConstraint("case", models.UniqueConstraint(fields=("tag",), name="one_case_of_a_tag")),
        migrations.AlterField(
            "timer",
            "case",
            models.ForeignKey("cases.case", django.db.models.deletion.PROTECT, db_index=False),
        ),
    )
