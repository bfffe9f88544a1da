"""Understanding: writing made comparable, sounds, slips, people's words, and how well a text fits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongban.engine.search import (
    Fitting,
    Text,
    Weights,
    WordBook,
    core,
    grams,
    heard_in_letters,
    heard_in_slips,
    keys_of_letters,
    keys_of_slips,
    phrases,
    plain,
    runs_of_letters,
    sounds_of,
    spellings,
    terms_of,
    wish_of,
)

TEXTS = st.text(alphabet=st.sampled_from("开饭店停车场证办理登记abＡ１　，（）開車𠮷··"), max_size=30)
BOOK = WordBook.of(
    [
        {
            "means": {
                "养狗": ["犬类准养"],
                "看病": ["门诊", "住院"],
                "孩子看病": ["儿童就医"],
                "ktv": ["歌舞娱乐"],
            },
            "fillers": ["我要", "怎么办", "办"],
            "particles": ["了", "一", "条", "个"],
            "asides": ["注销"],
        }
    ]
)


def sayings(*said: str) -> dict[str, dict[str, int]]:
    """What sounds how, of these words, each said once."""
    found: dict[str, dict[str, int]] = {}
    for word in said:
        for sound in sounds_of(word):
            found.setdefault(sound, {})[word] = 1
    return found


@pytest.mark.parametrize(
    ("written", "compared"),
    [
        ("開飯店", "开饭店"),
        ("ＫＴＶ　包房", "ktv 包房"),
        ("《出生医学证明》首次签发", "出生医学证明 首次签发"),
        ("阿依古丽·买买提", "阿依古丽 买买提"),
        ("𠮷", "𠮷"),
    ],
)
def test_texts_are_compared_by_their_letters_alone(written: str, compared: str) -> None:
    assert plain(written) == compared


@given(TEXTS)
def test_what_is_plain_stays_as_it_is(text: str) -> None:
    assert plain(plain(text)) == plain(text)


@given(TEXTS)
def test_every_pair_of_a_text_stands_in_it(text: str) -> None:
    assert [pair for pair in grams(plain(text)) if pair not in plain(text)] == []


def test_a_word_inside_longer_words_is_found_by_its_pair() -> None:
    assert "停车" in terms_of("公共停车场备案").grams
    assert "停车场" in terms_of("公共停车场备案").words


def test_a_title_is_meant_by_it_by_its_words_and_by_words_side_by_side() -> None:
    assert {"食品经营许可", "食品", "经营许可"} <= phrases("食品经营许可（新办）")
    assert core("食品经营许可（新办）") == "食品经营许可"


def test_a_character_of_two_usual_readings_is_spelled_both_ways() -> None:
    assert {one.full for one in spellings("银行")} == {"yinxing", "yinhang"}
    assert spellings("停车场abc") == ()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("tingchechang", "停车场"),
        ("ting che chang", "停车场"),
        ("tcc", "停车场"),
        ("tincecang", "停车场"),
        ("tingchehcang", "停车场"),
        ("tingcechang", "停车场"),
        ("tingchechangjuzhuzheng", "停车场居住证"),
        ("qqqqqq", ""),
    ],
    ids=[
        "full",
        "apart",
        "initials",
        "blurred",
        "letters-changed-about",
        "letter-missing",
        "two-words",
        "nothing",
    ],
)
def test_letters_are_read_as_what_they_sound(typed: str, meant: str) -> None:
    [run] = runs_of_letters(typed)
    known = {key: said for key, said in sayings("停车场", "居住证").items() if key in keys_of_letters(run)}
    assert heard_in_letters(run, known) == meant


@pytest.mark.parametrize(
    ("written", "unknown", "meant"),
    [
        ("居住正丢了", ["住正"], "居住证丢了"),
        ("在就业补贴", ["在就"], "再就业补贴"),
        ("登月许可", ["登月", "月许"], "登月许可"),
    ],
)
def test_a_wrong_character_of_the_same_sound_is_heard(written: str, unknown: list[str], meant: str) -> None:
    assert heard_in_slips(written, keys_of_slips(written, unknown), sayings("居住证", "再就业")) == meant


@pytest.mark.parametrize(
    ("written", "concepts"),
    [
        ("我要看病", [("看病", ("门诊", "住院"))]),
        ("养了一条狗", [("养狗", ("犬类准养",))]),
        ("我要开KTV", [("开", ()), ("ktv", ("歌舞娱乐",))]),
        ("停车怎么办", [("停车", ())]),
        ("怎么办", [("怎么办", ())]),
        ("", []),
    ],
)
def test_a_wish_is_its_peoples_words_and_what_the_chatter_leaves(
    written: str, concepts: list[tuple[str, tuple[str, ...]]]
) -> None:
    found = [(one.said, one.meanings) for one in wish_of(written, BOOK).concepts]
    assert found == [one for one in concepts if len(one[0]) > 1]


def test_a_longer_word_means_its_own_and_after_that_what_is_within() -> None:
    [concept] = wish_of("孩子看病", BOOK).concepts
    assert (concept.meanings, concept.within) == (("儿童就医",), ("门诊", "住院"))


def fits(wish: str, title: str, body: str = "") -> float:
    standing = {pair: 1 for pair in grams(plain(wish + title)) if pair in title}
    weights = Weights(1000, standing | dict.fromkeys(grams("犬类准养"), 1), BOOK.asides)
    text = Text(plain(title), terms_of(title).cut, core(title), body=body)
    return Fitting(wish_of(wish, BOOK), weights).of(text)


def test_what_peoples_words_mean_fits_as_if_it_had_been_said() -> None:
    assert fits("养了条狗", "犬类准养证核发") > 0.5
    assert fits("养了条狗", "畜禽养殖场备案") < 0.2


def test_a_title_without_more_than_was_asked_fits_best() -> None:
    assert fits("公司登记", "公司登记") > fits("公司登记", "公司分支机构登记") > fits("公司登记", "公司章程")


def test_a_word_of_its_own_fits_better_than_the_same_pair_across_two_words() -> None:
    assert fits("出生", "出生登记") > fits("出生", "演出生产登记")


def test_an_aside_is_behind_unless_it_was_asked_for() -> None:
    assert fits("公司登记", "公司登记") > fits("公司登记", "公司注销登记")
    assert fits("公司注销登记", "公司注销登记") > fits("公司注销登记", "公司登记")


def test_running_text_counts_less_than_the_title() -> None:
    assert 0.2 < fits("停车", "怎么去", body="门口可以停车") < fits("停车", "停车")


@given(TEXTS, TEXTS)
def test_nothing_fits_better_than_wholly(wish: str, title: str) -> None:
    assert fits(wish, title) <= 1.0 + 1e-9


def test_what_was_meant_is_marked_in_the_text_as_it_is_written() -> None:
    fitting = Fitting(wish_of("停车", BOOK), Weights(10, {"停车": 1}))
    assert fitting.marked("公共停車場（样例）") == [("公共", False), ("停車", True), ("場（样例）", False)]
