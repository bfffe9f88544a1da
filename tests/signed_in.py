"""Browsers of the test client in which somebody has signed in."""

from django.contrib.auth import get_user_model
from django.test import Client

from tongban.kernel.clock import now
from tongban.kernel.ids import AccountId
from tongban.kernel.pages import ENTERED_AT


def signed_in(account: AccountId) -> dict[str, str]:
    """The cookies of a browser in which an account is signed in."""
    browser = Client()
    browser.force_login(get_user_model().objects.get(pk=account))
    just_now(browser)
    return {name: morsel.value for name, morsel in browser.cookies.items()}


def just_now(browser: Client) -> None:
    """Let a browser have signed in a moment ago, whatever day it is for the site."""
    session = browser.session
    session[ENTERED_AT] = now().isoformat()
    session.save()
