"""What stays Chinese on a page of another language says so."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongban.site.chinese import marked

MARK = '<span lang="zh-CN">'


def bare(page: str) -> str:
    return re.sub(rf"{MARK}(.*?)</span>", r"\1", page).replace("<span>", "").replace("</span>", "")


@pytest.mark.parametrize(
    ("page", "told"),
    [
        ("<p>Call 张三 now</p>", f"<p><span>Call {MARK}张三</span> now</span></p>"),
        ("<p>Law 《公司法》, Article 2</p>", f"<p><span>Law {MARK}《公司法》</span>, Article 2</span></p>"),
        ("<p>阿依古丽·买买提</p>", f"<p>{MARK}阿依古丽·买买提</span></p>"),
        ("<p>𬱖某</p>", f"<p>{MARK}𬱖某</span></p>"),
        ("<option value=1>锦江区</option>", '<option lang="zh-CN" value=1>锦江区</option>'),
        ("<option value='锦江区'>Jinjiang</option>", "<option value='锦江区'>Jinjiang</option>"),
    ],
)
def test_a_run_of_chinese_is_marked_where_it_stands(page: str, told: str) -> None:
    assert marked(page) == told


@pytest.mark.parametrize(
    "page",
    [
        '<button lang="zh-CN">中文</button>',
        "<title>张三</title>",
        "<script>let a = '张三'</script>",
        "<textarea name=a>\n张三</textarea>",
        '<input value="张三">',
        "<svg><title>张三</title></svg>",
        "<!-- 张三 -->",
        "<p>plain</p>",
    ],
)
def test_what_can_hold_no_mark_or_has_one_is_left_alone(page: str) -> None:
    assert marked(page) == page


@given(st.text(alphabet="ab 张三，。《》·<>&;12", max_size=40))
def test_marks_add_nothing_else_to_a_page(text: str) -> None:
    page = f"<p>{text.replace('&', '&amp;').replace('<', '&lt;').replace('>', '&gt;')}</p>"
    assert bare(marked(page)) == page
    assert not re.search("[\u3400-\u9fff]", re.sub(rf"{MARK}.*?</span>", "", marked(page)))


def test_a_long_text_costs_no_more_than_its_length() -> None:
    long = "汉" * 20_000
    assert marked(f"<p>{long} abc</p>") == f"<p><span>{MARK}{long}</span> abc</span></p>"
