"""Text on a drawing: measured on the bundled font, so that it always starts at its anchor."""

import bisect
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from itertools import pairwise
from typing import Any, Literal

from fontTools.ttLib import TTFont
from markupsafe import Markup, escape

from assessment.reports.charts.palette import INK, WHITE
from assessment.reports.charts.svg import Point, clean, element, rectangle

Align = Literal["start", "middle", "end"]

ALIGNED: dict[Align, float] = {"start": 0.0, "middle": 0.5, "end": 1.0}
"""The share of its width by which text lies to the left of its anchor."""
WEIGHTS = (400, 500, 600, 700)
CAPITAL = 0.728
"""How high capitals and digits stand, in ems."""
DESCENT = 0.21
"""How far a letter such as `g` hangs below the line, in ems."""
HALO = 2.0
"""How far the white ground reaches around text."""
LEADING = 1.25
"""From one line of text to the next, in ems."""
ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"

_WIDE_EMS = 1.0
_UNKNOWN_EMS = 0.6
_BREAKS = ("-", "/", "\N{EN DASH}", "\N{EM DASH}")


@dataclass(frozen=True, slots=True)
class Style:
    """How text looks: its size in CSS pixels, weight and colour."""

    size: float
    weight: int = 400
    fill: str = INK


@dataclass(frozen=True, slots=True)
class Face:
    """What is known of one weight of the font: advances and kerning, in ems."""

    glyphs: Mapping[int, str]
    advances: Mapping[str, float]
    lookups: tuple[tuple["Kerning", ...], ...]

    def kern(self, left: str, right: str) -> float:
        """Give what is added between two glyphs."""
        return sum(
            next((k for k in (table.pair(left, right) for table in lookup) if k is not None), 0.0)
            for lookup in self.lookups
        )


@dataclass(frozen=True, slots=True)
class Kerning:
    """One table of pairs: single glyphs, or classes of glyphs."""

    covered: frozenset[str]
    first: Mapping[str, int] | None
    second: Mapping[str, int]
    singles: Mapping[tuple[str, str], float]
    classes: Mapping[tuple[int, int], float]

    def pair(self, left: str, right: str) -> float | None:
        """Give the kerning of two glyphs, None where this table leaves it to the next one."""
        if left not in self.covered:
            return None
        if self.first is None:
            return self.singles.get((left, right))
        return self.classes.get((self.first.get(left, 0), self.second.get(right, 0)), 0.0)


def text(at: Point, content: str, style: Style, align: Align = "start") -> Markup:
    """Write text whose start, middle or end of the base line is at a point."""
    x, y = at
    shown = clean(content)
    return element(
        "text",
        escape(shown),
        x=start_of(x, shown, style, align),
        y=y,
        font_size=style.size,
        font_weight=style.weight,
        fill=style.fill,
    )


def text_on_white(at: Point, content: str, style: Style, align: Align = "start") -> Markup:
    """Write text on a white ground that keeps it clear of the lines under it."""
    x, y = at
    ground = rectangle(
        (start_of(x, content, style, align) - HALO, y - style.size * CAPITAL - HALO),
        width(content, style) + 2 * HALO,
        style.size * CAPITAL + 2 * HALO,
        rx=HALO,
        fill=WHITE,
        fill_opacity=0.85,
    )
    return ground + text(at, content, style, align)


def start_of(x: float, content: str, style: Style, align: Align) -> float:
    """Give where text starts that is aligned to `x`."""
    return x - ALIGNED[align] * width(content, style)


def centred(y: float, style: Style) -> float:
    """Give the base line on which capitals and digits stand centred about `y`."""
    return y + style.size * CAPITAL / 2


def width(content: str, style: Style) -> float:
    """Measure text in CSS pixels."""
    return _ems(clean(content), style.weight) * style.size


def shorten(content: str, limit: float, style: Style) -> str:
    """Cut text that is wider than a limit and put an ellipsis in place of the rest."""
    shown = clean(content)
    if width(shown, style) <= limit:
        return shown
    kept = bisect.bisect_right(range(1, len(shown) + 1), limit, key=lambda end: width(_cut(shown, end), style))
    return _cut(shown, kept)


def wrap(content: str, limit: float, style: Style, lines: int = 2) -> tuple[str, ...]:
    """Break text into at most so many lines no wider than a limit, shortening what is left over."""
    rest = clean(content)
    broken: list[str] = []
    while rest and len(broken) < lines - 1 and width(rest, style) > limit:
        line, rest = _split(rest, limit, style)
        broken.append(shorten(line, limit, style))
    return (*broken, shorten(rest, limit, style)) if rest else tuple(broken)


def missing(content: str) -> frozenset[str]:
    """Give the characters of a text that the bundled font cannot draw."""
    glyphs = face(WEIGHTS[0]).glyphs
    return frozenset(c for c in clean(content) if ord(c) not in glyphs)


def is_drawable(content: str) -> bool:
    """Tell whether text can stand in a drawing; the font has no script that runs leftward.

    What cannot goes into the HTML around the drawing, with a number or a short key in it.
    """
    return not missing(content)


@lru_cache(maxsize=len(WEIGHTS))
def face(weight: int) -> Face:
    """Read one weight of the bundled font, at its first use."""
    if weight not in WEIGHTS:
        raise ValueError(f"weight {weight}: the font comes in {', '.join(map(str, WEIGHTS))}")
    source = resources.files("assessment") / "static" / "fonts" / f"inter-{weight}.woff2"
    with source.open("rb") as file, TTFont(file, lazy=True) as font:
        em = font["head"].unitsPerEm
        return Face(
            glyphs=font.getBestCmap(),
            advances={name: metric[0] / em for name, metric in font["hmtx"].metrics.items()},
            lookups=tuple(tuple(tables) for tables in _kerning(font["GPOS"].table, em)),
        )


@lru_cache(maxsize=8192)
def _ems(shown: str, weight: int) -> float:
    known = face(weight)
    names = [known.glyphs.get(ord(c)) for c in shown]
    advances = sum(_unknown(c) if name is None else known.advances[name] for c, name in zip(shown, names, strict=True))
    kerning = sum(known.kern(left, right) for left, right in pairwise(names) if left is not None and right is not None)
    return advances + kerning


def _unknown(character: str) -> float:
    """Guess the advance of a letter that another font of the reader's machine will draw."""
    if unicodedata.combining(character):
        return 0.0
    return _WIDE_EMS if unicodedata.east_asian_width(character) in "WF" else _UNKNOWN_EMS


def _cut(shown: str, end: int) -> str:
    kept = shown[:end]
    while end < len(shown) and kept and unicodedata.combining(shown[len(kept)]):
        kept = kept[:-1]
    return kept.rstrip(" ,;:-/") + ELLIPSIS


def _split(rest: str, limit: float, style: Style) -> tuple[str, str]:
    """Take as many words off a text as fit on a line, at least one."""
    ends = [end for end in range(1, len(rest)) if _may_break(rest, end)]
    fitting = [end for end in ends if width(rest[:end].rstrip(), style) <= limit]
    end = fitting[-1] if fitting else next(iter(ends), len(rest))
    return rest[:end].rstrip(), rest[end:].lstrip()


def _may_break(shown: str, end: int) -> bool:
    return shown[end] == " " or (
        shown[end - 1] in _BREAKS and shown[end].isalpha() and end > 1 and shown[end - 2].isalpha()
    )


def _kerning(table: Any, em: int) -> Iterator[Iterator[Kerning]]:  # noqa: ANN401 - fontTools' tables are untyped
    places = {
        place
        for record in table.FeatureList.FeatureRecord
        if record.FeatureTag == "kern"
        for place in record.Feature.LookupListIndex
    }
    for place in sorted(places):
        subtables = (getattr(s, "ExtSubTable", s) for s in table.LookupList.Lookup[place].SubTable)
        yield (_pairs(subtable, em) for subtable in subtables)


def _pairs(subtable: Any, em: int) -> Kerning:  # noqa: ANN401 - fontTools' tables are untyped
    covered = subtable.Coverage.glyphs
    if subtable.Format == 1:
        single = {
            (left, record.SecondGlyph): record.Value1.XAdvance / em
            for left, group in zip(covered, subtable.PairSet, strict=True)
            for record in group.PairValueRecord
        }
        return Kerning(frozenset(covered), None, {}, single, {})
    classes = {
        (left, right): cell.Value1.XAdvance / em
        for left, row in enumerate(subtable.Class1Record)
        for right, cell in enumerate(row.Class2Record)
        if cell.Value1.XAdvance
    }
    first, second = subtable.ClassDef1.classDefs, subtable.ClassDef2.classDefs
    return Kerning(frozenset(covered), first, second, {}, classes)
