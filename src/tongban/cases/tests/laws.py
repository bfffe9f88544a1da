"""Three laws for the tests of rules: one of each regime, as the packs have them."""

from datetime import date
from typing import Any
from uuid import UUID

from tongban.cases.rules.law import Law
from tongban.cases.rules.state import CaseHead, CaseState
from tongban.kernel.access import Officer, Role
from tongban.kernel.calendars import calendar_in_force
from tongban.kernel.figures import Entry, Figure, Limit, Regime, Source, SpecialProcedureKind
from tongban.kernel.ids import BodyCode, CaseId, ItemCode, OfficerId, PersonKey, QueueId, RegionCode

SOURCE = Source("某法", "第一条", "测试用", False)
BODY, REGION = BodyCode("11510104MB0000001X"), RegionCode("510104")
HANDLER = Officer(OfficerId(UUID(int=1)), BODY, REGION, frozenset({Role.HANDLER}))
COLLEAGUE = Officer(OfficerId(UUID(int=2)), BODY, REGION, frozenset({Role.HANDLER}))
LEADER = Officer(OfficerId(UUID(int=3)), BODY, REGION, frozenset({Role.LEADER}))

STARTED = CaseState(
    CaseHead(
        id=CaseId(1),
        number="510104-20260309-0000001-0",
        tag="0" * 32,
        item=ItemCode("some-item"),
        item_version=1,
        queue=QueueId("000131000000.11510104MB0000001X"),
        region=REGION,
        body=BODY,
        applicant=PersonKey(bytes(32)),
    )
)


def licensing() -> Law:
    """A licence: 5 days to notify or silence accepts, 20 + 10 to decide, 10 to deliver, expert review."""
    review = SpecialProcedureKind("expert-review", "专家评审", SOURCE)
    regime = _regime(
        "licensing",
        {
            "notify_within": "5 workday",
            "decide_within": "20 workday",
            "extend_by": "10 workday",
            "decide_jointly_within": "45 workday",
            "extend_jointly_by": "15 workday",
            "deliver_within": "10 workday",
        },
        silence_is_acceptance=SOURCE,
        revocation=SOURCE,
        special_procedures=(review,),
    )
    return Law(regime, Limit(10, "workday"), calendar_in_force(), procedures=(review,))


def residence_permit() -> Law:
    """A certificate that must be made and handed over within 15 natural days of acceptance."""
    regime = _regime("residence-permit", {"decide_within": "15 day"}, decision_includes_delivery=True)
    return Law(regime, Limit(10, "day"), calendar_in_force())


def published_promise() -> Law:
    """A public service with nothing but its own promise, and a time to correct set by local rule."""
    regime = _regime("published-promise", {"correct_within": "30 day"})
    return Law(regime, Limit(15, "workday"), calendar_in_force())


def _regime(code: str, figures: dict[str, str], **more: Any) -> Regime:
    rest = {
        "silence_is_acceptance": None,
        "special_procedures": (),
        "decision_includes_delivery": False,
        "remedies": (),
    }
    return Regime(
        code=code,
        name=code,
        figures={name: _figure(text) for name, text in figures.items()},
        **(rest | more),
    )


def _figure(text: str) -> Figure:
    value, unit = text.split()
    return Figure((Entry(date(2004, 7, 1), Limit(int(value), unit), SOURCE),))  # type: ignore[arg-type]
