"""The head remembers under which key ring the database is kept, and never takes another for it."""

from django.db import migrations, models

REMEMBER = """
create trigger ledger_ring_is_never_another before update on ledger_head
    for each row when (old.ring <> '' and new.ring <> old.ring) execute function ledger_refuse_change();
"""

FORGET = "drop trigger ledger_ring_is_never_another on ledger_head;"


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_kept_whole")]

    operations = [
        migrations.AddField("head", "ring", models.TextField(db_default="", default="")),
        migrations.RunSQL(REMEMBER, FORGET),
    ]
