"""Joint services: our own pass, and each fault is told at its line."""

from pathlib import Path
from typing import Final

import pytest

from tongban.engine.packs.tests.copies import PACKS, checked, copy_to
from tongban.engine.packs.tests.test_documentation import JOINT

SHOP = JOINT.split("```yaml\n", 1)[1].split("```", 1)[0]
FILE = "joint/small-shop/joint.yaml"


@pytest.fixture
def city(tmp_path: Path) -> Path:
    """A city's own folder with one joint service, of items of the installation."""
    (tmp_path / FILE).parent.mkdir(parents=True)
    (tmp_path / FILE).write_text(SHOP, "utf-8")
    return tmp_path


def spoiled(city: Path, old: str, new: str) -> list[tuple[int, str]]:
    """Line and code of every fault, with `new` for the first `old`."""
    assert old in SHOP
    (city / FILE).write_text(SHOP.replace(old, new, 1), "utf-8")
    return [(one.line, one.code) for one in checked(city).faults]


def line_of(text: str, within: str = SHOP) -> int:
    return within[: within.index(text)].count("\n") + 1


def test_ours_are_published_whole() -> None:
    joints = {document["slug"]: document["joint"] for document in checked(PACKS).joints}
    assert {"newborn", "restaurant"} <= joints.keys()
    assert joints["newborn"]["questions"][0]["label"].startswith("孩子在本省的医院出生")
    assert joints["restaurant"]["audience"][0]["name"] == "企业法人"


LONGEST: Final = {
    "company-changes": 3,
    "disabled": 15,
    "marriage": 5,
    "newborn": 5,
    "open-company": 0,
    "restaurant": 15,
    "retire": 20,
}
"""The working days that public guides name for each. Of a company they name three hours: a promise counts in
days, so all of it is promised for the same day."""


def test_none_of_ours_takes_longer_than_the_guides_of_cities_name() -> None:
    promised = {document["slug"]: document["joint"]["promise"] for document in checked(PACKS).joints}
    assert {one["unit"] for one in promised.values()} == {"workday"}
    assert promised.keys() == LONGEST.keys()
    assert {slug: one["value"] for slug, one in promised.items() if one["value"] > LONGEST[slug]} == {}


@pytest.mark.parametrize(
    ("old", "new", "where", "code"),
    [
        ("item: tobacco-retail-licence", "item: tobacco-licence", "item: tob", "JOINT-ITEM-UNKNOWN"),
        ("result_of: company-registration", "result_of: company", "- {result_of", "JOINT-RESULT-UNKNOWN"),
        ("feeds: [business-licence]", "feeds: [household-register]", "- {result_of", "JOINT-FEEDS-UNKNOWN"),
        ("feeds: [business-licence]", "feeds: [lease]", "- {result_of", "JOINT-FEEDS-DEMANDED"),
        ("element: near-school", "element: person-name", "element: near", "JOINT-QUESTION-NOT-A-CHOICE"),
        ("element: near-school", "element: near-shool", "element: near", "ELEMENT-UNKNOWN"),
        ("answer: true, says", "answer: yes, says", "- {answer", "JOINT-ANSWER-UNKNOWN"),
        ("value: 10", "value: 9", "promise", "JOINT-PROMISE-NOT-THE-PATH"),
        ("value: 10", "value: 12", "promise", "JOINT-PROMISE-NOT-THE-PATH"),
        ("unit: workday", "unit: day", "- item: tob", "JOINT-OTHER-UNIT"),
        ("name: 开一家小卖部", "name: 居住证申领", "name", "JOINT-NAME-TAKEN"),
        ("    why: 卖烟", "    apart: [seats]\n    why: 卖烟", "    why: 卖烟", "JOINT-APART-UNKNOWN"),
        ("sample: true", "sample: 是", "sample", "NOT-TRUE-FALSE"),
        ('code: "2"', 'code: "7"', '{system: gbt39554-audience, code: "2"}', "CODE-UNKNOWN"),
        (
            "    why: 先要有营业执照\n",
            "    why: 先要\n    when: {field: by_scool, equals: true}\n",
            "    why: 先要",
            "CONDITION-UNKNOWN-FIELD",
        ),
        (
            "    why: 先要有营业执照\n",
            "    when: {field: by_school, equals: true}\n    why: 先要\n",
            "- item: comp",
            "JOINT-MEMBER-NEVER",
        ),
        (
            "    why: 先要有营业执照\n",
            "    after: [{result_of: tobacco-retail-licence}]\n    why: 先要\n",
            "- item: comp",
            "JOINT-CIRCLE",
        ),
        (
            "    tells:\n      - {answer: true, says: 学校、幼儿园周边不准设卖烟的网点。"
            "只办营业执照请单独申请。, ends: true}\n",
            "",
            "- name: by_school",
            "JOINT-QUESTION-LEADS-NOWHERE",
        ),
    ],
)  # fmt: skip
def test_each_fault_is_told_where_it_stands(city: Path, old: str, new: str, where: str, code: str) -> None:
    found = spoiled(city, old, new)
    lines = {line for line, told in found if told == code}
    assert lines, found
    assert min(abs(line - line_of(where)) for line in lines) <= 1


def test_of_a_group_exactly_one_takes_part_whatever_is_answered(city: Path) -> None:
    group = "    exactly_one: licence\n    why: 先要有营业执照"
    once = SHOP.replace("    why: 先要有营业执照", group, 1)
    both = once.replace("    why: 卖烟要有", "    exactly_one: licence\n    why: 卖烟要有", 1)
    (city / FILE).write_text(both.replace("result_of: company-registration", "result_of: licence"), "utf-8")
    # A group that waits for itself could never begin.
    assert [one.code for one in checked(city).faults] == ["JOINT-CIRCLE"]
    alone = both[: both.index("    after:")].replace("value: 11", "value: 10")
    (city / FILE).write_text(alone, "utf-8")
    [fault] = checked(city).faults
    assert (fault.code, "by_school: false" in fault.says) == ("JOINT-NOT-EXACTLY-ONE", True)


def test_licences_together_stay_within_what_the_law_gives_them(tmp_path: Path) -> None:
    packs = copy_to(tmp_path)
    licensing = packs / "regimes/licensing.yaml"
    for days, codes in ((15, []), (14, ["JOINT-LONGER-THAN-LAW"])):
        law = (PACKS / "regimes/licensing.yaml").read_text("utf-8")
        licensing.write_text(law.replace("value: 45 workday", f"value: {days} workday"), "utf-8")
        assert [one.code for one in checked(packs).faults] == codes


def test_a_city_may_have_nothing_but_joint_services(city: Path) -> None:
    result = checked(city)
    assert (result.faults, result.items, len(result.joints)) == ((), 0, 1)
