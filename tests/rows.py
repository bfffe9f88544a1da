"""Rows that a page names in its address: what a test must know of them, and what it has put there."""

from typing import Any

from tongban.kernel.sql import run
from tongban.notices import api as notices


def look_of(number: str) -> int:
    """The first look at a case."""
    rows = run(
        "select min(l.id) from ledger_look l join cases_case c on c.id = l.case_id where c.number = $1::text",
        (number,),
    )
    return int(rows[0][0] or 0)


def contest_of(number: str) -> int:
    """The place in the story of the doubt about a look at this case; 0 where there is none."""
    rows = run(
        "select max(t.seq) from cases_contest t join cases_case c on c.id = t.case_id"
        " where c.number = $1::text",
        (number,),
    )
    return int(rows[0][0] or 0)


def seen_of(certificate: str) -> int:
    """The version of a certificate as it is now."""
    rows = run("select version from certificates_certificate where serial = $1::text", (certificate[:16],))
    return int(rows[0][0])


def material_of(number: str) -> int:
    """The first file of a case; 0 where it has none."""
    rows = run(
        "select min(m.id) from cases_material m join cases_case c on c.id = m.case_id"
        " where c.number = $1::text",
        (number,),
    )
    return int(rows[0][0] or 0)


def an_announcement() -> str:
    """Something that the city tells everyone; its slug."""
    told = {"title": "放假怎么办事", "day": "2026-01-05", "until": None, "text": "窗口不开门，网上照常。"}
    more: dict[str, Any] = {"pressing": True, "sample": True, "audience": [], "items": []}
    notices.publish([{"slug": "holiday", **told, **more}])
    return "holiday"
