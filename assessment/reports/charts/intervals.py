"""A value and where it could lie had all answered: as rows, and small under a key figure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from assessment.reports.charts.axis import along
from assessment.reports.charts.palette import BLUE, GREY, GRID, INK, SEQUENTIAL
from assessment.reports.charts.rows import Rows, RowText, lay_out, write
from assessment.reports.charts.scale import Scale, tick_labels, ticks
from assessment.reports.charts.svg import Point, dot, drawing, line, rectangle, ring
from assessment.reports.figures import stated

_TOP = 18.0
_INSET = 6.5
_DOT = 4.2
_RING = 3.8
_BAR_HEIGHT = 34.0
_BAR_MIDDLE = 10.0
_TRACK = 4.0
_BOUNDS = 8.0
_BEFORE = 8.5


@dataclass(frozen=True, slots=True)
class IntervalRow:
    """One row: its name, its value or None, and the bounds that non-response leaves it.

    `text` is written in place of the figure: an end of the scale, or why there is none.
    """

    label: str
    value: float | None
    low: float | None = None
    high: float | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class IntervalPlot:
    """Rows on one scale from `low` to `high`; `title` is the finding.

    Dots are filled and blue, or hollow and grey where `filled` is false.
    """

    title: str
    rows: Sequence[IntervalRow]
    low: float
    high: float
    filled: bool = True
    width: float = 330


@dataclass(frozen=True, slots=True)
class LevelBar:
    """One value on its scale with its bounds, and a line where it was in the round before."""

    title: str
    value: float | None
    low: float | None
    high: float | None
    scale_low: float
    scale_high: float
    before: float | None = None
    ticks: Sequence[float] | None = None
    width: float = 160


def interval_plot(plot: IntervalPlot) -> Markup:
    """Draw rows of values with their non-response bounds."""
    rows = lay_out([_text(row) for row in plot.rows], plot.width, _TOP)
    scale = Scale(plot.low, plot.high, rows.left + _INSET, rows.right - _INSET)
    return drawing(
        plot.title,
        plot.width,
        rows.bottom,
        [
            *_grid(rows, scale),
            *(
                mark
                for row, placed in zip(plot.rows, rows.placed, strict=True)
                for mark in _mark(row, scale, placed.middle, filled=plot.filled)
            ),
            *write(rows),
        ],
    )


def level_bar(bar: LevelBar) -> Markup:
    """Draw one value on its scale, small enough to stand under a key figure."""
    scale = Scale(bar.scale_low, bar.scale_high, _INSET, bar.width - _INSET)
    values = ticks(bar.scale_low, bar.scale_high) if bar.ticks is None else tuple(bar.ticks)
    labels = list(zip(values, tick_labels(values), strict=True))
    return drawing(
        bar.title,
        bar.width,
        _BAR_HEIGHT,
        [
            track(bar.width, _BAR_MIDDLE),
            *_bar_bounds(bar, scale),
            *_bar_before(bar, scale),
            *([] if bar.value is None else [dot((scale(bar.value), _BAR_MIDDLE), 5.4, BLUE)]),
            *along(labels, scale, _BAR_HEIGHT - 2.5, bar.width),
        ],
    )


def track(wide: float, middle: float) -> Markup:
    """Draw the empty scale of a small bar."""
    return rectangle((0, middle - _TRACK / 2), wide, _TRACK, rx=_TRACK / 2, fill=GRID)


def _text(row: IntervalRow) -> RowText:
    return RowText(row.label, stated(row.value, row.text))


def _grid(rows: Rows, scale: Scale) -> Iterator[Markup]:
    values = ticks(scale.low, scale.high)
    for value in values:
        x = scale(value)
        yield line((x, rows.top), (x, rows.bottom), GRID)
    labels = list(zip(values, tick_labels(values), strict=True))
    yield from along(labels, scale, rows.top - 7, rows.width)


def _mark(row: IntervalRow, scale: Scale, y: float, *, filled: bool) -> Iterator[Markup]:
    if row.value is None:
        return
    centre = (scale(row.value), y)
    if row.low is not None and row.high is not None:
        ends: tuple[Point, Point] = ((scale(row.low), y), (scale(row.high), y))
        yield line(*ends, BLUE if filled else GREY, stroke_width=2 if filled else 1.4)
    yield dot(centre, _DOT, BLUE) if filled else ring(centre, _RING)


def _bar_bounds(bar: LevelBar, scale: Scale) -> Iterator[Markup]:
    if bar.value is not None and bar.low is not None and bar.high is not None:
        left, right = scale(bar.low), scale(bar.high)
        corner = (left, _BAR_MIDDLE - _BOUNDS / 2)
        yield rectangle(corner, right - left, _BOUNDS, rx=2, fill=SEQUENTIAL[2])


def _bar_before(bar: LevelBar, scale: Scale) -> Iterator[Markup]:
    if bar.before is not None:
        x = scale(bar.before)
        yield line((x, _BAR_MIDDLE - _BEFORE), (x, _BAR_MIDDLE + _BEFORE), INK, stroke_width=1.5)
