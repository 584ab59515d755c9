"""Figures as they are printed: one decimal, a true minus sign, never a minus zero."""

from decimal import Decimal

from assessment.measure.rounding import printed, rounded

MINUS = "\N{MINUS SIGN}"
DASH = "\N{EN DASH}"
"""Where there is no figure."""

_SIGNS = {
    "": "",
    ">=": "\N{GREATER-THAN OR EQUAL TO}\N{NO-BREAK SPACE}",
    "<=": "\N{LESS-THAN OR EQUAL TO}\N{NO-BREAK SPACE}",
}
_UNIT = Decimal(1)


def one_decimal(value: float) -> str:
    """Write a figure with one decimal: `2.8`."""
    figure = printed(value)
    return f"{MINUS if figure < 0 else ''}{abs(figure)}"


def signed(change: float) -> str:
    """Write a change with its sign and one decimal: `+0.3`, `0.0`."""
    return f"{'+' if printed(change) > 0 else ''}{one_decimal(change)}"


def qualified(value: float, qualifier: str = "") -> str:
    """Write a figure of which perhaps only an end of the scale is told: `≥ 4.5`."""
    return f"{_SIGNS[qualifier]}{one_decimal(value)}"


def stated(value: float | None, text: str | None = None) -> str:
    """Write a figure, the text that stands in its place, or a dash where there is neither."""
    if text is not None:
        return text
    return DASH if value is None else one_decimal(value)


def differ_by(levels: float) -> str:
    """Say how far people are apart, on average: `people differ by about 1.3 levels`."""
    apart = one_decimal(levels)
    return f"people differ by about {apart} {'level' if apart == '1.0' else 'levels'}"


def percent(share: float) -> str:
    """Write a share, 1 being the whole, in whole percent: `75%`."""
    figure = rounded(share * 100, _UNIT)
    return f"{MINUS if figure < 0 else ''}{abs(figure)}%"


__all__ = ["DASH", "MINUS", "differ_by", "one_decimal", "percent", "printed", "qualified", "signed", "stated"]
