"""How a score went over the rounds."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

from markupsafe import Markup

from assessment.reports.charts import styles
from assessment.reports.charts.palette import BLUE, FAINT, GREY, GRID, PALE
from assessment.reports.charts.runs import runs
from assessment.reports.charts.scale import Scale, cut_axis, tick_labels, ticks
from assessment.reports.charts.svg import Point, dot, drawing, line, polygon, polyline, rectangle
from assessment.reports.charts.text import (
    CAPITAL,
    DESCENT,
    HALO,
    Align,
    Style,
    centred,
    shorten,
    start_of,
    text,
    text_on_white,
    width,
)
from assessment.reports.figures import stated

_TOP = 14.0
_BOTTOM = 24.0
_UNDER = 19.0
_GAP = 7.0
_INSET = 12.0
_ABOVE = 7.5
_VALLEY = 4.0
_DOT = 3.2
_DOT_NOW = 5.0
_LABEL_LIMIT = 150.0
_LONE_BAND = 8.0
_LONE_TEAM = 1.5

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """One round: its name, the score or None, and the bounds that non-response leaves it.

    `text` is written in place of the figure, where only an end of the scale is told.
    """

    label: str
    value: float | None
    low: float | None = None
    high: float | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Trend:
    """A score over the rounds, oldest first, on a scale from `low` to `high`.

    `title` tells the finding. Each of `teams` holds one value a round, drawn as a thin line.
    A place in `breaks` parts its round from the one before: other questions, no line between them.
    """

    title: str
    points: Sequence[TrendPoint]
    low: float
    high: float
    teams: Sequence[Sequence[float | None]] = ()
    breaks: frozenset[int] = frozenset()
    width: float = 392
    height: float = 224

    def __post_init__(self) -> None:
        """Refuse rounds that do not fit together."""
        if not self.points:
            raise ValueError("a trend needs one round at least")
        if any(len(team) != len(self.points) for team in self.teams):
            raise ValueError("each team's line needs one value, or None, for each round")
        if not self.breaks <= set(range(1, len(self.points))):
            raise ValueError("a trend can break from its second round on")


@dataclass(frozen=True, slots=True)
class _Plot:
    """Where things are on this one drawing."""

    trend: Trend
    x: tuple[float, ...]
    y: Scale
    left: float
    right: float

    def place(self, index: int, value: float) -> Point:
        return self.x[index], self.y(value)


def trend_axis(trend: Trend) -> tuple[float, float]:
    """Give the part of the scale that is drawn; where it is not all of it, the caption says so."""
    values = [figure for p in trend.points for figure in (p.value, p.low, p.high)]
    values += [value for team in trend.teams for value in team]
    return cut_axis(values, trend.low, trend.high)


def trend_chart(trend: Trend) -> Markup:
    """Draw a score over the rounds with its bounds, single teams, gaps and breaks."""
    plot = _plot(trend)
    return drawing(
        trend.title,
        trend.width,
        trend.height,
        [
            *_grid(plot),
            *_band(plot),
            *_break_lines(plot),
            *_team_lines(plot),
            *_main_line(plot),
            *_values(plot),
            *_rounds(plot),
        ],
    )


def _plot(trend: Trend) -> _Plot:
    low, high = trend_axis(trend)
    left = max(width(label, styles.AXIS) for label in tick_labels(ticks(low, high))) + _GAP
    newest = trend.points[-1]
    beside = width(stated(newest.value, newest.text), styles.VALUE_NOW) + _DOT_NOW + _GAP if _has_now(trend) else 0.0
    right = trend.width - max(beside, _INSET)
    count = len(trend.points)
    start, end = left + _INSET, right
    places = (
        (start + (end - start) * index / (count - 1) for index in range(count)) if count > 1 else [(start + end) / 2]
    )
    y = Scale(low, high, trend.height - _BOTTOM, _TOP)
    return _Plot(trend, tuple(places), y, left, right)


def _has_now(trend: Trend) -> bool:
    return trend.points[-1].value is not None


def _grid(plot: _Plot) -> Iterator[Markup]:
    values = ticks(plot.y.low, plot.y.high)
    for value, label in zip(values, tick_labels(values), strict=True):
        y = plot.y(value)
        yield line((plot.left, y), (plot.right, y), GRID)
        at = (plot.left - _GAP, centred(y, styles.AXIS))
        yield text(at, label, styles.AXIS, "end")


def _band(plot: _Plot) -> Iterator[Markup]:
    for run in runs([_bounds(point) for point in plot.trend.points], plot.trend.breaks):
        upper = [plot.place(i, high) for i, (_, high) in run]
        lower = [plot.place(i, low) for i, (low, _) in run]
        if len(run) > 1:
            yield polygon([*upper, *reversed(lower)], fill=PALE)
            continue
        (x, top), (_, bottom) = upper[0], lower[0]
        corner = (x - _LONE_BAND / 2, top)
        yield rectangle(corner, _LONE_BAND, bottom - top, rx=2, fill=PALE)


def _bounds(point: TrendPoint) -> tuple[float, float] | None:
    if point.value is None or point.low is None or point.high is None:
        return None
    return point.low, point.high


def _break_lines(plot: _Plot) -> Iterator[Markup]:
    for place in sorted(plot.trend.breaks):
        x = (plot.x[place - 1] + plot.x[place]) / 2
        yield line((x, plot.y.end), (x, plot.y.start), GREY, stroke_dasharray="1 3", stroke_width=1)


def _team_lines(plot: _Plot) -> Iterator[Markup]:
    for team in plot.trend.teams:
        for run in runs(team, plot.trend.breaks):
            places = [plot.place(i, value) for i, value in run]
            if len(places) == 1:
                (x, y) = places[0]
                places = [(x - _LONE_TEAM, y), (x + _LONE_TEAM, y)]
            yield polyline(places, FAINT, stroke_width=0.9)


def _main_line(plot: _Plot) -> Iterator[Markup]:
    breaks = plot.trend.breaks
    joined = list(runs([point.value for point in plot.trend.points], breaks))
    for before, after in pairwise(joined):
        (last, last_value), (first, first_value) = before[-1], after[0]
        if breaks.isdisjoint(range(last + 1, first + 1)):
            ends = plot.place(last, last_value), plot.place(first, first_value)
            yield line(*ends, GREY, stroke_width=1.2, stroke_dasharray="3 3")
    for run in joined:
        if len(run) > 1:
            yield polyline([plot.place(i, value) for i, value in run], BLUE, stroke_width=2.2)
    newest = len(plot.trend.points) - 1
    for i, value in chain.from_iterable(joined):
        yield dot(plot.place(i, value), _DOT_NOW if i == newest else _DOT, BLUE)


def _values(plot: _Plot) -> Iterator[Markup]:
    """Write the figures, the newest beside its dot; one that would lie on another is left out."""
    *_, newest = points = plot.trend.points
    taken: list[Box] = []
    if newest.value is not None:
        x, y = plot.place(len(points) - 1, newest.value)
        at = (x + _DOT_NOW + _GAP - 1, centred(y, styles.VALUE_NOW))
        taken.append(_box(at, stated(newest.value, newest.text), styles.VALUE_NOW))
        yield text(at, stated(newest.value, newest.text), styles.VALUE_NOW)
    for i in sorted(range(len(points) - 1), key=lambda i: (i > 0, -i)):
        if (value := points[i].value) is None:
            continue
        at, figure = _beside_line(plot, i, value), stated(value, points[i].text)
        box = _box(at, figure, styles.VALUE, "middle")
        if not any(_overlap(box, other) for other in taken):
            taken.append(box)
            yield text_on_white(at, figure, styles.VALUE, "middle")


def _beside_line(plot: _Plot, index: int, value: float) -> Point:
    """Give where a point's figure stands: above, but below where the line runs upward from it."""
    x, y = plot.place(index, value)
    around = plot.trend.points[max(index - 1, 0) : index + 2]
    levels = [plot.y(point.value) for point in around if point.value is not None]
    capitals = styles.VALUE.size * CAPITAL
    above, below = y - _ABOVE, y + _ABOVE + capitals
    valley = len(levels) > 1 and sum(level < y - _VALLEY for level in levels) == len(levels) - 1
    if (valley and below <= plot.y.start + _VALLEY) or above - capitals < HALO:
        return x, below
    return x, above


def _rounds(plot: _Plot) -> Iterator[Markup]:
    """Write the rounds' names, every one, every second, ...: as many as stand side by side."""
    points = plot.trend.points
    newest = len(points) - 1
    limit = min(_LABEL_LIMIT, plot.trend.width / min(len(points), 3))
    baseline = plot.y.start + _UNDER
    placed: list[tuple[float, float, Markup]] = []
    for index, point in enumerate(points):
        style = styles.AXIS_NOW if index == newest else styles.AXIS
        label = shorten(point.label, limit, style)
        wide = width(label, style)
        x = start_of(plot.x[index], label, style, "middle")
        x = min(max(x, 0.0), plot.trend.width - wide)
        placed.append((x, x + wide, text((x, baseline), label, style)))
    for every in range(1, newest + 2):
        kept = placed[newest % every :: every]
        if all(before[1] + _GAP <= after[0] for before, after in pairwise(kept)):
            yield from (label for _, _, label in kept)
            return


def _box(at: Point, figure: str, style: Style, align: Align = "start") -> Box:
    x, y = start_of(at[0], figure, style, align), at[1]
    return (
        x - 2,
        y - style.size * CAPITAL - 1,
        x + width(figure, style) + 2,
        y + style.size * DESCENT,
    )


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
