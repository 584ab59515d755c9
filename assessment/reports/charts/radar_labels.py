"""Where the names around a radar stand, and how much room they leave for it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from markupsafe import Markup

from assessment.reports.charts.svg import Point
from assessment.reports.charts.text import ALIGNED, CAPITAL, DESCENT, ELLIPSIS, LEADING, Align, Style, text, width, wrap

_GAP = 8.0
_UPRIGHT = 0.01
_HALVINGS = 13

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class AxisText:
    """What is written at an axis' end: its name and, on a line of its own, its figure."""

    name: str
    figure: str
    name_style: Style
    figure_style: Style


@dataclass(frozen=True, slots=True)
class Label:
    """An axis' text, broken into lines, that stands outside of the end of its axis."""

    direction: Point
    lines: tuple[tuple[str, Style], ...]
    width: float
    height: float
    align: Align

    @property
    def is_cut(self) -> bool:
        """Tell whether a part of the text had to go."""
        return any(content.endswith(ELLIPSIS) for content, _ in self.lines)

    def box(self, radius: float) -> Box:
        """Give the room that the text takes about a radar with its centre at 0, 0."""
        across, down = self.direction
        x = across * (radius + _GAP) - ALIGNED[self.align] * self.width
        y = down * (radius + _GAP) - self.height * (1 - down) / 2
        return x, y, x + self.width, y + self.height


@dataclass(frozen=True, slots=True)
class Layout:
    """A radar's radius and centre, with its labels around it."""

    labels: tuple[Label, ...]
    radius: float
    centre: Point

    @property
    def is_crowded(self) -> bool:
        """Tell whether labels lie on each other."""
        boxes = [label.box(self.radius) for label in self.labels]
        return any(a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3] for a, b in combinations(boxes, 2))

    def write(self) -> Iterator[Markup]:
        """Write the labels."""
        for label in self.labels:
            left, top, _, _ = label.box(self.radius)
            x = self.centre[0] + left + ALIGNED[label.align] * label.width
            y = self.centre[1] + top
            for content, style in label.lines:
                yield text((x, y + style.size * CAPITAL), content, style, label.align)
                y += style.size * LEADING


@dataclass(frozen=True, slots=True)
class _Room:
    """How wide, as a share of the drawing, and in how many lines names may be written."""

    side: float
    side_lines: int
    pole: float
    pole_lines: int


_SIDES = (0.17, 0.21, 0.25, 0.29, 0.33)
_ROOMS = tuple(
    tuple(_Room(side, side_lines, pole, pole_lines) for side in _SIDES)
    for side_lines, pole, pole_lines in (
        (3, 0.38, 2),
        (3, 0.28, 2),
        (2, 0.28, 2),
        (1, 0.28, 2),
        (1, 0.28, 1),
        (1, 0.18, 1),
    )
)


def lay_out(texts: Sequence[AxisText], directions: Sequence[Point], size: Point) -> Layout:
    """Break the names where the radar gets largest, but rather have it smaller than names cut short.

    Where names would lie on each other they get narrower, then fewer lines.
    """
    layouts: list[Layout] = []
    for rooms in _ROOMS:
        layouts = [_fit(_labels(texts, directions, room, size[0]), size) for room in rooms]
        if not all(layout.is_crowded for layout in layouts):
            break
    return max(layouts, key=_merit)


def _merit(layout: Layout) -> tuple[bool, int, float]:
    return not layout.is_crowded, -sum(label.is_cut for label in layout.labels), layout.radius


def _labels(texts: Sequence[AxisText], directions: Sequence[Point], room: _Room, wide: float) -> tuple[Label, ...]:
    return tuple(_label(told, direction, room, wide) for told, direction in zip(texts, directions, strict=True))


def _label(told: AxisText, direction: Point, room: _Room, wide: float) -> Label:
    upright = abs(direction[0]) < _UPRIGHT
    share, most = (room.pole, room.pole_lines) if upright else (room.side, room.side_lines)
    names = wrap(told.name, share * wide, told.name_style, most)
    figures = wrap(told.figure, share * wide, told.figure_style, 1)
    lines = (*((n, told.name_style) for n in names), *((f, told.figure_style) for f in figures))
    sideways: Align = "start" if direction[0] > 0 else "end"
    return Label(
        direction=direction,
        lines=lines,
        width=max((width(content, style) for content, style in lines), default=0.0),
        height=told.name_style.size * (CAPITAL + DESCENT + LEADING * (len(lines) - 1)) if lines else 0.0,
        align="middle" if upright else sideways,
    )


def _fit(labels: tuple[Label, ...], size: Point) -> Layout:
    """Find the largest radius at which all stays inside, and the centre that goes with it."""
    wide, high = size
    small, large = 0.0, max(size)
    for _ in range(_HALVINGS):
        middle = (small + large) / 2
        left, top, right, bottom = _extent(labels, middle)
        fits = right - left <= wide and bottom - top <= high
        small, large = (middle, large) if fits else (small, middle)
    left, top, right, bottom = _extent(labels, small)
    return Layout(labels, small, ((wide - left - right) / 2, (high - top - bottom) / 2))


def _extent(labels: Iterable[Label], radius: float) -> Box:
    """Give the room of all labels; within it lies the radar, for each axis has a label at its end."""
    boxes = [label.box(radius) for label in labels]
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)
