"""No sentence that residents read stands outside the catalogues: neither in a page nor in a module."""

import ast
import re
from collections.abc import Iterator

from tools.messages import KEYWORDS, OFFICERS, SOURCE

HAN = re.compile("[\u4e00-\u9fff]")

STAYS_CHINESE = {
    "read by officers alone": (
        "cases/commands/approvals.py",
        "cases/commands/asking.py",
        "cases/commands/presence.py",
        "cases/commands/serving.py",
        "cases/commands/turns.py",
        "cases/forms.py",
        "cases/pages/acts.py",
        "cases/pages/examining.py",
        "cases/pages/looking.py",
        "cases/pages/together.py",
        "cases/queries/acts.py",
        "cases/queries/moving.py",
        "cases/queries/checklist.py",
        "cases/queries/consulting.py",
        "cases/queries/finding.py",
        "cases/queries/flowing.py",
        "cases/queries/lateness.py",
        "cases/queries/together.py",
        "cases/queries/who.py",
        "cases/rules/acting.py",
        "cases/rules/approvals.py",
        "cases/rules/consulting.py",
        "cases/rules/effects.py",
        "cases/rules/examining.py",
        "cases/rules/flowing.py",
        "cases/rules/forwarding.py",
        "cases/rules/handing_over.py",
        "cases/rules/intake.py",
        "cases/rules/jointly.py",
        "cases/rules/lateness.py",
        "cases/rules/noting.py",
        "cases/rules/posts.py",
        "cases/rules/redrawing.py",
        "cases/rules/review.py",
        "cases/rules/tolerance.py",
        "cases/rules/who.py",
        "cases/rules/serving.py",
        "cases/templates/cases/act.html",
        "cases/templates/cases/answer.html",
        "cases/templates/cases/consultation.html",
        "cases/templates/cases/file.html",
        "cases/templates/cases/over.html",
        "cases/templates/cases/parts/act.html",
        "cases/templates/cases/parts/confirm.html",
        "cases/templates/cases/parts/read_here.html",
        "cases/templates/cases/parts/served.html",
        "catalogue/queries/pending.py",
        "certificates/commands/acts.py",
        "certificates/commands/change.py",
        "certificates/pages.py",
        "certificates/queries/acts.py",
        "certificates/queries/lists.py",
        "certificates/rules/decide.py",
        "certificates/rules/effects.py",
        "certificates/templates/certificates/act.html",
        "certificates/templates/certificates/parts/pressed.html",
        "counters/",
        "engine/sheets/",
        "hotline/commands.py",
        "hotline/pages.py",
        "hotline/rules.py",
        "hotline/templates/hotline/call.html",
        "hotline/templates/hotline/calls.html",
        "kernel/acts.py",
        "kernel/templates/parts/cells_at_fault.html",
        "kernel/templates/parts/changes.html",
        "plans/commands/",
        "plans/pages/bringing.py",
        "plans/pages/measures.py",
        "plans/pages/narrowing.py",
        "plans/pages/registers.py",
        "plans/queries/acts.py",
        "plans/queries/measures.py",
        "plans/queries/sheets.py",
        "plans/rules/adopting.py",
        "plans/rules/decide.py",
        "plans/rules/importing.py",
        "plans/rules/missing.py",
        "plans/rules/telling.py",
        "plans/rules/terms.py",
        "plans/templates/plans/desk/",
    ),
    "printed, signed or stored: the language of the law is Chinese": (
        "cases/queries/papers.py",
        "cases/rules/automatic.py",
        "cases/rules/counted.py",
        "cases/rules/instant.py",
        "cases/rules/joint_receipt.py",
        "cases/rules/looking_up.py",
        "cases/rules/notices.py",
        "catalogue/pages.py",
        "catalogue/rules/",
        "certificates/rules/telling.py",
        "papers/",
    ),
    "read by programs, their makers and administrators": (
        "catalogue/commands/publishing.py",
        "directory/",
        "engine/codes/certificate.py",
        "engine/codes/items.py",
        "engine/decisions/",
        "engine/expressions/",
        "engine/flow/",
        "engine/forms/condition.py",
        "engine/forms/model.py",
        "engine/packs/",
        "exchange/commands.py",
        "identity/commands/tokens.py",
        "identity/queries/accounts.py",
        "identity/queries/viewers.py",
        "site/api.py",
        "site/faults.py",
        "site/health.py",
        "site/parsing.py",
    ),
    "words to search by, marks, names of languages and of invented people": (
        "engine/codes/masks.py",
        "engine/forms/kinds.py: ([0-9]",
        "engine/search/",
        "identity/templates/identity/real_name.html",
        "kernel/speech.py",
        "kernel/templates/parts/header.html",
        "portal/pages/design.py",
        "portal/pages/preferences.py",
        "portal/templates/portal/design",
        "portal/templates/portal/parts/care.html",
        "site/chinese.py: [",
        "site/settings.py",
        "site/wsgi.py",
    ),
}


def test_everything_said_in_chinese_is_in_the_catalogues_or_has_a_reason_not_to_be() -> None:
    left = [place for place in _left() if not place.startswith(_exceptions())]
    assert left == []


def test_no_exception_is_left_over() -> None:
    places = tuple(_left())
    assert [one for one in _exceptions() if not any(place.startswith(one) for place in places)] == []


def _exceptions() -> tuple[str, ...]:
    return tuple(one for group in STAYS_CHINESE.values() for one in group)


def _left() -> Iterator[str]:
    """Every Chinese text outside the catalogues: `file: text`."""
    for file in sorted([*SOURCE.rglob("*.py"), *SOURCE.rglob("*.html")]):
        place = file.relative_to(SOURCE)
        if place.parts[0] in OFFICERS or {"tests", "migrations", "models", "apps"} & {
            *place.parts,
            place.stem,
        }:
            continue
        found = _in_module if file.suffix == ".py" else _in_page
        yield from (f"{place.as_posix()}: {text}" for text in found(file.read_text()) if HAN.search(text))


def _in_page(source: str) -> list[str]:
    told = r"\{#.*?#\}|\{% blocktranslate.*?endblocktranslate %\}|\{% translate .*?%\}|_\(\".*?\"\)"
    return re.sub(told, "", source, flags=re.DOTALL).splitlines()


def _in_module(source: str) -> Iterator[str]:
    tree = ast.parse(source)
    known = {id(one) for call in ast.walk(tree) if _speaks(call) for one in ast.walk(call)}
    for one in ast.walk(tree):
        if isinstance(one, ast.Expr) and isinstance(one.value, ast.Constant):
            known.add(id(one.value))
        elif isinstance(one, ast.Constant) and isinstance(one.value, str) and id(one) not in known:
            yield one.value


def _speaks(node: ast.AST) -> bool:
    """Whether this makes a text one of the catalogues."""
    return isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in KEYWORDS
