"""The step from one round to the next: over the teams present in both, and only from what both released."""

import pytest

from assessment.measure import trend
from assessment.measure.score import Score
from assessment.measure.trend import NO_COMMON_TEAM, TEAMS_DIFFER, Standing, Step, first_step, step
from assessment.questionnaire.diff import Difference
from tests.measure.given import score

ALIKE = Difference("comparable", "", (), {"a": "a"})


def standing(value: float | None, *, by_respondents: bool = False, n: int = 30, **teams: Score) -> Standing:
    """Give an ART's score and its teams'."""
    art = {"": score(value=value, n=n, N=n)}
    return Standing(art, {code: {"": of_team} for code, of_team in teams.items()}, by_respondents)


def a_team(value: float | None, n: int = 10, qualifier: str = "") -> Score:
    """Give a team's score."""
    return score("team", value=value, n=n, N=n, qualifier=qualifier)


HIDDEN = score("team", hidden=True)


def test_the_first_round_has_a_step_of_its_own() -> None:
    assert first_step() == Step(None, None, "comparable", "first", "")


def test_the_same_teams_change_by_the_difference() -> None:
    before = standing(3.0, a=a_team(2.5), b=a_team(3.5))
    now = standing(3.4, a=a_team(2.8), b=a_team(4.0))
    found = step("", before, now, ALIKE)
    assert found.change == pytest.approx(0.4)
    assert (found.teams, found.basis, found.verdict, found.reason) == (2, "comparable", "no-detectable-change", "")


def test_hidden_teams_in_both_rounds_do_not_stand_in_the_way() -> None:
    found = step("", standing(3.0, a=HIDDEN, b=a_team(3.5)), standing(3.4, a=HIDDEN, b=a_team(4.0)), ALIKE)
    assert found.change == pytest.approx(0.4)
    assert found.teams == 2


def test_a_change_is_over_the_teams_present_in_both_rounds() -> None:
    before = standing(3.0, a=a_team(2.0), b=a_team(3.0), gone=a_team(4.0))
    now = standing(3.0, a=a_team(2.5), b=a_team(3.5), new=a_team(3.0))
    found = step("", before, now, ALIKE)
    assert found.change == pytest.approx((2.5 + 3.5) / 2 - (2.0 + 3.0) / 2)
    assert found.teams == 2


def test_teams_that_weigh_by_their_people_are_taken_out_with_their_people() -> None:
    before = standing((10 * 2 + 20 * 5) / 30, by_respondents=True, a=a_team(2.0, 10), gone=a_team(5.0, 20))
    now = standing(3.0, by_respondents=True, n=10, a=a_team(3.0, 10))
    assert step("", before, now, ALIKE).change == pytest.approx(1.0)


def test_people_of_a_team_without_a_score_weigh_nothing() -> None:
    before = standing(
        (10 * 2 + 20 * 5) / 30, n=45, by_respondents=True, a=a_team(2.0), gone=a_team(5.0, 20), few=a_team(None, 15)
    )
    now = standing(3.0, by_respondents=True, n=10, a=a_team(3.0))
    assert step("", before, now, ALIKE).change == pytest.approx(1.0)


@pytest.mark.parametrize("gone", [HIDDEN, a_team(4.5, 6, qualifier=">=")])
def test_where_a_team_left_whose_score_is_not_told_there_is_no_change_to_tell(gone: Score) -> None:
    found = step("", standing(3.0, a=a_team(2.0), gone=gone), standing(3.0, a=a_team(2.5)), ALIKE)
    assert (found.change, found.verdict, found.reason) == (None, "not-comparable", TEAMS_DIFFER)


def test_a_team_without_a_score_is_in_no_mean_and_may_leave() -> None:
    found = step("", standing(2.0, a=a_team(2.0), gone=a_team(None, 3)), standing(2.5, a=a_team(2.5)), ALIKE)
    assert found.change == pytest.approx(0.5)


def test_without_a_common_team_there_is_no_change() -> None:
    found = step("", standing(3.0, a=a_team(3.0)), standing(4.0, b=a_team(4.0)), ALIKE)
    assert (found.change, found.teams, found.reason) == (None, 0, NO_COMMON_TEAM)


def test_a_teams_own_step_needs_no_teams() -> None:
    found = step("", Standing({"": a_team(3.0)}, {}), Standing({"": a_team(2.5)}, {}), ALIKE)
    assert (found.change, found.teams) == (-0.5, None)


@pytest.mark.parametrize(
    ("end", "reason"),
    [(HIDDEN, trend.HIDDEN), (a_team(4.5, 6, qualifier=">="), trend.END_ONLY), (a_team(None), trend.NO_SCORE)],
)
def test_what_has_no_figure_has_no_change_and_the_reason_says_why(end: Score, reason: str) -> None:
    for before, now in ((end, a_team(3.0)), (a_team(3.0), end)):
        found = step("", Standing({"": before}, {}), Standing({"": now}, {}), ALIKE)
        assert (found.change, found.reason) == (None, reason)


def test_who_left_cannot_be_taken_out_beside_a_hidden_team_that_may_have_no_score() -> None:
    before = standing(3.0, a=a_team(3.0), hidden=HIDDEN, gone=a_team(4.0))
    found = step("", before, standing(3.0, a=a_team(3.0), hidden=HIDDEN), ALIKE)
    assert (found.change, found.reason) == (None, TEAMS_DIFFER)


def test_a_dimension_that_was_not_there_has_no_change() -> None:
    assert step("new", standing(3.0), standing(3.0), ALIKE).change is None


def test_another_questionnaire_is_not_comparable_and_the_reason_is_in_print() -> None:
    other = Difference("broken", "the questions changed", (), {})
    found = step("", standing(3.0, a=a_team(3.0)), standing(4.0, a=a_team(4.0)), other)
    assert found == Step(None, 1, "broken", "not-comparable", "the questions changed")


def test_a_step_on_the_questions_in_common_says_so() -> None:
    other = Difference("anchored", "the questions changed: 75% of the weight is in common", (), {"a": "a"})
    found = step("", standing(3.0, a=a_team(3.0)), standing(4.0, a=a_team(4.0)), other)
    assert (found.change, found.basis) == (1.0, "anchored")
    assert found.reason == (
        "the questions changed: 75% of the weight is in common; compared on the questions in common"
    )


def test_a_team_without_a_score_in_one_of_the_rounds_is_in_no_change() -> None:
    before = standing(2.5, a=a_team(2.0), b=a_team(3.0))
    found = step("", before, standing(2.5, a=a_team(2.5), b=a_team(None, 3)), ALIKE)
    assert found.change == pytest.approx(0.5)
    assert found.teams == 1
