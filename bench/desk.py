"""Twenty ordinary cases through the desk in Chromium, without a mouse: acts, keys and seconds a case.

The floor is the same browser opening as many pages that ask nothing of database or template.
"""

import json
from collections.abc import Sequence
from statistics import median
from time import perf_counter
from typing import Any

from django.conf import settings
from django.test import Client
from playwright.sync_api import Page

from bench.arrivals import arrive
from bench.city import Office, build
from bench.installation import Installation
from bench.watch import until_sealed
from tongban.identity.models import Account
from tongban.kernel.clock import now
from tools.browser import opened
from tools.by_keyboard import ORDINARY, Keyboard

CASES = 20


def main(house: Installation, seconds: float) -> None:
    """One JSON line; `seconds` of load mean nothing to a single officer."""
    office = build(now()).offices[0]
    arrive(house.url, (office,), CASES, now())
    # Before Playwright's own loop runs in this thread, where Django would refuse to speak to the database.
    cookie = _session_of(office, f"http://127.0.0.1:{house.port}")
    with house.working(), house.serving(), opened() as browser:
        until_sealed(house.url)
        context = browser.new_context(
            base_url=f"http://127.0.0.1:{house.port}", viewport={"width": 1280, "height": 860}, locale="zh-CN"
        )
        context.add_cookies([cookie])
        page = context.new_page()
        page.goto("/desk/")
        done = [_worked_off(page, nth) for nth in range(CASES)]
        floor = _floor(page, sum(desk.acts for desk, _ in done))
    _tell(done, floor)


def _worked_off(page: Page, nth: int) -> tuple[Keyboard, float]:
    """One case, from taking it to the end of what is to do: what it took, and the seconds."""
    desk, began = Keyboard(page), perf_counter()
    ORDINARY[nth % len(ORDINARY)](desk)
    return desk, perf_counter() - began


def _floor(page: Page, pages: int) -> float:
    """Seconds in which this browser opens so many pages that cost the server nothing."""
    began = perf_counter()
    for _ in range(pages):
        page.goto("/health/live")
    return perf_counter() - began


def _tell(done: Sequence[tuple[Keyboard, float]], floor: float) -> None:
    took = [seconds for _, seconds in done]
    figures = {
        "cases": len(done),
        "acts_most": max(desk.acts for desk, _ in done),
        "acts_median": median(desk.acts for desk, _ in done),
        "keys_median": median(desk.keys for desk, _ in done),
        "seconds": round(sum(took), 1),
        "seconds_median": round(median(took), 2),
        "seconds_slowest": round(max(took), 2),
        "floor_seconds": round(floor, 2),
        "ratio": round(floor / sum(took), 3),
    }
    print(json.dumps({"bench": "desk", **figures}), flush=True)


def _session_of(office: Office, address: str) -> Any:
    """The cookie of the officer's session; nobody types a password here."""
    client, account = Client(), office.officer.account
    assert account is not None
    client.force_login(Account.objects.get(pk=account))
    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value, "url": address}
