"""Who the viewer is: by token and by page, with today's mandates and today's posts."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from hypothesis import HealthCheck, given
from hypothesis import settings as profile
from hypothesis import strategies as st

from tongban.directory import api as directory
from tongban.identity import api as identity
from tongban.identity.models import Account, Mandate, Token
from tongban.identity.tests.conftest import CODE, NOW, PASSWORD, TODAY
from tongban.kernel.access import NOBODY, Role, Viewer
from tongban.kernel.ids import AccountId, OfficerId, PersonKey
from tongban.kernel.keys import ring
from tongban.kernel.refusal import Refusal

DAY = timedelta(days=1)


def test_a_residents_token_speaks_for_the_resident(zhang_account: AccountId, zhang: PersonKey) -> None:
    token = identity.create_token(zhang_account, at=NOW)
    assert identity.bearer(token, NOW) == Viewer(account=zhang_account, person=zhang)


def test_an_officers_token_speaks_for_the_officer_with_todays_roles(
    li_account: AccountId, li: OfficerId
) -> None:
    viewer = identity.bearer(identity.create_token(li_account, at=NOW), NOW)
    assert viewer == Viewer(account=li_account, officer=directory.officer(li, TODAY), shown_as="李明")
    assert viewer.officer is not None
    assert viewer.officer.roles == {Role.HANDLER}


def test_an_officer_off_duty_is_signed_in_and_no_more(li_account: AccountId, li: OfficerId) -> None:
    directory.record_absence(li, kind=directory.AbsenceKind.SUSPENDED, since=TODAY)
    viewer = identity.bearer(identity.create_token(li_account, at=NOW), NOW)
    assert viewer == Viewer(account=li_account)


def test_an_enterprises_token_speaks_for_the_enterprise_alone(
    zhang_account: AccountId, zhang: PersonKey, shop: PersonKey
) -> None:
    identity.entitle(zhang, shop, at=NOW, since=TODAY)
    viewer = identity.bearer(identity.create_token(zhang_account, at=NOW, acting_for=shop), NOW)
    assert (viewer.person, viewer.acting_for, viewer.mandates) == (zhang, shop, frozenset({shop}))
    assert viewer.selves == {shop}
    assert viewer.shown_as == "成都小面馆有限公司"


def test_lists_name_a_person_by_the_masked_name(zhang_account: AccountId, zhang: PersonKey) -> None:
    identity.save_profile(zhang, identity.Profile(name="张三丰", id_number="1", phone="2"))
    assert identity.bearer(identity.create_token(zhang_account, at=NOW), NOW).shown_as == "张*丰"
    assert identity.viewer_of(Account.objects.get(id=zhang_account), NOW).shown_as == "张*丰"


def test_a_token_is_kept_as_a_digest(zhang_account: AccountId) -> None:
    token = identity.create_token(zhang_account, at=NOW)
    kept = Token.objects.get()
    assert bytes(kept.digest) == ring().token_digest(token)
    assert token.encode() not in bytes(kept.digest)
    assert token not in repr(identity.tokens(NOW))


def test_a_token_works_until_it_ends(zhang_account: AccountId) -> None:
    token = identity.create_token(zhang_account, at=NOW, days=2)
    assert identity.bearer(token, NOW + 2 * DAY - timedelta(seconds=1)).account == zhang_account
    with pytest.raises(Refusal, match=r"identity\.token\.invalid"):
        identity.bearer(token, NOW + 2 * DAY)


def test_a_revoked_token_is_worthless_at_once(zhang_account: AccountId) -> None:
    token = identity.create_token(zhang_account, at=NOW)
    identity.revoke_token(Token.objects.get().id, at=NOW)
    with pytest.raises(Refusal, match=r"identity\.token\.invalid") as refusal:
        identity.bearer(token, NOW)
    assert refusal.value.status == 401
    assert [row.state for row in identity.tokens(NOW)] == ["revoked"]


def test_a_closed_account_closes_its_tokens(zhang_account: AccountId) -> None:
    token = identity.create_token(zhang_account, at=NOW)
    identity.close_account(zhang_account)
    with pytest.raises(Refusal, match=r"identity\.token\.invalid"):
        identity.bearer(token, NOW)


@pytest.mark.parametrize(
    "token", ["", "tb_", "x" * 46, "tb_" + "A" * 43, "tb_" + "A" * 44, "tb_\ud800", "tb_\x00"]
)
def test_what_is_no_token_is_refused(db: None, token: str) -> None:
    with pytest.raises(Refusal, match=r"identity\.token\.invalid"):
        identity.bearer(token, NOW)


def test_nobody_gets_a_token_for_an_enterprise_without_a_mandate(
    zhang_account: AccountId, shop: PersonKey
) -> None:
    with pytest.raises(Refusal, match=r"identity\.no-mandate"):
        identity.create_token(zhang_account, at=NOW, acting_for=shop)
    assert not Token.objects.exists()


def test_a_revoked_mandate_silences_the_enterprises_token(
    zhang_account: AccountId, zhang: PersonKey, shop: PersonKey
) -> None:
    identity.entitle(zhang, shop, at=NOW, since=TODAY)
    token = identity.create_token(zhang_account, at=NOW, acting_for=shop)
    identity.revoke_mandate(zhang, shop, at=NOW)
    with pytest.raises(Refusal, match=r"identity\.no-mandate") as refusal:
        identity.bearer(token, NOW)
    assert refusal.value.status == 403


def test_a_mandate_of_other_days_takes_the_place_of_the_first_and_the_first_stays_on_record(
    zhang: PersonKey, shop: PersonKey
) -> None:
    identity.entitle(zhang, shop, at=NOW, since=TODAY, until=TODAY + DAY)
    identity.entitle(zhang, shop, at=NOW, since=TODAY, until=TODAY + DAY)
    identity.entitle(zhang, shop, at=NOW, since=TODAY, until=TODAY + 9 * DAY)
    ends = Mandate.objects.order_by("until").values_list("until", "revoked_at")
    assert list(ends) == [(TODAY + DAY, NOW), (TODAY + 9 * DAY, None)]


def test_on_a_page_one_chooses_for_whom_to_act(
    zhang_account: AccountId, zhang: PersonKey, shop: PersonKey
) -> None:
    identity.entitle(zhang, shop, at=NOW, since=TODAY)
    viewer = identity.viewer_of(Account.objects.get(id=zhang_account), NOW)
    assert viewer == Viewer(account=zhang_account, person=zhang, mandates=frozenset({shop}))
    assert [row.code for row in identity.enterprises_of(viewer)] == [CODE]
    acting = identity.act_for(viewer, CODE.lower())
    assert acting == replace(viewer, acting_for=shop, shown_as="成都小面馆有限公司")


@pytest.mark.parametrize("code", [CODE, "91510104MA00000099", "", " ", "x\x00"])
def test_nobody_acts_for_an_enterprise_without_a_mandate(
    zhang_account: AccountId, shop: PersonKey, code: str
) -> None:
    viewer = identity.viewer_of(Account.objects.get(id=zhang_account), NOW)
    with pytest.raises(Refusal, match=r"identity\.no-mandate"):
        identity.act_for(viewer, code)


def test_a_page_shows_nobody_to_be_nobody(zhang_account: AccountId) -> None:
    identity.close_account(zhang_account)
    assert identity.viewer_of(AnonymousUser(), NOW) == NOBODY
    assert identity.viewer_of(Account.objects.get(id=zhang_account), NOW) == NOBODY


days = st.integers(-2, 2).map(lambda number: TODAY + number * DAY)


@profile(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(since=days, until=st.none() | days, revoked=st.booleans(), today=days)
def test_token_page_and_list_of_holders_agree_on_who_is_entitled_today(
    zhang_account: AccountId,
    zhang: PersonKey,
    shop: PersonKey,
    since: date,
    until: date | None,
    revoked: bool,
    today: date,
) -> None:
    if until is not None and until <= since:
        return
    Mandate.objects.all().delete()
    identity.entitle(zhang, shop, at=NOW, since=since, until=until)
    if revoked:
        identity.revoke_mandate(zhang, shop, at=NOW)
    at = NOW + (today - TODAY)
    token = identity.create_token(zhang_account, at=at)
    entitled = not revoked and since <= today and (until is None or today < until)
    by_token = shop in identity.bearer(token, at).mandates
    by_page = shop in identity.viewer_of(Account.objects.get(id=zhang_account), at).mandates
    listed = identity.holders_of(shop, today) == [zhang_account]
    assert (by_token, by_page, listed) == (entitled, entitled, entitled)


def test_the_day_is_a_day_in_shanghai(zhang_account: AccountId, zhang: PersonKey, shop: PersonKey) -> None:
    identity.entitle(zhang, shop, at=NOW, since=TODAY + DAY)
    token = identity.create_token(zhang_account, at=NOW)
    midnight = NOW.replace(hour=16, minute=0)
    assert shop not in identity.bearer(token, midnight - timedelta(seconds=1)).mandates
    assert shop in identity.bearer(token, midnight).mandates


@pytest.mark.parametrize("mandates", [0, 20])
def test_a_viewer_costs_one_statement_however_many_mandates(
    zhang_account: AccountId, zhang: PersonKey, mandates: int, django_assert_num_queries: Any
) -> None:
    for number in range(mandates):
        enterprise = identity.ensure_enterprise(f"91510104MA000000{number:02d}", name="店")
        identity.entitle(zhang, enterprise, at=NOW, since=TODAY)
    token = identity.create_token(zhang_account, at=NOW)
    account = Account.objects.get(id=zhang_account)
    with django_assert_num_queries(1):
        assert len(identity.bearer(token, NOW).mandates) == mandates
    with django_assert_num_queries(1):
        assert len(identity.viewer_of(account, NOW).mandates) == mandates


def test_an_officers_viewer_costs_one_statement_by_token_and_none_by_page(
    li_account: AccountId, django_assert_num_queries: Any
) -> None:
    token = identity.create_token(li_account, at=NOW)
    account = Account.objects.get(id=li_account)
    identity.bearer(token, NOW)
    with django_assert_num_queries(1):
        identity.bearer(token, NOW)
    with django_assert_num_queries(0):
        identity.viewer_of(account, NOW)


def test_the_statement_of_a_token_is_prepared_once(zhang_account: AccountId) -> None:
    token = identity.create_token(zhang_account, at=NOW)
    for _ in range(3):
        identity.bearer(token, NOW)
    with connection.cursor() as cursor:
        cursor.execute(
            "select count(*) from pg_prepared_statements where statement like %s", ["-- Whose a token is%"]
        )
        assert cursor.fetchone() == (1,)


@pytest.mark.parametrize("tokens", [1, 20])
def test_the_list_of_tokens_costs_one_statement(
    zhang_account: AccountId, tokens: int, django_assert_num_queries: Any
) -> None:
    for _ in range(tokens):
        identity.create_token(zhang_account, at=NOW)
    with django_assert_num_queries(1):
        assert len(identity.tokens(NOW)) == tokens


def test_an_account_is_found_by_its_name_and_kind(
    zhang_account: AccountId, li_account: AccountId, li: OfficerId
) -> None:
    resident, officer = identity.AccountKind.RESIDENT, identity.AccountKind.OFFICER
    assert identity.account_named("Zhang", resident) == zhang_account
    assert identity.account_named("li", officer) == identity.account_of_officer(li) == li_account
    for name, kind in [("zhang", officer), ("li", resident), (PASSWORD, resident)]:
        with pytest.raises(Refusal, match=r"identity\.account\.unknown"):
            identity.account_named(name, kind)
