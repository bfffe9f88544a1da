"""Residents' pages in English: nothing of our own is left in Chinese, and what stays Chinese says so."""

import re
from collections.abc import Iterator

import pytest
from django.http import HttpResponse
from django.test import Client
from lxml import html

from tests.journeys.people import Account, City, signed_in
from tests.journeys.states import Visit, visits
from tools.messages import BOOKS, catalogue

AS_WRITTEN = {
    "case": {"材料", "食品安全法"},
    "resubmit": {"食品安全法"},
    "certificate": {"餐饮服务", "锦江区市场监督管理局（样例）"},
    "search-sounds": {"居住证"},
}
"""What others wrote and what happens to be a word of ours: names in the tests' own item, an officer's notice,
a certificate as it was issued, what a search was understood to mean."""

HAN = re.compile("[\u3400-\u9fff]+")
NOT_READ = ("script", "style", "textarea", "title")
ATTRIBUTES = ("aria-label", "alt", "placeholder", "title")


@pytest.fixture(scope="module")
def ours() -> frozenset[str]:
    """Everything that pages and packs say in Chinese and that has its English."""
    return frozenset(str(one.id) for book in BOOKS for one in catalogue(book, "en") if one.id and one.string)


def test_residents_pages_are_english(city: City, packs: None, ours: frozenset[str]) -> None:
    browsers: dict[str, Client] = {}
    wrong = []
    for visit in visits(city):
        if (visit.who is not None and visit.who.viewer.officer is not None) or "design" in visit.name:
            continue
        page = _seen(_browser(browsers, visit.who), visit)
        wrong += [f"{visit.name}: does not say that it is Chinese: {run}" for run in _unmarked(page)]
        wrong += [
            f"{visit.name}: has English: {text}"
            for text in _chinese_texts(page)
            if text in ours and not _as_written(visit, text)
        ]
    assert wrong == []


def _as_written(visit: Visit, text: str) -> bool:
    return any(text in words for name, words in AS_WRITTEN.items() if visit.name.startswith(name))


def _browser(browsers: dict[str, Client], who: Account | None) -> Client:
    name = who.name if who else ""
    if name not in browsers:
        browsers[name] = signed_in(who) if who else Client()
        browsers[name].cookies["preferences"] = "en"
    return browsers[name]


def _seen(browser: Client, visit: Visit) -> html.HtmlElement:
    """A page as it is sent; where a button is pressed first, the answer to what stands in its form."""
    answer: HttpResponse = browser.get(visit.address, follow=True)
    if visit.press:
        [*_, form] = html.fromstring(answer.content).xpath("//main//form[.//button]")
        sent = browser.post if form.method == "POST" else browser.get
        typed = {name: value or "" for name, value in form.fields.items()}
        typed |= {
            one.get("name"): one.get("value") for one in form.xpath("(.//button[@class='btn'])[1][@name]")
        }
        answer = sent(form.action or visit.address, typed, follow=True)
    page: html.HtmlElement = html.fromstring(answer.content)
    assert page.get("lang") == "en"
    assert bool(visit.press) <= bool(page.xpath("//*[@role='alert']")), visit.name
    return page


def _elements(page: html.HtmlElement) -> Iterator[html.HtmlElement]:
    for element in page.iter("*"):
        if element.tag not in NOT_READ and not element.xpath("ancestor-or-self::*[@aria-hidden='true']"):
            yield element


def _texts_in(element: html.HtmlElement) -> list[str]:
    return [element.text or "", *(child.tail or "" for child in element)]


def _unmarked(page: html.HtmlElement) -> Iterator[str]:
    for element in _elements(page):
        if not element.xpath("ancestor-or-self::*[@lang='zh-CN']"):
            for text in _texts_in(element):
                yield from HAN.findall(text)


def _chinese_texts(page: html.HtmlElement) -> Iterator[str]:
    """Every text with Chinese in it, heard ones too; but for the way back to Chinese."""
    for element in _elements(page):
        if not element.xpath("ancestor-or-self::button[@name='language']"):
            heard = (element.get(name, "") for name in ATTRIBUTES)
            yield from (text.strip() for text in (*_texts_in(element), *heard) if HAN.search(text))
