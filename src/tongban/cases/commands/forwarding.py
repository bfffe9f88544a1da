"""Forwarding: what a lower body examined goes up to the body that decides, into its queue."""

from datetime import datetime

from tongban.cases.commands.change import Acted, changing
from tongban.cases.commands.results import refuse_without_results
from tongban.cases.commands.submit import ensure_queue
from tongban.cases.rules import forwarding
from tongban.cases.rules.acting import open_to, told
from tongban.cases.rules.life import Act
from tongban.catalogue import api as catalogue
from tongban.kernel.access import Deed, Viewer
from tongban.kernel.ids import Version
from tongban.kernel.sql import run


def forward(number: str, *, seen: Version | None, by: Viewer, at: datetime, text: str) -> Acted:
    """Send a case up with what was found. It arrives anew, last, in the queue of the body that decides.

    Refused while an approval is awaited, or an opinion in its days; one that never came in them is noted.
    Four statements beside the transaction.
    """
    with changing(number, at=at, seen=seen) as change:
        acting, head = change.acting(by, Deed.HANDLE), change.state.head
        open_to(change.state, Act.FORWARD, change.law)
        refuse_without_results(change, Act.FORWARD)
        forwarding.answers_first(change.state, acting.today)
        if run("select 1 from cases_approval where case_id = $1::bigint and given is null", (head.id,)):
            raise forwarding.answer_first()
        item = catalogue.item_version(head.item, head.item_version)
        queue = catalogue.queue_of(item, change.law.superiors[head.body].body)
        digest = change.seal("opinion", told(text, "opinion"))
        change.record(forwarding.forward(change.state, acting, queue=queue, text=digest))
        ensure_queue(change.state.head)
        return change.acted
