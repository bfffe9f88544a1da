"""Changes of the directory are seen in the order in which they were committed."""

import time
from threading import Thread
from uuid import uuid4

import psycopg
from django.db import connection

from tongban.directory import api as directory
from tongban.directory import commands
from tongban.directory.models import Officer
from tongban.kernel.ids import OfficerId


def test_one_change_waits_for_another_to_be_committed_so_that_editions_are_seen_in_order(
    transactional_db: None,
) -> None:
    officer = OfficerId(uuid4())
    directory.ensure_officer(officer, name="李明")
    connection.ensure_connection()
    settings = connection.get_connection_params()
    known = {
        name: settings[name] for name in ("dbname", "user", "password", "host", "port") if name in settings
    }

    def change() -> None:
        directory.ensure_officer(officer, name="李明明")
        connection.close()

    with psycopg.connect(**known, autocommit=True) as other:
        other.execute("select pg_advisory_lock(%s)", [commands._LOCK])
        waiting = Thread(target=change)
        waiting.start()
        blocked = "select count(*) from pg_locks where locktype = 'advisory' and objid = %s and not granted"
        deadline = time.monotonic() + 20
        while other.execute(blocked, [commands._LOCK]).fetchone() != (1,):
            assert waiting.is_alive(), "the change did not wait"
            assert time.monotonic() < deadline
        assert Officer.objects.get(id=officer).name == "李明"
    waiting.join()
    assert Officer.objects.get(id=officer).name == "李明明"
