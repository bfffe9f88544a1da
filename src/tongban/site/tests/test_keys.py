"""Every key that is kept is known where keys are wrapped anew: one that is not would be lost one day."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.apps import apps
from django.db.models import BinaryField

from tongban.administration import commands
from tongban.administration.rules.keys import OPENS
from tongban.administration.tests.world import ELSEWHERE, NOW, a_body, two_admins
from tongban.cases import api as cases
from tongban.kernel.access import Viewer
from tongban.kernel.ids import CaseId, PersonKey
from tongban.kernel.keys import new_key
from tongban.kernel.refusal import Refusal
from tongban.kernel.sheet import Issuer
from tongban.papers import api as papers
from tongban.papers.tests.samples import a_pdf
from tongban.papers.tests.sheets import a_sheet
from tongban.site import wiring


def test_every_wrapped_key_that_is_stored_is_in_the_table_of_those_wrapped_anew() -> None:
    stored = {
        (model._meta.db_table, field.column)
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, BinaryField) and str(field.column).startswith("wrapped")
    }
    assert stored == {(one.table, one.wrapped) for one in wiring.KEY_TABLES}


@pytest.mark.django_db
def test_a_file_may_hang_on_the_master_before_as_long_as_a_draft_lets_it_wait() -> None:
    since = datetime(2031, 3, 2, tzinfo=UTC)
    for stored_at in (since - timedelta(days=1), since + timedelta(days=1)):
        papers.store(PersonKey(bytes(32)), "a.pdf", a_pdf(), stored_at, waits=cases.FILES_WAIT)
    asked = {days: wiring.files_out(since, since + timedelta(days=days)) for days in (2, 58, 59)}
    assert asked == {2: 1, 58: 1, 59: 0}


def test_officers_read_what_each_of_them_opens() -> None:
    assert sorted(one.code for one in wiring.KEY_TABLES) == sorted(OPENS)


@pytest.mark.django_db
def test_a_bodys_seal_is_renewed_by_two_who_administer_it_and_not_before_it_has_one() -> None:
    (first, second), body = two_admins(), a_body()
    step, why = commands.steps.RenewSeal(body), "密钥可能泄露"

    def prepared(by: Viewer, step: commands.Step) -> UUID:
        return commands.propose(commands.Asked("更换印章密钥", [step], why), by=by, at=NOW)

    with pytest.raises(Refusal, match="administration.keys.no-seal"):
        prepared(first, step)
    sheet = a_sheet(issuer=Issuer(body, "测试机关"))
    papers.make(sheet, owner=CaseId(7), seq=3, key=new_key(), withdrawn_at=None)
    proposal = prepared(first, step)
    assert commands.confirm(proposal, by=first, at=NOW) is None, "it takes a second person"
    assert papers.seals_of(body) != [("测试机关", NOW)]
    commands.agree(proposal, by=second, at=NOW)
    assert papers.seals_of(body) == [("测试机关", NOW)]
    with pytest.raises(Refusal, match="access.not-allowed"):
        prepared(first, commands.steps.RenewSeal(a_body(ELSEWHERE)))
