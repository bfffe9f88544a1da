"""Who may enter is written above every door, and the door keeps to it."""

from datetime import UTC, datetime
from typing import Any, cast
from uuid import UUID

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from tongban.kernel import pages
from tongban.kernel.access import NOBODY, Officer, Role, Viewer
from tongban.kernel.ids import AccountId, BodyCode, OfficerId, PersonKey, RegionCode
from tongban.kernel.pages import (
    ANYONE,
    MOST_FIRST,
    NEWCOMERS,
    OFFICERS,
    PEOPLE,
    SIZES,
    Entrance,
    OfficerRequest,
    Preferences,
    Request,
    open_to,
)
from tongban.kernel.refusal import Refusal

LI = Officer(
    OfficerId(UUID(int=1)),
    BodyCode("11510104MB0000001A"),
    RegionCode("510104"),
    frozenset({Role.HANDLER}),
    "李明",
)
ACCOUNT = AccountId(UUID(int=2))
VIEWERS = {
    "nobody": NOBODY,
    "resident": Viewer(ACCOUNT, PersonKey(b"1" * 32)),
    "officer": Viewer(ACCOUNT, officer=LI),
    "officer off duty": Viewer(ACCOUNT),
    "newcomer": Viewer(ACCOUNT, officer=LI, by_first_password=True),
}
# Who stands before the door, and what each door says: a code of refusal, or nothing.
DOORS: dict[tuple[Entrance, ...], dict[str, str]] = {
    (ANYONE,): {"nobody": "", "resident": "", "officer": "", "officer off duty": "", "newcomer": ""},
    (PEOPLE,): {
        "nobody": "access.sign-in",
        "resident": "",
        "officer": "access.people-only",
        "officer off duty": "access.people-only",
        "newcomer": "access.people-only",
    },
    (OFFICERS,): {
        "nobody": "access.sign-in",
        "resident": "access.officers-only",
        "officer": "",
        "officer off duty": "access.officers-only",
        "newcomer": "access.first-password",
    },
    (PEOPLE, OFFICERS): {
        "nobody": "access.sign-in",
        "resident": "",
        "officer": "",
        "officer off duty": "access.people-only",
        "newcomer": "access.first-password",
    },
    (PEOPLE, OFFICERS, NEWCOMERS): {
        "nobody": "access.sign-in",
        "resident": "",
        "officer": "",
        "officer off duty": "access.people-only",
        "newcomer": "",
    },
}


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> dict[str, Viewer]:
    """Whom the site sees; every request with a session is `seen["viewer"]`'s."""
    seen: dict[str, Viewer] = {}
    monkeypatch.setattr(pages, "_Supplied", type("Supplied", (), {}))
    pages.supply(viewer_of=lambda account, at: seen["viewer"])
    return seen


def a_request(viewer: Viewer = NOBODY, **posted: str) -> OfficerRequest:
    request: Any = RequestFactory().post("/", posted) if posted else RequestFactory().get("/")
    if viewer is not NOBODY:
        request.COOKIES["sessionid"] = "a-session"
    request.user, request.now = None, datetime(2026, 3, 2, tzinfo=UTC)
    return cast(OfficerRequest, request)


def answered(request: Request) -> HttpResponse:
    return HttpResponse("in")


@pytest.mark.parametrize("door", DOORS, ids=lambda door: "+".join(door))
@pytest.mark.parametrize("who", VIEWERS)
def test_a_door_lets_in_whom_it_names_and_nobody_else(
    seen: dict[str, Viewer], door: tuple[Entrance, ...], who: str
) -> None:
    seen["viewer"] = VIEWERS[who]
    try:
        said = open_to(*door)(answered)(a_request(VIEWERS[who])).content.decode()
    except Refusal as refusal:
        said = refusal.code
    assert said == (DOORS[door][who] or "in")


def test_behind_a_door_the_viewer_and_the_officer_are_known(seen: dict[str, Viewer]) -> None:
    seen["viewer"] = VIEWERS["officer"]
    request = a_request(VIEWERS["officer"])
    open_to(OFFICERS)(answered)(request)
    assert (request.viewer, request.officer) == (VIEWERS["officer"], LI)


def test_who_came_by_a_first_password_is_an_officer_where_they_choose_another_and_nowhere_else(
    seen: dict[str, Viewer],
) -> None:
    seen["viewer"] = VIEWERS["newcomer"]
    officers = {}
    for door in (ANYONE, NEWCOMERS):
        request = a_request(VIEWERS["newcomer"])
        open_to(door)(answered)(request)
        officers[door] = request.viewer.officer
    assert officers == {ANYONE: None, NEWCOMERS: LI}


def test_without_a_session_nobody_is_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "_Supplied", type("Supplied", (), {}))
    request = a_request()
    assert open_to(ANYONE)(answered)(request).content == b"in"
    assert request.viewer is NOBODY


def test_a_form_that_cannot_be_stored_does_not_get_in() -> None:
    with pytest.raises(Refusal, match=r"request\.unstorable"):
        open_to(ANYONE)(answered)(a_request(text="a\x00b"))


def test_a_page_tells_who_may_enter_and_one_without_a_door_tells_nothing() -> None:
    assert pages.entrances_of(open_to(PEOPLE, OFFICERS)(answered)) == frozenset({PEOPLE, OFFICERS})
    assert pages.entrances_of(answered) is None


PREFERENCES = st.builds(
    Preferences,
    st.sampled_from(["zh-hans", "en"]),
    st.booleans(),
    st.sampled_from(["auto", "light", "dark"]),
    st.sampled_from(SIZES),
)


@given(PREFERENCES)
def test_preferences_are_read_as_they_were_written_in_few_words(chosen: Preferences) -> None:
    assert Preferences.written(str(chosen)) == chosen
    assert len(str(chosen)) <= len("en.care.light.30")


@given(st.text(), PREFERENCES)
def test_words_that_mean_nothing_change_no_preference(words: str, chosen: Preferences) -> None:
    strange = f"{words}£"
    assert chosen.chosen([strange]) == chosen
    assert Preferences.written(strange.replace(".", "")) == Preferences()


def test_preferences_that_nobody_chose_need_no_cookie() -> None:
    assert str(Preferences()) == ""
    assert str(Preferences("en", care=True, theme="dark", size=24)) == "en.care.dark.24"


def test_what_stands_first_is_kept_with_the_other_preferences_and_never_without_end() -> None:
    chosen = Preferences(care=True, first=("jobs", "care"))
    assert str(chosen) == "care.f-jobs.f-care"
    assert Preferences.written(str(chosen)) == chosen
    assert len(Preferences.written(".".join(f"f-{n}" for n in range(60))).first) == MOST_FIRST
