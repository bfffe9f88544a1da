"""How the master keys stand: which wrap and open, what hangs on each, how far everything has come."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings

from tongban.administration.models import Rewrapping
from tongban.administration.models.keys import keys_now, latest
from tongban.administration.rules.keys import KeysNow, Standing, standing_of
from tongban.kernel.keys import changed_at, ring

TOO_OLD: Final = timedelta(days=365)
"""After which a master key should give way to another; our own rule, as docs/operations.md says it."""


@dataclass(frozen=True, slots=True)
class MasterRow:
    """A master key by its id: whether it wraps now, whether it is to go, and what still needs it."""

    master: str
    current: bool
    retired: bool
    needs: list[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class RunView:
    """How far everything has come to a master."""

    master: str
    begun: datetime
    moved: datetime
    ended: datetime | None
    total: int
    done: int
    failed: int
    standing: Standing

    @property
    def gone_through(self) -> int:
        """Those wrapped anew and those that nobody can open, but never more than there were to begin with."""
        return min(self.done + self.failed, self.total)


@dataclass(frozen=True, slots=True)
class KeysView:
    """The ring of this machine and what hangs on it. `fingerprint`: its beginning, no secret.

    `older`: masters before the current one on which something hangs. `lost`: by masters that are in no ring
    here, how many keys hang on them.
    """

    current: str
    fingerprint: str
    changed: datetime
    too_old: bool
    rows: list[MasterRow]
    run: RunView | None
    older: list[str]
    lost: list[tuple[str, int]]


def keys_of(*, at: datetime) -> KeysView:
    """Everything that the page of keys shows; no key is in it. At most four statements."""
    run = latest()
    now, held, changed = keys_now(at, run), ring(), changed_at(settings.VAR)
    since = max(changed, run.begun) if run and run.master == now.current else changed
    return KeysView(
        current=now.current,
        fingerprint=held.fingerprint[:16],
        changed=changed,
        too_old=at - since > TOO_OLD,
        rows=[_row(one, now) for one in reversed(now.masters)],
        run=_run(run, at) if run else None,
        older=now.older,
        lost=list(now.lost.items()),
    )


def _row(master: str, now: KeysNow) -> MasterRow:
    return MasterRow(
        master=master,
        current=master == now.current,
        retired=master in now.retired,
        needs=list(now.needs(master).items()),
    )


def _run(run: Rewrapping, at: datetime) -> RunView:
    return RunView(
        master=run.master,
        begun=run.begun,
        moved=run.moved,
        ended=run.ended,
        total=run.total,
        done=run.done,
        failed=run.failed,
        standing=standing_of(run.ended, run.moved, at),
    )
