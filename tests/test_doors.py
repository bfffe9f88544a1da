"""Every address says who may enter: pages above their door, the API by a token unless it is named here."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from ninja.operation import PathView

from tongban.kernel.pages import NEWCOMERS, entrances_of
from tongban.site.api import api

# What programs may ask without a token; all else wants one.
WITHOUT_A_TOKEN = (
    {"GET guides", "GET items", "GET items/{code}", "GET items/{code}/rule", "GET search"}
    | {"GET joint/services/{code}"}
    | {"GET certificates/{certificate}/check"}
)
# Ninja's own: the description of the API, and the root that answers 404.
NINJAS_OWN = {"api/v1/openapi.json", "api/v1/"}


def every_address(resolver: URLResolver | None = None, before: str = "") -> Iterator[tuple[str, Any]]:
    """Every address of the site with what answers there."""
    for pattern in (resolver or get_resolver()).url_patterns:
        address = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from every_address(pattern, address)
        else:
            assert isinstance(pattern, URLPattern)
            yield address, pattern.callback


PAGES = [(address, view) for address, view in every_address() if not address.startswith("api/")]


@pytest.mark.parametrize(("address", "page"), PAGES, ids=[address or "/" for address, _ in PAGES])
def test_every_page_says_above_its_door_who_may_enter(address: str, page: Any) -> None:
    assert entrances_of(page), f"write @open_to(…) above {page.__module__}.{page.__qualname__}"


def test_who_came_by_a_first_password_may_choose_another_and_nothing_else() -> None:
    open_ones = {address for address, page in PAGES if NEWCOMERS in (entrances_of(page) or ())}
    assert open_ones == {"mine/settings/password"}


def test_every_address_of_the_api_belongs_to_its_frame() -> None:
    found = {address for address, _ in every_address() if address.startswith("api/")}
    assert len(found - NINJAS_OWN) == len(list(views_of_the_api()))


def test_programs_without_a_token_get_no_further_than_what_is_named() -> None:
    open_ones = {
        f"{method} {address.strip('/')}"
        for address, view in views_of_the_api()
        for operation in view.operations
        if not operation.auth_callbacks
        for method in operation.methods
    }
    assert open_ones == WITHOUT_A_TOKEN


def views_of_the_api() -> Iterator[tuple[str, PathView]]:
    """Every address of the API with its operations."""
    for router in api._get_bound_routers():
        for path, view in router.path_operations.items():
            yield f"{router.prefix}{path}", view
