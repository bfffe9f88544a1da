"""A passkey opens what it was made for, on this site, to this challenge, once; and nothing else does."""

from dataclasses import replace

import pytest

from tongban.identity import api as identity
from tongban.identity import commands
from tongban.identity.commands.passkeys import MOST_PASSKEYS
from tongban.identity.models import Passkey
from tongban.identity.tests.authenticator import Device
from tongban.identity.tests.conftest import NOW, PASSWORD, ZHANG
from tongban.kernel.ids import AccountId, PersonKey
from tongban.kernel.refusal import Refusal

NOT_TAKEN = r"identity\.passkey\.not-taken"


@pytest.fixture
def device(zhang_account: AccountId) -> Device:
    device = Device()
    add(zhang_account, device)
    return device


def add(account: AccountId, device: Device) -> None:
    options, challenge = commands.passkey_to_make(account, "张*丰")
    commands.add_passkey(account, device.made(options), challenge=challenge, device="手机 · Chrome", at=NOW)


def enter(device: Device) -> object:
    options, challenge = commands.passkey_to_show()
    return commands.enter_by_passkey(device.shown(options), challenge=challenge).id


def test_a_passkey_enters_the_account_it_was_made_for(zhang_account: AccountId, device: Device) -> None:
    assert enter(device) == enter(device) == zhang_account
    [own] = identity.own_account(zhang_account, session="").passkeys
    assert own.name == "手机 · Chrome"


def test_the_device_is_told_nothing_that_names_the_person(zhang_account: AccountId) -> None:
    options, _ = commands.passkey_to_make(zhang_account, "张*丰")
    assert ZHANG not in options and "zhang" not in options


def test_an_answer_to_another_challenge_is_not_taken(device: Device) -> None:
    options, _ = commands.passkey_to_show()
    _, challenge = commands.passkey_to_show()
    with pytest.raises(Refusal, match=NOT_TAKEN):
        commands.enter_by_passkey(device.shown(options), challenge=challenge)


@pytest.mark.parametrize(
    "wrong", [{"origin": "https://evil.example"}, {"host": "evil.example"}, {"flags": 0x01}, {"flags": 0}]
)
def test_no_other_site_and_nobody_unverified_enters_or_makes_one(
    zhang_account: AccountId, device: Device, wrong: dict[str, object]
) -> None:
    with pytest.raises(Refusal, match=NOT_TAKEN):
        enter(replace(device, **wrong))  # type: ignore[arg-type]
    with pytest.raises(Refusal, match=NOT_TAKEN):
        add(zhang_account, replace(Device(), **wrong))  # type: ignore[arg-type]
    assert Passkey.objects.count() == 1


def test_another_key_under_the_same_name_enters_nothing(device: Device) -> None:
    with pytest.raises(Refusal, match=NOT_TAKEN):
        enter(Device(credential=device.credential))


def test_a_copied_key_is_found_by_its_counter(device: Device) -> None:
    copy = replace(device)
    enter(device)
    with pytest.raises(Refusal, match=NOT_TAKEN):
        enter(copy)


def test_one_device_holds_one_passkey_of_one_account(device: Device) -> None:
    other = identity.open_account("other", PASSWORD, person=PersonKey(b"2" * 32))
    with pytest.raises(Refusal, match=NOT_TAKEN):
        add(other, device)
    assert Passkey.objects.count() == 1


@pytest.mark.parametrize(
    "answer", ["", "{}", "null", "[]", '{"id": 3}', "\x00", "x" * 50_000, '{"response": {}}']
)
def test_whatever_is_sent_instead_is_not_taken(zhang_account: AccountId, answer: str) -> None:
    with pytest.raises(Refusal, match=NOT_TAKEN):
        commands.enter_by_passkey(answer, challenge=b"c" * 32)
    with pytest.raises(Refusal, match=NOT_TAKEN):
        commands.add_passkey(zhang_account, answer, challenge=b"c" * 32, device="", at=NOW)


def test_a_passkey_that_was_removed_opens_nothing(zhang_account: AccountId, device: Device) -> None:
    [own] = identity.own_account(zhang_account, session="").passkeys
    other = identity.open_account("other", PASSWORD, person=PersonKey(b"2" * 32))
    commands.remove_passkey(other, own.id, at=NOW)
    assert enter(device) == zhang_account
    commands.remove_passkey(zhang_account, own.id, at=NOW)
    with pytest.raises(Refusal, match=NOT_TAKEN):
        enter(device)


def test_a_closed_account_is_not_entered_by_passkey(zhang_account: AccountId, device: Device) -> None:
    identity.close_account(zhang_account)
    with pytest.raises(Refusal, match=NOT_TAKEN):
        enter(device)


def test_passkeys_are_not_made_without_end(zhang_account: AccountId) -> None:
    for _ in range(MOST_PASSKEYS):
        add(zhang_account, Device())
    with pytest.raises(Refusal, match=r"identity\.passkey\.many"):
        add(zhang_account, Device())
