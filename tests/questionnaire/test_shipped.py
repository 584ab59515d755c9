"""The questionnaires that come with the program are good ones."""

from pathlib import Path

import pytest

from assessment import resources
from assessment.questionnaire.check import load
from assessment.questionnaire.model import Rating
from tests.questionnaire.given import said

MOST_QUESTIONS = 60  # more than that nobody answers with care
SHIPPED = sorted(resources.folder("questionnaires").iterdir())
MATURITY = next(path for path in SHIPPED if path.stem == "lean-agile-maturity")


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_the_linter_has_nothing_to_say(path: Path) -> None:
    assert said(path.read_bytes()) == []
    assert not load(path.read_bytes()).silenced


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_it_is_found_by_its_id_and_answered_in_one_sitting(path: Path) -> None:
    questionnaire = load(path.read_bytes())
    ids = [node.id for node in questionnaire.nodes] + [question.id for question in questionnaire.questions]
    assert path.name == f"{questionnaire.id}.yaml"
    assert len(questionnaire.questions) <= MOST_QUESTIONS
    assert len(set(ids)) == len(ids)


def test_lean_agile_maturity_has_seven_competencies_of_three_dimensions_of_two_questions() -> None:
    questionnaire = load(MATURITY.read_bytes())
    assert len(questionnaire.dimensions) == 7
    for competency in questionnaire.dimensions:
        assert [len(dimension.questions) for dimension in competency.dimensions] == [2, 2, 2]
    assert len(questionnaire.questions) == 42


def test_lean_agile_maturity_says_what_one_would_see_at_every_level() -> None:
    questionnaire = load(MATURITY.read_bytes())
    for question in questionnaire.questions:
        assert isinstance(question, Rating)
        assert tuple(sorted(question.anchors)) == questionnaire.scale_of(question).values == (1, 2, 3, 4, 5)
        words = [questionnaire.says(anchor) for anchor in question.anchors.values()]
        assert len({*words, questionnaire.says(question.text)}) == 6
        assert question.dont_know
        assert question.not_applicable
