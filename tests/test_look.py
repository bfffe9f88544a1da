"""The look: one file of tokens, components that are all shown, and pages that use nothing else."""

import re
from pathlib import Path

import pytest
from django.test import Client

ROOT = Path(__file__).resolve().parents[1]
STYLES = ROOT / "src/tongban/kernel/static/tongban"
TOKENS = (STYLES / "tokens.css").read_text("utf-8")
LOOK = "".join(
    (STYLES / name).read_text("utf-8") for name in ("tongban.css", "desk.css", "paper.css", "design.css")
)
TEMPLATES = sorted((ROOT / "src").rglob("templates/**/*.html"))

FRAME = {"ready"}
"""What no page is written with: scripts set it while they work."""

SIGNED_IN = {"own", "wide-only"}
"""What the frame shows to who is signed in."""

CLASSES = re.compile(r'\sclass="((?:\{%.*?%\}|\{\{.*?\}\}|[^"])*)"')
COLOUR = re.compile(
    r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|hwb|lab|lch|color)a?\(|:[^;]*\b(?:white|black|red|blue|green|gr[ae]y|orange)\b",
    re.I,
)


def classes_of(html: str) -> set[str]:
    """The classes that a template or a page may set."""
    return {
        name
        for found in CLASSES.findall(html)
        for name in re.sub(r"\{%.*?%\}|\{\{.*?\}\}", " ", found).split()
    }


def bare(css: str) -> str:
    """Styles without comments, quoted words and the names of tokens."""
    return re.sub(r"/\*.*?\*/|\"[^\"]*\"|var\([^)]*\)", "", css, flags=re.S)


def defined() -> set[str]:
    """Every class that has a look."""
    selectors = re.findall(r"([^{};]+)\{", bare(LOOK))
    return {name for selector in selectors for name in re.findall(r"\.([a-z][\w-]*)", selector)}


def shown() -> set[str]:
    """Every class on the living page, plain and in 关怀版."""
    looks = ("plain", "care")
    return {
        name for look in looks for name in classes_of(Client().get(f"/design?look={look}").content.decode())
    }


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda file: str(file.relative_to(ROOT / "src/tongban")))
def test_a_template_uses_classes_that_have_a_look_and_no_style_of_its_own(template: Path) -> None:
    html = template.read_text("utf-8")
    assert classes_of(html) - defined() == set()
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", html)


def test_every_class_that_has_a_look_is_shown_on_the_living_page(settings) -> None:
    settings.DEMONSTRATION = True
    assert defined() - FRAME - SIGNED_IN - shown() == set()


def test_colours_are_named_in_the_tokens_and_nowhere_else() -> None:
    assert COLOUR.findall(bare(LOOK)) == []
    assert COLOUR.findall(bare(".x { color: white; }")) and COLOUR.findall("a { color: #fff; }")


def test_every_token_is_used_and_none_is_missing() -> None:
    named = set(re.findall(r"(--[\w-]+):", TOKENS))
    used = set(re.findall(r"var\((--[\w-]+)", LOOK + TOKENS))
    assert used - named == set()
    assert named - used == set()


def test_night_is_one_and_the_same_whether_the_device_or_the_reader_says_so() -> None:
    said_by_device, said_by_reader = re.findall(
        r"(?::not\(\[data-theme=light\]\)|data-theme=dark\]) \{(.*?)\}", TOKENS.split("@media print")[0], re.S
    )
    assert said_by_device.split() == said_by_reader.split()
    assert "color-scheme: dark" in said_by_device


def test_the_look_reaches_for_nothing_outside() -> None:
    assert not re.search(r"url\(|@import|@font-face", TOKENS + LOOK)
