"""What is stored of people and enterprises, and what the database must never allow."""

from tongban.identity.models.accounts import Account, AccountNote, Contact, Passkey, SignedIn, contact_about
from tongban.identity.models.mandates import Enterprise, Invitation, Mandate
from tongban.identity.models.profiles import SealedProfile, profile_about
from tongban.identity.models.secrets import OneTimeCode, SignInCount, Token

__all__ = [
    "Account",
    "AccountNote",
    "Contact",
    "Enterprise",
    "Invitation",
    "Mandate",
    "OneTimeCode",
    "Passkey",
    "SealedProfile",
    "SignInCount",
    "SignedIn",
    "Token",
    "contact_about",
    "profile_about",
]
