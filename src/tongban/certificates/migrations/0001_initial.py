import django.db.models.deletion
import django.db.models.lookups
from django.db import migrations, models

STAYS = """
create function certificates_stays() returns trigger language plpgsql as $$
begin
    raise exception '% is never changed: % refused', tg_table_name, lower(tg_op)
        using errcode = 'restrict_violation';
end $$;
create trigger certificate_event_is_never_changed before update or delete or truncate on certificates_event
    for each statement execute function certificates_stays();
create trigger certificate_type_is_never_changed before update or delete or truncate on certificates_type
    for each statement execute function certificates_stays();
"""

MAY_CHANGE = """
drop trigger certificate_event_is_never_changed on certificates_event;
drop trigger certificate_type_is_never_changed on certificates_type;
drop function certificates_stays();
"""

# Cases count their events upwards from one; in the log both stand side by side, told apart by the sign.
DOWNWARDS = """
alter table certificates_event alter column id
    set increment by -1 set minvalue -9223372036854775808 set maxvalue -1 set start with -1 restart with -1;
"""

UPWARDS = """
alter table certificates_event alter column id
    set increment by 1 set minvalue 1 set maxvalue 9223372036854775807 set start with 1 restart with 1;
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Certificate",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("serial", models.TextField()),
                ("edition", models.IntegerField()),
                ("type", models.TextField()),
                ("type_version", models.IntegerField()),
                ("type_code", models.TextField()),
                ("type_name", models.TextField()),
                ("sample", models.BooleanField()),
                ("body", models.TextField()),
                ("body_name", models.TextField()),
                ("region", models.TextField()),
                ("holder", models.BinaryField(max_length=32)),
                ("holder_shown", models.TextField()),
                ("case_id", models.BigIntegerField()),
                ("case_number", models.TextField()),
                ("granted", models.IntegerField()),
                ("founder", models.BinaryField(max_length=32, null=True)),
                ("version", models.IntegerField()),
                ("status", models.TextField()),
                ("issued_on", models.DateField()),
                ("valid_until", models.DateField(null=True)),
                ("endorsed_until", models.DateField(null=True)),
                ("asked_by", models.UUIDField(null=True)),
                ("asked_ground", models.TextField(null=True)),
                ("asked_seq", models.IntegerField(null=True)),
                ("wrapped", models.BinaryField()),
                ("sealed", models.BinaryField()),
                (
                    "before",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="certificates.certificate",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("seq", models.IntegerField()),
                ("kind", models.TextField()),
                ("version", models.IntegerField()),
                ("at", models.DateTimeField()),
                ("tag", models.TextField()),
                ("body", models.TextField()),
                (
                    "certificate",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="certificates.certificate",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Reason",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("seq", models.IntegerField()),
                ("sealed", models.BinaryField()),
                (
                    "certificate",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="certificates.certificate",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Type",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.TextField()),
                ("version", models.IntegerField()),
                ("digest", models.TextField()),
                ("document", models.TextField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("slug", "version"), name="certificate_type_has_a_version_once"
                    ),
                    models.UniqueConstraint(
                        fields=("slug", "digest"), name="certificate_type_keeps_a_content_once"
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="certificate",
            index=models.Index(fields=["holder", "-id"], name="certificates_of_a_holder"),
        ),
        migrations.AddIndex(
            model_name="certificate",
            index=models.Index(
                condition=models.Q(("founder__isnull", False)),
                fields=["founder", "-id"],
                name="certificates_that_founded",
            ),
        ),
        migrations.AddIndex(
            model_name="certificate",
            index=models.Index(
                condition=models.Q(("asked_by__isnull", False)),
                fields=["body", "id"],
                name="certificates_to_be_taken_back",
            ),
        ),
        migrations.AddIndex(
            model_name="certificate",
            index=models.Index(fields=["case_id"], name="certificates_of_a_case"),
        ),
        migrations.AddIndex(
            model_name="certificate",
            index=models.Index(
                condition=models.Q(
                    (
                        "status__in",
                        [
                            "suspended",
                            "valid",
                        ],
                    ),
                    ("valid_until__isnull", False),
                ),
                fields=["valid_until", "id"],
                name="certificates_that_will_expire",
            ),
        ),
        migrations.AddConstraint(
            model_name="certificate",
            constraint=models.UniqueConstraint(fields=("serial", "edition"), name="one_edition_of_a_number"),
        ),
        migrations.AddConstraint(
            model_name="certificate",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    (
                        "status__in",
                        [
                            "suspended",
                            "valid",
                        ],
                    )
                ),
                fields=("serial",),
                name="one_standing_edition_of_a_serial",
            ),
        ),
        migrations.AddConstraint(
            model_name="certificate",
            constraint=models.UniqueConstraint(
                condition=models.Q(("edition", 1)),
                fields=("case_id", "granted"),
                name="one_certificate_for_a_grant",
            ),
        ),
        migrations.AddConstraint(
            model_name="certificate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("before", None), ("edition", 1)),
                    models.Q(("before__isnull", False), ("edition__gt", 1)),
                    _connector="OR",
                ),
                name="a_later_edition_names_the_one_before",
            ),
        ),
        migrations.AddConstraint(
            model_name="certificate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status__in", ["valid", "suspended", "revoked", "cancelled", "lapsed", "forfeited"])
                ),
                name="certificate_status_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="certificate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_until", None), ("valid_until__gte", models.F("issued_on")), _connector="OR"
                ),
                name="certificate_ends_after_it_begins",
            ),
        ),
        migrations.AddConstraint(
            model_name="certificate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("asked_by", None), ("asked_ground", None), ("asked_seq", None)),
                    models.Q(
                        ("asked_by__isnull", False),
                        ("asked_ground__isnull", False),
                        ("asked_seq__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="a_revocation_is_asked_for_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="certificate",
            constraint=models.CheckConstraint(
                condition=django.db.models.lookups.Exact(
                    models.Func(
                        models.F("holder"), function="octet_length", output_field=models.IntegerField()
                    ),
                    32,
                ),
                name="certificate_is_held_by_a_key",
            ),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.UniqueConstraint(
                fields=("certificate", "seq"), name="one_event_at_a_place_of_a_certificate"
            ),
        ),
        migrations.AddConstraint(
            model_name="reason",
            constraint=models.UniqueConstraint(fields=("certificate", "seq"), name="one_reason_of_an_event"),
        ),
        migrations.RunSQL(STAYS, MAY_CHANGE),
        migrations.RunSQL(DOWNWARDS, UPWARDS),
    ]
