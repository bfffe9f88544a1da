"""Every key that is kept is known where keys are wrapped anew: one that is not would be lost one day."""

from django.apps import apps
from django.db.models import BinaryField

from tongban.administration.rules.keys import OPENS
from tongban.site import wiring


def test_every_wrapped_key_that_is_stored_is_in_the_table_of_those_wrapped_anew() -> None:
    stored = {
        (model._meta.db_table, field.column)
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, BinaryField) and str(field.column).startswith("wrapped")
    }
    assert stored == {(one.table, one.wrapped) for one in wiring.KEY_TABLES}


def test_officers_read_what_each_of_them_opens() -> None:
    assert sorted(one.code for one in wiring.KEY_TABLES) == sorted(OPENS)
