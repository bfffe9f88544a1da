"""Programs for tests: someone of the world with an account, a bearer token and nothing else."""

from typing import Any
from uuid import uuid4

from django.test import Client

from tongban.cases.tests.world import FOOD_ANSWERS, FOOD_MATERIALS, JINJIANG, World, a_file
from tongban.identity import api as identity
from tongban.kernel.access import Viewer
from tongban.kernel.clock import now
from tongban.kernel.ids import AccountId, Version
from tongban.kernel.sql import run

API = "/api/v1"


def an_account(viewer: Viewer) -> AccountId:
    """An account for a person or an officer of the world."""
    officer = viewer.officer.id if viewer.officer else None
    return identity.open_account(
        f"账号-{uuid4()}", str(uuid4()), person=None if officer else viewer.person, officer=officer
    )


class Program:
    """A program that speaks for one viewer, or for nobody."""

    def __init__(self, viewer: Viewer | None = None) -> None:
        self.viewer, self.client, self.headers = viewer, Client(), dict[str, str]()
        if viewer is not None:
            token = identity.create_token(an_account(viewer), at=now(), acting_for=viewer.acting_for)
            self.headers["Authorization"] = f"Bearer {token}"

    def get(self, path: str, **query: Any) -> Any:
        """GET below /api/v1."""
        return self.client.get(API + path, query, headers=self.headers)

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        """POST JSON below /api/v1."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.post(
            API + path, body, content_type="application/json", headers=self.headers | named
        )

    def submit(self, world: World, **changes: Any) -> Any:
        """Apply for the world's item with everything it asks for."""
        return self.post("/cases", an_application(world, self.viewer) | changes)

    def act(self, number: str, act: str, **said: Any) -> Any:
        """An act on the case as it is now."""
        return self.post(f"/cases/{number}/{act}", {"seen": seen(number)} | said)


def an_application(world: World, viewer: Viewer | None) -> dict[str, Any]:
    """The body of a good application, its files stored by the viewer."""
    person = viewer and viewer.person
    files = [{"kind": kind, "file": a_file(person, at=now())} for kind in FOOD_MATERIALS] if person else []
    return {"item": world.item, "region": JINJIANG, "answers": FOOD_ANSWERS, "materials": files}


def seen(number: str) -> Version:
    """The version of a case as it is now."""
    return Version(run("select version from cases_case where number = $1::text", (number,))[0][0])
