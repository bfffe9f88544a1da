"""Cases by programs: one journey over HTTP, and what each address promises."""

from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tongban.cases.tests.programs import API, Program, an_application, seen
from tongban.cases.tests.world import (
    FOOD_ANSWERS,
    FOOD_MATERIALS,
    MONDAY,
    PDF,
    World,
    a_resident,
    an_agent,
    an_officer,
    seal_all,
)
from tongban.engine.tlog import Verifier, leaf_hash, open_receipt
from tongban.kernel.access import Purpose, Role
from tongban.kernel.sql import run
from tongban.ledger import api as ledger


@pytest.fixture(autouse=True)
def the_site_lives_on_monday(settings):
    """So that no test depends on the day it runs."""
    settings.CLOCK_SHIFT = MONDAY - datetime.now(UTC)


@pytest.fixture
def resident(world: World) -> Program:
    return Program(a_resident())


@pytest.fixture
def handler(world: World) -> Program:
    return Program(world.handler)


@pytest.fixture
def leader(world: World) -> Program:
    return Program(world.leader)


def submitted(resident: Program, world: World) -> str:
    """The number of a case that waits."""
    answer = resident.submit(world)
    assert answer.status_code == 201, answer.content.decode()
    seal_all()
    return str(answer.json()["number"])


def taken(resident: Program, handler: Program, world: World) -> str:
    """The number of a case in the handler's hands."""
    number = submitted(resident, world)
    assert handler.post(f"/queues/{world.queue}/next").json()["number"] == number
    return number


def case_id(number: str) -> int:
    return int(run("select id from cases_case where number = $1::text", (number,))[0][0])


def problem(answer, status: int) -> str:
    """The code of a refusal that is as a refusal must be."""
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    told = answer.json()
    assert told["detail"]
    assert told["do"]
    assert told["status"] == status
    return str(told["code"])


def test_a_case_is_applied_for_taken_corrected_accepted_granted_and_delivered(
    world, resident, handler, leader
):
    upload = SimpleUploadedFile("布局图.pdf", PDF, "application/pdf")
    stored = resident.client.post(f"{API}/files", {"file": upload}, headers=resident.headers)
    files = an_application(world, resident.viewer)["materials"][1:]
    answer = resident.submit(
        world, materials=[{"kind": FOOD_MATERIALS[0], "file": stored.json()["file"]}, *files]
    )
    assert answer.status_code == 201
    number = answer.json()["number"]
    assert answer["Location"] == f"{API}/cases/{number}"
    seal_all()
    told = resident.get(f"/cases/{number}").json()
    assert (told["stage"], told["stage_name"], told["place"]) == ("submitted", "已提交，待受理", 1)
    assert told["deadlines"]["notify"]["limit"] == 5
    assert told["light"] == "green"

    assert handler.post(f"/queues/{world.queue}/next").json() == {"number": number, "version": 2}
    fault = {"place": "设备布局图", "basis": "食品安全法", "do": "请标出洗消间。"}
    returned = handler.act(number, "return-for-correction", faults=[fault])
    assert returned.json() == {"number": number, "version": 3, "stage": "awaiting-correction"}
    assert resident.get(f"/cases/{number}/events").json()["events"][-1]["faults"] == [fault]
    again = resident.post(f"/cases/{number}/resubmit", {"answers": FOOD_ANSWERS})
    assert again.json()["stage"] == "resubmitted"
    assert handler.post(f"/queues/{world.queue}/next").status_code == 200
    assert handler.act(number, "accept").json()["stage"] == "accepted"
    told = handler.get(f"/cases/{number}").json()
    assert told["deadlines"].keys() == {"promised", "statutory"}
    assert {"grant", "release"} <= set(told["acts"])
    assert told["answers"]["area"] == "86.0"

    asked = handler.act(number, "extend", text="需要现场核查")
    assert asked.status_code == 202
    [waiting] = leader.get("/approvals").json()["approvals"]
    assert (waiting["id"], waiting["number"]) == (asked.json()["approval"], number)
    assert leader.post(f"/approvals/{waiting['id']}/approve").json() == {"number": number}
    assert handler.act(number, "grant", text="符合条件").json()["stage"] == "granted"
    assert handler.act(number, "deliver", way="window").json()["stage"] == "delivered"
    words = [event["words"] for event in resident.get(f"/cases/{number}/events").json()["events"]]
    assert words[0] == "提交申请"
    assert words[-2:] == ["决定准予", "送达结果"]
    assert "请负责人批准" not in words


def acts(program: Program, number: str) -> set[str]:
    return set(program.get(f"/cases/{number}").json()["acts"])


def test_everyone_is_told_the_acts_that_are_open_to_them_alone(world, resident, handler, leader):
    number = submitted(resident, world)
    assert (acts(resident, number), acts(handler, number)) == ({"withdraw"}, {"take"})
    assert handler.act(number, "take").status_code == 200
    together = {"consult", "hand-over", "note"}
    theirs = {"accept", "return-for-correction", "refuse-acceptance", "release"} | together
    assert (acts(resident, number), acts(handler, number)) == ({"withdraw"}, theirs)
    leaders = {"hand-over", "note"}
    assert (acts(leader, number), acts(Program(world.colleague), number)) == (leaders, set())
    fault = {"place": "设备布局图", "basis": "食品安全法", "do": "请标出洗消间。"}
    assert handler.act(number, "return-for-correction", faults=[fault]).status_code == 200
    assert acts(resident, number) == {"resubmit", "withdraw"}
    assert (acts(leader, number), acts(handler, number)) == ({"note", "reverse", "terminate"}, {"reverse"})


def test_the_same_submission_again_gives_the_same_receipt_and_other_content_is_refused(world, resident):
    body = an_application(world, resident.viewer)
    first, again = (resident.post("/cases", body, idempotency_key="once") for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert first["Location"] == again["Location"]
    other = body | {"answers": FOOD_ANSWERS | {"area": "99"}}
    assert problem(resident.post("/cases", other, idempotency_key="once"), 409) == "cases.submit.key-reused"


@pytest.mark.parametrize("key", ["", "x" * 129, "键", "a\tb"])
def test_an_idempotency_key_that_is_not_short_printable_ascii_is_refused(world, resident, key):
    body = an_application(world, resident.viewer)
    assert problem(resident.post("/cases", body, idempotency_key=key), 422) == "request.invalid"


def test_a_submission_costs_two_statements(world, resident):
    resident.submit(world)
    body = an_application(world, resident.viewer)
    with CaptureQueriesContext(connection) as captured:
        assert resident.post("/cases", body).status_code == 201
    # A block of numbers, once in 64, does not count.
    paid = [query["sql"] for query in captured if "nextval('cases_number_block')" not in query["sql"]]
    assert len(paid) == 2


def test_the_next_costs_the_token_and_three_statements(world, resident, handler):
    submitted(resident, world)
    handler.post(f"/queues/{world.queue}/next")
    submitted(resident, world)
    with CaptureQueriesContext(connection) as captured:
        assert handler.post(f"/queues/{world.queue}/next").status_code == 200
    paid = [query["sql"] for query in captured if query["sql"] not in ("BEGIN", "COMMIT")]
    assert len(paid) == 4


def test_an_enterprises_token_files_for_the_enterprise_and_opens_nothing_private(world, resident):
    agent = Program(an_agent())
    number = agent.submit(world).json()["number"]
    assert [one["number"] for one in agent.get("/cases").json()["cases"]] == [number]
    assert agent.get(f"/cases/{number}").json()["answers"]["area"] == "86.0"
    private = submitted(resident, world)
    assert problem(agent.get(f"/cases/{private}"), 403) == "access.not-allowed"


def test_an_officer_cannot_apply_and_a_resident_cannot_take(world, resident, handler):
    assert problem(handler.submit(world), 403) == "cases.submit.not-a-person"
    submitted(resident, world)
    assert problem(resident.post(f"/queues/{world.queue}/next"), 403) == "access.not-allowed"


def test_every_fault_of_an_application_is_named_at_once(world, resident):
    answer = resident.submit(world, answers={"area": "x", "unheard": "1"}, materials=[])
    assert problem(answer, 422) == "cases.submit.faults"
    places = {fault["place"] for fault in answer.json()["faults"]}
    assert {"area", "unheard", "uscc", *(f"materials.{kind}" for kind in FOOD_MATERIALS)} <= places


@pytest.mark.parametrize(
    "change",
    [
        {"unheard": 1},
        {"item": "../etc"},
        {"region": "51010"},
        {"answers": {"area": "9" * 20_001}},
        {"answers": {str(at): "1" for at in range(301)}},
        {"answers": {"area": {"deep": 1}}},
        {"materials": [{"kind": "food-layout", "file": "ab"}] * 61},
        {"channel": "pigeon"},
    ],
)
def test_what_is_too_large_or_of_another_shape_never_reaches_the_form(world, resident, change):
    assert problem(resident.submit(world, **change), 422) == "request.invalid"


def test_a_body_that_is_no_json_is_told_so(world, resident):
    answer = resident.client.post(
        f"{API}/cases", "{not json", content_type="application/json", headers=resident.headers
    )
    assert problem(answer, 400) == "request.malformed"


def test_an_act_on_what_was_not_seen_is_refused_with_what_changed(world, resident, handler):
    number = taken(resident, handler, world)
    answer = handler.post(f"/cases/{number}/accept", {"seen": 1})
    assert problem(answer, 409) == "cases.stale"
    assert [(fault["seq"], fault["kind"]) for fault in answer.json()["faults"]] == [(2, "taken")]
    assert problem(handler.post(f"/cases/{number}/accept", {}), 422) == "request.invalid"


def test_taking_ahead_of_an_earlier_case_waits_for_an_approval(world, resident, handler, leader):
    earlier, later = submitted(resident, world), submitted(resident, world)
    assert problem(handler.act(later, "take"), 409) == "cases.take.out-of-order"
    asked = handler.act(later, "take", reason="emergency", text="孕妇临产")
    assert (asked.status_code, asked.json()["number"]) == (202, later)
    assert leader.post(f"/approvals/{asked.json()['approval']}/decline").status_code == 200
    assert handler.act(earlier, "take").json() == {"number": earlier, "version": 2}
    assert handler.act(earlier, "release").json()["version"] == seen(earlier) == 3


def test_nobody_waiting_is_an_empty_answer_and_an_unknown_queue_a_refusal(world, resident, handler):
    taken(resident, handler, world)
    empty = handler.post(f"/queues/{world.queue}/next")
    assert (empty.status_code, empty.content) == (204, b"")
    assert problem(handler.post("/queues/440709003000.NOBODY/next"), 404) == "cases.queue.unknown"
    assert problem(handler.post("/queues/队列/next"), 422) == "request.invalid"


def test_queues_tell_how_many_wait(world, resident, handler):
    submitted(resident, world)
    submitted(resident, world)
    [queue] = handler.get("/queues").json()["queues"]
    assert (queue["id"], queue["item"], queue["waiting"]) == (world.queue, world.item, 2)
    assert resident.get("/queues").json() == {"queues": []}


def test_a_list_goes_on_page_by_page_and_shows_each_case_once(world, resident):
    numbers = [resident.submit(world).json()["number"] for _ in range(5)]
    found, before = [], {}
    for expected in (2, 2, 1):
        page = resident.get("/cases", limit=2, **before).json()
        assert len(page["cases"]) == expected
        found += [one["number"] for one in page["cases"]]
        before = {"before": page["next"]}
    assert page["next"] is None
    assert found == numbers[::-1]
    assert problem(resident.get("/cases", before="nonsense"), 422) == "paging.cursor.unknown"
    assert problem(resident.get("/cases", limit=101), 422) == "request.invalid"


def test_a_list_is_narrowed_by_stage_item_queue_and_whether_it_is_open(world, resident, handler):
    waiting, withdrawn = (submitted(resident, world) for _ in range(2))
    assert resident.post(f"/cases/{withdrawn}/withdraw", {}).json()["stage"] == "withdrawn"

    def narrowed(**query):
        return {one["number"] for one in handler.get("/cases", **query).json()["cases"]}

    assert narrowed() == {waiting, withdrawn}
    assert narrowed(stage="submitted") == narrowed(open=True) == {waiting}
    assert narrowed(stage="withdrawn", queue=world.queue, item=world.item) == {withdrawn}
    assert narrowed(item="another") == narrowed(queue="another") == set()
    assert problem(handler.get("/cases", stage="lost"), 422) == "request.invalid"


def test_a_case_number_is_read_as_people_write_it(world, resident):
    number = submitted(resident, world)
    digits = number.replace("-", "")
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in digits)
    for written in (digits, wide, f" {digits[:6]} {digits[6:]}"):
        assert resident.get(f"/cases/{written}").json()["number"] == number
    wrong = digits[:-1] + str((int(digits[-1]) + 1) % 10)
    assert problem(resident.get(f"/cases/{wrong}"), 404) == "codes.case-number.check"
    assert problem(resident.get("/cases/abc"), 404) == "codes.case-number.form"


def test_the_receipt_is_a_file_to_keep_and_has_its_proof_once_sealed(world, resident, settings):
    number = resident.submit(world).json()["number"]
    early = resident.get(f"/cases/{number}/receipt")
    assert early["Content-Type"] == "text/plain; charset=utf-8"
    seal_all()
    kept = resident.get(f"/cases/{number}/receipt").content
    log, receipts = map(Verifier.parse, ledger.keys().splitlines())
    promised, proof = open_receipt(kept, [receipts])
    assert kept.startswith(early.content + b"\n")
    assert promised.case == number
    assert proof
    [(entry,)] = run("select entry from ledger_leaf where index = $1::bigint", (proof.index,))
    assert f'"case":"{promised.tag}"' in entry
    proof.verify(leaf_hash(entry.encode()), settings.LEDGER_ORIGIN, [log])
    wanted = resident.headers | {"Accept": "application/json"}
    told = resident.client.get(f"{API}/cases/{number}/receipt", headers=wanted).json()
    assert told["number"] == number
    assert told["receipt"].encode() == early.content
    assert f"{told['receipt']}\n{told['proof']}".encode() == kept


def test_a_file_is_given_out_to_be_saved_and_an_officers_look_is_recorded(world, resident, handler):
    number = taken(resident, handler, world)
    [first, *_] = handler.get(f"/cases/{number}").json()["materials"]
    file = handler.get(f"/cases/{number}/materials/{first['id']}")
    assert (file.content, file["Content-Type"]) == (PDF, "application/pdf")
    assert file["Content-Disposition"].startswith("attachment;")
    assert file["X-Content-Type-Options"] == "nosniff"
    assert file["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "no-store" in file["Cache-Control"]
    looks = ledger.looks_at(case_id(number))
    assert [(look.what, look.purpose) for look in looks] == [
        ("content", Purpose.HANDLING),
        ("file", Purpose.HANDLING),
    ]
    assert resident.get(f"/cases/{number}/materials/{first['id']}").status_code == 200
    assert len(ledger.looks_at(case_id(number))) == 2
    assert problem(resident.get(f"/cases/{number}/materials/0"), 404) == "cases.file.unknown"
    assert problem(resident.get(f"/cases/{number}/materials/{2**63}"), 422) == "request.invalid"


def test_who_may_read_the_story_alone_sees_neither_answers_nor_files_nor_texts(world, resident, handler):
    number = taken(resident, handler, world)
    [first, *_] = handler.get(f"/cases/{number}").json()["materials"]
    handler.act(number, "accept")
    handler.act(number, "grant", text="只给申请人看的理由")
    window = Program(an_officer(world.body, Role.WINDOW))
    told = window.get(f"/cases/{number}").json()
    assert told["answers"] is None
    assert told["materials"] is None
    assert [event["text"] for event in told["story"]] == [None] * 4
    assert window.get(f"/cases/{number}/materials/{first['id']}").status_code == 404


def test_a_program_without_a_token_or_with_a_false_one_is_sent_away(world):
    assert problem(Program().get("/cases"), 401) == "access.sign-in"
    false = Program()
    false.headers["Authorization"] = "Bearer tb_" + "x" * 43
    assert problem(false.get("/cases"), 401) == "identity.token.invalid"


def test_what_is_said_doubted_and_counted_is_there_for_programs_too(world, resident, handler, leader):
    number = taken(resident, handler, world)
    path = f"/cases/{number}"
    sent = {"text": "请问什么时候来现场？", "after": seen(number)}
    assert resident.post(f"{path}/messages", sent).status_code == 201
    again = resident.post(f"{path}/messages", sent)
    assert again.status_code == 201
    handler.post(f"{path}/messages", {"text": "周四上午。"})
    told = resident.get(f"{path}/messages").json()["messages"]
    assert [one["text"] for one in told] == ["请问什么时候来现场？", "周四上午。"]
    assert [one["of_office"] for one in told] == [False, True]
    assert again.json()["version"] == told[0]["seq"]
    clocks = resident.get(f"{path}/clocks").json()["clocks"]
    assert [clock["name"] for clock in clocks] == ["notify"]
    assert clocks[0]["days"][-1]["nth"] == 5
    estimate = resident.get(f"{path}/estimate").json()
    assert estimate["spread"] is None
    handler.get(path)
    [look, *_] = resident.get(f"{path}/looks").json()["looks"]
    answer = resident.post(f"{path}/looks/{look['id']}/contest", {"text": "为什么要看？"})
    assert answer.status_code == 201
    [doubt] = leader.get("/contests").json()["contests"]
    answered = leader.post(f"{path}/contests/{doubt['seq']}/answer", {"text": "核对所需。"})
    assert answered.status_code == 200
    [look, *_] = [one for one in resident.get(f"{path}/looks").json()["looks"] if one["id"] == look["id"]]
    assert look["contest"]["answer"] == "核对所需。"
    assert {one["number"] for one in resident.get("/looks").json()["looks"]} == {number}
    assert resident.post(f"{path}/contact", {"phone": "13900000002"}).status_code == 200
    assert resident.get(path).json()["answers"]["phone"] == "13900000002"
    assert problem(resident.post(f"{path}/messages", {"text": " "}), 422) == "cases.message.empty"
