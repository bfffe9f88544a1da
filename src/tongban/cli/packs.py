"""`tongban packs`: check packs of services, publish them, compare their versions; schemas for editors."""

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from io import TextIOWrapper
from pathlib import Path
from typing import Any

from tongban.cli.installation import packs_folder, wake_installation
from tongban.engine.calendar import legal_day
from tongban.engine.packs import Checked, check, schemas
from tongban.kernel.ids import ItemCode


def add_to(subparsers: "argparse._SubParsersAction[Any]") -> None:
    """Register the command `packs`; `args.run(args)` then answers with an exit code."""
    packs = subparsers.add_parser("packs", help="check and publish packs of services")
    verbs = packs.add_subparsers(dest="verb", required=True, metavar="VERB")
    for verb, run, meaning in (
        (
            "check",
            run_check,
            "name every fault of the packs as file:line: CODE: what is wrong and what to do",
        ),
        ("load", run_load, "check the packs and publish their items; running cases keep their version"),
    ):
        parser = verbs.add_parser(verb, help=meaning, description=meaning)
        parser.add_argument(
            "paths", nargs="+", type=Path, metavar="PATH", help="an item's folder, or a whole packs folder"
        )
        parser.set_defaults(run=run)

    compare = verbs.add_parser("diff", help="what changed between two published versions of an item")
    compare.add_argument("item", metavar="ITEM", help="its slug, or its folder")
    compare.add_argument("before", nargs="?", type=int, metavar="FROM", help="default: the one before TO")
    compare.add_argument("after", nargs="?", type=int, metavar="TO", help="default: the newest")
    compare.set_defaults(run=run_diff)
    draw = verbs.add_parser("schemas", help="write the JSON Schemas of all pack files, for editors")
    draw.add_argument("folder", type=Path, metavar="FOLDER")
    draw.set_defaults(run=run_schemas)


def run_check(args: argparse.Namespace) -> int:
    """Print every fault and return 1, or every note and a count and return 0. Needs no database."""
    checked = _checked(args.paths)
    if checked.faults:
        print(f"{len(checked.faults)} 处错误。", file=sys.stderr)
        return 1
    guides = sum(len(one["items"]) for one in checked.guide_lists)
    more = f"、{guides} 条只有指南的事项" if guides else ""
    more += f"、{len(checked.joints)} 件联办" if checked.joints else ""
    print(f"{checked.items} 个事项{more}，没有发现错误。")
    return 0


def run_load(args: argparse.Namespace) -> int:
    """Print every fault and return 1, or every note, publish, and print a line for each item and return 0."""
    checked = _checked(args.paths)
    if checked.faults:
        print(f"{len(checked.faults)} 处错误，没有发布。", file=sys.stderr)
        return 1
    wake_installation()
    from tongban.catalogue import api as catalogue
    from tongban.exchange import api as exchange
    from tongban.notices import api as notices

    for register in exchange.publish(args.paths, at=datetime.now(UTC)):
        print(f"登记簿 {register}（样例）已发布")
    for published in catalogue.publish(args.paths, at=datetime.now(UTC)):
        state = "已发布" if published.fresh else "没有变化"
        print(f"{published.slug} 第 {published.version} 版 {state}：{published.name}")
    for announcement in notices.publish(checked.announcements):
        print(f"公告 {announcement} 已发布")
    return 0


def run_diff(args: argparse.Namespace) -> int:
    """Print every place that changed, one a line: the place, what stood there, what stands there now.

    Says so where nothing changed, or where there is one version only.
    """
    wake_installation()
    from tongban.catalogue import api as catalogue

    item = ItemCode(Path(args.item).name)
    versions = catalogue.versions_of(item)
    after = args.after or versions[-1]
    before = args.before or max(1, after - 1)
    if len(versions) == 1 and before == after:
        print(f"{item} 只有第 1 版，还没有可以比较的。")
        return 0
    changes = catalogue.changes(item, before, after)
    print(f"{item} 第 {before} 版 → 第 {after} 版：{f'{len(changes)} 处不同' if changes else '没有不同'}")
    for one in changes:
        print(f"{one.place}: {_told(one.before)} → {_told(one.after)}")
    return 0


def run_schemas(args: argparse.Namespace) -> int:
    """Write one file a kind of pack file; the same files again where nothing changed."""
    args.folder.mkdir(parents=True, exist_ok=True)
    for name, schema in schemas().items():
        text = json.dumps(schema, ensure_ascii=False, indent=1) + "\n"
        (args.folder / f"{name}.schema.json").write_text(text, "utf-8")
    print(f"{len(schemas())} schemas in {args.folder}")
    return 0


def _told(value: Any) -> str:
    return "（没有）" if value is None else json.dumps(value, ensure_ascii=False)


def _checked(paths: Sequence[Path]) -> Checked:
    # A terminal that cannot show Chinese still gets the file, the line and the code.
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    checked = check(paths, installed=packs_folder(), on=legal_day(datetime.now(UTC)))
    for fault in checked.faults:
        print(fault)
    for note in () if checked.faults else checked.notes:
        print(f"提醒 {note}")
    return checked
