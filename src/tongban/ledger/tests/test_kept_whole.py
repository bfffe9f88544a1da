"""The database itself refuses what must never happen to log, looks and waiting leaves."""

import pytest
from django.db import IntegrityError, connection, transaction

from tongban.kernel.keys import ring
from tongban.ledger import commands
from tongban.ledger.tests.world import NOON, Heard, a_waiting_leaf, head, rows, seal_all


@pytest.fixture(autouse=True)
def _a_sealed_leaf(heard: Heard) -> None:
    a_waiting_leaf()
    seal_all()


def refused(sql: str, why: str) -> None:
    with pytest.raises(IntegrityError, match=why), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.parametrize("table", ["ledger_leaf", "ledger_subtree", "ledger_look"])
def test_what_is_recorded_is_never_changed(table: str) -> None:
    column = {"ledger_leaf": "entry", "ledger_subtree": "root", "ledger_look": "what"}[table]
    refused(f"update {table} set {column} = {column}", f"{table} is never changed: update refused")
    refused(f"delete from {table}", f"{table} is never changed: delete refused")
    refused(f"truncate {table}", f"{table} is never changed: truncate refused")


def test_the_log_keeps_its_one_head() -> None:
    refused("delete from ledger_head", "delete refused")
    refused("truncate ledger_head", "truncate refused")
    refused("insert into ledger_head (id, size, checkpoint) values (2, 0, '')", "ledger_has_one_head")


def test_the_head_never_goes_back_and_never_unsigned() -> None:
    refused("update ledger_head set size = size - 1", "update refused")
    refused("update ledger_head set checkpoint = ''", "ledger_head_of_leaves_is_signed")


def test_the_head_remembers_one_ring_for_ever() -> None:
    commands.remember_ring()
    refused("update ledger_head set ring = 'another'", "update refused")
    commands.remember_ring()
    assert rows("select ring from ledger_head") == [(ring().fingerprint,)]


def test_an_event_leaves_one_leaf() -> None:
    event = a_waiting_leaf()
    again = f"""insert into ledger_pending (event_id, case_id, queue, kind, told, entry)
                values ({event}, 1, 'q', 'other', 't', 'e')"""
    refused(again, "ledger_event_waits_with_one_leaf")
    commands.seal(NOON)
    sealed = f"insert into ledger_leaf (index, event_id, entry) values ({head()[0]}, {event}, 'e')"
    refused(sealed, "ledger_event_has_one_leaf")


@pytest.mark.parametrize(
    ("kind", "entry", "why"),
    [
        ("overtaken", "'e'", "ledger_leaf_is_of_a_known_kind"),
        ("other", "repeat('三', 21846)", "ledger_leaf_fits_into_a_bundle"),
    ],
)
def test_a_leaf_that_would_stop_the_sealer_is_refused_to_the_act_that_writes_it(
    kind: str, entry: str, why: str
) -> None:
    refused(
        f"""insert into ledger_pending (event_id, case_id, queue, kind, told, entry)
            values (1, 1, 'q', '{kind}', 't', {entry})""",
        why,
    )
    assert rows("select 1 from ledger_pending where event_id = 1") == []
