"""The texts that people read, and their catalogues: `make messages` brings both up to today.

A text is Chinese in its template, module or pack, and that Chinese is its key. For every other language
there is a catalogue beside the settings, and one beside the packs. People write `django.po` and `packs.po`;
from each its `.mo` is made here, so that an installation needs no tool to read it. A test fails when they
differ, or when a text is in no catalogue. A city's own packs folder is named as an argument: its catalogue is
made in it.
"""

import re
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any, Final, NamedTuple

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from tongban.engine.packs import texts_of

ROOT: Final = Path(__file__).resolve().parents[1]
SOURCE: Final = ROOT / "src" / "tongban"
LOCALE: Final = SOURCE / "site" / "locale"
LANGUAGES: Final = ("en",)
OFFICERS: Final = ("administration", "desk", "demo", "learning", "cli")
"""What only officers or administrators read stays Chinese."""

KEYWORDS: Final = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "noop": None,
    "phrase": None,
    "pgettext_lazy": ((1, "c"), 2),
}
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
    # What it yields is a text, several, or none, whatever its stubs say.
    found: Any = extract_python(BytesIO(source.encode()), dict.fromkeys(KEYWORDS), (), {"encoding": "utf-8"})
    for _, name, said, _ in found:
        # Behind the text stand the values that fill it; before it, in these two, where it is used.
        texts = (said,) if isinstance(said, str) else said
        text = texts["pgettext" in name] if texts else ""
        if text:
            yield text


class Book(NamedTuple):
    """All texts of one kind, and where their catalogues are; `texts` gives each with its place."""

    domain: str
    locale: Path
    texts: Callable[[], Iterable[tuple[str, str]]]

    def file(self, language: str, kind: str) -> Path:
        """The catalogue of a language, as people write it (`po`) or as programs read it (`mo`)."""
        return self.locale / language / "LC_MESSAGES" / f"{self.domain}.{kind}"


def book_of(packs: Path) -> Book:
    """The texts of a packs folder."""
    return Book("packs", packs / "locale", lambda: texts_of(packs))


PAGES: Final = Book("django", LOCALE, texts)
PACKS: Final = book_of(ROOT / "packs")
BOOKS: Final = (PAGES, PACKS)


def catalogue(book: Book, language: str) -> Catalog:
    """What people wrote for a language; nothing yet where there is no catalogue."""
    path = book.file(language, "po")
    if not path.is_file():
        return Catalog(language)
    with path.open("rb") as file:
        found = read_po(file, locale=language)
    # What is made from it is the same whenever it is made.
    found.creation_date = found.revision_date = LONG_AGO
    return found


def compiled(book: Book, language: str) -> bytes:
    """The catalogue as programs read it."""
    made = BytesIO()
    write_mo(made, catalogue(book, language))
    return made.getvalue()


def placeholders(text: str) -> set[str]:
    """The names that a text leaves open: `%(name)s`, and in a guide `{{fact}}`."""
    return set(re.findall(r"%\((\w+)\)s", text)) | set(re.findall(r"\{\{\s*(\w+)\s*\}\}", text))


def main() -> None:
    """Bring every catalogue up to the texts of today: new ones wait for their words, old ones go."""
    for book in [book_of(Path(packs)) for packs in sys.argv[1:]] or BOOKS:
        said = list(book.texts())
        for language in LANGUAGES:
            _bring_up(book, language, said)


def _bring_up(book: Book, language: str, said: Iterable[tuple[str, str]]) -> None:
    old, new = catalogue(book, language), Catalog(language)
    for text, place in said:
        known = old.get(text)
        words = known.string if known else ""
        new.add(text, words, locations=[(place, 0)])
    path = book.file(language, "po")
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, new, width=0, include_lineno=False, sort_output=True, omit_header=True)
    book.file(language, "mo").write_bytes(compiled(book, language))
    missing = [one.id for one in new if one.id and not one.string]
    sys.stdout.write(f"{book.domain} {language}: {len(new)} texts, {len(missing)} without words\n")


if __name__ == "__main__":
    main()
