"""Only the office's very last act may be undone: what came after it stands on it."""

import pytest

from tongban.cases.rules.approvals import last_act
from tongban.kernel.refusal import Refusal


@pytest.mark.parametrize(
    "kinds",
    [
        ["submitted", "taken", "accepted", "withdrawn"],
        ["submitted", "taken", "returned-for-correction", "resubmitted"],
        ["submitted", "taken", "returned-for-correction", "resubmitted", "taken", "deemed-accepted"],
        ["submitted", "taken", "accepted", "granted", "delivered"],
    ],
)
def test_what_the_applicant_or_the_law_did_shields_the_acts_before_it(kinds):
    with pytest.raises(Refusal, match="cases.reverse.nothing"):
        last_act(kinds)
