"""The parts of pages: every question has its label, hint and fault; the days of a clock can be heard."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from html.parser import HTMLParser
from typing import Any

import pytest
from django.template import Context, Template

from tongban.engine.forms import Kind, Option
from tongban.kernel.templatetags.parts import _INPUTS, day, sentence_of


@dataclass
class Asked:
    """A question as forms have it."""

    kind: str
    name: str = "area"
    label: str = "经营面积"
    required: bool = True
    help: str = ""
    why: str = ""
    limits: Any = None
    options: tuple[Option, ...] = ()

    def __post_init__(self) -> None:
        self.limits = self.limits or {}


@dataclass
class Day:
    day: date
    kind: str


@dataclass
class Wrong:
    says: str
    do: str


class Tags(HTMLParser):
    """The tags of a piece of HTML, with their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def one(self, *names: str) -> dict[str, str | None]:
        [found] = [attrs for tag, attrs in self.tags if tag in names]
        return found


def shown(asked: Asked, value: Any = None, fault: Wrong | None = None) -> str:
    template = Template("{% load parts %}{% field asked value fault %}")
    return template.render(Context({"asked": asked, "value": value, "fault": fault}))


THREE = tuple(Option(code, f"选项{code}") for code in "abc")
EIGHT = tuple(Option(code, f"选项{code}") for code in "abcdefgh")


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind not in ("choice", "choices", "boolean")])
def test_every_kind_of_question_has_an_input_with_its_label_hint_and_fault(kind: Kind) -> None:
    html = shown(Asked(kind, help="写数字", why="要核对"), "<b>", Wrong("不是数字。", "请写数字。"))
    tags = Tags(html)
    asked = tags.one("input", "textarea")
    assert (asked["id"], asked["name"], asked["aria-invalid"]) == ("f-area", "area", "true")
    assert tags.one("label")["for"] == "f-area"
    assert asked["aria-describedby"] == "f-area-fault f-area-hint"
    ids = {attrs.get("id") for _, attrs in tags.tags}
    assert {"f-area-fault", "f-area-hint"} <= ids
    assert "不是数字。请写数字。" in html
    assert asked["value"] == "<b>"


def test_no_kind_of_question_is_without_an_input() -> None:
    assert set(Kind) - set(_INPUTS) == {"choice", "choices", "boolean"}


def test_a_question_without_hint_or_fault_points_to_none() -> None:
    asked = Tags(shown(Asked("text"))).one("input")
    assert "aria-describedby" not in asked
    assert "aria-invalid" not in asked


def test_only_what_may_be_left_out_says_so() -> None:
    assert "选填" in shown(Asked("text", required=False))
    assert "选填" not in shown(Asked("text"))


def test_a_long_text_keeps_its_lines() -> None:
    html = shown(Asked("text", limits={"multiline": True}), "\n一\n二</textarea>")
    assert "\n\n一\n二&lt;/textarea&gt;</textarea>" in html


@pytest.mark.parametrize(
    ("asked", "value", "chosen"),
    [
        (Asked("choice", options=THREE), "b", ["b"]),
        (Asked("choice", options=THREE), None, []),
        (Asked("choices", options=THREE), ["a", "c"], ["a", "c"]),
        (Asked("boolean"), True, ["true"]),
        (Asked("boolean"), "false", ["false"]),
        (Asked("boolean"), None, []),
        (Asked("boolean", limits={"must_agree": True}), "true", ["true"]),
    ],
)
def test_choices_are_a_named_group_that_remembers_what_was_chosen(
    asked: Asked, value: Any, chosen: list[str]
) -> None:
    tags = Tags(shown(asked, value))
    assert tags.one("fieldset")["id"] == "f-area"
    inputs = [attrs for tag, attrs in tags.tags if tag == "input"]
    assert {each["name"] for each in inputs} == {"area"}
    assert [each["value"] for each in inputs if "checked" in each] == chosen
    assert {each["type"] for each in inputs} == {
        "radio" if asked.kind != "choices" and not asked.limits else "checkbox"
    }


def test_many_choices_are_a_list_to_pull_down() -> None:
    tags = Tags(shown(Asked("choice", options=EIGHT), "h"))
    assert tags.one("select")["id"] == "f-area"
    assert [attrs["value"] for tag, attrs in tags.tags if tag == "option" and "selected" in attrs] == ["h"]


def test_an_upload_asks_for_what_can_be_stored() -> None:
    asked = Tags(shown(Asked("file"), "secret.pdf")).one("input")
    assert (asked["type"], asked["accept"]) == ("file", "image/jpeg,image/png,application/pdf")
    assert "value" not in asked


def test_the_faults_of_a_form_lead_to_their_fields() -> None:
    template = Template('{% include "parts/faults.html" %}')
    faults = [{"name": "area", "says": "面积不是数字。"}, {"name": "phone", "says": "少了手机号。"}]
    tags = Tags(template.render(Context({"faults": faults})))
    assert [attrs["href"] for tag, attrs in tags.tags if tag == "a"] == ["#f-area", "#f-phone"]
    assert template.render(Context({"faults": []})).strip() == ""


START = date(2026, 9, 21)
KINDS = ["start", "counted", "counted", "excluded", "excluded", "rest", "counted", "counted", "due"]
DAYS = [Day(START + timedelta(days=passed), kind) for passed, kind in enumerate(KINDS)]


def strip(today: date, days: list[Day] = DAYS) -> str:
    return Template("{% load parts %}{% strip days today %}").render(Context({"days": days, "today": today}))


def test_the_days_of_a_clock_are_squares_and_one_sentence() -> None:
    html = strip(date(2026, 9, 27))
    squares = re.findall(r"<i( class=\"[^\"]*\")?></i>", html.split("</div>")[0])
    assert [mark[8:-1] for mark in squares] == [
        "start", "used", "used", "excluded", "excluded", "rest", "used today", "", "due",
    ]  # fmt: skip
    assert (
        'aria-label="已用 3 天，不计时 2 天，周末和放假 1 天，还剩 2 天，最后一天是 9 月 29 日（周二）"'
        in html
    )


@pytest.mark.parametrize(
    ("today", "words"),
    [(DAYS[-1].day, "还剩 0 天"), (DAYS[-1].day + timedelta(days=1), "已经超过"), (START, "已用 0 天")],
)
def test_the_sentence_follows_the_day(today: date, words: str) -> None:
    assert words in sentence_of(DAYS, today)


def test_a_stopped_clock_has_no_last_day_yet() -> None:
    assert sentence_of(DAYS[:5], DAYS[4].day).endswith("现在不计时，最后一天待定")


def test_only_what_is_seen_is_explained() -> None:
    html = strip(START - timedelta(days=1), DAYS[:2])
    assert "起算日" in html
    assert "放假" not in html


def test_a_day_is_said_with_its_weekday() -> None:
    assert day(date(2026, 10, 15)) == "10 月 15 日（周四）"
