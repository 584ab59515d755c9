"""A score told as an end: at least so much or at most so much, in steps.

Scores of few answers are, near the ends of the scale. So are those of units whose mean would say too much of the teams
hidden in it, all over the scale: in its upper half as `>=`, in its lower as `<=`.
"""

import math
from dataclasses import dataclass

from assessment.measure.outline import Ends, Outline
from assessment.measure.rounding import rounded_down

AT_LEAST, AT_MOST = ">=", "<="

HALF_LEVEL, QUARTER, HALF = STEPS = (0.0, 0.25, 0.5)  # the shares of a scale that the steps are, half a level at least

FULL_PRECISION_FROM = 8  # answers

_DUST = 1e-9


@dataclass(frozen=True, slots=True)
class ToldEnd:
    """A figure to one decimal and whether the score is at least (`>=`) or at most (`<=`) that.

    `around` is what whoever knows the steps knows of it: how far the score may lie below and above what it is. Where a
    longer step ends there too, it may lie as far away as that is long.
    """

    value: float
    qualifier: str
    around: Ends


def near_end(value: float, outline: Outline, name: str) -> ToldEnd | None:
    """Give a score as an end where it is within half a level of one of its scale's."""
    low, high = outline.ends(name)
    half = outline.gap(name) / 2
    if value >= high - half:
        return _at_least(value, high - half, high)
    if value <= low + half:
        return _at_most(value, low + half, low)
    return None


def as_end(value: float, outline: Outline, name: str, step: float = HALF_LEVEL) -> ToldEnd:
    """Give a score as an end: the next one from it in steps, of those in STEPS, from the nearer end of its scale."""
    low, high = outline.ends(name)
    if value >= (low + high) / 2:
        end = high - _steps(high - value, outline, name, step)
        beyond = max(_end_before(high - end, outline, name, longer) for longer in STEPS)
        return _at_least(value, end, min(end + beyond, high))
    end = low + _steps(value - low, outline, name, step)
    beyond = max(_end_before(end - low, outline, name, longer) for longer in STEPS)
    return _at_most(value, end, max(end - beyond, low))


def _steps(away: float, outline: Outline, name: str, step: float) -> float:
    """Give how far from the end of its scale the next step away from it is."""
    length = _length(outline, name, step)
    return max(math.ceil(away / length - _DUST), 1) * length if length > 0 else away


def _end_before(away: float, outline: Outline, name: str, step: float) -> float:
    """Give how long a step that ends just so far away is; 0 where none does."""
    length = _length(outline, name, step)
    steps = round(away / length) if length > 0 else 0
    return length if steps and abs(steps * length - away) < _DUST else 0.0


def _length(outline: Outline, name: str, step: float) -> float:
    low, high = outline.ends(name)
    return max(outline.gap(name) / 2, (high - low) * step)


def told_as(value: float, told: float, outline: Outline, name: str) -> ToldEnd:
    """Give the end that a score was told as, by the figure that was told: the nearest that reads so."""
    ends = [as_end(value, outline, name, step) for step in STEPS]
    return next((end for end in ends if abs(end.value - told) < _DUST), ends[-1])


def _at_least(value: float, end: float, beyond: float) -> ToldEnd:
    told = float(rounded_down(end))
    return ToldEnd(told, AT_LEAST, (max(value - end, 0.0), max(beyond - value, 0.0)))


def _at_most(value: float, end: float, beyond: float) -> ToldEnd:
    told = 0.0 - float(rounded_down(-end))
    return ToldEnd(told, AT_MOST, (max(value - beyond, 0.0), max(end - value, 0.0)))
