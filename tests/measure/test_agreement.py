"""How much people agree: published examples, hand-made ones, and an independent calculation with numpy."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.measure.agreement import average_deviation, mean, r_wg, relative_variance, van_der_eijk
from tests.measure.independent import agreement_of

FIVE = (1.0, 2.0, 3.0, 4.0, 5.0)
COUNTS = st.lists(st.integers(0, 30), min_size=2, max_size=9)


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ([30, 40, 210, 130, 530, 50, 10], 0.6113333333),  # van der Eijk 2001, the example of the paper
        ([0, 0, 6, 0, 0], 1.0),
        ([2, 0, 2, 0, 2], -0.2777777778),
        ([3, 0, 0, 0, 3], -1.0),
        ([2, 2, 2, 2, 2], 0.0),
        ([0, 4, 4, 0, 0], 0.75),  # two neighbours: 1 - (2 - 1) / (5 - 1)
        ([10, 0, 10], -1.0),
    ],
)
def test_agreement_is_that_of_the_literature(counts: list[int], expected: float) -> None:
    assert van_der_eijk(counts) == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize(("counts", "expected"), [([7, 0], 1.0), ([4, 4], 0.0), ([10, 4], 6 / 14)])
def test_two_levels_agree_as_far_as_one_outweighs_the_other(counts: list[int], expected: float) -> None:
    assert van_der_eijk(counts) == pytest.approx(expected)


def test_nobody_agrees_with_nobody() -> None:
    assert van_der_eijk([0, 0, 0]) is None
    assert mean([0, 0], (1, 2)) is None
    assert average_deviation([0, 0], (1, 2)) is None
    assert relative_variance([0, 0], (1, 2)) is None
    assert r_wg([]) is None


def test_three_splits_of_one_mean_are_told_apart_by_agreement_and_two_of_them_not_by_r_wg() -> None:
    together, spread, camps = [0, 0, 6, 0, 0], [2, 0, 2, 0, 2], [3, 0, 0, 0, 3]
    agreements = [van_der_eijk(counts) for counts in (together, spread, camps)]
    assert agreements == pytest.approx([1, -0.2777777778, -1])
    variances = [relative_variance(counts, FIVE) or 0.0 for counts in (together, spread, camps)]
    assert [r_wg([variance]) for variance in variances] == [1, 0, 0]


@settings(max_examples=60)
@given(COUNTS)
def test_agreement_stays_in_its_range_whichever_way_the_scale_runs(counts: list[int]) -> None:
    found = van_der_eijk(counts)
    if found is None:
        assert sum(counts) == 0
        return
    assert -1 - 1e-9 <= found <= 1 + 1e-9
    assert van_der_eijk(counts[::-1]) == pytest.approx(found)
    assert van_der_eijk([7 * count for count in counts]) == pytest.approx(found)


@settings(max_examples=60)
@given(COUNTS)
def test_agreement_is_that_of_an_independent_calculation(counts: list[int]) -> None:
    if sum(counts):
        assert van_der_eijk(counts) == pytest.approx(agreement_of(counts))


@settings(max_examples=60)
@given(st.lists(st.sampled_from((0.0, 1.0, 2.5, 4.0, 7.0)), min_size=2, max_size=12))
def test_deviation_and_variance_are_those_of_numpy(answers: list[float]) -> None:
    levels = (0.0, 1.0, 2.5, 4.0, 7.0)
    counts = [answers.count(level) for level in levels]
    data = np.array(answers)
    assert mean(counts, levels) == pytest.approx(data.mean())
    assert average_deviation(counts, levels) == pytest.approx(np.abs(data - data.mean()).mean())
    assert relative_variance(counts, levels) == pytest.approx(data.var(ddof=1) / np.var(levels))


def test_an_even_spread_over_levels_one_apart_has_the_variance_of_the_textbook() -> None:
    found = relative_variance([1, 1, 1, 1, 1], FIVE)
    assert found == pytest.approx(2.5 / ((5**2 - 1) / 12))


def test_one_answer_has_no_variance() -> None:
    assert relative_variance([0, 1, 0], (1, 2, 3)) is None


@settings(max_examples=60)
@given(st.lists(st.floats(0, 0.99), min_size=1, max_size=8))
def test_r_wg_of_several_questions_is_that_of_james_demaree_and_wolf(variances: list[float]) -> None:
    number, spread = len(variances), float(np.mean(variances))
    assert r_wg(variances) == pytest.approx(number * (1 - spread) / (number * (1 - spread) + spread))


def test_r_wg_is_never_under_nothing() -> None:
    assert r_wg([1.7]) == 0
    assert r_wg([1.7, 0.1]) == pytest.approx(2 * 0.1 / (2 * 0.1 + 0.9))
