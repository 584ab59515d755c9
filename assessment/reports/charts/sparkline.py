"""A line small enough for a table's cell."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from assessment.reports.charts.palette import BLUE, GREY
from assessment.reports.charts.runs import runs
from assessment.reports.charts.scale import Scale
from assessment.reports.charts.svg import dot, drawing, polyline

_INSET = 4.0
_DOT = 3.0
_LONE = 1.2


@dataclass(frozen=True, slots=True)
class Sparkline:
    """Values, oldest first, None where there is none, on a scale from `low` to `high`."""

    title: str
    values: Sequence[float | None]
    low: float
    high: float
    breaks: frozenset[int] = frozenset()
    width: float = 68
    height: float = 16


def sparkline(spark: Sparkline) -> Markup:
    """Draw the values as a thin line with gaps, and a dot where it is now."""
    return drawing(spark.title, spark.width, spark.height, _parts(spark))


def _parts(spark: Sparkline) -> Iterator[Markup]:
    count = len(spark.values)
    y = Scale(spark.low, spark.high, spark.height - _INSET, _INSET)
    end = spark.width - _INSET
    step = (end - _INSET) / (count - 1) if count > 1 else 0.0
    for run in runs(spark.values, spark.breaks):
        places = [(end - (count - 1 - i) * step, y(value)) for i, value in run]
        if len(places) == 1:
            (x, level) = places[0]
            places = [(x - _LONE, level), (x + _LONE, level)]
        yield polyline(places, GREY, stroke_width=1.5)
    if count and (newest := spark.values[-1]) is not None:
        yield dot((end, y(newest)), _DOT, BLUE)
