"""The guards themselves: each still finds what it breaks, and names tests that are there."""

import pytest

from tests.guards.run import ROOT, Guard, Outcome, guards


def test_the_text_that_a_guard_breaks_stands_in_its_file_exactly_once() -> None:
    for guard in guards():
        text = (ROOT / guard.file).read_text("utf-8")
        assert guard.broken(text) != text, guard.protects


def test_the_tests_that_a_guard_names_are_there() -> None:
    for guard in guards():
        for test in guard.seen_by:
            file, name = test.partition("[")[0].split("::")
            assert f"def {name}(" in (ROOT / file).read_text("utf-8"), test


def test_every_protection_has_a_name_of_its_own() -> None:
    names = [guard.protects for guard in guards()]
    assert len(names) == len(set(names)) > 100


@pytest.mark.parametrize("text", ["nothing", "a lock and a lock"])
def test_a_guard_whose_text_is_gone_or_stands_twice_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not once"):
        Guard("order", "file", "a lock", "", ()).broken(text)


@pytest.mark.parametrize(
    ("why", "is_a_judgement"),
    [
        ("assert 1 == 2", True),
        ("AssertionError: Regex pattern did not match.", True),
        ("Failed: DID NOT RAISE <class 'Refusal'>", True),
        ("ImportError: cannot import name", False),
        ("NameError: name 'x' is not defined", False),
        ("django.db.utils.ProgrammingError: syntax error", False),
    ],
)
def test_only_a_tests_own_judgement_counts_as_seeing(why: str, is_a_judgement: bool) -> None:
    assert (Outcome(1, "", {"test": why}, {}).judged is not None) == is_a_judgement
    assert Outcome(1, "", {}, {"test": why}).judged is None
