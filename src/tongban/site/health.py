"""Health, for whoever runs the installation: is the process alive, and can it serve."""

from functools import cache
from typing import Any

import orjson
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from tongban.kernel.pages import ANYONE, Request, open_to
from tongban.kernel.refusal import Refusal
from tongban.kernel.sql import run
from tongban.ledger import api as ledger
from tongban.site.answers import problem


@open_to(ANYONE)
@require_safe
def live(request: Request) -> HttpResponse:
    """The process answers. No statement."""
    return _answer({"live": True})


@open_to(ANYONE)
@require_safe
def ready(request: Request) -> HttpResponse:
    """The database answers and has the tables of this version; how far sealing is behind is told with it.

    503 while it cannot serve. Two statements, once more in a process's life.
    """
    run("select 1")
    if waiting := _migrations_waiting():
        refusal = Refusal(
            "site.not-migrated",
            says=f"数据库还缺 {waiting} 步升级。",
            do="请运行 tongban migrate。",
            status=503,
        )
        _migrations_waiting.cache_clear()
        return problem(refusal)
    lag = ledger.lag(request.now)
    return _answer(
        {
            "ready": True,
            "sealer": {
                "pending": lag.pending,
                "behind_seconds": round(lag.behind.total_seconds(), 3),
                "sealed_at": lag.sealed_at,
            },
        }
    )


@cache
def _migrations_waiting() -> int:
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _answer(said: dict[str, Any]) -> HttpResponse:
    return HttpResponse(orjson.dumps(said), "application/json", headers={"Cache-Control": "no-store"})
