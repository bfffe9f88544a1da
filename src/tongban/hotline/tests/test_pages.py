"""The pages of the hotline: nothing typed is lost, and nothing is told to who has no word."""

import re
from uuid import uuid4

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db

WORD = re.compile(r'<p class="where num">(\S+ \d{3} \d{3})</p>')


def form(**typed: str) -> dict[str, str]:
    return {"key": str(uuid4()), "phone": "139 0000 1234", "what": "津贴怎么领", "hours": "any"} | typed


def test_who_asks_is_told_a_word_and_finds_the_request_by_it(client: Client) -> None:
    answer = client.post("/call-back", form(), REMOTE_ADDR=uuid4().hex)
    assert answer.status_code == 200
    found = WORD.search(answer.content.decode())
    assert found is not None
    told = client.post("/call-back/standing", {"phone": "139 0000 1234", "word": found[1]}).content.decode()
    assert "还没有打" in told and "还没有人看过您的电话" in told
    gone = client.post(
        "/call-back/standing", {"phone": "13900001234", "word": found[1], "withdraw": "1"}
    ).content.decode()
    assert "您已经取消" in gone


def test_a_fault_is_linked_to_its_field_and_nothing_typed_is_lost(client: Client) -> None:
    answer = client.post("/call-back", form(phone="12", what="我想问<低保>", called="老李"))
    text = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#f-phone"' in text
    assert "我想问&lt;低保&gt;" in text and 'value="老李"' in text and 'value="12"' in text


@pytest.mark.parametrize(
    "wrong",
    [{"key": "x"}, {"about": "no-such-item"}, {"hours": "midnight"}, {"what": "长" * 301}, {"phone": "²"}],
)
def test_any_content_gets_a_page_in_words(client: Client, wrong: dict[str, str]) -> None:
    answer = client.post("/call-back", form(**wrong), REMOTE_ADDR=uuid4().hex)
    assert answer.status_code in (200, 422)
    assert "<h1>" in answer.content.decode()


def test_a_wrong_word_tells_nothing(client: Client) -> None:
    text = client.post(
        "/call-back/standing", {"phone": "13900001234", "word": "熊猫 000 000"}
    ).content.decode()
    assert "没有找到" in text
