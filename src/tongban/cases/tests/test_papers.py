"""Every act of which the law wants a paper gives one, signed and sealed, to those who may read the case."""

import subprocess
from base64 import b64decode
from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image

from tongban.cases import commands
from tongban.cases.commands import CorrectionFault
from tongban.cases.queries import (
    look_at,
    looks_at,
    materials_of,
    paper_of,
    papers_of,
    pictures_of,
    view_of,
)
from tongban.cases.rules.notices import title_of
from tongban.cases.tests.world import (
    FOOD_ANSWERS,
    FOOD_MATERIALS,
    JINJIANG,
    MONDAY,
    a_file,
    a_resident,
    an_agent,
    an_officer,
    seal_all,
)
from tongban.identity import api as identity
from tongban.kernel.access import Role
from tongban.kernel.refusal import Refusal
from tongban.kernel.sql import run
from tongban.papers import api as papers

LATER = MONDAY + timedelta(hours=1)


def titles(number, viewer):
    return [paper.title for paper in papers_of(view_of(number, viewer, at=LATER))][::-1]


def text_of(pdf, folder):
    (folder / "paper.pdf").write_bytes(pdf)
    told = subprocess.run(
        ["pdftotext", folder / "paper.pdf", "-"], capture_output=True, text=True, check=True, timeout=60
    )
    return "".join(told.stdout.split())


def a_photo():
    kept = BytesIO()
    Image.new("RGB", (8, 8), "white").save(kept, "PNG")
    return kept.getvalue()


def last_paper(number, viewer):
    view = view_of(number, viewer, at=LATER)
    return paper_of(view, papers_of(view)[0].seq).content


def submitted(world, resident):
    world.submit(by=resident)
    return world.take_next()


def corrected(world, number):
    faults = [CorrectionFault(place="规章制度", basis="食品安全法 第三十三条", do="请补上健康管理制度。")]
    commands.return_for_correction(number, seen=None, by=world.handler, at=LATER, faults=faults)


def not_accepted(world, number):
    commands.refuse_acceptance(
        number, seen=None, by=world.handler, at=LATER, ground="not-ours", text="请到双流区办理。"
    )


def accepted(world, number):
    commands.accept(number, seen=None, by=world.handler, at=LATER)


def stopped(world, number):
    accepted(world, number)
    commands.start_special_procedure(
        number,
        seen=None,
        by=world.handler,
        at=LATER,
        procedure="hearing",
        told_until=(LATER + timedelta(days=20)).date(),
        text="利害关系人申请听证。",
    )


def extended(world, number):
    accepted(world, number)
    asked = commands.extend(number, seen=None, by=world.handler, at=LATER, text="要等上级检测结果。")
    commands.approve(asked, by=world.leader, at=LATER)


def granted(world, number):
    accepted(world, number)
    commands.grant(number, seen=None, by=world.handler, at=LATER, text="场所符合要求。")


def refused(world, number):
    accepted(world, number)
    commands.refuse(number, seen=None, by=world.handler, at=LATER, text="场所在居民楼的二层。")


def delivered(world, number):
    granted(world, number)
    commands.deliver(number, seen=None, by=world.handler, at=LATER, way="online")


@pytest.mark.parametrize(
    ("act", "title", "said"),
    [
        (corrected, "一次性补正告知书", ["规章制度：请补上健康管理制度。", "食品安全法第三十三条"]),
        (not_accepted, "不予受理决定书", ["请到双流区办理。", "不属于本机关职权范围", "行政复议"]),
        (accepted, "受理通知书", ["自2026年3月9日起受理", "承诺最晚决定", "法定最晚决定", "第四十二条"]),
        (
            stopped,
            "特别程序告知书",
            ["依法需要听证", "2026年3月29日", "利害关系人申请听证。", "十日内组织听证"],
        ),
        (extended, "延长办理期限告知书", ["延长10个工作日", "要等上级检测结果。", "第四十二条"]),
        (granted, "准予行政许可决定书", ["场所符合要求。", "决定准予", "食品经营许可证"]),
        (refused, "不予行政许可决定书", ["场所在居民楼的二层。", "六十日内", "六个月内"]),
        (delivered, "送达回证", ["网上送达", "2026年3月9日"]),
    ],
)
def test_each_act_gives_its_paper(world, act, title, said, tmp_path):
    resident = a_resident("王*丽")
    number = submitted(world, resident)
    act(world, number)
    assert titles(number, resident)[-1] == title
    text = text_of(last_paper(number, resident), tmp_path)
    for words in (title, number, "王*丽：", *said):
        assert words in text


def test_the_receipt_lists_what_was_handed_in(world, tmp_path):
    resident = a_resident()
    number = submitted(world, resident)
    assert titles(number, resident) == ["收件凭证"]
    text = text_of(last_paper(number, resident), tmp_path)
    for words in ("保证食品安全的规章制度", "最晚告知是否受理", "2026年3月16日", "第三十二条第一款第四项"):
        assert words in text


def test_silence_gives_a_paper_too(world):
    resident = a_resident()
    number = submitted(world, resident)
    commands.fire_due(MONDAY + timedelta(days=30))
    assert "视为受理通知书" in titles(number, resident)


def test_only_a_licence_is_called_a_licence(world):
    law = view_of(world.submit().number, world.handler, at=LATER).law
    other = replace(law, regime=replace(law.regime, code="published-promise"))
    assert title_of("granted", law) == "准予行政许可决定书"
    assert (title_of("granted", other), title_of("refused", other)) == ("准予决定书", "不予批准决定书")


def test_a_paper_is_made_at_the_first_look_and_stays_the_same(world):
    resident = a_resident()
    number = submitted(world, resident)
    of_it = "select count(*) from papers_paper where number = $1::text"
    assert run(of_it, (f"{number}-1",)) == [(0,)]
    first = last_paper(number, resident)
    assert last_paper(number, world.handler) == first
    assert run(of_it, (f"{number}-1",)) == [(1,)]
    assert papers.check(first)[0] is papers.Verdict.STANDS


def test_it_bears_the_full_name_of_whoever_applied(world, tmp_path):
    resident, agent = a_resident("阿*提"), an_agent("成都小满餐饮有限公司")
    identity.save_profile(
        resident.person, identity.Profile("阿依古丽·买买提", "510106199207211521", "13800000003")
    )
    for who, name in ((resident, "阿依古丽·买买提"), (agent, "成都小满餐饮有限公司")):
        number = submitted(world, who)
        assert f"{name}：" in text_of(last_paper(number, who), tmp_path)


def test_the_paper_of_an_undone_act_holds_no_longer(world):
    resident = a_resident()
    number = submitted(world, resident)
    granted(world, number)
    decision = last_paper(number, resident)
    asked = commands.reverse(number, seen=None, by=world.handler, at=LATER, text="看错了材料。")
    assert papers.check(decision)[0] is papers.Verdict.STANDS
    commands.approve(asked, by=world.leader, at=LATER)
    assert papers.check(decision)[0] is papers.Verdict.WITHDRAWN
    shown = {paper.title: paper.withdrawn for paper in papers_of(view_of(number, resident, at=LATER))}
    assert shown == {"收件凭证": False, "受理通知书": False, "准予行政许可决定书": True}


def test_a_paper_first_looked_at_after_its_act_was_undone_is_withdrawn_too(world):
    resident = a_resident()
    number = submitted(world, resident)
    granted(world, number)
    asked = commands.reverse(number, seen=None, by=world.handler, at=LATER, text="看错了材料。")
    commands.approve(asked, by=world.leader, at=LATER)
    assert papers.check(last_paper(number, resident))[0] is papers.Verdict.WITHDRAWN


def test_who_may_not_read_the_content_gets_no_paper_and_an_officers_look_is_told(world):
    resident = a_resident()
    number = submitted(world, resident)
    window = an_officer(world.body, Role.WINDOW)
    view = view_of(number, window, at=LATER)
    assert papers_of(view) == []
    with pytest.raises(Refusal, match="cases.paper.unknown"):
        paper_of(view, 1)
    paper_of(look_at(number, world.handler, at=LATER, what="paper"), 1)
    assert "文书" in [look.what for look in looks_at(view_of(number, resident, at=LATER))]


@pytest.mark.parametrize("seq", [0, 2, 99, 10**12])
def test_an_act_that_gives_no_paper_has_none(world, seq):
    resident = a_resident()
    number = submitted(world, resident)
    with pytest.raises(Refusal, match="cases.paper.unknown"):
        paper_of(view_of(number, resident, at=LATER), seq)


def test_once_the_content_is_erased_no_paper_is_made(world):
    resident = a_resident()
    number = submitted(world, resident)
    commands.erase_content(number, at=LATER)
    assert papers_of(view_of(number, resident, at=LATER)) == []


def test_a_paper_that_was_made_costs_two_statements(world):
    resident = a_resident()
    number = submitted(world, resident)
    last_paper(number, resident)
    view = view_of(number, resident, at=LATER)
    with CaptureQueriesContext(connection) as captured:
        paper_of(view, 1)
    assert len(captured) == 2


def test_photos_are_seen_small_by_whoever_may_read_the_content(world):
    resident = a_resident()
    photo = a_file(resident.person, content=a_photo())
    plan = ("food-layout", photo)
    rules = tuple((kind, a_file(resident.person)) for kind in FOOD_MATERIALS[1:])
    application = commands.Application(world.item, JINJIANG, FOOD_ANSWERS, (plan, *rules))
    number = commands.submit(application, by=resident, key=None, at=MONDAY).number
    seal_all()
    view = view_of(number, resident, at=LATER)
    with CaptureQueriesContext(connection) as captured:
        pictures = pictures_of(view)
    assert len(captured) == 2
    [(shown, picture)] = pictures.items()
    assert [one.kind for one in view.materials if one.id == shown] == ["food-layout"]
    assert b64decode(picture.partition("base64,")[2]).startswith(b"\xff\xd8\xff")
    assert [one.picture == picture for one in materials_of(view, pictures)].count(True) == 1
    assert pictures_of(view_of(number, an_officer(world.body, Role.WINDOW), at=LATER)) == {}


def test_without_photos_nothing_is_asked(world):
    resident = a_resident()
    view = view_of(world.submit(by=resident).number, resident, at=LATER)
    with CaptureQueriesContext(connection) as captured:
        assert pictures_of(view) == {}
    assert len(captured) == 0
