"""What changes a certificate: one verb, one function, one transaction."""

from tongban.certificates.commands.acts import (
    KEY_TABLES,
    approve_revocation,
    ask_revocation,
    cancel,
    change,
    decline_revocation,
    endorse,
    expire_due,
    restore,
    revoke_with_grant,
    suspend,
)
from tongban.certificates.commands.change import Acted
from tongban.certificates.commands.issuing import issue
from tongban.certificates.rules.issuing import Order

__all__ = [
    "KEY_TABLES",
    "Acted",
    "Order",
    "approve_revocation",
    "ask_revocation",
    "cancel",
    "change",
    "decline_revocation",
    "endorse",
    "expire_due",
    "issue",
    "restore",
    "revoke_with_grant",
    "suspend",
]
