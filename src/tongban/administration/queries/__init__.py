"""What is asked: how the city is arranged, what waits, what was changed."""

from tongban.administration.queries.arrangement import (
    BodyView,
    PersonView,
    PostLine,
    RegionLine,
    body_of,
    officer_with,
    person_of,
    tree,
)
from tongban.administration.queries.keys import KeysView, keys_of
from tongban.administration.queries.proposals import (
    ChangeRow,
    ProposalRow,
    ProposalView,
    change_of,
    proposal_of,
    record,
    waiting,
)
from tongban.administration.queries.sheets import filled_in, template
from tongban.administration.queries.years import YearRow, years

__all__ = [
    "BodyView",
    "ChangeRow",
    "KeysView",
    "PersonView",
    "PostLine",
    "ProposalRow",
    "ProposalView",
    "RegionLine",
    "YearRow",
    "body_of",
    "change_of",
    "filled_in",
    "keys_of",
    "officer_with",
    "person_of",
    "proposal_of",
    "record",
    "template",
    "tree",
    "waiting",
    "years",
]
