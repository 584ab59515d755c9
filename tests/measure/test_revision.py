"""Revised releases: what too few new answers changed stays as it was told."""

from collections.abc import Mapping, Sequence

import pytest

from assessment.measure.disclosure import disclosed
from assessment.measure.organisation import Organisation
from assessment.measure.outline import outline
from assessment.measure.revision import revised
from assessment.measure.round_scores import measured
from assessment.measure.scoring import Scores, TeamAnswers
from tests.measure.given import alike, questionnaire, team

ASKED = questionnaire()
TREE = outline(ASKED)
BELOW: Mapping[str, Sequence[str]] = {"top": ["art", "other"], "art": ["a", "b", "c"], "other": ["d", "e", "f"]}
THRESHOLD = 5


def teams(**sizes: int) -> list[TeamAnswers]:
    """Give teams of 9 who chose 3; those named have more people, who chose 4."""
    return [team(ASKED, code, alike(ASKED, 9, 3) + alike(ASKED, sizes.get(code, 9) - 9, 4)) for code in "abcdef"]


def shown(made: Sequence[TeamAnswers]) -> dict[str, Scores]:
    """Give what would be shown of them were it the first release."""
    return disclosed(TREE, Organisation(BELOW), measured(ASKED, made, BELOW), THRESHOLD)


def again(before: dict[str, Scores], now: dict[str, Scores], threshold: int = THRESHOLD) -> dict[str, Scores]:
    """Give a revised release."""
    return revised(TREE, Organisation(BELOW), before, now, threshold)


@pytest.mark.parametrize(("more", "told"), [(1, False), (4, False), (5, False), (7, False), (8, True), (12, True)])
def test_a_team_is_told_anew_where_enough_answers_came_in(more: int, told: bool) -> None:  # noqa: FBT001
    before, now = shown(teams()), shown(teams(a=9 + more))
    found = again(before, now)
    anew = {unit for unit in found if found[unit] == now[unit] != before[unit]}
    assert anew == ({"a", "art", "top"} if told else set())
    assert all(found[unit] == before[unit] for unit in found.keys() - anew)


def test_a_larger_threshold_needs_as_many_new_answers() -> None:
    before, now = shown(teams()), shown(teams(a=18))
    assert again(before, now, threshold=10) == before
    assert again(before, now, threshold=9)["a"] == now["a"]


def test_a_unit_above_waits_for_all_teams_in_it() -> None:
    before, now = shown(teams()), shown(teams(a=18, b=10))
    found = again(before, now)
    assert found["a"] == now["a"]
    assert (found["b"], found["art"], found["top"]) == (before["b"], before["art"], before["top"])
    assert found["other"] == before["other"]


def test_answers_that_changed_without_new_ones_stay_untold() -> None:
    before = shown(teams())
    other = [team(ASKED, "a", alike(ASKED, 8, 3) + alike(ASKED, 1, 5)), *teams()[1:]]
    assert again(before, shown(other)) == before


def test_what_was_hidden_stays_hidden() -> None:
    small = [team(ASKED, "a", alike(ASKED, 4, 3)), *teams()[1:]]
    grown = [team(ASKED, "a", alike(ASKED, 20, 3)), *teams()[1:]]
    before, now = shown(small), shown(grown)
    assert before["a"][""].hidden
    assert not now["a"][""].hidden
    assert again(before, now) == before


def test_of_teams_with_few_answers_it_must_be_known_that_they_stayed() -> None:
    few = [team(ASKED, "b", alike(ASKED, 6, 3)), *(made for made in teams() if made.unit != "b")]
    more = [made for made in few if made.unit != "a"] + [made for made in teams(a=18) if made.unit == "a"]
    before, now = shown(few), shown(more)
    assert again(before, now)["art"] == before["art"]
    found = revised(TREE, Organisation(BELOW), before, now, THRESHOLD, {"b", "c", "d", "e", "f"})
    assert (found["a"], found["art"], found["top"]) == (now["a"], now["art"], now["top"])


def test_a_new_unit_is_told_where_the_same_is_hidden_as_before() -> None:
    now = shown(teams())
    before = {unit: scores for unit, scores in now.items() if unit != "top"}
    assert again(before, now)["top"] == now["top"]
    before = dict(shown([team(ASKED, "a", alike(ASKED, 4, 3)), *teams()[1:]]))
    del before["top"]
    assert all(score.hidden for score in again(before, now)["top"].values())
