"""How far scores can reach: the lowest and the highest that a question, a dimension or the whole can have."""

from collections.abc import Iterable
from dataclasses import dataclass

from assessment.questionnaire.model import Dimension, Questionnaire
from assessment.questionnaire.rules.places import figure, scores_of


@dataclass(frozen=True, slots=True, order=True)
class Range:
    """The lowest and the highest that a score can be."""

    low: float
    high: float

    def __str__(self) -> str:
        """Give the range as a sentence has it."""
        return f"{figure(self.low)} to {figure(self.high)}"


def overall_range(questionnaire: Questionnaire) -> Range | None:
    """Give how far the overall score can reach; None where nothing is scored."""
    return _widest(range_of(top, questionnaire) for top in questionnaire.dimensions)


def range_of(node: Dimension, questionnaire: Questionnaire) -> Range | None:
    """Give how far a dimension's score can reach, whatever of it stays without an answer; None for no score."""
    if node.dimensions:
        return _widest(range_of(below, questionnaire) for below in node.dimensions)
    widest = _widest(question_ranges(node, questionnaire))
    if widest and questionnaire.scoring.rule == "sum-of-levels":
        weight = sum(question.weight for question in node.scored())
        return Range(widest.low * weight, widest.high * weight)
    return widest


def question_ranges(node: Dimension, questionnaire: Questionnaire) -> list[Range]:
    """Give how far the scored questions reach that a dimension holds; those on unknown scales are left out."""
    found = (scores_of(question, questionnaire) for question in node.scored())
    return [Range(min(scores), max(scores)) for scores in found if scores]


def _widest(ranges: Iterable[Range | None]) -> Range | None:
    known = [one for one in ranges if one]
    return Range(min(one.low for one in known), max(one.high for one in known)) if known else None
