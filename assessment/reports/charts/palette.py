"""The colours, named by what they mean.

Colour never speaks alone: a sign, a mark, a weight or a place says the same.
"""

import math
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from itertools import pairwise

from assessment.reports.figures import one_decimal, printed

INK = "#1b1f24"
MUTED = "#57606a"
WHITE = "#ffffff"
BLUE = "#0b5cad"
"""Now, and up."""
ORANGE = "#b5480d"
"""Down, and attention."""
GREY = "#87909a"
"""The round before, and what is not clear: lines only, too light for words."""
FAINT = "#bcc3cb"
"""Single teams behind the line of all, and bridges over missing rounds."""
HAIRLINE = "#d0d5db"
"""The outer edge of a scale."""
GRID = "#e3e7eb"
"""Levels within a scale, and the empty part of a bar."""
PALE = "#dbe8f5"
"""Where a value could lie, and the area of this round."""

SEQUENTIAL = ("#eef4fa", "#cfe1f2", "#9cc4e4", "#4f94cb", "#0b5cad")
LIKERT = ("#b5480d", "#eaa873", "#dfe3e8", "#8fbfe0", "#0b5cad")

_FEWEST_LEVELS = 2
_MOST_LEVELS = 11
_WEAKEST = 0.3
_FIRST_STEP = 0.8
_SRGB_KNEE = 0.04045
_TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class HeatClass:
    """One class of the heatmap, for its legend: its colours and the printed figures it covers."""

    fill: str
    ink: str
    label: str


def ink_on(fill: str) -> str:
    """Choose between ink and white the one that is easier to read on a fill."""
    return max((INK, WHITE), key=lambda ink: contrast(ink, fill))


def contrast(one: str, other: str) -> float:
    """Give the contrast ratio of two colours after WCAG 2."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def heat_class(value: float, low: float, high: float) -> int:
    """Give the class, 0 to 4, of a figure in five equal parts of the scale.

    The figure as printed decides: two cells that read 2.6 never differ in colour.
    """
    figure = printed(value)
    return sum(figure >= start for start in _class_starts(low, high)[1:])


def heat(value: float, low: float, high: float) -> tuple[str, str]:
    """Give the fill of a heatmap's cell and the ink for the figure on it."""
    fill = SEQUENTIAL[heat_class(value, low, high)]
    return fill, ink_on(fill)


def heat_legend(low: float, high: float) -> tuple[HeatClass, ...]:
    """Give the heatmap's classes from low to high, without those no printed figure falls into."""
    starts = _class_starts(low, high)
    ends = [start - _TENTH for start in starts[1:]] + [printed(high)]
    return tuple(
        HeatClass(fill, ink_on(fill), _span(start, end))
        for fill, start, end in zip(SEQUENTIAL, starts, ends, strict=True)
        if start <= end
    )


def likert_fills(levels: int) -> list[str]:
    """Give the fills of 2 to 11 levels from low to high, parted by a neutral middle.

    An even number of levels has no middle, so no level of it is neutral.
    """
    if not _FEWEST_LEVELS <= levels <= _MOST_LEVELS:
        raise ValueError(f"{levels} levels: colours are there for 2 to 11")
    strengths = _strengths(levels // 2)
    middle = [0.0] if levels % 2 else []
    return [_diverging(position) for position in [*(-s for s in strengths), *middle, *strengths[::-1]]]


def _class_starts(low: float, high: float) -> list[Decimal]:
    if not low < high:
        raise ValueError(f"a scale from {low} to {high} has no classes")
    bottom, top = Decimal(str(low)), Decimal(str(high))
    width = (top - bottom) / len(SEQUENTIAL)
    exact = (bottom + width * place for place in range(len(SEQUENTIAL)))
    return [start.quantize(_TENTH, ROUND_CEILING) for start in exact]


def _span(start: Decimal, end: Decimal) -> str:
    first, last = one_decimal(float(start)), one_decimal(float(end))
    return first if first == last else f"{first}\N{EN DASH}{last}"


def _strengths(side: int) -> list[float]:
    """Spread the levels of one side from the full colour to one that still is not neutral.

    The first step is the widest: next to the full colours lie those that no ink is easy to read on.
    """
    weakest = max(1 / side, _WEAKEST)
    return [1 - (1 - weakest) * (place / max(side - 1, 1)) ** _FIRST_STEP for place in range(side)]


def _diverging(position: float) -> str:
    """Mix the colour at a position from -1, wholly low, over 0, neutral, to 1, wholly high."""
    place = (position + 1) / 2 * (len(LIKERT) - 1)
    before = min(math.floor(place), len(LIKERT) - 2)
    one, other = list(pairwise(LIKERT))[before]
    share = place - before
    mixed = (round(a + (b - a) * share) for a, b in zip(_channels(one), _channels(other), strict=True))
    return "#" + "".join(f"{channel:02x}" for channel in mixed)


def _channels(colour: str) -> tuple[int, int, int]:
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return red, green, blue


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(channel / 255) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= _SRGB_KNEE else ((channel + 0.055) / 1.055) ** 2.4
