"""Tallies: how many people of a team chose what. All that scoring needs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assessment.questionnaire.answers import DONT_KNOW, NOT_APPLICABLE, Answers, is_level
from assessment.questionnaire.model import Questionnaire, Rating


@dataclass(frozen=True, slots=True)
class Tally:
    """One team's answers to one question: a count for each level in the scale's order, and three that score not."""

    levels: tuple[int, ...]
    not_applicable: int = 0
    dont_know: int = 0
    blank: int = 0

    @property
    def n(self) -> int:
        """How many chose a level."""
        return sum(self.levels)


def tally(questionnaire: Questionnaire, forms: Sequence[Answers]) -> dict[str, Tally]:
    """Count one team's forms: a tally for every rated question. Forms were validated when they came in."""
    return {
        question.id: _count(questionnaire.scale_of(question).values, question.id, forms)
        for question in questionnaire.questions
        if isinstance(question, Rating)
    }


def _count(levels: tuple[float, ...], question: str, forms: Sequence[Mapping[str, object]]) -> Tally:
    given = [form.get(question) for form in forms]
    chosen = [answer for answer in given if is_level(answer)]
    return Tally(
        levels=tuple(chosen.count(level) for level in levels),
        not_applicable=given.count(NOT_APPLICABLE),
        dont_know=given.count(DONT_KNOW),
        blank=given.count(None),
    )
