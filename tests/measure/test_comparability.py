"""Whether two versions measure the same, and how much of the weight they have in common."""

from typing import Any

import pytest

from assessment.questionnaire.diff import RULES_CHANGED, difference
from tests.measure.given import Tree, questionnaire

FIVE_ALIKE: Tree = {"one": ["a", "b", "c", "d", "e"]}


def test_the_same_questionnaire_is_comparable() -> None:
    found = difference(questionnaire(), questionnaire())
    assert (found.step, found.reason) == ("comparable", "")
    assert set(found.common) == {"goals", "limits", "batch", "queue"}


def test_a_dimension_with_another_title_measures_the_same() -> None:
    assert difference(questionnaire(), questionnaire(words={"leading": "Leadership"})).step == "comparable"


@pytest.mark.parametrize(
    ("reworded", "basis", "percent"),
    [
        ("a", "anchored", "80%"),
        ("a b", "anchored", "60%"),
        ("a b c", "broken", "40%"),
        ("a b c d e", "broken", "0%"),
    ],
)
def test_reworded_questions_are_no_longer_common(reworded: str, basis: str, percent: str) -> None:
    before = questionnaire(FIVE_ALIKE)
    found = difference(
        before, questionnaire(FIVE_ALIKE, words={name: f"{name}, reworded" for name in reworded.split()})
    )
    assert found.step == basis
    assert percent in found.reason
    assert set(found.common) == set("abcde") - set(reworded.split())


def test_weights_decide_how_much_is_common() -> None:
    weights = {"a": 16}
    before = questionnaire(FIVE_ALIKE, weights=weights)
    heavy = difference(before, questionnaire(FIVE_ALIKE, weights=weights, words={"a": "another"}))
    light = difference(before, questionnaire(FIVE_ALIKE, weights=weights, words=dict.fromkeys("bcd", "another")))
    assert (heavy.step, light.step) == ("broken", "anchored")
    assert "20%" in heavy.reason
    assert "85%" in light.reason


def test_the_version_with_the_smaller_share_decides() -> None:
    before, after = questionnaire({"one": ["a", "b"]}), questionnaire({"one": ["a", "b"], "two": ["c"]})
    found = difference(before, after)
    assert found.common == {"a": "a", "b": "b"}
    assert (found.step, found.reason) == (
        "broken",
        "the questions changed: only 50% of the weight is in common, under 60%",
    )
    back = difference(after, before)
    assert (back.step, back.reason, back.common) == (found.step, found.reason, found.common)


@pytest.mark.parametrize(
    "rule", [{"minimum_answered": 0.6}, {"unit_weighting": "respondents"}, {"smallest_change": 0.5}]
)
def test_another_rule_is_no_longer_the_same_though_all_questions_are(rule: dict[str, Any]) -> None:
    found = difference(questionnaire(), questionnaire(**rule))
    assert found.step == "anchored"
    assert found.reason == RULES_CHANGED


def test_another_scale_is_another_question() -> None:
    before = questionnaire({"one": ["a", "b"]})
    after = questionnaire({"one": ["a", "b"]}, scales={"a": (1, 2, 3)})
    assert difference(before, after).common == {"b": "b"}


def test_another_weight_keeps_the_questions_common() -> None:
    found = difference(questionnaire(), questionnaire(weights={"goals": 3}))
    assert (found.step, len(found.common)) == ("anchored", 4)
