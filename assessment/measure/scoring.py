"""Tallies become scores: question, dimension, overall; team, then the unit above.

A score is a weighted mean of the scores below it, so coverage and bounds are carried upwards with the same weights;
where questions are summed up, the mean and its bounds are multiplied by the sum of their weights.
Nothing is held back here: that is `disclosure`'s part.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType

from assessment.measure import agreement
from assessment.measure.bounds import Bounds, around, bounds
from assessment.measure.outline import OVERALL, Outline
from assessment.measure.score import Score
from assessment.measure.tally import Tally
from assessment.questionnaire.model import Scoring

METHOD = "mean-2"  # names the formulas of this module and what is held back; a release says by which it was made

_DUST = 1e-9  # what adding up weights leaves behind

Scores = dict[str, Score]


@dataclass(frozen=True, slots=True)
class Method:
    """A way to work scores out, by its id: a release is recomputed with the one it was made by.

    `units_above` scores all units above ARTs, too; `quarter` hides moreover what a mean near an end of the scale
    narrows down, and looks at all units together.
    """

    id: str
    units_above: bool = True
    quarter: bool = True


METHODS: Mapping[str, Method] = MappingProxyType(
    {method.id: method for method in (Method("mean-1", units_above=False, quarter=False), Method(METHOD))}
)
NEWEST = METHODS[METHOD]


@dataclass(frozen=True, slots=True)
class TeamAnswers:
    """A team's tallies by question; of `asked` people (in mode `team`: forms) came `forms`."""

    unit: str
    kind: str
    asked: int
    tallies: Mapping[str, Tally]
    forms: int = 0


@dataclass(frozen=True, slots=True)
class _Carried:
    """What is carried upwards of one score, with its weight there; its bounds may weigh by all who were asked."""

    weight: float
    bounds_weight: float
    value: float | None
    coverage: float | None
    low: float | None
    high: float | None
    applicable: bool


def team_scores(outline: Outline, scoring: Scoring, team: TeamAnswers) -> Scores:
    """Give a team's score of every question, every dimension and, under `""`, overall.

    Where nothing is scored, the overall score tells how many of those asked answered, and nothing else.
    """
    scores = {question: _question_score(team, question, levels) for question, levels in outline.levels.items()}
    for name in reversed(outline.children):
        parts = [_carried(scores[branch.name], branch.weight, branch.weight) for branch in outline.children[name]]
        score = _above(scores, outline.questions[name], Score(team.unit, team.kind, name))
        scored = _times(_weighted(score, parts), outline.sums.get(name, 1.0))
        scores[name] = _with_minimum(scored, scoring.minimum_answered)
    if not outline.levels:
        scores[OVERALL] = replace(scores[OVERALL], n=team.forms, N=team.asked)
    return with_spread(outline, scores)


def unit_scores(
    outline: Outline,
    scoring: Scoring,
    unit: tuple[str, str],
    units_below: Sequence[Scores],
) -> Scores:
    """Give the scores of a unit (its code and kind) from those of the units directly below it.

    Each of them counts once, or with its respondents where the questionnaire says so. The distribution of a question,
    and so how far people agree, is that of all the unit's people together.
    """
    code, kind = unit
    scores: Scores = {}
    for name in outline.names():
        below = [of_unit[name] for of_unit in units_below]
        score = Score(code, kind, name, n=_total(s.n for s in below), N=_total(s.N for s in below))
        if name in outline.levels:
            score = replace(score, distribution=_pooled(below, len(outline.levels[name])))
        scores[name] = _weighted(score, _shares(below, scoring))
    return with_spread(outline, scores)


def _question_score(team: TeamAnswers, question: str, levels: tuple[float, ...]) -> Score:
    tally = team.tallies.get(question) or Tally((0,) * len(levels))
    applicable = max(team.asked - tally.not_applicable - tally.not_asked, 0)
    low, high = bounds(tally.levels, levels, applicable) or (None, None)
    taken = tally.n + tally.dont_know + tally.blank
    return Score(
        team.unit,
        team.kind,
        question,
        value=agreement.mean(tally.levels, levels),
        n=tally.n,
        N=applicable,
        coverage=tally.n / taken if taken else None,
        low=low,
        high=high,
        distribution=tally.levels,
    )


def _carried(score: Score, weight: float, bounds_weight: float) -> _Carried:
    applicable = bool(score.N or score.n)
    return _Carried(weight, bounds_weight, score.value, score.coverage, score.low, score.high, applicable)


def _shares(below: Sequence[Score], scoring: Scoring) -> list[_Carried]:
    """Give units' scores with the weight of each: one, or its people, the silent among them for the bounds."""
    if scoring.unit_weighting == "equal":
        return [_carried(score, 1.0, 1.0) for score in below]
    return [_carried(score, float(score.n or 0), float(score.N or 0)) for score in below]


def _above(scores: Scores, questions: Sequence[str], score: Score) -> Score:
    """Give a dimension's score its people: as many as its best answered question has."""
    most = max((scores[question].n or 0 for question in questions), default=0)
    asked = max((scores[question].N or 0 for question in questions), default=0)
    return replace(score, n=most, N=asked)


def _weighted(score: Score, parts: Sequence[_Carried]) -> Score:
    applicable = [part for part in parts if part.applicable]
    value = mean_of((part.value, part.weight) for part in parts)
    low, high = _bounds_over(applicable, value) or (None, None)
    coverage = mean_of((part.coverage, part.weight) for part in applicable)
    return replace(score, value=value, coverage=coverage, low=low, high=high)


def _bounds_over(parts: Sequence[_Carried], value: float | None) -> Bounds | None:
    """Give the bounds of a mean; None where one of its parts has none."""
    low = mean_of((part.low, part.bounds_weight) for part in parts)
    high = mean_of((part.high, part.bounds_weight) for part in parts)
    if low is None or high is None or any(part.low is None for part in parts):
        return None
    return around(value, (low, high))


def _times(score: Score, factor: float) -> Score:
    """Give the score of a sum from that of the mean."""
    if factor == 1:
        return score
    value, low, high = (None if figure is None else figure * factor for figure in (score.value, score.low, score.high))
    return replace(score, value=value, low=low, high=high)


def _with_minimum(score: Score, minimum: float) -> Score:
    """Take the value away where too few of the applicable questions were answered; the bounds still say something."""
    if score.coverage is None or score.coverage < minimum - _DUST:
        return replace(score, value=None)
    return score


def with_spread(outline: Outline, scores: Scores) -> Scores:
    """Give every score how far people agree: of a question by its distribution, above by its questions'.

    Questions whose distribution is held back have no part in it.
    """
    spreads = {
        question: _spread(scores[question].distribution or (), levels) for question, levels in outline.levels.items()
    }
    return {
        name: _spread_over(
            scores[name],
            [spreads[question] for question in outline.questions.get(name, (name,))],
            of_several=name in outline.children,
        )
        for name in outline.names()
    }


def with_own_spread(score: Score, levels: Sequence[float]) -> Score:
    """Give the score of a question how far people agree on it."""
    return _spread_over(score, [_spread(score.distribution or (), tuple(levels))], of_several=False)


@dataclass(frozen=True, slots=True)
class _Spread:
    agreement: float | None
    deviation: float | None
    relative_variance: float | None


@lru_cache(maxsize=1 << 16)  # of a round's distributions most are alike, and each is asked for twice
def _spread(counts: tuple[int, ...], levels: tuple[float, ...]) -> _Spread:
    return _Spread(
        agreement.van_der_eijk(counts),
        agreement.average_deviation(counts, levels),
        agreement.relative_variance(counts, levels),
    )


def _spread_over(score: Score, spreads: Sequence[_Spread], *, of_several: bool) -> Score:
    agreed = mean_of((spread.agreement, 1) for spread in spreads)
    variances = [s.relative_variance for s in spreads if s.relative_variance is not None]
    return replace(
        score,
        agreement=agreed,
        ad=mean_of((spread.deviation, 1) for spread in spreads),
        rwg=agreement.r_wg(variances),
        rwg_star=agreement.r_wg_star(variances) if of_several else None,
        split=None if agreed is None else agreed < 0,
    )


def _pooled(below: Sequence[Score], levels: int) -> tuple[int, ...]:
    counted = [score.distribution for score in below if score.distribution]
    return tuple(sum(counts) for counts in zip(*counted, strict=True)) if counted else (0,) * levels


def _total(numbers: Iterable[int | None]) -> int:
    return sum(number or 0 for number in numbers)


def mean_of(weighted: Iterable[tuple[float | None, float]]) -> float | None:
    """Give the weighted mean of what is there; None where nothing is."""
    there = [(value, weight) for value, weight in weighted if value is not None and weight > 0]
    total = sum(weight for _, weight in there)
    return sum(value * weight for value, weight in there) / total if there else None


__all__ = [
    "METHOD",
    "METHODS",
    "NEWEST",
    "OVERALL",
    "Method",
    "Scores",
    "TeamAnswers",
    "mean_of",
    "team_scores",
    "unit_scores",
    "with_own_spread",
    "with_spread",
]
