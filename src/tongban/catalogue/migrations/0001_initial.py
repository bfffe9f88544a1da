import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models

NEVER_CHANGED = """
create function catalogue_item_version_stays() returns trigger language plpgsql as $$
begin
  raise exception 'a published item version is never changed' using errcode = 'integrity_constraint_violation';
end $$;
create trigger item_version_is_never_changed before update or delete on catalogue_itemversion
  for each row execute function catalogue_item_version_stays();
"""

OWN_VERSION = """
alter table catalogue_itemversion add constraint item_version_is_of_one_item unique (id, slug);
alter table catalogue_currentitem add constraint current_item_is_its_own_version
  foreign key (version_id, slug) references catalogue_itemversion (id, slug);
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="ItemVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.CharField(max_length=63)),
                ("version", models.PositiveIntegerField()),
                ("digest", models.CharField(max_length=64)),
                ("document", models.TextField()),
                ("published_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("slug", "version"), name="item_has_a_version_once"),
                    models.CheckConstraint(
                        condition=models.Q(("version__gte", 1)), name="item_versions_start_at_one"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("digest__regex", "^[0-9a-f]{64}$")), name="item_digest_is_sha256"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="GuideList",
            fields=[
                ("slug", models.CharField(max_length=63, primary_key=True, serialize=False)),
                ("digest", models.CharField(max_length=64)),
                ("document", models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name="CalendarYear",
            fields=[
                ("year", models.IntegerField(primary_key=True, serialize=False)),
                ("digest", models.CharField(max_length=64)),
                ("text", models.TextField()),
                ("put_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Columns",
            fields=[
                ("id", models.SmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("digest", models.CharField(max_length=64)),
                ("document", models.TextField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("id", 1)), name="a_city_has_one_set_of_columns"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CurrentItem",
            fields=[
                ("slug", models.CharField(max_length=63, primary_key=True, serialize=False)),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalogue.itemversion",
                    ),
                ),
                ("joint", models.BooleanField()),
            ],
        ),
        migrations.CreateModel(
            name="SearchTerm",
            fields=[
                ("term", models.TextField(primary_key=True, serialize=False)),
                ("standing", models.IntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="WordList",
            fields=[
                ("slug", models.CharField(max_length=63, primary_key=True, serialize=False)),
                ("digest", models.CharField(max_length=64)),
                ("document", models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name="SearchSource",
            fields=[
                ("name", models.CharField(max_length=200, primary_key=True, serialize=False)),
                ("mark", models.CharField(max_length=80)),
            ],
        ),
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=12)),
                ("key", models.CharField(max_length=200)),
                ("source", models.CharField(max_length=200)),
                ("title", models.TextField()),
                ("about", models.TextField()),
                ("body", models.TextField()),
                ("plain_title", models.TextField()),
                ("cut_title", models.TextField()),
                ("core_title", models.TextField()),
                (
                    "plain_words",
                    django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None),
                ),
                ("plain_about", models.TextField()),
                ("plain_body", models.TextField()),
                ("for_people", models.BooleanField()),
                ("for_enterprises", models.BooleanField()),
                ("since", models.DateField(null=True)),
                ("until", models.DateField(null=True)),
                ("terms", django.contrib.postgres.search.SearchVectorField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["source"], name="search_entry_by_source"),
                    django.contrib.postgres.indexes.GinIndex(
                        condition=models.Q(("kind__in", ("item", "guide", "joint"))),
                        fields=["terms"],
                        fastupdate=False,
                        name="search_item_by_terms",
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        condition=models.Q(("kind__in", ("passage",))),
                        fields=["terms"],
                        fastupdate=False,
                        name="search_passage_by_terms",
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        condition=models.Q(("kind__in", ("announcement",))),
                        fields=["terms"],
                        fastupdate=False,
                        name="search_announcement_by_terms",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "key"), name="search_entry_stands_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["item", "guide", "passage", "announcement", "joint"])
                        ),
                        name="search_entry_has_a_known_kind",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SearchSound",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sound", models.TextField()),
                ("said", models.TextField()),
                ("source", models.CharField(max_length=200)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["source"], name="search_sound_by_source"),
                    models.Index(
                        fields=["sound"], name="search_sound_by_prefix", opclasses=["text_pattern_ops"]
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="UnansweredQuestion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("question", models.CharField(max_length=40)),
                ("day", models.DateField()),
                ("times", models.PositiveIntegerField()),
            ],
            options={
                "indexes": [models.Index(fields=["day"], name="unanswered_question_by_day")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("question", "day"), name="unanswered_question_counts_once_a_day"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("times__gte", 1)), name="unanswered_question_was_asked"
                    ),
                ],
            },
        ),
        migrations.RunSQL(
            NEVER_CHANGED,
            "drop trigger item_version_is_never_changed on catalogue_itemversion;"
            " drop function catalogue_item_version_stays();",
        ),
        migrations.RunSQL(
            OWN_VERSION,
            "alter table catalogue_currentitem drop constraint current_item_is_its_own_version;"
            " alter table catalogue_itemversion drop constraint item_version_is_of_one_item;",
        ),
    ]
