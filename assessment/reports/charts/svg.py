"""A drawing as text: elements with presentation attributes, and nothing that paper loses."""

import math
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

from markupsafe import Markup, escape

from assessment.reports.charts.palette import GREY, WHITE

Point = tuple[float, float]
Attribute = str | float | None

FONT_FAMILY = "Inter"

_DOT_RIM = 1.5


def drawing(title: str, width: float, height: float, parts: Iterable[Markup]) -> Markup:
    """Put parts into a drawing of the given size, 1 unit being 1 CSS pixel.

    The title tells the finding: readers who do not see the drawing get it instead.
    """
    finding = clean(title)
    if not finding:
        raise ValueError("a chart needs its finding as a title")
    return element(
        "svg",
        element("title", escape(finding)),
        *parts,
        xmlns="http://www.w3.org/2000/svg",
        role="img",
        class_="chart",
        viewBox=f"0 0 {number(width)} {number(height)}",
        width=width,
        height=height,
        font_family=FONT_FAMILY,
    )


def element(name: str, /, *children: Markup, **attributes: Attribute) -> Markup:
    """Write one element, every value escaped.

    Underscores in an attribute's name become hyphens (a last one goes); None leaves it out.
    """
    written = "".join(
        f' {key.removesuffix("_").replace("_", "-")}="{escape(value) if isinstance(value, str) else number(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    inner = "".join(escape(child) for child in children)
    whole = f"<{name}{written}>{inner}</{name}>" if inner else f"<{name}{written}/>"
    return Markup(whole)  # noqa: S704 - each value and child was escaped just above


def number(value: float) -> str:
    """Write a coordinate with two decimals at most."""
    if not math.isfinite(value):
        raise ValueError(f"{value} is no place on a drawing")
    written = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if written == "-0" else written


@lru_cache(maxsize=8192)
def clean(content: str) -> str:
    """Give text as it is drawn: one line, composed letters, nothing that has no shape."""
    composed = unicodedata.normalize("NFC", content)
    shapes = (
        " " if unicodedata.category(c) in {"Cc", "Cs", "Cn", "Zl", "Zp"} else c
        for c in composed
        if unicodedata.category(c) != "Cf"
    )
    return " ".join(part for part in "".join(shapes).split(" ") if part)


def line(start: Point, end: Point, stroke: str, **attributes: Attribute) -> Markup:
    """Draw a straight line."""
    (x1, y1), (x2, y2) = start, end
    return element("line", x1=x1, y1=y1, x2=x2, y2=y2, stroke=stroke, **attributes)


def polyline(points: Sequence[Point], stroke: str, **attributes: Attribute) -> Markup:
    """Draw a line through points."""
    return element("polyline", points=_points(points), fill="none", stroke=stroke, **_rounded(attributes))


def polygon(points: Sequence[Point], **attributes: Attribute) -> Markup:
    """Draw a closed shape."""
    return element("polygon", points=_points(points), **_rounded(attributes))


def rectangle(corner: Point, width: float, height: float, **attributes: Attribute) -> Markup:
    """Draw a rectangle from its upper left corner."""
    x, y = corner
    return element("rect", x=x, y=y, width=width, height=height, **attributes)


def dot(centre: Point, radius: float, fill: str) -> Markup:
    """Draw a filled dot with a white rim that sets it off from what lies under it."""
    return _circle(centre, radius, fill, WHITE)


def ring(centre: Point, radius: float, stroke: str = GREY) -> Markup:
    """Draw a hollow dot: a value that nothing sure can be said of."""
    return _circle(centre, radius, WHITE, stroke)


def _circle(centre: Point, radius: float, fill: str, stroke: str) -> Markup:
    x, y = centre
    return element("circle", cx=x, cy=y, r=radius, fill=fill, stroke=stroke, stroke_width=_DOT_RIM)


def _points(points: Sequence[Point]) -> str:
    return " ".join(f"{number(x)},{number(y)}" for x, y in points)


def _rounded(attributes: dict[str, Attribute]) -> dict[str, Attribute]:
    return {"stroke_linejoin": "round", "stroke_linecap": "round", **attributes}
