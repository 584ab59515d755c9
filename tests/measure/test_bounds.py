"""Non-response bounds, against everything that those who did not answer could have answered."""

from itertools import combinations_with_replacement

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.measure.agreement import mean
from assessment.measure.bounds import bounds

FIVE = (1.0, 2.0, 3.0, 4.0, 5.0)


def test_the_silent_are_counted_at_either_end() -> None:
    assert bounds([0, 0, 2, 1, 0], FIVE, 5) == pytest.approx(((3 + 3 + 4 + 1 + 1) / 5, (3 + 3 + 4 + 5 + 5) / 5))


def test_bounds_meet_where_everybody_answered() -> None:
    assert bounds([0, 1, 2, 0, 0], FIVE, 3) == pytest.approx((8 / 3, 8 / 3))


def test_a_silent_team_could_have_said_anything() -> None:
    assert bounds([0] * 5, FIVE, 4) == (1, 5)


@pytest.mark.parametrize("asked", [None, 0, 2])
def test_there_are_no_bounds_where_more_answered_than_were_asked_or_nobody_knows(asked: int | None) -> None:
    assert bounds([1, 1, 1, 0, 0], FIVE, asked) is None


def test_the_ends_are_those_of_the_values_whatever_they_are() -> None:
    assert bounds([1, 0, 0], (-1, 0, 4), 2) == pytest.approx((-1, 1.5))


@settings(max_examples=40)
@given(st.lists(st.integers(0, 3), min_size=3, max_size=3).filter(any), st.integers(0, 4))
def test_bounds_are_the_ends_of_all_that_could_have_been(counts: list[int], silent: int) -> None:
    levels = (1.0, 2.0, 4.0)
    possible = []
    for said in combinations_with_replacement(range(3), silent):
        whole = [count + said.count(place) for place, count in enumerate(counts)]
        possible.append(mean(whole, levels) or 0.0)
    assert bounds(counts, levels, sum(counts) + silent) == pytest.approx((min(possible), max(possible)))
