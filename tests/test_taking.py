"""What a person takes away is all of theirs, and nobody else's."""

import io
import json
import zipfile
from typing import Any
from uuid import uuid4

import pytest

from tests.journeys.people import a_person
from tongban.cases.tests.world import a_world, an_agent
from tongban.identity import api as identity
from tongban.kernel.access import Viewer
from tongban.kernel.clock import now
from tongban.portal.queries import packed

pytestmark = pytest.mark.usefixtures("transactional_db")


def taken(viewer: Viewer) -> tuple[dict[str, Any], dict[str, bytes]]:
    """What stands in the file for programs, and every file by its path."""
    folder = zipfile.ZipFile(io.BytesIO(packed(viewer, now())))
    return json.loads(folder.read("my-data.json")), {name: folder.read(name) for name in folder.namelist()}


def test_answers_files_and_story_of_ones_own_cases_are_in_it() -> None:
    person = a_person().viewer
    number = a_world().submit(by=person).number
    kept, files = taken(person)
    [case] = kept["cases"]
    assert case["number"] == number
    assert case["story"][0]["what"] and case["answers"][0]["lines"]
    assert all(files[one["file"]].startswith(b"%PDF") for one in case["materials"])
    assert kept["account"]["name"] == "王秀丽"
    assert number in files["my-data.html"].decode()


def test_what_is_an_enterprises_or_somebody_elses_is_not() -> None:
    agent, world = an_agent(), a_world()
    other = a_person().viewer
    numbers = [world.submit(by=by).number for by in (agent, other)]
    account = identity.open_account(uuid4().hex, "correct horse battery staple", person=agent.person)
    viewer = Viewer(account, agent.person, agent.acting_for, agent.mandates)
    kept, files = taken(viewer)
    assert kept["cases"] == []
    assert not any(number in files["my-data.html"].decode() for number in numbers)
