"""The published rule as people and programs read it."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings

from tongban.catalogue.rules.granting import rule_of
from tongban.catalogue.rules.ruling import _cell, in_words
from tongban.engine.decisions import Anything, Between, Column, Nothing
from tongban.engine.expressions import DAY, NUMBER
from tongban.engine.packs import check


@pytest.fixture(scope="module")
def rule():
    pack = Path(settings.PACKS) / "items" / "flexible-employment"
    [document] = check([pack], installed=Path(settings.PACKS), on=date(2026, 11, 20)).documents
    return rule_of(document, 3)


def test_the_table_is_told_in_plain_words(rule):
    shown = in_words(rule)
    assert shown.table.heads == ("周岁", "现在的参保情况")
    assert shown.table.rows[0].asks == (("周岁", "不到 16"), ("现在的参保情况", "都可以"))
    assert shown.table.rows[3].asks[1][1] == "自己在参保或停保了或没有参过保"
    assert [row.grants for row in shown.table.rows] == [False, False, False, True]
    assert shown.table.rows[3].law == "就业促进法第四十三条第二款"


def test_its_tests_are_shown_with_their_results(rule):
    shown = in_words(rule)
    assert shown.table.all_pass
    assert shown.table.trials[0].name == "十五岁的人"
    assert shown.table.trials[0].given == (("周岁", "15"), ("现在的参保情况", "没有参过保"))
    assert {one.row for one in shown.table.trials} == {"1", "2", "3", "4"}


def test_it_says_whom_it_asks_what_and_why(rule):
    assert in_words(rule).sources == (
        "向“社会保险参保登记（样例）”查询：有没有单位在给参保，是不是在领养老金。"
        "为了核对有没有单位在给您参保、是不是在领养老金。",
        "向“人口基本信息（样例）”查询：哪一天出生。为了核对年满十六周岁没有。",
        "周岁：从出生日期算起，算到收到申请那天。",
    )


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        (Anything(), "都可以"),
        (Nothing(), "没有"),
        (Between(Decimal(1), Decimal(3), True, False), "不少于 1，不到 3"),
        (Between(Decimal(1), Decimal(3), False, True), "多于 1，不超过 3"),
        (Between(date(2026, 1, 31), None), "2026 年 1 月 31 日起"),
        (Between(None, date(2026, 1, 31), with_high=False), "2026 年 1 月 31 日以前"),
    ],
)
def test_every_cell_is_told_in_words(rule, cell, words):
    ordered = DAY if isinstance(getattr(cell, "low", None) or getattr(cell, "high", None), date) else NUMBER
    assert _cell(cell, Column("age", ordered, False, 2), rule) == words
