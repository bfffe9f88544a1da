"""The check: the project's own packs pass, and each rule refuses its breach at the right line."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tongban.engine.packs import example_of
from tongban.engine.packs.periods import surely_within
from tongban.engine.packs.tests.copies import PACKS, SLUGS, checked, copy_to

FOOD = "items/food-operation-licence/item.yaml"
HOME = "items/residence-permit/item.yaml"
HOME_FORM = "items/residence-permit/form.yaml"
HOME_GUIDE = "items/residence-permit/guide.md"
COMPANY = "items/company-registration/item.yaml"
OLD = "items/old-age-allowance/item.yaml"


@pytest.fixture
def packs(tmp_path: Path) -> Path:
    return copy_to(tmp_path)


def spoil(packs: Path, file: str, old: str, new: str) -> int:
    """Write `new` for the first `old`; returns the number of the line on which that stood."""
    path = packs / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    return text[: text.index(old)].count("\n") + 1


def found(packs: Path) -> list[tuple[str, int, str]]:
    """Every fault as (file, line, code), files relative to the packs folder."""
    return [(one.file.removeprefix(f"{packs}/"), one.line, one.code) for one in checked(packs).faults]


def test_our_own_packs_have_no_fault() -> None:
    result = checked(PACKS)
    assert result.faults == ()
    assert [document["slug"] for document in result.documents] == SLUGS


def test_every_item_of_ours_has_an_example_that_its_form_takes() -> None:
    assert [slug for slug in SLUGS if not example_of(PACKS / "items" / slug)] == []


def test_an_example_is_judged_by_its_form_line_by_line(packs: Path) -> None:
    line = spoil(packs, "items/residence-permit/example.yaml", "ground: employment", "ground: tent")
    assert found(packs) == [("items/residence-permit/example.yaml", line, "EXAMPLE-REFUSED")]


def test_an_item_may_do_without_an_example(packs: Path) -> None:
    (packs / "items/residence-permit/example.yaml").unlink()
    assert found(packs) == []
    assert example_of(packs / "items/residence-permit") == {}


def test_a_regime_may_stand_in_for_the_one_that_binds_its_type_only_where_a_law_says_so(packs: Path) -> None:
    text = (packs / "regimes/market-entity-registration.yaml").read_text("utf-8")
    start, end = text.index("instead_of:"), text.index("basis:")
    (packs / "regimes/market-entity-registration.yaml").write_text(text[:start] + text[end:], "utf-8")
    assert [(file, code) for file, _, code in found(packs)] == [
        (file, "REGIME-BOUND-BY-TYPE") for file in ("items/company-change/item.yaml", COMPANY)
    ]


def test_a_regime_that_stands_in_serves_the_types_of_the_other_and_no_more(packs: Path) -> None:
    line = spoil(packs, OLD, "regime: published-promise", "regime: market-entity-registration")
    assert (OLD, line, "REGIME-NOT-FOR-TYPE") in found(packs)


@pytest.mark.parametrize("other", ["licence", "published-promise"])
def test_a_regime_stands_in_for_one_that_there_is_and_that_binds(packs: Path, other: str) -> None:
    file = "regimes/market-entity-registration.yaml"
    line = spoil(packs, file, "regime: licensing", f"regime: {other}")
    assert (file, line, "REGIME-UNKNOWN") in found(packs)


def test_what_claims_to_be_checked_names_its_law_article_and_text() -> None:
    claims = [law for document in checked(PACKS).documents for law in laws_of(document) if law["checked"]]
    assert len(claims) > 100
    for law in claims:
        assert law["law"]
        assert re.fullmatch(r"第[一二三四五六七八九十百千零]+条.*", law["article"]), law
        assert re.search(r"\d{4}年\d{1,2}月\d{1,2}日", law["source"]), law


def laws_of(data: Any) -> Iterator[dict[str, Any]]:
    """Every law entry anywhere in a document."""
    if isinstance(data, dict):
        if {"law", "article", "checked"} <= data.keys():
            yield data
        for inner in data.values():
            yield from laws_of(inner)
    elif isinstance(data, list):
        for inner in data:
            yield from laws_of(inner)


@pytest.mark.parametrize(
    ("file", "old", "new", "code"),
    [
        (FOOD, "value: 10, unit: workday", "value: 21, unit: workday", "PROMISE-LONGER-THAN-STATUTE"),
        (FOOD, "value: 10, unit: workday", "value: 1, unit: month", "PROMISE-LONGER-THAN-STATUTE"),
        (HOME, "value: 10, unit: day", "value: 14, unit: workday", "PROMISE-LONGER-THAN-STATUTE"),
        (FOOD, "value: 10, unit: workday", "value: 9, unit: workday", "FLOW-LONGER-THAN-PROMISE"),
        (OLD, "value: 15, unit: workday", "value: 0, unit: day", "PROMISE-ZERO"),
        (OLD, "kind: promised", "kind: instant", "PROMISE-NOT-SAME-DAY"),
        (OLD, "online: true, express: false", "online: false, express: false", "VISITS-WITHOUT-CHANNEL"),
        (OLD, "visits: 0", "visits: 1", "VISIT-WITHOUT-REASON"),
        (OLD, "procedures: []", "procedures: [{code: hearing, when: 急}]", "SPECIAL-PROCEDURE-WITHOUT-LAW"),
        (OLD, "charged: false", "charged: true", "FEE-WITHOUT-LAW"),
        (OLD, "words: [高龄津贴", "words: [高龄补贴", "TWICE"),
        (HOME, "kind: labour-contract", "kind: lease", "TWICE"),
        (HOME, "kind: lease", "kind: tenancy", "MATERIAL-UNKNOWN"),
        (HOME, "accept_stand: 写明地址、租期和双方姓名", "accept_stand: 合同和其他材料", "MATERIAL-VAGUE"),
        (HOME, "conditions:\n", "conditions:\n  - 带齐有关材料。\n", "MATERIAL-VAGUE"),
        (HOME, "answer: 第一次申领不要钱", "answer: 交齐相关材料，第一次申领不要钱", "MATERIAL-VAGUE"),
        (HOME_FORM, "help: 写到门牌号", "help: 写到门牌号，并准备其他证明", "MATERIAL-VAGUE"),
        (HOME, "field: dwelling_kind", "field: dwelling", "CONDITION-UNKNOWN-FIELD"),
        (HOME, "equals: rented", "equals: hired", "CONDITION-NEVER-TRUE"),
        (FOOD, "source: 2021年4月29日修正文本, checked: true", "checked: true", "LAW-CHECKED-WITHOUT-SOURCE"),
        (FOOD, "system: gbt39554-audience", "system: audience", "CODE-SYSTEM-UNKNOWN"),
        (FOOD, 'power-source, code: "1"', 'power-source, code: "7"', "CODE-UNKNOWN"),
        (FOOD, '"510131900000"', '"5101319"', "BASIC-CODE-FORM"),
        (FOOD, '"510131900000"', '"512031900000"', "BASIC-CODE-TYPE"),
        (FOOD, "11510104MB9000015X", "11510104MB90000150", "OFFICE-CODE-WRONG"),
        (FOOD, "11510104MB9000015X", "11510104mb9000015x", "OFFICE-CODE-WRONG"),
        (FOOD, 'region: "510104"', 'region: "990104"', "REGION-UNKNOWN"),
        (FOOD, "regime: licensing", "regime: licence", "REGIME-UNKNOWN"),
        (FOOD, "regime: licensing", "regime: published-promise", "REGIME-BOUND-BY-TYPE"),
        (OLD, "regime: published-promise", "regime: licensing", "REGIME-NOT-FOR-TYPE"),
        (FOOD, "{from: 2026-01-01}", "{from: 2026-01-01, until: 2025-01-01}", "EFFECTIVE-BACKWARDS"),
        (FOOD, "department:", "departement:", "KEY-UNKNOWN"),
        (FOOD, "visits: 0", "visits: none", "NOT-WHOLE"),
        (FOOD, "\nsample: true", "\nsample: yes", "NOT-TRUE-FALSE"),
        (FOOD, "kind: promised", "kind: slow", "NOT-A-KNOWN-WORD"),
        (FOOD, "department: 市场监督管理部门", "department: ' '", "BLANK"),
        (FOOD, "department: 市场监督管理部门", "department: 7", "NOT-TEXT"),
        (FOOD, "effective: {from: 2026-01-01}", "effective: {from: 2026-02-30}", "NOT-A-DAY"),
        (FOOD, "visits: 0", "visits: 0\nvisits: 0", "KEY-TWICE"),
        (HOME_FORM, "element: employer-name", "element: employer", "ELEMENT-UNKNOWN"),
        (HOME_FORM, "element: employer-name", "element: person-name", "ELEMENT-TWICE"),
        (HOME_FORM, "why: 居住证上要印姓名", "help: 和身份证一致", "PERSONAL-WITHOUT-WHY"),
        (HOME_FORM, "code: living", "code: applicant", "STEP-TWICE"),
        (HOME_FORM, "name: employer\n", "name: ground\n", "FIELD-TWICE"),
        (HOME_FORM, "field: ground, equals: study", "field: truth, equals: true", "CONDITION-UNKNOWN-FIELD"),
        (HOME_FORM, "kind\n ", "kind\n        options: {tent: 帐篷}\n ", "OPTION-UNKNOWN"),
        (HOME_GUIDE, "## 多少钱", "## 收费", "GUIDE-SECTION-MISSING"),
        (HOME_GUIDE, "## 多久\n\n{{promise}}", "## 多久\n\n很快", "GUIDE-FACT-MISSING"),
        (HOME_GUIDE, "{{visits}}", "{{visitors}}", "GUIDE-FACT-UNKNOWN"),
        (HOME_GUIDE, "{{statutory}}", "{{statutory}}\n\n一般 10 个工作日", "GUIDE-PERIOD-BY-HAND"),
        (HOME_GUIDE, "身份证不用交复印件", "带上有关材料", "MATERIAL-VAGUE"),
        ("elements.yaml", "kind: resident-id", "kind: number-of-person", "NOT-A-KNOWN-WORD"),
        ("elements.yaml", "max_length: 50", "max_length: many", "LIMIT-TYPE"),
        ("materials.yaml", "name: 房屋租赁合同", "name: 其他材料", "MATERIAL-VAGUE"),
        ("regimes/licensing.yaml", "20 workday", "twenty days", "WRONG-FORM"),
        ("regimes/licensing.yaml", "code: tendering", "code: hearing", "TWICE"),
    ],
)  # fmt: skip
def test_each_rule_refuses_its_breach(packs: Path, file: str, old: str, new: str, code: str) -> None:
    spoil(packs, file, old, new)
    result = checked(packs)
    assert code in {fault.code for fault in result.faults}
    assert result.documents == ()


def test_a_fault_is_told_with_its_file_and_line(packs: Path) -> None:
    line = spoil(packs, FOOD, "value: 10, unit: workday", "value: 21, unit: workday")
    assert found(packs) == [(FOOD, line, "PROMISE-LONGER-THAN-STATUTE")]
    [fault] = checked(packs).faults
    assert str(fault).startswith(
        f"{packs}/{FOOD}:{line}: PROMISE-LONGER-THAN-STATUTE: 承诺时限可能超过法定时限"
    )


def test_a_material_without_a_legal_basis_is_refused_where_it_stands(packs: Path) -> None:
    text = (packs / HOME).read_text("utf-8")
    photo = text.index("  - kind: recent-photo")
    basis = text.index("    by_law:", photo)
    after = text.index("    formats:", basis)
    (packs / HOME).write_text(text[:basis] + text[after:], "utf-8")
    assert found(packs) == [(HOME, text[:photo].count("\n") + 1, "MATERIAL-WITHOUT-LAW")]


def test_what_the_government_holds_is_never_asked_of_people(packs: Path) -> None:
    line = spoil(
        packs,
        FOOD,
        "kind: business-licence\n    need: not-demanded\n    source: certificate",
        "kind: business-licence\n    need: required\n    source: applicant",
    )
    assert found(packs) == [(FOOD, line, "GOVERNMENT-HOLDS-IT")]


def test_what_nobody_holds_cannot_be_spared_either(packs: Path) -> None:
    spoil(packs, HOME, "kind: lease\n    need: required", "kind: lease\n    need: not-demanded")
    assert [code for _, _, code in found(packs)] == ["NOT-DEMANDED-FROM-NOWHERE"]


def test_what_is_had_from_another_office_is_not_asked_of_people_too(packs: Path) -> None:
    line = spoil(packs, HOME, "need: required\n    source: applicant", "need: required\n    source: shared")
    assert found(packs) == [(HOME, line, "SHARED-YET-DEMANDED")]


def test_a_material_says_what_it_is_for(packs: Path) -> None:
    text = (packs / HOME).read_text("utf-8")
    purpose = next(line for line in text.splitlines(keepends=True) if line.startswith("    purpose:"))
    line = spoil(packs, HOME, purpose, "")
    [(file, at, code)] = found(packs)
    assert (file, code) == (HOME, "KEY-MISSING")
    assert at < line


def test_a_regime_tells_the_remedies(packs: Path) -> None:
    file = "regimes/licensing.yaml"
    text = (packs / file).read_text("utf-8")
    start = text.index("remedies:\n")
    rest = text[start + len("remedies:\n") :]
    after = next((at for at, each in enumerate(rest.splitlines(keepends=True)) if each[0] not in " #"), None)
    kept = "" if after is None else "".join(rest.splitlines(keepends=True)[after:])
    (packs / file).write_text(f"{text[:start]}remedies: []\n{kept}", "utf-8")
    assert (file, text[:start].count("\n") + 1, "LIST-TOO-SHORT") in found(packs)


def test_a_special_procedure_with_a_law_of_its_own_is_allowed(packs: Path) -> None:
    law = "{law: 老年人权益保障法, article: 第三十三条, sense: 样例, checked: false}"
    spoil(
        packs,
        OLD,
        "special_procedures: []",
        f"special_procedures: [{{code: home-visit, when: 核实, law: {law}}}]",
    )
    assert found(packs) == []


def test_an_items_own_law_may_set_another_limit(packs: Path) -> None:
    law = "{law: 某法, article: 第一条, sense: 样例, checked: false}"
    spoil(
        packs,
        FOOD,
        "regime: licensing",
        f"regime: licensing\nstatutory: {{from: 2020-01-01, value: 8, unit: workday, law: {law}}}",
    )
    assert [code for _, _, code in found(packs)] == ["PROMISE-LONGER-THAN-STATUTE"]


def test_faults_of_every_sort_are_told_in_one_go(packs: Path) -> None:
    spoil(packs, FOOD, "department:", "departement:")
    spoil(packs, FOOD, "value: 10, unit: workday", "value: 21, unit: workday")
    spoil(packs, HOME_FORM, "element: employer-name", "element: employer")
    spoil(packs, HOME_GUIDE, "## 多少钱", "## 收费")
    spoil(packs, "materials.yaml", "name: 房屋租赁合同", "name: 其他材料")
    assert sorted({code for _, _, code in found(packs)}) == [
        "ELEMENT-UNKNOWN",
        "GUIDE-SECTION-MISSING",
        "KEY-MISSING",
        "KEY-UNKNOWN",
        "MATERIAL-VAGUE",
        "PROMISE-LONGER-THAN-STATUTE",
    ]


def test_a_spoiled_part_does_not_hide_the_faults_of_the_rest(packs: Path) -> None:
    spoil(packs, FOOD, "kind: food-layout\n    need: required", "kind: food-layout\n    need: perhaps")
    line = spoil(packs, FOOD, "kind: food-safety-manager-proof", "kind: nothing")
    assert (FOOD, line, "MATERIAL-UNKNOWN") in found(packs)


def test_figures_stand_from_the_earliest_to_the_latest(packs: Path) -> None:
    text = (packs / "regimes/licensing.yaml").read_text("utf-8")
    entry = text[text.index("    - from: 2004-07-01") : text.index("  decide_within:")]
    (packs / "regimes/licensing.yaml").write_text(text.replace(entry, entry + entry, 1), "utf-8")
    assert [code for _, _, code in found(packs)] == ["FIGURE-ORDER"]


@pytest.mark.parametrize("file", ["item.yaml", "form.yaml", "guide.md"])
def test_an_item_has_all_three_files(packs: Path, file: str) -> None:
    (packs / "items/residence-permit" / file).unlink()
    assert found(packs) == [(f"items/residence-permit/{file}", 1, "FILE-MISSING")]


def test_the_name_of_the_folder_is_the_name_of_the_item(packs: Path) -> None:
    (packs / "items/residence-permit").rename(packs / "items/居住证")
    assert [code for _, _, code in found(packs)] == ["SLUG-FORM"]


def test_two_items_cannot_stand_in_one_queue(packs: Path) -> None:
    shutil.copytree(packs / "items/residence-permit", packs / "items/residence-permit-again")
    assert {code for _, _, code in found(packs)} == {"QUEUE-TWICE"}


def test_one_item_cannot_come_from_two_folders(packs: Path, tmp_path: Path) -> None:
    other = copy_to(tmp_path / "other")
    codes = [one.code for one in checked(packs, other / "items/residence-permit").faults]
    assert codes == ["SLUG-TWICE"]


def test_an_item_alone_finds_its_library_above_it_or_in_the_installation(packs: Path, tmp_path: Path) -> None:
    inside = checked(packs / "items/residence-permit")
    lonely = shutil.copytree(packs / "items/residence-permit", tmp_path / "lonely" / "residence-permit")
    assert inside.faults == ()
    assert checked(lonely).documents == inside.documents


def test_a_folder_of_ones_own_stands_before_the_installation_and_needs_only_what_is_its_own(
    packs: Path, tmp_path: Path
) -> None:
    own = tmp_path / "city"
    shutil.copytree(packs / "items/residence-permit", own / "items/residence-permit")
    (own / "elements.yaml").write_text(
        "person-name: {name: 名字, kind: text, personal: true, source: 本市约定, checked: true}\n", "utf-8"
    )
    [document] = checked(own).documents
    assert document["form"]["steps"][0]["fields"][0]["label"] == "名字"


def test_a_packs_folder_may_stand_in_a_folder_named_items(tmp_path: Path) -> None:
    assert len(checked(copy_to(tmp_path / "items")).documents) == len(SLUGS)


@pytest.mark.parametrize("path", ["nowhere", "packs/regimes"])
def test_a_path_that_is_no_pack_is_a_fault(packs: Path, tmp_path: Path, path: str) -> None:
    [fault] = checked(tmp_path / path).faults
    assert fault.code in ("PATH-MISSING", "PATH-NO-PACK")


@pytest.mark.parametrize(
    ("promise", "statute", "so"),
    [
        ((20, "workday"), (20, "workday"), True),
        ((21, "workday"), (20, "workday"), False),
        ((20, "day"), (20, "workday"), True),
        ((480, "hour"), (20, "workday"), True),
        ((11, "workday"), (15, "day"), False),
        ((0, "workday"), (1, "hour"), True),
        ((28, "day"), (1, "month"), True),
        ((29, "day"), (1, "month"), False),
        ((1, "month"), (31, "day"), True),
        ((1, "month"), (30, "day"), False),
    ],
)
def test_a_promise_is_within_the_statute_only_if_no_calendar_can_make_it_longer(
    promise: tuple[int, str], statute: tuple[int, str], so: bool
) -> None:
    as_period = [{"value": value, "unit": unit} for value, unit in (promise, statute)]
    assert surely_within(*as_period) is so
