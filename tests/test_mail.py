"""Mail by real SMTP: what arrives, what is refused for good, what may be tried again, what is kept."""

import smtplib
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.test import override_settings

from tongban.cli import catch_mail
from tongban.notices.api import AddressRefused, Letter
from tongban.site.mail import Mail

LETTER = Letter("<0f0e@tongban.example>", "需要补正：食品经营许可", "您好：\n\n请补上布局图。\n")


class Moody:
    """A mail server that says no, of the address or of the letter."""

    def __init__(self, address: str = "250 OK", letter: str = "250 OK") -> None:
        self._address, self._letter = address, letter

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if self._address.startswith("2"):
            envelope.rcpt_tos.append(address)
        return self._address

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        return self._letter


@contextmanager
def sent_by(port: int) -> Iterator[None]:
    with override_settings(EMAIL_HOST="127.0.0.1", EMAIL_PORT=port, EMAIL_USE_TLS=False):
        yield


@contextmanager
def caught(folder: Path) -> Iterator[None]:
    port = catch_mail.free_port()
    with catch_mail.caught(folder, port), sent_by(port):
        yield


@contextmanager
def a_server(**moods: str) -> Iterator[None]:
    port = catch_mail.free_port()
    controller = Controller(Moody(**moods), hostname="127.0.0.1", port=port)
    controller.start()
    try:
        with sent_by(port):
            yield
    finally:
        controller.stop()


def test_a_letter_arrives_whole_and_bears_the_same_id_at_every_try(tmp_path: Path) -> None:
    with caught(tmp_path):
        for _ in range(2):
            Mail().send("wang@example.org", LETTER)
    letters = [
        message_from_bytes(file.read_bytes(), policy=policy.default) for file in tmp_path.glob("*.eml")
    ]
    assert [letter["Message-ID"] for letter in letters] == [LETTER.id] * 2
    letter = letters[0]
    assert (letter["Subject"], letter["To"]) == (LETTER.subject, "wang@example.org")
    assert letter.get_content().replace("\r\n", "\n") == LETTER.text
    assert letter["Auto-Submitted"] == "auto-generated"


@pytest.mark.parametrize(
    ("mood", "code"),
    [({"address": "550 no such user"}, 550), ({"letter": "554 not wanted"}, 554)],
)
def test_what_is_refused_for_good_is_told_by_its_code_alone(mood: dict[str, str], code: int) -> None:
    with a_server(**mood), pytest.raises(AddressRefused) as refused:
        Mail().send("wang@example.org", LETTER)
    assert refused.value.code == code and "wang" not in str(refused.value)


@pytest.mark.parametrize("mood", [{"address": "450 mailbox busy"}, {"letter": "451 try again"}])
def test_what_is_refused_for_now_may_be_tried_again(mood: dict[str, str]) -> None:
    with a_server(**mood), pytest.raises(smtplib.SMTPException):
        Mail().send("wang@example.org", LETTER)


def test_a_server_that_is_away_may_be_tried_again() -> None:
    with a_server():
        pass
    with override_settings(EMAIL_HOST="127.0.0.1", EMAIL_PORT=1, EMAIL_USE_TLS=False), pytest.raises(OSError):
        Mail().send("wang@example.org", LETTER)


@pytest.mark.parametrize("address", ["王秀丽", "wang@", "wang@example.org\nBcc: all@example.org"])
def test_what_is_no_address_is_refused_for_good(address: str, tmp_path: Path) -> None:
    with caught(tmp_path), pytest.raises(AddressRefused):
        Mail().send(address, LETTER)
    assert list(tmp_path.glob("*.eml")) == []


def test_a_demonstration_keeps_the_newest_letters_and_goes_on_counting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catch_mail, "MOST", 3)
    for _ in range(2):
        with caught(tmp_path):
            for _ in range(2):
                Mail().send("wang@example.org", LETTER)
    assert sorted(file.stem for file in tmp_path.glob("*")) == ["0000000002", "0000000003", "0000000004"]
