"""Searching: how often a wish finds what answers it among the first three, and how long it takes.

Of a folder with `items.csv` (name, department) and `wishes.csv` (wish, right_items) half of the wishes may be
used for tuning: those whose CRC-32 is odd. What is told is the other half; without a folder the project's own
items and wishes. The floor is what a database does by itself: the title holds the words as they are written.
"""

import csv
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import quantiles
from time import perf_counter
from typing import Final
from zlib import crc32

import yaml

from tongban.cli.installation import packs_folder, wake_installation
from tongban.cli.postgres import Server

FIRST: Final = 3
MORE: Final = 100_000
"""Entries with which times are taken a second time: what a city has told and announced in years."""
SOURCES: Final = 50
ROUNDS: Final = 4
OTHERS: Final = (
    "登记",
    "许可",
    "证",
    "停车",
    "jzz",
    "tingchechang",
    "shenfenzhneg",
    "居住正",
    "營業執照",
    "登月",
)
"""Asked for their times: what stands everywhere or nowhere, letters, slips, traditional characters."""
OWN_WISHES: Final = Path(__file__).parents[1] / "src/tongban/catalogue/tests/wishes.yaml"
FLOOR: Final = """
select title from catalogue_searchentry where kind in ('item', 'guide') and title ilike $1
order by length(title), title limit 3
"""


@dataclass(frozen=True, slots=True)
class Judged:
    """A wish, and the names of what answers it; `held` where nothing was tuned by it."""

    wish: str
    right: frozenset[str]
    held: bool


def main(data: Path | None) -> None:
    """Print one line."""
    with tempfile.TemporaryDirectory(prefix="tongban-search-") as folder:
        place = Path(folder)
        place.chmod(0o711)  # The account of the database passes through.
        var = place / "var"
        with Server(var / "postgres") as server:
            os.environ |= {"TONGBAN_VAR": str(var), "DATABASE_URL": server.url}
            for step in (["migrate"], ["packs", "load", str(packs_folder())]):
                command = [sys.executable, "-m", "tongban.cli", *step]
                subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
            wake_installation()
            _tell(data)


def _tell(data: Path | None) -> None:
    wishes = list(_own_wishes() if data is None else _wishes_of(data))
    items = _own() if data is None else _only(data)
    asked = [*(one.wish for one in wishes), *OTHERS]
    few = _times(asked)
    quality = {
        "found_in_three": _share(one for one in wishes if one.held),
        "found_in_three_of_tuned": _share(one for one in wishes if not one.held),
        "floor_found_in_three": _share((one for one in wishes if one.held), _floor),
    }
    _fill()
    many = _times(asked)
    figures = {
        "items": items,
        "wishes_told": sum(one.held for one in wishes),
        "wishes_tuned": sum(not one.held for one in wishes),
        **quality,
        **{f"{name}_at_{items}": value for name, value in few.items()},
        **{f"{name}_with_{MORE}_more": value for name, value in many.items()},
        "found_in_three_with_more": _share(one for one in wishes if one.held),
        "ratio": round(many["floor_p95_ms"] / many["p95_ms"], 3),
    }
    print(json.dumps({"bench": "search", **figures}, ensure_ascii=False), flush=True)


def _wishes_of(data: Path) -> Iterator[Judged]:
    with (data / "wishes.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            held = crc32(row["wish"].encode()) % 2 == 0
            yield Judged(row["wish"], frozenset(row["right_items"].split(";")), held)


def _own_wishes() -> Iterator[Judged]:
    for wish, right in yaml.safe_load(OWN_WISHES.read_text("utf-8")).items():
        yield Judged(wish, frozenset([right] if isinstance(right, str) else right), held=True)


def _own() -> int:
    from tongban.catalogue import api as catalogue

    return len(catalogue.items()) + len(catalogue.guides())


def _only(data: Path) -> int:
    """Let the items of the folder alone be found, by name and department; how many they are."""
    from tongban.catalogue import api as catalogue
    from tongban.kernel.sql import run

    for (source,) in run("select name from catalogue_searchsource where name not like 'words:%'"):
        catalogue.unindex(source)
    with (data / "items.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    entries = [
        catalogue.Entry(catalogue.EntryKind.GUIDE, f"bench-{at}", row["name"], about=row["department"])
        for at, row in enumerate(rows)
    ]
    catalogue.index("bench", entries, mark="1")
    return len(rows)


def _fill() -> None:
    """A hundred thousand passages and announcements, made of the titles that can be found."""
    from tongban.catalogue import api as catalogue
    from tongban.kernel.sql import run

    titles = [title for (title,) in run("select title from catalogue_searchentry order by id")]
    kinds = (catalogue.EntryKind.PASSAGE, catalogue.EntryKind.ANNOUNCEMENT)
    each = MORE // SOURCES
    for source in range(SOURCES):
        entries = [
            catalogue.Entry(
                kinds[source % 2],
                f"more-{source}-{at}",
                f"关于{titles[(source * each + at) % len(titles)]}的第 {source + 1} 号公告",
                body=f"{titles[(source + at * 7) % len(titles)]}下月起网上可办，{at} 号窗口照常。",
            )
            for at in range(each)
        ]
        catalogue.index(f"more:{source}", entries, mark="1")
    run("analyze")


def _share(wishes: Iterable[Judged], answer: Callable[[str], Sequence[str]] | None = None) -> float | None:
    """How many of these find what answers them among the first; None where there are none."""
    found = [bool(one.right.intersection((answer or _answer)(one.wish)[:FIRST])) for one in wishes]
    return round(sum(found) / len(found), 3) if found else None


def _answer(wish: str) -> list[str]:
    from tongban.catalogue import api as catalogue

    return [hit.name for hit in catalogue.search(wish, on=datetime.now(UTC).date()).items[:FIRST]]


def _floor(wish: str) -> list[str]:
    from tongban.kernel.sql import run

    return [title for (title,) in run(FLOOR, [f"%{wish}%"])]


def _times(asked: Sequence[str]) -> dict[str, float]:
    """Half-way and slow times of a search in ms, and the slow one of the floor."""
    ours, floor = [], []
    for turn in range(ROUNDS + 1):
        for wish in asked:
            begun = perf_counter()
            _answer(wish)
            between = perf_counter()
            _floor(wish)
            if turn:  # The first round only warms up.
                ours.append(between - begun)
                floor.append(perf_counter() - between)
    return {
        "p50_ms": _percentile(ours, 50),
        "p95_ms": _percentile(ours, 95),
        "floor_p95_ms": _percentile(floor, 95),
    }


def _percentile(seconds: Sequence[float], percent: int) -> float:
    return round(quantiles(seconds, n=100)[percent - 1] * 1e3, 2)
