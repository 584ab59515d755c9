"""QR codes as SVG: filled shapes, for strokes leave hairlines between modules on paper."""

from itertools import groupby

import segno
from markupsafe import Markup

QUIET = 4  # modules of white around it, which readers need


def qr_code(content: str, title: str) -> Markup:
    """Give a QR code of medium error correction as an SVG drawing as wide as what it stands in."""
    matrix = segno.make(content, error="m", micro=False).matrix
    size = len(matrix) + 2 * QUIET
    path = "".join(
        f"M{start + QUIET} {line + QUIET}h{length}v1h-{length}z"
        for line, row in enumerate(matrix)
        for start, length in _runs(row)
    )
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0} {0}" role="img" shape-rendering="crispEdges">'
        '<title>{1}</title><path d="M0 0h{0}v{0}h-{0}z" fill="#ffffff"/><path d="{2}" fill="#000000"/></svg>'
    ).format(size, title, path)


def _runs(row: bytearray | tuple[int, ...]) -> list[tuple[int, int]]:
    """Give where dark modules stand side by side: the first of them, and how many."""
    runs: list[tuple[int, int]] = []
    place = 0
    for dark, group in groupby(row):
        length = len(list(group))
        if dark:
            runs.append((place, length))
        place += length
    return runs
