"""An embedded PostgreSQL: real binaries from a Python package, driven by us.

`Server(folder)` initialises, starts, repairs after a crash and stops one server; its files lie in `folder`.
"""

from tongban.cli.postgres.server import Server
from tongban.cli.postgres.temporary import temporary_server

__all__ = ["Server", "temporary_server"]
