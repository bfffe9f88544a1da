"""Where this installation lives: its data folder, its database, its Django."""

import os
from pathlib import Path

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

    django.setup()
