"""What the database promises beyond columns: stories and the record of exports are only added to, numbers come in blocks."""

from django.db import migrations

STORY_ONLY_GROWS = """
create function cases_story_only_grows() returns trigger language plpgsql as $$
begin
    raise exception 'an event is never changed or deleted' using errcode = 'TB002';
end $$;
create trigger cases_story_only_grows before update or delete or truncate on cases_event
for each statement execute function cases_story_only_grows();
"""

EXPORTS_ONLY_GROW = """
create function cases_exports_only_grow() returns trigger language plpgsql as $$
begin
    raise exception 'an export that was made stays on record' using errcode = 'TB002';
end $$;
create trigger cases_exports_only_grow before update or delete or truncate on cases_export
for each statement execute function cases_exports_only_grow();
"""

# The step is the block that `commands.numbers` takes at once.
NUMBERS = "create sequence cases_number_block as bigint increment 64 minvalue 64"

# These tables churn: their dead rows are cleared early, index entries too (PostgreSQL skips those while few).
CHURN = """
alter table cases_waiting set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000,
                               vacuum_index_cleanup = on);
alter table cases_timer set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000,
                             vacuum_index_cleanup = on);
"""


class Migration(migrations.Migration):
    dependencies = (("cases", "0001_initial"),)
    operations = (
        migrations.RunSQL(
            STORY_ONLY_GROWS,
            "drop trigger cases_story_only_grows on cases_event; drop function cases_story_only_grows()",
        ),
        migrations.RunSQL(
            EXPORTS_ONLY_GROW,
            "drop trigger cases_exports_only_grow on cases_export; drop function cases_exports_only_grow()",
        ),
        migrations.RunSQL(NUMBERS, "drop sequence cases_number_block"),
        migrations.RunSQL(CHURN, migrations.RunSQL.noop),
    )
