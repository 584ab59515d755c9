"""What a team's own page says, made ready: its questions with their distributions, by competency."""

from dataclasses import dataclass

from assessment.measure.score import Score
from assessment.questionnaire.model import Questionnaire, Scored
from assessment.reports.figures import differ_by, one_decimal
from assessment.services.team_results import TeamResults


@dataclass(frozen=True, slots=True)
class Bar:
    """How many chose a level, its label, and its share of those who answered, in percent."""

    label: str
    count: int
    share: int


@dataclass(frozen=True, slots=True)
class Line:
    """A question with the team's figure, in words how far people differ, and the distribution."""

    id: str
    words: str
    figure: str
    spread: str
    split: bool
    bars: tuple[Bar, ...]
    answers: str


@dataclass(frozen=True, slots=True)
class Section:
    """A competency with the team's figure and its questions."""

    title: str
    figure: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class TeamPage:
    """The page: the overall figure, then what to begin with, then everything."""

    overall: str
    top: str
    sections: tuple[Section, ...]
    strengths: tuple[Line, ...]
    splits: tuple[Line, ...]
    topics: tuple[Line, ...]


def page_of(results: TeamResults) -> TeamPage:
    """Give the page of a team's results."""
    asked = results.questionnaire
    lines = {question.id: _line(results, question) for question in asked.scored}
    sections = tuple(
        Section(
            asked.says(dimension.title),
            _figure(results.scores[dimension.id]),
            tuple(lines[question.id] for node in dimension.walk() for question in node.scored()),
        )
        for dimension in asked.dimensions
        if dimension.id in results.scores
    )
    told = results.conversation
    return TeamPage(
        _figure(results.scores[""]),
        one_decimal(results.outline.ends("")[1]).removesuffix(".0"),
        sections,
        tuple(lines[name] for name in told.strengths),
        tuple(lines[name] for name in told.splits),
        tuple(lines[name] for name in told.topics),
    )


def _line(results: TeamResults, question: Scored) -> Line:
    score = results.scores[question.id]
    return Line(
        question.id,
        results.questionnaire.says(question.text),
        _figure(score),
        "" if results.agreed else _spread(results, score),
        bool(score.split) and not results.agreed,
        _bars(results.questionnaire, question, score),
        "" if score.n is None else f"{score.n} of {score.N}",
    )


def _bars(asked: Questionnaire, question: Scored, score: Score) -> tuple[Bar, ...]:
    counts = score.distribution or ()
    most = sum(counts) or 1
    return tuple(
        Bar(label, count, round(100 * count / most))
        for label, count in zip(asked.labels_of(question), counts, strict=False)
    )


def _spread(results: TeamResults, score: Score) -> str:
    gap = results.outline.gap(score.dimension)
    if score.ad is None or not gap:
        return ""
    words = differ_by(score.ad / gap)
    return f"{words}; two camps" if score.split else words


def _figure(score: Score) -> str:
    if score.hidden:
        return "too few answers"
    return "–" if score.value is None else one_decimal(score.value)
