"""Figures as they are rounded for print, so that words and colours follow what readers see."""

import math
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal

_DUST = 9
_TENTH = Decimal("0.1")


def printed(value: float) -> Decimal:
    """Round a figure half up to the one decimal that readers see.

    What floating point leaves behind the ninth decimal is dropped first, so that a mean of exactly 2.45 reads 2.5
    however it was summed.
    """
    return rounded(value, _TENTH)


def rounded_down(value: float) -> Decimal:
    """Round a figure down to the one decimal that readers see: what is at least so much is at least this."""
    return _quantized(value, _TENTH, ROUND_FLOOR)


def rounded(value: float, unit: Decimal) -> Decimal:
    """Round a figure half up to a multiple of a power of ten; there is no minus zero. Raises ValueError for NaN."""
    return _quantized(value, unit, ROUND_HALF_UP)


def _quantized(value: float, unit: Decimal, how: str) -> Decimal:
    if not math.isfinite(value):
        raise ValueError(f"{value} is not a figure that can be printed")
    exact = Decimal(str(round(float(value), _DUST)))
    found = exact.quantize(unit, how)
    return found or abs(found)
