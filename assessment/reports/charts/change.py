"""A change with its interval: filled and coloured only where the stored verdict says so."""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from assessment.reports.charts import styles
from assessment.reports.charts.axis import along
from assessment.reports.charts.intervals import track
from assessment.reports.charts.palette import GREY, INK
from assessment.reports.charts.rows import RowText, lay_out, write
from assessment.reports.charts.scale import Scale
from assessment.reports.charts.svg import dot, drawing, line, ring
from assessment.reports.charts.text import Style, text, width
from assessment.reports.charts.verdict import COLOURS, Verdict
from assessment.reports.figures import signed, stated

_HEIGHT = 34.0
_MIDDLE = 10.0
_ZERO = 9.0
_INSET = 6.5
_TOP = 20.0
_DOT = 4.2
_RING = 3.8
_BAR_DOT = 5.4
_BAR_INTERVAL = 5.0
_APART = 8.0
_STEP = 0.5
_DUST = 1e-6


@dataclass(frozen=True, slots=True)
class ChangeBar:
    """One change with its interval, for a key figure; `title` is the finding.

    The scale reaches as far to the left as to the right, `limit` if given, or as far as needed.
    """

    title: str
    change: float | None
    low: float | None = None
    high: float | None = None
    verdict: Verdict | None = None
    limit: float | None = None
    width: float = 160


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One dimension's change, None where the rounds cannot be compared; `text` replaces it."""

    label: str
    change: float | None
    low: float | None = None
    high: float | None = None
    verdict: Verdict | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class ChangePlot:
    """Changes of several dimensions on one scale; `headings` stand left, at and right of zero."""

    title: str
    rows: Sequence[ChangeRow]
    headings: tuple[str, str, str] = ("", "", "")
    limit: float | None = None
    width: float = 230


def change_bar(bar: ChangeBar) -> Markup:
    """Draw one change about zero, small enough to stand under a key figure."""
    limit = bar.limit or change_limit([bar.change, bar.low, bar.high])
    scale = Scale(-limit, limit, _INSET, bar.width - _INSET)
    labels = [(value, "0" if value == 0 else signed(value)) for value in (-limit, 0.0, limit)]
    zero = scale(0)
    row = ChangeRow("", bar.change, bar.low, bar.high, bar.verdict)
    return drawing(
        bar.title,
        bar.width,
        _HEIGHT,
        [
            track(bar.width, _MIDDLE),
            *_interval(row, scale, _MIDDLE, _BAR_INTERVAL),
            line((zero, _MIDDLE - _ZERO), (zero, _MIDDLE + _ZERO), INK, stroke_width=1.4),
            *_dot(row, scale, _MIDDLE, _BAR_DOT),
            *along(labels, scale, _HEIGHT - 2.5, bar.width),
        ],
    )


def change_plot(plot: ChangePlot) -> Markup:
    """Draw the changes of several dimensions with their intervals about one line of no change."""
    figures = (figure for row in plot.rows for figure in (row.change, row.low, row.high))
    limit = plot.limit or _furthest(figures, at_least=_STEP)
    rows = lay_out([_text(row) for row in plot.rows], plot.width, _TOP)
    scale = Scale(-limit, limit, rows.left + _INSET, rows.right - _INSET)
    return drawing(
        plot.title,
        plot.width,
        rows.bottom,
        [
            line((scale(0), rows.top - 2), (scale(0), rows.bottom), INK, stroke_width=1.4),
            *(
                mark
                for row, placed in zip(plot.rows, rows.placed, strict=True)
                for mark in (
                    *_interval(row, scale, placed.middle, 2.6 if row.verdict else 1.6),
                    *_dot(row, scale, placed.middle, _DOT if row.verdict else _RING),
                )
            ),
            *_headings(plot, scale(0), _TOP - 8),
            *write(rows),
        ],
    )


def change_limit(figures: Iterable[float | None]) -> float:
    """Give how far a scale of changes must reach, in steps of a half."""
    return math.ceil(_furthest(figures, at_least=_STEP) / _STEP - _DUST) * _STEP


def _furthest(figures: Iterable[float | None], at_least: float) -> float:
    return max([at_least, *(abs(figure) for figure in figures if figure is not None)])


def _text(row: ChangeRow) -> RowText:
    moved = None if row.change is None else signed(row.change)
    figure = stated(None, moved if row.text is None else row.text)
    if row.verdict is None:
        return RowText(row.label, figure)
    strong = Style(styles.FIGURE.size, 600, COLOURS[row.verdict])
    return RowText(row.label, figure, styles.LABEL_STRONG, strong)


def _interval(row: ChangeRow, scale: Scale, y: float, thick: float) -> Iterator[Markup]:
    if row.change is not None and row.low is not None and row.high is not None:
        ends = (scale(row.low), y), (scale(row.high), y)
        yield line(*ends, _colour(row), stroke_width=thick)


def _dot(row: ChangeRow, scale: Scale, y: float, radius: float) -> Iterator[Markup]:
    if row.change is not None:
        centre = (scale(row.change), y)
        yield dot(centre, radius, _colour(row)) if row.verdict else ring(centre, radius)


def _colour(row: ChangeRow) -> str:
    return COLOURS[row.verdict] if row.verdict else GREY


def _headings(plot: ChangePlot, zero: float, baseline: float) -> Iterator[Markup]:
    """Write what left, at and right of zero mean; what does not fit beside the others goes."""
    worse, same, better = plot.headings
    for middle in (same, ""):
        half = width(middle, styles.AXIS) / 2
        left, right = zero - half - _APART, zero + half + _APART
        start = left - width(worse, styles.AXIS)
        if start >= 0 and right + width(better, styles.AXIS) <= plot.width:
            parts = ((start, worse), (zero - half, middle), (right, better))
            yield from (text((x, baseline), part, styles.AXIS) for x, part in parts if part)
            return
