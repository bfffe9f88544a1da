"""The demonstration of these tests, asked from outside."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import httpx
import psycopg

from tongban.cli.postgres import Server

CASES = 200
LIVED_WITHIN = 300.0


class City:
    """A demonstration that runs, asked from outside."""

    def __init__(self, var: Path, port: int) -> None:
        self.var, self.port, self.site = var, port, f"http://127.0.0.1:{port}"

    def figures(self, *whose: str) -> dict[str | None, dict[str, int]]:
        """What the script counts from the events, by item; None: of all."""
        lines = said(self.var, "figures", *whose).splitlines()
        return {line.pop("item"): line for line in map(json.loads, lines)}

    def officer(self, name: str) -> httpx.Client:
        """Somebody signed in."""
        browser = httpx.Client(base_url=self.site, follow_redirects=True, timeout=30)
        form = browser.get("/sign-in").text
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', form)
        assert token is not None
        password = (self.var / "demo-password").read_text()
        given = {"csrfmiddlewaretoken": token[1], "name": name, "password": password}
        browser.post("/sign-in", data=given).raise_for_status()
        return browser

    def ask(self, question: str) -> list[tuple[object, ...]]:
        """What the database says."""
        return told(Server(self.var / "postgres").url, question)


def said(var: Path, *command: str) -> str:
    """What one of our commands prints, beside what runs on a data folder."""
    around = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    around |= {"TONGBAN_VAR": str(var), "PYTHONPATH": os.pathsep.join(sys.path), "TONGBAN_DEMO": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "tongban.cli", *command],
        env=around,
        capture_output=True,
        text=True,
        timeout=LIVED_WITHIN,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def told(database: str, question: str) -> list[tuple[object, ...]]:
    """What a database says."""
    with psycopg.connect(database) as connection:
        return connection.execute(question).fetchall()  # type: ignore[arg-type]
