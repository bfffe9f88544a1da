"""What stays Chinese on a page of another language: names, addresses, what people and the law wrote.

A voice that reads a page aloud must know where the language changes (WCAG 2.2, 3.1.2), and what nobody
translated may stand anywhere. So it is marked where a page leaves the house, in one place for all pages.
"""

import re
from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse

from tongban.kernel.languages import reading_in

Answer = Callable[[HttpRequest], HttpResponse]

LANG: Final = ' lang="zh-CN"'

# Chinese, and what stands between it and more of it.
_RUN: Final = re.compile(
    r"[《“（]?[\u3400-\u9fff\U00020000-\U0003ffff](?:[\u3000-\u303f\uff00-\uff65“”·—…、]*"
    r"[\u3400-\u9fff\U00020000-\U0003ffff])*[》”）。]*"
)
_HAN: Final = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]")
# A tag; elements that can hold no marks, whole.
_TAG: Final = re.compile(r"<!--.*?-->|<(script|style|title|textarea|svg)\b.*?</\1>|<[^>]*>", re.DOTALL)


def marked(page: str) -> str:
    """A page with every run of Chinese in its text marked as such; a page is what our templates render."""
    pieces, tag, behind = [], "", 0
    for found in _TAG.finditer(page):
        pieces.append(_marked(tag, page[behind : found.start()]))
        tag, behind = found[0], found.end()
    return "".join([*pieces, _marked(tag, page[behind:])])


def _marked(tag: str, text: str) -> str:
    """A tag and the text behind it, which it may open."""
    if LANG in tag or not _HAN.search(text):
        return tag + text
    if tag.startswith("<option"):
        # Nothing may stand in an option but text, so that the option itself says its language.
        return tag.replace("<option", f"<option{LANG}", 1) + text
    return tag + _runs(text)


def _runs(text: str) -> str:
    told = _RUN.sub(rf"<span{LANG}>\g<0></span>", text)
    if _RUN.fullmatch(text.strip()):
        return told
    # Held together: where a layout puts what an element holds side by side, one text stays one thing.
    before, behind = text[: -len(text.lstrip())], text[len(text.rstrip()) :]
    return f"{before}<span>{told.strip()}</span>{behind}"


def told_as_chinese(get_response: Answer) -> Answer:
    """Mark what stays Chinese on a page that is read in another language; a page in Chinese is left alone."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        page = response.headers.get("Content-Type", "").startswith("text/html") and not response.streaming
        if page and reading_in():
            response.content = marked(response.content.decode()).encode()
        return response

    return answer
