"""All dimensions at a glance, this round over the round before."""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup

from assessment.reports.charts import styles
from assessment.reports.charts.palette import BLUE, GREY, GRID, HAIRLINE, PALE
from assessment.reports.charts.radar_labels import AxisText, lay_out
from assessment.reports.charts.scale import Scale, tick_labels, ticks
from assessment.reports.charts.svg import Attribute, Point, dot, drawing, line, polygon
from assessment.reports.charts.text import Style, centred, text
from assessment.reports.charts.verdict import COLOURS, MARKS, Verdict
from assessment.reports.figures import one_decimal, stated

_FEWEST_AXES = 3
_MOST_AXES = 8
_BESIDE = 6.0
_DOT = 3.2


@dataclass(frozen=True, slots=True)
class RadarAxis:
    """One dimension: its name, this round's score or None, and the score of the round before.

    Only a stored verdict gives `verdict`; with it `change` is written behind the figure.
    `text` is written in place of the figure, for instance why there is none.
    """

    label: str
    now: float | None
    before: float | None = None
    verdict: Verdict | None = None
    change: float | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Radar:
    """Three to eight dimensions on the full scale from `low` to `high`; `title` is the finding."""

    title: str
    axes: Sequence[RadarAxis]
    low: float
    high: float
    width: float = 296
    height: float = 240

    def __post_init__(self) -> None:
        """Refuse what cannot be read as a radar."""
        if not _FEWEST_AXES <= len(self.axes) <= _MOST_AXES:
            raise ValueError(f"{len(self.axes)} axes: a radar has 3 to 8, more go into a table")


def radar_chart(radar: Radar) -> Markup:
    """Draw the scores of 3 to 8 dimensions on the full scale."""
    count = len(radar.axes)
    angles = [math.tau * place / count for place in range(count)]
    directions = [(math.sin(angle), -math.cos(angle)) for angle in angles]
    layout = lay_out([_text(axis) for axis in radar.axes], directions, (radar.width, radar.height))
    web = _Web(layout.centre, directions, Scale(radar.low, radar.high, 0, layout.radius))
    now = web.places([axis.now for axis in radar.axes])
    before = web.places([axis.before for axis in radar.axes])
    return drawing(
        radar.title,
        radar.width,
        radar.height,
        [
            *_rings(web),
            *_shape(now, fill=PALE, fill_opacity=0.75),
            *_outline(before, GREY, 1.4, "3 2.4"),
            *_scale_ends(web),
            *_outline(now, BLUE, 2.2),
            *(dot(at, _DOT, BLUE) for at in now if at),
            *layout.write(),
        ],
    )


@dataclass(frozen=True, slots=True)
class _Web:
    """Where a value lies on each axis."""

    centre: Point
    directions: Sequence[Point]
    scale: Scale

    def places(self, values: Iterable[float | None]) -> list[Point | None]:
        return [
            None if value is None else self._place(direction, self.scale(value))
            for direction, value in zip(self.directions, values, strict=True)
        ]

    def circle(self, value: float) -> list[Point]:
        return [self._place(direction, self.scale(value)) for direction in self.directions]

    def _place(self, direction: Point, far: float) -> Point:
        return self.centre[0] + direction[0] * far, self.centre[1] + direction[1] * far


def _text(axis: RadarAxis) -> AxisText:
    figure = _figure(axis)
    if axis.verdict is None:
        return AxisText(axis.label, figure, styles.LABEL, styles.FIGURE)
    strong = Style(styles.LABEL_STRONG.size, styles.LABEL_STRONG.weight, COLOURS[axis.verdict])
    return AxisText(axis.label, figure, styles.LABEL_STRONG, strong)


def _figure(axis: RadarAxis) -> str:
    figure = stated(axis.now, axis.text)
    if axis.verdict is None:
        return figure
    change = "" if axis.change is None else f" {one_decimal(abs(axis.change))}"
    return f"{figure} {MARKS[axis.verdict]}{change}"


def _rings(web: _Web) -> Iterator[Markup]:
    outer = web.scale.high
    for direction_end in web.circle(outer):
        yield line(web.centre, direction_end, GRID)
    for value in ticks(web.scale.low, outer)[1:]:
        stroke = HAIRLINE if value == outer else GRID
        yield polygon(web.circle(value), fill="none", stroke=stroke)


def _scale_ends(web: _Web) -> Iterator[Markup]:
    ends = (web.scale.low, web.scale.high)
    for value, written in zip(ends, tick_labels(ends), strict=True):
        x, y = web.circle(value)[0]
        yield text((x - _BESIDE, centred(y, styles.AXIS)), written, styles.AXIS, "end")


def _shape(places: Sequence[Point | None], **attributes: Attribute) -> Iterator[Markup]:
    """Fill the area, where no axis is without a value."""
    whole = [place for place in places if place]
    if len(whole) == len(places):
        yield polygon(whole, **attributes)


def _outline(places: Sequence[Point | None], stroke: str, thick: float, dash: str | None = None) -> Iterator[Markup]:
    """Join the values of neighbouring axes; a missing one leaves a gap."""
    looks: dict[str, Attribute] = {"stroke_width": thick, "stroke_dasharray": dash}
    whole = [place for place in places if place]
    if len(whole) == len(places):
        yield polygon(whole, fill="none", stroke=stroke, **looks)
        return
    for one, other in pairwise([*places, places[0]]):
        if one and other:
            yield line(one, other, stroke, stroke_linecap="round", **looks)
