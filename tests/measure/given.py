"""What the tests of measuring begin with: small questionnaires, teams with their answers, and their scores."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assessment.measure.outline import outline
from assessment.measure.score import Score
from assessment.measure.scoring import Scores, TeamAnswers, team_scores, unit_scores
from assessment.measure.tally import Tally, tally
from assessment.questionnaire.answers import Answers
from assessment.questionnaire.model import Questionnaire

Tree = Mapping[str, Any]  # a dimension's id to the dimensions below it, or to the list of its questions' ids

TWO_BY_TWO: Tree = {"leading": ["goals", "limits"], "flow": ["batch", "queue"]}
FIVE = (1, 2, 3, 4, 5)


def questionnaire(
    tree: Tree = TWO_BY_TWO,
    *,
    weights: Mapping[str, float] | None = None,
    scales: Mapping[str, Sequence[float]] | None = None,
    words: Mapping[str, str] | None = None,
    **scoring: Any,  # noqa: ANN401 - of any rule
) -> Questionnaire:
    """Give a questionnaire; `weights`, the levels in `scales` and `words` are by id, rules named with underscores."""
    found = scales or {}
    levels = {f"of-{name}": values for name, values in found.items()} | {"five": FIVE}
    return Questionnaire.model_validate(
        {
            "format": 1,
            "id": "check",
            "version": "1",
            "title": "Check",
            "scales": {name: _scale(values) for name, values in levels.items()},
            "scoring": {name.replace("_", "-"): value for name, value in scoring.items()},
            "dimensions": _nodes(tree, _Details(weights or {}, found, words or {})),
        }
    )


def team(
    asked_of: Questionnaire, code: str, forms: Sequence[Answers] | Iterable[Answers], asked: int | None = None
) -> TeamAnswers:
    """Give a team's answers; without a number as many people were asked as answered."""
    given = list(forms)
    return TeamAnswers(code, "team", len(given) if asked is None else asked, tally(asked_of, given))


def counted(code: str, asked: int, **tallies: Tally) -> TeamAnswers:
    """Give a team's answers as counted, by question."""
    return TeamAnswers(code, "team", asked, tallies)


def alike(asked_of: Questionnaire, people: int, level: float) -> list[dict[str, float]]:
    """Give forms in which everybody chose the same level everywhere."""
    return [{question.id: level for question in asked_of.questions} for _ in range(people)]


def of_team(asked_of: Questionnaire, answers: TeamAnswers) -> Scores:
    """Give a team's scores in full."""
    return team_scores(outline(asked_of), asked_of.scoring, answers)


def of_round(asked_of: Questionnaire, *teams: TeamAnswers, art: str = "art") -> dict[str, Scores]:
    """Give the scores of some teams and of their ART in full."""
    tree = outline(asked_of)
    scored = [(answers, of_team(asked_of, answers)) for answers in teams]
    above = unit_scores(tree, asked_of.scoring, (art, "art"), [scores for _, scores in scored])
    return {art: above} | {answers.unit: scores for answers, scores in scored}


def value(scores: Scores, name: str = "") -> float:
    """Give a score's value where it must have one."""
    found = scores[name].value
    assert found is not None
    return found


def score(unit: str = "art", name: str = "", **figures: Any) -> Score:  # noqa: ANN401 - of any figure
    """Give a score."""
    return Score(unit, "art" if unit == "art" else "team", name, **figures)


def _scale(values: Sequence[float]) -> dict[str, Any]:
    return {"levels": [{"value": float(value), "label": f"{value:g}"} for value in values]}


@dataclass(frozen=True, slots=True)
class _Details:
    weights: Mapping[str, float]
    scales: Mapping[str, Sequence[float]]
    words: Mapping[str, str]


def _nodes(tree: Tree, details: _Details) -> list[dict[str, Any]]:
    return [
        {"id": name, "title": details.words.get(name, name), "weight": float(details.weights.get(name, 1))}
        | (
            {"dimensions": _nodes(below, details)}
            if isinstance(below, Mapping)
            else {"questions": [_question(question, details) for question in below]}
        )
        for name, below in tree.items()
    ]


def _question(name: str, details: _Details) -> dict[str, Any]:
    return {
        "id": name,
        "type": "rating",
        "text": details.words.get(name, name),
        "scale": f"of-{name}" if name in details.scales else "five",
        "weight": float(details.weights.get(name, 1)),
    }
