"""Fates: drawn once, the same for the same seed, each kind often enough to be met in the city."""

from tongban.demo.fate import fate_of

FATES = [fate_of(1, nth) for nth in range(1, 3001)]


def test_the_same_seed_and_place_give_the_same_fate() -> None:
    assert [fate_of(1, nth) for nth in range(1, 3001)] == FATES
    assert [fate_of(2, nth) for nth in range(1, 3001)] != FATES


def test_everything_that_can_happen_happens_to_some_and_most_go_the_straight_way() -> None:
    assert {one.intake for one in FATES} == {"accept", "return", "refuse-acceptance", "give-back"}
    assert {one.certificate for one in FATES} == {None, "revoked", "suspended", "restored", "changed"}
    for some in ("forgotten", "urgent", "reminded", "withdrawn_after", "procedure", "extended", "reversed"):
        assert 0 < sum(bool(getattr(one, some)) for one in FATES) < 1000
    assert sum(one.granted and one.intake == "accept" for one in FATES) > 2000


def test_a_late_one_needs_more_than_the_promise_whoever_handles_it_and_others_never_do() -> None:
    late = [one for one in FATES if one.share > 1]
    assert 30 < len(late) < 200
    assert all(one.days(20, 0.3) > 20 and not one.extended for one in late)
    assert all(one.days(20, 0.8) <= 20 for one in FATES if one.share <= 1)
    assert all(one.days(0, 0.8) == 0 for one in FATES)
