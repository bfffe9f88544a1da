"""Browsers that are lent to one test after another, as good as new.

To open one costs as much processor time as several pages: a profile, a process, its fonts and its programs.
"""

from typing import Any

from playwright.sync_api import Browser, Error, Page

RESTING = "/health/live"
"""Where a browser waits: an address of the city, so that it keeps its process; it asks for nothing more."""


class Browsers:
    """The browsers of a run that stand at the served city, with scripts and without."""

    def __init__(self, chromium: Browser, city: str) -> None:
        self._chromium, self._city = chromium, city
        self._idle: dict[bool, list[Page]] = {True: [], False: []}

    def lend(self, *, scripts: bool) -> Page:
        """A browser that nobody has used, as far as it can tell."""
        return self._idle[scripts].pop() if self._idle[scripts] else self.new(scripts=scripts)

    def new(self, *, scripts: bool) -> Page:
        """A browser that really nobody has used."""
        context: Any = self._chromium.new_context(
            base_url=self._city, java_script_enabled=scripts, locale="zh-CN", timezone_id="Asia/Shanghai"
        )
        context.set_default_timeout(8000)
        page: Page = context.new_page()
        return page

    def take_back(self, page: Page, *, scripts: bool) -> None:
        """Make it as it was when it was opened; one that cannot be is closed."""
        try:
            self._empty(page)
        except Error:
            page.context.close()
        else:
            self._idle[scripts].append(page)

    def _empty(self, page: Page) -> None:
        context = page.context
        for other in context.pages:
            if other is not page:
                other.close()
        context.set_offline(False)
        context.clear_permissions()
        context.unroute_all()
        page.unroute_all()
        page.emulate_media(media="null", color_scheme="null", reduced_motion="null", forced_colors="null")
        # Left before it is emptied: a page may keep something at the very last moment.
        page.goto(RESTING)
        devtools = context.new_cdp_session(page)
        devtools.send("Storage.clearDataForOrigin", {"origin": self._city, "storageTypes": "all"})
        devtools.send("Network.clearBrowserCache")
        devtools.detach()
