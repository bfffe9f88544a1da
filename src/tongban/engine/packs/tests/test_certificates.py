"""Types of certificates: our own pass, and each rule refuses its breach at the right line."""

from pathlib import Path

import pytest

from tongban.engine.packs.tests.copies import PACKS, checked, copy_to

FOOD = "certificates/food-operation-licence.yaml"
HOME = "certificates/residence-permit.yaml"
SHOP = "certificates/business-licence.yaml"
ITEM = "items/food-operation-licence/item.yaml"


@pytest.fixture
def packs(tmp_path: Path) -> Path:
    return copy_to(tmp_path)


@pytest.mark.parametrize(
    ("file", "old", "new", "code"),
    [
        (FOOD, "9000001J001", "9000001K001", "CERTIFICATE-CODE-WRONG"),
        (FOOD, "9000001J001", "9000001J002", "CERTIFICATE-CODE-TWICE"),
        (FOOD, "element: business-place", "element: business-plaice", "ELEMENT-UNKNOWN"),
        (FOOD, "name: [enterprise-name]", "name: [shop-name]", "ELEMENT-UNKNOWN"),
        (FOOD, "satisfies: [food", "satisfies: [fruit", "MATERIAL-UNKNOWN"),
        (FOOD, "fact: holder-name", "element: enterprise-name", "CERTIFICATE-WITHOUT-HOLDER"),
        (FOOD, "fact: issuer", "fact: issuer, element: remarks", "CERTIFICATE-ELEMENT-FROM-NOWHERE"),
        (FOOD, "  - {label: 有效期至, fact: valid-until}\n", "", "CERTIFICATE-VALIDITY-NOT-SHOWN"),
        (HOME, "endorsement:", "validity:", "KEY-TWICE"),
        (SHOP, "class: enterprise", "class: either", "CERTIFICATE-FOUNDS-NO-ENTERPRISE"),
        (FOOD, "checked: true", "checked: maybe", "NOT-TRUE-FALSE"),
        (FOOD, ", source: 2019年10月11日修订文本", "", "LAW-CHECKED-WITHOUT-SOURCE"),
        (FOOD, "label: 发证机关", "label: 发证日期", "TWICE"),
        (ITEM, "certificate: food-operation-licence", "certificate: no-such", "CERTIFICATE-UNKNOWN"),
        (FOOD, "element: legal-representative", "element: capital", "CERTIFICATE-ELEMENT-NOT-ASKED"),
    ],
)
def test_each_breach_is_refused_where_it_stands(
    packs: Path, file: str, old: str, new: str, code: str
) -> None:
    text = (packs / file).read_text("utf-8")
    assert old in text
    (packs / file).write_text(text.replace(old, new, 1), "utf-8")
    faults = [(fault.code, Path(fault.file).name, fault.line) for fault in checked(packs).faults]
    assert code in [found for found, _, _ in faults]
    if code != "CERTIFICATE-ELEMENT-NOT-ASKED":
        [(_, name, _), *_] = [one for one in faults if one[0] == code]
        assert name == Path(file).name


def test_an_item_carries_the_type_it_issues_and_what_stands_for_its_materials() -> None:
    documents = {document["slug"]: document for document in checked(PACKS).documents}
    food = documents["food-operation-licence"]
    assert food["certificate"]["slug"] == "food-operation-licence"
    assert food["certificate"]["validity"]["value"] == 60
    satisfied = {one["kind"]: one["satisfied_by"] for one in food["item"]["materials"]}
    assert satisfied["business-licence"] == [
        {"certificate": "business-licence", "name": "营业执照", "holder": "enterprise"},
        {"certificate": "business-licence-changed", "name": "营业执照（变更后）", "holder": "enterprise"},
    ]
    assert satisfied["food-layout"] == []
    assert documents["old-age-allowance"]["certificate"] is None
