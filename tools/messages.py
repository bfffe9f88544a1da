"""The texts that people read, and their catalogues: `make messages` brings both up to today.

A text is Chinese in its template or module, and that Chinese is its key. For every other language there is a
catalogue beside the settings: `django.po` is written by people; `django.mo` is made from it here, so that an
installation needs no tool to read it. A test fails when they differ, or when a text is in no catalogue.
"""

import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT: Final = Path(__file__).resolve().parents[1]
SOURCE: Final = ROOT / "src" / "tongban"
LOCALE: Final = SOURCE / "site" / "locale"
LANGUAGES: Final = ("en",)
OFFICERS: Final = ("desk", "demo", "cli")
"""What only officers or administrators read stays Chinese."""

KEYWORDS: Final = {**DEFAULT_KEYWORDS, "gettext_lazy": None, "pgettext_lazy": ((1, "c"), 2)}
LONG_AGO: Final = datetime(2026, 1, 1, tzinfo=UTC)


def texts(folder: Path = SOURCE) -> Iterator[tuple[str, str]]:
    """Every text that people read under a folder, with the file that says it."""
    for file in sorted([*folder.rglob("*.html"), *folder.rglob("*.py")]):
        place = file.relative_to(SOURCE)
        if place.parts[0] in OFFICERS or "tests" in place.parts:
            continue
        for text in _texts_of(file):
            yield text, place.as_posix()


def _texts_of(file: Path) -> Iterator[str]:
    source = file.read_text("utf-8")
    if file.suffix == ".html":
        # In brackets, where Python minds no indentation: what stays of a template has any.
        source = f"(\n{templatize(source)}\n)"
    found = extract_python(BytesIO(source.encode()), KEYWORDS.keys(), (), {"encoding": "utf-8"})
    for _, _, said, _ in found:
        text = said if isinstance(said, str) else (said or ("",))[-1]
        if text:
            yield text


def catalogue(language: str) -> Catalog:
    """What people wrote for a language."""
    with (_folder(language) / "django.po").open("rb") as file:
        found = read_po(file, locale=language)
    # What is made from it is the same whenever it is made.
    found.creation_date = found.revision_date = LONG_AGO
    return found


def compiled(language: str) -> bytes:
    """The catalogue as programs read it."""
    made = BytesIO()
    write_mo(made, catalogue(language))
    return made.getvalue()


def placeholders(text: str) -> set[str]:
    """The names that a text leaves open: `%(name)s`."""
    return set(re.findall(r"%\((\w+)\)s", text))


def main() -> None:
    """Bring every catalogue up to the texts of today: new ones wait for their words, old ones go."""
    said = list(texts())
    for language in LANGUAGES:
        old = catalogue(language)
        new = Catalog(language)
        for text, place in said:
            words = old.get(text).string if text in old else ""
            new.add(text, words, locations=[(place, 0)])
        path = _folder(language)
        with (path / "django.po").open("wb") as file:
            write_po(file, new, width=0, include_lineno=False, sort_output=True, omit_header=True)
        (path / "django.mo").write_bytes(compiled(language))
        missing = [one.id for one in new if one.id and not one.string]
        sys.stdout.write(f"{language}: {len(new)} texts, {len(missing)} without words\n")


def _folder(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES"


if __name__ == "__main__":
    main()
