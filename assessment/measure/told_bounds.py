"""Non-response bounds beside hidden scores: no narrower than whoever sees the rest could make them.

The bounds of a score weigh its parts by how many answered; its value does not. Told exactly, the two would be two
equations for the hidden parts, and give two of them away. So where parts are hidden, the bounds that are told rest on
nothing but their mean (which the value tells anyway) and on counts of answers (which are no secret): as if as few had
answered each of them as answered the least answered one. They are bounds still, only somewhat wider, and the same
where everybody answered.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from assessment.measure.bounds import Bounds, around
from assessment.measure.hiding import Cell, HeldBack
from assessment.measure.organisation import Organisation
from assessment.measure.outline import Outline
from assessment.measure.score import Score
from assessment.measure.scoring import Scores, mean_of


@dataclass(frozen=True, slots=True)
class _Part:
    """A score as a part of the one above, with its weight in that one's value and in its bounds.

    `silent` are its bounds had nobody answered, `ends` those of what was answered, `share` is the least share that
    answered of what has a value, and `told` are its bounds as they are told where it is not hidden.
    """

    weight: float
    bounds_weight: float
    value: float | None
    silent: Bounds
    ends: Bounds
    share: float
    told: Bounds
    hidden: bool


def told_bounds(
    outline: Outline, organisation: Organisation, scores: Mapping[str, Scores], hidden: HeldBack
) -> dict[Cell, Bounds]:
    """Give the bounds that may be told; what has none is not in there."""
    known: dict[Cell, _Part] = {}
    for unit in scores.keys() - organisation.below.keys():
        known |= _of_team(outline, unit, scores[unit], hidden)
    for unit in organisation.upwards():
        for name, score in scores[unit].items():
            parts = [
                _weighted(known[code, name], scores[code][name], by_respondents=organisation.by_respondents)
                for code in organisation.below[unit]
                if (code, name) in known
            ]
            if score.low is not None and parts:
                known[unit, name] = _above_units(score, parts, hidden=(unit, name) in hidden)
    return {cell: part.told for cell, part in known.items()}


def _of_team(outline: Outline, unit: str, scores: Scores, hidden: HeldBack) -> dict[Cell, _Part]:
    known: dict[Cell, _Part] = {}
    for name, levels in outline.levels.items():
        score, ends = scores[name], (min(levels), max(levels))
        if score.low is not None and score.high is not None and score.N:
            share = (score.n or 0) / score.N
            told = (score.low, score.high)
            known[unit, name] = _Part(1, 1, score.value, ends, ends, share, told, (unit, name) in hidden)
    for name in reversed(outline.children):
        parts = [
            _times(replace(part, weight=branch.weight, bounds_weight=branch.weight), outline.sums.get(name, 1.0))
            for branch in outline.children[name]
            if (part := known.get((unit, branch.name))) is not None
        ]
        if scores[name].low is not None and parts:
            known[unit, name] = _above(scores[name], parts, hidden=(unit, name) in hidden)
    return known


def _above(score: Score, parts: Sequence[_Part], *, hidden: bool) -> _Part:
    valued = [part for part in parts if part.value is not None]
    silent = _mean((part.silent, part.bounds_weight) for part in parts)
    ends = _mean((part.ends, part.weight) for part in valued) if valued else silent
    answered = sum(part.weight for part in valued) / sum(part.weight for part in parts)
    share = min((part.share for part in valued), default=0.0) * answered
    return _Part(1, 1, score.value, silent, ends, share, _told(score, parts), hidden)


def _above_units(score: Score, parts: Sequence[_Part], *, hidden: bool) -> _Part:
    """Give the score of a unit above, whose parts may weigh otherwise in its bounds than in its value."""
    valued = [part for part in parts if part.value is not None and part.weight > 0]
    silent = _mean((part.silent, part.bounds_weight) for part in parts)
    ends = _mean((part.ends, part.weight) for part in valued) if valued else silent
    answered = sum(part.weight for part in valued) / sum(part.bounds_weight for part in parts)
    share = min((part.share * part.bounds_weight / part.weight for part in valued), default=0.0) * answered
    return _Part(1, 1, score.value, silent, ends, share, _told(score, parts), hidden)


def _times(part: _Part, factor: float) -> _Part:
    """Give a part as it counts in a sum of `factor` such parts."""
    if factor == 1:
        return part
    silent, ends, told = ((low * factor, high * factor) for low, high in (part.silent, part.ends, part.told))
    value = None if part.value is None else part.value * factor
    return replace(part, value=value, silent=silent, ends=ends, told=told)


def _weighted(part: _Part, score: Score, *, by_respondents: bool) -> _Part:
    if not by_respondents:
        return part
    return replace(part, weight=float(score.n or 0), bounds_weight=float(score.N or 0))


def _told(score: Score, parts: Sequence[_Part]) -> Bounds:
    """Give bounds that rest on the parts' own where they are shown, and on the mean of those that are hidden."""
    low, high = _mean((part.silent if part.hidden else part.told, part.bounds_weight) for part in parts)
    unseen = [part for part in parts if part.hidden and part.value is not None and part.weight > 0]
    if not unseen or score.value is None:
        return around(score.value, (low, high))
    share = min(part.share * part.bounds_weight / part.weight for part in unseen)
    share /= sum(part.bounds_weight for part in parts)
    low += share * sum(part.weight * (part.value - part.ends[0]) for part in unseen if part.value is not None)
    high -= share * sum(part.weight * (part.ends[1] - part.value) for part in unseen if part.value is not None)
    return around(score.value, (low, high))


def _mean(weighted: Iterable[tuple[Bounds, float]]) -> Bounds:
    pairs = list(weighted)
    low = mean_of((bounds[0], weight) for bounds, weight in pairs)
    high = mean_of((bounds[1], weight) for bounds, weight in pairs)
    if low is None or high is None:
        raise ValueError("bounds of nothing")
    return low, high
