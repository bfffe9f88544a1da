"""Who asks: nobody yet, a resident, somebody for another, an officer with the roles of that day."""

from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from tongban.kernel.ids import AccountId, BodyCode, OfficerId, PersonKey, RegionCode


class Role(StrEnum):
    """What a post is for; the powers of a post come from nowhere else."""

    WINDOW = "window"  # 窗口
    HANDLER = "handler"  # 经办
    LEADER = "leader"  # 负责人
    SUPERVISOR = "supervisor"  # 监督
    ADMIN = "admin"  # 系统管理


@dataclass(frozen=True, slots=True)
class Officer:
    """One officer at one body, with the roles of the posts held there today.

    `stands_in_for`: those of that day who are away and named this one; it passes on nothing that they have
    from others. `away`: whether this one is away that day, which takes no power away. `posts`: what the posts
    are called, as drawings of flows name them; powers hang on the roles alone.
    """

    id: OfficerId
    body: BodyCode
    region: RegionCode
    roles: frozenset[Role]
    name: str = ""
    stands_in_for: frozenset[OfficerId] = frozenset()
    away: bool = False
    posts: frozenset[str] = frozenset()

    def acts_as(self, officer: OfficerId | None) -> bool:
        """Whether what is this officer's to do is this one's too: by being the same, or standing in."""
        return officer is not None and (officer == self.id or officer in self.stands_in_for)


@dataclass(frozen=True, slots=True)
class Trust:
    """A mandate that opens no more than what its holder filed: a person's, or an enterprise's for a part.

    `scope`: the matters it covers, as the catalogue's departments; none named means all. `person`: whether it
    is a person who is acted for.
    """

    mandate: UUID
    whose: PersonKey
    scope: frozenset[str] = frozenset()
    person: bool = False

    def covers(self, matter: str) -> bool:
        """Whether this matter may be filed by it."""
        return not self.scope or matter in self.scope


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who asks: nobody yet, a resident (perhaps for an enterprise), or an officer on duty."""

    account: AccountId | None = None
    person: PersonKey | None = None
    acting_for: PersonKey | None = None
    mandates: frozenset[PersonKey] = field(default_factory=frozenset)
    officer: Officer | None = None
    shown_as: str = ""
    """How lists name them: a person's masked name, the enterprise's that is acted for, an officer's own."""
    unnamed: bool = False
    """A resident signed in by a phone alone, whose name and number nobody has checked yet."""
    bearer: bytes | None = None
    """Keyed digest of a secret that this browser keeps: whoever bears it may go on with what it began."""
    trusts: frozenset[Trust] = field(default_factory=frozenset)
    """The mandates of this day by which one may file for others and see what one filed; no more of theirs."""
    by_first_password: bool = False
    """An officer whose password another person has seen; they choose their own before all else."""
    agent: str = ""
    """How lists name whoever acts here for another; empty for who acts for themselves."""

    @property
    def resident(self) -> bool:
        """Whether this is a resident, named or not yet."""
        return self.person is not None or self.unnamed

    @property
    def selves(self) -> frozenset[PersonKey]:
        """Everyone this viewer lawfully is: oneself and the enterprises one is entitled to act for.

        Whoever acts for one enterprise is that enterprise alone: its token opens nobody's private affairs.
        """
        if self.acting_for is not None:
            return self.mandates & {self.acting_for}
        return self.mandates | ({self.person} if self.person else frozenset())

    @property
    def trusted_by(self) -> frozenset[PersonKey]:
        """Everyone for whom this viewer may file, and of whom they see what they filed."""
        whose = frozenset(one.whose for one in self.trusts)
        return whose if self.acting_for is None else whose & {self.acting_for}

    def acts_for_person(self, applicant: PersonKey) -> bool:
        """Whether an applicant whom this viewer may act for is a person, they themselves or another."""
        return applicant == self.person or any(one.person and one.whose == applicant for one in self.trusts)


NOBODY = Viewer()
