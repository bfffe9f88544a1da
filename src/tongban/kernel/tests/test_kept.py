"""What is kept is made once, made anew in time, and never by two at once."""

import threading

import pytest

from tongban.kernel.kept import Kept


def test_it_is_made_once_and_anew_for_other_arguments_or_when_forgotten():
    made = []
    kept = Kept(60, lambda day: made.append(day) or f"figures of {day}")
    assert [kept("monday"), kept("monday"), kept("tuesday"), kept("monday")] == [
        "figures of monday",
        "figures of monday",
        "figures of tuesday",
        "figures of monday",
    ]
    assert made == ["monday", "tuesday", "monday"]
    kept.forget()
    kept("monday")
    assert len(made) == 4


def test_after_its_time_it_is_made_anew():
    numbers = iter(range(9))
    kept = Kept(0, lambda: next(numbers))
    assert [kept(), kept(), kept()] == [0, 1, 2]


def test_while_one_makes_it_anew_others_go_on_with_the_old():
    begun, go_on = threading.Event(), threading.Event()
    answers = iter(["old", "new"])

    def make():
        answer = next(answers)
        if answer == "new":
            begun.set()
            assert go_on.wait(5)
        return answer

    kept = Kept(0, make)
    assert kept() == "old"
    found = []
    maker = threading.Thread(target=lambda: found.append(kept()))
    maker.start()
    assert begun.wait(5)
    assert kept() == "old"
    go_on.set()
    maker.join(5)
    assert found == ["new"]


def test_a_failure_is_told_and_the_next_call_tries_again():
    answers = iter([ValueError("away"), "there"])

    def make():
        answer = next(answers)
        if isinstance(answer, ValueError):
            raise answer
        return answer

    kept = Kept(60, make)
    with pytest.raises(ValueError, match="away"):
        kept()
    assert kept() == "there"
