"""A phone becomes a person's when the population register knows number and name together."""

from datetime import timedelta

import pytest

from tongban.identity import api as identity
from tongban.identity import commands
from tongban.identity.models import Account
from tongban.identity.rules import NAMING_WINDOW, NAMINGS_PER_ACCOUNT, NAMINGS_PER_NUMBER, is_same_name
from tongban.identity.tests.conftest import NOW, PHONE, WANG, ZHANG, Neighbours, an_account
from tongban.kernel.access import Deed, Thing, allow, allowed
from tongban.kernel.ids import AccountId, PersonKey
from tongban.kernel.keys import ring
from tongban.kernel.refusal import Refusal


@pytest.fixture
def account(neighbours: Neighbours) -> AccountId:
    return an_account(neighbours, PHONE)


def name(account: AccountId, said: str = "张三丰", number: str = ZHANG, **more: object) -> bytes:
    return commands.make_known(account, said, number, **{"address": "192.0.2.1", "at": NOW, **more})  # type: ignore[arg-type]


def test_before_it_nothing_that_needs_a_name_may_be_done(account: AccountId) -> None:
    viewer = identity.viewer_of(Account.objects.get(id=account), NOW)
    for deed in (Deed.APPLY, Deed.STORE_FILE):
        with pytest.raises(Refusal, match=r"access\.real-name"):
            allow(viewer, deed, Thing())
    assert allowed(viewer, Deed.READ_PUBLIC, Thing())


def test_after_it_the_account_is_the_persons(account: AccountId) -> None:
    person = name(account)
    assert person == ring().person_key("person", ZHANG)
    viewer = identity.viewer_of(Account.objects.get(id=account), NOW)
    assert (viewer.person, viewer.unnamed, viewer.shown_as) == (person, False, "张*丰")
    assert allowed(viewer, Deed.APPLY, Thing())
    profile = identity.profile_of(PersonKey(person))
    assert profile is not None
    assert (profile.name, profile.id_number, profile.phone) == ("张三丰", ZHANG, PHONE)


@pytest.mark.parametrize(
    ("said", "number"), [("张三", ZHANG), ("王小明", ZHANG), ("张三丰", WANG), ("", ZHANG)]
)
def test_a_wrong_name_or_number_is_refused_alike(account: AccountId, said: str, number: str) -> None:
    with pytest.raises(Refusal, match=r"identity\.real-name\.mismatch"):
        name(account, said, number)
    assert Account.objects.get(id=account).person_key is None


def test_tries_of_an_account_and_of_a_number_are_bounded_before_the_register_is_asked(
    account: AccountId, neighbours: Neighbours
) -> None:
    for _ in range(NAMINGS_PER_ACCOUNT):
        with pytest.raises(Refusal, match="mismatch"):
            name(account, "李四")
    asked = len(neighbours.asked)
    with pytest.raises(Refusal, match=r"identity\.real-name\.too-many"):
        name(account)
    assert len(neighbours.asked) == asked
    for phone in range(NAMINGS_PER_NUMBER - NAMINGS_PER_ACCOUNT - 1):
        other = an_account(neighbours, f"1391234{phone:04d}")
        with pytest.raises(Refusal, match="mismatch"):
            name(other, "李四")
    with pytest.raises(Refusal, match="too-many"):
        name(an_account(neighbours, "13912349999"))
    assert name(account, at=NOW + NAMING_WINDOW)


def test_a_person_has_one_account_and_an_account_one_person(
    account: AccountId, neighbours: Neighbours
) -> None:
    name(account)
    for again, said, number in [
        (an_account(neighbours, "13912345678"), "张三丰", ZHANG),
        (account, "王小明", WANG),
    ]:
        with pytest.raises(Refusal, match=r"identity\.real-name\.taken"):
            name(again, said, number)


def test_a_child_is_sent_to_its_guardian(account: AccountId, neighbours: Neighbours) -> None:
    with pytest.raises(Refusal, match=r"identity\.real-name\.too-young"):
        name(account, at=NOW - timedelta(days=23 * 365))
    assert neighbours.asked == []


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("阿依古丽·买买提", "阿依古丽•买买提", True),
        ("阿依古丽·买买提", "阿依古丽 . 买买提", True),
        ("王 丽", "王丽", True),
        ("王丽", "王莉", False),
        ("", "", False),
    ],
)
def test_names_are_compared_as_people_write_them(one: str, other: str, same: bool) -> None:
    assert is_same_name(one, other) is same
