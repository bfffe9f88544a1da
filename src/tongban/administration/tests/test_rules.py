"""Steps on shapes: what is said of them is what they do, and what stands so already asks for nothing."""

from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tongban.administration.rules import steps
from tongban.administration.rules.danger import POWERFUL, dangers_of
from tongban.administration.rules.importing import BODIES, PEOPLE, POSTS, REGIONS, judge
from tongban.administration.rules.seeing import evolve, lines_of, seen_beforehand
from tongban.administration.rules.shape import KINDS, ROLES, RegionAt, Shape, officer_numbered, roles_in_words
from tongban.administration.tests.world import CITY, DISTRICT, OTHER, TODAY
from tongban.engine.codes import credit_code_of
from tongban.engine.sheets import Book, Row
from tongban.kernel.access import Role, covers
from tongban.kernel.ids import BodyCode

CODES = [BodyCode(credit_code_of(f"11510104MB900{nth:04d}")) for nth in range(3)]
NUMBERS = ["W-1", "W-2", "W-3"]
TITLES = ["科员", "主任"]
QUICK = settings(max_examples=40)

roles = st.lists(st.sampled_from(list(Role)), min_size=1, max_size=3, unique=True)
days = st.dates(date(2020, 1, 1), TODAY)


def a_city() -> Shape:
    """Two districts of a city."""
    regions = [
        RegionAt(CITY, "成都市", "510000"),
        RegionAt(DISTRICT, "锦江区", CITY),
        RegionAt(OTHER, "青羊区", CITY),
    ]
    return Shape(regions={one.code: one for one in regions})


def a_row(sheet: str, number: int, **values: Any) -> Row:
    told = {name: value for name, value in values.items() if value}
    return Row(sheet, number, told, dict.fromkeys(told, "A"))


@st.composite
def books(draw: st.DrawFn) -> Book:
    """Sheets without a fault: each body once, each post once, everybody at one body."""
    bodies = draw(st.lists(st.sampled_from(CODES), min_size=1, unique=True))
    posts = [(body, title) for body in bodies for title in TITLES]
    people = draw(st.dictionaries(st.sampled_from(NUMBERS), st.sampled_from(posts)))
    return Book(
        {
            REGIONS: [a_row(REGIONS, 2, 区划代码="510106", 名称="金牛区", 上级区划代码=CITY)],
            BODIES: [
                a_row(
                    BODIES,
                    nth,
                    统一社会信用代码=code,
                    名称=f"第{nth}局",
                    区划代码=draw(st.sampled_from([DISTRICT, OTHER, "510106"])),
                    # One of them at most: a region has one people's government.
                    性质=draw(st.sampled_from(list(KINDS.values()) if nth == 2 else ["机关", "其他"])),
                )
                for nth, code in enumerate(bodies, start=2)
            ],
            POSTS: [
                a_row(POSTS, nth, 单位代码=body, 职务名称=title, 角色=roles_in_words(draw(roles)))
                for nth, (body, title) in enumerate(posts, start=2)
            ],
            PEOPLE: [
                a_row(
                    PEOPLE, nth, 工号=number, 姓名="王芳", 单位代码=body, 职务名称=title, 任职日期=draw(days)
                )
                for nth, (number, (body, title)) in enumerate(people.items(), start=2)
            ],
        }
    )


def judged(book: Book, shape: Shape):
    return judge(book, shape, lambda region: covers(CITY, region), TODAY)


@given(books())
@QUICK
def test_what_was_imported_asks_for_nothing_when_it_is_imported_again(book: Book) -> None:
    shape = a_city()
    found = judged(book, shape)
    assert found.faults == []
    assert seen_beforehand(found.steps, shape), "every step changes something"
    again = judged(book, shape)
    assert (again.faults, again.steps) == ([], [])
    assert again.same == sum(map(len, book.rows.values()))


@given(books())
@QUICK
def test_judging_changes_nothing_and_asks_for_no_step_that_changes_nothing(book: Book) -> None:
    shape = a_city()
    found = judged(book, shape)
    assert shape == a_city()
    for step in found.steps:
        assert lines_of(step, shape)
        evolve(shape, step)
        assert lines_of(step, shape) == [] or isinstance(step, steps.AdmitOfficer)


@given(books())
@QUICK
def test_outside_ones_reach_every_row_is_a_fault(book: Book) -> None:
    found = judge(book, a_city(), lambda region: False, TODAY)
    assert found.faults
    assert found.steps == []


@given(roles, roles)
def test_a_post_that_loses_roles_takes_one_person_and_one_that_gains_takes_two(before, after) -> None:
    shape = a_city()
    evolve(shape, steps.HaveBody(CODES[0], "局", DISTRICT, "organ"))
    evolve(shape, steps.HavePost(CODES[0], "科员", tuple(before)))
    dangers = dangers_of([steps.HavePost(CODES[0], "科员", tuple(after))], shape, TODAY)
    assert bool(dangers) == (not set(after) <= set(before))


@given(roles, st.booleans())
def test_whoever_answers_for_others_is_never_made_or_unmade_by_one(held, made) -> None:
    shape, officer = a_city(), str(officer_numbered("W-1"))
    for one in (
        steps.HaveBody(CODES[0], "局", DISTRICT, "organ"),
        steps.HavePost(CODES[0], "科员", tuple(held)),
        steps.HavePerson(officer, "王芳", "W-1"),
    ):
        evolve(shape, one)
    appointed = steps.Appoint(officer, CODES[0], "科员", TODAY)
    if not made:
        evolve(shape, appointed)
    tomorrow = TODAY + timedelta(days=1)
    step = appointed if made else steps.Relieve(officer, CODES[0], "科员", tomorrow)
    assert bool(dangers_of([step], shape, TODAY)) == bool(set(held) & POWERFUL)


def test_steps_are_read_back_as_they_were_written() -> None:
    asked: list[steps.Step] = [
        steps.HaveRegion("510106", "金牛区", CITY),
        steps.HavePost(CODES[0], "科员", tuple(ROLES)),
        steps.Appoint(str(officer_numbered("W-1")), CODES[0], "科员", TODAY, None),
        steps.PublishYear(2027, "year: 2027"),
        steps.PublishPacks("0" * 64),
    ]
    assert steps.steps_read(steps.steps_written(asked)) == asked
