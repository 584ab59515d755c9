"""A score told as an end of its scale, and what whoever knows the steps knows of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.measure.outline import Branch, Outline
from assessment.measure.told_ends import HALF, HALF_LEVEL, QUARTER, STEPS, as_end, near_end, told_as

FIVE = Outline({"": (Branch("q", 1.0),)}, {"q": (1.0, 2.0, 3.0, 4.0, 5.0)}, {"": ("q",)})
TWO = Outline({"": (Branch("q", 1.0),)}, {"q": (0.0, 1.0)}, {"": ("q",)})


@pytest.mark.parametrize(
    ("value", "step", "expected"),
    [
        (1.0, HALF_LEVEL, (1.5, "<=")),
        (1.5, HALF_LEVEL, (1.5, "<=")),
        (1.7, HALF_LEVEL, (2.0, "<=")),
        (2.9, HALF_LEVEL, (3.0, "<=")),
        (3.0, HALF_LEVEL, (3.0, ">=")),
        (3.8, HALF_LEVEL, (3.5, ">=")),
        (5.0, HALF_LEVEL, (4.5, ">=")),
        (2.2, QUARTER, (3.0, "<=")),
        (3.8, QUARTER, (3.0, ">=")),
        (4.2, QUARTER, (4.0, ">=")),
        (4.2, HALF, (3.0, ">=")),
    ],
)
def test_the_next_step_from_the_nearer_end_is_told(value: float, step: float, expected: tuple[float, str]) -> None:
    told = as_end(value, FIVE, "q", step)
    assert (told.value, told.qualifier) == expected


@pytest.mark.parametrize(
    ("value", "lowest", "highest"),
    [
        (1.2, 1.0, 1.5),
        (1.7, 1.0, 2.0),  # a quarter of the scale ends at 2.0 too
        (2.3, 2.0, 2.5),
        (2.8, 1.0, 3.0),  # as its half does at 3.0
        (3.7, 3.5, 4.0),
        (4.1, 4.0, 5.0),
    ],
)
def test_what_is_known_of_a_told_end_is_all_that_reads_so(value: float, lowest: float, highest: float) -> None:
    under, above = as_end(value, FIVE, "q").around
    assert (value - under, value + above) == pytest.approx((lowest, highest))


@given(st.floats(1, 5), st.sampled_from(STEPS))
def test_a_score_lies_where_its_end_says_and_ends_that_read_alike_say_the_same(value: float, step: float) -> None:
    told = as_end(value, FIVE, "q", step)
    under, above = told.around
    assert min(under, above) >= 0
    low, high = value - under, value + above
    assert low - 1e-9 <= value <= high + 1e-9
    assert (low if told.qualifier == ">=" else high) == pytest.approx(told.value)
    again = told_as(value, told.value, FIVE, "q")
    assert (again.value, again.qualifier) == (told.value, told.qualifier)
    assert again.around == pytest.approx(told.around)


def test_half_a_level_of_two_is_half_of_the_scale() -> None:
    assert {as_end(0.9, TWO, "q", step).value for step in STEPS} == {0.5}
    assert as_end(0.9, TWO, "q").around == pytest.approx((0.4, 0.1))


def test_few_answers_are_told_as_an_end_only_near_one() -> None:
    assert near_end(3.0, FIVE, "q") is None
    near = [near_end(value, FIVE, "q") for value in (1.2, 4.5)]
    assert [(end.value, end.qualifier) for end in near if end] == [(1.5, "<="), (4.5, ">=")]
