"""`tongban check`: what Django can say of itself, and every template compiled once."""

import argparse
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tongban.cli.installation import wake_django

# The content policy of every page allows none of these: a browser would silently drop them.
# Data for machines is no script: the policy lets it stand, for nothing runs it.
INLINE = re.compile(
    r"""<[^>]*\sstyle\s*=|<style\b|<script\b(?![^>]*\ssrc=|\stype="application/ld\+json">)"""
    r"""|<[^>]*\son[a-z]+\s*=|javascript:""",
    re.I,
)


def add_to(subparsers: Any) -> None:
    """Register `check`."""
    parser = subparsers.add_parser("check", description="Check settings and templates; needs no database.")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print every fault as `file:line: what is wrong`; 1 if there was any."""
    wake_django()
    from django.core.management import call_command

    call_command("check", fail_level="WARNING", stdout=io.StringIO())
    faults = [fault for file in templates() for fault in faults_of(*file)]
    print("\n".join(faults) if faults else "settings and templates are in order")
    return 1 if faults else 0


def faults_of(name: str, file: Path) -> Iterator[str]:
    """The faults of one template: it does not compile, or carries script or style of its own."""
    from django.template import TemplateDoesNotExist, TemplateSyntaxError
    from django.template.loader import get_template

    try:
        get_template(name)
    except (TemplateSyntaxError, TemplateDoesNotExist) as error:
        yield f"{file}: does not compile: {error}"
    text = file.read_text(encoding="utf-8")
    for found in INLINE.finditer(text):
        line = text.count("\n", 0, found.start()) + 1
        yield f"{file}:{line}: inline script or style, which the content policy forbids: move it to a file"


def templates() -> Iterator[tuple[str, Path]]:
    """Every template of ours: its name and its file."""
    from django.apps import apps

    for config in apps.get_app_configs():
        folder = Path(config.path) / "templates"
        if config.name.startswith("tongban."):
            for file in sorted(path for path in folder.rglob("*") if path.is_file()):
                yield str(file.relative_to(folder)), file
