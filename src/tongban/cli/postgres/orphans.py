"""What a crash leaves behind: servers nobody watches any more, and the notes that they wrote.

Call these only while holding the lock of the server's folder: then whatever still runs there is an orphan.
"""

import signal
import time
from pathlib import Path

import psutil

from tongban.cli.failure import Failure
from tongban.cli.postgres.account import Account
from tongban.cli.postgres.places import Places

# Gently first: an orphan that shuts down in order needs no recovery at the next start.
ENDINGS = ((signal.SIGINT, 20.0), (signal.SIGQUIT, 5.0), (signal.SIGKILL, 5.0))


def end_orphans(places: Places, account: Account) -> None:
    """End every process of this folder's server; remove the note that could keep the next from starting."""
    for ending, patience in ENDINGS:
        if not (left := _processes(places, account)):
            break
        for process in _first_to_tell(left, places):
            _tell(process, ending)
        _wait_until_gone(places, account, patience)
    if left := _processes(places, account):
        raise Failure(
            f"process {left[0].pid} of an earlier database in {places.home} cannot be ended: end it yourself"
        )
    # PostgreSQL would take any living process with the recorded id, a stranger's or a zombie's, for its own.
    (places.data / "postmaster.pid").unlink(missing_ok=True)


def _processes(places: Places, account: Account) -> list[psutil.Process]:
    """The living processes of this server: they run as its account and bear the name of its folder.

    A command line can be read where /proc/<id>/exe cannot: root in a container lacks the right to trace.
    """
    return [process for process in psutil.process_iter() if _belongs(process, places, account)]


def _belongs(process: psutil.Process, places: Places, account: Account) -> bool:
    try:
        words = process.cmdline()
        return process.uids().real == account.uid and (
            _is_postmaster(words, places) or " ".join(words).startswith(f"postgres: {places.name}: ")
        )
    except psutil.Error:
        return False


def _is_postmaster(words: list[str], places: Places) -> bool:
    return bool(words) and Path(words[0]).name == "postgres" and f"cluster_name={places.name}" in words


def _first_to_tell(left: list[psutil.Process], places: Places) -> list[psutil.Process]:
    """The postmaster, which ends its own children; without one, all of them."""
    masters = []
    for process in left:
        try:
            if _is_postmaster(process.cmdline(), places):
                masters.append(process)
        except psutil.Error:
            continue
    return masters or left


def _tell(process: psutil.Process, ending: signal.Signals) -> None:
    try:
        process.send_signal(ending)
    except psutil.NoSuchProcess:
        return


def _wait_until_gone(places: Places, account: Account, patience: float) -> None:
    until = time.monotonic() + patience
    while _processes(places, account) and time.monotonic() < until:
        time.sleep(0.05)
