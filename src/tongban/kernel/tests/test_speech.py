"""What Python says is spoken in the reader's language when it is shown, and nowhere before."""

from datetime import UTC, date, datetime

from django.template import Context, Template
from django.utils import translation

from tongban.engine.phrase import phrase
from tongban.kernel.figures import Limit, in_words
from tongban.kernel.speech import city, day_in_words, full_day_in_words, moment_in_words, spoken

MISSING = phrase("%(label)s：%(says)s", label="面积", says=phrase("不能小于 %(least)s。", least=5))


def test_a_phrase_and_the_phrases_in_it_are_spoken_in_the_language_of_the_moment() -> None:
    assert spoken(MISSING) == MISSING == "面积：不能小于 5。"
    with translation.override("en"):
        assert spoken(MISSING).strip() == "面积: It cannot be less than 5."
        assert spoken("在场所布局图上标出洗消间。") == "在场所布局图上标出洗消间。"


def test_a_page_speaks_a_phrase_where_it_shows_it() -> None:
    page = Template("{% load parts %}{{ fault|spoken }}")
    with translation.override("en"):
        assert page.render(Context({"fault": MISSING})).strip() == "面积: It cannot be less than 5."


def test_a_length_of_time_knows_one_from_many_where_the_language_does() -> None:
    assert in_words(Limit(1, "workday")) == "1 个工作日"
    with translation.override("en"):
        assert spoken(in_words(Limit(1, "workday"))) == "1 working day"
        assert spoken(in_words(Limit(20, "workday"))) == "20 working days"
        assert in_words(Limit(20, "workday")) == "20 个工作日"


def test_days_are_written_as_the_language_writes_them() -> None:
    day, at = date(2026, 10, 15), datetime(2026, 10, 15, 1, 30, tzinfo=UTC)
    assert (day_in_words(day), full_day_in_words(day)) == ("10 月 15 日（周四）", "2026 年 10 月 15 日")
    assert moment_in_words(at) == "10 月 15 日 09:30"
    with translation.override("en"):
        assert (day_in_words(day), full_day_in_words(day)) == ("Thu 15 Oct", "15 October 2026")
        assert moment_in_words(at) == "15 Oct, 09:30"


def test_the_city_has_a_name_in_other_languages() -> None:
    assert city() == "成都"
    with translation.override("en"):
        assert city() == "Chengdu"
