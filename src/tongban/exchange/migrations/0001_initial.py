import django.db.models.lookups
from django.db import migrations, models

STAYS = """
create function exchange_asking_stays() returns trigger language plpgsql as $$
begin
    raise exception '% is never changed: % refused', tg_table_name, lower(tg_op)
        using errcode = 'restrict_violation';
end $$;
create trigger an_asking_is_never_changed before update or delete or truncate on exchange_asking
    for each statement execute function exchange_asking_stays();
"""

MAY_CHANGE = """
drop trigger an_asking_is_never_changed on exchange_asking;
drop function exchange_asking_stays();
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="SampleRegister",
            fields=[
                ("slug", models.TextField(primary_key=True, serialize=False)),
                ("digest", models.BinaryField(max_length=32)),
                ("wrapped", models.BinaryField()),
                ("sealed", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="Asking",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("case_id", models.BigIntegerField(null=True)),
                ("subject", models.BinaryField(max_length=32)),
                ("rule", models.TextField()),
                ("body", models.TextField()),
                ("purpose", models.TextField()),
                ("register", models.TextField()),
                ("register_name", models.TextField()),
                ("question", models.TextField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["case_id", "id"], name="askings_of_a_case"),
                    models.Index(fields=["subject", "id"], name="askings_about_somebody"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=django.db.models.lookups.Exact(
                            models.Func(
                                "subject", function="octet_length", output_field=models.IntegerField()
                            ),
                            32,
                        ),
                        name="an_asking_is_about_a_key",
                    )
                ],
            },
        ),
        migrations.RunSQL(STAYS, MAY_CHANGE),
    ]
