import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="SealedProfile",
            fields=[
                ("person_key", models.BinaryField(primary_key=True, serialize=False)),
                ("wrapped_key", models.BinaryField()),
                ("sealed", models.BinaryField()),
                ("masked_name", models.CharField(max_length=60)),
            ],
        ),
        migrations.CreateModel(
            name="SignInCount",
            fields=[
                ("key", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("tries", models.IntegerField()),
                ("since", models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.CreateModel(
            name="Account",
            fields=[
                ("password", models.CharField(max_length=128, verbose_name="password")),
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("username", models.CharField(max_length=64, unique=True)),
                ("kind", models.CharField(max_length=16)),
                ("person_key", models.BinaryField(null=True)),
                ("officer_id", models.UUIDField(null=True)),
                ("is_active", models.BooleanField(default=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("username__regex", "^[0-9a-f]{64}$")),
                        name="account_name_is_a_keyed_hash",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("kind", "resident"),
                                ("officer_id__isnull", True),
                                ("person_key__isnull", False),
                            ),
                            models.Q(
                                ("kind", "officer"),
                                ("officer_id__isnull", False),
                                ("person_key__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="account_is_a_persons_or_an_officers_not_both",
                    ),
                    models.UniqueConstraint(fields=("person_key",), name="person_has_one_account"),
                    models.UniqueConstraint(fields=("officer_id",), name="officer_has_one_account"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Enterprise",
            fields=[
                ("key", models.BinaryField(primary_key=True, serialize=False)),
                ("code", models.CharField(max_length=18, unique=True)),
                ("name", models.CharField(max_length=120)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("code__regex", "^[0-9A-HJ-NPQRTUWXY]{18}$")),
                        name="enterprise_code_is_a_unified_code",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="enterprise_has_a_name"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Mandate",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("person_key", models.BinaryField()),
                ("since", models.DateField()),
                ("until", models.DateField(null=True)),
                ("revoked_at", models.DateTimeField(null=True)),
                (
                    "enterprise",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="identity.enterprise",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until__isnull", True), ("until__gt", models.F("since")), _connector="OR"
                        ),
                        name="mandate_ends_after_it_begins",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("revoked_at__isnull", True)),
                        fields=("person_key", "enterprise"),
                        name="person_has_one_unrevoked_mandate_of_an_enterprise",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Token",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("digest", models.BinaryField(unique=True)),
                ("created_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "acting_for",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="identity.enterprise",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("expires_at__gt", models.F("created_at"))),
                        name="token_expires_after_it_was_made",
                    )
                ],
            },
        ),
    ]
