"""A phone is shown to be in hand by a code: once, soon, and not by guessing."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tongban.identity import api as identity
from tongban.identity import commands, rules
from tongban.identity.commands import CodeFor
from tongban.identity.commands.codes import use_code
from tongban.identity.models import Account, AccountNote, Contact, OneTimeCode
from tongban.identity.rules import (
    CODE_LASTS,
    CODES_PER_ADDRESS,
    CODES_PER_PHONE,
    SENDING_WINDOW,
    TRIES_PER_CODE,
)
from tongban.identity.tests.conftest import NOW, OTHER_PHONE, PASSWORD, PHONE, ZHANG, Neighbours
from tongban.kernel.hanging import rewrap_all
from tongban.kernel.ids import AccountId, PersonKey
from tongban.kernel.keys import rotate
from tongban.kernel.refusal import Refusal

SOON = NOW + timedelta(minutes=1)
WRONG = r"identity\.code\.wrong"


def send(to: str = PHONE, purpose: CodeFor = CodeFor.ENTER, **more: object) -> None:
    commands.send_code(purpose, to, **{"address": "192.0.2.1", "at": NOW, **more})  # type: ignore[arg-type]


def another(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06d}"


def test_the_right_code_opens_an_account_and_the_next_one_opens_the_same(neighbours: Neighbours) -> None:
    send()
    first = commands.enter_by_code(PHONE, neighbours.code, at=SOON)
    send()
    assert commands.enter_by_code(PHONE, f" {neighbours.code[:3]} {neighbours.code[3:]}", at=SOON) == first
    assert Account.objects.count() == 1
    assert first.person_key is None
    viewer = identity.viewer_of(first, SOON)
    assert viewer.unnamed and viewer.person is None and viewer.shown_as == "138****5678"


def test_a_code_is_used_once(neighbours: Neighbours) -> None:
    send()
    commands.enter_by_code(PHONE, neighbours.code, at=SOON)
    with pytest.raises(Refusal, match=WRONG):
        commands.enter_by_code(PHONE, neighbours.code, at=SOON)


def test_a_code_ends_after_five_minutes(neighbours: Neighbours) -> None:
    send()
    with pytest.raises(Refusal, match=WRONG):
        commands.enter_by_code(PHONE, neighbours.code, at=NOW + CODE_LASTS)
    assert commands.enter_by_code(PHONE, neighbours.code, at=NOW + CODE_LASTS - timedelta(seconds=1))


def test_after_five_wrong_tries_the_right_code_is_worth_nothing(neighbours: Neighbours) -> None:
    send()
    for _ in range(TRIES_PER_CODE):
        with pytest.raises(Refusal, match=WRONG):
            commands.enter_by_code(PHONE, another(neighbours.code), at=SOON)
    with pytest.raises(Refusal, match=WRONG):
        commands.enter_by_code(PHONE, neighbours.code, at=SOON)


def test_a_new_code_takes_the_place_of_the_one_before(neighbours: Neighbours) -> None:
    send()
    before = neighbours.code
    send()
    if before != neighbours.code:
        with pytest.raises(Refusal, match=WRONG):
            commands.enter_by_code(PHONE, before, at=SOON)
    assert commands.enter_by_code(PHONE, neighbours.code, at=SOON)


def test_a_code_serves_its_purpose_its_phone_and_its_account_alone(neighbours: Neighbours) -> None:
    send()
    for purpose, to, account in [
        (CodeFor.PHONE, PHONE, None),
        (CodeFor.ENTER, OTHER_PHONE, None),
        (CodeFor.ENTER, PHONE, AccountId(commands.open_account("a", PASSWORD, person=PersonKey(b"1" * 32)))),
    ]:
        with pytest.raises(Refusal, match=WRONG):
            use_code(purpose, to, neighbours.code, account=account, at=SOON)


@pytest.mark.parametrize("typed", ["", "000", "一二三四五六", "\ud800", "0" * 300])
def test_whatever_else_is_typed_is_a_wrong_code(neighbours: Neighbours, typed: str) -> None:
    send()
    with pytest.raises(Refusal, match=WRONG):
        commands.enter_by_code(PHONE, typed, at=SOON)


def test_nobody_learns_whether_a_phone_has_an_account(neighbours: Neighbours) -> None:
    send()
    commands.enter_by_code(PHONE, neighbours.code, at=SOON)
    prices = []
    for phone in (PHONE, OTHER_PHONE):
        with CaptureQueriesContext(connection) as asked:
            send(phone)
        prices.append(len(asked))
        with pytest.raises(Refusal, match=WRONG):
            commands.enter_by_code(phone, another(neighbours.code), at=SOON)
    assert prices == [2, 2]


def test_codes_to_one_phone_and_from_one_address_are_bounded(neighbours: Neighbours) -> None:
    for number in range(CODES_PER_PHONE):
        send(address=f"192.0.2.{number}")
    with pytest.raises(Refusal, match=r"identity\.code\.too-many") as refusal:
        send(address="192.0.2.99")
    assert (refusal.value.status, len(neighbours.sent)) == (429, CODES_PER_PHONE)
    send(at=NOW + SENDING_WINDOW)
    for number in range(CODES_PER_ADDRESS):
        send(f"139{number:08d}", address="198.51.100.1")
    with pytest.raises(Refusal, match="too-many"):
        send("13700000000", address="198.51.100.1")


def test_what_is_kept_of_a_code_and_a_phone_tells_neither(neighbours: Neighbours) -> None:
    send()
    kept = OneTimeCode.objects.get()
    assert neighbours.code.encode() not in bytes(kept.digest) and neighbours.code not in kept.key
    account = commands.enter_by_code(PHONE, neighbours.code, at=SOON)
    contact = Contact.objects.get()
    assert PHONE not in str(Account.objects.values().get(id=account.id))
    assert PHONE.encode() not in bytes(contact.sealed) + bytes(contact.wrapped_key)
    assert identity.ways_of(AccountId(account.id)).phone == PHONE
    assert PHONE not in repr(identity.ways_of(AccountId(account.id)))


def test_codes_that_ended_a_day_ago_are_swept_away(neighbours: Neighbours) -> None:
    send()
    send(OTHER_PHONE, at=NOW + timedelta(days=2))
    assert OneTimeCode.objects.count() == 1


def test_a_phone_and_its_password_sign_in_however_the_phone_is_typed(neighbours: Neighbours) -> None:
    account = identity.open_account("zhang", PASSWORD, person=PersonKey(b"1" * 32))
    identity.give_phone(account, PHONE)
    for typed in (PHONE, "+86 138-1234-5678", "zhang"):
        assert commands.sign_in(typed, PASSWORD, address="", at=NOW) is not None
    for number in range(rules.TRIES_PER_NAME):
        blanks = " " * number
        assert commands.sign_in(f"138{blanks}12345678", "wrong", address="", at=NOW) is None
    with pytest.raises(Refusal, match="too-many"):
        commands.sign_in(f"+86{PHONE}", PASSWORD, address="", at=NOW)


def test_an_account_without_a_password_is_not_entered_by_any(neighbours: Neighbours) -> None:
    send()
    commands.enter_by_code(PHONE, neighbours.code, at=SOON)
    for password in ("", "!", PASSWORD):
        assert commands.sign_in(PHONE, password, address="", at=NOW) is None


def test_a_closed_account_is_not_entered_by_its_phone(neighbours: Neighbours) -> None:
    send()
    account = commands.enter_by_code(PHONE, neighbours.code, at=SOON)
    identity.close_account(AccountId(account.id))
    send()
    with pytest.raises(Refusal, match=r"identity\.account\.closed"):
        commands.enter_by_code(PHONE, neighbours.code, at=SOON)


def test_another_phone_takes_the_place_of_the_first(neighbours: Neighbours) -> None:
    send()
    account = AccountId(commands.enter_by_code(PHONE, neighbours.code, at=SOON).id)
    send(OTHER_PHONE, CodeFor.PHONE, account=account)
    with pytest.raises(Refusal, match=WRONG):
        commands.change_phone(account, OTHER_PHONE, another(neighbours.code), at=SOON)
    commands.change_phone(account, OTHER_PHONE, neighbours.code, at=SOON)
    assert identity.own_account(account, session="").phone == "139****5678"
    send()
    assert commands.enter_by_code(PHONE, neighbours.code, at=SOON).id != account


def test_a_phone_of_somebody_else_cannot_be_taken(neighbours: Neighbours) -> None:
    for phone in (PHONE, OTHER_PHONE):
        send(phone)
        account = AccountId(commands.enter_by_code(phone, neighbours.code, at=SOON).id)
    send(PHONE, CodeFor.PHONE, account=account)
    with pytest.raises(Refusal, match=r"identity\.phone\.taken"):
        commands.change_phone(account, PHONE, neighbours.code, at=SOON)
    assert identity.ways_of(account).phone == OTHER_PHONE


def test_mail_goes_only_where_somebody_confirmed_it(neighbours: Neighbours, zhang: PersonKey) -> None:
    account = identity.open_account("zhang", PASSWORD, person=zhang)
    identity.give_phone(account, PHONE)
    send("zhang@example.com", CodeFor.MAIL, account=account)
    assert identity.mail_of(zhang) is None
    commands.change_mail(account, "zhang@example.com", neighbours.code, at=SOON)
    assert identity.mail_of(zhang) == "zhang@example.com"
    assert identity.own_account(account, session="").mail == "z***@example.com"
    assert identity.ways_of(account).phone == PHONE
    rotate()
    assert rewrap_all(identity.KEY_TABLES)["contacts"].done == 1
    assert identity.mail_of(zhang) == "zhang@example.com"
    commands.forget_mail(account, at=SOON)
    assert identity.mail_of(zhang) is None


@pytest.mark.parametrize(
    ("password", "fault"),
    [
        ("短", "至少要 10"),
        ("a" * 12, "太容易"),
        (f"my{PHONE}pw", "不要有自己的"),
        ("x" * 50 + "abcd" * 30, "最多"),
    ],
)
def test_a_weak_password_is_refused_with_its_reason(
    neighbours: Neighbours, password: str, fault: str
) -> None:
    send()
    account = AccountId(commands.enter_by_code(PHONE, neighbours.code, at=SOON).id)
    with pytest.raises(Refusal, match=fault):
        commands.choose_password(account, password, at=SOON)
    commands.choose_password(account, PASSWORD, at=SOON)
    assert commands.sign_in(PHONE, PASSWORD, address="", at=NOW) is not None


def test_leaving_destroys_what_was_kept_and_lets_the_person_come_back(neighbours: Neighbours) -> None:
    send()
    account = AccountId(commands.enter_by_code(PHONE, neighbours.code, at=SOON).id)
    person = commands.make_known(account, "张三丰", ZHANG, address="", at=SOON)
    neighbours.open_cases = 2
    with pytest.raises(Refusal, match=r"identity\.account\.open-cases"):
        commands.leave(account, at=SOON)
    assert identity.profile_of(person) is not None
    neighbours.open_cases = 0
    commands.leave(account, at=SOON)
    assert identity.profile_of(person) is None
    assert not Contact.objects.exists() and not AccountNote.objects.exists()
    send()
    again = AccountId(commands.enter_by_code(PHONE, neighbours.code, at=SOON).id)
    assert again != account
    assert commands.make_known(again, "张三丰", ZHANG, address="", at=SOON) == person
