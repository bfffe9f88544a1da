"""One embedded PostgreSQL and one data folder for the whole run, shared by all its processes."""

import gc
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import django
import pytest
from django.conf import settings as django_settings
from hypothesis import settings
from pytest_django.plugin import DjangoDbBlocker

from tongban.cli.postgres import temporary_server

# On a build machine the same examples every time: a change is blamed for what it did, and for nothing else.
settings.register_profile("tongban", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("tongban")

RUNNING = ExitStack()
OWN_SERVER = "TONGBAN_TESTS_OWN_SERVER"
"""Set where the server was started for this run, and goes with everything on it."""


# Nothing that is imported is waste: it is looked for once tests run (`pytest_collection_finish`).
gc.disable()


def _start() -> None:
    # Many processes are started here: none shall compile anew what another did (as in the Makefile).
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["TONGBAN_VAR"] = tempfile.mkdtemp(prefix="tongban-var-")
    RUNNING.callback(shutil.rmtree, os.environ["TONGBAN_VAR"])
    # Nothing is collected for tests; a server of static files warns of a folder that is not there.
    Path(os.environ["TONGBAN_VAR"], "static").mkdir()
    if not os.environ.get("DATABASE_URL"):
        os.environ["DATABASE_URL"] = RUNNING.enter_context(temporary_server()).url
        os.environ[OWN_SERVER] = "1"


# While this file is read, and not in a hook: the conftest of a context, read next, imports its models.
if "PYTEST_XDIST_WORKER" not in os.environ:
    _start()
# Named for this moment alone: a worker that inherits the name is set up by it before this file is read.
os.environ["DJANGO_SETTINGS_MODULE"] = "tongban.site.settings"
# The tables of exercises are in no other installation; here they stand beside all others.
django_settings.INSTALLED_APPS = [*django_settings.INSTALLED_APPS, "tongban.learning"]
django.setup()
del os.environ["DJANGO_SETTINGS_MODULE"]
# A password hashed as well as in life takes nearly half a second, and hundreds of accounts are opened here.
django_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def pytest_collection_finish() -> None:
    """What was imported lives to the end: looking it through for waste takes a fifteenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)
    gc.enable()


def pytest_unconfigure() -> None:
    """Stop and remove what this process started."""
    RUNNING.close()


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """Nothing is dropped on a server that is removed with it; what the web server's threads hold would be."""
    return OWN_SERVER in os.environ


@pytest.fixture
def transactional_db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Statements are committed as in life, and nothing is emptied afterwards.

    The story and the log refuse to be emptied, which pytest-django's fixture of this name would try; under
    another name it would make no test database for a run of such tests alone.
    """
    with django_db_blocker.unblock():
        yield
