"""One submission has one receipt: signed, with every case of it, the same however often it is asked for."""

import subprocess
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from django.utils import translation

from tongban.cases import commands
from tongban.cases.queries import joint_of, joint_receipt
from tongban.cases.rules.joint_receipt import Arrived, Handled, receipt_sheet
from tongban.cases.tests.joints import ADVERT, FOOD, TOBACCO, Joint, a_joint, applied, numbers_of, submitted
from tongban.cases.tests.laws import published_promise
from tongban.cases.tests.prices import statements_of
from tongban.cases.tests.world import MONDAY, a_resident
from tongban.kernel.figures import Limit
from tongban.kernel.hanging import rewrap_all
from tongban.kernel.ids import BodyCode
from tongban.kernel.refusal import Refusal
from tongban.kernel.sheet import Issuer
from tongban.papers import api as papers

LATER = MONDAY + timedelta(hours=1)


@pytest.fixture(scope="module")
def made() -> dict[str, Joint]:
    """Published once: nothing that a test does changes what is published."""
    return {}


@pytest.fixture
def joint(made: dict[str, Joint], transactional_db: None) -> Joint:
    if "joint" not in made:
        # The advertisement is at the shop: one lease serves both.
        made["joint"] = a_joint(advert={"apart": ["advert-from"]})
    return made["joint"]


def text_of(pdf: bytes, folder: Path) -> str:
    (folder / "paper.pdf").write_bytes(pdf)
    told = subprocess.run(
        ["pdftotext", folder / "paper.pdf", "-"],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return "".join(told.stdout.split())


def test_one_receipt_names_every_case_its_office_its_days_and_what_it_waits_for(joint, tmp_path) -> None:
    by = a_resident()
    joined = submitted(joint, by, wide=True)
    told = text_of(joint_receipt(joined.number, by).content, tmp_path)
    for number in (joined.number, *numbers_of(joined).values()):
        assert number in told
    for member in joint.members.values():
        assert f"测试机关{member.body[-6:]}" in told
    # Five working days for the one notice; ten promised and twenty by law, from the ninth of March.
    assert "最晚2026年3月16日告知是否受理" in told
    assert "承诺最晚2026年3月23日决定，法律规定最晚2026年4月7日决定" in told
    assert told.count("在那之前不排队、不计时") == 2
    assert "等“食品经营许可（新办）”的结果" in told
    assert "每一件都在规定的期限内受理，受理后都按承诺办的，全部最晚2026年5月21日有结果" in told


def test_what_several_need_stands_on_it_once(joint, tmp_path) -> None:
    by = a_resident()
    application = applied(joint, by, wide=True, premises="rented")
    number = commands.submit_joint(application, by=by, key=None, at=MONDAY).number
    told = text_of(joint_receipt(number, by).content, tmp_path)
    assert told.count("房屋租赁合同") == 1


def test_asked_again_it_is_the_same_and_anybody_can_check_it(joint) -> None:
    by = a_resident()
    joined = submitted(joint, by)
    before = joint_receipt(joined.number, by).content
    commands.withdraw(numbers_of(joined)[FOOD], seen=None, by=by, at=LATER)
    with translation.override("en"):
        assert joint_receipt(joined.number, by).content == before
    verdict, found = papers.check(before)
    assert verdict is papers.Verdict.STANDS
    assert found is not None
    assert (found.title, found.number) == ("联合收件凭证", f"{joined.number}-1")


def test_it_costs_two_statements_however_many_cases(joint) -> None:
    for wide in (False, True):
        by = a_resident()
        number = submitted(joint, by, wide=wide).number
        joint_receipt(number, by)
        _, statements = statements_of(partial(joint_receipt, number, by))
        assert len(statements) == 2


def test_nobody_else_reads_it(joint) -> None:
    number = submitted(joint).number
    for viewer in (a_resident(), joint.members[TOBACCO].handler):
        with pytest.raises(Refusal, match="not-allowed"):
            joint_receipt(number, viewer)


def test_the_erasure_of_one_case_closes_the_receipt_that_names_it(joint) -> None:
    by = a_resident()
    joined = submitted(joint, by, wide=True)
    kept = joint_receipt(joined.number, by).content
    commands.erase_content(numbers_of(joined)[ADVERT], at=LATER)
    with pytest.raises(Refusal, match=r"cases\.paper\.unknown"):
        joint_receipt(joined.number, by)
    assert not joint_of(joined.number, by, at=LATER).has_receipt
    # Whoever printed it can still show that it was given.
    assert papers.check(kept)[0] is papers.Verdict.STANDS


def test_its_key_hangs_on_the_newest_master_after_a_rewrap(joint) -> None:
    by = a_resident()
    number = submitted(joint, by).number
    before = joint_receipt(number, by).content
    rewrap_all(commands.KEY_TABLES)
    assert joint_receipt(number, by).content == before


def test_what_is_promised_for_the_same_day_is_said_so() -> None:
    law = replace(published_promise(), promised=Limit(0, "workday"))
    first = Handled("1", "登记", "登记机关", law)
    arrived = Arrived(
        number="510104-20260309-0000001-0",
        name="一件事",
        lead="登记机关",
        addressee="王秀丽",
        received_on=MONDAY.date(),
        cases=[first, Handled("2", "备案", "公安机关", law, after=("1",))],
        materials=[],
        law=[],
        issuer=Issuer(BodyCode("11510104MB0000001X"), "登记机关"),
        sample=True,
    )
    sheet = receipt_sheet(arrived)
    told = dict(sheet.facts)
    assert "当天受理的，承诺最晚2026年3月9日决定。" in told["1. 登记"]
    assert "从受理那天起，承诺当天决定。" in told["2. 备案"]
    assert "全部最晚2026年3月9日有结果。" in sheet.paragraphs[1]
