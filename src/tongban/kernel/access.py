"""The one access function: values in, a yes or a refusal out.

Every read and every act asks `allow`. Who may do what stands in `MAY`, one row a deed; the tests print it as
a table of every address and role. The viewer's relation to the thing is worked out from post, body, region
and task alone, so a rule cannot look anything up and cannot be fooled by a late look.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import lru_cache
from typing import Final

from django.utils.translation import gettext as _

from tongban.kernel.ids import BodyCode, OfficerId, PersonKey, RegionCode
from tongban.kernel.refusal import Refusal
from tongban.kernel.viewer import NOBODY as NOBODY
from tongban.kernel.viewer import Officer as Officer
from tongban.kernel.viewer import Role as Role
from tongban.kernel.viewer import Trust as Trust
from tongban.kernel.viewer import Viewer as Viewer


class Relation(StrEnum):
    """How the viewer stands to a thing, the nearest first."""

    ANYONE = "anyone"
    BEARER = "bearer"  # bears the secret of what was begun before sign-in
    SIGNED_IN = "signed-in"
    KNOWN = "known"  # and not by a phone alone
    OWN = "own"  # applicant, or entitled to act for the applicant in everything
    AGENT = "agent"  # filed it for the applicant, by a mandate that still stands
    TRUSTED = "trusted"  # may file this matter for the applicant
    TASK = "task"  # has taken it, fills it in at a window, or stands in today for who has taken it
    ASKED = "asked"  # an officer, or a body, whose answer it waits for
    SECOND = "second"  # a colleague, where a second officer must agree with whoever has it
    SAME_BODY = "same-body"
    SENT_UP = "sent-up"  # the body that examined it, where another decides
    GOVERNMENT = "government"  # the people's government whose leave it waits for
    REGION = "region"  # another body inside the officer's region


class Deed(StrEnum):
    """Everything that can be read or done."""

    READ_PUBLIC = "read-public"
    FILL_IN = "fill-in"
    APPLY = "apply"
    APPLY_FOR = "apply-for"
    STORE_FILE = "store-file"
    READ_CONTENT = "read-content"
    READ_STORY = "read-story"
    ACT_AS_APPLICANT = "act-as-applicant"
    LIST_QUEUES = "list-queues"
    SEE_FIGURES = "see-figures"
    TAKE = "take"
    HANDLE = "handle"
    HAND_OVER = "hand-over"
    ASSIGN = "assign"
    WRITE_NOTE = "write-note"
    SUPERVISE = "supervise"
    EXPLAIN_LATENESS = "explain-lateness"
    ANSWER_CONSULTATION = "answer-consultation"
    DECIDE_SECOND = "decide-second"
    SEE_DUTY = "see-duty"
    ARRANGE_DUTY = "arrange-duty"
    ASK_APPROVAL = "ask-approval"
    APPROVE = "approve"
    APPROVE_AS_GOVERNMENT = "approve-as-government"
    REVERSE = "reverse"
    WRITE_MESSAGE = "write-message"
    ANSWER_CONTEST = "answer-contest"
    DELIVER = "deliver"
    TERMINATE = "terminate"
    REVOKE = "revoke"
    SEE_CERTIFICATE = "see-certificate"
    OPEN_CERTIFICATE = "open-certificate"
    ACT_ON_CERTIFICATE = "act-on-certificate"
    APPROVE_REVOCATION = "approve-revocation"
    READ_NOTICES = "read-notices"
    ANSWER_CALL = "answer-call"
    RECEIVE = "receive"
    SEE_UNANSWERED = "see-unanswered"
    ADMINISTER = "administer"
    SEE_PLANS = "see-plans"
    REPORT_PROGRESS = "report-progress"
    ANSWER_FOR_MEASURE = "answer-for-measure"
    SUPERVISE_PLANS = "supervise-plans"


class Purpose(StrEnum):
    """Why a person's data is looked at; recorded with every look and shown to the person."""

    OWN_AFFAIR = "own-affair"  # 本人查看
    HANDLING = "handling"  # 办理
    APPROVAL = "approval"  # 审批
    LEADING = "leading"  # 督办
    CONTEST = "contest"  # 核实疑问
    CONSULTING = "consulting"  # 答复征求意见
    RECEIVING = "receiving"  # 受理窗口代为填报


@dataclass(frozen=True, slots=True)
class Thing:
    """What is to be read or acted on; empty for what belongs to nobody.

    `founder`: who founded the enterprise it belonged to, where nobody acts for that one any more.
    `bearer`: the digest of the secret by which a browser knows what it began before sign-in. `filed_by`: the
    person who filed it; `matter`: what kind of thing is to be filed, as mandates name it. `asked`: officers
    and bodies whose answer it waits for; `seconded`: whether it waits for a second officer's agreement.
    `sent_by`: the body that examined it and sent it up to `body`. `governed_by`: the government whose leave
    it waits for.
    """

    body: BodyCode | None = None
    region: RegionCode | None = None
    applicant: PersonKey | None = None
    taken_by: OfficerId | None = None
    founder: PersonKey | None = None
    bearer: bytes | None = None
    filed_by: PersonKey | None = None
    matter: str = ""
    asked: frozenset[OfficerId | BodyCode] = frozenset()
    seconded: bool = False
    sent_by: BodyCode | None = None
    governed_by: BodyCode | None = None


@dataclass(frozen=True, slots=True)
class May:
    """One row of the table: a relation, the roles that it takes, and the purposes it may serve."""

    relation: Relation
    roles: frozenset[Role] = frozenset()
    purposes: frozenset[Purpose] = frozenset()


def _may(relation: Relation, *roles: Role, purposes: Iterable[Purpose] = ()) -> May:
    return May(relation, frozenset(roles), frozenset(purposes))


_DESK = (Role.WINDOW, Role.HANDLER, Role.LEADER)
_ANSWERS = (Role.HANDLER, Role.LEADER)

MAY: dict[Deed, tuple[May, ...]] = {
    Deed.READ_PUBLIC: (_may(Relation.ANYONE),),
    Deed.APPLY: (_may(Relation.KNOWN),),
    Deed.APPLY_FOR: (_may(Relation.OWN), _may(Relation.TRUSTED)),
    Deed.STORE_FILE: (_may(Relation.KNOWN),),
    Deed.FILL_IN: (
        _may(Relation.BEARER),
        _may(Relation.OWN),
        _may(Relation.TASK, Role.WINDOW, purposes=(Purpose.RECEIVING,)),
    ),
    Deed.READ_CONTENT: (
        _may(Relation.OWN, purposes=(Purpose.OWN_AFFAIR,)),
        _may(Relation.AGENT, purposes=(Purpose.OWN_AFFAIR,)),
        _may(Relation.TASK, Role.HANDLER, purposes=(Purpose.HANDLING,)),
        _may(Relation.SAME_BODY, Role.LEADER, purposes=(Purpose.APPROVAL, Purpose.LEADING)),
        _may(Relation.SECOND, Role.HANDLER, purposes=(Purpose.APPROVAL,)),
        _may(Relation.ASKED, Role.HANDLER, Role.LEADER, purposes=(Purpose.CONSULTING,)),
    ),
    Deed.READ_STORY: (
        _may(Relation.OWN),
        _may(Relation.AGENT),
        _may(Relation.SAME_BODY, *_DESK),
        _may(Relation.SENT_UP, *_DESK),
        _may(Relation.REGION, Role.SUPERVISOR),
        _may(Relation.ASKED, Role.HANDLER, Role.LEADER),
        _may(Relation.GOVERNMENT, Role.LEADER),
    ),
    Deed.ACT_AS_APPLICANT: (_may(Relation.OWN), _may(Relation.AGENT)),
    Deed.LIST_QUEUES: (_may(Relation.SAME_BODY, *_DESK), _may(Relation.REGION, Role.SUPERVISOR)),
    Deed.SEE_FIGURES: (_may(Relation.SAME_BODY, Role.LEADER), _may(Relation.REGION, Role.SUPERVISOR)),
    Deed.TAKE: (_may(Relation.SAME_BODY, Role.HANDLER),),
    Deed.HANDLE: (_may(Relation.TASK, Role.HANDLER),),
    Deed.HAND_OVER: (_may(Relation.TASK, Role.HANDLER), _may(Relation.SAME_BODY, Role.LEADER)),
    Deed.ASSIGN: (_may(Relation.SAME_BODY, Role.LEADER),),
    Deed.WRITE_NOTE: (_may(Relation.TASK, Role.HANDLER), _may(Relation.SAME_BODY, Role.LEADER)),
    Deed.SUPERVISE: (_may(Relation.SAME_BODY, Role.LEADER), _may(Relation.REGION, Role.SUPERVISOR)),
    Deed.EXPLAIN_LATENESS: (_may(Relation.TASK, Role.HANDLER), _may(Relation.SAME_BODY, Role.LEADER)),
    Deed.ANSWER_CONSULTATION: (_may(Relation.ASKED, Role.HANDLER, Role.LEADER),),
    Deed.DECIDE_SECOND: (_may(Relation.SECOND, Role.HANDLER, Role.LEADER),),
    Deed.SEE_DUTY: (_may(Relation.SAME_BODY, *Role),),
    Deed.ARRANGE_DUTY: (_may(Relation.SAME_BODY, Role.LEADER, Role.ADMIN),),
    Deed.ASK_APPROVAL: (_may(Relation.SAME_BODY, Role.HANDLER),),
    Deed.APPROVE: (_may(Relation.SAME_BODY, Role.LEADER),),
    Deed.APPROVE_AS_GOVERNMENT: (_may(Relation.GOVERNMENT, Role.LEADER),),
    Deed.REVERSE: (_may(Relation.SAME_BODY, Role.HANDLER, Role.LEADER),),
    Deed.WRITE_MESSAGE: (
        _may(Relation.OWN),
        _may(Relation.AGENT),
        _may(Relation.TASK, Role.HANDLER),
        _may(Relation.SAME_BODY, Role.LEADER),
    ),
    Deed.ANSWER_CONTEST: (_may(Relation.SAME_BODY, Role.LEADER), _may(Relation.REGION, Role.SUPERVISOR)),
    Deed.DELIVER: (_may(Relation.SAME_BODY, *_DESK), _may(Relation.SENT_UP, *_DESK)),
    Deed.TERMINATE: (_may(Relation.TASK, Role.HANDLER), _may(Relation.SAME_BODY, Role.LEADER)),
    Deed.REVOKE: (_may(Relation.TASK, Role.HANDLER), _may(Relation.SAME_BODY, Role.LEADER)),
    Deed.SEE_CERTIFICATE: (
        _may(Relation.OWN),
        _may(Relation.SAME_BODY, *_DESK),
        _may(Relation.REGION, Role.SUPERVISOR),
    ),
    Deed.OPEN_CERTIFICATE: (_may(Relation.OWN),),
    Deed.ACT_ON_CERTIFICATE: (_may(Relation.SAME_BODY, Role.HANDLER, Role.LEADER),),
    Deed.APPROVE_REVOCATION: (_may(Relation.SAME_BODY, Role.LEADER),),
    Deed.READ_NOTICES: (_may(Relation.OWN), _may(Relation.AGENT)),
    Deed.ANSWER_CALL: (_may(Relation.SAME_BODY, Role.WINDOW), _may(Relation.REGION, Role.WINDOW)),
    Deed.RECEIVE: (_may(Relation.SAME_BODY, Role.WINDOW), _may(Relation.REGION, Role.WINDOW)),
    Deed.SEE_UNANSWERED: (_may(Relation.REGION, Role.LEADER, Role.SUPERVISOR, Role.ADMIN),),
    Deed.ADMINISTER: (_may(Relation.REGION, Role.ADMIN),),
    Deed.SEE_PLANS: (
        _may(Relation.SAME_BODY, *_ANSWERS, Role.SUPERVISOR),
        _may(Relation.ASKED, *_ANSWERS, Role.SUPERVISOR),
        _may(Relation.REGION, Role.SUPERVISOR),
    ),
    Deed.REPORT_PROGRESS: (_may(Relation.SAME_BODY, *_ANSWERS), _may(Relation.ASKED, *_ANSWERS)),
    Deed.ANSWER_FOR_MEASURE: (_may(Relation.SAME_BODY, Role.LEADER),),
    Deed.SUPERVISE_PLANS: (_may(Relation.SAME_BODY, Role.SUPERVISOR), _may(Relation.REGION, Role.SUPERVISOR)),
}


def covers(region: RegionCode, other: RegionCode) -> bool:
    """Whether `other` lies inside `region`: 510000 holds 510100, which holds 510104, which holds 510104022.

    Codes padded with noughts mean the same: 510104022000 holds 510104022001. What is no code holds nothing.
    """
    outer, inner = _divisions(region), _divisions(other)
    return bool(outer) and inner[: len(outer)] == outer


@lru_cache(maxsize=8192)
def _divisions(code: RegionCode) -> tuple[str, ...]:
    """The province, city, county, township … that a code names; none for what is not a code."""
    if not (code.isascii() and code.isdigit() and len(code) in (6, 9, 12, 15)):
        return ()
    found = [code[0:2], code[2:4], code[4:6], *(code[at : at + 3] for at in range(6, len(code), 3))]
    while found and not found[-1].strip("0"):
        found.pop()
    return tuple(found)


def relations(viewer: Viewer, thing: Thing) -> frozenset[Relation]:
    """Every way in which the viewer stands to the thing. Who is not signed in bears a secret at most."""
    found = {Relation.ANYONE}
    if thing.bearer is not None and viewer.bearer == thing.bearer:
        found.add(Relation.BEARER)
    if viewer.account is None:
        return frozenset(found)
    found.add(Relation.SIGNED_IN)
    if not viewer.unnamed:
        found.add(Relation.KNOWN)
    if viewer.selves & {thing.applicant, thing.founder}:
        found.add(Relation.OWN)
    if thing.applicant in viewer.trusted_by:
        found |= _as_agent(viewer, thing)
    if viewer.officer is not None:
        found |= _as_officer(viewer.officer, thing)
    return frozenset(found)


def _as_officer(officer: Officer, thing: Thing) -> set[Relation]:
    """How an officer stands to an affair: by body, by task, by what is asked of them, by region."""
    found = set()
    if thing.body == officer.body:
        found.add(Relation.SAME_BODY)
        if officer.acts_as(thing.taken_by):
            found.add(Relation.TASK)
        elif thing.seconded:
            found.add(Relation.SECOND)
    if thing.sent_by == officer.body:
        found.add(Relation.SENT_UP)
    if thing.governed_by == officer.body:
        found.add(Relation.GOVERNMENT)
    if thing.asked & {officer.id, officer.body, *officer.stands_in_for}:
        found.add(Relation.ASKED)
    if thing.region is not None and covers(officer.region, thing.region):
        found.add(Relation.REGION)
    return found


def _as_agent(viewer: Viewer, thing: Thing) -> set[Relation]:
    """How somebody stands to an affair of one who trusts them: by what they filed, and what they may file."""
    found = set()
    if thing.filed_by is not None and thing.filed_by == viewer.person:
        found.add(Relation.AGENT)
    if any(one.whose == thing.applicant and one.covers(thing.matter) for one in viewer.trusts):
        found.add(Relation.TRUSTED)
    return found


def allowed(viewer: Viewer, deed: Deed, thing: Thing, purpose: Purpose | None = None) -> bool:
    """Whether some row of the table lets this viewer do this deed to this thing, for this purpose."""
    stands = relations(viewer, thing)
    roles = viewer.officer.roles if viewer.officer else frozenset()
    return any(
        row.relation in stands
        and (not row.roles or row.roles & roles)
        and (not row.purposes or purpose in row.purposes)
        for row in MAY[deed]
    )


def roles_for(deed: Deed) -> frozenset[Role]:
    """The roles that take a deed to some thing at all; who has none of them may never do it as an officer."""
    return frozenset().union(*(row.roles for row in MAY[deed]))


@dataclass(frozen=True, slots=True)
class Reach:
    """What of many a list may show: one's own, those of a body, or those of regions with a prefix.

    `filed_for`: of whom a list shows what `agent` filed, and nothing else.
    """

    selves: frozenset[PersonKey] = field(default_factory=frozenset)
    filed_for: frozenset[PersonKey] = field(default_factory=frozenset)
    agent: PersonKey | None = None
    body: BodyCode | None = None
    region: str | None = None


def reach(viewer: Viewer, deed: Deed) -> Reach:
    """The same table asked of many things at once; a list filters by it and shows nothing else."""
    officer = viewer.officer
    roles = officer.roles if officer else frozenset()
    held = {row.relation for row in MAY[deed] if not row.purposes and (not row.roles or row.roles & roles)}
    return Reach(
        selves=viewer.selves if Relation.OWN in held else frozenset(),
        filed_for=viewer.trusted_by if Relation.AGENT in held else frozenset(),
        agent=viewer.person if Relation.AGENT in held else None,
        body=officer.body if officer and Relation.SAME_BODY in held else None,
        region="".join(_divisions(officer.region)) or None if officer and Relation.REGION in held else None,
    )


UNNAMED: Final = "access.real-name"


def unnamed() -> Refusal:
    """The refusal of who signed in by a phone alone, where a name is needed."""
    return Refusal(
        UNNAMED,
        says=_("这一步要先实名。"),
        do=_("请先核对姓名和公民身份号码，一分钟就好；不会用的，可以带身份证到政务服务大厅的窗口办理。"),
        status=403,
    )


def allow(viewer: Viewer, deed: Deed, thing: Thing, purpose: Purpose | None = None) -> None:
    """Pass, or refuse: 401 to someone not signed in, else 403."""
    if allowed(viewer, deed, thing, purpose):
        return
    if viewer.account is None:
        raise Refusal(
            "access.sign-in",
            says=_("请先登录。"),
            do=_("登录后再办理；程序请在请求头带上 Authorization: Bearer 令牌。"),
            status=401,
        )
    if viewer.unnamed and allowed(replace(viewer, unnamed=False), deed, thing, purpose):
        raise unnamed()
    raise Refusal(
        "access.not-allowed",
        says=_("您没有权限查看或办理这件事。"),
        do=_("如果您认为应当有权限，请联系本单位管理员；申请人请用提交申请的账号登录。"),
        status=403,
    )
