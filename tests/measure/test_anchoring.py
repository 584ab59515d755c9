"""Steps over changed questions: both rounds scored anew on those in common, and nothing that was hidden shows by it."""

from collections.abc import Mapping, Sequence

import pytest

from assessment.measure.anchoring import Asked, Common, rescored
from assessment.measure.carrying import common_outline
from assessment.measure.outline import OVERALL, outline
from assessment.measure.scoring import TeamAnswers
from assessment.measure.tally import tally
from assessment.questionnaire.answers import Answers
from assessment.questionnaire.model import Questionnaire
from tests.measure.given import questionnaire

ASKED = questionnaire({"leading": ["goals", "limits"], "flow": ["batch", "queue"]}, weights={"batch": 3})
IDS = {"goals": "aims", "batch": "batch", "queue": "queue"}  # `limits` is new, `goals` was called otherwise


def common(asked: Questionnaire = ASKED, **scoring: object) -> Common:
    rules = asked.scoring.model_copy(update=scoring)
    return Common(common_outline(outline(asked), IDS), rules, IDS)


def a_team(code: str, forms: Sequence[Answers]) -> TeamAnswers:
    """Give a team's answers to the older questions."""
    older = questionnaire({"leading": ["aims"], "flow": ["batch", "queue"]})
    return TeamAnswers(code, "team", len(forms), tally(older, forms), len(forms))


def answers(aims: int, batch: int, queue: int | str, people: int = 9) -> list[Answers]:
    return [{"aims": aims, "batch": batch, "queue": queue}] * people


def asked(teams: Mapping[str, list[Answers]], hidden: Sequence[tuple[str, str]] = (), *, agreed: bool = False) -> Asked:
    return Asked([a_team(code, forms) for code, forms in teams.items()], frozenset(hidden), agreed)


def art(of_round: Asked, rules: Common | None = None) -> dict[str, float | None]:
    """Give the ART's scores on the questions in common."""
    teams = [team.unit for team in of_round.answers]
    standing = rescored(rules or common(), of_round, {"art": teams}).above["art"]
    return {name: score.value for name, score in standing.scores.items()}


def test_a_round_is_scored_anew_by_the_newer_rules() -> None:
    found = rescored(common(), asked({"a": answers(2, 3, 5)}), {})
    assert {name: score.value for name, score in found.units["a"].items()} == {"": 2.75, "leading": 2, "flow": 3.5}
    assert found.units["a"][OVERALL].n == 9


def test_an_art_is_the_mean_of_its_teams() -> None:
    of_round = asked({"a": answers(2, 3, 5), "b": answers(4, 4, 4, people=18)})
    assert art(of_round) == {"": (2.75 + 4) / 2, "leading": 3, "flow": 3.75}
    assert art(of_round, common(unit_weighting="respondents"))[""] == pytest.approx((2.75 + 2 * 4) / 3)


def test_of_few_answers_one_decimal_is_told_and_near_an_end_the_end_alone() -> None:
    forms = [*answers(2, 3, 5, people=5), *answers(3, 3, 4, people=1), *answers(2, 3, 5, people=1)]
    told = rescored(common(), asked({"a": forms, "b": answers(5, 5, 5, people=6)}), {}).units
    assert told["a"][OVERALL].value == 2.8
    assert [score.qualifier for score in told["b"].values()] == [">="] * 3
    assert rescored(common(), asked({"b": answers(5, 5, 5, people=1)}, agreed=True), {}).units["b"][""].value == 5


def test_a_hidden_team_is_in_the_art_s_score_where_it_answered_everything() -> None:
    teams = {"a": answers(2, 3, 5), "b": answers(4, 4, 4, people=4)}
    of_round = asked(teams, [("b", ""), ("b", "aims")])
    assert art(of_round)[""] == (2.75 + 4) / 2
    assert all(score.hidden for score in rescored(common(), of_round, {}).units["b"].values())


@pytest.mark.parametrize("hidden", [[("b", "")], [("b", "queue")], [("b", ""), ("art", "queue")], [("art", "")]])
def test_where_a_hidden_team_would_show_there_is_no_score(hidden: list[tuple[str, str]]) -> None:
    teams = {"a": answers(2, 3, 5), "b": answers(4, 4, "dk")}
    assert art(asked(teams, hidden)) == {}


def test_where_a_small_team_left_a_question_out_its_told_score_is_used() -> None:
    few = [*answers(2, 3, "dk", people=5), *answers(3, 4, "dk", people=1)]
    of_round = asked({"a": answers(2, 3, 5), "b": few})
    told = rescored(common(minimum_answered=0.2), of_round, {}).units["b"][OVERALL].value
    assert told == 2.7  # of 2.666…, which stays untold
    assert art(of_round, common(minimum_answered=0.2))[""] == pytest.approx((2.75 + 2.7) / 2)


def test_by_people_a_hidden_team_needs_as_many_answers_to_each_question() -> None:
    uneven = [*answers(4, 4, 4, people=8), *answers(4, 4, "dk", people=1)]
    of_round = asked({"a": answers(2, 3, 5), "b": uneven}, [("b", "")])
    assert art(of_round)[""] is not None
    assert art(of_round, common(unit_weighting="respondents")) == {}
