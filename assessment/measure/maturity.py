"""Maturity: the overall score in words."""

from decimal import Decimal

from assessment.measure.rounding import printed
from assessment.questionnaire.model import Level, Scale


def band(value: float, scale: Scale, qualifier: str = "") -> Level:
    """Give the level a score is called by: the nearest to the figure in print, half-way counting upwards.

    A score told as "at least" or "at most" lies at an end of the scale and has that end's level.
    """
    levels = sorted(scale.levels, key=lambda level: level.value)
    if qualifier:
        return levels[-1] if qualifier == ">=" else levels[0]
    figure = printed(value)
    return min(levels, key=lambda level: (abs(Decimal(repr(level.value)) - figure), -level.value))
