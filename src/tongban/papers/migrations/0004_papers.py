"""The papers we gave out and the seals that sign them. What was given out is never changed."""

from django.db import migrations, models

GIVEN_OUT_STAYS = """
create function papers_given_out_stays() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' then
        if (to_jsonb(new) - 'sealed' - 'withdrawn_at') = (to_jsonb(old) - 'sealed' - 'withdrawn_at')
            and (new.sealed is null or new.sealed = old.sealed)
            and (old.withdrawn_at is null or new.withdrawn_at = old.withdrawn_at)
        then
            return new;
        end if;
    end if;
    raise exception 'a paper that was given out is never changed or deleted' using errcode = 'TB002';
end $$;
create trigger papers_given_out_stays before update or delete on papers_paper
for each row execute function papers_given_out_stays();
alter table papers_paper alter column sealed set storage external;
"""


class Migration(migrations.Migration):
    dependencies = [("papers", "0003_most_waiting")]

    operations = [
        migrations.CreateModel(
            name="Seal",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "body", "name", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("body", models.TextField()),
                ("name", models.TextField()),
                ("certificate", models.BinaryField()),
                ("wrapped", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="Paper",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("owner", models.BigIntegerField()),
                ("seq", models.IntegerField()),
                ("kind", models.TextField()),
                ("code", models.TextField(unique=True)),
                ("title", models.TextField()),
                ("number", models.TextField()),
                ("body", models.TextField()),
                ("issuer", models.TextField()),
                ("issued_on", models.DateField()),
                ("sample", models.BooleanField()),
                ("digest", models.BinaryField(unique=True)),
                ("sealed", models.BinaryField(null=True)),
                ("made_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("owner", "seq"), name="papers_one_paper_of_an_act"),
                    models.CheckConstraint(
                        condition=models.Q(("code__regex", "^[0-9A-Z]{20}$")),
                        name="papers_code_has_20_characters",
                    ),
                ],
            },
        ),
        migrations.RunSQL(
            GIVEN_OUT_STAYS,
            "drop trigger papers_given_out_stays on papers_paper; drop function papers_given_out_stays()",
        ),
    ]
