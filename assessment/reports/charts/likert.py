"""How the answers spread over the levels."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from markupsafe import Markup

from assessment.reports.charts import styles
from assessment.reports.charts.palette import BLUE, GREY, INK, ORANGE, WHITE, ink_on, likert_fills
from assessment.reports.charts.rows import RowText, lay_out, write
from assessment.reports.charts.svg import drawing, line, rectangle
from assessment.reports.charts.text import Style, centred, text, width
from assessment.reports.figures import percent

_SEAM = 1.0
_AIR = 3.0
_BAR = 16.0
_TOTALS = 42.0


@dataclass(frozen=True, slots=True)
class LikertRow:
    """How many chose each level, from low to high; `colours` are the palette's unless given."""

    title: str
    counts: Sequence[int]
    colours: Sequence[str] | None = None
    width: float = 216
    height: float = 16

    def __post_init__(self) -> None:
        """Refuse counts that colours cannot stand for."""
        _check(self.counts, self.colours)


@dataclass(frozen=True, slots=True)
class LikertStatement:
    """A question's text, how many chose each level, and what stands at the row's end."""

    label: str
    counts: Sequence[int]
    note: str = ""


@dataclass(frozen=True, slots=True)
class LikertDiverging:
    """Questions with the same levels, laid about their neutral middle; `title` is the finding."""

    title: str
    rows: Sequence[LikertStatement]
    colours: Sequence[str] | None = None
    width: float = 560

    def __post_init__(self) -> None:
        """Refuse rows that do not share their levels."""
        if len({len(row.counts) for row in self.rows}) > 1:
            raise ValueError("rows about one middle need the same levels")
        for row in self.rows:
            _check(row.counts, self.colours)


def likert_row(row: LikertRow) -> Markup:
    """Draw the answers to one question as a bar of 100 percent, the counts in it."""
    colours = row.colours or likert_fills(len(row.counts))
    total = sum(row.counts)
    if not total:
        empty = rectangle(
            (0.5, 0.5),
            row.width - 1,
            row.height - 1,
            fill=WHITE,
            stroke=GREY,
            stroke_dasharray="3 2",
        )
        return drawing(row.title, row.width, row.height, [empty])
    per_answer = row.width / total
    labels = [str(count) for count in row.counts]
    segments = _segments(row.counts, labels, colours, per_answer)
    return drawing(
        row.title,
        row.width,
        row.height,
        [part for s in segments for part in _segment(s, 0.0, (0.0, row.height))],
    )


def likert_diverging(chart: LikertDiverging) -> Markup:
    """Draw questions in percent of their answers, low levels to the left and high to the right."""
    texts = [RowText(row.label, row.note) for row in chart.rows]
    rows = lay_out(texts, chart.width, 0.0)
    lefts = [_left_share(row.counts) for row in chart.rows]
    rights = [1 - left for row, left in zip(chart.rows, lefts, strict=True) if sum(row.counts)]
    most_left, most_right = max(lefts, default=0.0), max(rights, default=1.0)
    room = rows.right - rows.left - 2 * _TOTALS
    unit = room / ((most_left + most_right) or 1.0)
    middle = rows.left + _TOTALS + most_left * unit
    parts: list[Markup] = []
    for row, left, placed in zip(chart.rows, lefts, rows.placed, strict=True):
        parts += _diverging_row(row, chart.colours, (middle - left * unit, unit), placed.middle)
    return drawing(
        chart.title,
        chart.width,
        rows.bottom,
        [line((middle, 0), (middle, rows.bottom), INK), *parts, *write(rows)],
    )


@dataclass(frozen=True, slots=True)
class _Segment:
    """One level's part of a bar: where it starts, how wide it is, what is written in it."""

    start: float
    width: float
    fill: str
    label: str


def _check(counts: Sequence[int], colours: Sequence[str] | None) -> None:
    if any(count < 0 for count in counts):
        raise ValueError("fewer than no answers")
    if colours is not None and len(colours) != len(counts):
        raise ValueError("each level needs one colour")


def _segments(
    counts: Sequence[int], labels: Sequence[str], colours: Sequence[str], per_answer: float
) -> list[_Segment]:
    starts = accumulate(counts, initial=0)
    return [
        _Segment(start * per_answer, count * per_answer, fill, label)
        for start, count, fill, label in zip(starts, counts, colours, labels, strict=False)
        if count
    ]


def _segment(segment: _Segment, left: float, span: tuple[float, float]) -> Iterator[Markup]:
    top, height = span
    seam = min(_SEAM, segment.width / 3)
    x = left + segment.start
    yield rectangle((x, top), segment.width - seam, height, fill=segment.fill)
    style = Style(styles.SEGMENT.size, styles.SEGMENT.weight, ink_on(segment.fill))
    if width(segment.label, style) + 2 * _AIR <= segment.width:
        centre = (x + (segment.width - seam) / 2, centred(top + height / 2, style))
        yield text(centre, segment.label, style, "middle")


def _left_share(counts: Sequence[int]) -> float:
    """Give the share of answers to the left of the middle; half of the neutral level is."""
    total = sum(counts)
    if not total:
        return 0.0
    side = len(counts) // 2
    neutral = counts[side] if len(counts) % 2 else 0
    return (sum(counts[:side]) + neutral / 2) / total


def _diverging_row(
    row: LikertStatement,
    colours: Sequence[str] | None,
    start_and_unit: tuple[float, float],
    middle: float,
) -> Iterator[Markup]:
    total = sum(row.counts)
    if not total:
        return
    start, unit = start_and_unit
    shares = [percent(count / total).removesuffix("%") for count in row.counts]
    fills = colours or likert_fills(len(row.counts))
    for segment in _segments(row.counts, shares, fills, unit / total):
        yield from _segment(segment, start, (middle - _BAR / 2, _BAR))
    side = len(row.counts) // 2
    low, high = sum(row.counts[:side]) / total, sum(row.counts[-side:]) / total
    for x, share, fill, left in (
        (start - 6, low, ORANGE, True),
        (start + unit + 5, high, BLUE, False),
    ):
        style = Style(styles.LABEL_STRONG.size, 600, fill)
        yield text((x, centred(middle, style)), percent(share), style, "end" if left else "start")
