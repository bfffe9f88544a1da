"""The browser of tests, pictures and measurements."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

from tools.needs import chromium


@contextmanager
def opened() -> Iterator[Browser]:
    """A Chromium without a window; Playwright's own loop runs in this thread until it is closed."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser
        browser.close()
