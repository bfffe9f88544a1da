from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="File",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("uploader", models.BinaryField()),
                ("sealed", models.BinaryField()),
                ("size", models.IntegerField()),
                ("kind", models.TextField()),
                ("expires_at", models.DateTimeField()),
                ("claimed_by", models.BigIntegerField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("claimed_by__isnull", True)),
                        fields=["expires_at"],
                        name="papers_waiting_files",
                    ),
                    models.Index(
                        condition=models.Q(("claimed_by__isnull", False)),
                        fields=["claimed_by"],
                        name="papers_files_of_a_case",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["image/jpeg", "image/png", "application/pdf"])),
                        name="papers_file_is_of_a_known_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("size__range", (1, 10485760))),
                        name="papers_file_is_neither_empty_nor_too_large",
                    ),
                ],
            },
        ),
    ]
