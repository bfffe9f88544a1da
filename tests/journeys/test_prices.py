"""What a page costs in statements, whatever the length of its lists."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.journeys import arranging
from tests.journeys.people import Account, City, on_duty, signed_in
from tests.journeys.tolerance import tolerated
from tests.journeys.windows import at_a_window
from tests.rows import material_of
from tongban.cases import api as cases
from tongban.cases import commands
from tongban.cases.tests.drafting import a_photo
from tongban.cases.tests.jointly import late
from tongban.cases.tests.joints import a_joint, submitted
from tongban.cases.tests.world import JINJIANG, id_of
from tongban.certificates import api as certificates
from tongban.certificates.tests.world import an_order
from tongban.kernel.keys import ring
from tongban.kernel.sql import load
from tongban.notices import api as notices
from tongban.notices.tests.world import NOON, key_of, news
from tongban.plans import api as plans
from tongban.plans.tests.world import Undertaking

RENEWALS = {
    load(f"tongban.{context}", name)
    for context, name in (
        ("catalogue", "mark"),
        ("directory", "changed"),
        ("catalogue", "news"),
        ("notices", "announcements"),
        ("cases", "most_used"),
        ("ledger", "day"),
        ("ledger", "reasons"),
    )
}
"""Asked every few seconds in a process, not for a page: was anything published, how does the day go?"""
FRAME = {"BEGIN", "COMMIT"}

PERSON = 4
"""Of every page of a resident: the session, the account, who that person may act for, what is unread."""
OFFICER = 2
"""Of every page of an officer: the session and the account; posts are remembered."""


def prices(who: Account | None, addresses: list[str]) -> list[int]:
    """How many statements each page costs someone, at the second call."""
    client, found = signed_in(who) if who else Client(), []
    for address in addresses:
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        found.append(sum(one["sql"] not in RENEWALS | FRAME for one in captured.captured_queries))
    return found


@pytest.mark.parametrize("length", [1, 12])
def test_the_pages_of_a_resident(city: City, length: int) -> None:
    number, *_ = [city.world.submit(by=city.resident.viewer).number for _ in range(length)]
    home_is_cases_and_drafts, the_list = PERSON + 2, PERSON + 1
    case_estimate_looks_and_certificate, guide_and_certificates_held = PERSON + 4, PERSON + 1
    guide = f"/items/{city.slug}"
    of_guides = [f"{guide}/{part}" for part in ("situation", "versions", "rule")]
    addresses = ["/", "/cases/", f"/cases/{number}", guide, *of_guides]
    assert prices(city.resident, addresses) == [
        home_is_cases_and_drafts,
        the_list,
        case_estimate_looks_and_certificate,
        guide_and_certificates_held,
        *[PERSON] * len(of_guides),
    ]
    case_alone, case_and_looks, looks_and_their_cases = PERSON + 1, PERSON + 2, PERSON + 2
    asked = [*(f"/cases/{number}/{part}" for part in ("messages", "clock", "contact", "looks")), "/looks"]
    assert prices(city.resident, asked) == [*[case_alone] * 3, case_and_looks, looks_and_their_cases]
    # Case, places, size, receipt, the place of its leaf, and at most two for each eight levels of the tree.
    [proof] = prices(city.resident, [f"/cases/{number}/proof"])
    assert PERSON + 5 <= proof <= PERSON + 9


@pytest.mark.parametrize("wide", [False, True])
def test_the_pages_of_a_joint_service(city: City, wide: bool) -> None:
    who = city.resident
    number = submitted(a_joint(), who.viewer, wide=wide).number
    all_of_it = PERSON + 1
    assert prices(who, [f"/joint/{number}", f"/joint/{number}/withdrawal"]) == [all_of_it] * 2
    without_a_frame, the_paper = PERSON - 1, 1
    assert prices(who, [f"/joint/{number}/receipt"]) == [without_a_frame + 1 + the_paper]


def test_a_licence_that_is_handled_together_costs_its_joint_service_and_the_time_of_all(city: City) -> None:
    number = late(a_joint(), city.resident.viewer).number
    case_estimate_looks_and_certificate, its_joint_service, the_time = PERSON + 4, 1, 1
    assert prices(city.resident, [f"/cases/{number}", f"/cases/{number}/clock"]) == [
        case_estimate_looks_and_certificate + its_joint_service + the_time,
        PERSON + 1 + the_time,
    ]


@pytest.mark.parametrize("length", [1, 12])
def test_the_pages_of_ones_own_account(city: City, length: int) -> None:
    for _ in range(length):
        city.world.submit(by=city.resident.viewer)
    cases_drafts_and_certificates, the_account = PERSON + 3, PERSON + 5
    the_account_bodies_looks_and_askings, what_is_linked = PERSON + 5 + 3, PERSON + 2
    pages = ["/mine", "/mine/settings", "/mine/data", "/mine/enterprises", "/mine/people"]
    asked = ["/mine/people/offer", "/mine/people/child", "/mine/enterprises/link", "/home/arrange"]
    assert prices(city.resident, asked) == [PERSON] * len(asked)
    assert prices(city.resident, pages) == [
        cases_drafts_and_certificates,
        the_account,
        the_account_bodies_looks_and_askings,
        what_is_linked,
        PERSON + 2,
    ]


@pytest.mark.parametrize("length", [1, 12])
def test_the_pages_of_a_draft(city: City, length: int) -> None:
    by, now = commands.Writer(city.resident.viewer), datetime.now(UTC)
    beginning = commands.Beginning(JINJIANG)
    draft, *_ = [commands.begin(city.world.item, beginning, by=by, at=now) for _ in range(length)]
    for nth in range(length):
        commands.attach(draft, "food-layout", [(f"{nth}.jpg", a_photo(nth * 20))], by=by, at=now)
    drafts_and_certificates, the_draft, pictures = 2, 1, 1
    pages = [f"/drafts/{draft}{page}" for page in ("", "/operator", "/materials/food-layout", "/check")]
    assert prices(city.resident, [f"/items/{city.slug}/apply", *pages]) == [
        PERSON + drafts_and_certificates,
        PERSON + the_draft,
        PERSON + the_draft,
        PERSON + the_draft + pictures,
        PERSON + the_draft,
    ]


@pytest.mark.parametrize("length", [1, 12])
def test_the_pages_of_a_holder_and_of_officers_about_certificates(city: City, length: int) -> None:
    now, body = datetime.now(UTC), city.world.body
    for _ in range(length):
        order = an_order(holder=city.resident.viewer.person, body=body, granted_on=now.date())
        number = certificates.issue(order, at=now)
        certificates.ask_revocation(
            number, seen=None, by=city.handler.viewer, at=now, ground="penalty", text="多次违法。"
        )
    the_list, one_and_its_story, look, asked_of_cases_and_certificates = 1, 2, 1, 2
    assert prices(city.resident, ["/wallet", f"/wallet/{number}"]) == [
        PERSON + the_list,
        PERSON + one_and_its_story,
    ]
    assert prices(city.handler, [f"/desk/certificates/{number}"]) == [OFFICER + one_and_its_story + look]
    doubts_about_looks, questions, to_explain, undertaken = 1, 1, 1, 1
    assert prices(city.leader, ["/desk/"]) == [
        OFFICER
        + 3
        + asked_of_cases_and_certificates
        + doubts_about_looks
        + questions
        + to_explain
        + undertaken
    ]


@pytest.mark.parametrize("length", [1, 6])
def test_the_pages_of_a_window(city: City, length: int) -> None:
    stands = at_a_window(city)
    for _ in range(length - 1):
        cases.begin_for(
            city.world.item,
            cases.Beginning(JINJIANG),
            stands.found.served,
            by=stands.clerk.viewer,
            at=datetime.now(UTC),
        )
    who, found = stands.clerk, stands.found.id
    receptions, one_and_its_drafts, draft_and_its_owner = 1, 2, 2
    case, whose_it_is, the_look = 1, 2, 1
    assert prices(who, ["/desk/window", f"/desk/window/{found}", f"/drafts/{stands.new}/operator"]) == [
        OFFICER + receptions,
        OFFICER + one_and_its_drafts,
        OFFICER + draft_and_its_owner,
    ]
    seen = OFFICER + receptions + whose_it_is + case + the_look
    asked = [f"/desk/window/cases/{stands.granted}", f"/cases/{stands.to_correct}/resubmit"]
    assert prices(who, asked) == [seen, seen]
    of_each_case, the_paper = 3, 1
    together = OFFICER + receptions + whose_it_is + case + of_each_case
    asked = [f"/desk/window/joint/{stands.together}", f"/desk/window/joint/{stands.together}/receipt"]
    assert prices(who, asked) == [together, together + the_paper]
    counted, names_of_bodies = 1, 1
    assert prices(city.leader, ["/desk/window/typed-again"]) == [OFFICER + counted + names_of_bodies]


@pytest.mark.parametrize("length", [1, 12])
def test_the_pages_of_notices_and_announcements(city: City, length: int) -> None:
    notices.tell([news(key_of(city.resident.viewer)) for _ in range(length)], at=NOON)
    # What all announcements are is kept for the first page by the very same statement, and counted there.
    the_list, what_one_wants, all_that_is_shown = 1, 1, 0
    assert prices(city.resident, ["/notices", "/notices/choices", "/announcements"]) == [
        PERSON + the_list,
        PERSON + what_one_wants,
        PERSON + all_that_is_shown,
    ]


@pytest.mark.parametrize("length", [1, 12])
def test_the_pages_of_an_officer(city: City, length: int) -> None:
    now = datetime.now(UTC)
    for _ in range(2 * length):
        city.world.submit(by=city.resident.viewer, at=now)
    number, *_ = [city.world.take_next(at=now) for _ in range(length)]
    in_hand_queues_and_latest, case_and_look, in_hand_and_queues = OFFICER + 3, OFFICER + 2, 2
    who_is_here, other_cases, the_file, approvals_questions_and_to_explain, undertaken = 1, 1, 2, 3, 1
    pages = ["/desk/", f"/desk/cases/{number}", f"/desk/cases/{number}/now", "/desk/keys"]
    assert prices(city.handler, pages) == [
        in_hand_queues_and_latest + approvals_questions_and_to_explain + undertaken,
        case_and_look + in_hand_and_queues + who_is_here + other_cases,
        OFFICER + 1 + who_is_here,
        OFFICER,
    ]
    assert prices(city.handler, [f"/cases/{number}/files/{material_of(number)}"]) == [
        case_and_look + the_file
    ]
    acting: dict[str, Any] = {"seen": None, "by": city.handler.viewer, "at": now}
    colleague = id_of(city.colleague.viewer)
    seq = commands.consult(number, **acting, whom=colleague, days=3, text="您去过现场吗？").version
    the_body, who_serves, who_is_away = 1, 2, 1
    assert prices(city.colleague, ["/desk/duty", f"/cases/{number}/consultations/{seq}"]) == [
        OFFICER + the_body + who_serves + who_is_away,
        case_and_look,
    ]
    assert prices(city.handler, [f"/cases/{number}/acts/consult"]) == [OFFICER + 1]
    overview_queues_and_exports, names_of_bodies_and_officers, the_list = 5 + 1 + 1, 1 + 2, 1
    asked = ["/desk/figures", "/desk/cases", "/desk/cases?open=yes", "/desk/unanswered"]
    assert prices(city.leader, asked) == [
        OFFICER + overview_queues_and_exports + names_of_bodies_and_officers,
        OFFICER + the_list + 1,
        OFFICER + the_list + 1,
        OFFICER + 1,
    ]
    assert prices(city.colleague, ["/desk/cases", "/desk/cases?open=yes"]) == [OFFICER + the_list + 1] * 2
    to_put_on_record = 1
    assert prices(city.leader, ["/desk/cases.xlsx"]) == [OFFICER + the_list + 1 + to_put_on_record]


@pytest.mark.parametrize("address", ["/design", "/preferences"])
def test_pages_of_the_look_ask_the_database_nothing(client: Client, address: str) -> None:
    # This test may not reach a database: a statement would be an error.
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("length", [1, 12])
def test_the_pages_of_everyone(city: City, packs: None, length: int) -> None:
    now = datetime.now(UTC)
    for _ in range(length):
        city.world.submit(at=now)
    city.world.take_next(at=now)
    free = ["/", "/topics/ageing", "/items/", "/ledger/find", "/about", "/accessibility", "/sitemap.xml"]
    assert prices(None, free) == [0] * len(free)
    who_waits, the_line, the_latest, the_regions = 1, 1, 1, 1
    line = f"/ledger/today/{city.world.queue}"
    assert prices(None, ["/ledger/today", line, "/ledger/overtakings", "/call-back"]) == [
        who_waits,
        the_line,
        the_latest,
        the_regions,
    ]


@pytest.mark.parametrize("length", [1, 4])
def test_the_pages_of_administration(city: City, length: int) -> None:
    arranged, *_ = [arranging.arranging(city) for _ in range(length)]
    tree, body, person, one = 4, 5, 6, 1
    newcomer = body
    asked = arranging.addresses(arranged)
    expected = {"directory": tree, "body": body, "person": person, "change": newcomer, "item": 2}
    expected |= dict.fromkeys(("import", "calendar", "items"), 0)
    # What hangs on the ring, and the last run; beside an older master what waits, and what is to go.
    expected |= {"keys": 2 if len(ring().masters) == 1 else 4}
    paid = dict(zip(asked, prices(arranged.first, list(asked.values())), strict=True))
    assert paid == {name: OFFICER + expected.get(name, one) for name in asked}


@pytest.mark.parametrize("length", [10, 500])
def test_the_pages_of_plans(city: City, length: int) -> None:
    undertaking = Undertaking().enter(length)
    plans.publish(undertaking.slug, by=undertaking.supervisor, at=datetime.now(UTC))
    here, measure = f"/desk/plans/{undertaking.slug}", undertaking.row().id
    the_plan_its_measures_story_and_bodies, plans_measures_and_bodies, one = 4, 3, 3
    whole = [here, f"{here}/measures", f"{here}/measures.xlsx", f"{here}/plan.xlsx"]
    asked = ["/desk/plans", *whole, f"{here}/{measure}", f"{here}/{measure}/report"]
    assert prices(on_duty(undertaking.handler), asked) == [
        OFFICER + plans_measures_and_bodies,
        *[OFFICER + the_plan_its_measures_story_and_bodies] * len(whole),
        OFFICER + one,
        OFFICER + one,
    ]
    assert prices(None, ["/plans", f"/plans/{undertaking.slug}"]) == [plans_measures_and_bodies] * 2


def test_the_pages_on_which_something_is_brought(transactional_db: None) -> None:
    found = tolerated()
    case, estimate_looks_and_certificate = 1, 3
    addresses = [f"/cases/{found.owing}/supply", f"/cases/{found.owing}"]
    assert prices(found.city.resident, addresses) == [
        PERSON + case,
        PERSON + case + estimate_looks_and_certificate,
    ]
