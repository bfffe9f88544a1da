"""The demonstration city: alive, lawful, the same for the same seed, and told truly by its pages."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from tests.demonstration.city import CASES, LIVED_WITHIN, City, said, told
from tongban.cli.figures import COLUMNS
from tongban.desk.pages.counts import COUNTED
from tongban.desk.pages.leading import MOST_SHOWN

PACKS = Path(__file__).resolve().parents[2] / "packs"
BODY = "11510104MB9000015X"
"""Of the first of the officers, whose leader is fuze1."""
FIXED = datetime(2026, 9, 30, 4, 0, tzinfo=UTC)

pytestmark = pytest.mark.xdist_group("demonstration")


def shown(page: str) -> dict[str, dict[str, int]]:
    """The figures on a leader's page, of all and by item, under the names of the script."""
    names = {words: name for name, (words, _) in COUNTED.items()}
    [whole], [items] = (re.findall(rf'<h2 id="{one}">.*?</section>', page, re.S) for one in ("all", "items"))
    found = {"": {names[words]: int(number) for words, number in NUMBER.findall(whole)}}
    for name, row in re.findall(r'<td class="name">([^<]+)</td>(.*?)</tr>', items, re.S):
        found[unescape(name)] = {names[words]: int(number) for words, number in CELL.findall(row)}
    return found


NUMBER = re.compile(r'<dt>([^<]+)</dt><dd class="num">(?:<a [^>]+>)?(\d+)<')
CELL = re.compile(r'<td class="num[^"]*" data-label="([^"]+)">(?:<a [^>]+>)?(\d+)<')


@pytest.mark.parametrize(
    ("who", "whose"),
    [("jiandu", ()), ("fuze1", ("--body", BODY))],
    ids=["the city", "one body"],
)
def test_every_figure_on_the_leaders_page_is_what_plain_sql_counts_from_the_events(
    city: City, who: str, whose: tuple[str, ...]
) -> None:
    counted = city.figures(*whose)
    text = city.officer(who).get("/desk/figures").text
    page = shown(text)
    names = dict(city.ask("select item, max(item_name) from cases_case group by item"))
    assert page.pop("") == {name: counted[None][name] for name in COUNTED}
    of_items = {
        names[item]: {name: counted[item][name] for name in COUNTED} for item in counted if item is not None
    }
    assert page == {name: of_items[name] for name in page}
    left = len(of_items) - len(page)
    assert left == max(0, len(of_items) - MOST_SHOWN)
    assert (f"还有 {left} 个事项" in text) == (left > 0)
    assert set(COUNTED) <= set(COLUMNS)
    assert counted[None]["received"] > 10


def test_the_counts_on_a_leaders_desk_are_those_of_the_events(city: City) -> None:
    page = city.officer("fuze1").get("/desk/").text
    waiting = dict(re.findall(r"<h3>([^<]+)</h3>\s*<p[^>]*>等着 <b class=\"num\">(\d+)</b>", page))
    names = dict(city.ask("select item, max(item_name) from cases_case group by item"))
    counted = {names[item]: line["waiting"] for item, line in city.figures("--body", BODY).items() if item}
    assert {name: int(number) for name, number in waiting.items()} == {
        name: number for name, number in counted.items() if number
    }
    [(asked,)] = city.ask(
        "select count(*) filter (where e.kind = 'approval-asked')"
        "     - count(*) filter (where e.kind in ('approval-given', 'approval-declined'))"
        " from cases_event e join cases_event s on s.case_id = e.case_id and s.seq = 1"
        f" where s.body::jsonb -> 'event' ->> 'queue' like '%.{BODY}'"
    )
    [(revocations,)] = city.ask(
        "select count(*) filter (where e.kind = 'revocation-asked')"
        "     - count(*) filter (where e.kind = 'revocation-declined'"
        "                           or e.kind = 'revoked' and e.body::jsonb -> 'event' ? 'approver')"
        " from certificates_event e join certificates_certificate c on c.id = e.certificate_id"
        f" where c.body = '{BODY}'"
    )
    both = int(asked) + int(revocations)  # type: ignore[call-overload]
    assert f"等您批准（{both}）" in page if both else "等您批准" not in page


def test_the_city_has_lived_through_what_a_city_lives_through(city: City) -> None:
    all_ = city.figures()[None]
    assert all_["received"] == CASES
    kinds = dict(city.ask("select kind, count(*) from cases_event group by kind"))
    lived = {
        "accepted",
        "returned-for-correction",
        "resubmitted",
        "granted",
        "refused",
        "withdrawn",
        "completed",
    }
    assert lived <= set(kinds)
    assert city.ask(
        "select b.kind, count(*) from directory_tenure t join directory_post p on p.id = t.post_id"
        " join directory_body b on b.code = p.body_id"
        " where p.roles && '{handler,leader}' group by 1 order by 1"
    ) == [("government", 1), ("organ", 64)]
    assert city.ask("select count(*) from identity_enterprise where name like '%（演示）'")[0][0] >= 60  # type: ignore[operator]
    assert city.ask("select count(*) from identity_sealedprofile") == [(200,)]
    assert city.ask(
        "select count(*) from directory_region where code like '5101__' and code <> '510100'"
    ) == [(23,)]
    assert city.ask("select count(*) from papers_paper") == [(0,)], "papers of the past wait to be looked at"
    assert "demo.refused" not in (city.var / "log" / "demo-past.log").read_text()


def test_its_past_stands_in_the_order_of_time_in_the_record(city: City) -> None:
    times = [
        json.loads(str(entry))["minute"]
        for (entry,) in city.ask("select entry from ledger_leaf where event_id > 0 order by index")
    ]
    assert times == sorted(times)
    assert len(times) > CASES * 5


def test_a_stranger_finds_the_log_whole_and_nobody_served_before_their_turn_without_reason(
    city: City,
) -> None:
    report = said(city.var, "ledger", "fairness", "--url", city.site)
    assert "overtakings: 0 without reason" in report
    assert report.rstrip().endswith("good")


def test_papers_of_the_past_are_made_when_they_are_looked_at(city: City) -> None:
    [(number,)] = city.ask(
        "select number from cases_case where stage = 'completed' and facts ->> 'granted' = 'true'"
        f" and body = '{BODY}' limit 1"
    )
    leader = city.officer("fuze1")
    page = leader.get(f"/desk/cases/{number}").text
    link = re.search(rf'href="(/cases/{number}/papers/\d+)"', page)
    assert link is not None
    assert leader.get(link[1]).content.startswith(b"%PDF")
    assert city.ask("select count(*) from papers_paper") == [(1,)]


PEOPLED = f"""
from tongban.cli.__main__ import main
for step in (["migrate"], ["packs", "load", {str(PACKS)!r}], ["demo-data"]):
    assert main(step) == 0
"""
LIVED = f"""
from datetime import datetime
from tongban.cli.installation import wake_installation
wake_installation()
from tongban.demo.api import live
list(live(datetime.fromisoformat("{FIXED.isoformat()}"), cases=30))
"""
WHO = "select id::text, name from directory_officer order by id"
WHAT = (
    "select c.number, c.item, e.seq, e.kind, e.at, e.body::jsonb -> 'event' ->> 'by'"
    " from cases_event e join cases_case c on c.id = e.case_id order by e.case_id, e.seq"
)


def test_the_same_seed_gives_the_same_people_and_the_same_half_year(city: City, tmp_path: Path) -> None:
    with a_database() as one:
        done(PEOPLED, tmp_path, one)
        assert told(one, WHO) == city.ask(WHO)
        with a_database(like=one) as twin:
            for each in (one, twin):
                done(LIVED, tmp_path, each)
            first, second = told(one, WHAT), told(twin, WHAT)
    assert len(first) > 30 * 5
    assert first == second


@contextmanager
def a_database(*, like: str = "") -> Iterator[str]:
    """A database of its own on the server of these tests, empty or like another; its address."""
    server, name = os.environ["DATABASE_URL"], f"lived_{uuid4().hex}"
    copied = str(conninfo_to_dict(like)["dbname"]) if like else "template0"
    with psycopg.connect(make_conninfo(server, dbname="postgres"), autocommit=True) as connection:
        known = sql.Identifier(name)
        connection.execute(sql.SQL("create database {} template {}").format(known, sql.Identifier(copied)))
        try:
            yield make_conninfo(server, dbname=name)
        finally:
            connection.execute(sql.SQL("drop database {} with (force)").format(known))


def done(program: str, var: Path, database: str) -> None:
    """Run a program of ours on a database."""
    around = os.environ | {"TONGBAN_VAR": str(var), "TONGBAN_DEMO": "1", "DATABASE_URL": database}
    around |= {"PYTHONPATH": os.pathsep.join(sys.path)}
    subprocess.run([sys.executable, "-c", program], env=around, check=True, timeout=LIVED_WITHIN)
