"""Scores worked out by hand: question, dimension, overall; team, then ART."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.measure.score import Score
from assessment.measure.tally import Tally, tally
from assessment.questionnaire.answers import Answers
from tests.measure.given import alike, counted, of_round, of_team, questionnaire, team, value

WEIGHTED = questionnaire({"one": ["a", "b"], "two": ["c"]}, weights={"one": 2, "b": 3})
FORMS: list[Answers] = [{"a": 2, "b": 5, "c": 1}, {"a": 4, "b": "dk", "c": 1}, {"a": "na", "c": 4}]


def test_a_tally_keeps_levels_and_the_three_ways_of_not_answering_apart() -> None:
    assert tally(WEIGHTED, FORMS) == {
        "a": Tally((0, 1, 0, 1, 0), not_applicable=1),
        "b": Tally((0, 0, 0, 0, 1), dont_know=1, blank=1),
        "c": Tally((2, 0, 0, 1, 0)),
    }


def test_a_teams_questions_are_scored_by_hand() -> None:
    scores = of_team(WEIGHTED, team(WEIGHTED, "team", FORMS, asked=4))
    assert scores["a"].value == 3
    assert (scores["a"].n, scores["a"].N) == (2, 3)  # to one of four people it did not apply
    assert scores["a"].coverage == 1  # whoever it applies to answered it, of those who handed a form in
    assert (scores["a"].low, scores["a"].high) == pytest.approx(((6 + 1) / 3, (6 + 5) / 3))
    assert (scores["b"].value, scores["b"].n, scores["b"].N) == (5, 1, 4)
    assert scores["b"].coverage == pytest.approx(1 / 3)  # don't know and blank were asked and gave no level
    assert (scores["b"].low, scores["b"].high) == pytest.approx(((5 + 3 * 1) / 4, (5 + 3 * 5) / 4))
    assert (scores["c"].value, scores["c"].n, scores["c"].N) == (2, 3, 4)
    assert scores["c"].distribution == (2, 0, 0, 1, 0)


def test_a_teams_dimensions_are_weighted_means_by_hand() -> None:
    scores = of_team(WEIGHTED, team(WEIGHTED, "team", FORMS, asked=4))
    one, overall = scores["one"], scores[""]
    assert one.value == pytest.approx((1 * 3 + 3 * 5) / 4)
    assert one.coverage == pytest.approx((1 * 1 + 3 / 3) / 4)
    assert (one.n, one.N) == (2, 4)  # as many as its best answered question, and as many as were asked one
    assert one.low == pytest.approx((7 / 3 + 3 * 2) / 4)
    assert one.high == pytest.approx((11 / 3 + 3 * 5) / 4)
    assert overall.value == pytest.approx((2 * 4.5 + 1 * 2) / 3)
    assert overall.low == pytest.approx((2 * (7 / 3 + 6) / 4 + 7 / 4) / 3)
    assert (overall.n, overall.N) == (3, 4)


def test_the_spread_of_a_dimension_is_the_mean_of_its_questions() -> None:
    scores = of_team(WEIGHTED, team(WEIGHTED, "team", FORMS, asked=4))
    assert scores["a"].ad == 1
    assert scores["b"].ad == 0
    assert scores["one"].ad == pytest.approx(0.5)
    assert scores["b"].agreement == 1
    assert scores["one"].agreement == pytest.approx(((scores["a"].agreement or 0) + 1) / 2)
    assert scores["one"].split is False


def test_two_camps_are_called_a_split() -> None:
    asked = questionnaire({"one": ["a"]})
    scores = of_team(asked, team(asked, "team", [{"a": 1}] * 4 + [{"a": 5}] * 4))
    assert (scores["a"].value, scores["a"].agreement, scores["a"].split) == (3, -1, True)
    assert scores[""].split is True


@pytest.mark.parametrize("word", ["na", "dk", None])
def test_what_is_no_level_enters_no_mean(word: str | None) -> None:
    asked = questionnaire({"one": ["a"]})
    forms: list[Answers] = [{"a": 4}, {"a": 5}, {} if word is None else {"a": word}]
    scores = of_team(asked, team(asked, "team", forms))
    applicable = 2 if word == "na" else 3
    assert (scores["a"].value, scores["a"].n, scores["a"].N) == (4.5, 2, applicable)
    assert scores["a"].coverage == pytest.approx(2 / applicable)


def test_what_applies_to_nobody_is_left_out_of_everything() -> None:
    asked = questionnaire()
    forms = [{"goals": "na", "limits": 4, "batch": 2, "queue": 2}] * 3
    scores = of_team(asked, team(asked, "team", forms))
    assert (scores["goals"].value, scores["goals"].N, scores["goals"].coverage) == (None, 0, None)
    assert (scores["leading"].value, scores["leading"].coverage, scores["leading"].low) == (4, 1, 4)
    assert value(scores) == 3


@pytest.mark.parametrize(("minimum", "expected"), [(0.0, 4.0), (0.5, 4.0), (0.51, None)])
def test_under_the_minimum_answered_there_is_no_score_but_bounds(minimum: float, expected: float | None) -> None:
    asked = questionnaire({"one": ["a", "b"]}, minimum_answered=minimum)
    scores = of_team(asked, team(asked, "team", [{"a": 4, "b": "dk"}] * 5))
    assert scores["one"].value == expected
    assert scores["one"].coverage == 0.5
    assert (scores["one"].low, scores["one"].high) == pytest.approx(((4 + 1) / 2, (4 + 5) / 2))
    assert scores["a"].value == 4  # a question has no minimum


def test_the_bounds_of_a_mean_hold_it_though_a_part_had_too_few_answers_for_a_score() -> None:
    asked = questionnaire({"one": ["a"], "two": ["b"]}, minimum_answered=0.8)
    scores = of_team(asked, team(asked, "team", [{"a": 1, "b": 5}, {"a": 1, "b": 5}, {"a": 1, "b": "dk"}]))
    assert scores["two"].value is None
    assert (scores["two"].low, scores["two"].high) == pytest.approx((11 / 3, 5))
    assert scores[""].value == 1  # 5 of 6 answers are enough overall; the mean is that of what has a score
    assert (scores[""].low, scores[""].high) == (1, 3)  # had all answered: 7/3 to 3


def test_nobody_answered() -> None:
    asked = questionnaire()
    scores = of_team(asked, team(asked, "team", [], asked=6))
    for found in scores.values():
        assert (found.value, found.n, found.N, found.coverage, found.low, found.high) == (None, 0, 6, None, 1, 5)
        assert (found.agreement, found.ad, found.rwg, found.split) == (None, None, None, None)


def test_a_dimension_without_answers_is_left_out_of_the_score_and_widens_its_bounds() -> None:
    asked = questionnaire()
    scores = of_team(asked, team(asked, "team", [{"goals": 4, "limits": 4, "batch": "dk", "queue": "dk"}] * 2))
    assert scores["flow"].value is None
    assert (scores[""].value, scores[""].coverage) == (4, 0.5)
    assert (scores[""].low, scores[""].high) == pytest.approx(((4 + 1) / 2, (4 + 5) / 2))


def test_an_art_is_the_mean_of_its_teams_and_a_big_one_does_not_drown_a_small_one() -> None:
    asked = questionnaire()
    scores = of_round(
        asked, team(asked, "big", alike(asked, 20, 2), asked=20), team(asked, "small", alike(asked, 4, 4), asked=8)
    )["art"]
    assert value(scores) == 3
    assert (scores[""].n, scores[""].N) == (24, 28)
    assert scores[""].low == pytest.approx((2 + (4 + 1) / 2) / 2)
    assert scores[""].high == pytest.approx((2 + (4 + 5) / 2) / 2)
    assert scores["goals"].distribution == (0, 20, 0, 4, 0)


def test_respondents_weigh_where_the_questionnaire_says_so() -> None:
    asked = questionnaire(unit_weighting="respondents")
    scores = of_round(
        asked, team(asked, "big", alike(asked, 20, 2), asked=20), team(asked, "small", alike(asked, 5, 4), asked=10)
    )["art"]
    assert value(scores) == pytest.approx((20 * 2 + 5 * 4) / 25)
    assert scores[""].low == pytest.approx((20 * 2 + 10 * 2.5) / 30)  # bounds weigh by all who were asked


@pytest.mark.parametrize("weighting", ["equal", "respondents"])
def test_a_silent_team_counts_from_the_lowest_to_the_highest_level(weighting: str) -> None:
    asked = questionnaire(unit_weighting=weighting)
    scores = of_round(asked, team(asked, "here", alike(asked, 6, 3)), team(asked, "silent", [], asked=6))["art"]
    assert value(scores) == 3
    assert (scores[""].low, scores[""].high) == pytest.approx(((3 + 1) / 2, (3 + 5) / 2))
    assert (scores[""].n, scores[""].N) == (6, 12)


def test_a_team_to_which_nothing_applies_is_no_part_of_its_art() -> None:
    asked = questionnaire()
    other = team(asked, "other", [dict.fromkeys(("goals", "limits", "batch", "queue"), "na")] * 6)
    scores = of_round(asked, team(asked, "here", alike(asked, 6, 3)), other)["art"]
    assert (scores[""].value, scores[""].low, scores[""].high) == (3, 3, 3)


def test_more_answers_than_people_leave_no_bounds_anywhere_above() -> None:
    asked = questionnaire()
    teams = team(asked, "link", alike(asked, 6, 3), asked=5), team(asked, "codes", alike(asked, 6, 4))
    scores = of_round(asked, *teams)
    assert (scores["link"]["goals"].low, scores["link"][""].low, scores["art"][""].low) == (None, None, None)
    assert value(scores["art"]) == 3.5


def test_scales_may_differ_and_each_question_keeps_its_own_ends() -> None:
    asked = questionnaire({"one": ["a", "yes"]}, scales={"yes": (0, 1)})
    tallies = {"a": Tally((0, 0, 2, 0, 0)), "yes": Tally((1, 1))}
    scores = of_team(asked, counted("team", 4, **tallies))
    assert (scores["a"].value, scores["yes"].value) == (3, 0.5)
    assert scores["one"].value == pytest.approx(1.75)
    assert (scores["yes"].low, scores["yes"].high) == pytest.approx((0.25, 0.75))
    assert (scores["one"].low, scores["one"].high) == pytest.approx(((2 + 0.25) / 2, (4 + 0.75) / 2))
    assert scores["yes"].distribution == (1, 1)


def test_three_levels_of_dimensions_carry_their_weights_up() -> None:
    asked = questionnaire(
        {"top": {"left": {"deep": ["a", "b"], "flat": ["c"]}, "right": {"other": ["d"]}}, "second": ["e"]},
        weights={"left": 3, "second": 4, "flat": 1, "deep": 2},
    )
    scores = of_team(asked, team(asked, "team", [{"a": 1, "b": 3, "c": 5, "d": 4, "e": 2}]))
    left = (2 * 2 + 1 * 5) / 3
    top = (3 * left + 1 * 4) / 4
    assert value(scores, "left") == pytest.approx(left)
    assert value(scores, "top") == pytest.approx(top)
    assert value(scores) == pytest.approx((1 * top + 4 * 2) / 5)


LEVELS = st.lists(st.integers(1, 5), min_size=1, max_size=9)


@settings(max_examples=40)
@given(st.lists(LEVELS, min_size=1, max_size=4))
def test_weighing_by_respondents_is_merging_the_teams(answers: list[list[int]]) -> None:
    asked = questionnaire(unit_weighting="respondents")
    forms = [[{question.id: level for question in asked.questions} for level in levels] for levels in answers]
    apart = of_round(asked, *(team(asked, f"team-{place}", given) for place, given in enumerate(forms)))["art"]
    merged = of_team(asked, team(asked, "art", [form for given in forms for form in given]))
    for name, score in merged.items():
        assert _figures(apart[name]) == pytest.approx(_figures(score))
        assert apart[name].distribution == score.distribution


@settings(max_examples=40)
@given(st.lists(LEVELS, min_size=1, max_size=5))
def test_an_art_is_the_mean_of_means_of_numpy(answers: list[list[int]]) -> None:
    asked = questionnaire({"one": ["a"]})
    teams = [team(asked, f"team-{n}", [{"a": level} for level in levels]) for n, levels in enumerate(answers)]
    found = value(of_round(asked, *teams)["art"])
    assert found == pytest.approx(float(np.mean([np.mean(levels) for levels in answers])))


def _figures(score: Score) -> list[float]:
    figures = (score.value, score.n, score.N, score.coverage, score.low, score.high, score.agreement, score.ad)
    return [float("nan") if figure is None else float(figure) for figure in figures]
