"""What looks right and is not: mistakes that no shape shows, and that nobody would have been told of."""

import shutil
from pathlib import Path

import pytest

from tongban.engine.packs.tests.copies import PACKS, checked, copy_to
from tongban.engine.packs.tests.newcomers import ELEMENTS, FORM, GUIDE, ITEM, only, told, write

HOME = "items/residence-permit"


def codes(*paths: Path) -> list[str]:
    return [fault.code for fault in checked(*paths).faults]


def own_home(folder: Path) -> Path:
    """A folder of one's own with an item of the installation, unchanged."""
    shutil.copytree(PACKS / HOME, folder / "city" / HOME)
    return folder / "city"


@pytest.mark.parametrize("elsewhere", ["item/library-card", "library-card", "service/library-card"])
def test_an_item_where_none_is_looked_for_is_told_with_its_place(garden: Path, elsewhere: str) -> None:
    shutil.copytree(garden / "items/library-card", garden / elsewhere)
    shutil.rmtree(garden / "items")
    fault = only(checked(garden).faults)
    assert (fault.code, fault.file) == ("PACK-EMPTY", str(garden / elsewhere / "item.yaml"))
    assert str(garden / "items/library-card/item.yaml") in fault.says


def test_it_is_told_too_where_the_folder_holds_nothing_else(garden: Path) -> None:
    (garden / "items").rename(garden / "item")
    (garden / ELEMENTS).unlink()
    assert codes(garden) == ["PACK-EMPTY"]


def test_the_files_of_an_item_stand_in_a_folder_of_their_own(garden: Path) -> None:
    for file in (garden / "items/library-card").iterdir():
        file.rename(garden / "items" / file.name)
    (garden / "items/library-card").rmdir()
    assert codes(garden) == ["PACK-EMPTY"]


def test_a_folder_without_anything_to_publish_is_told_with_what_it_holds(garden: Path) -> None:
    shutil.rmtree(garden / "items")
    fault = only(checked(garden).faults)
    assert (fault.code, fault.file) == ("PACK-EMPTY", str(garden))
    assert "elements.yaml" in fault.says


def test_an_item_does_not_take_the_place_of_another_service(garden: Path) -> None:
    (garden / "items/library-card").rename(garden / HOME)
    fault = only(checked(garden).faults)
    assert fault.code == "ITEM-OF-ANOTHER"
    assert "居住证" in fault.says


def test_a_city_may_put_its_own_in_the_place_of_the_same_service_and_is_told_so(tmp_path: Path) -> None:
    city = own_home(tmp_path)
    assert checked(city).notes == ()
    write(city, f"{HOME}/item.yaml", "visits: 0", "visits: 0\nquantity_limit: 不限")
    result = checked(city)
    assert result.faults == ()
    note = only(result.notes)
    assert note.code == "ITEM-REPLACES"
    assert "会替换安装里的事项“residence-permit”" in note.says


def test_the_installation_replaces_nothing(tmp_path: Path) -> None:
    packs = copy_to(tmp_path)
    write(packs, f"{HOME}/item.yaml", "visits: 0", "visits: 0\nquantity_limit: 不限")
    assert checked(packs, installed=packs).notes == ()


def test_an_element_of_the_installation_keeps_its_kind(garden: Path) -> None:
    with (garden / ELEMENTS).open("a", encoding="utf-8") as file:
        file.write(
            "employer-name: {name: 单位, kind: number, personal: true, source: 自定, checked: false}\n"
        )
    faults = checked(garden).faults
    assert [(one.code, one.file, one.line) for one in faults][:1] == [
        ("ELEMENT-OTHER-KIND", str(garden / ELEMENTS), 8)
    ]
    assert "text" in faults[0].says


@pytest.mark.parametrize(
    ("place", "words", "code", "named"),
    [
        ("{{flow}}", "等 10 个工作日", "GUIDE-PERIOD-BY-HAND", "10 个工作日"),
        ("{{materials}}", "照片十天内补上", "GUIDE-PERIOD-BY-HAND", "十天"),
        ("{{promise}}", "一般两三个小时，最多 1 个月", "GUIDE-PERIOD-BY-HAND", "两三个小时"),
        ("{{fee}}", "每次50元", "GUIDE-AMOUNT-BY-HAND", "50元"),
        ("{{flow}}", "另收二十块钱", "GUIDE-AMOUNT-BY-HAND", "二十块钱"),
        ("{{offices}}", "停车 1,000.5 元", "GUIDE-AMOUNT-BY-HAND", "1,000.5 元"),
    ],
)
def test_no_section_of_a_guide_tells_a_period_or_an_amount_by_hand(
    garden: Path, place: str, words: str, code: str, named: str
) -> None:
    said = only(told(garden, GUIDE, place, f"{place}\n\n{words}"))
    assert f": {code}: 不要手写“{named}”" in said


@pytest.mark.parametrize(
    "words", ["1月1日起办", "11 月 20 日停办", "24 小时自助", "满八十岁", "前一个月来签"]
)
def test_days_of_the_calendar_ages_and_opening_hours_may_be_told(garden: Path, words: str) -> None:
    assert told(garden, GUIDE, "{{offices}}", f"{{{{offices}}}}\n\n{words}") == []


def test_the_statutory_limit_is_proposed_only_where_there_is_one(garden: Path, tmp_path: Path) -> None:
    said = only(told(garden, GUIDE, "{{promise}}", "{{promise}} 两天"))
    assert "{{statutory}}" not in said
    said = only(told(own_home(tmp_path), f"{HOME}/guide.md", "{{promise}}", "{{promise}} 两天"))
    assert "{{promise}} 和 {{statutory}}" in said


def test_options_are_told_apart_by_their_words(garden: Path) -> None:
    said = only(told(garden, ELEMENTS, "large: 大的", "large: 小的"))
    assert said.startswith("garden/elements.yaml:7: OPTIONS-ALIKE: 选项 small 和 large 都叫“小的”")


@pytest.mark.parametrize("field", ["name", "note"])
def test_no_condition_waits_for_certain_words_of_a_free_text(garden: Path, field: str) -> None:
    write(garden, FORM, "- {name: note, element: employer-name, why: 好安排, required: false, when",
          "- {name: note, element: living-address, why: 好安排, required: false, when")  # fmt: skip
    said = told(garden, FORM, "field: by_other, equals: true", f"field: {field}, equals: 张三")
    assert [one.split(": ")[1] for one in said] == ["CONDITION-ON-FREE-TEXT"]
    assert "present: true" in said[0]


def test_what_steps_take_is_told_in_the_unit_of_the_promise(garden: Path) -> None:
    said = only(told(garden, ITEM, "takes: {value: 1, unit: workday}", "takes: {value: 1, unit: day}"))
    assert ": FLOW-OTHER-UNIT: " in said
    assert "请都写 workday" in said


def test_a_code_of_an_office_has_one_name_here_and_in_the_installation(garden: Path) -> None:
    said = only(told(garden, ITEM, "11510104MB9000098F", "11510104MB9000031K"))
    assert ": OFFICE-NAME-DIFFERS: " in said
    assert "“锦江区民政局（样例）”" in said
    assert "11510104MB9000099J" in said


def test_a_code_of_an_office_has_one_name_in_all_items_of_a_folder(garden: Path) -> None:
    again = shutil.copytree(garden / "items/library-card", garden / "items/reading-room")
    write(again, "item.yaml", "512012900000", "512012900001")
    assert codes(garden) == []
    write(again, "item.yaml", "锦江区图书馆（样例）", "锦江区阅览室（样例）")
    assert codes(garden) == ["OFFICE-NAME-DIFFERS"]


@pytest.mark.parametrize(("region", "told_so"), [("510104", 0), ("510100", 0), ("510105", 1)])
def test_a_region_that_disagrees_with_the_code_of_its_office_is_told_and_allowed(
    garden: Path, region: str, told_so: int
) -> None:
    write(garden, ITEM, 'region: "510104"', f'region: "{region}"')
    result = checked(garden)
    assert result.faults == ()
    assert [note.code for note in result.notes] == ["OFFICE-REGION-ELSEWHERE"] * told_so
