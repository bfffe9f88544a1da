"""The one receipt of a joint service, for whoever applied: signed, sealed, and the same ever after."""

from collections.abc import Iterable, Mapping

from django.conf import settings
from django.utils.translation import gettext as _

from tongban.cases.models.stored import Event, event_in, joint_key_of
from tongban.cases.queries.content import names_of
from tongban.cases.queries.joint import Member, Whole, whole_of
from tongban.cases.queries.papers import File
from tongban.cases.queries.view import HERE
from tongban.cases.rules.joint_receipt import TITLE, Arrived, Handled, receipt_sheet, submitted_as
from tongban.catalogue import api as catalogue
from tongban.engine.calendar import legal_day
from tongban.identity import api as identity
from tongban.kernel.access import Viewer
from tongban.kernel.ids import BodyCode
from tongban.kernel.refusal import Refusal
from tongban.kernel.sheet import Issuer
from tongban.kernel.sql import load, run
from tongban.papers import api as papers

SEQ = 1
"""The place of the receipt among the papers of a joint service: there is no other."""


def joint_receipt(number: str, viewer: Viewer) -> File:
    """The signed PDF of the receipt of all of it; made when it is first asked for, and the same ever after.

    Two statements; seven where it is made. Refused to others than who applied, and once it was destroyed.
    """
    return receipt_in(whole_of(number, viewer))


def receipt_in(whole: Whole) -> File:
    """The receipt of a joint service that was opened for who may read it; one statement less."""
    key = joint_key_of(whole.id, whole.wrapped)
    if key is None:
        raise Refusal(
            "cases.paper.unknown",
            says=_("这份联合收件凭证已经按规定销毁，不能再打开。"),
            do=_("每一件还有自己的收件凭证，请打开那一件看。"),
            status=404,
        )
    pdf = papers.read(whole.id, SEQ, key)
    if pdf is None:
        sheet = receipt_sheet(_arrived(whole))
        pdf = papers.make(sheet, owner=whole.id, seq=SEQ, key=key, withdrawn_at=None)
    return File(f"{TITLE}-{whole.number}.pdf", "application/pdf", pdf)


def _arrived(whole: Whole) -> Arrived:
    rows = run(load(HERE, "joint_arrived"), (whole.number,))
    submitted = {number: event_in("submitted", body) for number, body, _kinds in rows}
    items = {
        one.state.head.number: catalogue.item_version(one.state.head.item, one.state.head.item_version)
        for one in whole.members
    }
    first = _issuing(whole, items)
    return Arrived(
        number=whole.number,
        name=whole.name,
        lead=whole.published.department,
        addressee=identity.name_of(first.state.head.applicant) or whole.applicant,
        received_on=legal_day(whole.received_at),
        cases=[
            _handled(one, items[one.state.head.number], submitted[one.state.head.number])
            for one in whole.members
        ],
        materials=_handed_in(whole.published, items, {number: kinds or [] for number, _body, kinds in rows}),
        law=whole.published.law,
        issuer=Issuer(first.state.head.body, _office(first, items[first.state.head.number])),
        sample=whole.published.sample or settings.DEMONSTRATION,
    )


def _issuing(whole: Whole, items: Mapping[str, catalogue.Item]) -> Member:
    """Whose seal it bears: the case of the department that leads, else the first."""
    lead = whole.published.department
    led = (one for one in whole.members if items[one.state.head.number].department == lead)
    return next(led, whole.members[0])


def _handled(one: Member, item: catalogue.Item, submitted: Event) -> Handled:
    after, notify_by = submitted_as(submitted)
    return Handled(one.state.head.number, item.name, _office(one, item), one.law, after, notify_by)


def _office(one: Member, item: catalogue.Item) -> str:
    received_by = BodyCode(one.state.facts.forwarded_by or one.state.head.body)
    return item.bodies.get(received_by, item.department)


def _handed_in(
    published: catalogue.Joint, items: Mapping[str, catalogue.Item], kinds: Mapping[str, Iterable[str]]
) -> list[str]:
    """What was handed in, each file once, as the united materials call it."""
    named: dict[str, str] = {}
    for number, item in items.items():
        for kind in kinds[number]:
            named.setdefault(published.kinds[item.slug].get(kind, kind), names_of(item).get(kind, kind))
    return list(named.values())
