"""Maturity: the overall score in words, and what a score may be set to by whoever reads it differently."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from assessment.measure.outline import OVERALL, outline
from assessment.measure.rounding import printed
from assessment.measure.score import Score
from assessment.questionnaire.model import Questionnaire, Requirement, Scale, Text

_STEPS = (0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 25.0, 50.0, 100.0)
_MOST_STEPS = 20


def called(questionnaire: Questionnaire, scores: Mapping[str, Score]) -> Text | None:
    """Give what a unit's overall score is called; None where there is none or it has no name.

    With stages it is the first, from the top, whose requirements all hold on the figures in print; where a score that
    this takes is hidden or missing, there is none. With bands it is the band that holds the printed figure. Else it is
    the level nearest to that, half-way counting upwards, on the scale that most questions are rated on.
    """
    overall = scores.get(OVERALL)
    if overall is None or overall.value is None:
        return None
    if questionnaire.scoring.rule == "staged":
        return _stage(questionnaire, scores)
    return name_of(questionnaire, OVERALL, overall.value, overall.qualifier)


def name_of(questionnaire: Questionnaire, dimension: str, value: float, qualifier: str = "") -> Text | None:
    """Give what a single figure of a dimension (`""`: overall) is called: its band or its level, if it has one.

    A figure told as "at least" or "at most" lies at an end of the scale and has that end's level.
    """
    bands = questionnaire.scoring.bands
    if bands and dimension == OVERALL:
        reached = [band for band in bands if _exact(band.start) <= printed(value)]
        return reached[-1].label if reached else bands[0].label
    scale = _scale(questionnaire)
    return None if scale is None else _level(scale, value, qualifier)


def settable(questionnaire: Questionnaire, dimension: str) -> tuple[float, ...]:
    """Give the figures that a score may be read as: the levels of the common scale, else steps from end to end."""
    scale = _scale(questionnaire)
    if scale is not None:
        return scale.values
    low, high = outline(questionnaire).ends(dimension)
    step = next((step for step in _STEPS if (high - low) / step <= _MOST_STEPS), high - low)
    count = int((high - low) / step + 1e-9) if step else 0
    steps = [round(low + step * place, 9) for place in range(count + 1)]
    return (*steps, high) if high > steps[-1] else tuple(steps)


def _scale(questionnaire: Questionnaire) -> Scale | None:
    """Give the scale on which scores are read; a sum of levels lies on none."""
    return None if questionnaire.scoring.rule == "sum-of-levels" else questionnaire.overall_scale


def _level(scale: Scale, value: float, qualifier: str) -> Text:
    levels = sorted(scale.levels, key=lambda level: level.value)
    if qualifier:
        return (levels[-1] if qualifier == ">=" else levels[0]).label
    figure = printed(value)
    return min(levels, key=lambda level: (abs(_exact(level.value) - figure), -level.value)).label


def _stage(questionnaire: Questionnaire, scores: Mapping[str, Score]) -> Text | None:
    tops = [branch.name for branch in outline(questionnaire).children[OVERALL]]
    for stage in questionnaire.stages:
        held = [_holds(scores.get(name), least) for name, least in _least(stage.require, tops)]
        if False in held:
            continue
        return None if None in held else stage.label
    return None


def _least(require: Requirement | None, tops: list[str]) -> Iterator[tuple[str, float]]:
    """Give the scores that a stage takes, each with the least figure."""
    if require is None:
        return
    if require.overall is not None:
        yield OVERALL, require.overall
    if require.every_dimension is not None:
        yield from ((name, require.every_dimension) for name in tops)
    yield from require.dimensions.items()


def _holds(score: Score | None, least: float) -> bool | None:
    """Whether a figure in print is at least so high; None where there is none."""
    return None if score is None or score.value is None else printed(score.value) >= _exact(least)


def _exact(value: float) -> Decimal:
    return Decimal(repr(value))
