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
    "case-refused": {
        "不予许可要书面说明理由，并告知申请人可以申请行政复议或者提起行政诉讼。",
        "不服决定的，自知道之日起六十日内可以申请行政复议。",
        "直接向人民法院起诉的，自知道之日起六个月内提出。",
    },
    "case-revoked": {
        "不服决定的，自知道之日起六十日内可以申请行政复议。",
        "直接向人民法院起诉的，自知道之日起六个月内提出。",
    },
    "resubmit": {"食品安全法"},
    "certificate": {"餐饮服务", "锦江区市场监督管理局（样例）"},
    "search-sounds": {"居住证"},
}
"""What others wrote and what happens to be a word of ours: names in the tests' own item, an officer's notice,
a decision and a certificate as they were issued, what a search was understood to mean."""

HAN = re.compile("[\u3400-\u9fff]")
MARK = re.compile('<span lang="zh-CN">([^<]*)</span>')
SENTENCE = re.compile("[^。！？]+[。！？]?")
OPEN = re.compile(r"%\(\w+\)s")
TELLING = 4
"""So many characters beside what is filled in make a sentence known again."""
NOT_READ = ("script", "style", "textarea", "title")
ATTRIBUTES = ("aria-label", "alt", "placeholder", "title")


class Ours:
    """All that pages and packs say in Chinese and that has its English, to know it again."""

    def __init__(self) -> None:
        texts = {str(one.id) for book in BOOKS for one in catalogue(book, "en") if one.id and one.string}
        self.whole = {text for text in texts if not OPEN.search(text)}
        telling = (text for text in texts - self.whole if len(HAN.findall(OPEN.sub("", text))) >= TELLING)
        self.open = [OPEN.split(text) for text in telling]

    def among(self, text: str) -> Iterator[str]:
        """What of a text is ours: all of it, or some of its sentences."""
        for one in {text, *SENTENCE.findall(text)}:
            if one in self.whole or any(_fills(one, parts) for parts in self.open):
                yield one


def _fills(text: str, parts: list[str]) -> bool:
    """Whether a text is made of these parts with something between them."""
    first, *between, last = parts
    if not (text.startswith(first) and text.endswith(last)):
        return False
    at, end = len(first), len(text) - len(last)
    for part in between:
        at = text.find(part, at + 1, end) + len(part)
        if at < len(part):
            return False
    return at < end


@pytest.fixture(scope="module")
def ours() -> Ours:
    """What must not be left in Chinese."""
    return Ours()


def test_residents_pages_are_english(city: City, packs: None, ours: Ours) -> None:
    browsers: dict[str, Client] = {}
    wrong = []
    for visit in visits(city):
        if (visit.who is not None and visit.who.viewer.officer is not None) or "design" in visit.name:
            continue
        page = _seen(_browser(browsers, visit.who), visit)
        wrong += [f"{visit.name}: does not say that it is Chinese: {text}" for text in _unmarked(page)]
        left = {one for text in _chinese_texts(page) for one in ours.among(text)}
        wrong += [f"{visit.name}: has English: {one}" for one in left if not _as_written(visit, one)]
    assert wrong == []


def test_programs_are_answered_in_chinese_whatever_a_browser_prefers(city: City) -> None:
    browser = Client()
    browser.cookies["preferences"] = "en"
    answer = browser.get("/api/v1/items/no-such-item")
    assert answer.json()["detail"] == "没有这个事项，或者它还没有发布。"


def _as_written(visit: Visit, text: str) -> bool:
    return any(text in words for name, words in AS_WRITTEN.items() if visit.name.startswith(name))


def _browser(browsers: dict[str, Client], who: Account | None) -> Client:
    name = who.name if who else ""
    if name not in browsers:
        browsers[name] = signed_in(who) if who else Client()
        browsers[name].cookies["preferences"] = "en"
    return browsers[name]


def _seen(browser: Client, visit: Visit) -> str:
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
    page = answer.content.decode()
    assert '<html lang="en"' in page
    assert bool(visit.press) <= ('role="alert"' in page), visit.name
    return page


def _elements(page: str) -> Iterator[html.HtmlElement]:
    for element in html.fromstring(page).iter("*"):
        if element.tag not in NOT_READ and not element.xpath("ancestor-or-self::*[@aria-hidden='true']"):
            yield element


def _texts_in(element: html.HtmlElement) -> list[str]:
    return [element.text or "", *(child.tail or "" for child in element)]


def _unmarked(page: str) -> Iterator[str]:
    for element in _elements(page):
        if not element.xpath("ancestor-or-self::*[@lang='zh-CN']"):
            yield from (text for text in _texts_in(element) if HAN.search(text))


def _chinese_texts(page: str) -> Iterator[str]:
    """Every text with Chinese in it, heard ones too, as it was before it was marked; not the way back."""
    for element in _elements(MARK.sub(r"\1", page)):
        if not element.xpath("ancestor-or-self::button[@name='language']"):
            heard = (element.get(name, "") for name in ATTRIBUTES)
            yield from (text.strip() for text in (*_texts_in(element), *heard) if HAN.search(text))
