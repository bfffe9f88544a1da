"""The chief pages in a demonstration: time, statements, weight over the wire, and what Lighthouse says.

The floor is the server's word that it lives: an answer without database, session or template.
"""

import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import httpx
from playwright.sync_api import Browser, BrowserContext

from tools.browser import opened
from tools.chief_pages import CHIEF, ChiefPage
from tools.demonstration import Demonstration, demonstration
from tools.needs import chromium

CASES = 300
TIMES = 60
LIGHTHOUSE = Path(__file__).parent / "lighthouse"
FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-background-networking"
SCORED = ("home", "guide", "apply", "case")
"""A score takes Lighthouse half a minute."""


def main() -> None:
    """One line a page."""
    lighthouse = _lighthouse()
    with demonstration(CASES) as city, opened() as browser:
        _wake(city)
        with httpx.Client(base_url=city.address) as nobody:
            floor = median(_seconds(nobody, "/health/live"))
        for chief in CHIEF:
            _tell(chief, city, browser, floor, lighthouse if chief.name in SCORED else None)


def _tell(
    chief: ChiefPage, city: Demonstration, browser: Browser, floor: float, lighthouse: Path | None
) -> None:
    context = city.enter(browser, chief.who, viewport={"width": 390, "height": 844})
    address = chief.find(context)
    cookies = {str(one["name"]): str(one["value"]) for one in context.cookies()}
    with httpx.Client(base_url=city.address, cookies=cookies) as visitor:
        took = sorted(_seconds(visitor, address))
    figures = {
        "p50_ms": round(median(took) * 1e3, 1),
        "p95_ms": round(took[int(len(took) * 0.95)] * 1e3, 1),
        "ratio": round(floor / median(took), 3),
        "statements": _statements(address, cookies),
        "kilobytes": round(_weight(context, address) / 1e3, 1),
    }
    if lighthouse:
        figures |= _scores(lighthouse, city.address + address, cookies)
    context.close()
    print(json.dumps({"bench": f"pages.{chief.name}", **figures}), flush=True)


def _seconds(visitor: httpx.Client, address: str) -> list[float]:
    """Of each of TIMES visits, after two that warm it up."""
    took = []
    for _ in range(TIMES + 2):
        asked = perf_counter()
        visitor.get(address).raise_for_status()
        took.append(perf_counter() - asked)
    return took[2:]


def _wake(city: Demonstration) -> None:
    """Wake the same installation within this process, to count what a page asks of the database."""
    os.environ |= {"TONGBAN_VAR": str(city.var), "TONGBAN_DEMO": "1", "TONGBAN_ADDRESS": city.address}
    # Playwright's loop runs in this thread, where Django would refuse to speak to the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    from tongban.cli.installation import wake_installation

    wake_installation()


def _statements(address: str, cookies: dict[str, str]) -> int:
    """How many statements the second call sends; without the words that open and close a transaction."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(headers={"host": "127.0.0.1"})
    client.cookies.load(cookies)
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    return sum(one["sql"] not in ("BEGIN", "COMMIT") for one in captured.captured_queries)


def _weight(context: BrowserContext, address: str) -> float:
    """Bytes over the wire of a first visit, headers and all that the page loads included."""
    page, loaded = context.new_page(), []
    wire = context.new_cdp_session(page)
    wire.on("Network.loadingFinished", lambda done: loaded.append(done["encodedDataLength"]))
    wire.send("Network.enable")
    wire.send("Network.setCacheDisabled", {"cacheDisabled": True})
    page.goto(address, wait_until="networkidle")
    page.close()
    return float(sum(loaded))


def _lighthouse() -> Path:
    """Lighthouse as locked, brought when it is not there yet; without Node this says what is missing."""
    program = LIGHTHOUSE / "node_modules" / ".bin" / "lighthouse"
    if not program.exists():
        if not shutil.which("npm"):
            raise SystemExit("bench pages: Lighthouse needs Node.js 18 or newer with npm")
        subprocess.run(
            ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"],
            cwd=LIGHTHOUSE,
            check=True,
        )
    return program


def _scores(lighthouse: Path, url: str, cookies: dict[str, str]) -> dict[str, Any]:
    """Performance on Lighthouse's slow phone, and accessibility, each of 100."""
    with tempfile.TemporaryDirectory() as folder:
        headers = Path(folder) / "headers.json"
        headers.write_text(
            json.dumps({"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())})
        )
        command = [str(lighthouse), url, "--quiet", "--output=json", f"--chrome-flags={FLAGS}"]
        command += ["--only-categories=performance,accessibility", f"--extra-headers={headers}"]
        surroundings = {**os.environ, "CHROME_PATH": str(chromium())}
        done = subprocess.run(command, env=surroundings, capture_output=True, text=True, check=True)
    told = json.loads(done.stdout)
    wrong = [
        name
        for name, audit in told["audits"].items()
        if audit["score"] == 0 and name in _audits(told, "accessibility")
    ]
    return {
        **{name: round(category["score"] * 100) for name, category in told["categories"].items()},
        **({"barriers": wrong} if wrong else {}),
    }


def _audits(told: Any, category: str) -> set[str]:
    return {audit["id"] for audit in told["categories"][category]["auditRefs"]}


if __name__ == "__main__":
    main()
