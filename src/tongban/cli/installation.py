"""Where this installation lives: its data folder, its database, its Django."""

import os
from pathlib import Path

from tongban.cli.postgres import Server


def data_folder() -> Path:
    """`TONGBAN_VAR`, or `var` in the checkout: keys, tiles, logs and the embedded database."""
    checkout = Path(__file__).resolve().parents[3]
    return Path(os.environ.get("TONGBAN_VAR") or checkout / "var").resolve()


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
