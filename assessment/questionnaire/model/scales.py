"""Scales: what a rating may be, and what an answer counts."""

from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from assessment.questionnaire.model.words import Number, Part, Text

FEWEST_LEVELS = 2
MOST_LEVELS = 11


class Level(Part):
    """One step of a scale."""

    value: Number
    label: Text


class Scale(Part):
    """What a rating may be: levels in order."""

    levels: Annotated[list[Level], Field(min_length=FEWEST_LEVELS, max_length=MOST_LEVELS)]

    @property
    def values(self) -> tuple[float, ...]:
        """The levels' values, in order."""
        return tuple(level.value for level in self.levels)

    @property
    def low(self) -> float:
        """The smallest value."""
        return min(self.values)

    @property
    def high(self) -> float:
        """The largest value."""
        return max(self.values)


@dataclass(frozen=True, slots=True)
class ScoredLevel:
    """What a scored question can count: a score, the answers that give it, and what these are called.

    `answers` are as they travel: a level's value, an option's id, `"yes"` or `"no"`.
    """

    score: float
    answers: tuple[float | str, ...]
    labels: tuple[Text | str, ...]
