"""Accounts hold nothing that names a person, and passwords cannot be guessed at leisure."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from tongban.identity import api as identity
from tongban.identity import commands
from tongban.identity.models import (
    Account,
    Enterprise,
    Invitation,
    Mandate,
    SealedProfile,
    SignInCount,
    Token,
)
from tongban.identity.rules import TRIES_PER_ADDRESS, TRIES_PER_NAME, TRY_WINDOW
from tongban.identity.tests.conftest import CODE, NOW, PASSWORD, TODAY
from tongban.kernel.ids import AccountId, OfficerId, PersonKey
from tongban.kernel.keys import Unreadable, ring
from tongban.kernel.refusal import Refusal


def try_to_sign_in(
    name: str = "zhang",
    password: str = PASSWORD,
    *,
    address: str = "192.0.2.1",
    later: timedelta = timedelta(0),
) -> Account | None:
    return commands.sign_in(name, password, address=address, at=NOW + later)


def test_an_account_is_kept_without_its_name(zhang_account: AccountId) -> None:
    row = Account.objects.values().get(id=zhang_account)
    kept = " ".join(str(value) for value in row.values())
    assert "zhang" not in kept
    assert "510104199001010018" not in kept
    assert PASSWORD not in kept


@pytest.mark.parametrize("typed", ["zhang", " Zhang ", "ＺＨＡＮＧ"])
def test_whoever_knows_name_and_password_signs_in(zhang_account: AccountId, typed: str) -> None:
    account = try_to_sign_in(typed)
    assert account is not None
    assert account.id == zhang_account


@pytest.mark.parametrize(("name", "password"), [("zhang", "wrong"), ("wang", PASSWORD), ("zhang", "")])
def test_whoever_does_not_know_both_does_not(zhang_account: AccountId, name: str, password: str) -> None:
    assert try_to_sign_in(name, password) is None


def test_the_stored_name_is_no_name_to_sign_in_by(zhang_account: AccountId) -> None:
    assert try_to_sign_in(Account.objects.get(id=zhang_account).username or "") is None


def test_a_closed_account_signs_in_no_more(zhang_account: AccountId) -> None:
    identity.close_account(zhang_account)
    assert try_to_sign_in() is None


def test_another_password_takes_the_place_of_the_first(zhang_account: AccountId) -> None:
    identity.set_password(zhang_account, "another")
    assert try_to_sign_in() is None
    assert try_to_sign_in(password="another") is not None


@pytest.mark.parametrize("name", ["zhang", "nobody"])
def test_after_five_failures_even_the_right_password_waits(zhang_account: AccountId, name: str) -> None:
    for _ in range(TRIES_PER_NAME):
        assert try_to_sign_in(name, "wrong") is None
    with pytest.raises(Refusal, match=r"identity\.sign-in\.too-many") as refusal:
        try_to_sign_in(name)
    assert refusal.value.status == 429
    assert "15分钟" in refusal.value.do


def test_when_the_window_is_over_the_right_password_counts_again(zhang_account: AccountId) -> None:
    for _ in range(TRIES_PER_NAME):
        assert try_to_sign_in(password="wrong") is None
    almost = TRY_WINDOW - timedelta(seconds=1)
    with pytest.raises(Refusal) as refusal:
        try_to_sign_in(later=almost)
    assert "请在1分钟后" in refusal.value.do
    assert try_to_sign_in(later=TRY_WINDOW) is not None


def test_failures_of_one_name_do_not_shut_out_another(zhang_account: AccountId) -> None:
    for _ in range(TRIES_PER_NAME):
        try_to_sign_in("wang", "wrong")
    assert try_to_sign_in() is not None


def test_signing_in_forgets_the_failures_before(zhang_account: AccountId) -> None:
    for _ in range(3):
        for _ in range(TRIES_PER_NAME - 1):
            assert try_to_sign_in(password="wrong") is None
        assert try_to_sign_in() is not None


def test_one_address_cannot_try_many_names(zhang_account: AccountId) -> None:
    for number in range(TRIES_PER_ADDRESS):
        assert try_to_sign_in(f"guess-{number}", "wrong") is None
    with pytest.raises(Refusal, match="too-many"):
        try_to_sign_in()
    assert try_to_sign_in(address="192.0.2.2") is not None


def test_a_hall_where_many_sign_in_rightly_is_not_shut_out(zhang_account: AccountId) -> None:
    for _ in range(TRIES_PER_ADDRESS + 1):
        assert try_to_sign_in() is not None


def test_counts_of_failures_name_nobody_and_are_swept_after_a_day(zhang_account: AccountId) -> None:
    try_to_sign_in("wang", "wrong", address="192.0.2.7")
    assert not SignInCount.objects.filter(key__in=["wang", "192.0.2.7"]).exists()
    assert SignInCount.objects.count() == 2
    try_to_sign_in(later=timedelta(days=2))
    assert SignInCount.objects.count() == 1


def test_a_person_or_an_officer_has_one_account_and_a_name_is_one_accounts(
    zhang_account: AccountId, zhang: PersonKey
) -> None:
    for name, person in [("zhang", PersonKey(b"2" * 32)), ("other", zhang)]:
        with pytest.raises(Refusal, match=r"identity\.account\.taken"):
            identity.open_account(name, PASSWORD, person=person)
    assert Account.objects.count() == 1


def test_a_password_hashed_once_opens_several_accounts(db: None) -> None:
    shared = identity.hashed(PASSWORD)
    for number in range(2):
        identity.open_account(f"guest-{number}", shared, person=PersonKey(bytes([number]) * 32))
        assert try_to_sign_in(f"guest-{number}") is not None
    assert try_to_sign_in("guest-0", "wrong") is None
    assert PASSWORD not in repr(shared)


def test_an_account_is_for_one_of_the_two(zhang: PersonKey) -> None:
    for whose in [{}, {"person": zhang, "officer": OfficerId(uuid4())}]:
        with pytest.raises(ValueError, match="a person's or an officer's"):
            identity.open_account("zhang", PASSWORD, **whose)  # type: ignore[arg-type]


def test_a_profile_opens_for_its_person_and_lies_sealed(zhang: PersonKey) -> None:
    profile = identity.Profile(name="张三丰", id_number="510104199001010018", phone="13800005678")
    identity.save_profile(zhang, profile)
    assert identity.profile_of(zhang) == profile
    assert identity.profile_of(PersonKey(b"2" * 32)) is None
    kept = SealedProfile.objects.get()
    assert kept.masked_name == "张*丰"
    for secret in (profile.name, profile.id_number, profile.phone):
        assert secret.encode() not in bytes(kept.sealed) + bytes(kept.wrapped_key)
        assert secret not in repr(profile)


def test_the_profile_of_one_person_does_not_open_as_anothers(zhang: PersonKey) -> None:
    identity.save_profile(zhang, identity.Profile(name="张三", id_number="1", phone="2"))
    SealedProfile.objects.update(person_key=b"2" * 32)
    with pytest.raises(Unreadable):
        identity.profile_of(PersonKey(b"2" * 32))


def test_an_erased_profile_is_gone_with_its_key_and_each_saving_has_its_own(zhang: PersonKey) -> None:
    profile = identity.Profile(name="张三", id_number="1", phone="2")
    identity.save_profile(zhang, profile)
    first = SealedProfile.objects.get()
    identity.save_profile(zhang, profile)
    second = SealedProfile.objects.get()
    place = b"identity/profile/" + zhang
    assert ring().unwrap(bytes(first.wrapped_key), place) != ring().unwrap(bytes(second.wrapped_key), place)
    identity.erase_profile(zhang)
    assert not SealedProfile.objects.exists()


def an_account(**known: object) -> Account:
    row = {"username": f"{uuid4().int:064x}"[-64:], "kind": "resident", "person_key": uuid4().bytes, **known}
    return Account.objects.create(**row)


def a_token(**known: object) -> Token:
    row = {"digest": uuid4().bytes, "created_at": NOW, "expires_at": NOW + timedelta(days=1), **known}
    return Token.objects.create(account=an_account(), **row)


def a_mandate(**known: object) -> Mandate:
    enterprise, _ = Enterprise.objects.get_or_create(key=b"e" * 32, code=CODE, name="店")
    row = {"person_key": b"p" * 32, "enterprise": enterprise, "since": TODAY, **known}
    return Mandate.objects.create(**row)


def an_invitation(**known: object) -> Invitation:
    enterprise, _ = Enterprise.objects.get_or_create(key=b"e" * 32, code=CODE, name="店")
    row = {
        "given_by": b"p" * 32,
        "phone": "0" * 64,
        "name": b"n",
        "masked_name": "张*",
        "until": TODAY,
        "enterprise": enterprise,
        **known,
    }
    return Invitation.objects.create(made_at=NOW, **row)


BETWEEN_PEOPLE = {"enterprise": None, "principal": b"q" * 32, "until": TODAY + timedelta(days=1)}


FORBIDDEN: dict[str, Callable[[], object]] = {
    "account_name_is_a_keyed_hash": lambda: an_account(username="zhang"),
    "account_phone_is_a_keyed_hash": lambda: an_account(phone="13800000001"),
    "account_is_a_residents_or_an_officers_not_both": lambda: an_account(officer_id=uuid4()),
    "person_has_one_account": lambda: [an_account(person_key=b"p") for _ in range(2)],
    "officer_has_one_account": lambda: [
        an_account(kind="officer", person_key=None, officer_id=officer) for officer in [uuid4()] * 2
    ],
    "enterprise_code_is_a_unified_code": lambda: Enterprise.objects.create(
        key=b"e", code="I" * 18, name="店"
    ),
    "enterprise_has_a_name": lambda: Enterprise.objects.create(key=b"e", code=CODE, name=""),
    "mandate_ends_after_it_begins": lambda: a_mandate(until=TODAY),
    "mandate_of_a_representative_is_given_by_nobody": lambda: a_mandate(represents=True, given_by=b"q" * 32),
    "invitation_phone_is_a_keyed_hash": lambda: an_invitation(phone="13800000001"),
    "enterprise_invites_a_phone_once_at_a_time": lambda: [an_invitation() for _ in range(2)],
    "person_has_one_unrevoked_mandate_of_an_enterprise": lambda: [a_mandate() for _ in range(2)],
    "person_has_one_unrevoked_mandate_of_a_person": lambda: [a_mandate(**BETWEEN_PEOPLE) for _ in range(2)],
    "mandate_is_of_an_enterprise_or_of_another_person": lambda: a_mandate(
        **BETWEEN_PEOPLE | {"principal": b"p" * 32}
    ),
    "person_invites_a_phone_once_at_a_time": lambda: [an_invitation(enterprise=None) for _ in range(2)],
    "token_expires_after_it_was_made": lambda: a_token(expires_at=NOW),
}


@pytest.mark.django_db
@pytest.mark.parametrize("promise", FORBIDDEN)
def test_the_database_keeps_its_promise(promise: str) -> None:
    with pytest.raises(IntegrityError, match=promise), transaction.atomic():
        FORBIDDEN[promise]()


def test_every_promise_of_the_database_is_tried() -> None:
    models = apps.get_app_config("identity").get_models()
    assert {one.name for model in models for one in model._meta.constraints} == set(FORBIDDEN)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "known"), [("officer", {}), ("resident", {"officer_id": uuid4()}), ("both", {})]
)
def test_no_account_is_of_another_kind_than_its_owner(kind: str, known: dict[str, object]) -> None:
    with pytest.raises(IntegrityError, match="account_is_a_residents"), transaction.atomic():
        an_account(kind=kind, **known)
