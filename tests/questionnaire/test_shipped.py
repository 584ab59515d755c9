"""The questionnaires that come with the program are good ones."""

from pathlib import Path

import pytest

from assessment import resources
from assessment.questionnaire.check import load
from assessment.questionnaire.model import FreeText, Rating
from assessment.questionnaire.rules import texts
from tests.questionnaire.given import said

MOST_QUESTIONS = 60  # more than that nobody answers with care
MINUTES = {"team-agility": 5}  # what an introduction promises
MINUTES_OF_THE_OTHERS = 10
SECONDS_FOR_A_CHOICE = 14
SECONDS_FOR_A_TEXT = 60
LANGUAGES = ["en", "de"]
LONGEST_QUESTION = 120  # it is read on a telephone, and is one line of a report
SHIPPED = sorted(resources.folder("questionnaires").glob("*.yaml"))
MATURITY = next(path for path in SHIPPED if path.stem == "lean-agile-maturity")
TEAM_AGILITY = next(path for path in SHIPPED if path.stem == "team-agility")


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


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_it_says_all_in_english_and_in_german(path: Path) -> None:
    questionnaire = load(path.read_bytes())
    assert questionnaire.languages == LANGUAGES
    assert questionnaire.introduction
    assert [where for where, text, _ in texts(questionnaire) if list(text.root) != LANGUAGES] == []
    asked = [question.text for question in questionnaire.questions]
    assert [text.root["en"] for text in asked if text.root["en"] == text.root["de"]] == []
    assert [words for text in asked for words in text.root.values() if len(words) > LONGEST_QUESTION] == []


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_it_takes_no_longer_than_it_promises(path: Path) -> None:
    questions = load(path.read_bytes()).questions
    in_words = sum(isinstance(question, FreeText) for question in questions)
    seconds = SECONDS_FOR_A_TEXT * in_words + SECONDS_FOR_A_CHOICE * (len(questions) - in_words)
    assert seconds <= 60 * MINUTES.get(path.stem, MINUTES_OF_THE_OTHERS)


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


def test_team_agility_describes_both_ends_and_the_middle_and_asks_for_one_wish() -> None:
    questionnaire = load(TEAM_AGILITY.read_bytes())
    ratings = [question for question in questionnaire.questions if isinstance(question, Rating)]
    assert {tuple(sorted(question.anchors)) for question in ratings} == {(1, 3, 5)}
    assert all(question.dont_know and question.not_applicable for question in ratings)
    others = [question for question in questionnaire.questions if question not in ratings]
    assert [(question.type, question.required) for question in others] == [("text", False)]
