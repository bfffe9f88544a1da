"""A demonstration of its own, for whoever looks at pages from outside: pictures, and what a page costs."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext

RUNS = "Data in "
"""With these words `tongban demo` says that everything can be done."""


@dataclass(frozen=True, slots=True)
class Demonstration:
    """Where it is, and how to sign in there."""

    address: str
    var: Path

    @property
    def password(self) -> str:
        """Of everyone there."""
        return (self.var / "demo-password").read_text()

    def enter(self, browser: Browser, name: str | None, **how: object) -> BrowserContext:
        """A browser's context at this place, signed in by that name."""
        context = browser.new_context(
            base_url=self.address,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            **how,  # type: ignore[arg-type]
        )
        if name:
            page = context.new_page()
            page.goto("/sign-in")
            page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
            page.fill("[name=name]", name)
            page.fill("[name=password]", self.password)
            page.locator("main form:has([name=password]) button").first.click()
            page.wait_for_url(lambda address: "sign-in" not in address)
            page.close()
        return context


@contextmanager
def demonstration(cases: int) -> Iterator[Demonstration]:
    """`tongban demo` in a folder of its own with so many cases, ended and removed afterwards."""
    with tempfile.TemporaryDirectory(prefix="tongban-demonstration-") as folder:
        Path(folder).chmod(0o711)  # The account of the database passes through.
        var, port = Path(folder) / "var", _free_port()
        command = [sys.executable, "-m", "tongban.cli", "demo", "--cases", str(cases), "--port", str(port)]
        surroundings = {**os.environ, "TONGBAN_VAR": str(var)}
        surroundings.pop("DATABASE_URL", None)
        running = subprocess.Popen(command, env=surroundings, stdout=subprocess.PIPE, text=True)
        try:
            assert running.stdout is not None
            if not any(line.startswith(RUNS) for line in running.stdout):
                raise RuntimeError(f"the demonstration ended with {running.wait()}")
            yield Demonstration(f"http://127.0.0.1:{port}", var)
        finally:
            running.send_signal(signal.SIGINT)
            running.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
