"""Who is asked what: conditions over earlier answers, and roles.

A question is asked where its condition holds and its roles fit. What is not asked is not required and not scored, and
an answer that was given to it before it was hidden counts as none, for the conditions of later questions too.
"""

from collections.abc import Callable, Iterable, Mapping
from operator import ge, gt, le, lt
from typing import Any

from assessment.questionnaire.model import ANSWERED, INCLUDES, AllOf, AnyOf, AnyQuestion, Comparison, Questionnaire

Answer = Any  # as it travels: see assessment/questionnaire/answers.py
Answers = Mapping[str, Answer]

NOT_APPLICABLE = "na"
DONT_KNOW = "dk"
WAYS_OUT = frozenset({NOT_APPLICABLE, DONT_KNOW})
BESIDE = ":"  # in the key of what is said beside an answer; no id has one

_ORDERED: Mapping[str, Callable[[Any, Any], bool]] = {"<": lt, "<=": le, ">": gt, ">=": ge}


def asked(questionnaire: Questionnaire, answers: Answers, role: str | None = None) -> list[AnyQuestion]:
    """Give the questions that somebody with these answers is asked; without a role, those of every role."""
    if questionnaire.asks_everything:
        return list(questionnaire.questions)
    found: list[AnyQuestion] = []
    counting: dict[str, Answer] = {}
    for question in questionnaire.questions:
        if not _is_of(question, role) or not holds(question.show_if, counting):
            continue
        found.append(question)
        if question.id in answers:
            counting[question.id] = answers[question.id]
    return found


def only_asked(questions: Iterable[AnyQuestion], answers: Answers) -> dict[str, Answer]:
    """Give the answers to these questions, and what was said beside them; those to other questions are left out."""
    known = {question.id for question in questions}
    return {key: answer for key, answer in answers.items() if key.partition(BESIDE)[0] in known}


def holds(condition: Comparison | AllOf | AnyOf | None, answers: Answers) -> bool:
    """Whether a condition holds for the answers of those questions that are asked."""
    match condition:
        case None:
            return True
        case Comparison():
            return _compares(condition, answers.get(condition.question))
        case AllOf():
            return all(holds(part, answers) for part in condition.all)
        case AnyOf():
            return any(holds(part, answers) for part in condition.any)


def _is_of(question: AnyQuestion, role: str | None) -> bool:
    return role is None or not question.roles or role in question.roles


def _compares(comparison: Comparison, answer: Answer) -> bool:
    op, value = comparison.op, comparison.value
    if op == ANSWERED:
        return (answer is not None) is value
    if answer is None or (_is_way_out(answer) and not _is_way_out(value)):
        return False
    given = answer.get("number") if isinstance(answer, dict) else answer
    if op == INCLUDES:
        return isinstance(given, list) and value in given
    if op in _ORDERED:
        return is_number(given) and is_number(value) and bool(_ORDERED[op](given, value))
    return (given == value) is (op == "=")


def _is_way_out(answer: Answer) -> bool:
    return isinstance(answer, str) and answer in WAYS_OUT


def is_number(value: object) -> bool:
    """Whether a value is a number; true and false are none, whatever Python makes of them."""
    return isinstance(value, int | float) and not isinstance(value, bool)
