"""Many cases at once: the documents that submit itself would send, written by COPY and a few statements."""

from datetime import datetime
from typing import Any

import psycopg

from bench.city import ANSWERS, ITEM, MATERIALS, Office, store_files
from tongban.cases import api as cases
from tongban.cases.commands.application import check
from tongban.cases.commands.submit import new_row, opened
from tongban.cases.models.stored import wrapping
from tongban.catalogue import api as catalogue
from tongban.kernel.keys import ring

WRITE = (
    """
    insert into cases_queue (id, item, body, region, head)
    select distinct r.queue, r.item, r.body, r.region, 0
    from arrival, jsonb_populate_record(null::cases_case, doc -> 'row') r
    on conflict do nothing
    """,
    "insert into cases_case select r.* from arrival, jsonb_populate_record(null::cases_case, doc -> 'row') r",
    "insert into cases_key (case_id, wrapped) select case_id, wrapped from arrival",
    """
    insert into cases_content (case_id, name, sealed)
    select case_id, x.name, x.sealed
    from arrival, jsonb_to_recordset(doc -> 'content') as x(name text, sealed bytea)
    """,
    """
    insert into cases_material (case_id, seq, kind, file, sealed)
    select case_id, x.seq, x.kind, x.file, x.sealed
    from arrival, jsonb_to_recordset(doc -> 'materials') as x(seq int, kind text, file uuid, sealed bytea)
    """,
    """
    insert into cases_timer (case_id, kind, due_at)
    select case_id, x.kind, x.due_at
    from arrival, jsonb_to_recordset(doc -> 'timers') as x(kind text, due_at timestamptz)
    """,
    """
    with told as (
        insert into cases_event (case_id, seq, kind, version, at, body)
        select case_id, x.seq, x.kind, x.version, x.at, x.body
        from arrival, jsonb_to_recordset(doc -> 'events')
            as x(seq int, kind text, version int, at timestamptz, body text)
        order by case_id
        returning id, case_id
    )
    insert into ledger_pending (event_id, case_id, queue, kind, told, entry)
    select told.id, case_id, doc -> 'row' ->> 'queue', x.leaf, x.told, x.entry
    from told join arrival using (case_id), jsonb_to_recordset(doc -> 'events')
        as x(leaf text, told text, entry text)
    order by told.id
    """,
)


def arrive(url: str, offices: tuple[Office, ...], count: int, at: datetime) -> None:
    """Let `count` cases arrive at the offices in turn, whole and readable, their leaves not yet sealed.

    The cases of an office share its three files.
    """
    item = catalogue.item(ITEM)
    made = [_applied(url, office, at) for office in offices]
    with psycopg.connect(url) as direct, direct.cursor() as cursor:
        cursor.execute(
            "create temporary table arrival (case_id bigint primary key, doc jsonb, wrapped bytea)"
        )
        with cursor.copy("copy arrival from stdin") as copy:
            for nth in range(count):
                office, application, checked = made[nth % len(made)]
                writing = opened(item, application, checked, (office.person, office.person), at)
                assert writing.key is not None
                row = new_row(writing, item, office.resident, at)
                case = writing.state.head.id
                copy.write_row((case, writing.as_json(**row), ring().wrap(writing.key, wrapping(case))))
        cursor.execute("analyze arrival")
        for statement in WRITE:
            cursor.execute(statement)


def _applied(url: str, office: Office, at: datetime) -> tuple[Office, cases.Application, Any]:
    [files] = store_files(url, [office.person], len(MATERIALS), at)
    materials = [(kind, file.handle) for kind, file in zip(MATERIALS, files, strict=True)]
    application = cases.Application(ITEM, office.region, ANSWERS, materials)
    person = office.person
    checked = check(
        catalogue.item(ITEM), ANSWERS, materials, uploader=person, applicant=person, as_person=True, at=at
    )
    return office, application, checked
