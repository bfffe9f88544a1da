"""Who may do what, by address: every URL and operation, tried by everyone, against `access.md`.

The world is built once by our own verbs; every request is tried on it and taken back.
"""

import re
from collections.abc import Iterator
from functools import cache
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver
from pytest_django.plugin import DjangoDbBlocker

from tests.acts import ACTS, CERTIFICATE_ACTS, COLLEAGUE, SAID
from tests.city import City, on_monday
from tests.rows import contest_of, look_of, material_of, seen_of
from tongban.cases.tests.programs import an_application, seen
from tongban.cases.tests.world import (
    FOOD_ANSWERS,
    FOOD_MATERIALS,
    JINJIANG,
    PDF,
)
from tongban.site.api import api

TABLE = Path(__file__).with_name("access.md")
ROW = re.compile(r"^\| `(?P<address>[A-Z]+ [^`]+)` \|(?P<cells>.*)\|$", re.M)
API = "/api/v1"

pytestmark = pytest.mark.django_db


@cache
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
    """Every operation of the API, and every other URL by the methods that the table tries it with.

    A URL that no row tries stands here as GET; a row may spell out one of its parts, as `/acts/accept`.
    """
    operations = {
        f"{method.upper()} {path}"
        for path, methods in api.get_openapi_schema()["paths"].items()
        for method in methods
    }
    described = {re.sub(r"\{(\w+)\}", r"<\1>", operation.split(" ")[1]) for operation in operations}
    others = set(_routes(get_resolver(), "/")) - described
    tried = {route: {row for row in table() if _tries(row, route)} for route in others}
    return operations.union(*(rows or {f"GET {route}"} for route, rows in tried.items()))


def _routes(resolver: URLResolver, prefix: str) -> Iterator[str]:
    for pattern in resolver.url_patterns:
        route = prefix + re.sub(r"\(\?P(<\w+>).*?\)|[\^$]", r"\1", str(pattern.pattern))
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern, route)
        elif isinstance(pattern, URLPattern):
            yield route


def _tries(row: str, route: str) -> bool:
    spelled = re.sub(r"<[^>]+>", "[^/]+", re.escape(route))
    return re.fullmatch(spelled, row.split(" ")[1]) is not None


def answer(city: City, address: str, who: str) -> str:
    """What this person gets at this address; whatever it changed is taken back."""
    method, path = address.split(" ")
    with transaction.atomic():
        answer = _program(city, method, path, who) if path.startswith(API) else _page(city, method, path, who)
        transaction.set_rollback(True)
    if answer.get("Location", "").startswith(settings.LOGIN_URL):
        return "sign-in"
    if answer.status_code == 200 and address in LISTS and _listed(city, address, who) not in answer.content:
        return "none"
    return str(answer.status_code)


def _listed(city: City, address: str, who: str) -> bytes:
    """What a list holds of this world for someone who may see it."""
    wanted = {
        "case": city.case(who, "waiting"),
        "to-do": city.case(who, "awaiting"),
        "queue": city.world.queue,
        "approval": city.approval,
        "certificate": city.certificate(who),
        "notice": f"/notices/{city.notice(who)}",
        "asked": city.certificates["asked"],
        "call": str(city.call),
        "looked-at": city.case(who, "accepted"),
        "doubted": city.case(who, "taken"),
        "consulted": city.case(who, "consulted"),
        "plan": city.undertaken["plan"],
    }
    return wanted[LISTS[address]].encode()


def _program(city: City, method: str, path: str, who: str) -> Any:
    city.client.cookies = SimpleCookie()
    token = city.tokens.get(who)
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    act = path.rpartition("/")[2]
    stage, body = (ACTS | SAID).get(act, ("accepted", {}))
    body = city.said(body, who)
    number = city.case(who, stage)
    if path.startswith(f"{API}/joint"):
        path = path.replace("{no}", city.joint(who)).replace("{code}", city.several.slug)
    path = path.replace("{no}", number).replace("{code}", city.world.item)
    path = path.replace("/queues/{id}", f"/queues/{city.world.queue}")
    path = path.replace("/approvals/{id}", f"/approvals/{city.approval}")
    path = path.replace("/materials/{id}", f"/materials/{material_of(number)}")
    path = path.replace("/consultations/{seq}", f"/consultations/{ASKED_AT}")
    path = path.replace("/contests/{seq}", f"/contests/{contest_of(number)}").replace("{seq}", "1")
    path = path.replace("{look}", str(look_of(number)))
    certificate = city.certificate(who)
    if act in CERTIFICATE_ACTS:
        state, said = CERTIFICATE_ACTS[act]
        certificate = city.certificates[state]
        body = {"seen": seen_of(certificate)} | said
    path = path.replace("{certificate}", certificate)
    if method == "GET":
        return city.client.get(path, {"q": "饭店"} if path.endswith("/search") else {}, headers=headers)
    if path.endswith("/files"):
        return city.client.post(path, {"file": SimpleUploadedFile("图.pdf", PDF)}, headers=headers)
    if path.startswith(f"{API}/joint"):
        body = city.applied_jointly(who) if path.endswith("/joint") else {}
        return city.client.post(path, body, content_type="application/json", headers=headers)
    if path.endswith("/cases"):
        body = an_application(city.world, city.who[who])
    elif act in ACTS:
        body = {"seen": seen(number)} | body
    return city.client.post(path, body, content_type="application/json", headers=headers)


def _page(city: City, method: str, path: str, who: str) -> Any:
    city.client.cookies = SimpleCookie(city.cookies.get(who, {}))
    if path.startswith("/certificates/") and "/acts/" in path:
        return _certificate_page(city, method, path)
    stage, form = form_of(path)
    form = city.said(form, who)
    number, path = city.case(who, stage), path_for(city, path, who)
    if method == "GET":
        return city.client.get(path)
    return city.client.post(path, {"seen": seen(number)} | form)


def path_for(city: City, route: str, who: str) -> str:
    """A route with what this person would find in the place of each of its parts."""
    number = city.case(who, form_of(route)[0])
    known = {
        "number": city.joint(who) if "/joint/" in route else number,
        "id": str(material_of(number)),
        "seq": seq_in(route, number),
        "absence": str(city.absence),
        "nth": "1",
        "look": str(look_of(number)),
        "code": "place" if route.startswith("/drafts/") else city.code,
        "certificate": city.certificate(who),
        "slug": city.world.item,
        "notice": str(city.notice(who)),
        "announcement": city.announcement,
        "draft": str(city.window_draft if "/window/" in route else city.draft(who)),
        "reception": str(city.reception),
        "queue": city.world.queue,
        "approval": city.approval,
        "level": "0",
        "place": "000.p/1",
        "topic": "ageing",
        "key": str(city.call),
        "enterprise": "91510104MA90000016",
        **dict.fromkeys(("passkey", "offer", "mandate"), str(uuid4())),
        "version": "1",
        **city.arranged,
        **city.undertaken,
        "measure": city.undertaken["declared" if route.endswith("/confirm") else "open"],
        "act": "report",
        "kind": KINDS.get(route.rpartition("/")[2], FOOD_MATERIALS[0]),
    }
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda part: known[part[1]], route)


def seq_in(route: str, number: str) -> str:
    """Which place in the story of a case an address means."""
    if "/contests/" in route:
        return str(contest_of(number))
    return "3" if "/corrections/" in route else ASKED_AT if "/consultations/" in route else "1"


def _certificate_page(city: City, method: str, path: str) -> Any:
    """An act on a certificate, pressed on its page."""
    act = path.rpartition("/")[2]
    state, said = CERTIFICATE_ACTS[act]
    number = city.certificates[state]
    path = path.replace("<str:certificate>", number)
    if method == "GET":
        return city.client.get(path)
    form = {f"{act}-{name}": value for name, value in said.items() if name != "lines"}
    return city.client.post(path, {"seen": seen_of(number), f"{act}-line_0": "李大满"} | form)


def form_of(path: str) -> tuple[str, dict[str, Any]]:
    """The stage of the case on which a page is tried, and the form that its button sends."""
    if path in FORMS:
        return FORMS[path]
    if path in UPLOADS:
        stage, name = UPLOADS[path]
        return stage, {name: SimpleUploadedFile("文书.pdf", PDF)}
    answers = {
        name: str(value).lower() if value in (True, False) else value for name, value in FOOD_ANSWERS.items()
    }
    match path.split("/")[2:]:
        case [_, "acts", act] if act in CERTIFICATE_ACTS:
            return "accepted", {}
        case [_, "acts", act]:
            stage, said = ACTS[act]
            faults = {f"fault-{column}": "请补上布局图。" for column in ("place", "basis", "do")}
            return stage, {
                f"{act}-{name}": value for name, value in said.items() if name != "faults"
            } | faults
        case [_, "resubmit"]:
            return "awaiting", answers
        case [_, "withdraw" | "withdrawal"]:
            return "waiting", {}
        case [_, "messages" | "contact" | "contests" | "consultations" as said, *_] | [
            _,
            "looks",
            _,
            "contest" as said,
        ]:
            return SAID[said]
        case [_, "apply" | "who"]:
            return "accepted", {"to-office": JINJIANG}
        case [_, "check" | "<slug:code>"]:
            return "accepted", answers | {"seen": SEEN_OF_A_READY_DRAFT}
        case _:
            return "accepted", {"do": "agree"} if "/proposals/" in path else {}


UPLOADS: dict[str, tuple[str, str]] = {
    "/cases/<number:number>/supply": ("owing", f"file-{FOOD_MATERIALS[-1]}"),
    "/verify": ("accepted", "file"),
}
"""Pages to which a file is sent and nothing else: on a case in which stage, under which name."""

FORMS: dict[str, tuple[str, dict[str, Any]]] = {
    "/cases/<number:number>/checklist": ("taken", {}),
    "/cases/<number:number>/corrections/<row:seq>/<row:nth>": ("awaiting", {}),
    "/cases/<number:number>/files/<row:id>": ("taken", {"says": "印章看不清。", "where": "5"}),
    "/desk/call-backs/<uuid:key>": ("accepted", {"seen": "0", "outcome": "reached"}),
    "/desk/duty": (
        "accepted",
        {
            "absence-officer": COLLEAGUE,
            "absence-kind": "leave",
            "absence-since": "2026-04-01",
            "absence-last": "2026-04-02",
            "absence-stand": "none",
        },
    ),
    "/desk/find": ("accepted", {"wanted": "110101199003071233"}),
    "/desk/plans/readings/<uuid:reading>": ("accepted", {"discard": "1"}),
    "/desk/plans/<slug:plan>/<row:measure>/report": (
        "accepted",
        {"seen": "1", "report-stands": "under-way", "report-done": "开了会"},
    ),
    "/desk/plans/<slug:plan>/<row:measure>/report-part": (
        "accepted",
        {"seen": "1", "report-part-stands": "under-way", "report-part-done": "开了会"},
    ),
    "/desk/plans/<slug:plan>/<row:measure>/declare": (
        "accepted",
        {"seen": "1", "declare-done": "做完了", "declare-proof": "有验收"},
    ),
    "/desk/plans/<slug:plan>/<row:measure>/confirm": ("accepted", {"seen": "2", "confirm-reason": "看过了"}),
    "/desk/window/cases/<number:number>": ("granted", {}),
    "/desk/window/cases/<number:number>/papers/<row:seq>": ("granted", {}),
    "/desk/window/<uuid:reception>/items/<slug:slug>": ("accepted", {"to-office": JINJIANG}),
}
"""What the button of an address sends, on a case of which stage, where the address alone tells."""

KINDS = {"sample.pdf": "food-safety-rules", "blank.pdf": "food-application-form"}
"""Of which material there is one to print."""

ASKED_AT = "4"
"""Where in its story a case was asked about: submitted, taken, accepted, asked."""

SEEN_OF_A_READY_DRAFT = str(2 + len(FOOD_MATERIALS))
"""Begun, filled in, and a change for each material."""

LISTS = {
    "GET /api/v1/cases": "case",
    "GET /api/v1/queues": "queue",
    "GET /api/v1/approvals": "approval",
    "GET /api/v1/certificates": "certificate",
    "GET /api/v1/certificates/revocations": "asked",
    "GET /wallet": "certificate",
    "GET /notices": "notice",
    "GET /looks": "looked-at",
    "GET /api/v1/looks": "looked-at",
    "GET /api/v1/contests": "doubted",
    "GET /api/v1/consultations": "consulted",
    "GET /": "to-do",
    "GET /cases/": "case",
    "GET /desk/": "case",
    "GET /desk/cases": "case",
    "GET /desk/call-backs": "call",
    "GET /desk/plans": "plan",
}
"""Lists are open to many, and show each only what they may see: "none" is a list without our case in it."""


@pytest.fixture(scope="module")
def city(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[City]:
    """One city for the whole table."""
    with django_db_blocker.unblock(), on_monday():
        yield City()


def test_every_address_has_a_row_and_every_row_an_address() -> None:
    assert addresses() == set(table())


@pytest.mark.parametrize("address", sorted(table()))
def test_everyone_gets_what_the_table_says(address: str, city: City) -> None:
    expected = dict(zip(columns(), table()[address], strict=True))
    assert {who: answer(city, address, who) for who in city.who} == expected
