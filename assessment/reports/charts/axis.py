"""The figures written along a horizontal scale."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from markupsafe import Markup

from assessment.reports.charts import styles
from assessment.reports.charts.scale import Scale
from assessment.reports.charts.text import start_of, text, width

_GAP = 5.0


def along(labels: Sequence[tuple[float, str]], scale: Scale, baseline: float, room: float) -> Iterator[Markup]:
    """Write labels centred under their values, within a room, every so many as fit."""
    placed = []
    for value, label in labels:
        wide = width(label, styles.AXIS)
        x = start_of(scale(value), label, styles.AXIS, "middle")
        placed.append((min(max(x, 0.0), room - wide), wide, label))
    for every in range(1, len(placed) + 1):
        kept = placed[::every]
        if all(x + wide + _GAP <= after for (x, wide, _), (after, _, _) in pairwise(kept)):
            yield from (text((x, baseline), label, styles.AXIS) for x, _, label in kept)
            return
