"""A world for tests, built by our own verbs: an item at a body of its own, officers, residents, cases.

Every world has a body nobody else has, so that its queues are its own and nothing needs to be cleaned.
"""

import itertools
import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final
from uuid import uuid4

import yaml
from django.conf import settings

from tongban.cases import commands
from tongban.cases.commands import Application, Submitted
from tongban.cases.queries import tasks_to_do, view_of
from tongban.catalogue import api as catalogue
from tongban.directory import api as directory
from tongban.engine import packs
from tongban.engine.codes import check_credit_code
from tongban.exchange import api as exchange
from tongban.identity import api as identity
from tongban.kernel.access import Officer, Role, Viewer
from tongban.kernel.ids import (
    AccountId,
    BodyCode,
    ItemCode,
    OfficerId,
    PersonKey,
    QueueId,
    RegionCode,
    Version,
)
from tongban.kernel.keys import ring
from tongban.kernel.sql import run
from tongban.ledger import api as ledger
from tongban.papers import api as papers

MONDAY = datetime(2026, 3, 9, 2, 0, tzinfo=UTC)  # ten o'clock in Shanghai
JINJIANG = RegionCode("510104")
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n"
"""The least that is whole."""

FOOD_ANSWERS = packs.example_of(Path(settings.PACKS) / "items" / "food-operation-licence")
FOOD_MATERIALS = ("food-layout", "food-safety-rules", "food-safety-manager-proof")

_serials = itertools.count(int.from_bytes(os.urandom(4), "big"))


def a_credit_code(region: str = "510104", kind: str = "11") -> str:
    """A valid unified social credit code that nobody else has."""
    base = f"{kind}{region}{next(_serials) % 10**9:09d}"
    for check in "0123456789ABCDEFGHJKLMNPQRTUWXY":
        if _is_valid(base + check):
            return base + check
    raise AssertionError(base)


def _is_valid(code: str) -> bool:
    try:
        check_credit_code(code)
    except ValueError:
        return False
    return True


def an_officer(body: str, *roles: Role, region: str = JINJIANG, since: date = date(2020, 1, 1)) -> Viewer:
    """An officer on duty at a body, in a post with these roles."""
    officer = OfficerId(uuid4())
    directory.ensure_officer(officer, name="测试人员")
    title = "+".join(sorted(roles)) or "无职责"
    post = directory.ensure_post(body=BodyCode(body), title=title, roles=roles)
    directory.appoint(officer, post, since=since)
    return Viewer(
        account=AccountId(uuid4()),
        officer=Officer(officer, BodyCode(body), RegionCode(region), frozenset(roles), "测试人员"),
        shown_as="测试人员",
    )


GOVERNED_SINCE: Final = date(2026, 1, 1)
"""Nobody leads a people's government in these tests before this day."""


def a_government(region: str = JINJIANG) -> Viewer:
    """Who leads the people's government of a region, which has one and the same in every test."""
    base = f"11{region}000000000"
    code = next(base + check for check in "0123456789ABCDEFGHJKLMNPQRTUWXY" if _is_valid(base + check))
    body, kind = BodyCode(code), directory.BodyKind.GOVERNMENT
    directory.ensure_region(code=RegionCode(region), name="测试区")
    directory.ensure_body(code=body, name="测试区人民政府", region=RegionCode(region), kind=kind)
    leads = an_officer(body, Role.LEADER, region=region, since=GOVERNED_SINCE)
    directory.forget()
    return leads


def id_of(viewer: Viewer) -> OfficerId:
    """The id of an officer."""
    assert viewer.officer is not None
    return viewer.officer.id


def a_resident(name: str = "张*丰") -> Viewer:
    """A person with an account."""
    person = ring().person_key("person", f"person-{uuid4()}")
    return Viewer(account=AccountId(uuid4()), person=person, shown_as=name)


def an_agent(name: str = "成都小满餐饮有限公司") -> Viewer:
    """A person who acts for an enterprise."""
    enterprise = identity.ensure_enterprise(a_credit_code(kind="91"), name=name)
    agent = a_resident()
    assert agent.person is not None
    identity.entitle(agent.person, enterprise, at=MONDAY, since=date(2020, 1, 1))
    return replace(agent, acting_for=enterprise, mandates=frozenset({enterprise}), shown_as=name)


NO_FILES: Final[Mapping[str, str]] = MappingProxyType({})


@cache
def pack_of(slug: str) -> tuple[dict[str, Any], dict[str, str]]:
    """The item of one of our own packs, and its other files by name."""
    folder = Path(settings.PACKS) / "items" / slug
    texts = {file.name: file.read_text("utf-8") for file in folder.iterdir()}
    return yaml.safe_load(texts["item.yaml"]), texts


def an_item(
    like: str = "food-operation-licence",
    files: Mapping[str, str] = NO_FILES,
    *,
    drawn: bytes | None = None,
    superior: str | None = None,
    asks: Mapping[str, str] = NO_FILES,
    looks: Mapping[str, Mapping[str, str]] = MappingProxyType({}),
    **changes: Any,
) -> tuple[ItemCode, BodyCode]:
    """An item like one of ours, some files in place of its own, run by one body that runs nothing else.

    `drawn`: the flow of its cases, in place of its list of steps; `asks`: by task of it, whose opinion it
    asks; `looks`: by task, which register. `superior`: who decides them instead; what another decides by its
    pack gets one of its own.
    """
    item, others = pack_of(like)
    superior = superior or (a_credit_code() if item["kind"] == "forwarded" else None)
    slug, body = f"{like}-{next(_serials):x}", a_credit_code()
    whole = item | offices_of(item, body, superior) | changes
    whole = whole if drawn is None else drawn_itself(whole, asks)
    if looks:
        whole["process"]["looks"] = dict(looks)
    publish_pack(slug, whole, {**others, **files}, drawn)
    return ItemCode(slug), BodyCode(body)


def drawn_itself(item: Mapping[str, Any], asks: Mapping[str, str] = NO_FILES) -> dict[str, Any]:
    """The item along the drawing that is published with it; `asks`: by task of it, whose opinion it asks."""
    bodies = {task: [_a_body(one)] for task, one in asks.items()}
    steps = {key: value for key, value in item.items() if key != "flow"}
    return steps | {"process": {"drawn": "own", "asks": bodies}}


def offices_of(item: Mapping[str, Any], body: str, superior: str | None = None) -> dict[str, Any]:
    """The one office of an item that is run by this body alone; `superior`: who decides its cases."""
    office = item["offices"][0] | _a_body(body)
    return {"offices": [office]} if superior is None else _sent_up(office | {"superior": _a_body(superior)})


def _a_body(body: str) -> dict[str, Any]:
    return {"body": body, "region": JINJIANG, "name": f"测试机关{body[-6:]}"}


def _sent_up(office: dict[str, Any]) -> dict[str, Any]:
    return {"kind": "forwarded", "offices": [office]}


def publish_pack(
    slug: str, item: dict[str, Any], files: Mapping[str, str], drawn: bytes | None = None
) -> None:
    """Publish an item of this slug; `drawn`: the flow that it names `own`."""
    with tempfile.TemporaryDirectory() as folder:
        if drawn is not None:
            (Path(folder) / "flows").mkdir()
            (Path(folder) / "flows" / "own.bpmn").write_bytes(drawn)
        pack = Path(folder) / slug
        pack.mkdir()
        # JSON is YAML too, and written sooner.
        for name, content in {**files, "item.yaml": json.dumps(item, default=str)}.items():
            (pack / name).write_text(content, "utf-8")
        if "rule" in item:
            exchange.publish([pack], at=MONDAY)
        catalogue.publish([pack], at=MONDAY)


@dataclass(slots=True)
class World:
    """An item, the officers of its one body, and the residents who apply there."""

    item: ItemCode
    body: BodyCode
    handler: Viewer = field(init=False)
    colleague: Viewer = field(init=False)
    leader: Viewer = field(init=False)

    def __post_init__(self) -> None:
        self.handler = an_officer(self.body, Role.HANDLER)
        self.colleague = an_officer(self.body, Role.HANDLER)
        self.leader = an_officer(self.body, Role.LEADER)

    @property
    def queue(self) -> QueueId:
        return catalogue.queue_of(catalogue.item(self.item), self.body)

    def submit(
        self,
        by: Viewer | None = None,
        *,
        at: datetime = MONDAY,
        key: str | None = None,
        files: tuple[str, ...] = FOOD_MATERIALS,
        sealed: bool = True,
        **answers: Any,
    ) -> Submitted:
        """Submit a good application; sealed at once, unless not wanted."""
        who = by or a_resident()
        assert who.person is not None
        materials = tuple((kind, a_file(who.person, at=at)) for kind in files)
        application = Application(self.item, JINJIANG, FOOD_ANSWERS | answers, materials)
        submitted = commands.submit(application, by=who, key=key, at=at)
        if sealed:
            seal_all(at)
        return submitted

    def take_next(self, by: Viewer | None = None, *, at: datetime = MONDAY) -> str:
        """The number of the next case, now in the handler's hands."""
        taken = commands.take_next(self.queue, by=by or self.handler, at=at)
        assert taken is not None
        return taken.number

    def accepted(self, *, at: datetime = MONDAY) -> str:
        """A case taken and accepted by the handler."""
        self.submit(at=at)
        number = self.take_next(at=at)
        commands.accept(number, seen=None, by=self.handler, at=at)
        return number


def a_world(like: str = "food-operation-licence", *, drawn: bytes | None = None, **changes: Any) -> World:
    """A fresh item at a fresh body with officers; `drawn`: the flow that its cases follow."""
    return World(*an_item(like, drawn=drawn, **changes))


def a_tolerant_world(*, drawn: bytes | None = None, later: int = 1) -> World:
    """A world whose item lets the last of its materials follow within five working days of acceptance."""
    materials = [dict(one) for one in pack_of("food-operation-licence")[0]["materials"]]
    for one in materials:
        if one["kind"] in FOOD_MATERIALS[-later:]:
            one["need"] = "later"
    within = {"value": 5, "unit": "workday"}
    return a_world(drawn=drawn, materials=materials, later_within=within)


def an_item_decided_above(body: BodyCode) -> ItemCode:
    """One more item of a body, which that one examines and another decides."""
    item, files = pack_of("food-operation-licence")
    slug = f"food-operation-licence-{next(_serials):x}"
    publish_pack(slug, item | offices_of(item, body, a_credit_code()) | _a_basic_code(item), files)
    return ItemCode(slug)


def a_drawn_item(body: BodyCode, asked: BodyCode, *, again: ItemCode | None = None) -> ItemCode:
    """One more item of a body, along a drawing that asks another; `again`: the next version of that one."""
    item, files = pack_of("food-operation-licence")
    slug = again or ItemCode(f"food-operation-licence-{next(_serials):x}")
    code = catalogue.item(again).basic_code if again else None
    drawn = (Path(settings.PACKS) / "flows" / "joint-opinions.bpmn").read_bytes()
    drawn = drawn.replace("对照规划和条件审查".encode(), "审查".encode()) if again else drawn
    whole = drawn_itself(item | offices_of(item, body), {"traffic": asked, "fire": asked})
    publish_pack(slug, whole | _a_basic_code(item, code), files, drawn)
    return slug


def _a_basic_code(item: Mapping[str, Any], code: str | None = None) -> dict[str, Any]:
    """One that no other item has, so that its queue is its own."""
    return {"basic_code": item["basic_code"] | {"code": code or f"510131{next(_serials) % 10**6:06d}"}}


def two_levels(like: str = "food-operation-licence", **changes: Any) -> tuple[World, World]:
    """A fresh item that one body examines and another decides, with the officers of both."""
    above = a_credit_code()
    below = a_world(like, superior=above, **changes)
    return below, World(below.item, BodyCode(above))


def led_to_decision(world: World, number: str, *, at: datetime = MONDAY) -> World:
    """All that its flow wants first is done, and it is sent up where another body decides.

    Gives the world of the body that decides it, whose handler has it.
    """
    while tasks := tasks_to_do(view_of(number, world.handler, at=at)):
        task, words = tasks[0], tasks[0].node.outcomes or ("",)
        if task.asks is None:
            commands.complete_task(
                number, seen=None, by=world.handler, at=at, task=task.key, outcome=words[0]
            )
            continue
        asked = an_officer(task.asks.body, Role.HANDLER)
        # Which bodies somebody serves is held for a while.
        directory.forget()
        commands.ask_in_flow(number, seen=None, by=world.handler, at=at, task=task.key, text="请提出意见。")
        commands.answer_consultation(number, version_of(number), by=asked, at=at, text="没有意见。")
    superior = catalogue.item(world.item).superiors.get(world.body)
    if superior is None:
        return world
    commands.forward(number, seen=None, by=world.handler, at=at, text="情况属实，建议批准。")
    seal_all(at)
    above = World(world.item, superior.body)
    assert above.take_next(at=at) == number
    return led_to_decision(above, number, at=at)


def a_file(owner: PersonKey, *, at: datetime = MONDAY, content: bytes = PDF) -> str:
    """The handle of a stored file."""
    return papers.store(owner, "材料.pdf", content, at).handle


def seal_all(at: datetime = MONDAY) -> None:
    """Seal whatever is pending."""
    while ledger.seal(at):
        pass


def kinds_of(number: str) -> list[str]:
    """The kinds of a case's events, in order."""
    rows = run(
        "select e.kind from cases_event e join cases_case c on c.id = e.case_id"
        " where c.number = $1::text order by e.seq",
        (number,),
    )
    return [kind for (kind,) in rows]


def version_of(number: str) -> Version:
    """The case's version as its row has it."""
    return Version(run("select version from cases_case where number = $1::text", (number,))[0][0])


def copies_of(number: str, count: int) -> None:
    """So many rows like a case's own, without events or content, which no list reads."""
    run(
        "insert into cases_case select r.* from cases_case c, generate_series(1, $2::bigint) nth,"
        " jsonb_populate_record(c, jsonb_build_object('id', -c.id * 100000 - nth,"
        " 'number', c.id || '-' || nth, 'tag', md5(c.id || '-' || nth))) r where c.number = $1::text",
        (number, count),
    )
