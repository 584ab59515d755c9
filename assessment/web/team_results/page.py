"""What a team's own page says, made ready: its questions with their distributions, by competency."""

from dataclasses import dataclass

from markupsafe import Markup

from assessment.measure.score import Score
from assessment.questionnaire.model import NO, YES, Scored, Text
from assessment.reports.figures import DASH, one_decimal
from assessment.services.team_results import TeamResults
from assessment.web.facilitate import showing
from assessment.web.facilitate.showing import Share
from assessment.web.respond.wording import Wording
from assessment.wording import gettext as _
from assessment.wording import marked, ngettext


@dataclass(frozen=True, slots=True)
class Bar:
    """How many chose a level, its label, and its share of those who answered, in percent."""

    label: Markup
    count: int
    share: int


@dataclass(frozen=True, slots=True)
class Line:
    """A question with the team's figure, in words how far people differ, and the distribution.

    Where a team agreed on a level: which one, and how so many `voters` had voted, while their votes are there.
    """

    id: str
    words: Markup
    figure: str
    spread: str
    split: bool
    bars: tuple[Bar, ...]
    agreed_on: Markup
    voters: int
    votes: tuple[Share, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A competency with the team's figure and its questions."""

    title: Markup
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


def page_of(results: TeamResults, wording: Wording) -> TeamPage:
    """Give the page of a team's results, its questionnaire in one of its languages."""
    asked = results.questionnaire
    lines = {question.id: _line(results, question, wording) for question in asked.scored}
    sections = tuple(
        Section(
            wording.quoted(dimension.title),
            _figure(results.scores[dimension.id]),
            tuple(lines[question.id] for node in dimension.walk() for question in node.scored()),
        )
        for dimension in asked.dimensions
        if dimension.id in results.scores
    )
    told = results.conversation
    return TeamPage(
        _figure(results.scores[""]),
        marked(one_decimal(results.outline.ends("")[1]).removesuffix(".0")),
        sections,
        tuple(lines[name] for name in told.strengths),
        tuple(lines[name] for name in told.splits),
        tuple(lines[name] for name in told.topics),
    )


def _line(results: TeamResults, question: Scored, wording: Wording) -> Line:
    score = results.scores[question.id]
    bars = _bars(question, score, wording)
    voted = results.votes.get(question.id)
    return Line(
        question.id,
        wording.quoted(question.text),
        _figure(score),
        "" if results.agreed else _spread(results, score),
        bool(score.split) and not results.agreed,
        bars,
        next((bar.label for bar in bars if bar.count and results.agreed), Markup("")),
        voted.voters if voted else 0,
        tuple(showing.shares(results.questionnaire, voted)) if voted else (),
    )


def _bars(question: Scored, score: Score, wording: Wording) -> tuple[Bar, ...]:
    counts = score.distribution or ()
    most = sum(counts) or 1
    return tuple(
        Bar(Markup(" / ").join(_called(label, wording) for label in level.labels), count, round(100 * count / most))
        for level, count in zip(wording.questionnaire.levels_of(question), counts, strict=False)
    )


def _called(label: Text | str, wording: Wording) -> str:
    return wording.quoted(label) if isinstance(label, Text) else {YES: _("Yes"), NO: _("No")}[label]


def _spread(results: TeamResults, score: Score) -> str:
    gap = results.outline.gap(score.dimension)
    if score.ad is None or not gap:
        return ""
    levels = one_decimal(score.ad / gap)
    words = ngettext(
        "people differ by about %(apart)s level",
        "people differ by about %(apart)s levels",
        1 if levels == "1.0" else 2,
        apart=marked(levels),
    )
    return f"{words}; {_('two camps')}" if score.split else words


def _figure(score: Score) -> str:
    if score.hidden:
        return _("too few answers")
    return DASH if score.value is None else marked(one_decimal(score.value))
