"""Contact: the applicant may give another telephone number until the decision."""

from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _

from tongban.cases.events import CaseContactChanged
from tongban.cases.rules.life import WORKED_ON, Stage
from tongban.cases.rules.state import CaseState
from tongban.engine.forms import Field, Form
from tongban.kernel.refusal import Refusal

PHONE: Final = "mobile-phone"
"""The data element of a telephone number at which somebody can be reached."""

CHANGEABLE: Final = WORKED_ON | {Stage.AWAITING_CORRECTION, Stage.GRANTED, Stage.REFUSED}
"""While somebody may still have to call."""


def contact_field(form: Form) -> Field:
    """The question for a telephone number; refused where the item does not ask for one."""
    found = next((field for _, field, _ in form.asked if field.element == PHONE), None)
    if found is None:
        raise Refusal(
            "cases.contact.not-asked",
            says=_("办这件事没有要您的联系电话。"),
            do=_("有事请在办件里留言。"),
            status=404,
        )
    return found


def change_contact(state: CaseState, *, at: datetime, answers: str) -> CaseContactChanged:
    """The answers with the new number; `answers` is their salted digest."""
    if state.stage not in CHANGEABLE:
        raise Refusal(
            "cases.contact.over",
            says=_("这件事已经结束，不用再改联系电话。"),
            do=_("要用新的电话，下次申请时填写就可以。"),
        )
    return CaseContactChanged(at=at, answers=answers)
