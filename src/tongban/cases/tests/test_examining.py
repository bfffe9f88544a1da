"""Examining: what may be ticked is closed, what is ticked is sealed, and becomes the one notice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongban.cases import commands
from tongban.cases.commands import CorrectionFault
from tongban.cases.queries import Spot, materials_checked, notice_lines, pressed_at, spot_of, view_of
from tongban.cases.rules.examining import FITS, MATERIAL_FAULTS, Checklist, offered, ticked
from tongban.cases.tests.world import MONDAY, a_resident, kinds_of, version_of
from tongban.kernel.refusal import Refusal
from tongban.kernel.sql import run

LAYOUT, RULES, CARD = "materials.food-layout", "materials.food-safety-rules", "materials.id-card"
MAY = offered(["food-layout", "food-safety-rules"], ["id-card"], ["area"])
PLACES = st.sampled_from(sorted(MAY))


@st.composite
def ticks(draw):
    """Ticks that the case offers."""
    places = draw(st.lists(PLACES, unique=True))
    return [
        f"{place}:{code}" for place in places for code in draw(st.sets(st.sampled_from(sorted(MAY[place]))))
    ]


@given(ticks(), ticks(), st.sets(PLACES))
def test_what_a_form_does_not_show_stays_as_it_was_ticked(before, after, shown):
    was = ticked(Checklist(), before, MAY, at=MAY)
    sent = [mark for mark in after if mark.rpartition(":")[0] in shown]
    now = ticked(was, sent, MAY, at=shown)
    assert all(now.marks.get(place) == was.marks.get(place) for place in MAY if place not in shown)
    assert now == ticked(now, sent, MAY, at=shown)


@given(ticks())
def test_what_has_a_fault_does_not_fit(marks):
    found = ticked(Checklist(), marks, MAY, at=MAY)
    assert not any(found.fits(place) and found.faults_at(place) for place in MAY)
    assert Checklist.from_record(found.as_record()) == found


@pytest.mark.parametrize(
    "mark", ["materials.id-card:missing", "materials.passport:fits", "answers.area:missing", "area", ""]
)
def test_a_material_that_is_not_asked_of_people_can_lack_nothing(mark):
    with pytest.raises(Refusal, match=r"cases\.checklist\.unknown"):
        ticked(Checklist(), [mark], MAY, at=MAY)


@given(
    st.builds(
        Spot,
        file=st.integers(1, 10**18 - 1),
        page=st.integers(1, 9999),
        x=st.integers(0, 1000),
        y=st.integers(0, 1000),
        says=st.just(""),
    )
)
def test_a_spot_is_carried_along_by_a_page(spot):
    assert Spot.from_told(spot.told) == spot


@given(st.integers(0, 600), st.integers(0, 800), st.sampled_from([0, 1, 2, 3]))
def test_a_press_on_a_turned_page_is_where_it_was_meant(x, y, turn):
    upright, size = (600, 800), (600, 800) if turn % 2 == 0 else (800, 600)
    seen = [(x, y), (upright[1] - y, x), (upright[0] - x, upright[1] - y), (y, upright[0] - x)][turn]
    found = pressed_at(*seen, size=size, turn=turn)
    meant = (x * 1000 // upright[0], y * 1000 // upright[1])
    assert abs(found[0] - meant[0]) <= 1
    assert abs(found[1] - meant[1]) <= 1


@pytest.fixture
def number(world):
    """A case in the handler's hands."""
    world.submit()
    return world.take_next()


def test_what_is_ticked_is_kept_sealed_and_changes_nothing_else(world, number):
    before = version_of(number)
    commands.tick(number, [f"{LAYOUT}:unreadable"], places=[LAYOUT], by=world.handler, at=MONDAY)
    commands.tick(number, [f"{RULES}:{FITS}"], places=[RULES], by=world.handler, at=MONDAY)
    checked = {one.place: one for one in materials_checked(view_of(number, world.handler, at=MONDAY))}
    assert checked[LAYOUT].state == ("有问题", "r")
    assert checked[RULES].state == ("相符", "g")
    assert sum(one.seen for one in checked.values()) == len(checked) - 1, (
        "one of three files is still to be seen"
    )
    assert version_of(number) == before
    [(sealed,)] = run(
        "select sealed from cases_ticked t join cases_case c on c.id = t.case_id where c.number = $1",
        (number,),
    )
    assert b"unreadable" not in bytes(sealed)


def test_nobody_ticks_but_who_has_the_case(world, number):
    for other in (world.colleague, world.leader):
        with pytest.raises(Refusal, match=r"access\.not-allowed"):
            commands.tick(number, [f"{LAYOUT}:{FITS}"], places=[LAYOUT], by=other, at=MONDAY)
    assert view_of(number, world.handler, at=MONDAY).checklist == Checklist()


def test_the_applicant_does_not_see_what_an_officer_is_still_looking_at(world):
    resident = a_resident()
    number = world.submit(by=resident).number
    world.take_next()
    commands.tick(number, [f"{LAYOUT}:expired"], places=[LAYOUT], by=world.handler, at=MONDAY)
    assert view_of(number, resident, at=MONDAY).checklist == Checklist()
    assert view_of(number, world.leader, at=MONDAY).checklist.faults_at(LAYOUT) == ("expired",)


def test_every_fault_that_is_ticked_becomes_a_line_with_its_law_and_what_to_do(world, number):
    marks = [f"{LAYOUT}:{code}" for code in MATERIAL_FAULTS] + ["answers.area:doubtful"]
    commands.tick(number, marks, places=[LAYOUT, "answers.area"], by=world.handler, at=MONDAY)
    lines = notice_lines(view_of(number, world.handler, at=MONDAY))
    assert len(lines) == len(MATERIAL_FAULTS) + 1
    assert all(line.basis.startswith("《") and line.do.endswith("。") for line in lines)
    assert all(line.place in line.do for line in lines)


def test_the_notice_empties_the_checklist_and_is_sent_once(world, number):
    commands.tick(number, [f"{LAYOUT}:unreadable"], places=[LAYOUT], by=world.handler, at=MONDAY)
    view = view_of(number, world.handler, at=MONDAY)
    seen = view.state.version
    faults = [CorrectionFault(one.place, one.basis, one.do) for one in notice_lines(view)]
    commands.return_for_correction(number, seen=seen, by=world.handler, at=MONDAY, faults=faults)
    with pytest.raises(Refusal):
        commands.return_for_correction(number, seen=seen, by=world.handler, at=MONDAY, faults=faults)
    assert kinds_of(number).count("returned-for-correction") == 1
    assert view_of(number, world.leader, at=MONDAY).checklist == Checklist()


def test_a_spot_marked_on_a_file_reaches_the_applicant(world):
    resident = a_resident()
    number = world.submit(by=resident).number
    world.take_next()
    view = view_of(number, world.handler, at=MONDAY)
    spot = Spot(view.materials[0].id, 1, 300, 700, "这里的印章看不清，请重新盖。")
    commands.mark_spot(number, spot, by=world.handler, at=MONDAY)
    commands.mark_spot(number, spot, by=world.handler, at=MONDAY)  # pressed twice
    [line] = notice_lines(view_of(number, world.handler, at=MONDAY))
    fault = CorrectionFault(line.place, line.basis, line.do, line.spot.told)
    commands.return_for_correction(number, seen=None, by=world.handler, at=MONDAY, faults=[fault])
    seen = view_of(number, resident, at=MONDAY)
    notice = next(told for told in seen.story if told.faults)
    assert spot_of(seen, notice.seq, 1)[0] == spot
    with pytest.raises(Refusal, match=r"cases\.spot\.unknown"):
        spot_of(seen, notice.seq, 2)


def test_a_mark_is_taken_away_again(world, number):
    view = view_of(number, world.handler, at=MONDAY)
    spot = Spot(view.materials[0].id, 1, 10, 20, "看不清")
    commands.mark_spot(number, spot, by=world.handler, at=MONDAY)
    commands.unmark_spot(number, spot, by=world.handler, at=MONDAY)
    assert view_of(number, world.handler, at=MONDAY).checklist.spots == ()


@pytest.mark.parametrize(
    ("file", "x", "says", "code"),
    [
        (None, 1001, "看不清", "outside"),
        (None, -1, "看不清", "outside"),
        (1, 5, "看不清", "outside"),
        (None, 5, " ", "text-missing"),
    ],
)
def test_a_mark_off_the_page_on_no_file_or_without_words_is_refused(world, number, file, x, says, code):
    held = view_of(number, world.handler, at=MONDAY).materials[0].id
    with pytest.raises(Refusal, match=rf"cases\.\w+\.{code}"):
        commands.mark_spot(number, Spot(file or held, 1, x, 5, says), by=world.handler, at=MONDAY)


def test_a_refusal_says_what_is_not_met_by_which_rule_why_and_what_one_can_do(world):
    number = world.accepted()
    commands.refuse(
        number,
        seen=None,
        by=world.handler,
        at=MONDAY,
        unmet=["有与经营相适应的场所"],
        law=["《食品安全法》第三十五条"],
        text="场所距离公共厕所不足二十五米。",
    )
    [told] = [one for one in view_of(number, world.leader, at=MONDAY).story if one.event.kind == "refused"]
    lines = told.text.splitlines()
    assert lines[:5] == [
        "没有达到的条件：",
        "1. 有与经营相适应的场所",
        "依据：",
        "1. 《食品安全法》第三十五条",
        "理由：场所距离公共厕所不足二十五米。",
    ]
    assert any("行政复议法" in line for line in lines[5:])


def test_grounds_alone_are_no_reason(world):
    number = world.accepted()
    with pytest.raises(Refusal, match="text-missing"):
        commands.refuse(number, seen=None, by=world.handler, at=MONDAY, unmet=["没有场所"], text=" ")
    assert "refused" not in kinds_of(number)


def test_a_reminder_repeats_what_was_told(world):
    resident = a_resident()
    number = world.submit(by=resident).number
    world.take_next()
    fault = CorrectionFault("布局图", "", "请标出洗消间。")
    commands.return_for_correction(number, seen=None, by=world.handler, at=MONDAY, faults=[fault])
    commands.resubmit(
        number, seen=None, by=resident, at=MONDAY, answers=view_of(number, resident, at=MONDAY).answers
    )
    world.take_next()
    commands.remind(number, seen=None, by=world.handler, at=MONDAY, still_open=[fault.do], text="")
    told = view_of(number, resident, at=MONDAY).story[-1]
    assert told.text == "上次告知的这些内容还没有补正：\n1. 请标出洗消间。"
