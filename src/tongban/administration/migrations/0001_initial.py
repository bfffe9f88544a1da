import django.contrib.postgres.fields
from django.db import migrations, models

RECORD_ONLY_GROWS = """
create function administration_record_only_grows() returns trigger language plpgsql as $$
begin
    raise exception 'a recorded change is never changed or deleted' using errcode = 'TB002';
end $$;
create trigger administration_record_only_grows before update or delete or truncate on administration_change
for each statement execute function administration_record_only_grows();
"""
FORGETS = """
drop trigger administration_record_only_grows on administration_change;
drop function administration_record_only_grows();
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Change",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("proposal", models.UUIDField(unique=True)),
                ("at", models.DateTimeField()),
                ("title", models.TextField()),
                ("region", models.TextField()),
                ("outcome", models.TextField()),
                ("lines", models.TextField()),
                ("effects", models.TextField()),
                (
                    "dangers",
                    django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None),
                ),
                ("digest", models.TextField()),
                ("reason", models.TextField()),
                ("by", models.UUIDField()),
                ("by_name", models.TextField()),
                ("second", models.UUIDField(null=True)),
                ("second_name", models.TextField()),
                ("word", models.TextField()),
            ],
            options={
                "indexes": [models.Index(fields=["region", "-id"], name="changes_of_a_region")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("outcome__in", ["done", "declined", "withdrawn"])),
                        name="change_outcome_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="a_change_says_why"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("second__isnull", True),
                            models.Q(("second", models.F("by")), _negated=True),
                            _connector="OR",
                        ),
                        name="nobody_agrees_to_their_own_change",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "done"), _negated=True),
                            ("dangers__len", 0),
                            ("second__isnull", False),
                            _connector="OR",
                        ),
                        name="a_dangerous_change_has_a_second_person",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Proposal",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("title", models.TextField()),
                ("region", models.TextField()),
                ("steps", models.TextField()),
                ("lines", models.TextField()),
                ("effects", models.TextField()),
                (
                    "dangers",
                    django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None),
                ),
                ("digest", models.TextField()),
                ("reason", models.TextField()),
                ("state", models.TextField()),
                ("by", models.UUIDField()),
                ("by_name", models.TextField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["state", "region", "at"], name="proposals_that_wait")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["draft", "waiting"])),
                        name="proposal_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="a_proposal_says_why"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "waiting"), _negated=True),
                            ("dangers__len__gt", 0),
                            _connector="OR",
                        ),
                        name="what_waits_for_a_second_person_is_dangerous",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RetiredMaster",
            fields=[
                ("master", models.TextField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Rewrapping",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("master", models.TextField()),
                ("begun", models.DateTimeField()),
                ("total", models.BigIntegerField()),
                ("done", models.BigIntegerField(default=0)),
                ("failed", models.BigIntegerField(default=0)),
                ("place", models.TextField(default="")),
                (
                    "after",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), default=list, size=None
                    ),
                ),
                ("moved", models.DateTimeField()),
                ("ended", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended", None)),
                        fields=("ended",),
                        name="keys_are_rewrapped_one_run_at_a_time",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ended", None), ("after__len", 0), _connector="OR"),
                        name="a_rewrapping_that_is_over_remembers_no_row",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended", None), ("ended__gte", models.F("begun")), _connector="OR"
                        ),
                        name="a_rewrapping_ends_after_it_began",
                    ),
                ],
            },
        ),
        migrations.RunSQL(RECORD_ONLY_GROWS, FORGETS),
    ]
