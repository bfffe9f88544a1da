"""The database itself keeps log and looks unchanged, and the log has one head that only moves on."""

from django.db import migrations

KEEP_WHOLE = """
create function ledger_refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% is never changed: % refused', tg_table_name, lower(tg_op)
        using errcode = 'restrict_violation';
end $$;

create trigger ledger_leaf_is_never_changed before update or delete or truncate on ledger_leaf
    for each statement execute function ledger_refuse_change();
create trigger ledger_subtree_is_never_changed before update or delete or truncate on ledger_subtree
    for each statement execute function ledger_refuse_change();
create trigger ledger_look_is_never_changed before update or delete or truncate on ledger_look
    for each statement execute function ledger_refuse_change();

create trigger ledger_head_is_never_lost before delete or truncate on ledger_head
    for each statement execute function ledger_refuse_change();
create trigger ledger_head_never_goes_back before update on ledger_head
    for each row when (new.size < old.size) execute function ledger_refuse_change();

insert into ledger_head (id, size, checkpoint) values (1, 0, '');
"""

RELEASE = """
drop trigger ledger_leaf_is_never_changed on ledger_leaf;
drop trigger ledger_subtree_is_never_changed on ledger_subtree;
drop trigger ledger_look_is_never_changed on ledger_look;
drop trigger ledger_head_is_never_lost on ledger_head;
drop trigger ledger_head_never_goes_back on ledger_head;
drop function ledger_refuse_change();
delete from ledger_head;
"""

# Every row of the pending table dies within a second. Cleaning by a count of rows, index included, keeps its
# first pages free of the dead; giving pages back would lock out the acts that insert.
CLEAN_OFTEN = """
alter table ledger_pending set (
    autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000,
    autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 100000,
    vacuum_index_cleanup = on, vacuum_truncate = off
);
alter table ledger_head set (fillfactor = 20);
"""

CLEAN_AS_OTHERS = """
alter table ledger_pending reset (
    autovacuum_vacuum_scale_factor, autovacuum_vacuum_threshold,
    autovacuum_analyze_scale_factor, autovacuum_analyze_threshold,
    vacuum_index_cleanup, vacuum_truncate
);
alter table ledger_head reset (fillfactor);
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]

    operations = [
        migrations.RunSQL(KEEP_WHOLE, RELEASE),
        migrations.RunSQL(CLEAN_OFTEN, CLEAN_AS_OTHERS),
    ]
