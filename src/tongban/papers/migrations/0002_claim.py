"""Claiming a file is one step of the statement that submits, so it is a function of the database.

Expiry is asked of the handle, at the caller's time: a row that is still there may be claimed. A case may claim
again what it holds, so that handing in the same file twice is no fault.
"""

from django.db import migrations

CLAIM = """
create function papers_claim(files uuid[], claimant bigint, owner bytea) returns int language plpgsql as $$
declare
    claimed int;
begin
    -- Two that want the same files in another order may meet in a deadlock: one is undone and asks again.
    update papers_file set claimed_by = claimant
    where id = any(files) and uploader = owner and (claimed_by is null or claimed_by = claimant);
    get diagnostics claimed = row_count;
    -- A file may be named twice; to count them apart costs more than to claim them, and is seldom needed.
    if claimed < cardinality(files) then
        if claimed < (select count(distinct id) from unnest(files) as id) then
            raise exception 'papers: of % files only % can be claimed', cardinality(files), claimed
                using errcode = 'TB001';
        end if;
    end if;
    return claimed;
end $$;
"""

# Ciphertext does not compress: trying would only cost time.
STORE_AS_IT_IS = "alter table papers_file alter column sealed set storage external"
STORE_AS_OTHERS = "alter table papers_file alter column sealed set storage extended"


class Migration(migrations.Migration):
    dependencies = [("papers", "0001_initial")]

    operations = [
        migrations.RunSQL(CLAIM, "drop function papers_claim(uuid[], bigint, bytea)"),
        migrations.RunSQL(STORE_AS_IT_IS, STORE_AS_OTHERS),
    ]
