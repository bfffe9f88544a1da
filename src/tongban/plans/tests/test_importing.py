"""A plan from a spreadsheet: every fault by its cell, all or nothing; read again it loses nothing."""

from datetime import date, datetime
from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
from openpyxl import load_workbook

from tongban.kernel.access import Role
from tongban.kernel.refusal import Refusal
from tongban.plans import commands, queries
from tongban.plans.commands import Brought
from tongban.plans.models import Event, Measure, Plan, Reading
from tongban.plans.rules.state import Stage
from tongban.plans.tests.world import (
    ELSEWHERE,
    HEADS,
    JOB_HEADS,
    MEASURE_HEADS,
    NOW,
    Undertaking,
    a_body,
    a_workbook,
    an_officer,
)

pytestmark = pytest.mark.django_db
WHY = "样政办发〔2026〕1号"


@pytest.fixture
def city() -> Undertaking:
    return Undertaking()


def brought(city: Undertaking, content: bytes) -> Brought:
    return commands.bring(content, WHY, by=city.supervisor, at=NOW)


def read(city: Undertaking, content: bytes) -> UUID:
    """The reading of a file without a fault."""
    found = brought(city, content)
    assert found.faults == []
    assert found.reading is not None
    return found.reading


def codes_at(found: Brought) -> set[tuple[str, str]]:
    return {(fault.code.removeprefix("plans.import."), fault.where) for fault in found.faults}


def wrong(city: Undertaking) -> bytes:
    """A file with every kind of fault of a plan, each at a cell that is known."""
    lead = city.lead
    for _ in range(2):
        a_body(ELSEWHERE, "样例市重名局")
    head = ["Reform 2026", "方案", "一号", "2027-01-01", "督查一室", "没有网址", "13"]
    rows = [
        ["一1", "第一件", "九", lead, lead, "2026-06-30"],
        ["一1", "又一件", "一", lead, lead, "2026-06-30"],
        ["一2", "第二件", "一", "没有这个局", lead, "2026-06-30"],
        ["一3", "第三件", "一", lead, f"{lead}、样例市重名局", "2026-06-30"],
        ["一4", "第四件", "一", lead, f"{lead}、{lead}", "2026-06-30"],
        ["一5", "第五件", "一", lead, lead, "尽快"],
        ["一6", "", "一", lead, lead, "2026-13"],
    ]
    jobs = [["主要工作", "一", "政务服务"], ["主要工作", "一", "又一项"]]
    return a_workbook(方案=[HEADS, head], 分组=[JOB_HEADS, *jobs], 举措=[MEASURE_HEADS, *rows])


def test_every_fault_is_named_by_its_cell_and_nothing_is_imported(city) -> None:
    found = brought(city, wrong(city))
    assert codes_at(found) >= {
        ("plan.slug", "方案!A2"),
        ("plan.issued-on", "方案!D2"),
        ("body.unknown", "方案!E2"),
        ("plan.source", "方案!F2"),
        ("plan.every", "方案!G2"),
        ("job.twice", "分组!B3"),
        ("measure.job", "举措!C2"),
        ("measure.twice", "举措!A3"),
        ("body.unknown", "举措!D4"),
        ("body.several", "举措!E5"),
        ("measure.body-twice", "举措!E6"),
        ("measure.term", "举措!F7"),
        ("measure.term", "举措!F8"),
        ("sheets.cell.empty", "举措!B8"),
    }
    assert all(fault.says and fault.do for fault in found.faults)
    assert found.reading is None
    assert not Reading.objects.filter(by=city.supervisor.officer.id).exists()


def test_a_term_before_the_plan_and_a_plan_without_measures_are_faults(city) -> None:
    early = ("一1", "早了", "", city.lead, city.lead, "2025年底")
    assert ("measure.term-before", "举措!F2") in codes_at(brought(city, city.sheets(early)))
    nothing = a_workbook(
        方案=[HEADS, ["x", "方案", "一号", "2026-01-05", city.issuer, None, "1"]], 举措=[MEASURE_HEADS]
    )
    assert ("measure.none", "举措") in codes_at(brought(city, nothing))
    two = a_workbook(方案=[HEADS, *[["x", "方案", "一号", "2026-01-05", city.issuer, None, "1"]] * 2])
    assert ("plan.one", "方案!2:2") in codes_at(brought(city, two))


def test_a_good_file_is_seen_confirmed_and_imported_whole_and_the_same_again_asks_for_nothing(city) -> None:
    content = city.sheets(
        ("一1", "第1条", "一", city.lead, f"{city.lead}、{city.other}", "2026年6月底前"),
        ("一2", "第2条", "", city.other, city.other, datetime(2026, 9, 30)),  # noqa: DTZ001
        ("二1", "第3条", "", city.other, city.other, "长期"),
    )
    reading = read(city, content)
    assert not Plan.objects.filter(slug=city.slug).exists(), "seen beforehand, nothing is imported"
    looked = queries.look(reading, city.supervisor, at=NOW)
    assert [line.what for line in looked.lines][-3:] == ["举措 一1", "举措 一2", "举措 二1"]
    commands.adopt(reading, looked.digest, by=city.supervisor, at=NOW)
    rows = Measure.objects.filter(plan__slug=city.slug).order_by("place")
    assert [row.term for row in rows] == ["2026-06", "2026-09-30", "standing"]
    assert Event.objects.filter(measure__in=rows, kind="added").count() == 3
    assert brought(city, content) == Brought()


def test_what_a_file_does_not_tell_stays_and_what_was_reported_is_never_lost(city) -> None:
    city.enter()
    city.report("一2")
    only = ("一1", "换了说法", "一", city.lead, city.lead, "2026年9月30日")
    reading = read(city, city.sheets(only))
    looked = queries.look(reading, city.supervisor, at=NOW)
    assert looked.kept == ("一2", "一3")
    assert {line.what for line in looked.lines} == {
        "举措 一1 的内容",
        "举措 一1 的责任单位",
        "举措 一1 的期限",
    }
    commands.adopt(reading, looked.digest, by=city.supervisor, at=NOW)
    assert city.row("一2").state.stage is Stage.UNDER_WAY
    state = city.row("一1").state
    assert (state.first.code, state.term.code, state.postponed) == ("2026-06-30", "2026-09-30", 1)


def test_what_changed_since_it_was_seen_is_not_imported(city) -> None:
    city.enter()
    reading = read(city, city.sheets(("一1", "换了说法", "一", city.lead, city.lead, "2026-06-30")))
    seen = queries.look(reading, city.supervisor, at=NOW).digest
    commands.change_lead(city.seen(), city.other, "机构改革", by=city.supervisor, at=NOW)
    with pytest.raises(Refusal, match="plans.reading.stale"):
        commands.adopt(reading, seen, by=city.supervisor, at=NOW)
    assert city.row().text == "第1条要做的事"


def test_what_is_over_is_not_rewritten(city) -> None:
    city.enter()
    city.declare()
    city.confirm()
    found = brought(city, city.sheets(("一1", "换了说法", "一", city.lead, city.lead, "2026-06-30")))
    assert codes_at(found) == {("measure.over", "举措!A2")}


def test_nobody_gives_their_own_body_more_time_by_a_spreadsheet(city) -> None:
    city.enter()
    later = city.sheets(("一1", "第1条要做的事", "一", city.lead, f"{city.lead}、{city.other}", "2026-12-31"))
    found = commands.bring(later, WHY, by=city.watcher, at=NOW)
    assert codes_at(found) == {("measure.own", "举措!D2")}


def test_who_supervises_elsewhere_imports_nothing_here(city) -> None:
    stranger = an_officer(a_body(ELSEWHERE), Role.SUPERVISOR, region=ELSEWHERE)
    with pytest.raises(Refusal, match="access.not-allowed"):
        commands.bring(city.sheets(), WHY, by=stranger, at=NOW)
    with pytest.raises(Refusal, match="access.not-allowed"):
        commands.bring(city.sheets(), WHY, by=city.leader, at=NOW)


def test_a_reading_is_for_whoever_brought_it(city) -> None:
    reading = read(city, city.sheets())
    other = an_officer(city.issuer, Role.SUPERVISOR)
    with pytest.raises(Refusal, match="plans.reading.unknown"):
        queries.look(reading, other, at=NOW)
    with pytest.raises(Refusal, match="plans.reading.unknown"):
        commands.adopt(reading, "", by=other, at=NOW)


def test_the_plan_taken_out_and_brought_back_changes_nothing(city) -> None:
    city.enter()
    view = queries.plan_of(city.supervisor, city.slug, at=NOW)
    assert brought(city, queries.filled_in(view)) == Brought()


def test_the_template_with_its_examples_left_in_asks_for_a_plan(city) -> None:
    assert ("plan.one", "方案!2:2") in codes_at(brought(city, queries.template()))


def test_an_export_tells_of_each_measure_how_it_stands(city) -> None:
    city.enter()
    city.postpone(date(2026, 8, 31))
    view = queries.plan_of(city.supervisor, city.slug, at=NOW)
    content = queries.exported(view, view.lines, "全部举措", NOW)
    rows: list[tuple[Any, ...]] = list(load_workbook(BytesIO(content))["台账"].iter_rows(values_only=True))
    assert len(rows) == 4
    assert rows[1][5:9] == ("2026年6月30日", "2026年8月31日", "1", "还没开始")


def test_readings_that_nobody_confirmed_are_deleted(city) -> None:
    reading = read(city, city.sheets())
    assert commands.expire(NOW) == 0
    commands.expire(datetime.fromisoformat("2026-03-17T00:00:00+00:00"))
    assert not Reading.objects.filter(id=reading).exists()


def test_publishing_is_for_who_supervises_and_twice_is_once(city) -> None:
    city.enter()
    with pytest.raises(Refusal, match="access.not-allowed"):
        commands.publish(city.slug, by=city.leader, at=NOW)
    with pytest.raises(Refusal, match="plans.unknown"):
        queries.published_plan(city.slug, at=NOW)
    for _ in range(2):
        commands.publish(city.slug, by=city.supervisor, at=NOW)
    assert Event.objects.filter(plan__slug=city.slug, kind="published").count() == 1
    assert queries.published_plan(city.slug, at=NOW).row.slug == city.slug
