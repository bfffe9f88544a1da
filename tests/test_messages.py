"""Texts in other languages: every one has its words, and what programs read is what people wrote."""

import gettext
from io import BytesIO

import pytest
from django.test import Client

from tools.messages import LANGUAGES, LOCALE, SOURCE, catalogue, compiled, placeholders, texts


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_has_its_words(language: str) -> None:
    words = catalogue(language)
    assert {text for text, _ in texts() if not (text in words and words[text].string)} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_words_are_left_over_and_none_forget_what_is_filled_in(language: str) -> None:
    said = {text for text, _ in texts()}
    written = {str(one.id): str(one.string) for one in catalogue(language) if one.id}
    assert set(written) - said == set()
    assert {
        text for text, words in written.items() if words and placeholders(text) != placeholders(words)
    } == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_programs_read_was_made_from_what_people_wrote(language: str) -> None:
    kept = (LOCALE / language / "LC_MESSAGES" / "django.mo").read_bytes()
    assert kept == compiled(language), "run make messages"
    assert gettext.GNUTranslations(BytesIO(kept)).gettext("返回") != "返回"


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
