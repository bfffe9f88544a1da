"""Who may do what, written down a second time as a table that can be read, and held against the code."""

from dataclasses import replace
from itertools import product, zip_longest
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongban.kernel.access import (
    MAY,
    NOBODY,
    Deed,
    Officer,
    Purpose,
    Role,
    Thing,
    Trust,
    Viewer,
    allow,
    allowed,
)
from tongban.kernel.ids import AccountId, BodyCode, OfficerId, PersonKey, RegionCode
from tongban.kernel.refusal import Refusal
from tongban.kernel.tests.regions import AROUND, REGIONS

# Columns: how the viewer stands to the thing. A word is the role it takes, `*` that it takes none; after a
# colon stands the only purpose it may serve. What is not here is forbidden. `desk` is short for the three
# roles that serve the public, `lead` for a leader's two purposes, `mine` for what one does for oneself or for
# whom one acts, `watch` for those who better the catalogue, `advise` for who answers what is asked of them,
# `rules` for who arranges duty of others, `answers` for who answers for what their body undertook; `works`:
# them and their supervisors; `sender` is the body that examined it and sent it up, `governs`
# the people's government whose leave it waits for; `post` for every role;
# `in` is signed in, `task` is who has it or stands in for that one. What a row leaves out at its end is
# forbidden.
TABLE = """
deed               any bearer in known own  agent trusted task   body    region    second asked sender governs
read-public        *   *      *  *     *    *     *       *                       *                *
fill-in            -   *      -  -     *    -     -       window:receiving        -                -
apply              -   -      -  *     *    *     *       *                       *                *
apply-for          -   -      -  -     *    -     *       -                       -                -
store-file         -   -      -  *     *    *     *       *                       *                *
read-content   -   -      -  -     mine mine  -       handler:handling + lead lead - handler:approval advise
read-story         -   -      -  -     *    *     -  desk  desk  supervisor  -  handler + leader  desk  leader
act-as-applicant   -   -      -  -     *    *     -       -                       -                -
list-queues        -   -      -  -     -    -     -       desk                    desk             supervisor
see-figures        -   -      -  -     -    -     -       leader                  leader           supervisor
take               -   -      -  -     -    -     -       handler                 handler          -
handle             -   -      -  -     -    -     -       handler                 -                -
hand-over          -   -      -  -     -    -     -       handler + leader        leader
assign             -   -      -  -     -    -     -       leader                  leader
write-note         -   -      -  -     -    -     -       handler + leader        leader
supervise          -   -      -  -     -    -     -       leader                  leader           supervisor
explain-lateness   -   -      -  -     -    -     -       handler + leader        leader
answer-consultation - - - - - - - - - - - handler + leader
decide-second      -   -      -  -     -    -     -       -           -       -         handler + leader
see-duty           -   -      -  -     -    -     -       post                    post
arrange-duty       -   -      -  -     -    -     -       rules                   rules
ask-approval       -   -      -  -     -    -     -       handler                 handler          -
approve            -   -      -  -     -    -     -       leader                  leader           -
approve-as-government - - - - - - - - - - - - - leader
reverse            -   -      -  -     -    -     -       handler + leader        handler + leader -
write-message      -   -      -  -     *    *     -       handler + leader        leader           -
answer-contest     -   -      -  -     -    -     -       leader                  leader           supervisor
deliver            -   -      -  -     -    -     -  desk              desk  -  -  -  desk
terminate          -   -      -  -     -    -     -       handler + leader        leader           -
revoke             -   -      -  -     -    -     -       handler + leader        leader           -
see-certificate    -   -      -  -     *    -     -       desk                    desk             supervisor
open-certificate   -   -      -  -     *    -     -       -                       -                -
act-on-certificate -   -      -  -     -    -     -       handler + leader        handler + leader -
approve-revocation -   -      -  -     -    -     -       leader                  leader           -
read-notices       -   -      -  -     *    *     -       -                       -                -
answer-call        -   -      -  -     -    -     -       window                  window           window
receive            -   -      -  -     -    -     -       window                  window           window
see-unanswered     -   -      -  -     -    -     -       -                       -                watch
administer         -   -      -  -     -    -     -       -                       -                admin
see-plans          -   -      -  -     -    -     -       works                   works     supervisor - works
report-progress    -   -      -  -     -    -     -       answers                 answers   -       - answers
answer-for-measure -   -      -  -     -    -     -       leader                  leader           -
supervise-plans    -   -      -  -     -    -     -       supervisor              supervisor       supervisor
"""
SHORT = {
    "desk": ["window", "handler", "leader"],
    "mine": ["*:own-affair"],
    "lead": ["leader:approval", "leader:leading"],
    "watch": ["leader", "supervisor", "admin"],
    "advise": ["handler:consulting", "leader:consulting"],
    "post": ["window", "handler", "leader", "supervisor", "admin"],
    "rules": ["leader", "admin"],
    "answers": ["handler", "leader"],
    "works": ["handler", "leader", "supervisor"],
    "-": [],
}


def _read(table: str) -> dict[str, dict[str, list[str]]]:
    head, *rows = [line.replace(" + ", "+").split() for line in table.strip().splitlines()]
    return {
        row[0]: {
            column: [one for word in cell.split("+") for one in SHORT.get(word, [word])]
            for column, cell in zip_longest(head[1:], row[1:], fillvalue="-")
        }
        for row in rows
    }


GRANTS = _read(TABLE)

BODIES = [BodyCode("11510104000000001A"), BodyCode("11510104000000002B"), BodyCode("11510100000000003C")]
PEOPLE = [PersonKey(bytes([n]) * 32) for n in range(4)]
SECRETS = [b"one browser's", b"another browser's"]
OFFICERS = [OfficerId(UUID(int=n)) for n in range(3)]

officers = st.builds(
    Officer,
    id=st.sampled_from(OFFICERS),
    body=st.sampled_from(BODIES),
    region=st.sampled_from(REGIONS).map(RegionCode),
    roles=st.frozensets(st.sampled_from(Role)),
    stands_in_for=st.frozensets(st.sampled_from(OFFICERS), max_size=1),
)
MATTERS = ["公安机关", "民政部门"]
trusts = st.builds(
    Trust, st.uuids(), st.sampled_from(PEOPLE), st.frozensets(st.sampled_from(MATTERS)), st.booleans()
)
residents = st.builds(
    Viewer,
    account=st.uuids().map(AccountId),
    person=st.none() | st.sampled_from(PEOPLE),
    mandates=st.frozensets(st.sampled_from(PEOPLE)),
    acting_for=st.none() | st.sampled_from(PEOPLE),
    bearer=st.none() | st.sampled_from(SECRETS),
    trusts=st.frozensets(trusts, max_size=2),
)
viewers = (
    st.just(NOBODY)
    | st.builds(Viewer, bearer=st.sampled_from(SECRETS))
    | residents
    | st.builds(Viewer, account=st.uuids().map(AccountId), unnamed=st.just(True))
    | st.builds(Viewer, account=st.uuids().map(AccountId), officer=officers)
    | st.builds(lambda viewer, officer: replace(viewer, officer=officer), residents, officers)
)
things = st.builds(
    Thing,
    body=st.none() | st.sampled_from(BODIES),
    region=st.none() | st.sampled_from(sorted(AROUND)).map(RegionCode),
    applicant=st.none() | st.sampled_from(PEOPLE),
    taken_by=st.none() | st.sampled_from(OFFICERS),
    bearer=st.none() | st.sampled_from(SECRETS),
    filed_by=st.none() | st.sampled_from(PEOPLE),
    matter=st.sampled_from(MATTERS),
    asked=st.frozensets(st.sampled_from([*OFFICERS, *BODIES]), max_size=2),
    seconded=st.booleans(),
    sent_by=st.none() | st.sampled_from(BODIES),
    governed_by=st.none() | st.sampled_from(BODIES),
)
deeds = st.sampled_from(Deed)
purposes = st.none() | st.sampled_from(Purpose)


def the_table_says(viewer: Viewer, deed: Deed, thing: Thing, purpose: Purpose | None) -> bool:
    """The answer of the table, worked out without a line of the code it judges."""
    row = GRANTS[deed.value]
    columns = ["any"]
    if thing.bearer and viewer.bearer == thing.bearer:
        columns.append("bearer")
    if viewer.account:
        columns.append("in")
        if not viewer.unnamed:
            columns.append("known")
        lawful = set(viewer.mandates) | {viewer.person}
        if viewer.acting_for:
            lawful = {viewer.acting_for} if viewer.acting_for in viewer.mandates else set()
        if thing.applicant and thing.applicant in lawful:
            columns.append("own")
        columns += trusted(viewer, thing)
        columns += served(viewer.officer, thing) if viewer.officer else []
        if viewer.officer and thing.region and viewer.officer.region in AROUND[thing.region]:
            columns.append("region")
    held = {"*"} | ({role.value for role in viewer.officer.roles} if viewer.officer else set())
    for grant in [grant for column in columns for grant in row[column]]:
        role, _, only_for = grant.partition(":")
        if role in held and (not only_for or (purpose and purpose.value == only_for)):
            return True
    return False


def served(officer: Officer, thing: Thing) -> list[str]:
    """How an officer stands to an affair, beside by region."""
    themselves = {officer.id} | officer.stands_in_for
    columns = ["asked"] if any(one in themselves or one == officer.body for one in thing.asked) else []
    columns += ["sender"] if thing.sent_by == officer.body else []
    columns += ["governs"] if thing.governed_by == officer.body else []
    if officer.body == thing.body and thing.taken_by in themselves:
        columns.append("task")
    elif officer.body == thing.body:
        columns += ["body", "second"] if thing.seconded else ["body"]
    return columns


def trusted(viewer: Viewer, thing: Thing) -> list[str]:
    """How somebody stands to the affair of one who gave them a mandate for no more than what they file."""
    whose = [one for one in viewer.trusts if one.whose == thing.applicant]
    if not whose or viewer.acting_for not in (None, thing.applicant):
        return []
    filed = thing.filed_by is not None and thing.filed_by == viewer.person
    covered = any(not one.scope or thing.matter in one.scope for one in whose)
    return ["agent"] * filed + ["trusted"] * covered


def someone(**known: object) -> Viewer:
    return Viewer(account=AccountId(uuid4()), **known)  # type: ignore[arg-type]


def an_officer(*roles: Role, body: BodyCode = BODIES[0], region: str = "510104") -> Viewer:
    return someone(officer=Officer(OFFICERS[0], body, RegionCode(region), frozenset(roles)))


FREE = {Deed.READ_PUBLIC, Deed.APPLY, Deed.STORE_FILE}
"""What anyone signed in may do; whatever comes of it belongs to the viewer."""

SEEN_MASKED = {
    Deed.READ_STORY,
    Deed.LIST_QUEUES,
    Deed.SEE_CERTIFICATE,
    Deed.SEE_FIGURES,
    Deed.SEE_UNANSWERED,
    Deed.SEE_PLANS,
}
"""What supervision sees: how things went and how many, nobody's content."""

SUPERVISES = {Deed.ANSWER_CONTEST, Deed.SUPERVISE, Deed.SUPERVISE_PLANS}
"""What supervision does: it answers for a doubted look, sees to late cases and to what a city undertook."""

ARRANGES = {Deed.ADMINISTER, Deed.SEE_DUTY, Deed.ARRANGE_DUTY}
"""What administration does: regions, bodies, posts and people, who is on duty, and who stands in for whom."""

A_CASE = Thing(body=BODIES[0], region=RegionCode("510104"), applicant=PEOPLE[0], taken_by=OFFICERS[0])


def test_the_table_names_every_deed() -> None:
    assert set(GRANTS) == {deed.value for deed in Deed} == {deed.value for deed in MAY}


@given(viewers, deeds, things, purposes)
def test_the_code_answers_as_the_table_does(
    viewer: Viewer, deed: Deed, thing: Thing, purpose: Purpose | None
) -> None:
    assert allowed(viewer, deed, thing, purpose) == the_table_says(viewer, deed, thing, purpose)


@pytest.mark.parametrize("deed", Deed)
def test_every_role_at_every_distance_gets_what_the_table_grants(deed: Deed) -> None:
    places = [(0, "510104"), (1, "510104"), (2, "510100"), (1, "510105")]
    waits = [A_CASE, replace(A_CASE, seconded=True), replace(A_CASE, asked=frozenset({OFFICERS[0]}))]
    for role, (body, region), taken_by, purpose, case in product(
        [None, *Role], places, [None, *OFFICERS[:2]], [None, *Purpose], waits
    ):
        viewer = an_officer(*([role] if role else []), body=BODIES[body], region=region)
        thing = replace(case, taken_by=taken_by)
        expected = the_table_says(viewer, deed, thing, purpose)
        assert allowed(viewer, deed, thing, purpose) == expected, (role, body, region, taken_by, purpose)


@given(officers, deeds, things, purposes)
def test_an_officer_without_a_role_may_no_more_than_anyone_signed_in(
    officer: Officer, deed: Deed, thing: Thing, purpose: Purpose | None
) -> None:
    bare = someone(officer=replace(officer, roles=frozenset()))
    assert allowed(bare, deed, thing, purpose) == allowed(someone(), deed, thing, purpose)


@given(officers, things, purposes, deeds)
def test_supervision_and_administration_never_read_content_and_never_act(
    officer: Officer, thing: Thing, purpose: Purpose | None, deed: Deed
) -> None:
    watcher = someone(officer=replace(officer, roles=frozenset({Role.SUPERVISOR, Role.ADMIN})))
    assert deed in FREE | SEEN_MASKED | SUPERVISES | ARRANGES or not allowed(watcher, deed, thing, purpose)


@given(
    officers,
    things,
    purposes,
    st.sampled_from(
        [Deed.TAKE, Deed.HANDLE, Deed.APPROVE, Deed.REVERSE, Deed.ASK_APPROVAL, Deed.READ_CONTENT]
    ),
)
def test_an_officer_of_another_body_never_acts_nor_reads(
    officer: Officer, thing: Thing, purpose: Purpose | None, deed: Deed
) -> None:
    unasked = replace(thing, asked=frozenset())
    if officer.body != thing.body and deed not in FREE | {Deed.READ_STORY, Deed.LIST_QUEUES}:
        assert not allowed(someone(officer=officer), deed, unasked, purpose)


@given(viewers, things)
def test_nobody_reads_content_without_a_purpose(viewer: Viewer, thing: Thing) -> None:
    assert not allowed(viewer, Deed.READ_CONTENT, thing, None)


@given(viewers, deeds, things, purposes)
def test_who_is_not_signed_in_gets_what_is_public_and_what_their_browser_began(
    viewer: Viewer, deed: Deed, thing: Thing, purpose: Purpose | None
) -> None:
    bears = deed is Deed.FILL_IN and thing.bearer is not None and viewer.bearer == thing.bearer
    assert allowed(replace(viewer, account=None), deed, thing, purpose) == (deed is Deed.READ_PUBLIC or bears)


@given(viewers, deeds, purposes)
def test_what_belongs_to_nobody_is_nobodys_own(viewer: Viewer, deed: Deed, purpose: Purpose | None) -> None:
    assert deed in FREE or not allowed(viewer, deed, Thing(), purpose)


@given(residents, deeds, things, purposes, st.sampled_from(PEOPLE))
def test_acting_for_an_enterprise_gives_nothing_that_its_mandate_does_not(
    viewer: Viewer, deed: Deed, thing: Thing, purpose: Purpose | None, enterprise: PersonKey
) -> None:
    acting = replace(viewer, acting_for=enterprise)
    if allowed(acting, deed, thing, purpose):
        assert allowed(replace(viewer, acting_for=None), deed, thing, purpose)


def test_a_token_of_an_enterprise_does_not_open_the_private_affairs_of_its_holder() -> None:
    acting = someone(person=PEOPLE[0], mandates=frozenset({PEOPLE[1]}), acting_for=PEOPLE[1])
    assert not allowed(acting, Deed.READ_CONTENT, A_CASE, Purpose.OWN_AFFAIR)
    assert allowed(acting, Deed.READ_CONTENT, replace(A_CASE, applicant=PEOPLE[1]), Purpose.OWN_AFFAIR)


@given(officers, deeds, things, purposes, st.sampled_from(Role))
def test_another_role_never_takes_anything_away(
    officer: Officer, deed: Deed, thing: Thing, purpose: Purpose | None, role: Role
) -> None:
    if allowed(someone(officer=officer), deed, thing, purpose):
        more = replace(officer, roles=officer.roles | {role})
        assert allowed(someone(officer=more), deed, thing, purpose)


def test_a_refusal_says_whether_signing_in_would_help() -> None:
    with pytest.raises(Refusal) as stranger:
        allow(NOBODY, Deed.READ_CONTENT, A_CASE, Purpose.OWN_AFFAIR)
    with pytest.raises(Refusal) as known:
        allow(someone(), Deed.READ_CONTENT, A_CASE, Purpose.OWN_AFFAIR)
    assert (stranger.value.code, stranger.value.status) == ("access.sign-in", 401)
    assert (known.value.code, known.value.status) == ("access.not-allowed", 403)
    assert allow(someone(person=PEOPLE[0]), Deed.READ_CONTENT, A_CASE, Purpose.OWN_AFFAIR) is None  # type: ignore[func-returns-value]


def test_whoever_files_for_another_sees_what_they_filed_and_nothing_else_of_theirs() -> None:
    trust = Trust(uuid4(), PEOPLE[0], frozenset({"民政部门"}), person=True)
    agent = someone(person=PEOPLE[1], trusts=frozenset({trust}))
    filed = replace(A_CASE, filed_by=PEOPLE[1])
    assert allowed(agent, Deed.READ_CONTENT, filed, Purpose.OWN_AFFAIR)
    assert not allowed(agent, Deed.READ_CONTENT, A_CASE, Purpose.OWN_AFFAIR)
    assert not allowed(replace(agent, trusts=frozenset()), Deed.READ_STORY, filed)
    assert not allowed(agent, Deed.OPEN_CERTIFICATE, filed)
    for matter, may in (("民政部门", True), ("公安机关", False)):
        assert allowed(agent, Deed.APPLY_FOR, Thing(applicant=PEOPLE[0], matter=matter)) is may


def test_whoever_founded_it_owns_what_became_of_it_beside_its_holder():
    company, founder, other = (PersonKey(bytes([one]) * 32) for one in (1, 2, 3))
    thing = Thing(applicant=company, founder=founder)
    for key, may in ((company, True), (founder, True), (other, False)):
        viewer = Viewer(account=AccountId(uuid4()), person=key)
        assert allowed(viewer, Deed.OPEN_CERTIFICATE, thing) == may
    nobody = Viewer(account=AccountId(uuid4()))
    assert not allowed(nobody, Deed.OPEN_CERTIFICATE, Thing())
