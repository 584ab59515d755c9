"""Real forms and models of other tools become questionnaires, whole."""

import random
from collections import Counter
from pathlib import Path
from statistics import mean

import pytest

from assessment.questionnaire.check import examine
from assessment.questionnaire.importers.conversion import Conversion
from assessment.questionnaire.importers.limesurvey import from_limesurvey
from assessment.questionnaire.importers.samm import from_samm
from assessment.questionnaire.importers.surveyjs import from_surveyjs
from assessment.questionnaire.model import Questionnaire, Rating
from assessment.questionnaire.writer import written
from tests.measure.given import of_team, team

pytestmark = pytest.mark.corpus


@pytest.fixture(scope="session")
def samm(corpus: Path) -> Conversion:
    """OWASP SAMM 2.1.0."""
    return from_samm(corpus / "samm-2.1.0" / "model")


def checked(made: Conversion) -> Questionnaire:
    """Give the questionnaire that the written file holds."""
    questionnaire, found = examine(written(made.document))
    assert [finding for finding in found if finding.severity == "error"] == []
    assert questionnaire is not None
    return questionnaire


def test_samm_converts_whole(samm: Conversion) -> None:
    found = checked(samm)
    depths = Counter(node.id.count("-") for node in found.nodes)
    assert (depths[0], depths[1], depths[2], len(found.questions)) == (5, 15, 30, 90)
    assert [node.id for node in found.dimensions] == ["G", "D", "I", "V", "O"]
    assert (found.version, found.scoring.rule) == ("2.1.0", "sum-of-levels")
    assert all(
        question.id == f"{node.id}-{level}" for node in found.nodes for level, question in enumerate(node.questions, 1)
    )
    assert {len(node.questions) for node in found.nodes if node.questions} == {3}


def test_samm_s_24_answer_sets_are_scales_and_no_stays_a_word(samm: Conversion) -> None:
    found = checked(samm)
    assert len(found.scales) == 24
    for scale in found.scales.values():
        assert scale.values == (0, 0.25, 0.5, 1)
        assert found.says(scale.levels[0].label) == "No"
    used = {question.scale for question in found.questions if isinstance(question, Rating)}
    assert used == set(found.scales)


def test_of_samm_only_what_has_no_place_is_lost(samm: Conversion) -> None:
    kinds = ("Function", "Practice", "MaturityLevel", "PracticeLevel", "Activity")
    assert list(dict.fromkeys(loss.place for loss in samm.losses)) == [f"files of type {kind}" for kind in kinds]
    assert all(loss.sentence.startswith("no place for `") for loss in samm.losses)
    assert len(samm.losses) == 15


def samm_scores(answers: dict[str, float]) -> dict[str, float]:
    """Score by SAMM's rule: a practice is the sum over levels of the mean of its streams, above it are means."""
    practices: dict[str, float] = {}
    for practice in {name.rsplit("-", 2)[0] for name in answers}:
        of_level = [
            [v for k, v in answers.items() if k.startswith(f"{practice}-") and k.endswith(f"-{n}")] for n in (1, 2, 3)
        ]
        practices[practice] = sum(mean(of_streams) for of_streams in of_level)
    functions = {name[0]: mean(v for k, v in practices.items() if k[0] == name[0]) for name in practices}
    return practices | functions | {"": mean(functions.values())}


@pytest.mark.parametrize("seed", range(5))
def test_samm_is_scored_by_its_own_rule(samm: Conversion, seed: int) -> None:
    found = checked(samm)
    chance = random.Random(seed)  # noqa: S311 - answers, no secrets
    answers = {question.id: chance.choice([0, 0.25, 0.5, 1]) for question in found.questions}
    scores = of_team(found, team(found, "red", [answers]))
    for name, expected in samm_scores(answers).items():
        assert scores[name].value == pytest.approx(expected, abs=1e-9)


def test_the_surveyjs_quiz_keeps_its_questions_and_tells_what_made_it_a_quiz(corpus: Path) -> None:
    made = from_surveyjs("quiz.json", (corpus / "surveyjs" / "quiz.json").read_bytes())
    found = checked(made)
    assert [question.type for question in found.questions] == ["text", "choice", "choice", "choice"]
    assert len(found.dimensions) == 4
    assert found.introduction is not None
    lost = Counter(loss.place.rpartition(".")[2] for loss in made.losses)
    assert lost["correctAnswer"] == 3
    assert lost["choicesOrder"] == 2
    assert {"timeLimit", "timeLimitPerPage", "showTimer", "completedHtml", "completedHtmlOnCondition"} <= lost.keys()


def test_the_chain_of_conditions_of_surveyjs_is_carried_over(corpus: Path) -> None:
    made = from_surveyjs("visibleif.json", (corpus / "surveyjs" / "visibleif.json").read_bytes())
    found = checked(made)
    assert [loss.place for loss in made.losses] == ["$"]
    assert [question.type for question in found.questions] == ["yes-no", *["choice"] * 6]
    questions = made.document["dimensions"][0]["questions"]
    for number, question in enumerate(questions[2:], 1):
        has_kids, enough = question["show-if"]["all"]
        assert has_kids == {"question": "haveKids", "op": "=", "value": "yes"}
        either = enough.get("any", [enough])
        assert [one["value"] for one in either] == [str(kids) for kids in range(number, 6)]


def test_of_the_limesurvey_structure_its_settings_and_its_empty_group_are_told(corpus: Path) -> None:
    path = corpus / "limesurvey" / "all_types_survey.tsv"
    told = [loss.line("f") for loss in from_limesurvey(path.name, path.read_bytes()).losses]
    assert told[0] == "f: line 3: the setting `format` is not carried over"
    assert told[-1] == "f: line 69: the group `G6` asks nothing that can be asked here; it is left out"


def test_every_line_of_the_limesurvey_structure_is_a_question_or_a_loss(corpus: Path) -> None:
    path = corpus / "limesurvey" / "all_types_survey.tsv"
    made = from_limesurvey(path.name, path.read_bytes())
    found = checked(made)
    rows = [line.split("\t") for line in path.read_text("utf-8").splitlines()]
    for number, row in enumerate(rows, 1):
        if row[0] == "Q":
            asked = [question.id for question in found.questions if question.id.split("-")[0] == row[2]]
            told = [loss for loss in made.losses if loss.place == f"line {number}"]
            assert asked or told, row
    types = Counter(question.type for question in found.questions)
    there = Counter(row[1] for row in rows if row[0] == "Q")
    assert (types["text"], types["number"]) == (there["S"] + there["T"] + there["U"], there["N"])
    assert types["multiple"] == there["M"]
    assert (types["yes-no"], types["choice"]) == (2, there["L"] + there["!"] - 2 + 3)  # the array has three rows
