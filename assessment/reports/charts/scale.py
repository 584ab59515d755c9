"""From values to places on a drawing, and which values are written beside it."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assessment.reports.figures import one_decimal

_FEWEST_PARTS = 2
_AXIS_PARTS = 10
_LEVELS = 3
_STEPS = (0.1, 0.2, 0.5, 1.0, 2.0, 3.0, 5.0, 10.0, 20.0, 25.0, 50.0, 100.0)
_DUST = 1e-6


@dataclass(frozen=True, slots=True)
class Scale:
    """A straight mapping of the values from `low` to `high` to the places from `start` to `end`."""

    low: float
    high: float
    start: float
    end: float

    def __post_init__(self) -> None:
        """Refuse what is no scale."""
        if not self.low < self.high:
            raise ValueError(f"a scale from {self.low} to {self.high} has no length")

    def __call__(self, value: float) -> float:
        """Give a value's place; one beyond the scale's ends is refused, for it would mislead."""
        if not self.low - _DUST <= value <= self.high + _DUST:
            raise ValueError(f"{value} lies outside the scale from {self.low} to {self.high}")
        share = (value - self.low) / (self.high - self.low)
        return self.start + min(max(share, 0.0), 1.0) * (self.end - self.start)


def ticks(low: float, high: float, most: int = 6) -> tuple[float, ...]:
    """Choose the values to write along a scale, both ends among them; whole ones on whole scales."""
    step = tick_step(high - low, most)
    if high - low >= _LEVELS and _are_whole((low, high)):
        step = max(step, 1.0)
    count = math.floor((high - low) / step + _DUST)
    inner = [round(low + step * place, 9) for place in range(count + 1)]
    if high - inner[-1] > step / 2:
        return (*inner, high)
    return (*inner[:-1], high)


def tick_step(span: float, most: int = 6) -> float:
    """Choose a round step that parts a span into at most so many, if possible equal, parts."""
    fitting = [step for step in _STEPS if span / step <= most + _DUST] or [span]
    whole = (step for step in fitting if abs(span / step - round(span / step)) < _DUST)
    best = next(whole, fitting[0])
    return best if span / best >= _FEWEST_PARTS - _DUST else fitting[0]


def cut_axis(values: Iterable[float | None], low: float, high: float) -> tuple[float, float]:
    """Choose the part of a scale that is drawn, so that changes can be seen but not overdrawn.

    All values lie within it, it covers at least half of the scale, and it is the whole scale where
    cutting would save little. A caption must say where it was cut.
    """
    shown = [value for value in values if value is not None]
    if not shown:
        return low, high
    span = high - low
    step = tick_step(span, _AXIS_PARTS)
    steps = math.ceil(span / step - _DUST)
    air = step / 5
    bottom = max(math.floor((min(shown) - air - low) / step), 0)
    top = min(math.ceil((max(shown) + air - low) / step), steps)
    while (top - bottom) * 2 < steps:
        room_below, room_above = bottom, steps - top
        bottom, top = (bottom - 1, top) if room_below >= room_above else (bottom, top + 1)
    if (top - bottom) * 5 > steps * 4:
        return low, high
    return round(low + bottom * step, 9), min(round(low + top * step, 9), high)


def tick_labels(values: Sequence[float]) -> list[str]:
    """Write a scale's values, with one decimal where one of them needs it."""
    whole = _are_whole(values)
    return [one_decimal(value).removesuffix(".0") if whole else one_decimal(value) for value in values]


def _are_whole(values: Sequence[float]) -> bool:
    return all(abs(value - round(value)) < _DUST for value in values)
