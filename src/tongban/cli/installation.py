"""Where this installation lives: its data folder, its database, its Django."""

import gc
import os
from pathlib import Path

from tongban.cli.failure import Failure
from tongban.cli.postgres import Server

CHECKOUT = Path(__file__).resolve().parents[3]


def data_folder() -> Path:
    """`TONGBAN_VAR`, or `var` in the checkout: keys, tiles, logs and the embedded database."""
    return Path(os.environ.get("TONGBAN_VAR") or CHECKOUT / "var").resolve()


def packs_folder() -> Path:
    """`TONGBAN_PACKS`, or `packs` in the checkout: what can be applied for."""
    return Path(os.environ.get("TONGBAN_PACKS") or CHECKOUT / "packs").resolve()


def settle() -> None:
    """Put into the environment what settings read, for this process and those it starts.

    Without a `DATABASE_URL` the embedded database of the data folder is meant, whether it runs or not.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tongban.site.settings")
    os.environ["TONGBAN_VAR"] = str(data_folder())
    embedded = Server(data_folder() / "postgres")
    if not os.environ.get("DATABASE_URL") and embedded.exists:
        os.environ["DATABASE_URL"] = embedded.url


def wake_django() -> None:
    """Settle, and load Django with all contexts."""
    settle()
    import django

    # All that is loaded lives to the end: looking it through for waste takes a sixth of the time.
    gc.disable()
    django.setup()
    gc.freeze()
    gc.enable()


def wake_installation() -> None:
    """Wake Django on a database whose key ring is here; Failure where the ring is lost or another's.

    A ring made beside a database of old would open none of its content and find none of its people, so none
    is made before the database was asked. One statement.
    """
    wake_django()
    from django.db import OperationalError, ProgrammingError

    from tongban.kernel.keys import made, ring
    from tongban.ledger import api as ledger

    here = ring().fingerprint if made(data_folder()) else ""
    try:
        known = ledger.ring_of_record()
    except ProgrammingError:  # Tables that were not laid yet remember none.
        return
    except OperationalError:
        if here:  # Servers and workers wait for a database that is away.
            return
        raise
    if known not in ("", here):
        raise Failure(
            f"the key ring in {data_folder() / 'keys'} is {'another' if here else 'missing'}: nothing in "
            "this database can be read without its own; bring the folder `keys` back from its backup"
        )
