"""What people told of themselves, sealed."""

import json
from dataclasses import asdict

from django.db import models

from tongban.identity.models.accounts import UNTIL_CLOSED
from tongban.identity.rules import Profile
from tongban.kernel.keys import new_key, open_, ring, seal
from tongban.kernel.privacy import Privacy


class SealedProfile(models.Model):
    """Name, identity number and phone of a person, sealed under a key of its own, for prefilling forms.

    The masked name stands outside, for it is what lists show.
    """

    privacy = Privacy(
        personal=frozenset({"person_key", "masked_name", "sealed"}),
        keep_years=2,
        reason=UNTIL_CLOSED,
        erase="The row is deleted, and with it the only key that opens the sealed text.",
    )

    person_key = models.BinaryField(primary_key=True)
    wrapped_key = models.BinaryField()
    sealed = models.BinaryField()
    masked_name = models.CharField(max_length=60)

    def close(self, profile: Profile) -> None:
        """Seal a profile into this row under a fresh key."""
        key, about = new_key(), profile_about(bytes(self.person_key))
        self.masked_name = profile.masked_name
        self.sealed = seal(key, json.dumps(asdict(profile)).encode(), about)
        self.wrapped_key = ring().wrap(key, about)

    def open(self) -> Profile:
        """The profile sealed in this row; Unreadable if the ring no longer has its master key."""
        key = ring().unwrap(bytes(self.wrapped_key), profile_about(bytes(self.person_key)))
        return Profile(**json.loads(open_(key, bytes(self.sealed), profile_about(bytes(self.person_key)))))


def profile_about(person: bytes) -> bytes:
    """What a profile and its wrapped key say whose they are."""
    return b"identity/profile/" + person
