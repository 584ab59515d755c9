"""Steps over changed questions: both rounds scored anew on the questions in common, by the newer version's rules.

What is told of that must not give away what the releases hid. A team's new score is used only where it was shown with
all of these questions, and of few answers only to one decimal. The new score of the unit above is told in full where
every team that is hidden, or told to one decimal, answered all of these questions: then it is a mean of scores that the
release has for the whole unit. Otherwise it is made from the told scores alone, and where a team is hidden not at all.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from assessment.measure.carrying import Figures, carried, rows_of_teams
from assessment.measure.outline import OVERALL, Outline
from assessment.measure.rounding import printed
from assessment.measure.score import Score
from assessment.measure.scoring import TeamAnswers, mean_of
from assessment.measure.told_ends import FULL_PRECISION_FROM
from assessment.measure.trend import Standing
from assessment.questionnaire.model import Scoring


@dataclass(frozen=True, slots=True)
class Common:
    """The questions in common: the newer version's outline of them, its rules, and their ids in the round's version."""

    outline: Outline
    scoring: Scoring
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a round asked of units: their answers, which of the questions in common are hidden of whom, and the mode.

    `hidden` has the unit's code and the question's id, `""` for the overall score; it has units above teams too.
    """

    answers: Sequence[TeamAnswers]
    hidden: frozenset[tuple[str, str]]
    agreed: bool


@dataclass(frozen=True, slots=True)
class Rescored:
    """A round scored anew: every asked unit's scores as they may be told, and the units above teams with theirs.

    Of a unit above there are no scores where a team would show.
    """

    units: Mapping[str, Mapping[str, Score]]
    above: Mapping[str, Standing]


def rescored(common: Common, asked: Asked, above: Mapping[str, Sequence[str]]) -> Rescored:
    """Score a round anew on the questions in common; `above` maps the codes of units to those of their teams."""
    values = _values(common, asked)
    units = _units(common, asked, values)
    return Rescored(units, _standings(common, asked, above, (units, values)))


def _units(common: Common, asked: Asked, values: Mapping[str, Figures]) -> dict[str, dict[str, Score]]:
    return {
        answers.unit: {
            name: _told(common, asked, answers, (name, values[name][row])) for name in common.outline.children
        }
        for row, answers in enumerate(asked.answers)
    }


def _standings(
    common: Common,
    asked: Asked,
    above: Mapping[str, Sequence[str]],
    scored: tuple[Mapping[str, Mapping[str, Score]], Mapping[str, Figures]],
) -> dict[str, Standing]:
    told, exact = scored
    rows = {answers.unit: row for row, answers in enumerate(asked.answers)}
    by_respondents = common.scoring.unit_weighting == "respondents"
    found = {}
    for unit, teams in above.items():
        below = {team: told[team] for team in teams if team in told and asked.answers[rows[team]].forms}
        answers = [asked.answers[rows[team]] for team in below]
        people = {one.unit: {name: _people(common, one, name) for name in common.outline.children} for one in answers}
        scores: dict[str, Score] = {}
        if _is_whole(common, asked, unit, answers, [rows[team] for team in below], exact):
            figures = {team: {name: exact[name][rows[team]] for name in common.outline.children} for team in below}
            scores = _means(common, unit, figures, people)
        elif not any(_is_hidden(common, asked, one) for one in (unit, *below)):
            scores = _of_told(common, unit, below, people)
        forms = {one.unit: one.forms for one in answers}
        found[unit] = Standing(scores, below, by_respondents, forms)
    return found


def _values(common: Common, asked: Asked) -> dict[str, Figures]:
    tallies = [(answers.asked, answers.tallies) for answers in asked.answers]
    rows = rows_of_teams(common.outline, tallies, common.names)
    return carried(common.outline, common.scoring.minimum_answered, rows)


def _told(common: Common, asked: Asked, answers: TeamAnswers, named: tuple[str, float]) -> Score:
    name, value = named
    people = _people(common, answers, name)
    if _is_hidden(common, asked, answers.unit):
        return Score(answers.unit, answers.kind, name, hidden=True)
    if np.isnan(value):
        return Score(answers.unit, answers.kind, name, n=people)
    if asked.agreed or not 0 < people < FULL_PRECISION_FROM:
        return Score(answers.unit, answers.kind, name, value=float(value), n=people)
    return _coarse(common.outline, Score(answers.unit, answers.kind, name, value=float(value), n=people))


def _coarse(outline: Outline, score: Score) -> Score:
    """Give a score of few people to one decimal, and near an end of the scale as this end only."""
    value = score.value or 0.0
    low, high = outline.ends(score.dimension)
    half = outline.gap(score.dimension) / 2
    end = ">=" if value >= high - half else "<=" if value <= low + half else ""
    return Score(score.unit, score.kind, score.dimension, value=float(printed(value)), qualifier=end, n=score.n)


def _people(common: Common, answers: TeamAnswers, name: str) -> int:
    return max((_count(common, answers, question) for question in common.outline.questions[name]), default=0)


def _count(common: Common, answers: TeamAnswers, question: str) -> int:
    tally = answers.tallies.get(common.names[question])
    return tally.n if tally else 0


def _is_hidden(common: Common, asked: Asked, unit: str) -> bool:
    return any((unit, name) in asked.hidden for name in (OVERALL, *common.names.values()))


def _is_whole(  # noqa: PLR0913, PLR0917 - all that decides whether the unit's exact score may be told
    common: Common,
    asked: Asked,
    unit: str,
    answers: Sequence[TeamAnswers],
    rows: Sequence[int],
    exact: Mapping[str, Figures],
) -> bool:
    """Whether a unit's exact scores on these questions are means of scores that were released of it."""
    if _is_hidden(common, asked, unit):
        return False
    for one, row in zip(answers, rows, strict=True):
        counts = [_count(common, one, question) for question in common.outline.levels]
        in_full = asked.agreed or min(counts) >= FULL_PRECISION_FROM
        if in_full and not _is_hidden(common, asked, one.unit):
            continue
        uneven = common.scoring.unit_weighting == "respondents" and len(set(counts)) > 1
        if not all(counts) or uneven or any(np.isnan(exact[name][row]) for name in common.outline.children):
            return False
    people = sum(_people(common, one, OVERALL) for one in answers)
    return asked.agreed or people >= FULL_PRECISION_FROM


def _means(
    common: Common, unit: str, figures: Mapping[str, Mapping[str, float]], people: Mapping[str, Mapping[str, int]]
) -> dict[str, Score]:
    by_respondents = common.scoring.unit_weighting == "respondents"
    scores = {}
    for name in common.outline.children:
        known = {team: of_team[name] for team, of_team in figures.items() if not np.isnan(of_team[name])}
        weighted = ((float(value), people[team][name] if by_respondents else 1) for team, value in known.items())
        number = sum(people[team][name] for team in figures)
        scores[name] = Score(unit, "art", name, value=mean_of(weighted), n=number)
    return scores


def _of_told(
    common: Common,
    unit: str,
    below: Mapping[str, Mapping[str, Score]],
    people: Mapping[str, Mapping[str, int]],
) -> dict[str, Score]:
    """Give a unit's scores from its teams' as these are told; none where of a team only an end of the scale is."""
    figures = {
        team: {name: np.nan if score.value is None else score.value for name, score in of_team.items()}
        for team, of_team in below.items()
    }
    return {
        name: score
        for name, score in _means(common, unit, figures, people).items()
        if not any(of_team[name].qualifier for of_team in below.values())
    }
