"""A message leaves once, after days of a closed post too, and only to whom it is for."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import transaction

from tongban.kernel.sql import run
from tongban.notices import api as notices
from tongban.notices import commands
from tongban.notices.commands.sending import SendLaterError
from tongban.notices.rules.delivery import MOST_TRIES
from tongban.notices.rules.kinds import Group
from tongban.notices.tests.world import NOON, AbovesFake, Post, a_person, key_of, link_in, news


def on_its_way(post: Post, name: str = "cases.accepted", **changes):
    """A person with an address, and the delivery of what they are told."""
    person = a_person()
    post.addresses[key_of(person)] = "wang@example.org"
    told = notices.tell([news(key_of(person), name, **changes)], at=NOON)
    return person, told.deliveries


def states(delivery: UUID) -> tuple[str, int, int | None]:
    [row] = run("select state, tries, code from notices_delivery where id = $1::uuid", (delivery,))
    return row


def test_the_letter_names_item_and_state_and_leads_to_the_notice(post: Post) -> None:
    person, [delivery] = on_its_way(post, "cases.returned-for-correction")
    commands.deliver(delivery, at=NOON)
    [(address, letter)] = post.sent
    [row] = notices.notices_of(person).rows
    assert address == "wang@example.org"
    assert letter.subject == "需要补正：食品经营许可"
    assert link_in(letter).endswith(f"/notices/{row.id}")
    assert "510104" not in letter.text and str(delivery) in letter.id


def test_sent_once_it_is_not_sent_again(post: Post) -> None:
    _, [delivery] = on_its_way(post)
    for _ in range(3):
        commands.deliver(delivery, at=NOON)
    assert len(post.sent) == 1 and states(delivery) == ("sent", 1, None)


def test_while_the_post_is_closed_it_waits_and_then_goes_once_under_the_same_id(post: Post) -> None:
    _, [delivery] = on_its_way(post)
    post.out_of_order = True
    for hour in range(3):
        with pytest.raises(SendLaterError):
            commands.deliver(delivery, at=NOON + timedelta(hours=hour))
    assert states(delivery) == ("waiting", 3, None) and post.sent == []
    post.out_of_order = False
    for hour in (3, 4):
        commands.deliver(delivery, at=NOON + timedelta(hours=hour))
    assert [str(delivery) in letter.id for _, letter in post.sent] == [True]


def test_what_the_post_says_of_a_person_is_in_no_error(post: Post) -> None:
    _, [delivery] = on_its_way(post)
    post.out_of_order = True
    with pytest.raises(SendLaterError, match="^ConnectionRefusedError$") as failed:
        commands.deliver(delivery, at=NOON)
    assert failed.value.__cause__ is None and failed.value.__suppress_context__


def test_after_days_it_is_given_up_and_the_page_says_so(post: Post) -> None:
    person, [delivery] = on_its_way(post)
    post.out_of_order = True
    for day in range(MOST_TRIES - 1):
        with pytest.raises(SendLaterError):
            commands.deliver(delivery, at=NOON + timedelta(days=day))
    commands.deliver(delivery, at=NOON + timedelta(days=MOST_TRIES))
    assert states(delivery)[0] == "given-up"
    assert "没有发出去" in notices.notices_of(person).rows[0].failed


def test_a_refused_address_is_not_tried_again_and_the_page_says_so(post: Post) -> None:
    person, [delivery] = on_its_way(post)
    post.refuses = 550
    for _ in range(2):
        commands.deliver(delivery, at=NOON)
    assert states(delivery) == ("refused", 1, 550)
    assert "请核对留的邮箱" in notices.notices_of(person).rows[0].failed


def test_nothing_is_sent_inside_a_transaction(post: Post) -> None:
    _, [delivery] = on_its_way(post)
    with transaction.atomic(), pytest.raises(RuntimeError, match="never sent inside a transaction"):
        commands.deliver(delivery, at=NOON)
    assert post.sent == []


def test_a_delivery_that_another_has_in_hand_is_left_to_it_until_it_must_be_dead(post: Post) -> None:
    _, [delivery] = on_its_way(post)
    run(
        "update notices_delivery set state = 'sending', begun_at = $2::timestamptz where id = $1::uuid",
        (delivery, NOON),
    )
    with pytest.raises(commands.NotInHand):
        commands.deliver(delivery, at=NOON + timedelta(seconds=30))
    assert post.sent == []
    commands.deliver(delivery, at=NOON + timedelta(minutes=3))
    assert len(post.sent) == 1 and states(delivery)[0] == "sent"


def test_who_left_no_address_is_sent_nothing(post: Post) -> None:
    person, [delivery] = on_its_way(post)
    del post.addresses[key_of(person)]
    commands.deliver(delivery, at=NOON)
    assert post.sent == [] and states(delivery)[0] == "not-needed"


def test_who_may_read_of_it_no_more_is_sent_nothing(above: AbovesFake, post: Post) -> None:
    agent, firm = a_person(), key_of(a_person())
    above.readers_of[firm] = [key_of(agent)]
    post.addresses[key_of(agent)] = "li@example.org"
    [delivery] = notices.tell([news(firm)], at=NOON).deliveries
    above.readers_of[firm] = []
    commands.deliver(delivery, at=NOON)
    assert post.sent == [] and states(delivery)[0] == "not-needed"


def test_what_happened_days_ago_stands_on_the_page_alone(post: Post) -> None:
    person, deliveries = on_its_way(post, at=NOON - timedelta(days=3))
    assert deliveries == () and notices.unread(person) == 1


def test_only_what_the_reader_wants_is_sent(post: Post) -> None:
    person = a_person()
    commands.want(person, "mail", [Group.TO_DO])
    told = notices.tell(
        [news(key_of(person), "cases.accepted"), news(key_of(person), "cases.returned-for-correction")],
        at=NOON,
    )
    assert (told.notices, len(told.deliveries)) == (2, 1)
    commands.want(person, "mail", list(Group))
    assert len(notices.tell([news(key_of(person))], at=NOON).deliveries) == 1
