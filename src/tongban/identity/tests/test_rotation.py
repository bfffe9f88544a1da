"""After a rotation every profile hangs on the newest master key and opens as before."""

from uuid import uuid4

import pytest

from tongban.identity import api as identity
from tongban.identity.models import SealedProfile
from tongban.kernel.hanging import rewrap_all
from tongban.kernel.keys import master_of, ring, rotate


@pytest.mark.django_db
def test_every_profile_is_wrapped_anew_once_and_opens_the_same():
    person = ring().person_key("person", str(uuid4()))
    told = identity.Profile("欧阳锋", "510104198806152343", "13800138000")
    identity.save_profile(person, told)
    current = rotate()
    assert rewrap_all(identity.KEY_TABLES)["profiles"].done >= 1
    assert master_of(bytes(SealedProfile.objects.get(person_key=person).wrapped_key)) == current
    assert identity.profile_of(person) == told
    assert rewrap_all(identity.KEY_TABLES)["profiles"].done == 0
