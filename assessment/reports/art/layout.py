"""What stands on which page: page one takes as much as it has room for, and page two the rest."""

from dataclasses import dataclass

from assessment.reports.art import room
from assessment.reports.art.document import (
    DimensionTable,
    Divisions,
    Extremes,
    Figure,
    Hint,
    KeyFigure,
    Review,
    Sentence,
    Teams,
)
from assessment.reports.art.pictures import HEIGHT, STACKED_TREND


@dataclass(frozen=True, slots=True)
class Parts:
    """All that is to be laid out; `evidence_height` and `picture_height` are how high these are drawn."""

    title: str
    lede: tuple[Sentence, ...]
    keys: tuple[KeyFigure, ...]
    trend: Figure
    picture: Figure | None
    stacked: bool
    picture_height: float
    teams: Teams | None
    evidence: tuple[Figure, ...]
    evidence_height: float
    divisions: Divisions
    dimensions: DimensionTable
    extremes: Extremes | None
    review: Review
    hints: tuple[Hint, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """What page one has room for, and whether the table of dimensions starts page two."""

    evidence: bool
    divisions_first: bool
    hints_first: bool
    new_page: bool


def lay_out(parts: Parts) -> Layout:
    """Fill page one: with evidence, else with divisions; with the hints where page two would run over."""
    left = room.PAGE - _standing(parts)
    divided = room.divisions(parts.divisions)
    shown = room.pair(parts.evidence, drawn=parts.evidence_height) if parts.evidence else 0.0
    both = shown + divided <= left
    evidence = bool(parts.evidence) and (both or (shown <= left and (parts.teams is None or divided > left)))
    left -= shown if evidence else 0.0
    divisions_first = divided <= left
    left -= divided if divisions_first else 0.0
    hinted = room.hints(parts.hints)
    second = room.dimensions(parts.dimensions, ranked=parts.extremes is not None) + room.review(parts.review) + hinted
    second += 0.0 if divisions_first else divided
    return Layout(
        evidence=evidence,
        divisions_first=divisions_first,
        hints_first=second > room.PAGE and hinted <= left,
        new_page=left >= 0 and bool(parts.dimensions.groups),
    )


def _standing(parts: Parts) -> float:
    """Give the height of what always stands on page one."""
    height = room.head(parts.title, parts.lede) + room.keys(parts.keys)
    if parts.stacked:
        height += room.pair((parts.trend,), drawn=STACKED_TREND)
        height += room.pair((parts.picture,), drawn=parts.picture_height) if parts.picture else 0.0
    elif parts.picture:
        height += room.pair((parts.trend, parts.picture), drawn=HEIGHT)
    return height + (room.teams(parts.teams) if parts.teams else 0.0)
