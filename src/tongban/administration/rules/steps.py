"""What can be changed, one step each; and how steps are written down and read back."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from pydantic import Discriminator, TypeAdapter

from tongban.kernel.access import Role


@dataclass(frozen=True, slots=True)
class HaveRegion:
    """Have a region of this code, name and parent."""

    code: str
    name: str
    parent: str = ""
    do: Literal["region"] = "region"


@dataclass(frozen=True, slots=True)
class HaveBody:
    """Have a body of this code, name, region and kind."""

    code: str
    name: str
    region: str
    kind: str
    do: Literal["body"] = "body"


@dataclass(frozen=True, slots=True)
class CloseBody:
    """Have a body be no more from a day on."""

    code: str
    on: date
    do: Literal["close"] = "close"


@dataclass(frozen=True, slots=True)
class HavePost:
    """Have a post of this title with exactly these roles."""

    body: str
    title: str
    roles: tuple[Role, ...]
    do: Literal["post"] = "post"


@dataclass(frozen=True, slots=True)
class HavePerson:
    """Have an officer of this id, name and staff number."""

    officer: str
    name: str
    number: str
    do: Literal["person"] = "person"


@dataclass(frozen=True, slots=True)
class Appoint:
    """Give an officer a post, for good or until a day."""

    officer: str
    body: str
    title: str
    since: date
    until: date | None = None
    do: Literal["appoint"] = "appoint"


@dataclass(frozen=True, slots=True)
class Relieve:
    """Take a post from an officer; `on` is the first day it is no longer held."""

    officer: str
    body: str
    title: str
    on: date
    do: Literal["relieve"] = "relieve"


@dataclass(frozen=True, slots=True)
class Suspend:
    """Take every power from an officer from a day on."""

    officer: str
    since: date
    do: Literal["suspend"] = "suspend"


@dataclass(frozen=True, slots=True)
class Restore:
    """End a suspension; `on` is the first day of power."""

    officer: str
    on: date
    do: Literal["restore"] = "restore"


@dataclass(frozen=True, slots=True)
class AdmitOfficer:
    """Let an officer sign in by the staff number and a first password; again, by another one."""

    officer: str
    do: Literal["admit"] = "admit"


@dataclass(frozen=True, slots=True)
class PublishYear:
    """Put a year of the calendar in force; `text` is its file."""

    year: int
    text: str
    do: Literal["year"] = "year"


@dataclass(frozen=True, slots=True)
class PublishPacks:
    """Publish the packs folder as it is; `digest` says which content was seen."""

    digest: str
    do: Literal["packs"] = "packs"


@dataclass(frozen=True, slots=True)
class RewrapKeys:
    """Wrap every key that is kept anew under the current master, by its id."""

    master: str
    do: Literal["rewrap"] = "rewrap"


@dataclass(frozen=True, slots=True)
class RetireMaster:
    """Take a master key that nothing needs any more out of the ring."""

    master: str
    do: Literal["retire"] = "retire"


@dataclass(frozen=True, slots=True)
class RenewSeal:
    """Have a body seal its papers by another key from now on."""

    body: str
    do: Literal["seal"] = "seal"


DirectoryStep = (
    HaveRegion
    | HaveBody
    | CloseBody
    | HavePost
    | HavePerson
    | Appoint
    | Relieve
    | Suspend
    | Restore
    | AdmitOfficer
)
Step = DirectoryStep | PublishYear | PublishPacks | RewrapKeys | RetireMaster | RenewSeal

_STEPS: TypeAdapter[list[Step]] = TypeAdapter(list[Annotated[Step, Discriminator("do")]])


def steps_written(steps: list[Step]) -> str:
    """Steps as JSON."""
    return _STEPS.dump_json(steps).decode()


def steps_read(text: str) -> list[Step]:
    """The steps that `steps_written` wrote."""
    return _STEPS.validate_json(text)
