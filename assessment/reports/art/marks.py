"""Small drawings beside text: a score with its bounds for a table's cell, the scale over these, a legend's colour."""

from collections.abc import Iterator

from markupsafe import Markup

from assessment.reports.charts.axis import along
from assessment.reports.charts.palette import BLUE, GRID
from assessment.reports.charts.scale import Scale, tick_labels, ticks
from assessment.reports.charts.svg import dot, drawing, line, rectangle

WIDTH = 108.0
HEIGHT = 18.0

_AXIS_HEIGHT = 11.0
_SWATCH = 10.0
_INSET = 5.0
_DOT = 3.6
_DOT_ABOVE = 4.2


def bounds_mark(
    title: str, value: float | None, bounds: tuple[float, float] | None, scale: Scale, *, top: bool
) -> Markup:
    """Draw one score and where it would lie had everyone answered; `top` for a competency, a little larger."""
    return drawing(title, WIDTH, HEIGHT, _parts(value, bounds, scale, _DOT_ABOVE if top else _DOT))


def bounds_axis(low: float, high: float) -> Markup:
    """Draw the scale over a column of such marks."""
    values = ticks(low, high)
    labels = list(zip(values, tick_labels(values), strict=True))
    title = f"Scale from {labels[0][1]} to {labels[-1][1]}"
    return drawing(title, WIDTH, _AXIS_HEIGHT, along(labels, scale_of(low, high), _AXIS_HEIGHT - 2, WIDTH))


def key_swatch(fill: str, words: str) -> Markup:
    """Draw the colour that stands beside its words in a legend; paper needs a name for it."""
    square = rectangle((0, 0), _SWATCH, _SWATCH, fill=fill)
    return drawing(f"Colour of “{words}”", _SWATCH, _SWATCH, [square])


def scale_of(low: float, high: float) -> Scale:
    """Give the scale of such marks."""
    return Scale(low, high, _INSET, WIDTH - _INSET)


def _parts(value: float | None, bounds: tuple[float, float] | None, scale: Scale, radius: float) -> Iterator[Markup]:
    middle = HEIGHT / 2
    for tick in ticks(scale.low, scale.high):
        yield line((scale(tick), 0), (scale(tick), HEIGHT), GRID)
    if value is None:
        return
    if bounds is not None:
        low, high = bounds
        yield line((scale(low), middle), (scale(high), middle), BLUE, stroke_width=2, stroke_linecap="round")
    yield dot((scale(value), middle), radius, BLUE)
