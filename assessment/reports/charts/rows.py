"""Rows that share one scale: names to the left, marks in the middle, figures to the right."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from assessment.reports.charts import styles
from assessment.reports.charts.text import (
    CAPITAL,
    LEADING,
    Style,
    centred,
    shorten,
    text,
    width,
    wrap,
)

_NAMES = 0.46
_FIGURES = 0.22
_GAP = 12.0
_ROW = 21.0
_LINES = 2


@dataclass(frozen=True, slots=True)
class RowText:
    """What is written in one row: its name and its figure, each in its style."""

    name: str
    figure: str
    name_style: Style = styles.LABEL
    figure_style: Style = styles.FIGURE


@dataclass(frozen=True, slots=True)
class PlacedRow:
    """A row's text as it fits, and the height on the drawing about which the row is centred."""

    names: tuple[str, ...]
    text: RowText
    middle: float


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows laid out: where the marks may be drawn, from `left` to `right`, and how far down."""

    placed: tuple[PlacedRow, ...]
    left: float
    right: float
    top: float
    bottom: float
    width: float


def lay_out(rows: Sequence[RowText], wide: float, top: float) -> Rows:
    """Give each column the room that it needs, and names that are too long a second line."""
    limit = wide * _NAMES
    names = [wrap(row.name, limit, row.name_style, _LINES) for row in rows]
    for_names = max(
        (width(n, row.name_style) for row, ns in zip(rows, names, strict=True) for n in ns),
        default=0.0,
    )
    figures = [shorten(row.figure, wide * _FIGURES, row.figure_style) for row in rows]
    for_figures = max((width(f, row.figure_style) for row, f in zip(rows, figures, strict=True)), default=0.0)
    placed: list[PlacedRow] = []
    y = top
    for row, lines, figure in zip(rows, names, figures, strict=True):
        height = _ROW + max(len(lines) - 1, 0) * row.name_style.size * LEADING
        shown = RowText(row.name, figure, row.name_style, row.figure_style)
        placed.append(PlacedRow(lines, shown, y + height / 2))
        y += height
    left = for_names + _GAP if for_names else 0.0
    right = wide - (for_figures + _GAP if for_figures else 0.0)
    return Rows(tuple(placed), left, right, top, y, wide)


def write(rows: Rows) -> Iterator[Markup]:
    """Write the names and the figures."""
    for row in rows.placed:
        style = row.text.name_style
        leading = style.size * LEADING
        block = style.size * CAPITAL + leading * (len(row.names) - 1)
        first = row.middle - block / 2 + style.size * CAPITAL
        for place, name in enumerate(row.names):
            yield text((0, first + leading * place), name, style)
        if row.text.figure:
            baseline = centred(row.middle, row.text.figure_style)
            yield text((rows.width, baseline), row.text.figure, row.text.figure_style, "end")
