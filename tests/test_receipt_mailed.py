"""A receipt by mail: to the confirmed address alone, once, and not without end."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.db import transaction

from tongban.cases import commands
from tongban.cases.commands import mailing
from tongban.cases.tests.test_draft_pages import browser, text
from tongban.cases.tests.world import MONDAY, World, a_resident, a_world, an_agent
from tongban.identity import api as identity
from tongban.kernel.access import Viewer
from tongban.kernel.ids import PersonKey
from tongban.kernel.refusal import Refusal
from tongban.kernel.sql import run
from tongban.notices import api as notices
from tongban.notices.commands.sending import SendLaterError
from tongban.notices.rules.delivery import WAYS
from tongban.notices.tests.world import Post


@pytest.fixture
def world(transactional_db: None) -> World:
    """A licence at a body of its own."""
    return a_world()


@pytest.fixture
def post(monkeypatch: pytest.MonkeyPatch) -> Post:
    """A channel by which letters leave."""
    post = Post()
    monkeypatch.setitem(WAYS, "mail", notices.Way(post, post.address_of))
    return post


def reached(post: Post, person: Viewer) -> Viewer:
    assert person.person is not None
    post.addresses[person.person] = "wang@example.org"
    return person


def waiting(who: Viewer) -> list[UUID]:
    """What somebody asked for and is not over."""
    rows = run("select id from cases_receiptmail where reader = $1::bytea and over_at is null", (who.person,))
    return [mail for (mail,) in rows]


def jobs_for(mail: UUID) -> int:
    [(count,)] = run(
        "select count(*) from procrastinate_jobs where task_name = $1::text and args ->> 'mail' = $2::text",
        (mailing.JOB, str(mail)),
    )
    return int(count)


def asked(number: str, who: Viewer, at: datetime = MONDAY) -> None:
    commands.ask_receipt_mail(number, by=who, at=at)


def test_the_receipt_goes_whole_to_the_confirmed_address_once(world: World, post: Post) -> None:
    who = reached(post, a_resident())
    submitted = world.submit(by=who)
    for _ in range(2):
        asked(submitted.number, who)
    [mail] = waiting(who)
    assert jobs_for(mail) == 1
    for _ in range(2):
        commands.send_receipt(mail, at=MONDAY)
    [(address, letter)] = post.sent
    assert (address, submitted.number in letter.text) == ("wang@example.org", True)
    assert submitted.receipt.strip() in letter.text and str(mail) in letter.id
    assert who.shown_as not in letter.text


def test_a_closed_post_is_tried_again_under_the_same_id(world: World, post: Post) -> None:
    who = reached(post, a_resident())
    asked(world.submit(by=who).number, who)
    [mail] = waiting(who)
    post.out_of_order = True
    with pytest.raises(SendLaterError):
        commands.send_receipt(mail, at=MONDAY)
    post.out_of_order = False
    commands.send_receipt(mail, at=MONDAY)
    assert len(post.sent) == 1 and waiting(who) == []


def test_an_address_that_refuses_ends_it(world: World, post: Post) -> None:
    who = reached(post, a_resident())
    asked(world.submit(by=who).number, who)
    post.refuses = 550
    commands.send_receipt(waiting(who)[0], at=MONDAY)
    assert post.sent == [] and waiting(who) == []


def test_without_an_address_and_to_strangers_nothing_is_sent(world: World, post: Post) -> None:
    who, stranger = a_resident(), reached(post, a_resident())
    number = world.submit(by=who).number
    with pytest.raises(Refusal, match=r"cases\.receipt\.no-mail"):
        asked(number, who)
    with pytest.raises(Refusal, match=r"access\.not-allowed"):
        asked(number, stranger)


def test_not_more_than_some_a_day(world: World, post: Post) -> None:
    who = reached(post, a_resident())
    numbers = [world.submit(by=who).number for _ in range(mailing.MOST + 1)]
    for number in numbers[:-1]:
        asked(number, who)
    with pytest.raises(Refusal, match=r"cases\.receipt\.too-many-mails") as refused:
        asked(numbers[-1], who)
    assert refused.value.status == 429
    asked(numbers[-1], who, MONDAY + timedelta(days=1, minutes=1))


def test_whoever_may_read_of_it_no_longer_is_sent_nothing(world: World, post: Post) -> None:
    agent = reached(post, an_agent())
    asked(world.submit(by=agent).number, agent)
    assert agent.person is not None and agent.acting_for is not None
    identity.revoke_mandate(PersonKey(agent.person), agent.acting_for, at=MONDAY)
    commands.send_receipt(waiting(agent)[0], at=MONDAY)
    assert post.sent == []


def test_no_letter_leaves_inside_a_transaction(world: World, post: Post) -> None:
    who = reached(post, a_resident())
    asked(world.submit(by=who).number, who)
    with transaction.atomic(), pytest.raises(RuntimeError):
        commands.send_receipt(waiting(who)[0], at=MONDAY)


def test_the_page_offers_the_confirmed_address_half_hidden(world: World, post: Post) -> None:
    who = reached(post, a_resident())
    number = world.submit(by=who).number
    client = browser(who)
    page = text(client, f"/cases/{number}/receipt")
    assert "发到我的邮箱" in page and "w***@example.org" in page and "wang@example.org" not in page
    assert client.post(f"/cases/{number}/receipt/mail").status_code == 302
    assert len(waiting(who)) == 1
    post.addresses.clear()
    assert "留个邮箱，发给自己" in text(client, f"/cases/{number}/receipt")
