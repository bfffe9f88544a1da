"""The pages of plans: nothing typed is lost, a number opens its list, and nobody acts by an address."""

from io import BytesIO
from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from openpyxl import load_workbook

from tongban.identity import api as identity
from tongban.kernel.access import Viewer
from tongban.plans.models import Event
from tongban.plans.tests.world import Undertaking

pytestmark = pytest.mark.django_db


def signed_in(officer: Viewer) -> Client:
    """A browser in which an officer is signed in."""
    assert officer.officer is not None
    account = identity.open_account(f"plans-{uuid4().hex}", uuid4().hex, officer=officer.officer.id)
    client = Client()
    client.force_login(get_user_model().objects.get(pk=account))
    return client


@pytest.fixture
def city() -> Undertaking:
    return Undertaking().enter()


def test_what_was_typed_stays_where_somebody_acted_meanwhile(city) -> None:
    client, row = signed_in(city.handler), city.row()
    here = f"/desk/plans/{city.slug}/{row.id}/report"
    city.report()
    typed = {"report-stands": "under-way", "report-done": "谈了两轮接口"}
    answer = client.post(here, {"seen": row.version, **typed})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "又有了新的处理" in page and "谈了两轮接口" in page
    assert client.post(here, {"seen": city.row().version, **typed}).status_code == 302


@pytest.mark.parametrize(
    ("who", "act", "status"),
    [
        ("leader", "confirm", 403),
        ("watcher", "change-lead", 403),
        ("supervisor", "confirm", 409),
        ("part", "report", 403),
        ("leader", "burn", 404),
    ],
)
def test_no_address_lets_anybody_do_what_no_button_offers(city, who, act, status) -> None:
    client, row = signed_in(getattr(city, who)), city.row()
    here = f"/desk/plans/{city.slug}/{row.id}/{act}"
    said = {f"{act}-reason": "看过了", f"{act}-lead": city.other, f"{act}-done": "做了", "seen": row.version}
    assert client.get(here).status_code == status
    assert client.post(here, said).status_code == status
    assert Event.objects.filter(measure=row).count() == 1


def test_a_number_opens_its_list_and_the_list_is_exported(city) -> None:
    city.report(stands="stuck")
    client, here = signed_in(city.leader), f"/desk/plans/{city.slug}"
    assert f'{here}/measures?mark=stuck">1<' in client.get(here).content.decode()
    listed = client.get(f"{here}/measures?mark=stuck").content.decode()
    assert "举措（1）" in listed and "第1条要做的事" in listed and "第2条要做的事" not in listed
    sheet = load_workbook(BytesIO(client.get(f"{here}/measures.xlsx?mark=stuck").content))["台账"]
    assert [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)] == ["一1"]


def test_a_long_list_goes_on_behind_its_last_row() -> None:
    city = Undertaking().enter(120)
    client, here = signed_in(city.leader), f"/desk/plans/{city.slug}/measures"
    first = client.get(here).content.decode()
    assert first.count("第") - first.count("第一页") >= 100 and 'rel="next"' in first
    after = first.split("after=")[1].split('"')[0]
    second = client.get(f"{here}?after={after}").content.decode()
    assert second.count("条要做的事") == 20 and 'rel="next"' not in second


def test_a_plan_is_published_by_pressing_and_everybody_sees_it(city) -> None:
    assert Client().get(f"/plans/{city.slug}").status_code == 404
    assert signed_in(city.supervisor).post(f"/desk/plans/{city.slug}").status_code == 302
    page = Client().get(f"/plans/{city.slug}").content.decode()
    assert "3 条举措，0 条已经完成" in page and "第1条要做的事" in page


def test_what_is_asked_for_and_is_not_there_is_refused(city) -> None:
    client, here = signed_in(city.leader), f"/desk/plans/{city.slug}"
    assert client.get(f"{here}/measures?mark=purple").status_code == 422
    assert client.get(f"{here}/{2**40}").status_code == 404
    assert client.get("/desk/plans/no-such-plan").status_code == 404
