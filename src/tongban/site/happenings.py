"""What happened, as notices hear of it: events of cases and certificates in their words."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from tongban.cases import api as cases
from tongban.certificates import api as certificates
from tongban.engine.calendar import legal_day
from tongban.identity import api as identity
from tongban.kernel.ids import EventId, PersonKey
from tongban.notices import api as notices


class Happenings:
    """The contexts above notices, asked on their behalf."""

    def news(self, events: Sequence[EventId], /) -> list[notices.News]:
        """What these events were. A statement for those of cases, another for those of certificates.

        Ids of events of certificates count downwards from -1.
        """
        of_cases = [one for one in events if one > 0]
        of_certificates = [one for one in events if one < 0]
        return [
            *(_of_case(one) for one in (cases.happened(of_cases) if of_cases else ())),
            *(
                _of_certificate(one)
                for one in (certificates.happened(of_certificates) if of_certificates else ())
            ),
        ]

    def readers(self, whose: Collection[PersonKey], at: datetime, /) -> Mapping[PersonKey, notices.Readers]:
        """Oneself and one's agents, of an enterprise whoever may act for it that day. One statement."""
        found = identity.readers_of(whose, legal_day(at))
        return {key: notices.Readers(one.persons, one.agents) for key, one in found.items()}

    def still_awaited(self, event: EventId, /) -> notices.News | None:
        """The news that asked something of the applicant, while it is awaited. One statement."""
        asked = cases.still_awaited(event)
        return None if asked is None else _of_case(asked)


def _of_case(one: cases.Happened) -> notices.News:
    return notices.News(
        event=one.event,
        name=f"cases.{one.kind}",
        at=one.at,
        whose=one.applicant,
        about=notices.About.CASE,
        number=one.number,
        item=one.item_name,
        by_office=one.by_officer,
        by_rule=one.by_rule,
        days=one.days,
        agent=one.filed_by if one.filed_by != one.applicant else None,
    )


def _of_certificate(one: certificates.Happened) -> notices.News:
    # Whoever founded an enterprise acts for it no more: the news is the founder's, not the enterprise's.
    ended = one.kind == "mandate-ended" and one.founder is not None
    return notices.News(
        event=one.event,
        name=f"certificates.{one.kind}",
        at=one.at,
        whose=one.founder if ended and one.founder else one.holder,
        about=notices.About.CERTIFICATE,
        number=one.number,
        item=one.type_name,
        by_office=one.by_officer,
    )
