"""A city for tests that nobody's context can hold: everyone who may try, and cases in every stage."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.test import Client, override_settings

from tests.acts import ACTS, COLLEAGUE, FAULTS, LONG_AGO, OF_BOTH, OWED, STAGES
from tests.rows import an_announcement, look_of, material_of
from tests.signed_in import signed_in
from tongban.administration import commands as administration
from tongban.cases import api as cases
from tongban.cases import commands
from tongban.cases.queries import look_at, paper_of, view_of
from tongban.cases.tests.jointly import late
from tongban.cases.tests.joints import TOBACCO, Joint, a_joint, applied, submitted
from tongban.cases.tests.programs import an_account
from tongban.cases.tests.world import (
    FOOD_ANSWERS,
    FOOD_MATERIALS,
    JINJIANG,
    MONDAY,
    PDF,
    World,
    a_credit_code,
    a_drawn_item,
    a_file,
    a_government,
    a_resident,
    a_tolerant_world,
    a_world,
    an_agent,
    an_item_decided_above,
    an_officer,
    seal_all,
)
from tongban.catalogue import api as catalogue
from tongban.certificates import api as certificates
from tongban.certificates.tests.world import an_order
from tongban.counters.tests.world import Registers, received
from tongban.directory import api as directory
from tongban.exchange import api as exchange
from tongban.hotline import api as hotline
from tongban.identity import api as identity
from tongban.kernel.access import Role, Viewer
from tongban.kernel.clock import now
from tongban.kernel.ids import BodyCode, ItemCode, PersonKey, RegionCode
from tongban.kernel.sql import run
from tongban.notices import api as notices
from tongban.plans import api as plans
from tongban.plans.tests.world import plan_sheets


@dataclass(slots=True)
class City:
    """Everyone who tries, and cases in every stage: the resident's, and some of the enterprise's."""

    world: World = field(default_factory=a_tolerant_world)
    who: dict[str, Viewer | None] = field(default_factory=dict)
    client: Client = field(default_factory=Client)
    cookies: dict[str, dict[str, str]] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    cases: dict[tuple[str, str], str] = field(default_factory=dict)
    certificates: dict[str, str] = field(default_factory=dict)
    drafts: dict[str, UUID] = field(default_factory=dict)
    several: Joint = field(default_factory=a_joint)
    joints: dict[str, str] = field(default_factory=dict)
    approval: str = ""
    elsewhere: str = ""
    absence: int = 0
    announcement: str = ""
    code: str = ""
    call: UUID = field(default_factory=uuid4)
    reception: UUID = field(default_factory=uuid4)
    window_draft: UUID = field(default_factory=uuid4)
    arranged: dict[str, str] = field(default_factory=dict)
    undertaken: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        world, other = self.world, a_world()
        self.elsewhere = other.body
        directory.forget()
        catalogue.publish([Path(settings.PACKS)], at=MONDAY)
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
            if viewer is not None:
                account = an_account(viewer)
                self.cookies[name] = signed_in(account)
                self.tokens[name] = identity.create_token(account, at=now(), acting_for=viewer.acting_for)
        self._at_the_window(self.who["window"])
        # Before the cases: the first page shows the newest of one's own.
        self.joints |= {
            name: submitted(self.several, self.who[name]).number for name in ("applicant", "agent")
        }
        decided_above, drawn = an_item_decided_above(world.body), a_drawn_item(world.body, other.body)
        self.cases["applicant", "examined"] = self._accepted_of(decided_above)
        self.cases["applicant", "drawn"] = self._accepted_of(drawn)
        a_drawn_item(world.body, other.body, again=drawn)
        self.cases["applicant", "late together"] = self._late_together()
        for stage, steps in STAGES.items():
            for owner in ("applicant", "agent") if stage in OF_BOTH else ("applicant",):
                self.cases[owner, stage] = self._case(owner, steps)
        applicant, agent = self.who["applicant"], self.who["agent"]
        assert applicant is not None
        assert agent is not None
        for owner, stage in (("applicant", "accepted"), ("agent", "accepted"), ("applicant", "taken")):
            look_at(self.cases[owner, stage], world.handler, at=MONDAY)
        doubted = self.cases["applicant", "taken"]
        commands.contest_look(doubted, look_of(doubted), by=applicant, at=MONDAY, text="为什么要看？")
        self.certificates = self._certificates(applicant)
        self.absence = an_absence(world.colleague)
        told_of([number for (_, stage), number in self.cases.items() if stage == "granted"])
        self.announcement = an_announcement()
        hotline.ask(
            self.call,
            hotline.Asking(f"139{uuid4().int % 10**8:08d}", "", "津贴怎么领", world.item, JINJIANG, "any"),
            address=self.world.item,
            at=MONDAY,
        )
        self.drafts = {name: self._draft(self.who[name]) for name in ("applicant", "agent")}
        self.arranged = arranged(world)
        self.undertaken = undertaken(self)
        self.code = code_of_a_paper(self.cases["applicant", "accepted"], applicant)

    def _case(self, owner: str, steps: tuple[str, ...]) -> str:
        """A case of the owner, brought so far by the handler; nobody else waits meanwhile."""
        by, at = self.who[owner], LONG_AGO if "long ago" in steps else MONDAY
        files = FOOD_MATERIALS[:-1] if "lack" in steps else FOOD_MATERIALS
        number = self.world.submit(by=by, at=at, files=files).number
        for step in steps:
            if step == "lack":
                continue
            if step == "take":
                assert self.world.take_next(at=at) == number
            elif step == "resubmit":
                assert by is not None
                commands.resubmit(number, seen=None, by=by, at=MONDAY, answers=FOOD_ANSWERS)
            else:
                self._handled(number, step, at)
        return number

    def _accepted_of(self, item: ItemCode) -> str:
        """A case of the applicant's, of another item of the same body, accepted by the handler."""
        by = self.who["applicant"]
        assert by is not None and by.person is not None
        files = tuple((kind, a_file(by.person)) for kind in FOOD_MATERIALS)
        number = commands.submit(
            commands.Application(item, JINJIANG, FOOD_ANSWERS, files), by=by, key=None, at=MONDAY
        ).number
        seal_all()
        queue = catalogue.queue_of(catalogue.item(item), self.world.body)
        commands.take_next(queue, by=self.world.handler, at=MONDAY)
        commands.accept(number, seen=None, by=self.world.handler, at=MONDAY)
        return number

    def _late_together(self) -> str:
        """A licence of the applicant's in the handler's hands, late by the time it has with others."""
        by = self.who["applicant"]
        assert by is not None
        a_government()
        joint = a_joint(bodies={TOBACCO: self.world.body})
        own = replace(joint.members[TOBACCO], handler=self.world.handler)
        return late(replace(joint, members={**joint.members, TOBACCO: own}), by).number

    def _at_the_window(self, clerk: Viewer | None) -> None:
        """Somebody stands at the window with a case that was granted, and another draft is begun for them."""
        assert clerk is not None
        registers = Registers()
        exchange.supply({"population": registers})
        found = received(registers, clerk)
        exchange.supply({})
        beginning = cases.Beginning(JINJIANG)
        draft = cases.begin_for(self.world.item, beginning, found.served, by=clerk, at=MONDAY)
        self.reception, self.window_draft = found.id, draft
        self.who["at the window"] = identity.served(found.person, clerk, MONDAY)
        self.cases["window", "granted"] = self._case("at the window", STAGES["granted"])
        self.joints["window"] = submitted(self.several, self.who["at the window"]).number
        del self.who["at the window"]

    def _handled(self, number: str, step: str, at: datetime) -> None:
        acting: dict[str, Any] = {"seen": None, "by": self.world.handler, "at": at}
        match step:
            case "correct":
                seen = replace(FAULTS[0], spot=f"{material_of(number)}.1.300.400")
                commands.return_for_correction(number, **acting, faults=[seen])
            case "accept":
                commands.accept(number, **acting)
            case "tolerate":
                commands.accept_tolerantly(number, **acting)
            case "stop":
                procedure = ACTS["start-special-procedure"][1]["procedure"]
                until = date(2026, 3, 20)
                commands.start_special_procedure(
                    number, **acting, procedure=procedure, told_until=until, text="依申请组织听证"
                )
            case "grant":
                commands.grant(number, **acting, text="符合条件")
            case "consult":
                commands.consult(number, **acting, whom=BodyCode(self.elsewhere), days=3, text="在红线里吗？")
            case "ask":
                self.approval = str(commands.extend(number, **acting, text="情况复杂"))

    def _certificates(self, holder: Viewer) -> dict[str, str]:
        """Certificates of the applicant's, issued by the body of the item, by how they stand."""
        acting: dict[str, Any] = {"seen": None, "by": self.world.handler, "at": MONDAY}
        year_before = MONDAY.date() - timedelta(days=350)
        issued: dict[str, str] = {}
        for state, slug, since in (
            ("holding", "food-operation-licence", MONDAY.date()),
            ("suspended", "food-operation-licence", MONDAY.date()),
            ("asked", "food-operation-licence", MONDAY.date()),
            ("to-endorse", "residence-permit", year_before),
        ):
            order = an_order(slug, holder=holder.person, body=self.world.body, granted_on=since)
            issued[state] = certificates.issue(order, at=MONDAY)
        certificates.suspend(issued["suspended"], **acting, text="现场核查")
        certificates.ask_revocation(issued["asked"], **acting, ground="penalty", text="多次违法")
        return issued

    def _draft(self, viewer: Viewer | None) -> UUID:
        """A draft of a person, for themselves, with nothing left to do."""
        assert viewer is not None
        by, item = commands.Writer(replace(viewer, acting_for=None)), self.world.item
        draft = commands.begin(item, commands.Beginning(JINJIANG), by=by, at=MONDAY)
        fields = [each for _, each, _ in catalogue.item(item).form.asked]
        commands.save(draft, commands.Typed("all", fields, FOOD_ANSWERS, 1), by=by, at=MONDAY)
        for kind in FOOD_MATERIALS:
            commands.attach(draft, kind, [("图.pdf", PDF)], by=by, at=MONDAY)
        return draft

    def draft(self, who: str) -> UUID:
        """The draft that this person tries: an agent their own, everyone else the applicant's."""
        return self.drafts.get(who, self.drafts["applicant"])

    def joint(self, who: str) -> str:
        """The joint service that this person tries, as `case`."""
        return self.joints.get(who, self.joints["applicant"])

    def applied_jointly(self, who: str) -> dict[str, Any]:
        """What this person sends to apply for all of it."""
        by = self.who[who] or self.who["applicant"]
        assert by is not None
        sent = applied(self.several, by if by.person else self.who["applicant"] or by)
        files = [{"kind": kind, "file": handle} for kind, handle in sent.materials]
        return {"item": sent.item, "region": sent.region, "answers": sent.answers, "materials": files}

    def case(self, who: str, stage: str) -> str:
        """The case that this person tries: an agent the enterprise's, everyone else the resident's."""
        return self.cases.get((who, stage)) or self.cases["applicant", stage]

    def said(self, told: dict[str, Any], who: str) -> dict[str, Any]:
        """What an act needs, with the colleague of this city in their place, and a file of whoever tries."""
        colleague = self.world.colleague.officer
        assert colleague is not None
        found = {name: str(colleague.id) if value == COLLEAGUE else value for name, value in told.items()}
        if told.get("materials") == OWED:
            viewer = self.who[who] or self.who["applicant"]
            assert viewer is not None
            owner = viewer.person or PersonKey(bytes(32))
            found["materials"] = [{"kind": FOOD_MATERIALS[-1], "file": a_file(owner, at=now())}]
        return found

    def notice(self, who: str) -> int:
        """The notice that this person tries: the first about the granted case of theirs."""
        [(notice,)] = run(
            "select min(id) from notices_notice where number = $1::text", (self.case(who, "granted"),)
        )
        return int(notice)

    def certificate(self, who: str) -> str:
        """The number of the certificate that this person tries, as the granted case of theirs left it."""
        [(serial,)] = run(
            "select serial from certificates_certificate where case_number = $1::text",
            (self.case(who, "granted"),),
        )
        return f"{serial}-001"


def an_absence(who: Viewer) -> int:
    """An officer will be away, long after everything that is tried here; the record's id."""
    assert who.officer is not None
    since = date(2026, 6, 1)
    kind = directory.AbsenceKind.LEAVE
    directory.record_absence(who.officer.id, kind=kind, since=since, until=since + timedelta(days=5))
    [row] = directory.absences_at(who.officer.body, since)
    return row.id


def arranged(world: World) -> dict[str, str]:
    """What an administrator finds: a body, somebody there, a change that waits for them and one on record."""
    first, second = (an_officer(world.body, Role.ADMIN) for _ in range(2))
    leader = world.leader.officer
    assert leader is not None
    steps = administration.steps
    done, proposal = (
        administration.propose(administration.Asked(title, [step], "人事变动"), by=first, at=MONDAY)
        for title, step in (
            ("新增职务", steps.HavePost(world.body, "办事员", (Role.WINDOW,))),
            ("停职", steps.Suspend(str(leader.id), MONDAY.date())),
        )
    )
    for one in (done, proposal):
        administration.confirm(one, by=first, at=MONDAY)
    [(change,)] = run("select max(id) from administration_change")
    assert second.officer is not None
    return {
        "body": world.body,
        "officer": str(second.officer.id),
        "which": "region",
        "of": JINJIANG,
        "proposal": str(proposal),
        "change": str(change),
    }


def undertaken(city: City) -> dict[str, str]:
    """A published plan of the city's supervisors: one measure open, one declared done; and another brought.

    The body of the item leads both; the body elsewhere has a part in them.
    """
    supervisor, lead = city.who["city supervisor"], city.world.body
    assert supervisor is not None
    assert supervisor.officer is not None
    slug, issuer = f"plan-{uuid4().hex[:8]}", supervisor.officer.body
    head = plans.Head(slug, "改革方案", "一号", date(2026, 1, 5), issuer, "", 1)
    measures = tuple(
        plans.Told(number, "要做的事", "", BodyCode(lead), (BodyCode(city.elsewhere),), "2026-12")
        for number in ("一", "二")
    )
    told = plans.ToldPlan(head, (), measures)
    plans.enter(told, "新方案", by=supervisor, at=MONDAY)
    plans.publish(slug, by=supervisor, at=MONDAY)
    (open_, version), (declared, _) = (plans.versions_of(slug)[number] for number in ("一", "二"))
    done = plans.Done("做完了", "有验收")
    plans.declare(plans.Seen(declared, version), done, by=city.world.leader, at=MONDAY)
    filled_in = plan_sheets(f"{slug}-2", issuer, lead)
    brought = plans.bring(filled_in, "新方案", by=supervisor, at=MONDAY)
    return {"plan": slug, "open": str(open_), "declared": str(declared), "reading": str(brought.reading)}


def told_of(numbers: list[str]) -> None:
    """Tell the applicants of these cases what happened in them, as the worker would."""
    rows = run(
        "select e.id from cases_event e join cases_case c on c.id = e.case_id"
        " where c.number = any ($1::text[]) order by e.id",
        (numbers,),
    )
    notices.tell_of([event for (event,) in rows], at=MONDAY)


def code_of_a_paper(number: str, viewer: Viewer) -> str:
    """The code of the receipt of a case, as it is printed, made by the applicant's look at it."""
    paper_of(view_of(number, viewer, at=MONDAY), 1)
    [(code,)] = run("select code from papers_paper where number = $1::text", (f"{number}-1",))
    return str(code)


def a_supervisor(region: str, name: str) -> Viewer:
    """A supervisor at a body of the city itself."""
    directory.ensure_region(code=RegionCode(region), name=name)
    body = BodyCode(a_credit_code(region))
    directory.ensure_body(code=body, name=f"{name}监督机关", region=RegionCode(region))
    return an_officer(body, Role.SUPERVISOR, region=region)


@contextmanager
def on_monday() -> Iterator[None]:
    """The site lives on the day its cases were opened, whenever the test runs."""
    with override_settings(CLOCK_SHIFT=MONDAY - datetime.now(UTC)):
        yield
