"""What the database itself never allows, by the names of its promises."""

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction

from tongban.directory import api as directory
from tongban.directory.models import Absence, Body, Officer, Post, Region, Tenure
from tongban.directory.tests.conftest import MARKET, MONDAY, TUESDAY
from tongban.kernel.access import Role
from tongban.kernel.ids import OfficerId

pytestmark = pytest.mark.usefixtures("city")


def an_officer() -> OfficerId:
    officer = OfficerId(uuid4())
    directory.ensure_officer(officer, name="李明")
    return officer


def a_post() -> UUID:
    return directory.ensure_post(body=MARKET, title="科员", roles=[Role.HANDLER])


FORBIDDEN: dict[str, Callable[[], object]] = {
    "region_code_has_6_9_12_or_15_digits": lambda: Region.objects.create(code="5101", name="某", level=2),
    "region_has_a_known_level": lambda: Region.objects.create(code="520000", name="某", level=7),
    "region_is_not_its_own_parent": lambda: Region.objects.filter(code="510100").update(parent="510100"),
    "region_has_a_name": lambda: Region.objects.filter(code="510100").update(name=""),
    "body_code_is_a_unified_code": lambda: Body.objects.create(
        code="I" * 18, name="局", region_id="510100", kind="organ"
    ),
    "body_kind_is_known": lambda: Body.objects.filter(code=MARKET).update(kind="club"),
    "body_has_a_name": lambda: Body.objects.filter(code=MARKET).update(name=""),
    "region_has_one_government": lambda: [
        Body.objects.create(code=code, name="某市人民政府", region_id="510100", kind="government")
        for code in ("11510100000000011A", "11510100000000022B")
    ],
    "body_has_one_post_of_a_title": lambda: [
        Post.objects.create(body_id=MARKET, title="局长", roles=["leader"]) for _ in range(2)
    ],
    "post_roles_are_known": lambda: Post.objects.create(body_id=MARKET, title="局长", roles=["king"]),
    "post_has_a_role": lambda: Post.objects.create(body_id=MARKET, title="局长", roles=[]),
    "officer_has_a_name": lambda: Officer.objects.create(name="", edition=0),
    "officer_number_is_plain": lambda: Officer.objects.create(name="李明", edition=0, number="甲 1"),
    "officer_number_is_one_officers": lambda: [
        Officer.objects.create(name="李明", edition=0, number="A-17") for _ in range(2)
    ],
    "tenure_ends_after_it_begins": lambda: Tenure.objects.create(
        officer_id=an_officer(), post_id=a_post(), since=TUESDAY, until=MONDAY
    ),
    "officer_holds_a_post_once_at_a_time": lambda: Tenure.objects.bulk_create(
        [Tenure(officer_id=one, post_id=a_post(), since=MONDAY) for one in [an_officer()] * 2]
    ),
    "absence_ends_after_it_begins": lambda: Absence.objects.create(
        officer_id=an_officer(), kind="leave", since=MONDAY, until=MONDAY
    ),
    "absence_kind_is_known": lambda: Absence.objects.create(officer_id=an_officer(), kind="x", since=MONDAY),
    "absence_is_recorded_once": lambda: Absence.objects.bulk_create(
        [Absence(officer_id=one, kind="leave", since=MONDAY) for one in [an_officer()] * 2]
    ),
    "nobody_stands_in_for_themselves": lambda: Absence.objects.bulk_create(
        [Absence(officer_id=one, stand_in_id=one, kind="leave", since=MONDAY) for one in [an_officer()]]
    ),
}


@pytest.mark.parametrize("promise", FORBIDDEN)
def test_the_database_keeps_its_promise(promise: str) -> None:
    with pytest.raises(IntegrityError, match=promise), transaction.atomic():
        FORBIDDEN[promise]()


def test_every_promise_of_the_database_is_tried() -> None:
    models = [Region, Body, Post, Officer, Tenure, Absence]
    named = {promise.name for model in models for promise in model._meta.constraints}
    assert named == set(FORBIDDEN)
