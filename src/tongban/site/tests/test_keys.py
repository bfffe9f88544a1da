"""Every key that is kept is known where keys are wrapped anew: one that is not would be lost one day."""

from datetime import UTC, datetime, timedelta

import pytest
from django.apps import apps
from django.db.models import BinaryField

from tongban.administration.rules.keys import OPENS
from tongban.cases import api as cases
from tongban.kernel.ids import PersonKey
from tongban.papers import api as papers
from tongban.papers.tests.samples import a_pdf
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
