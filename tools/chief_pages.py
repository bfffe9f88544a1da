"""The pages that people see most, in the demonstration: who looks, and where to find one."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import BrowserContext

RESIDENT = "wangxiuli"
WAITING = "zhangguofeng"
"""Has a case under way, most of the time."""
ITEM = "food-operation-licence"


@dataclass(frozen=True, slots=True)
class ChiefPage:
    """A page by the name its pictures and figures bear."""

    name: str
    who: str | None
    find: Callable[[BrowserContext], str]
    """The address, for somebody who is signed in as `who`."""


def _at(address: str) -> Callable[[BrowserContext], str]:
    return lambda _: address


def _first(listed_at: str, link: str, *rather: str) -> Callable[[BrowserContext], str]:
    """Where the first such link of a list leads; of the lists that are `rather` meant where one has any."""

    def find(context: BrowserContext) -> str:
        page = context.new_page()
        found = None
        for address in (*rather, listed_at):
            page.goto(address)
            if page.locator(link).count():
                found = page.locator(link).first.get_attribute("href")
                break
        page.close()
        assert found is not None, f"no {link} at {listed_at}"
        return found

    return find


CHIEF: tuple[ChiefPage, ...] = (
    ChiefPage("home", None, _at("/")),
    ChiefPage("search", None, _at("/search?q=开个小饭馆")),
    ChiefPage("guide", None, _at(f"/items/{ITEM}")),
    ChiefPage("apply", RESIDENT, _at(f"/items/{ITEM}/apply")),
    ChiefPage("case", WAITING, _first("/cases/", "main .rows a", "/cases/?which=open")),
    ChiefPage("mine", RESIDENT, _at("/mine")),
    ChiefPage("wallet", RESIDENT, _at("/wallet")),
    ChiefPage("ledger", None, _at("/ledger")),
)
