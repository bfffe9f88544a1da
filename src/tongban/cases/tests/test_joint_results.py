"""One delivery: what came of all cases in one list and in one file, each decision as it was signed."""

from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest

from tongban.cases import commands
from tongban.cases.queries import joint_of, results_of, results_packed, whole_of
from tongban.cases.tests.joints import ADVERT, FOOD, TOBACCO, Joint, numbers_of, submitted
from tongban.cases.tests.programs import API, Program
from tongban.cases.tests.world import MONDAY, World, a_resident, an_officer, led_to_decision
from tongban.kernel.access import Role, Viewer
from tongban.kernel.refusal import Refusal
from tongban.ledger import api as ledger
from tongban.papers import api as papers

TUESDAY = MONDAY + timedelta(days=1)


def decided(joint: Joint, like: str, number: str, *, granted: bool = True) -> None:
    """Taken in turn, accepted and decided; what follows for others is done."""
    ledger.seal(TUESDAY)
    member = joint.members[like]
    while (found := commands.take_next(member.queue, by=member.handler, at=TUESDAY)) is not None:
        if found.number == number:
            break
    commands.accept(number, seen=None, by=member.handler, at=TUESDAY)
    office = World(member.slug, member.body)
    office.handler = member.handler
    led_to_decision(office, number, at=TUESDAY)
    decide = commands.grant if granted else commands.refuse
    decide(number, seen=None, by=member.handler, at=TUESDAY, text="看过材料和现场。")
    commands.follow(number, at=TUESDAY)


def told(number: str, viewer: Viewer) -> list[tuple[str, str, bool]]:
    return [
        (one.number, one.title, one.granted)
        for one in results_of(whole_of(number, viewer), viewer, at=TUESDAY)
    ]


def test_every_decision_stands_in_one_list_and_is_there_as_it_was_signed(
    joint, django_assert_num_queries
) -> None:
    by = a_resident()
    joined = submitted(joint, by, wide=True)
    numbers = numbers_of(joined)
    assert told(joined.number, by) == []
    decided(joint, FOOD, numbers[FOOD])
    decided(joint, TOBACCO, numbers[TOBACCO])
    decided(joint, ADVERT, numbers[ADVERT], granted=False)
    assert joint_of(joined.number, by, at=TUESDAY).over
    with django_assert_num_queries(2):
        told(joined.number, by)
    assert told(joined.number, by) == [
        (numbers[FOOD], "准予行政许可决定书", True),
        (numbers[TOBACCO], "准予行政许可决定书", True),
        (numbers[ADVERT], "不予行政许可决定书", False),
    ]
    packed = ZipFile(BytesIO(results_packed(joined.number, by, at=TUESDAY).content))
    names = packed.namelist()
    assert [one[:2] for one in names[:3]] == ["1-", "2-", "3-"]
    for name in names[:3]:
        verdict, _found = papers.check(packed.read(name))
        assert verdict is papers.Verdict.STANDS
    listed = packed.read(names[3]).decode()
    assert all(number in listed for number in numbers.values())


def test_programs_read_the_receipt_and_the_results_and_have_them_as_one_file(joint) -> None:
    program = Program(a_resident())
    assert program.viewer is not None
    joined = submitted(joint, program.viewer)
    address, number = f"/joint/{joined.number}", numbers_of(joined)[FOOD]
    receipt = program.get(f"{address}/receipt")
    assert (receipt.status_code, receipt["Content-Type"]) == (200, "application/pdf")
    assert papers.check(receipt.content)[0] is papers.Verdict.STANDS
    assert program.get(f"{address}/results").json() == []
    decided(joint, FOOD, number)
    [found] = program.get(f"{address}/results").json()
    assert (found["number"], found["title"], found["granted"]) == (number, "准予行政许可决定书", True)
    paper = program.get(f"/cases/{number}/papers/{found['paper']}")
    packed = program.client.get(
        f"{API}{address}/results", headers=program.headers | {"Accept": "application/zip"}
    )
    assert packed["Content-Type"] == "application/zip"
    folder = ZipFile(BytesIO(packed.content))
    assert folder.read(folder.namelist()[0]) == paper.content
    stranger = Program(a_resident())
    for part in ("receipt", "results"):
        assert stranger.get(f"{address}/{part}").status_code == 403


def test_a_decision_undone_is_no_result_until_the_next(joint) -> None:
    by, leader = a_resident(), an_officer(joint.members[FOOD].body, Role.LEADER)
    joined = submitted(joint, by)
    number = numbers_of(joined)[FOOD]
    decided(joint, FOOD, number, granted=False)
    assert [granted for _number, _title, granted in told(joined.number, by)] == [False]
    asked = commands.reverse(
        number, seen=None, by=joint.members[FOOD].handler, at=TUESDAY, text="当时看错了图。"
    )
    commands.approve(asked, by=leader, at=TUESDAY)
    assert told(joined.number, by) == []
    commands.grant(number, seen=None, by=joint.members[FOOD].handler, at=TUESDAY, text="准予")
    assert [granted for _number, _title, granted in told(joined.number, by)] == [True]
    assert len(ZipFile(BytesIO(results_packed(joined.number, by, at=TUESDAY).content)).namelist()) == 2


def test_of_a_grant_that_was_revoked_the_revocation_is_the_result(joint) -> None:
    by, leader = a_resident(), an_officer(joint.members[FOOD].body, Role.LEADER)
    joined = submitted(joint, by)
    number = numbers_of(joined)[FOOD]
    decided(joint, FOOD, number)
    asked = commands.revoke(
        number, seen=None, by=leader, at=TUESDAY, ground="fraud", text="健康证明是伪造的。"
    )
    other = an_officer(joint.members[FOOD].body, Role.LEADER)
    commands.approve(asked, by=other, at=TUESDAY)
    assert told(joined.number, by) == [(number, "撤销行政许可决定书", False)]
    packed = ZipFile(BytesIO(results_packed(joined.number, by, at=TUESDAY).content))
    verdict, _found = papers.check(packed.read(packed.namelist()[0]))
    assert verdict is papers.Verdict.STANDS


def test_what_is_taken_back_gives_no_result_and_before_the_first_there_is_no_file(joint) -> None:
    by = a_resident()
    joined = submitted(joint, by)
    commands.withdraw_joint(joined.number, by=by, at=TUESDAY)
    assert told(joined.number, by) == []
    with pytest.raises(Refusal, match=r"cases\.joint\.no-results"):
        results_packed(joined.number, by, at=TUESDAY)


def test_nobody_else_has_the_results(joint) -> None:
    joined = submitted(joint)
    decided(joint, FOOD, numbers_of(joined)[FOOD])
    for viewer in (a_resident(), joint.members[FOOD].handler):
        with pytest.raises(Refusal, match="not-allowed"):
            results_packed(joined.number, viewer, at=TUESDAY)
