"""`tongban packs`: what is printed and how it ends."""

import json
import re
from pathlib import Path

import pytest

from tongban.catalogue import api as catalogue
from tongban.cli.__main__ import main
from tongban.engine.packs.tests.copies import PACKS, SLUGS, copy_to
from tongban.engine.packs.tests.test_documentation import example_to
from tongban.kernel.ids import ItemCode


def test_sound_packs_are_counted(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["packs", "check", str(PACKS)]) == 0
    printed = capsys.readouterr().out
    assert re.fullmatch(r"(\d+) 个事项、\d{3} 条只有指南的事项、\d+ 件联办，没有发现错误。\n", printed)
    assert printed.startswith(f"{len(SLUGS)} ")


def test_an_item_alone_is_counted_alone(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["packs", "check", str(PACKS / "items/residence-permit")]) == 0
    assert capsys.readouterr().out == "1 个事项，没有发现错误。\n"


def test_every_fault_is_printed_with_its_file_line_and_code(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    item = copy_to(tmp_path) / "items/residence-permit/item.yaml"
    text = item.read_text("utf-8")
    item.write_text(
        text.replace("value: 10, unit: day", "value: 16, unit: day").replace("visits: 0", "visits: 1")
    )
    assert main(["packs", "check", str(item.parent)]) == 1
    lines = {line: at for at, line in enumerate(item.read_text("utf-8").splitlines(), start=1)}
    out, count = capsys.readouterr()
    printed = [line.split(": ")[:2] for line in out.splitlines()]
    assert count == "2 处错误。\n"
    assert printed == [
        [f"{item}:{lines['promise: {value: 16, unit: day}']}", "PROMISE-LONGER-THAN-STATUTE"],
        [f"{item}:{lines['visits: 1']}", "VISIT-WITHOUT-REASON"],
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("verb", ["check", "load"])
def test_what_will_replace_an_item_of_the_installation_is_told_before_it_is_done(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], verb: str
) -> None:
    item = copy_to(tmp_path) / "items/residence-permit/item.yaml"
    item.write_text(item.read_text("utf-8").replace("visits: 0", "visits: 0\nquantity_limit: 不限"), "utf-8")
    assert main(["packs", verb, str(item.parent)]) == 0
    first = capsys.readouterr().out.splitlines()[0]
    assert first.startswith(f"提醒 {item}:")
    assert ": ITEM-REPLACES: 发布后会替换安装里的事项“residence-permit”" in first
    catalogue.forget()


@pytest.mark.django_db
def test_a_faulty_pack_is_not_loaded(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = catalogue.items()
    packs = copy_to(tmp_path)
    (packs / "items/residence-permit/guide.md").unlink()
    assert main(["packs", "load", str(packs)]) == 1
    out, count = capsys.readouterr()
    assert "FILE-MISSING" in out
    assert count == "1 处错误，没有发布。\n"
    catalogue.forget()
    assert catalogue.items() == before


@pytest.mark.django_db
def test_a_pack_nobody_here_wrote_is_loaded_without_touching_code(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = example_to(tmp_path)
    assert main(["packs", "load", str(folder)]) == 0
    assert capsys.readouterr().out == "library-card 第 1 版 已发布：公共图书馆读者证\n"
    assert main(["packs", "load", str(folder)]) == 0
    assert capsys.readouterr().out == "library-card 第 1 版 没有变化：公共图书馆读者证\n"
    item = catalogue.item(ItemCode("library-card"))
    assert [field.name for _, field, _ in item.form.asked] == ["name", "resident_id", "by_other", "parent"]
    catalogue.forget()


@pytest.mark.django_db
def test_two_versions_are_compared_place_by_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = example_to(tmp_path)
    assert main(["packs", "load", str(folder)]) == 0
    item = folder / "items/library-card/item.yaml" if (folder / "items").exists() else folder / "item.yaml"
    text = item.read_text("utf-8").replace("promise: {value: 2,", "promise: {value: 1,")
    item.write_text(
        text.replace("    need: not-demanded\n", "    need: not-demanded\n    copies: 1\n"), "utf-8"
    )
    assert main(["packs", "load", str(folder)]) == 0
    capsys.readouterr()
    for name in ("library-card", "garden/items/library-card/"):
        assert main(["packs", "diff", name]) == 0
        assert capsys.readouterr().out == (
            "library-card 第 1 版 → 第 2 版：2 处不同\n"
            "item.materials[id-card].copies: （没有） → 1\nitem.promise.value: 2 → 1\n"
        )
    assert main(["packs", "diff", "library-card", "2", "2"]) == 0
    assert capsys.readouterr().out == "library-card 第 2 版 → 第 2 版：没有不同\n"
    catalogue.forget()


@pytest.mark.django_db
def test_one_version_alone_is_compared_with_nothing_and_said_to_be_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["packs", "load", str(example_to(tmp_path))]) == 0
    capsys.readouterr()
    assert main(["packs", "diff", "library-card"]) == 0
    assert capsys.readouterr().out == "library-card 只有第 1 版，还没有可以比较的。\n"
    catalogue.forget()


@pytest.mark.django_db
def test_versions_that_were_never_published_are_refused_with_those_that_were(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["packs", "load", str(example_to(tmp_path))]) == 0
    assert main(["packs", "diff", "library-card", "1", "99"]) == 1
    said = capsys.readouterr().err
    assert "catalogue.version.unknown" in said
    assert "没有第 99 版。已经发布的版本：1。" in said
    assert main(["packs", "diff", "nothing-of-that-name"]) == 1
    assert "catalogue.item.unknown" in capsys.readouterr().err
    catalogue.forget()


def test_schemas_are_written_for_every_kind_of_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["packs", "schemas", str(tmp_path / "schemas")]) == 0
    written = {file.name for file in (tmp_path / "schemas").iterdir()}
    assert {"item.schema.json", "form.schema.json", "certificate.schema.json"} <= written
    assert all(json.loads((tmp_path / "schemas" / name).read_text("utf-8")) for name in written)
