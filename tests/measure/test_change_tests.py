"""The tests of changes against figures worked out otherwise: by scipy, by hand, by going through all permutations."""

from dataclasses import astuple
from itertools import combinations, islice, pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from assessment.measure.change_tests import (
    Estimate,
    Group,
    Pair,
    Shuffles,
    Spread,
    between_teams,
    cliffs_delta,
    combined,
    estimated,
    holm,
    judged,
    permuted,
    within_teams,
)

BEFORE = [2.1, 2.9, 3.4, 2.2, 3.0]
NOW = [2.6, 3.0, 3.9, 2.9, 3.1]
LEVELS = st.lists(st.integers(10, 50).map(lambda tenths: tenths / 10), min_size=3, max_size=5)


def pairs(before: list[float], now: list[float]) -> list[Pair]:
    return [Pair(*both) for both in zip(before, now, strict=True)]


def test_the_spread_of_teams_is_that_of_student_s_paired_t() -> None:
    between = between_teams(pairs(BEFORE, NOW), 5)
    assert between is not None
    change = float(np.mean(NOW) - np.mean(BEFORE))
    mine, theirs = judged(Estimate(change, between.variance**0.5, between.freedom)), stats.ttest_rel(NOW, BEFORE)
    assert mine.p == pytest.approx(theirs.pvalue)
    interval = theirs.confidence_interval(0.95)
    assert (mine.low, mine.high) == pytest.approx((interval.low, interval.high))


def test_teams_that_weigh_by_their_people_spread_by_what_each_adds() -> None:
    shown = [Pair(2.0, 3.0, 10, 5), Pair(3.0, 3.0, 10, 15), Pair(4.0, 5.0, 20, 20)]
    between = between_teams(shown, 3)
    old, new = (10 * 2 + 10 * 3 + 20 * 4) / 40, (5 * 3 + 15 * 3 + 20 * 5) / 40
    parts = [
        5 / 40 * (3 - new) - 10 / 40 * (2 - old),
        15 / 40 * (3 - new) - 10 / 40 * (3 - old),
        20 / 40 * (5 - new) - 20 / 40 * (4 - old),
    ]
    assert between is not None
    assert astuple(between) == pytest.approx((3 / 2 * sum(part**2 for part in parts), 2))


def test_teams_that_are_not_shown_are_taken_to_vary_like_the_others_or_more() -> None:
    whole, part = between_teams(pairs(BEFORE, NOW), 5), between_teams(pairs(BEFORE, NOW), 10, 1.2)
    assert whole is not None
    assert part is not None
    assert astuple(part) == pytest.approx((whole.variance * 1.2 / 2, 4))
    assert between_teams(pairs(BEFORE, NOW), 5, 0.5) == whole


def test_one_team_has_no_spread() -> None:
    assert between_teams(pairs([2.0], [3.0]), 3) is None


def test_figures_that_are_told_in_steps_spread_at_least_by_these() -> None:
    found = between_teams([Pair(2.0, 3.0, grain=0.02), Pair(3.0, 4.0, grain=0.04)], 2)
    assert found is not None
    assert astuple(found) == pytest.approx((0.03 / 2, 1))


def test_the_spread_of_people_of_one_team_is_that_of_welch_s_t() -> None:
    old, new = np.array(BEFORE), np.array([*NOW, 4.4, 2.0])
    within = within_teams([Group(5, 1.0, old), Group(7, 1.0, new)])
    assert within is not None
    theirs = stats.ttest_ind(new, old, equal_var=False)
    assert within.freedom == pytest.approx(theirs.df)
    assert (new.mean() - old.mean()) / within.variance**0.5 == pytest.approx(theirs.statistic)


def test_people_who_are_not_used_are_taken_to_spread_like_the_others() -> None:
    old, new = np.array(BEFORE), np.array(NOW)
    groups = [Group(5, 0.5, old), Group(4, 0.5, None), Group(5, 0.5, new), Group(8, 0.5, None)]
    found = within_teams(groups)
    variances = old.var(ddof=1), new.var(ddof=1)
    pooled = sum(variances) / 2
    assert found is not None
    assert found.variance == pytest.approx(0.25 * (sum(variances) / 5 + pooled / 4 + pooled / 8))
    assert within_teams([Group(5, 1.0, None)]) is None


def test_the_larger_spread_counts_and_its_error_is_rounded_up() -> None:
    assert astuple(estimated(1.0, Spread(0.0149, 4), Spread(0.01, 30))) == pytest.approx((1.0, 0.13, 30))
    assert astuple(estimated(1.0, Spread(0.01, 4), Spread(0.0226, 30))) == pytest.approx((1.0, 0.16, 30))
    assert astuple(estimated(1.0, Spread(0.04, 4), None)) == pytest.approx((1.0, 0.2, 4))
    assert estimated(0.0, Spread(0.0, 4), None) == Estimate(0.0, 0.0, 4)


def test_what_could_have_been_seen_is_seen_in_four_of_five_cases() -> None:
    error, freedom = 0.2, 30
    smallest = judged(Estimate(0.1, error, freedom)).smallest
    reach = stats.t.ppf(0.975, freedom)
    seen = 1 - stats.nct.cdf(reach, freedom, smallest / error) + stats.nct.cdf(-reach, freedom, smallest / error)
    assert seen == pytest.approx(0.8, abs=0.01)


def test_the_interval_and_the_verdict_agree() -> None:
    for change in np.linspace(-1, 1, 41):
        tested = judged(Estimate(float(change), 0.2, 7))
        assert tested.sure is not (tested.low <= 0 <= tested.high)


def test_a_unit_above_arts_weighs_their_changes() -> None:
    found = combined([Estimate(0.4, 0.2, 10), Estimate(0.0, 0.1, 20)], [1.0, 1.0])
    variance = (0.2**2 + 0.1**2) / 4
    freedom = variance**2 / ((0.2**2 / 4) ** 2 / 10 + (0.1**2 / 4) ** 2 / 20)
    assert astuple(found) == pytest.approx((0.2, variance**0.5, freedom))
    assert astuple(combined([Estimate(0.4, 0.2, 10)], [3.0])) == pytest.approx((0.4, 0.2, 10))


@pytest.mark.parametrize(
    ("p_values", "sure"),
    [
        ({"a": 0.01, "b": 0.04, "c": 0.03}, {"a"}),
        ({"a": 0.01, "b": 0.02, "c": 0.03}, {"a", "b", "c"}),
        ({"a": 0.02, "b": 0.02, "c": 0.02}, set()),
        ({}, set()),
    ],
)
def test_several_changes_are_sure_together(p_values: dict[str, float], sure: set[str]) -> None:
    assert holm(p_values) == sure


# People of two rounds


def all_t(before: list[float], now: list[float], every: int = 1) -> list[float]:
    """Give |t| of every way to share the people out, or of every so many of them, by scipy."""
    people = [*before, *now]
    found = []
    for chosen in islice(combinations(range(len(people)), len(now)), 0, None, every):
        new = [people[place] for place in chosen]
        old = [people[place] for place in range(len(people)) if place not in chosen]
        found.append(abs(float(stats.ttest_ind(new, old, equal_var=False).statistic)))
    return found


def test_few_people_are_shared_out_in_every_way() -> None:
    before, now = [2.1, 2.9, 3.4, 2.2, 3.0], [3.6, 3.1, 3.9, 3.3, 4.2]
    tested = permuted(np.array(before), np.array(now), None, Shuffles("a"), 0.0)
    own = abs(float(stats.ttest_ind(now, before, equal_var=False).statistic))
    assert tested is not None
    assert tested.p == pytest.approx(np.mean([t >= own - 1e-9 for t in all_t(before, now)]))
    assert tested.sure is (tested.p <= 0.05)


def test_many_people_are_shared_out_by_chance_about_as_often() -> None:
    chance = np.random.default_rng(3)
    before, now = chance.normal(3.0, 0.4, 10), chance.normal(3.3, 0.4, 9)
    tested = permuted(before, now, None, Shuffles("a"), 0.0)
    own = abs(float(stats.ttest_ind(now, before, equal_var=False).statistic))
    some = np.array(all_t(list(before), list(now), every=97))
    assert tested is not None
    assert tested.p == pytest.approx(float((some >= own).mean()), abs=0.04)


@settings(max_examples=30, deadline=None)
@given(LEVELS, LEVELS)
def test_swapping_the_rounds_turns_the_sign_alone(before: list[float], now: list[float]) -> None:
    one = permuted(np.array(before), np.array(now), None, Shuffles("a"), 1e-4)
    other = permuted(np.array(now), np.array(before), None, Shuffles("a"), 1e-4)
    assert one is not None
    assert other is not None
    assert (other.low, other.high) == pytest.approx((-one.high, -one.low))
    assert other.p == pytest.approx(one.p)
    assert other.sure is one.sure


@settings(max_examples=30, deadline=None)
@given(LEVELS, LEVELS)
def test_of_people_too_the_interval_and_the_verdict_agree(before: list[float], now: list[float]) -> None:
    tested = permuted(np.array(before), np.array(now), None, Shuffles("a"), 1e-4)
    assert tested is not None
    if tested.sure:
        assert tested.p <= 0.05
        assert tested.low > 0 or tested.high < 0


def test_the_same_seed_gives_the_same_shares_and_another_one_others() -> None:
    one, again, other = (Shuffles(seed).of(12, 11) for seed in ("a", "a", "b"))
    assert np.array_equal(one, again)
    assert not np.array_equal(one, other)
    assert one.shape == (2_000, 23)
    assert set(one.sum(axis=1)) == {11}
    assert one[0].tolist() == [False] * 12 + [True] * 11


def test_with_two_people_there_is_no_test() -> None:
    assert permuted(np.array([1.0, 2.0]), np.array([3.0] * 9), None, Shuffles("a"), 0.0) is None


def test_everybody_on_another_level_is_more_than_chance() -> None:
    tested = permuted(np.full(8, 3.0), np.full(8, 4.0), None, Shuffles("a"), 1 / 12 / 16)
    assert tested is not None
    assert tested.sure
    assert tested.low < 1 < tested.high
    same = permuted(np.full(8, 3.0), np.full(8, 3.0), None, Shuffles("a"), 1 / 12 / 16)
    assert same is not None
    assert not same.sure


def test_cliff_s_delta_counts_who_is_above_whom() -> None:
    assert cliffs_delta(np.array([1.0, 2.0]), np.array([2.0, 3.0])) == pytest.approx(3 / 4)
    assert cliffs_delta(np.array([1.0]), np.array([1.0])) == 0


def test_a_change_grows_surer_with_its_size() -> None:
    p_values = [judged(Estimate(change, 0.2, 9)).p for change in (0.0, 0.2, 0.4, 0.8)]
    assert all(one > other for one, other in pairwise(p_values))
