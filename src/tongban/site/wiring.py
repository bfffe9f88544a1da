"""Who reacts to what. Every reaction between contexts is on this page."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.core.signals import request_started
from django.db import transaction
from procrastinate.tasks import Task

from tongban.administration import api as administration
from tongban.cases import api as cases
from tongban.cases.handlers import complete_delivered
from tongban.catalogue import api as catalogue
from tongban.certificates import api as certificates
from tongban.counters import api as counters
from tongban.engine.calendar import legal_day
from tongban.exchange import api as exchange
from tongban.hotline import api as hotline
from tongban.identity import api as identity
from tongban.kernel import pages, sql
from tongban.kernel.ids import EventId
from tongban.ledger import api as ledger
from tongban.notices import api as notices
from tongban.notices.handlers import follow, tell_people
from tongban.papers import api as papers
from tongban.site import neighbours
from tongban.site.happenings import Happenings
from tongban.site.mail import Mail

REACTIONS: Final[Mapping[str, Sequence["Task[..., None, Any]"]]] = {
    "cases.delivered": [complete_delivered],
}
"""By an event's name, as its leaf tells it: the jobs to do once it is sealed, each given the case's id."""


REGISTERS: Final[Mapping[str, exchange.Register]] = {}
"""The adapters of real registers, by slug; a register without one is the sample that a pack holds."""


KEY_TABLES: Final = (
    *cases.KEY_TABLES,
    *certificates.KEY_TABLES,
    *exchange.KEY_TABLES,
    *hotline.KEY_TABLES,
    *identity.KEY_TABLES,
    *papers.KEY_TABLES,
)
"""Every table whose rows keep a key that hangs on the ring. What is missing here is lost one day."""


TOLD_AT_ONCE: Final = 200
"""How many events one job tells people of: as many as it may lose time over when it is done again."""


def ways() -> dict[str, notices.Way]:
    """By which channels messages leave the house. Text messages and WeChat would stand here."""
    return {"mail": notices.Way(Mail(), identity.mail_of)} if settings.EMAIL_HOST else {}


def tell(rows: Sequence[ledger.Sealed], /) -> None:
    """Make the jobs of sealed events, in the transaction that seals them; one statement a kind of job."""
    waiting: dict[Task[..., None, Any], list[dict[str, Any]]] = {}
    for row in rows:
        for job in REACTIONS.get(row.told, ()):
            waiting.setdefault(job, []).append({"case_id": row.case_id})
    for job, asked in waiting.items():
        job.batch_defer(*asked)
    tell_people_of([row.event_id for row in rows if notices.tells(row.told)])


def tell_people_of(news: Sequence[EventId]) -> None:
    """Have people told of these events, by jobs; one statement, none for no events."""
    if news:
        places = range(0, len(news), TOLD_AT_ONCE)
        batches: list[dict[str, Any]] = [{"events": news[at : at + TOLD_AT_ONCE]} for at in places]
        tell_people.batch_defer(*batches)


def tell_of_ending_drafts(at: datetime) -> int:
    """Tell whoever has a draft that ends soon, once; how many were told. Three statements, one for none."""
    with transaction.atomic():
        news = [_ending(one, at) for one in cases.take_ending(at)]
        if news:
            follow(notices.tell(news, at=at))
    return len(news)


def _ending(draft: cases.EndingDraft, at: datetime) -> notices.News:
    last = legal_day(draft.kept_until)
    return notices.News(
        event=EventId(0),
        name="drafts.ending",
        at=at,
        whose=draft.owner,
        about=notices.About.DRAFT,
        number=str(draft.id),
        item=draft.item_name,
        by_office=False,
        days={"kept": last},
        once=f"draft {draft.id} {last}",
    )


def files_out(since: datetime, at: datetime) -> int:
    """How many files that wait at a moment may have been stored before another. One statement."""
    return papers.waiting(at, until=since + cases.FILES_WAIT)


def connect() -> None:
    """Give every context what it asks for from above; called once, when the process begins."""
    administration.supply(tables=KEY_TABLES, files_out=files_out)
    catalogue.supply(held=certificates.held)
    catalogue.supply_life(cases.LIFE_OF_FLOWS)
    cases.supply(standing=counters.standing)
    exchange.supply(REGISTERS)
    notices.supply(happenings=Happenings(), ways=ways())
    identity.supply(
        registers=neighbours.AskedRegisters(),
        phone_codes=neighbours.send_code,
        mail_codes=neighbours.mail_code,
        open_affairs=neighbours.open_affairs,
        matters=neighbours.matters,
    )
    ledger.supply(arrived=cases.place_arrivals, tell=tell)
    pages.supply(viewer_of=identity.viewer_of)
    request_started.connect(sql.leave_lost_connection)
