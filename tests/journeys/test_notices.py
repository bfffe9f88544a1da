"""An officer returns an application; its applicant reads of it here and in the mail, and corrects it."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson
import pytest
from django.test import override_settings
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.journeys.conftest import PHONE, Surf
from tests.journeys.people import City, seal
from tongban.cases import commands
from tongban.cases.commands import CorrectionFault
from tongban.cli import catch_mail
from tongban.kernel.clock import now
from tongban.kernel.ids import PersonKey
from tongban.kernel.sql import run
from tongban.notices import api as notices
from tongban.notices import commands as commands_of_notices
from tongban.notices import handlers
from tongban.notices.commands.sending import SendLaterError
from tongban.portal.pages import home
from tongban.site.happenings import Happenings
from tongban.site.mail import Mail

FAULTS = [CorrectionFault(place="布局图", basis="食品安全法 第三十三条", do="请标出洗消间的位置。")]


@pytest.fixture
def mailbox(tmp_path: Path, live_server: LiveServer, city: City) -> Iterator[int]:
    """A demonstration whose mail is caught; the resident has left an address. The port of the catcher."""
    port = catch_mail.free_port()

    def address_of(person: PersonKey, /) -> str | None:
        return "wangxiuli@example.org" if person == city.resident.viewer.person else None

    notices.supply(happenings=Happenings(), ways={"mail": notices.Way(Mail(), address_of)})
    server = {"EMAIL_HOST": catch_mail.HOST, "EMAIL_PORT": port, "EMAIL_USE_TLS": False}
    with override_settings(DEMONSTRATION=True, CAUGHT_MAIL=tmp_path, ADDRESS=live_server.url, **server):
        yield port
    notices.supply(happenings=Happenings(), ways={})


def tell() -> list[UUID]:
    """Tell people what was sealed, as the worker would; the deliveries that follow."""
    rows = run(
        "delete from procrastinate_jobs where task_name = $1::text returning args::text",
        (handlers.tell_people.name,),
    )
    for (args,) in rows:
        handlers.tell_people(**orjson.loads(args))
    sends = run(
        "delete from procrastinate_jobs where task_name = $1::text returning args ->> 'delivery'",
        (handlers.send.name,),
    )
    return [UUID(delivery) for (delivery,) in sends]


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_from_the_officers_notice_by_mail_to_the_correction(
    city: City, surf: Surf, mailbox: int, tmp_path: Path, scripts: bool
) -> None:
    number = city.world.submit(by=city.resident.viewer, at=now()).number
    city.world.take_next(at=now())
    commands.return_for_correction(number, seen=None, by=city.handler.viewer, at=now(), faults=FAULTS)
    seal()
    deliveries = tell()
    with pytest.raises(SendLaterError):
        send(deliveries)
    page = surf(city.resident, size=PHONE, scripts=scripts)
    page.goto("/demonstration/mail")
    expect(page.get_by_role("main")).to_contain_text("还没有邮件")
    with catch_mail.caught(tmp_path, mailbox):
        send(deliveries)
        send(deliveries)
    page.goto("/")
    page.get_by_role("link", name="通知").first.click()
    read_the_notice(page)
    page.goto("/demonstration/mail")
    expect(page.locator("details")).to_have_count(1)
    expect(page.get_by_role("main")).to_contain_text("需要补正")
    page.get_by_role("link", name="/notices/").first.click()
    expect(page.get_by_role("main")).to_contain_text("请标出洗消间的位置。")
    assert number in page.url
    page.goto("/notices")
    expect(page.locator("li.unread")).to_have_count(0)
    choose_what_comes_by_mail(page)


def send(deliveries: Iterable[UUID]) -> None:
    """The messages leave, or try to."""
    for delivery in deliveries:
        commands_of_notices.deliver(delivery, at=now())


def read_the_notice(page: Page) -> None:
    """It stands there unread, says what to do, and is counted in the head of the page."""
    expect(page.get_by_role("banner")).to_contain_text("1")
    [row] = page.locator("li.unread").all()
    expect(row).to_contain_text("需要补正")
    expect(row).to_contain_text("补好再提交，不用重新排队")


def choose_what_comes_by_mail(page: Page) -> None:
    """The choice is kept, and says where mail goes without saying it whole."""
    page.get_by_role("link", name="哪些要发邮件").click()
    expect(page.get_by_role("main")).to_contain_text("w***@example.org")
    page.get_by_label("办理进展").uncheck()
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_role("status")).to_contain_text("已经记下")
    expect(page.get_by_label("办理进展")).not_to_be_checked()
    expect(page.get_by_label("要您做的事")).to_be_checked()


def test_what_the_city_tells_everyone_is_read_without_signing_in(surf: Surf, transactional_db: None) -> None:
    told = {
        "title": "本周怎么办事",
        "day": "2026-01-05",
        "until": None,
        "text": "窗口**不开门**。\n\n<b>原文</b>",
    }
    more: dict[str, Any] = {"pressing": True, "sample": True, "items": [], "audience": []}
    notices.publish([{"slug": "hours-of-this-week", **told, **more}])
    page = surf(size=PHONE)
    home.announced.forget()
    page.goto("/")
    page.get_by_role("link", name="本周怎么办事").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("本周怎么办事")
    expect(page.get_by_role("main")).to_contain_text("样例")
    expect(page.get_by_role("strong")).to_have_text("不开门")
    expect(page.get_by_role("main")).to_contain_text("<b>原文</b>")
