"""What every page is: who may enter is written above its door; how its reader likes it is asked once."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from functools import wraps
from typing import Any, Concatenate, Final, Literal, ParamSpec, Protocol, Self, TypeVar, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from tongban.kernel.access import NOBODY, Officer, Viewer, unnamed
from tongban.kernel.refusal import Refusal


class Entrance(StrEnum):
    """Who may enter a page."""

    ANYONE = "anyone"
    PEOPLE = "people"  # signed in as a resident whose name is known, perhaps acting for an enterprise
    RESIDENTS = "residents"  # signed in as a resident, be it by a phone alone
    OFFICERS = "officers"  # signed in as an officer on duty today
    NEWCOMERS = "newcomers"  # the same, by a first password that another person has seen


ANYONE: Final = Entrance.ANYONE
PEOPLE: Final = Entrance.PEOPLE
RESIDENTS: Final = Entrance.RESIDENTS
OFFICERS: Final = Entrance.OFFICERS
NEWCOMERS: Final = Entrance.NEWCOMERS


Language = Literal["zh-hans", "en"]
Theme = Literal["auto", "light", "dark"]
SIZES: Final = (18, 21, 24, 27, 30)
"""Points; what the text of 关怀版 may be."""

_CHOICES: Final[dict[str, tuple[str, Any]]] = {
    "zh-hans": ("language", "zh-hans"),
    "en": ("language", "en"),
    "plain": ("care", False),
    "care": ("care", True),
    "keys": ("keys", True),
    "no-keys": ("keys", False),
    **{theme: ("theme", theme) for theme in ("auto", "light", "dark")},
    **{str(size): ("size", size) for size in SIZES},
}


MOST_FIRST: Final = 8
_FIRST: Final = re.compile(r"f-([a-z0-9-]{1,40})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Preferences:
    """How someone likes pages: kept in one cookie, by the words that differ from these."""

    language: Language = "zh-hans"
    care: bool = False
    theme: Theme = "auto"
    size: int = SIZES[0]
    keys: bool = True
    """Whether single letters do something on officers' pages."""
    first: tuple[str, ...] = ()
    """What stands first on the first page, by slugs, where no account keeps it."""

    @classmethod
    def written(cls, words: str) -> Self:
        """`en.care.dark.24`; what is no such word is passed over, however it came there."""
        return cls().chosen(words[:_LONGEST].split("."))

    def chosen(self, words: Iterable[str]) -> Self:
        """These, with what these words choose instead."""
        said = list(words)
        first = tuple(found[1] for word in said if (found := _FIRST.fullmatch(word)))[:MOST_FIRST]
        chosen: dict[str, Any] = dict(_CHOICES[word] for word in said if word in _CHOICES)
        return replace(self, **chosen | ({"first": first} if first else {}))

    def __str__(self) -> str:
        mine = [(name, getattr(self, name)) for name in ("language", "care", "theme", "size", "keys")]
        unusual = [each for each in mine if each[1] != getattr(type(self)(), each[0])]
        words = [word for word, choice in _CHOICES.items() if choice in unusual]
        return ".".join([*words, *(f"f-{slug}" for slug in self.first)])


_LONGEST: Final = 400
ENTERED_AT: Final = "entered-at"
"""Under what a session holds the moment of signing in, as ISO text."""
FRESH: Final = timedelta(minutes=15)
AGAIN: Final = "access.sign-in-again"
FIRST_PASSWORD: Final = "access.first-password"


class Request(HttpRequest):
    """A request as pages and endpoints receive it: who asks, when (aware, UTC), and how they like pages."""

    viewer: Viewer
    now: datetime
    preferences: Preferences


class OfficerRequest(Request):
    """A request behind a door for officers alone."""

    officer: Officer


class Sight(Protocol):
    """Who looks at a page: of a signed-in account, at a moment."""

    def __call__(self, account: Any, at: datetime, /) -> Viewer: ...


def _blind(account: Any, at: datetime, /) -> Viewer:
    raise RuntimeError("pages were not told who their viewers are: wiring calls kernel.pages.supply")


class _Supplied:
    viewer_of: Sight = staticmethod(_blind)


def supply(*, viewer_of: Sight) -> None:
    """Say how the viewer of a signed-in account is found."""
    _Supplied.viewer_of = staticmethod(viewer_of)


R = TypeVar("R", bound=HttpRequest)
P = ParamSpec("P")
Page = Callable[Concatenate[R, P], HttpResponse]


def open_to(*entrances: Entrance) -> Callable[[Page[R, P]], Page[R, P]]:
    """Write above a page who may enter; it then has `request.viewer`, and `request.officer` for an officer.

    No statement for a request without a session, else session, account and viewer. Refused: 401 to who is
    not signed in, 403 to others, 400 for text that cannot be stored. Who came by a first password is no
    officer anywhere else than behind a door for NEWCOMERS.
    """

    def guard(page: Page[R, P]) -> Page[R, P]:
        @wraps(page)
        def guarded(request: R, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            asked = cast("OfficerRequest", request)
            asked.viewer = _viewer(asked)
            _let_in(asked.viewer, entrances)
            if asked.viewer.by_first_password and NEWCOMERS not in entrances:
                asked.viewer = replace(asked.viewer, officer=None)
            if asked.viewer.officer is not None:
                asked.officer = asked.viewer.officer
            if asked.method == "POST":
                refuse_unstorable(text for _, texts in asked.POST.lists() for text in texts)
            return page(request, *args, **kwargs)

        guarded.entrances = frozenset(entrances)  # type: ignore[attr-defined]
        return guarded

    return guard


def fresh(page: Page[R, P]) -> Page[R, P]:
    """Write below `open_to` of what nobody must do who finds a phone lying about: first sign in again.

    Refused, 401, more than a quarter of an hour after signing in.
    """

    @wraps(page)
    def guarded(request: R, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        told = request.session.get(ENTERED_AT)
        since = datetime.fromisoformat(told) if told else None
        if since is None or not since <= cast(Request, request).now < since + FRESH:
            raise Refusal(AGAIN, says=_("为了安全，请再登录一次。"), do=_("登录后会回到这一页。"), status=401)
        return page(request, *args, **kwargs)

    return guarded


def refuse_unstorable(texts: Iterable[object]) -> None:
    """Refuse text with a character that no database column holds."""
    if any(isinstance(text, str) and "\x00" in text for text in texts):
        raise unstorable()


def unstorable() -> Refusal:
    """The refusal of text that cannot be stored."""
    return Refusal(
        "request.unstorable",
        says=_("内容里有不能保存的字符。"),
        do=_("请删掉从别处粘贴来的特殊字符，重新填写。"),
        status=400,
    )


def entrances_of(page: Callable[..., Any]) -> frozenset[Entrance] | None:
    """Who may enter a page; None where nobody wrote it above the door."""
    return getattr(page, "entrances", None)


def _viewer(request: Request) -> Viewer:
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return NOBODY
    return _Supplied.viewer_of(request.user, request.now)


def _let_in(viewer: Viewer, entrances: tuple[Entrance, ...]) -> None:
    if _fitting(viewer).intersection(entrances):
        return
    if viewer.account is None:
        raise Refusal("access.sign-in", says=_("请先登录。"), do=_("登录后会回到这一页。"), status=401)
    if PEOPLE in entrances and viewer.unnamed:
        raise unnamed()
    if OFFICERS in entrances and viewer.by_first_password:
        raise Refusal(
            FIRST_PASSWORD,
            says=_("您用的还是别人给的初始密码。"),
            do=_("请先换成自己的密码，再办事。"),
            status=403,
        )
    if {PEOPLE, RESIDENTS}.intersection(entrances):
        raise Refusal(
            "access.people-only",
            says=_("这一页是给申请人的，工作人员的账号不能使用。"),
            do=_("请退出后，用本人的账号登录。"),
            status=403,
        )
    raise Refusal(
        "access.officers-only",
        says=_("这一页是给在岗工作人员的。"),
        do=_("如果您是工作人员，请用工作账号登录；岗位有变动的，请联系本单位管理员。"),
        status=403,
    )


def _fitting(viewer: Viewer) -> set[Entrance]:
    fits = {ANYONE}
    if viewer.resident:
        fits.add(RESIDENTS)
    if viewer.person is not None:
        fits.add(PEOPLE)
    if viewer.officer is not None:
        fits.add(NEWCOMERS if viewer.by_first_password else OFFICERS)
    return fits
