"""How high the bands become, so that page one takes as much as it has room for, and nothing else.

Sizes are those of the style sheet's paper, in CSS pixels; text is measured on the bundled font.
"""

from collections.abc import Iterable, Sequence

from assessment.reports.art.document import (
    DimensionTable,
    Divisions,
    Figure,
    Hint,
    KeyFigure,
    Review,
    Sentence,
    Teams,
)
from assessment.reports.charts.text import Style, width, wrap

_MM = 96 / 25.4
_PT = 96 / 72
PAGE = (297 - 10 - 14 - 1.5) * _MM  # a little less than there is, for what is measured but nearly

_WIDE = 182 * _MM
_QUARTER = (_WIDE - 15 * _MM) / 4
_BAND = 6 * _MM
_TITLE, _LEDE, _HEADING, _CAPTION = Style(19 * _PT, 700), Style(10.5 * _PT), Style(9.5 * _PT, 600), Style(7.3 * _PT)
_TABLE, _NOTE = Style(8 * _PT), Style(7.6 * _PT)
_ROW = 5.5 * _MM
_BESIDE_HEADS = 40.5 * _MM
_DIMENSION_ROW = 4.85 * _MM
_KEY_FIGURE = 34 * _PT + 10.6 * _MM
_LEGEND = 7.3 * _PT * 1.35 + 1.8 * _MM
_MANY = 99


def head(title: str, lede: Iterable[Sentence]) -> float:
    """Give the height of the headline."""
    told = ["".join(run.text for run in sentence) for sentence in lede]
    return 10 * _PT + 4.5 * _MM + _text(title, _WIDE, _TITLE, 1.15) + sum(_text(s, _WIDE, _LEDE, 1.42) for s in told)


def keys(figures: Sequence[KeyFigure]) -> float:
    """Give the height of the key figures."""
    words = (
        sum(_text(note, (40.5 if place else 43.5) * _MM, _NOTE, 1.32) for note in key.notes)
        + (8 * _PT * 1.35 if key.finding else 0.0)
        for place, key in enumerate(figures)
    )
    return _BAND + _KEY_FIGURE + max(words)


def pair(figures: Sequence[Figure], *, drawn: float) -> float:
    """Give the height of figures side by side, the drawings being `drawn` high."""
    rooms = (0.55 * _WIDE, 0.41 * _WIDE) if len(figures) > 1 else (_WIDE,)
    heights = (_headed(f.title, f.subtitle, room) + _notes(f, room) for f, room in zip(figures, rooms, strict=False))
    return _BAND + max(heights) + 2 * _MM + drawn


def teams(band: Teams) -> float:
    """Give the height of the teams' band."""
    names = (42 if band.long_names else 25) * _MM
    rows = (
        max(_ROW, _text(row.name, names - 2 * _MM, _TABLE, 1.25)) for heatmap in band.heatmaps for row in heatmap.rows
    )
    heads = sum(_turned(heatmap.heads, _WIDE - names - _BESIDE_HEADS) for heatmap in band.heatmaps)
    return _BAND + _headed(band.title, band.subtitle, _WIDE) + _LEGEND + heads + sum(rows)


def _turned(heads: Sequence[str], room: float) -> float:
    """Give the height of a heatmap's heads, which share a room."""
    each = room / max(len(heads), 1) - 0.3 * _MM
    lines = (_lines(head, each, _CAPTION) for head in heads)
    return max(lines, default=1) * _CAPTION.size * 1.2 + _MM


def divisions(shown: Divisions) -> float:
    """Give the height of the band of questions on which people disagree."""
    asked = [f"{row.where}: {row.question}" if row.where else row.question for row in shown.rows]
    questions = max((_text(question, _QUARTER, _TABLE, 1.3) for question in asked), default=0.0)
    words = max((_text(row.words, _QUARTER, _CAPTION, 1.35) for row in shown.rows), default=0.0)
    bars = 15 + 2.7 * _MM if shown.rows else 0.0
    note = _text(shown.note, _WIDE, _CAPTION, 1.35) if shown.note else 0.0
    return _BAND + _headed(shown.title, shown.subtitle, _WIDE) + questions + bars + words + note


def dimensions(table: DimensionTable, *, ranked: bool) -> float:
    """Give the height of the table of dimensions, with the strongest and weakest over it where they are `ranked`."""
    names = (51 if table.with_change else 80) * _MM
    rows = (
        max(_DIMENSION_ROW, _text(row.name, names * row.span, _TABLE, 1.25))
        for group in table.groups
        for row in group.rows
    )
    over = 2 * 8.5 * _PT * 1.35 + 1.2 * _MM if ranked else 0.0
    return _BAND / 2 + _headed(table.title, table.subtitle, _WIDE) + over + _LEGEND + 7 * _MM + sum(rows)


def review(shown: Review) -> float:
    """Give the height of the LACE's review."""
    reasons = (_text(row.reason, 0.6 * _WIDE, _TABLE, 1.25) + 1.4 * _MM for row in shown.rows)
    heads = 7 * _MM if shown.rows else 0.0
    accepted = _text(shown.accepted, _WIDE, _TABLE, 1.35)
    return _BAND + _headed(shown.title, shown.subtitle, _WIDE) + heads + sum(reasons) + accepted


def hints(shown: Sequence[Hint]) -> float:
    """Give the height of how to read it."""
    told = (f"{hint.head} {hint.text}" for hint in shown)
    return _BAND + 9.5 * _PT * 1.25 + _MM + max(_text(hint, _QUARTER, _CAPTION, 1.35) for hint in told)


def _headed(title: str, subtitle: str, room: float) -> float:
    return _text(title, room, _HEADING, 1.25) + _text(subtitle, room, _CAPTION, 1.35)


def _notes(figure: Figure, room: float) -> float:
    told = (*figure.notes, " ".join(figure.key)) if figure.key else figure.notes
    return sum(_text(note, room, _CAPTION, 1.35) for note in told)


def _text(content: str, limit: float, style: Style, leading: float) -> float:
    return _lines(content, limit, style) * style.size * leading


def _lines(content: str, limit: float, style: Style) -> int:
    """Count the lines that a text takes; a word longer than a line is broken where it must be."""
    broken = sum(int(width(word, style) // limit) for word in content.split())
    return len(wrap(content, limit, style, _MANY)) + broken
