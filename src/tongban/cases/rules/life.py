"""The life of a case as one table. `docs/case-life.svg` is drawn from it.

The table is the Licensing Law's (行政许可法 Arts. 32–45). Another regime has the same table less the acts
whose figures or kinds it lacks (`law.acts_of`).
"""

from enum import StrEnum
from typing import Final

from tongban.engine.flow import Life


class Stage(StrEnum):
    AWAITING_RESULT = "awaiting-result"
    SUBMITTED = "submitted"
    AWAITING_CORRECTION = "awaiting-correction"
    RESUBMITTED = "resubmitted"
    NOT_ACCEPTED = "not-accepted"
    ACCEPTED = "accepted"
    SPECIAL_PROCEDURE = "special-procedure"
    GRANTED = "granted"
    REFUSED = "refused"
    DELIVERED = "delivered"
    COMPLETED = "completed"
    REVOKED = "revoked"
    WITHDRAWN = "withdrawn"
    TERMINATED = "terminated"


class Act(StrEnum):
    RESULT_ARRIVES = "result-arrives"
    RESULT_NEVER_COMES = "result-never-comes"
    ACCEPT = "accept"
    ACCEPT_TOLERANTLY = "accept-tolerantly"
    REFUSE_ACCEPTANCE = "refuse-acceptance"
    RETURN_FOR_CORRECTION = "return-for-correction"
    RESUBMIT = "resubmit"
    REMIND = "remind"
    DEEM_ACCEPTED = "deem-accepted"
    SUPPLY = "supply"
    START_SPECIAL_PROCEDURE = "start-special-procedure"
    END_SPECIAL_PROCEDURE = "end-special-procedure"
    EXTEND = "extend"
    EXTEND_JOINTLY = "extend-jointly"
    FORWARD = "forward"
    GRANT = "grant"
    REFUSE = "refuse"
    DELIVER = "deliver"
    COMPLETE = "complete"
    REVOKE = "revoke"
    WITHDRAW = "withdraw"
    TERMINATE = "terminate"


LIFE: dict[Stage, dict[Act, Stage]] = {
    Stage.AWAITING_RESULT: {
        Act.RESULT_ARRIVES: Stage.SUBMITTED,
        # The office has not got it yet, and so no officer ends it.
        Act.RESULT_NEVER_COMES: Stage.TERMINATED,
        Act.WITHDRAW: Stage.WITHDRAWN,
    },
    Stage.SUBMITTED: {
        Act.ACCEPT: Stage.ACCEPTED,
        Act.ACCEPT_TOLERANTLY: Stage.ACCEPTED,
        Act.RETURN_FOR_CORRECTION: Stage.AWAITING_CORRECTION,
        Act.REFUSE_ACCEPTANCE: Stage.NOT_ACCEPTED,
        Act.DEEM_ACCEPTED: Stage.ACCEPTED,
        Act.WITHDRAW: Stage.WITHDRAWN,
    },
    Stage.AWAITING_CORRECTION: {
        Act.RESUBMIT: Stage.RESUBMITTED,
        Act.WITHDRAW: Stage.WITHDRAWN,
        Act.TERMINATE: Stage.TERMINATED,
    },
    Stage.RESUBMITTED: {
        Act.ACCEPT: Stage.ACCEPTED,
        Act.ACCEPT_TOLERANTLY: Stage.ACCEPTED,
        Act.REMIND: Stage.AWAITING_CORRECTION,
        Act.DEEM_ACCEPTED: Stage.ACCEPTED,
        Act.WITHDRAW: Stage.WITHDRAWN,
    },
    Stage.ACCEPTED: {
        Act.SUPPLY: Stage.ACCEPTED,
        Act.START_SPECIAL_PROCEDURE: Stage.SPECIAL_PROCEDURE,
        Act.EXTEND: Stage.ACCEPTED,
        Act.EXTEND_JOINTLY: Stage.ACCEPTED,
        Act.FORWARD: Stage.ACCEPTED,
        Act.GRANT: Stage.GRANTED,
        Act.REFUSE: Stage.REFUSED,
        Act.WITHDRAW: Stage.WITHDRAWN,
        Act.TERMINATE: Stage.TERMINATED,
    },
    Stage.SPECIAL_PROCEDURE: {
        Act.SUPPLY: Stage.SPECIAL_PROCEDURE,
        Act.END_SPECIAL_PROCEDURE: Stage.ACCEPTED,
        Act.WITHDRAW: Stage.WITHDRAWN,
        Act.TERMINATE: Stage.TERMINATED,
    },
    Stage.GRANTED: {Act.DELIVER: Stage.DELIVERED, Act.REVOKE: Stage.REVOKED},
    Stage.REFUSED: {Act.DELIVER: Stage.DELIVERED},
    Stage.DELIVERED: {Act.COMPLETE: Stage.COMPLETED, Act.REVOKE: Stage.REVOKED},
    Stage.NOT_ACCEPTED: {},
    Stage.COMPLETED: {Act.REVOKE: Stage.REVOKED},
    Stage.REVOKED: {},
    Stage.WITHDRAWN: {},
    Stage.TERMINATED: {},
}

LIFE_OF_FLOWS: Final = Life(
    first=Stage.SUBMITTED,
    table=LIFE,
    ends=frozenset(
        {Stage.GRANTED, Stage.REFUSED, Stage.DELIVERED, Stage.COMPLETED, Stage.REVOKED}
        | {Stage.NOT_ACCEPTED, Stage.TERMINATED}
    ),
    accepts=frozenset({Act.ACCEPT, Act.ACCEPT_TOLERANTLY}),
    decides=frozenset({Act.GRANT, Act.REFUSE}),
    stops=frozenset({Act.START_SPECIAL_PROCEDURE}),
    resumes=frozenset({Act.END_SPECIAL_PROCEDURE}),
    tolerates=frozenset({Act.ACCEPT_TOLERANTLY}),
    supplies=frozenset({Act.SUPPLY}),
    revokes=frozenset({Act.REVOKE}),
    forwards=Act.FORWARD,
    silence=Act.DEEM_ACCEPTED,
    accepted=frozenset({Stage.ACCEPTED, Stage.SPECIAL_PROCEDURE}),
)
"""The same table as flows are checked against: what is drawn never disagrees with the legal life."""

CLOSED = frozenset(stage for stage, acts in LIFE.items() if acts.keys() <= {Act.REVOKE})
"""Stages in which nobody has anything left to do; a grant may still be revoked (行政许可法 Art. 69)."""

WORKED_ON = frozenset({Stage.SUBMITTED, Stage.RESUBMITTED, Stage.ACCEPTED, Stage.SPECIAL_PROCEDURE})
"""Stages in which the next step is the office's and a case may wait in its queue or be taken from it."""

REVERSIBLE = frozenset(
    {
        Act.ACCEPT,
        Act.ACCEPT_TOLERANTLY,
        Act.REFUSE_ACCEPTANCE,
        Act.RETURN_FOR_CORRECTION,
        Act.START_SPECIAL_PROCEDURE,
        Act.END_SPECIAL_PROCEDURE,
        Act.EXTEND,
        Act.GRANT,
        Act.REFUSE,
        Act.TERMINATE,
    }
)
"""Acts of the office that a later act may undo; what the applicant or the law did stays done."""
