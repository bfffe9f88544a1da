"""Master keys: everything that is kept is wrapped anew, batch by batch; what nothing needs any more goes."""

from datetime import datetime

import structlog
from django.db import transaction

from tongban.administration.models import RetiredMaster, Rewrapping
from tongban.administration.models.keys import Supplied, keys_now, latest
from tongban.administration.models.keys import supply as supply
from tongban.administration.rules.keys import plan_of_retiring, plan_of_rewrapping, plan_of_sealing
from tongban.administration.rules.proposing import Plan
from tongban.administration.rules.steps import RenewSeal, RetireMaster, RewrapKeys
from tongban.kernel.hanging import KeyTable, Wrapped, hanging, rewrap_all, rewrap_some
from tongban.kernel.ids import BodyCode
from tongban.kernel.keys import retire, ring
from tongban.papers import api as papers

log = structlog.get_logger(__name__)


def plan_of_keys(step: RewrapKeys | RetireMaster, at: datetime) -> Plan:
    """What a step would do to the keys now; refused where it would leave anything unreadable."""
    now = keys_now(at, latest())
    if isinstance(step, RewrapKeys):
        return plan_of_rewrapping(step.master, now)
    return plan_of_retiring(step.master, now)


def plan_of_seal(step: RenewSeal) -> Plan:
    """What renewing a body's seal would change."""
    return plan_of_sealing(papers.seals_of(BodyCode(step.body)))


def begin_rewrapping(master: str, *, at: datetime) -> None:
    """Have workers wrap everything anew under this master; a run that still goes on is over by that."""
    counts = hanging(Supplied.tables)
    total = sum(sum(told.values()) for one, told in counts.items() if one != master)
    Rewrapping.objects.filter(ended=None).update(ended=at, after=[])
    Rewrapping.objects.create(master=master, begun=at, moved=at, total=total)


def rewrap_on(at: datetime) -> bool:
    """Go on with what is to be wrapped anew by one batch; whether there is more to do now.

    One transaction: killed in it, the next one begins where the last had ended. Of several workers one goes
    on. A worker whose own ring wraps by another master leaves it alone. One statement where nothing waits.
    """
    with transaction.atomic():
        run = Rewrapping.objects.select_for_update(skip_locked=True).filter(ended=None).first()
        if run is None or run.master != ring().current:
            return False
        table, following = _place_of(run)
        batch = rewrap_some(table, run.after)
        run.done, run.failed, run.moved = run.done + batch.done, run.failed + batch.failed, at
        if batch.last is not None:
            run.place, run.after = table.code, list(batch.last)
        elif following is not None:
            run.place, run.after = following.code, []
        else:
            run.ended, run.after = at, []
        run.save()
    return run.ended is None


def _place_of(run: Rewrapping) -> tuple[KeyTable, KeyTable | None]:
    """The table that a run has come to, and the one behind it."""
    tables = Supplied.tables
    at = next((nth for nth, one in enumerate(tables) if one.code == run.place), 0)
    return tables[at], tables[at + 1] if at + 1 < len(tables) else None


def retire_master(master: str, *, at: datetime) -> None:
    """Have every worker take a master out of its machine's ring."""
    RetiredMaster.objects.create(master=master, at=at)


def drop_retired() -> None:
    """Take out of this machine's ring what two agreed to retire; called off where anything hangs on it.

    One statement where none is to go.
    """
    held = ring()
    agreed = set(RetiredMaster.objects.values_list("master", flat=True)) & set(held.masters) - {held.current}
    if not agreed:
        return
    counts = hanging(Supplied.tables)
    for master in sorted(agreed):
        if counts.get(master):
            # A machine with a ring of old went on to wrap by it: better a master too many than a key too few.
            RetiredMaster.objects.filter(master=master).delete()
            log.error("administration.master-still-needed", master=master, keys=sum(counts[master].values()))
        else:
            retire(master)
            log.info("administration.master-retired", master=master)


def rewrap_at_once() -> dict[str, Wrapped]:
    """Wrap everything anew in this process, as the shell asks: by the code of each table, what came of it."""
    return rewrap_all(Supplied.tables)
