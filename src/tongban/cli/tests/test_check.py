"""Templates carry no script and no style of their own: the content policy would drop them silently."""

from pathlib import Path
from typing import Any

import pytest

from tongban.cli.check import faults_of, templates

ONE = "cli-check.html"


@pytest.fixture
def written(tmp_path: Path, settings: Any) -> Path:
    """A file that templates are read from."""
    engine = {"BACKEND": "django.template.backends.django.DjangoTemplates", "DIRS": [tmp_path]}
    settings.TEMPLATES = [engine]
    return tmp_path / ONE


@pytest.mark.parametrize(
    "line",
    [
        '<p style="color:red">',
        "<style>p{}</style>",
        "<script>run()</script>",
        '<script type="module">run()</script>',
        '<button type="button" onclick="run()">',
        '<a href="javascript:run()">',
    ],
)
def test_script_and_style_in_a_page_are_told_with_file_and_line(written: Path, line: str) -> None:
    written.write_text(f"<p>first</p>\n{line}\n")
    (fault,) = faults_of(ONE, written)
    assert fault.startswith(f"{written}:2: inline script or style")


def test_data_for_machines_is_no_script(written: Path) -> None:
    written.write_text('<script type="application/ld+json">{{ linked_data }}</script>\n')
    assert list(faults_of(ONE, written)) == []


def test_our_own_templates_are_in_order() -> None:
    assert [fault for name, file in templates() for fault in faults_of(name, file)] == []


def test_a_page_that_links_to_its_files_is_in_order(written: Path) -> None:
    written.write_text('<script src="/static/x.js" defer></script>\n<p class="one">{{ row.once }}</p>\n')
    assert list(faults_of(ONE, written)) == []


def test_a_template_that_does_not_compile_is_told(written: Path) -> None:
    written.write_text("{% if %}{% endif %}")
    (fault,) = faults_of(ONE, written)
    assert "does not compile" in fault
