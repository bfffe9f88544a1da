"""What packs say in the reader's language."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from django.utils import translation

from tongban.kernel import languages


@pytest.fixture
def catalogues(tmp_path: Path, settings: Any) -> Iterator[list[Path]]:
    """A city's own words before those that are shipped."""
    folders = [tmp_path / "own", tmp_path / "shipped"]
    for folder, words in zip(folders, ({"办证": "Get it"}, {"办证": "Get", "身份证": "Card"}), strict=True):
        catalogue, made = Catalog("en"), BytesIO()
        for text, said in words.items():
            catalogue.add(text, said)
        write_mo(made, catalogue)
        path = folder / "en" / "LC_MESSAGES" / "packs.mo"
        path.parent.mkdir(parents=True)
        path.write_bytes(made.getvalue())
    settings.PACKS_LOCALES = folders
    languages._catalogue.cache_clear()
    yield folders
    languages._catalogue.cache_clear()


@pytest.mark.usefixtures("catalogues")
def test_a_citys_own_words_stand_before_those_that_are_shipped() -> None:
    with translation.override("en"):
        assert [languages.told(text) for text in ("办证", "身份证")] == ["Get it", "Card"]


@pytest.mark.usefixtures("catalogues")
def test_what_nobody_translated_is_told_in_chinese_and_nothing_as_nothing() -> None:
    with translation.override("en"):
        assert [languages.told(text) for text in ("新事", "")] == ["新事", ""]


@pytest.mark.usefixtures("catalogues")
def test_who_reads_chinese_reads_the_pack_itself() -> None:
    assert languages.reading_in() == ""
    assert languages.told("办证") == "办证"


def test_a_law_is_cited_with_its_own_name_beside_the_translated_one() -> None:
    assert languages.cited("食品安全法", "第三十五条第一款") == "《食品安全法》第三十五条第一款"
    with translation.override("en"):
        told = languages.cited("食品安全法", "第三十五条第一款")
    assert told == "Food Safety Law 《食品安全法》, Article 35, paragraph 1"
