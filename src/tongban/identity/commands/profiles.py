"""What people told of themselves: sealed, destroyed."""

from typing import Final
from uuid import UUID

from tongban.identity.models import SealedProfile, contact_about, profile_about
from tongban.identity.rules import Profile
from tongban.kernel.hanging import KeyTable
from tongban.kernel.ids import PersonKey


def save_profile(person: PersonKey, profile: Profile) -> None:
    """Keep what a person told of themselves, sealed under a fresh key."""
    row = SealedProfile(person_key=person)
    row.close(profile)
    row.save()


def erase_profile(person: PersonKey) -> None:
    """Destroy the key and the sealed text of a person's profile."""
    SealedProfile.objects.filter(person_key=person).delete()


KEY_TABLES: Final = (
    KeyTable(
        "profiles",
        "identity_sealedprofile",
        {"person_key": "bytea"},
        "wrapped_key",
        lambda person: profile_about(bytes.fromhex(person.removeprefix("\\x"))),
    ),
    KeyTable(
        "contacts",
        "identity_contact",
        {"account_id": "uuid"},
        "wrapped_key",
        lambda account: contact_about(UUID(account)),
    ),
)
"""The keys of what people told of themselves, and of how they are reached."""
