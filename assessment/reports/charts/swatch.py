"""The key of a legend that is written in HTML beside a chart."""

from markupsafe import Markup

from assessment.reports.charts.svg import element, rectangle


def swatch(fill: str, stroke: str | None = None, size: float = 10) -> Markup:
    """Draw a small square of a colour; the words beside it say what it means."""
    rim = 0.75 if stroke else 0.0
    return element(
        "svg",
        rectangle(
            (rim, rim),
            size - 2 * rim,
            size - 2 * rim,
            fill=fill,
            stroke=stroke,
            stroke_width=2 * rim,
        ),
        xmlns="http://www.w3.org/2000/svg",
        aria_hidden="true",
        viewBox=f"0 0 {size:g} {size:g}",
        width=size,
        height=size,
    )
