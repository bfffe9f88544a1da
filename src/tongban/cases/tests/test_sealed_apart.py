"""What is sealed opens in its own place only, and once erased nobody is named and nothing can be guessed."""

import pytest

from tongban.cases import commands
from tongban.cases.commands.document import Writing
from tongban.cases.events import CaseContentErased
from tongban.cases.models.stored import key_of
from tongban.cases.queries import view_of
from tongban.cases.tests.laws import STARTED, licensing
from tongban.cases.tests.world import MONDAY, a_resident
from tongban.kernel.keys import Unreadable
from tongban.kernel.sql import run


def test_what_was_sealed_as_one_thing_does_not_open_as_another(world):
    number = world.accepted()
    commands.extend(number, seen=None, by=world.handler, at=MONDAY, text="情况复杂")
    commands.grant(number, seen=None, by=world.handler, at=MONDAY, text="准予")
    assert view_of(number, world.handler, at=MONDAY).story[-1].text == "准予"
    run(
        "update cases_content decision set sealed = reason.sealed"
        " from cases_content reason join cases_case c on c.id = reason.case_id"
        " where c.number = $1::text and decision.case_id = c.id"
        " and decision.name = 'decision:5' and reason.name = 'reason:4'",
        (number,),
    )
    with pytest.raises(Unreadable):
        view_of(number, world.handler, at=MONDAY)


def test_the_key_of_one_case_does_not_open_another(world):
    numbers = [world.submit().number for _ in range(2)]
    [(one, wrapped), (other, _)] = run(
        "select k.case_id, k.wrapped from cases_key k join cases_case c on c.id = k.case_id"
        " where c.number = any($1::text[]) order by k.case_id",
        (numbers,),
    )
    assert key_of(one, wrapped) is not None
    with pytest.raises(Unreadable):
        key_of(other, wrapped)


def test_an_erased_case_names_nobody(world):
    resident = a_resident("张*丰")
    number = world.submit(by=resident).number
    assert view_of(number, resident, at=MONDAY).applicant == "张*丰"
    commands.erase_content(number, at=MONDAY)
    assert view_of(number, resident, at=MONDAY).applicant == ""


def test_after_the_erasure_the_same_act_never_leaves_the_same_leaf():
    leaves = set()
    for _ in range(2):
        writing = Writing(STARTED, None, licensing())
        writing.record(CaseContentErased(at=MONDAY))
        leaves.add(writing.events[0]["entry"])
    assert len(leaves) == 2
