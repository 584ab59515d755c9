"""Whether any answers lead to a question: a search over what can be answered to the questions it rests on.

Every comparison is about one question, so a condition is taken apart into what each question it rests on may still be
answered with; where nothing is left, this way is closed. An `any` makes as many ways as it has parts. The search is
exact; where it would take too many steps, or a comparison is faulty, a question counts as one that can be asked.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from assessment.questionnaire.asking import DONT_KNOW, NOT_APPLICABLE, holds, is_number
from assessment.questionnaire.model import (
    INCLUDES,
    AllOf,
    AnyOf,
    AnyQuestion,
    Choice,
    Comparison,
    Multiple,
    NumberQuestion,
    Questionnaire,
    Rating,
    YesNo,
    comparisons,
)
from assessment.questionnaire.rules.places import scale_if_known

MOST_STEPS = 400  # for a question
MOST_STEPS_IN_ALL = 30_000
_MOST_COMPARED = 30  # values that one number is compared with; more are not taken apart

_Condition = Comparison | AllOf | AnyOf
_Answers = frozenset[int]  # places in the list of what can be answered


@dataclass(frozen=True, slots=True)
class _Way:
    """One way to take conditions: what must still hold, and what that leaves of the answers and the roles.

    `open` is a linked list: ways that part share the rest of it.
    """

    open: tuple[_Condition, Any] | None
    left: Mapping[str, _Answers]
    chosen: Mapping[str, frozenset[str]]
    roles: frozenset[str] | None


class Search:
    """Looks for answers and a role with which a question is asked."""

    def __init__(self, questionnaire: Questionnaire, is_sound: Callable[[Comparison], bool]) -> None:
        self._by_id = questionnaire.by_id
        self._questionnaire = questionnaire
        self._is_sound = is_sound
        self._roles = frozenset(role.id for role in questionnaire.roles)
        self._steps_left = MOST_STEPS_IN_ALL
        self._possible: dict[str, list[Any]] = {}
        self._fitting: dict[tuple[str, str, str], _Answers] = {}
        self._numbers = _compared_numbers(questionnaire, is_sound)

    def can_be_asked(self, question: AnyQuestion) -> bool:
        """Whether some answers and a role lead to a question; true as well where that is not found out."""
        start = _Way(None, {}, {}, None)
        ways = [asking] if (asking := self._asking(question, start)) else []
        steps = 0
        while ways:
            way = ways.pop()
            while way.open is not None:
                steps += 1
                self._steps_left -= _cost(way.open[0])
                if steps > MOST_STEPS or self._steps_left < 0:
                    return True
                narrowed = self._step(way, ways)
                if narrowed is None:
                    break
                way = narrowed
            else:
                return True
        return False

    def _step(self, way: _Way, others: list[_Way]) -> _Way | None:
        """Take the first open condition apart; None where it cannot hold. What else could be tried joins `others`."""
        assert way.open is not None  # noqa: S101 - the caller's loop
        condition, rest = way.open
        match condition:
            case AllOf():
                for part in reversed(condition.all):
                    rest = (part, rest)
                return _Way(rest, way.left, way.chosen, way.roles)
            case AnyOf():
                first, *further = condition.any
                others += [_Way((part, rest), way.left, way.chosen, way.roles) for part in reversed(further)]
                return _Way((first, rest), way.left, way.chosen, way.roles)
            case Comparison():
                return self._narrowed(condition, _Way(rest, way.left, way.chosen, way.roles))

    def _narrowed(self, comparison: Comparison, way: _Way) -> _Way | None:
        question = self._by_id.get(comparison.question)
        if question is None or not self._is_sound(comparison) or not self._is_finite(question):
            return way
        before = way.left.get(question.id)
        fitting = self._fits(comparison, question)
        left = fitting if before is None else before & fitting
        if not left:
            return None
        chosen = way.chosen
        if comparison.op == INCLUDES and isinstance(question, Multiple):
            options = chosen.get(question.id, frozenset()) | {comparison.value}
            if question.at_most is not None and len(options) > question.at_most:
                return None
            chosen = {**chosen, question.id: options}
        narrowed = _Way(way.open, {**way.left, question.id: left}, chosen, way.roles)
        # The first of what can be answered is nothing at all: without it, the question must have been asked itself.
        must_be_asked = 0 not in left and (before is None or 0 in before)
        return self._asking(question, narrowed) if must_be_asked else narrowed

    def _asking(self, question: AnyQuestion, way: _Way) -> _Way | None:
        """Give a way on which a question is asked; None where nobody of the roles left is."""
        roles = way.roles
        if question.roles and self._roles.issuperset(question.roles):
            roles = frozenset(question.roles) & (self._roles if roles is None else roles)
            if not roles:
                return None
        rest = way.open if question.show_if is None else (question.show_if, way.open)
        return _Way(rest, way.left, way.chosen, roles)

    def _fits(self, comparison: Comparison, question: AnyQuestion) -> _Answers:
        key = (question.id, comparison.op, repr(comparison.value))
        if key not in self._fitting:
            possible = self._answers_to(question)
            self._steps_left -= len(possible) // 10
            self._fitting[key] = frozenset(
                place
                for place, answer in enumerate(possible)
                if holds(comparison, {} if answer is None else {question.id: answer})
            )
        return self._fitting[key]

    def _is_finite(self, question: AnyQuestion) -> bool:
        """Whether what can be answered is known and worth trying."""
        if isinstance(question, Rating):
            return scale_if_known(question, self._questionnaire) is not None
        return len(self._numbers.get(question.id, ())) <= _MOST_COMPARED

    def _answers_to(self, question: AnyQuestion) -> list[Any]:
        """Give what can be answered to a question, nothing at all first; of numbers one of each kind."""
        if question.id not in self._possible:
            ways_out = [NOT_APPLICABLE] if question.not_applicable else []
            ways_out += [DONT_KNOW] if question.dont_know else []
            self._possible[question.id] = [None, *ways_out, *self._proper(question)]
        return self._possible[question.id]

    def _proper(self, question: AnyQuestion) -> list[Any]:
        match question:
            case Rating():
                scale = scale_if_known(question, self._questionnaire)
                return list(scale.values) if scale else []
            case Choice():
                return [option.id for option in question.options]
            case Multiple():
                return [[option.id for option in question.options]]
            case YesNo():
                return ["yes", "no"]
            case NumberQuestion():
                return [{"number": number} for number in _kinds(question, self._numbers.get(question.id, set()))]
        return [{"text": "words"}]


def _cost(condition: _Condition) -> int:
    return len(condition.any) if isinstance(condition, AnyOf) else 1


def _compared_numbers(questionnaire: Questionnaire, is_sound: Callable[[Comparison], bool]) -> dict[str, set[float]]:
    """Give what every number is compared with, by the question's id."""
    found: dict[str, set[float]] = {}
    for question in questionnaire.questions:
        for comparison in comparisons(question.show_if) if question.show_if else ():
            compared = questionnaire.by_id.get(comparison.question)
            if isinstance(compared, NumberQuestion) and is_number(comparison.value) and is_sound(comparison):
                found.setdefault(compared.id, set()).add(comparison.value)
    return found


def _kinds(question: NumberQuestion, compared: set[float]) -> list[float]:
    """Give numbers that can be answered, one at least of each kind that the comparisons tell apart."""
    ends = {end for end in (question.minimum, question.maximum) if end is not None}
    known = sorted(compared | ends) or [0.0]
    near = {number + step for number in known for step in (-1, 0, 1)}
    if not question.whole:
        near |= {(lower + upper) / 2 for lower, upper in pairwise(known)}
    else:
        near |= {float(round(number)) for number in near}
    low = question.minimum if question.minimum is not None else float("-inf")
    high = question.maximum if question.maximum is not None else float("inf")
    return sorted(number for number in near if low <= number <= high and not (question.whole and number != int(number)))
