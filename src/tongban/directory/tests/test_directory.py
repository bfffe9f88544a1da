"""The government's shape, and who may do what in it on which day."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from tongban.directory import api as directory
from tongban.directory import queries
from tongban.directory.models import Officer, Tenure
from tongban.directory.rules import AbsenceKind, Away, BodyKind, Holding, Standing
from tongban.directory.tests.conftest import CITY, DISTRICT, FRIDAY, HEALTH, MARKET, MONDAY, TUESDAY
from tongban.kernel.access import Role
from tongban.kernel.ids import BodyCode, OfficerId, RegionCode
from tongban.kernel.refusal import Refusal

pytestmark = pytest.mark.usefixtures("city")
SUNDAY = MONDAY - timedelta(days=1)


def an_officer(name: str = "李明") -> OfficerId:
    officer = OfficerId(uuid4())
    directory.ensure_officer(officer, name=name)
    return officer


def a_post(*roles: Role, body: BodyCode = MARKET, title: str = "科员") -> UUID:
    return directory.ensure_post(body=body, title=title, roles=roles)


def an_appointed(*roles: Role, since: date = MONDAY, body: BodyCode = MARKET) -> OfficerId:
    officer = an_officer()
    directory.appoint(officer, a_post(*roles, body=body), since=since)
    return officer


def roles_of(officer: OfficerId, day: date) -> frozenset[Role]:
    directory.forget()
    found = directory.officer(officer, day)
    return found.roles if found else frozenset()


def test_an_officer_has_the_body_region_and_roles_of_the_post_held() -> None:
    officer = an_appointed(Role.HANDLER, Role.WINDOW)
    found = directory.officer(officer, MONDAY)
    assert found is not None
    assert (found.id, found.body, found.region, found.name) == (officer, MARKET, DISTRICT, "李明")
    assert found.roles == {Role.HANDLER, Role.WINDOW}


def test_a_post_gives_its_powers_from_its_first_day_until_it_is_taken_away() -> None:
    officer = an_officer()
    post = a_post(Role.HANDLER)
    directory.appoint(officer, post, since=MONDAY)
    directory.relieve(officer, post, on=FRIDAY)
    assert directory.officer(officer, SUNDAY) is None
    assert roles_of(officer, MONDAY) == {Role.HANDLER}
    assert roles_of(officer, FRIDAY - timedelta(days=1)) == {Role.HANDLER}
    assert directory.officer(officer, FRIDAY) is None


def test_whoever_is_relieved_on_the_first_day_never_held_the_post() -> None:
    officer = an_officer()
    post = a_post(Role.HANDLER)
    directory.appoint(officer, post, since=MONDAY)
    directory.relieve(officer, post, on=MONDAY)
    assert roles_of(officer, MONDAY) == frozenset()


def test_two_posts_at_one_body_add_up_and_losing_one_leaves_the_other() -> None:
    officer = an_appointed(Role.HANDLER)
    lead = a_post(Role.LEADER, title="科长")
    directory.appoint(officer, lead, since=TUESDAY)
    assert roles_of(officer, TUESDAY) == {Role.HANDLER, Role.LEADER}
    directory.relieve(officer, lead, on=FRIDAY)
    assert roles_of(officer, FRIDAY) == {Role.HANDLER}


def test_nobody_serves_two_bodies_at_once() -> None:
    officer = an_appointed(Role.HANDLER)
    with pytest.raises(Refusal, match=r"directory\.appoint\.other-body"):
        directory.appoint(officer, a_post(Role.LEADER, body=HEALTH), since=FRIDAY)
    assert roles_of(officer, FRIDAY) == {Role.HANDLER}


def test_an_officer_may_move_to_another_body_when_relieved_at_the_first() -> None:
    officer = an_officer()
    old = a_post(Role.HANDLER)
    directory.appoint(officer, old, since=MONDAY)
    directory.relieve(officer, old, on=FRIDAY)
    directory.appoint(officer, a_post(Role.LEADER, body=HEALTH), since=FRIDAY)
    moved = directory.officer(officer, FRIDAY)
    assert moved is not None
    assert (moved.body, moved.region, moved.roles) == (HEALTH, CITY, frozenset({Role.LEADER}))


def test_a_government_is_led_by_its_leaders_and_by_nobody_else() -> None:
    code, name = BodyCode("11510104000000003C"), "锦江区人民政府"
    directory.ensure_body(code=code, name=name, region=DISTRICT, kind=BodyKind.GOVERNMENT)
    directory.appoint(an_officer(), a_post(Role.LEADER), since=MONDAY)
    directory.appoint(an_officer(), a_post(Role.HANDLER, title="秘书", body=code), since=MONDAY)
    directory.forget()
    assert directory.government_of(DISTRICT, MONDAY) is None
    head = an_officer()
    directory.appoint(head, a_post(Role.LEADER, title="区长", body=code), since=TUESDAY)
    directory.forget()
    assert directory.government_of(DISTRICT, MONDAY) is None
    assert directory.government_of(DISTRICT, TUESDAY) == (code, name)
    assert directory.government_of(RegionCode("510104000000"), TUESDAY) == (code, name)
    assert directory.government_of(CITY, TUESDAY) is None


def test_a_body_stays_what_it_is_where_only_its_name_is_told() -> None:
    code = BodyCode("11510104000000003C")
    directory.ensure_body(code=code, name="锦江区人民政府", region=DISTRICT, kind=BodyKind.GOVERNMENT)
    directory.ensure_body(code=code, name="锦江区政府", region=DISTRICT)
    directory.ensure_body(code=MARKET, name="锦江区市场监督管理局", region=DISTRICT)
    found = {one.code: (one.name, one.kind) for one in directory.bodies()}
    assert found[code] == ("锦江区政府", BodyKind.GOVERNMENT)
    assert found[MARKET][1] is BodyKind.ORGAN


def test_a_region_has_one_government_and_another_one_only_after_it() -> None:
    first, second = BodyCode("11510104000000003C"), BodyCode("11510104000000004D")
    directory.ensure_body(code=first, name="锦江区人民政府", region=DISTRICT, kind=BodyKind.GOVERNMENT)
    directory.ensure_body(code=first, name="某区人民政府", region=DISTRICT, kind=BodyKind.GOVERNMENT)
    with pytest.raises(Refusal, match=r"directory\.body\.second-government"):
        directory.ensure_body(code=second, name="另一个", region=DISTRICT, kind=BodyKind.GOVERNMENT)
    directory.close_body(first, on=MONDAY)
    directory.ensure_body(code=second, name="另一个", region=DISTRICT, kind=BodyKind.GOVERNMENT)


def test_appointing_twice_is_once() -> None:
    officer = an_officer()
    post = a_post(Role.HANDLER)
    directory.appoint(officer, post, since=MONDAY)
    directory.appoint(officer, post, since=TUESDAY)
    assert Tenure.objects.filter(officer_id=officer).count() == 1


def test_a_post_that_is_not_held_cannot_be_taken_away() -> None:
    with pytest.raises(Refusal, match=r"directory\.relieve\.not-held"):
        directory.relieve(an_officer(), a_post(Role.HANDLER), on=MONDAY)


@pytest.mark.parametrize("missing", ["officer", "post"])
def test_only_a_known_officer_is_appointed_to_a_known_post(missing: str) -> None:
    officer = OfficerId(uuid4()) if missing == "officer" else an_officer()
    post = uuid4() if missing == "post" else a_post(Role.HANDLER)
    with pytest.raises(Refusal, match=rf"directory\.{missing}\.unknown"):
        directory.appoint(officer, post, since=MONDAY)


def test_a_suspended_officer_has_no_powers_until_it_ends() -> None:
    officer = an_appointed(Role.LEADER)
    directory.record_absence(officer, kind=directory.AbsenceKind.SUSPENDED, since=TUESDAY)
    assert roles_of(officer, MONDAY) == {Role.LEADER}
    assert directory.officer(officer, FRIDAY) is None
    directory.record_absence(officer, kind=directory.AbsenceKind.SUSPENDED, since=TUESDAY, until=FRIDAY)
    assert roles_of(officer, FRIDAY) == {Role.LEADER}


def test_leave_takes_no_powers_away_and_is_shown_to_who_plans_duty() -> None:
    officer = an_appointed(Role.HANDLER)
    directory.record_absence(officer, kind=directory.AbsenceKind.LEAVE, since=MONDAY, until=FRIDAY)
    assert roles_of(officer, MONDAY) == {Role.HANDLER}
    [on_leave] = directory.officers_at(MARKET, MONDAY)
    [back] = directory.officers_at(MARKET, FRIDAY)
    assert (on_leave.id, on_leave.name, on_leave.titles) == (officer, "李明", ("科员",))
    assert (on_leave.away, back.away) == (directory.AbsenceKind.LEAVE, None)


def test_a_post_given_another_role_changes_what_its_holder_may_do() -> None:
    officer = an_appointed(Role.HANDLER)
    assert roles_of(officer, MONDAY) == {Role.HANDLER}
    a_post(Role.WINDOW)
    assert roles_of(officer, MONDAY) == {Role.WINDOW}


def test_a_body_that_moves_takes_its_officers_along() -> None:
    officer = an_appointed(Role.HANDLER)
    directory.ensure_body(code=MARKET, name="市场监督管理局", region=CITY)
    directory.forget()
    found = directory.officer(officer, MONDAY)
    assert found is not None
    assert found.region == CITY


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The snapshot's clock, standing until it is told to go on."""

    class Watch:
        now = 1000.0

        def monotonic(self) -> float:
            return self.now

    watch = Watch()
    monkeypatch.setattr(queries, "time", watch)
    directory.forget()
    return watch


CHANGES: dict[str, Callable[[OfficerId], object]] = {
    "relieved": lambda officer: directory.relieve(officer, a_post(Role.HANDLER), on=MONDAY),
    "suspended": lambda officer: directory.record_absence(
        officer, kind=directory.AbsenceKind.SUSPENDED, since=MONDAY
    ),
    "another role": lambda officer: a_post(Role.ADMIN),
    "another name": lambda officer: directory.ensure_officer(officer, name="李明明"),
    "another region": lambda officer: directory.ensure_body(code=MARKET, name="局", region=CITY),
    "another post": lambda officer: directory.appoint(
        officer, a_post(Role.LEADER, title="科长"), since=MONDAY
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_every_change_takes_effect_in_a_running_process_within_two_seconds(watch: Any, change: str) -> None:
    officer = an_appointed(Role.HANDLER)
    before = directory.officer(officer, MONDAY)
    CHANGES[change](officer)
    assert directory.officer(officer, MONDAY) == before
    watch.now += queries.RENEWED_EVERY
    assert directory.officer(officer, MONDAY) != before


@pytest.mark.parametrize("staff", [1, 30])
def test_asking_for_officers_costs_a_statement_every_two_seconds_however_many(
    watch: Any, staff: int, django_assert_num_queries: Any
) -> None:
    officers = [an_appointed(Role.HANDLER) for _ in range(staff)]
    with django_assert_num_queries(1):
        assert all(directory.officer(one, MONDAY) for one in officers * 3)
    watch.now += queries.RENEWED_EVERY
    with django_assert_num_queries(1):
        assert all(directory.officer(one, MONDAY) for one in officers * 3)


def test_an_officer_registered_a_moment_ago_is_known_at_once(
    watch: Any, django_assert_num_queries: Any
) -> None:
    directory.officer(an_appointed(Role.HANDLER), MONDAY)
    late = an_appointed(Role.LEADER)
    with django_assert_num_queries(1):
        assert directory.officer(late, MONDAY) is not None
        assert directory.officer(late, MONDAY) is not None


def test_a_change_that_is_rolled_back_leaves_no_number_to_be_drawn_again() -> None:
    officer = an_appointed(Role.HANDLER)
    drawn = Officer.objects.get(id=officer).edition
    with transaction.atomic():
        directory.ensure_officer(officer, name="别名")
        transaction.set_rollback(True)
    directory.ensure_officer(officer, name="李明明")
    assert Officer.objects.get(id=officer).edition == drawn + 2


@pytest.mark.parametrize("bodies", [1, 20])
def test_bodies_and_regions_cost_one_statement_each(bodies: int, django_assert_num_queries: Any) -> None:
    others = {row.code for row in directory.bodies()} - {MARKET, HEALTH}
    directory.forget()
    for number in range(bodies):
        directory.ensure_body(code=BodyCode(f"11510104MB0000{number:03d}X"), name="局", region=DISTRICT)
    with django_assert_num_queries(1):
        assert len([row for row in directory.bodies() if row.code not in others]) == bodies + 2
    with django_assert_num_queries(1):
        assert {"510000", "510100", "510104"} <= {row.code for row in directory.regions()}
    with django_assert_num_queries(1):
        assert directory.body(HEALTH).region_name == "成都市"


@pytest.mark.parametrize("staff", [1, 20])
def test_the_staff_of_a_body_costs_two_statements(staff: int, django_assert_num_queries: Any) -> None:
    for _ in range(staff):
        an_appointed(Role.HANDLER)
    with django_assert_num_queries(2):
        assert len(directory.officers_at(MARKET, MONDAY)) == staff


def test_an_unknown_body_is_refused() -> None:
    with pytest.raises(Refusal, match=r"directory\.body\.unknown"):
        directory.body(BodyCode("11510104MB0000009Z"))


days = st.integers(0, 9).map(lambda number: MONDAY + timedelta(days=number))
spans = st.tuples(days, st.none() | days)
holdings = st.builds(
    lambda body, roles, span: Holding(body, "某局", BodyKind.ORGAN, DISTRICT, "某岗", roles, *span),
    st.sampled_from([MARKET, HEALTH]),
    st.frozensets(st.sampled_from(Role), min_size=1),
    spans,
)


@given(st.lists(holdings, max_size=5), st.lists(spans, max_size=2), days)
def test_an_officer_has_just_the_roles_held_at_one_body_that_day(
    held: list[Holding], suspended: Iterable[tuple[date, date | None]], day: date
) -> None:
    def runs(since: date, until: date | None) -> bool:
        return day in {
            since + timedelta(days=n)
            for n in range((until or date(2026, 4, 1)).toordinal() - since.toordinal())
        }

    standing = Standing(
        OfficerId(uuid4()), "李", tuple(held), tuple(Away(AbsenceKind.SUSPENDED, *span) for span in suspended)
    )
    found = standing.on(day)
    now = [one for one in held if runs(one.since, one.until)]
    if not now or any(runs(*span) for span in suspended):
        assert found is None
    else:
        assert found is not None
        at_body = [one.roles for one in now if one.body == found.body]
        assert found.roles == frozenset().union(*at_body)
        assert max(one.since for one in now) in {one.since for one in now if one.body == found.body}


def test_the_hot_statement_is_prepared_once() -> None:
    officer = an_appointed(Role.HANDLER)
    for _ in range(3):
        directory.forget()
        directory.officer(officer, MONDAY)
    with connection.cursor() as cursor:
        cursor.execute(
            "select count(*) from pg_prepared_statements where statement like '%%Officers changed since%%'"
        )
        assert cursor.fetchone() == (1,)


@pytest.mark.usefixtures("city")
def test_a_body_ends_when_nobody_serves_it_any_more() -> None:
    officer = OfficerId(uuid4())
    directory.ensure_officer(officer, name="李明", number="A-17")
    post = directory.ensure_post(body=MARKET, title="科员", roles=[Role.HANDLER])
    directory.appoint(officer, post, since=MONDAY)
    with pytest.raises(Refusal, match="directory.body.held"):
        directory.close_body(MARKET, on=TUESDAY)
    directory.relieve(officer, post, on=TUESDAY)
    directory.close_body(MARKET, on=TUESDAY)
    assert directory.body(MARKET).closed_on == TUESDAY
    with pytest.raises(Refusal, match="directory.body.unknown"):
        directory.close_body(BodyCode("11510104MB9999999X"), on=TUESDAY)


@pytest.mark.usefixtures("city")
def test_a_staff_number_is_one_officers() -> None:
    one, other = OfficerId(uuid4()), OfficerId(uuid4())
    directory.ensure_officer(one, name="李明", number="A-18")
    directory.ensure_officer(one, name="李明明")
    assert {row.number for row in directory.people() if row.id == one} == {"A-18"}
    with pytest.raises(Refusal, match="directory.officer.number-taken"):
        directory.ensure_officer(other, name="王芳", number="A-18")
    with pytest.raises(Refusal, match="directory.officer.number"):
        directory.ensure_officer(other, name="王芳", number="甲 1")


@pytest.mark.usefixtures("city")
def test_a_post_may_be_given_until_a_day() -> None:
    officer = OfficerId(uuid4())
    directory.ensure_officer(officer, name="李明")
    post = directory.ensure_post(body=MARKET, title="科员", roles=[Role.HANDLER])
    for _ in range(2):
        directory.appoint(officer, post, since=MONDAY, until=FRIDAY)
    assert [(one.since, one.until) for one in directory.tenures() if one.officer == officer] == [
        (MONDAY, FRIDAY)
    ]
    assert directory.officer(officer, TUESDAY) is not None
    assert directory.officer(officer, FRIDAY) is None
