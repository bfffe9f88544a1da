"""Texts in other languages: every one has its words, and what programs read is what people wrote."""

import gettext
import re
from io import BytesIO

import pytest
from django.test import Client

from tools.messages import BOOKS, LANGUAGES, PACKS, SOURCE, Book, catalogue, compiled, placeholders, texts

HAN = re.compile("[\u3400-\u9fff]")
BESIDE = re.compile("《[^》]+》")
"""The own name of a law, which stays beside the translated one."""

of_every_book = pytest.mark.parametrize("book", BOOKS, ids=lambda book: book.domain)


@of_every_book
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_has_its_words(book: Book, language: str) -> None:
    words = catalogue(book, language)
    assert {text for text, _ in book.texts() if not (text in words and words[text].string)} == set()


@of_every_book
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_words_are_left_over_and_none_forget_what_is_filled_in(book: Book, language: str) -> None:
    said = {text for text, _ in book.texts()}
    written = {str(one.id): str(one.string) for one in catalogue(book, language) if one.id}
    assert set(written) - said == set()
    assert {
        text for text, words in written.items() if words and placeholders(text) != placeholders(words)
    } == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_packs_say_is_translated_whole(language: str) -> None:
    written = {str(one.id): str(one.string) for one in catalogue(PACKS, language) if one.id}
    assert {text for text, words in written.items() if HAN.search(BESIDE.sub("", words))} == set()


@of_every_book
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_programs_read_was_made_from_what_people_wrote(book: Book, language: str) -> None:
    kept = book.file(language, "mo").read_bytes()
    assert kept == compiled(book, language), "run make messages"
    known = next(str(one.id) for one in catalogue(book, language) if one.id)
    assert gettext.GNUTranslations(BytesIO(kept)).gettext(known) != known


def test_texts_are_found_in_templates_and_in_modules() -> None:
    said = dict(texts(SOURCE / "kernel"))
    assert said["跳到正文"] == "kernel/templates/base.html"
    assert said["现在不计时，最后一天待定"] == "kernel/templatetags/parts.py"
    assert "%(city)s通办" in said


def test_the_frame_speaks_the_chosen_language_and_chinese_to_everyone_else() -> None:
    browser = Client(headers={"accept-language": "en"})
    assert '<html lang="zh-CN">' in browser.get("/sign-in").content.decode()
    browser.cookies["preferences"] = "en"
    page = browser.get("/sign-in").content.decode()
    assert '<html lang="en">' in page
    assert "Skip to content" in page and "跳到正文" not in page
    assert "Tongban" in page
