"""Whatever the bytes, the check answers with faults and never with an exception."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tongban.engine.packs.shape import fitting
from tongban.engine.packs.shapes import ITEM
from tongban.engine.packs.tests.copies import PACKS, SLUGS, checked, copy_to
from tongban.engine.packs.tree import tree_of

FILES = sorted(
    str(path.relative_to(PACKS))
    for path in PACKS.rglob("*")
    if path.is_file() and "calendar" not in path.parts
)
SCRAPS = rb"""

: |- |{|}|[|]|'|"|&a |*a|!!int |!!python/object:os.system |? |<<: |%YAML 9.9
|---
|...
|null|true|-1|1e9999|2026-02-30|0x1f|"\UFFFFFFFF"|"\ud800"|>
|#|@|`|{{x}}|when: {not: {}}|limits: {decimals: 999999999999}
|checked: true|[[[[[[[[|{a: {a: {a: {a: """.split(b"|")


@st.composite
def mutations(draw: st.DrawFn) -> tuple[str, bytes]:
    """A file and some cuts, repeats and scraps put into it."""
    file = draw(st.sampled_from(FILES))
    content = (PACKS / file).read_bytes()
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(content)))
        end = min(len(content), start + draw(st.integers(0, 60)))
        kept = draw(st.sampled_from([b"", content[start:end] * 2]))
        content = (
            content[:start] + kept + draw(st.sampled_from(SCRAPS) | st.binary(max_size=6)) + content[end:]
        )
    return file, content


@pytest.fixture(scope="module")
def spoiled() -> Iterator[Path]:
    with TemporaryDirectory() as folder:
        yield copy_to(Path(folder))


@settings(max_examples=60, deadline=None)
@given(mutation=mutations())
def test_a_pack_changed_at_random_is_judged_and_never_crashes_the_check(
    spoiled: Path, mutation: tuple[str, bytes]
) -> None:
    file, content = mutation
    original = (spoiled / file).read_bytes()
    (spoiled / file).write_bytes(content)
    try:
        result = checked(spoiled, installed=spoiled)
    finally:
        (spoiled / file).write_bytes(original)
    assert result.faults or len(result.documents) == len(SLUGS)
    for fault in result.faults:
        assert fault.line >= 1
        str(fault).encode()


def test_a_row_that_is_no_row_is_told_with_its_regime_alone(tmp_path: Path) -> None:
    packs = copy_to(tmp_path)
    regime = packs / "regimes" / "licensing.yaml"
    text = regime.read_text("utf-8").replace("special_procedures:\n", "special_procedures:\n  - nothing\n", 1)
    regime.write_text(text, "utf-8")
    assert {fault.file for fault in checked(packs, installed=packs).faults} == {str(regime)}


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace")))
def test_any_bytes_are_a_tree_or_a_fault(content: bytes) -> None:
    data, faults = fitting(tree_of("item.yaml", content), ITEM)
    assert faults
    assert isinstance(data, dict)


def test_lines_that_end_in_another_way_are_judged_like_all_others() -> None:
    _, faults = fitting(tree_of("item.yaml", b"sample: true\r\rname:\r"), ITEM)
    assert "BLANK" in {fault.code for fault in faults}


@pytest.mark.parametrize(
    ("content", "line", "code"),
    [
        (b"name: [\n", 2, "YAML-SYNTAX"),
        (b"name: ok\nwords: [a\nx: 1\n", 2, "YAML-SYNTAX"),
        (b"a: 1\nb: \xff\n", 2, "NOT-UTF8"),
        (b"a: 1\nb: '\x07'\n", 2, "UNPRINTABLE"),
        (b'a: 1\nb: "\\x07"\n', 2, "UNPRINTABLE"),
        (b"a: &x [1]\nb: *x\n", 2, "YAML-ALIAS"),
        (b"a: 1\nb: !!python/object:os.system echo\n", 2, "YAML-TAG"),
        (b"a: 1\nb: !!int 1\n", 2, "YAML-TAG"),
        (b"a: 1\n1: 2\n", 2, "KEY-NOT-TEXT"),
        (b"a: 1\n? [b]\n: 2\n", 2, "KEY-NOT-TEXT"),
        (b"a: 1\na: 2\n", 2, "KEY-TWICE"),
        (b"a: 1\n" + b"[" * 5000, 2, "YAML-SYNTAX"),
        (b"[" * 5000, 1, "YAML-TOO-DEEP"),
        (b"a: " + b"x" * 1_000_001, 1, "FILE-TOO-LARGE"),
        (b"--- a\n--- b\n", 2, "YAML-SYNTAX"),
    ],
    ids=lambda value: value[:20] if isinstance(value, bytes) else str(value),
)
def test_what_yaml_must_not_do_here_is_refused_at_its_line(content: bytes, line: int, code: str) -> None:
    faults = tree_of("a.yaml", content).faults
    assert (faults[0].line, faults[0].code) == (line, code)


def test_plain_values_read_as_they_look() -> None:
    data = tree_of("a.yaml", b"[01, 1, yes, true, 2026-01-01, 1e3, ~, '1', 12:30]").data
    assert data == ["01", 1, "yes", True, "2026-01-01", "1e3", None, "1", "12:30"]
