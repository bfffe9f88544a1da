"""What is asked of people and enterprises: above all, who the viewer is."""

from tongban.identity.queries.accounts import (
    DeviceRow,
    Own,
    PasskeyRow,
    TokenRow,
    account_named,
    account_of_officer,
    has_account,
    mail_of,
    own_account,
    tokens,
    ways_of,
)
from tongban.identity.queries.enterprises import (
    EnterpriseRow,
    Linked,
    MandateRow,
    OfferRow,
    enterprise,
    enterprises_of,
    holders_of,
    linked,
    name_of,
    persons_of,
    profile_of,
)
from tongban.identity.queries.viewers import act_for, bearer, viewer_of
from tongban.identity.rules import AccountKind

__all__ = [
    "AccountKind",
    "DeviceRow",
    "EnterpriseRow",
    "Linked",
    "MandateRow",
    "OfferRow",
    "Own",
    "PasskeyRow",
    "TokenRow",
    "account_named",
    "account_of_officer",
    "act_for",
    "bearer",
    "enterprise",
    "enterprises_of",
    "has_account",
    "holders_of",
    "linked",
    "mail_of",
    "name_of",
    "own_account",
    "persons_of",
    "profile_of",
    "tokens",
    "viewer_of",
    "ways_of",
]
