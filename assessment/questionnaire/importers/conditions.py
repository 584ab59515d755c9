"""Conditions of other tools become `show-if`, where they mean the same there.

Two things differ. A comparison with a question that has no answer is false here, also `!=`, and so is one where the
answer is *does not apply* or *don't know*; elsewhere what is blank *differs*, and there are no such answers. So "q is
not x" becomes "q is not x, or does not apply, or is not known, or has no answer". And there is no "not" here: it is
carried inwards.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from assessment.questionnaire.asking import DONT_KNOW, NOT_APPLICABLE
from assessment.questionnaire.finding import shown
from assessment.questionnaire.model.conditions import MOST_PARTS

ShowIf = dict[str, Any]
Value = str | float | bool

MOST_NESTED = 3
IS_OR_INCLUDES = "= or includes"  # of a list of values: equal where one answer is given, among them where several are
IS_TRUE = "is true"  # of a question on its own: `value` is whether it is true, or is not
MOST_NUMBER = 1_000_000  # what a questionnaire takes, above and below 0
_WITH_WAYS_OUT = {"rating", "choice", "yes-no"}  # where importers leave *does not apply* and *don't know* as offered
_OPPOSITE = {"=": "!=", "!=": "=", "<": ">=", "<=": ">", ">": "<=", ">=": "<", "answered": "answered"}


class NotCarried(Exception):  # noqa: N818 - it is no fault: the sentence tells what cannot be said here
    """A condition that a questionnaire cannot express; the message is a clause: "it calls the function `age`"."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One question, by the name it has there, compared with a value.

    `or_blank`: it also holds where there is no answer, or a way out instead of one.
    """

    name: str
    op: str
    value: Value
    or_blank: bool = False


@dataclass(frozen=True, slots=True)
class Several:
    """Conditions of which all hold, or any."""

    kind: str  # `all` or `any`
    parts: tuple["Condition", ...]


Condition = Compared | Several


@dataclass(frozen=True, slots=True)
class Known:
    """An earlier question: its id and type here, and for every value that it may have there the answer here.

    `answers` are by `as_key`. `show_if` is its own condition. `least`, `most` and `whole` limit a number.
    """

    id: str
    type: str
    answers: Mapping[str, str | float] = field(default_factory=dict)
    show_if: ShowIf | None = None
    least: float | None = None
    most: float | None = None
    whole: bool = False


def known_of(question: Mapping[str, Any], answers: Mapping[str, str | float]) -> Known:
    """Give what is known of a question as a file has it."""
    return Known(
        question["id"],
        question["type"],
        answers,
        question.get("show-if"),
        question.get("minimum"),
        question.get("maximum"),
        question.get("whole", False),
    )


def as_key(value: Value) -> str:
    """Give the form in which values are compared: `2`, `2.0` and `"2"` are the same there."""
    if isinstance(value, bool):
        return "true" if value else "false"
    try:
        return f"{float(value):.12g}"
    except ValueError:
        return str(value)


def negated(condition: Condition) -> Condition:
    """Give the condition that holds where this one does not."""
    if isinstance(condition, Several):
        kind = "any" if condition.kind == "all" else "all"
        return Several(kind, tuple(negated(part) for part in condition.parts))
    if condition.op in {"includes", IS_OR_INCLUDES}:
        raise NotCarried("it asks what is not among the answers")
    if condition.op == "answered":
        return Compared(condition.name, "answered", not condition.value)
    if condition.op == IS_TRUE:
        return Compared(condition.name, IS_TRUE, not condition.value, not condition.or_blank)
    opposite = _OPPOSITE[condition.op]
    return Compared(condition.name, opposite, condition.value, not condition.or_blank)


def differs(name: str, value: Value) -> Condition:
    """Give what `!=` means elsewhere: another answer, or none."""
    return Compared(name, "!=", value, or_blank=True)


def show_if(condition: Condition, known: Mapping[str, Known]) -> ShowIf:
    """Give a condition as a file has it; raises `NotCarried` where it means something that cannot be said here."""
    made = _made(condition, known)
    if _nested(made) > MOST_NESTED:
        raise NotCarried(f"it is nested more than {MOST_NESTED} deep")
    return made


def both(first: ShowIf | None, second: ShowIf | None) -> ShowIf | None:
    """Give the condition that holds where both do; None is no condition."""
    if first is None or second is None:
        return first or second
    return _several("all", [first, second])


def _made(condition: Condition, known: Mapping[str, Known]) -> ShowIf:
    if isinstance(condition, Several):
        return _several(condition.kind, (_made(part, known) for part in condition.parts))
    question = known.get(condition.name)
    if question is None:
        raise NotCarried(f"it refers to {shown(condition.name)}, which is no earlier question of the result")
    if condition.op == "answered":
        return _one(question, "answered", condition.value)
    if condition.op == IS_TRUE:
        condition = _is_true(condition, question)
    made = _compared(condition, question)
    return _several("any", [made, *_without_answer(question)]) if condition.or_blank else made


def _without_answer(question: Known) -> list[ShowIf]:
    """Give the conditions that hold where a question is not answered by what it asks for."""
    ways_out = (NOT_APPLICABLE, DONT_KNOW) if question.type in _WITH_WAYS_OUT else ()
    return [*(_one(question, "=", way) for way in ways_out), _one(question, "answered", value=False)]


def _is_true(condition: Compared, question: Known) -> Compared:
    """Give what a question on its own means: only one that is answered by true or false is true."""
    if question.type != "yes-no" or as_key(value=True) not in question.answers:
        raise NotCarried(f"it takes `{question.id}` for true or false and compares it with nothing")
    return Compared(condition.name, "=" if condition.value else "!=", value=True, or_blank=condition.or_blank)


def _compared(condition: Compared, question: Known) -> ShowIf:
    op, value = condition.op, condition.value
    if question.type == "text":
        raise NotCarried(f"it compares the text `{question.id}` with {shown(value)}")
    if op == IS_OR_INCLUDES:
        op = "includes" if question.type == "multiple" else "="
    if (op == "includes") != (question.type == "multiple"):
        raise NotCarried(
            f"it asks of `{question.id}`, which is of type {question.type}, what such a question cannot be"
        )
    if question.type == "number":
        return _of_number(question, op, _number(value))
    if op not in {"=", "!=", "includes"}:
        return _ordered(condition, question)
    answer = question.answers.get(as_key(value))
    if answer is None:
        raise NotCarried(f"it compares `{question.id}` with {shown(value)}, which is none of its answers")
    return _one(question, op, answer)


def _of_number(question: Known, op: str, bound: float) -> ShowIf:
    """Give a comparison of a number with a bound that its limits allow."""
    number = bound
    if question.whole and op not in {"=", "!="} and not float(bound).is_integer():
        op, number = (">=", math.ceil(bound)) if ">" in op else ("<=", math.floor(bound))
    least = -math.inf if question.least is None else question.least
    most = math.inf if question.most is None else question.most
    never, always = {
        "=": (not least <= number <= most or (question.whole and number != int(number)), False),
        "<": (number <= least, number > most),
        "<=": (number < least, number > most),
        ">": (number >= most, number < least),
        ">=": (number > most, number < least),
    }["=" if op == "!=" else op]
    if never and op == "!=":  # whatever the answer is
        never, always = False, True
    if never:
        raise NotCarried(f"it can never hold: no answer to `{question.id}` is {op} {bound:.15g}")
    return _one(question, "answered", value=True) if always else _one(question, op, number)


def _ordered(condition: Compared, question: Known) -> ShowIf:
    """Give an order between answers: these have one by the values they had, here a choice's options have none."""
    bound = _number(condition.value)
    holding: list[str | float] = []
    for key, answer in question.answers.items():
        value = _number(key)
        if {"<": value < bound, "<=": value <= bound, ">": value > bound, ">=": value >= bound}[condition.op]:
            holding.append(answer)
    if not holding:
        raise NotCarried(f"it can never hold: no answer to `{question.id}` is {condition.op} {bound:g}")
    if question.type == "rating":
        numbers = [float(answer) for answer in holding]
        return _one(question, ">=", min(numbers)) if ">" in condition.op else _one(question, "<=", max(numbers))
    return _several("any", [_one(question, "=", answer) for answer in holding])


def _number(value: Value) -> float:
    try:
        number = math.nan if isinstance(value, bool) else float(value)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise NotCarried(f"it takes {shown(value)} for a number")
    if abs(number) > MOST_NUMBER:
        raise NotCarried(f"it compares with {shown(f'{number:.15g}')}, and no number here is beyond {MOST_NUMBER:,}")
    return int(number) if number.is_integer() else number


def _one(question: Known, op: str, value: Value) -> ShowIf:
    if isinstance(value, float) and not isinstance(value, bool) and value.is_integer():
        value = int(value)
    return {"question": question.id, "op": op, "value": value}


def _several(kind: str, parts: Iterable[ShowIf]) -> ShowIf:
    flat: list[ShowIf] = []
    for part in parts:
        flat += [one for one in part.get(kind, [part]) if one not in flat]
        if len(flat) > MOST_PARTS:  # before the rest is looked at: there may be very many
            raise NotCarried(f"it has more than {MOST_PARTS} parts")
    return flat[0] if len(flat) == 1 else {kind: flat}


def _nested(made: ShowIf) -> int:
    parts = made.get("all") or made.get("any")
    return 1 + max(_nested(part) for part in parts) if parts else 0
