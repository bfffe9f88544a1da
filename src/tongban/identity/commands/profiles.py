"""What people told of themselves: sealed, wrapped anew, destroyed."""

from django.db.models import Model

from tongban.identity.models import Contact, SealedProfile
from tongban.identity.rules import Profile
from tongban.kernel.ids import PersonKey
from tongban.kernel.keys import master_of, ring


def save_profile(person: PersonKey, profile: Profile) -> None:
    """Keep what a person told of themselves, sealed under a fresh key."""
    row = SealedProfile(person_key=person)
    row.close(profile)
    row.save()


def rewrap_profiles() -> int:
    """Wrap anew every key of a profile or of ways to reach somebody that an older master wrapped."""
    return _rewrapped(SealedProfile) + _rewrapped(Contact)


def _rewrapped(kind: type[SealedProfile] | type[Contact]) -> int:
    current, done = ring().current, 0
    model: type[Model] = kind
    for row in kind._default_manager.iterator(chunk_size=500):
        if master_of(bytes(row.wrapped_key)) != current:
            before = row.wrapped_key
            row.rewrap()
            # Only as it was read: one saved anew in between has a key of its own already.
            read = model._default_manager.filter(pk=row.pk, wrapped_key=before)
            done += read.update(wrapped_key=row.wrapped_key)
    return done


def erase_profile(person: PersonKey) -> None:
    """Destroy the key and the sealed text of a person's profile."""
    SealedProfile.objects.filter(person_key=person).delete()
