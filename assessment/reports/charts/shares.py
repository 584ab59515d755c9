"""How many took part: the response rate as a bar, the teams as blocks."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup

from assessment.reports.charts.axis import along
from assessment.reports.charts.palette import BLUE, GREY, GRID, INK, WHITE
from assessment.reports.charts.scale import Scale
from assessment.reports.charts.svg import Point, drawing, line, rectangle
from assessment.reports.figures import percent

TeamState = Literal["shown", "hidden", "silent"]

_HEIGHT = 34.0
_MIDDLE = 10.0
_BAR = 8.0
_GOAL = 9.0
_BLOCK = 12.0
_SMALLEST_BLOCK = 7.0
_BLOCK_HEIGHT = 14.0
_BLOCK_GAP = 3.0
_HATCH = 3.5
_RIM = 0.5


@dataclass(frozen=True, slots=True)
class ShareBar:
    """A share, 1 being the whole, with the share that was aimed at; `goal_text` names the goal.

    More than the whole, as an open link can bring, fills the bar.
    """

    title: str
    share: float | None
    goal: float | None = None
    goal_text: str | None = None
    width: float = 160


@dataclass(frozen=True, slots=True)
class TeamBlocks:
    """One block a team: its figures are shown, hidden, or it gave no answers."""

    title: str
    states: Sequence[TeamState]
    width: float = 160


def share_bar(bar: ShareBar) -> Markup:
    """Draw a share as a bar, with a line at its goal."""
    scale = Scale(0, 1, 0, bar.width)
    filled = 0.0 if bar.share is None else scale(min(max(bar.share, 0.0), 1.0))
    corner = (0.0, _MIDDLE - _BAR / 2)
    return drawing(
        bar.title,
        bar.width,
        _HEIGHT,
        [
            rectangle(corner, bar.width, _BAR, rx=_BAR / 2, fill=GRID),
            *([rectangle(corner, filled, _BAR, rx=min(_BAR, filled) / 2, fill=BLUE)] if filled else []),
            *_goal(bar, scale),
        ],
    )


def team_blocks(teams: TeamBlocks) -> Markup:
    """Draw a block a team: filled, hatched where hidden, an outline where nobody answered."""
    count = max(len(teams.states), 1)
    room = teams.width + _BLOCK_GAP
    rows = math.ceil(count * (_SMALLEST_BLOCK + _BLOCK_GAP) / room)
    a_row = math.ceil(count / rows)
    side = min(room / a_row - _BLOCK_GAP, _BLOCK)
    return drawing(
        teams.title,
        teams.width,
        rows * (_BLOCK_HEIGHT + _BLOCK_GAP) - _BLOCK_GAP,
        [
            part
            for place, state in enumerate(teams.states)
            for part in _block(
                (
                    place % a_row * (side + _BLOCK_GAP),
                    place // a_row * (_BLOCK_HEIGHT + _BLOCK_GAP),
                ),
                side,
                state,
            )
        ],
    )


def _goal(bar: ShareBar, scale: Scale) -> Iterator[Markup]:
    if bar.goal is None:
        return
    x = min(max(scale(bar.goal), 1.0), bar.width - 1.0)
    yield line((x, _MIDDLE - _GOAL), (x, _MIDDLE + _GOAL), INK, stroke_width=1.5)
    label = percent(bar.goal) if bar.goal_text is None else bar.goal_text
    yield from along([(bar.goal, label)], scale, _HEIGHT - 2.5, bar.width)


def _block(corner: Point, side: float, state: TeamState) -> Iterator[Markup]:
    if state == "shown":
        yield rectangle(corner, side, _BLOCK_HEIGHT, rx=2, fill=BLUE)
        return
    x, y = corner
    inner = (x + _RIM, y + _RIM)
    wide, high = side - 2 * _RIM, _BLOCK_HEIGHT - 2 * _RIM
    if state == "hidden":
        yield rectangle(inner, wide, high, rx=1.5, fill=WHITE, stroke=BLUE)
        yield from _hatching(inner, wide, high)
    else:
        yield rectangle(inner, wide, high, rx=1.5, fill=WHITE, stroke=GREY, stroke_dasharray="2 1.6")


def _hatching(corner: Point, wide: float, high: float) -> Iterator[Markup]:
    """Draw rising lines across a rectangle, each cut at its edges."""
    x, y = corner
    for place in range(1, math.ceil((wide + high) / _HATCH)):
        reach = place * _HATCH
        start = (x + max(reach - high, 0.0), y + min(reach, high))
        end = (x + min(reach, wide), y + max(reach - wide, 0.0))
        yield line(start, end, BLUE)
