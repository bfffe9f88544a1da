"""Who may do what, by address: every URL and operation, tried by everyone, against `access.md`.

The world is built once by our own verbs; every request is tried on it and taken back.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client, override_settings
from django.urls import URLPattern, URLResolver, get_resolver
from pytest_django.plugin import DjangoDbBlocker

from tongban.cases import commands
from tongban.cases.commands import CorrectionFault
from tongban.cases.tests.programs import an_account, an_application, seen
from tongban.cases.tests.world import (
    FOOD_ANSWERS,
    MONDAY,
    PDF,
    World,
    a_credit_code,
    a_resident,
    a_world,
    an_agent,
    an_officer,
)
from tongban.directory import api as directory
from tongban.identity import api as identity
from tongban.kernel.access import Role, Viewer
from tongban.kernel.clock import now
from tongban.kernel.ids import BodyCode, RegionCode
from tongban.kernel.sql import run
from tongban.site.api import api

TABLE = Path(__file__).with_name("access.md")
ROW = re.compile(r"^\| `(?P<address>[A-Z]+ [^`]+)` \|(?P<cells>.*)\|$", re.M)
API = "/api/v1"

STAGES: dict[str, tuple[str, ...]] = {
    "awaiting": ("take", "correct"),
    "taken": ("take",),
    "resubmitted": ("take", "correct", "resubmit", "take"),
    "accepted": ("take", "accept"),
    "special": ("take", "accept", "stop"),
    "granted": ("take", "accept", "grant"),
    "asked": ("take", "accept", "ask"),
    "waiting": (),
}
"""How far a case is brought; those that wait come last, so that the next in turn is always the right one."""

OF_BOTH = {"awaiting", "accepted", "waiting"}
"""Stages in which an applicant may act or read; the others differ for officers alone."""

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("access")]


def table() -> dict[str, list[str]]:
    """The expected statuses by address, in the order of the columns."""
    return {
        found["address"]: [cell.strip() for cell in found["cells"].split("|")]
        for found in ROW.finditer(TABLE.read_text("utf-8"))
    }


def columns() -> list[str]:
    """Who tries, as the head of the table names them."""
    head = next(line for line in TABLE.read_text("utf-8").splitlines() if line.startswith("| address |"))
    return [cell.strip() for cell in head.strip("|").split("|")[1:]]


def addresses() -> set[str]:
    """Every operation of the API, and every other URL; of those the table itself says by which methods."""
    operations = {
        f"{method.upper()} {path}"
        for path, methods in api.get_openapi_schema()["paths"].items()
        for method in methods
    }
    described = {re.sub(r"\{(\w+)\}", r"<\1>", operation.split(" ")[1]) for operation in operations}
    others = {route for route in _routes(get_resolver(), "/") if route not in described}
    known = {address.split(" ")[1]: address for address in table()}
    tried = {address for address in table() if address.split(" ")[1] in others}
    return operations | tried | {f"GET {route}" for route in others if route not in known}


def _routes(resolver: URLResolver, prefix: str) -> Iterator[str]:
    for pattern in resolver.url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern, route)
        elif isinstance(pattern, URLPattern):
            yield route


FAULTS = [CorrectionFault(place="设备布局图", basis="食品安全法", do="请标出洗消间。")]

ACTS: dict[str, tuple[str, dict[str, Any]]] = {
    "take": ("waiting", {}),
    "release": ("taken", {}),
    "accept": ("taken", {}),
    "refuse-acceptance": ("taken", {"ground": "not-ours", "text": "请到市局办理。"}),
    "return-for-correction": ("taken", {"faults": [{"place": "图", "basis": "法", "do": "请补上。"}]}),
    "resubmit": ("awaiting", {"answers": FOOD_ANSWERS}),
    "remind": ("resubmitted", {"text": "还缺布局图。"}),
    "start-special-procedure": (
        "accepted",
        {"procedure": "hearing", "told_until": "2026-03-20", "text": "依申请组织听证"},
    ),
    "end-special-procedure": ("special", {}),
    "extend": ("accepted", {"text": "情况复杂"}),
    "grant": ("accepted", {"text": "符合条件"}),
    "refuse": ("accepted", {"text": "不符合条件"}),
    "deliver": ("granted", {"way": "window"}),
    "withdraw": ("waiting", {}),
    "terminate": ("accepted", {"ground": "no-object", "text": "场所已经拆除"}),
    "reverse": ("granted", {"text": "适用法律错误"}),
}
"""Every act, with the stage in which it is possible and what it needs: only access decides."""


@dataclass(slots=True)
class City:
    """Everyone who tries, and cases in every stage: the resident's, and some of the enterprise's."""

    world: World = field(default_factory=a_world)
    who: dict[str, Viewer | None] = field(default_factory=dict)
    browsers: dict[str, Client] = field(default_factory=dict)
    program: Client = field(default_factory=Client)
    tokens: dict[str, str] = field(default_factory=dict)
    cases: dict[tuple[str, str], str] = field(default_factory=dict)
    approval: str = ""

    def __post_init__(self) -> None:
        world, other = self.world, a_world()
        self.who = {
            "nobody": None,
            "stranger": a_resident(),
            "applicant": a_resident(),
            "agent": an_agent(),
            "window": an_officer(world.body, Role.WINDOW),
            "handler with it": world.handler,
            "other handler": world.colleague,
            "handler elsewhere": other.handler,
            "leader": world.leader,
            "leader elsewhere": other.leader,
            "city supervisor": a_supervisor("510100", "成都市"),
            "another city's": a_supervisor("440700", "江门市"),
            "admin": an_officer(world.body, Role.ADMIN),
        }
        for name, viewer in self.who.items():
            self.browsers[name] = Client()
            if viewer is not None:
                account = an_account(viewer)
                self.browsers[name].force_login(get_user_model().objects.get(pk=account))
                self.tokens[name] = identity.create_token(account, at=now(), acting_for=viewer.acting_for)
        for stage, steps in STAGES.items():
            for owner in ("applicant", "agent") if stage in OF_BOTH else ("applicant",):
                self.cases[owner, stage] = self._case(owner, steps)

    def _case(self, owner: str, steps: tuple[str, ...]) -> str:
        """A case of the owner, brought so far by the handler; nobody else waits meanwhile."""
        by = self.who[owner]
        number = self.world.submit(by=by).number
        for step in steps:
            if step == "take":
                assert self.world.take_next() == number
            elif step == "resubmit":
                assert by is not None
                commands.resubmit(number, seen=None, by=by, at=MONDAY, answers=FOOD_ANSWERS)
            else:
                self._handled(number, step)
        return number

    def _handled(self, number: str, step: str) -> None:
        acting: dict[str, Any] = {"seen": None, "by": self.world.handler, "at": MONDAY}
        match step:
            case "correct":
                commands.return_for_correction(number, **acting, faults=FAULTS)
            case "accept":
                commands.accept(number, **acting)
            case "stop":
                procedure = ACTS["start-special-procedure"][1]["procedure"]
                until = date(2026, 3, 20)
                commands.start_special_procedure(
                    number, **acting, procedure=procedure, told_until=until, text="依申请组织听证"
                )
            case "grant":
                commands.grant(number, **acting, text="符合条件")
            case "ask":
                self.approval = str(commands.extend(number, **acting, text="情况复杂"))

    def case(self, who: str, stage: str) -> str:
        """The case that this person tries: an agent the enterprise's, everyone else the resident's."""
        return self.cases.get((who, stage)) or self.cases["applicant", stage]

    def answer(self, address: str, who: str) -> str:
        """What this person gets at this address; whatever it changed is taken back."""
        method, path = address.split(" ")
        with transaction.atomic():
            answer = (
                self._program(method, path, who) if path.startswith(API) else self._page(method, path, who)
            )
            transaction.set_rollback(True)
        if answer.get("Location", "").startswith(settings.LOGIN_URL):
            return "sign-in"
        if (
            answer.status_code == 200
            and address in LISTS
            and self._listed(address, who) not in answer.content
        ):
            return "none"
        return str(answer.status_code)

    def _listed(self, address: str, who: str) -> bytes:
        """What a list holds of this world for someone who may see it."""
        wanted = {
            "case": self.case(who, "accepted"),
            "queue": self.world.queue,
            "approval": self.approval,
        }
        return wanted[LISTS[address]].encode()

    def _program(self, method: str, path: str, who: str) -> Any:
        token = self.tokens.get(who)
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        act = path.rpartition("/")[2]
        stage, body = ACTS.get(act, ("accepted", {}))
        number = self.case(who, stage)
        path = path.replace("{no}", number).replace("{code}", self.world.item)
        path = path.replace("/queues/{id}", f"/queues/{self.world.queue}")
        path = path.replace("/approvals/{id}", f"/approvals/{self.approval}")
        path = path.replace("/materials/{id}", f"/materials/{material_of(number)}")
        if method == "GET":
            return self.program.get(path, headers=headers)
        if path.endswith("/files"):
            return self.program.post(path, {"file": SimpleUploadedFile("图.pdf", PDF)}, headers=headers)
        if path.endswith("/cases"):
            body = an_application(self.world, self.who[who])
        elif act in ACTS:
            body = {"seen": seen(number)} | body
        return self.program.post(path, body, content_type="application/json", headers=headers)

    def _page(self, method: str, path: str, who: str) -> Any:
        stage, form = FORMS.get(f"{method} {path}", ("accepted", {}))
        number, browser = self.case(who, stage), self.browsers[who]
        known = {"number": number, "slug": self.world.item, "level": "0", "place": "000.p/1"}
        path = re.sub(r"<(?:\w+:)?(\w+)>", lambda part: known[part[1]], path)
        return browser.get(path) if method == "GET" else browser.post(path, {"seen": seen(number)} | form)


LISTS = {
    "GET /api/v1/cases": "case",
    "GET /api/v1/queues": "queue",
    "GET /api/v1/approvals": "approval",
}
"""Lists are open to many, and show each only what they may see: "none" is a list without our case in it."""

FORMS: dict[str, tuple[str, dict[str, Any]]] = {}
"""Of a page: the stage of the case it is tried on, and the form that is posted."""


def a_supervisor(region: str, name: str) -> Viewer:
    """A supervisor at a body of the city itself."""
    directory.ensure_region(code=RegionCode(region), name=name)
    body = BodyCode(a_credit_code(region))
    directory.ensure_body(code=body, name=f"{name}监督机关", region=RegionCode(region))
    return an_officer(body, Role.SUPERVISOR, region=region)


def material_of(number: str) -> int:
    """The first file of a case."""
    rows = run(
        "select min(m.id) from cases_material m join cases_case c on c.id = m.case_id"
        " where c.number = $1::text",
        (number,),
    )
    return int(rows[0][0])


@pytest.fixture(scope="module")
def city(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[City]:
    """One city for the whole table; the site lives on the day its cases were opened."""
    shift = MONDAY - datetime.now(UTC)
    with django_db_blocker.unblock(), override_settings(CLOCK_SHIFT=shift):
        yield City()


def test_every_address_has_a_row_and_every_row_an_address() -> None:
    assert addresses() == set(table())


@pytest.mark.parametrize("address", sorted(table()))
def test_everyone_gets_what_the_table_says(address: str, city: City) -> None:
    expected = dict(zip(columns(), table()[address], strict=True))
    assert {who: city.answer(address, who) for who in city.who} == expected
