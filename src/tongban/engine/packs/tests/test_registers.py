"""Sample registers and the rules that ask them: our own pass, and each breach is refused at its line."""

from pathlib import Path

import pytest

from tongban.engine.packs.tests.copies import PACKS, checked, copy_to

FUND = "registers/housing-fund.yaml"
FIRMS = "registers/enterprises.yaml"
RECORD = "registers/criminal-record.yaml"
ITEM = "items/no-criminal-record/item.yaml"


@pytest.mark.parametrize(
    ("file", "old", "new", "code"),
    [
        (FUND, "sample: true", "sample: false", "REGISTER-NOT-SAMPLE"),
        (FUND, "kept_by:", "kept:", "KEY-UNKNOWN"),
        (FUND, '"510104199001019013"', '"510104199001019014"', "REGISTER-PERSON-WRONG"),
        (FUND, '"510105198506159021"', '"510104199001019013"', "TWICE"),
        (FIRMS, "91510104MA90000016,", "91510104MA90000017,", "REGISTER-PERSON-WRONG"),
        (FIRMS, "enterprise: 91510104MA90000016, ", "", "REGISTER-PERSON-WRONG"),
        (FIRMS, "91510104MA9000201H", "91510104MA90000016", "TWICE"),
        (FUND, "{state: none}", "{state: gone}", "REGISTER-ANSWER-WRONG"),
        (FUND, "everyone_else: {state: paying", "everyone_else: {balance: 3", "REGISTER-ANSWER-WRONG"),
        (FUND, "element: housing-fund-since", "element: no-such-thing", "ELEMENT-UNKNOWN"),
        (RECORD, "name: until", "name: found", "FIELD-TWICE"),
        (ITEM, "register: criminal-record", "register: no-such", "REGISTER-UNKNOWN"),
        (ITEM, "asks: record", "asks: something", "REGISTER-QUESTION-UNKNOWN"),
        (ITEM, "field: found, equals: none", "field: lost, equals: none", "CONDITION-UNKNOWN-FIELD"),
        (ITEM, "field: found, equals: none", "field: found, equals: perhaps", "CONDITION-NEVER-TRUE"),
        (ITEM, "prints: [found, until]", "prints: [found, until, where]", "RULE-PRINTS-UNKNOWN"),
        (ITEM, "prints: [found, until]", "prints: [found]", "CERTIFICATE-ELEMENT-NOT-ASKED"),
        (ITEM, "kind: instant\npromise: {value: 0", "kind: promised\npromise: {value: 1", "RULE-NOT-INSTANT"),
        (ITEM, "value: 2, unit: hour", "value: 2, unit: day", "NOT-A-KNOWN-WORD"),
    ],
)
def test_each_breach_is_refused_where_it_stands(tmp_path: Path, file: str, old: str, new: str, code: str):
    packs = copy_to(tmp_path)
    text = (packs / file).read_text("utf-8")
    assert old in text
    (packs / file).write_text(text.replace(old, new, 1), "utf-8")
    faults = checked(packs).faults
    assert [Path(fault.file).name for fault in faults if fault.code == code][:1] == [Path(file).name]
    assert all(fault.line > 1 for fault in faults if fault.code == code)


def test_an_item_carries_its_rule_and_nothing_that_a_register_says_of_people():
    documents = {document["slug"]: document for document in checked(PACKS).documents}
    rule = documents["housing-fund-certificate"]["rule"]
    assert rule["register_name"] == "住房公积金缴存登记（样例）"
    assert rule["answer"]["steps"][0]["fields"][0]["name"] == "state"
    assert "510104199001019013" not in repr(documents)
    assert "rule" not in documents["residence-permit"]


@pytest.mark.parametrize(
    ("path", "registers"),
    [
        (PACKS / "items" / "no-criminal-record", ["criminal-record"]),
        (PACKS / "items" / "residence-permit", []),
        (PACKS, ["criminal-record", "enterprises", "housing-fund", "population"]),
    ],
)
def test_an_item_brings_the_register_that_its_rule_asks_and_a_folder_brings_all(path, registers):
    assert sorted(one["slug"] for one in checked(path).registers) == registers
