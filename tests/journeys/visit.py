"""A page as someone sees it: what every test that walks over all pages goes by."""

from dataclasses import dataclass

from tests.journeys.people import Account


@dataclass(frozen=True, slots=True)
class Visit:
    """A page as someone sees it; `press` is a button pressed first."""

    name: str
    who: Account | None
    address: str
    press: str = ""
