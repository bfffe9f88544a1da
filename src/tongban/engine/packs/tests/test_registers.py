"""Sample registers: our own pass, and each breach is refused at its line."""

from pathlib import Path

import pytest

from tongban.engine.packs.tests.copies import PACKS, checked, copy_to

FUND = "registers/housing-fund.yaml"
FIRMS = "registers/enterprises.yaml"
RECORD = "registers/criminal-record.yaml"


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


@pytest.mark.parametrize(
    ("path", "registers"),
    [
        (PACKS / "items" / "no-criminal-record", ["criminal-record"]),
        (PACKS / "items" / "residence-permit", []),
        (PACKS / "items" / "flexible-employment", ["population", "social-insurance"]),
        (PACKS, sorted(file.stem for file in (PACKS / "registers").iterdir())),
    ],
)
def test_an_item_brings_the_register_that_its_rule_asks_and_a_folder_brings_all(path, registers):
    assert sorted(one["slug"] for one in checked(path).registers) == registers
