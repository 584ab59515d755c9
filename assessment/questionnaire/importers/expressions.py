"""Expressions of other tools become conditions: one parser for what their languages have in common.

Each tool's module cuts its expressions into tokens; the names of their kinds are `Kind`'s.
"""

from dataclasses import dataclass
from typing import Literal

from assessment.questionnaire.finding import shown
from assessment.questionnaire.importers.conditions import (
    IS_OR_INCLUDES,
    IS_TRUE,
    Compared,
    Condition,
    NotCarried,
    Several,
    Value,
    differs,
    negated,
)

LONGEST = 4000
DEEPEST = 20

Kind = Literal["name", "value", "op", "state", "and", "or", "not", "call", "(", ")", "[", "]", ",", "other"]

_TURNED = {"=": "=", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of an expression."""

    kind: Kind
    value: Value


class Parser:
    """A recursive descent over tokens.

    `empty_calls` are the functions that say whether a question has no answer. `not_takes_all`: "not" covers all that
    follows it and not just the next part.
    """

    def __init__(self, tokens: list[Token], *, empty_calls: frozenset[str], not_takes_all: bool) -> None:
        self._tokens = tokens
        self._at = 0
        self._depth = 0
        self._empty_calls = empty_calls
        self._not_takes_all = not_takes_all

    def condition(self) -> Condition:
        """Give the condition; raises `NotCarried` for whatever is no comparison of a question with a value."""
        found = self._any()
        if self._at < len(self._tokens):
            raise NotCarried(f"{shown(self._tokens[self._at].value)} in it is not read")
        return found

    def _peek(self, ahead: int = 0) -> str:
        at = self._at + ahead
        return self._tokens[at].kind if at < len(self._tokens) else "end"

    def _next(self) -> Token:
        if self._at == len(self._tokens):
            raise NotCarried("it ends too early")
        self._at += 1
        return self._tokens[self._at - 1]

    def _expect(self, kind: Kind) -> Token:
        token = self._next()
        if token.kind != kind:
            raise NotCarried(f"{shown(token.value)} in it is not read")
        return token

    def _any(self) -> Condition:
        parts = [self._all()]
        while self._peek() == "or":
            self._next()
            parts.append(self._all())
        return parts[0] if len(parts) == 1 else Several("any", tuple(parts))

    def _all(self) -> Condition:
        parts = [self._part()]
        while self._peek() == "and":
            self._next()
            parts.append(self._part())
        return parts[0] if len(parts) == 1 else Several("all", tuple(parts))

    def _part(self) -> Condition:
        self._depth += 1
        if self._depth > DEEPEST:
            raise NotCarried(f"it is nested more than {DEEPEST} deep")
        found = self._unguarded_part()
        self._depth -= 1
        return found

    def _unguarded_part(self) -> Condition:
        match self._peek():
            case "not":
                self._next()
                return negated(self._any() if self._not_takes_all else self._part())
            case "(":
                self._next()
                found = self._any() if not self._is_name_alone() else self._comparison()
                if self._peek() == ")":
                    self._next()
                    return found
                raise NotCarried("a bracket in it is not closed, or it calculates")
            case "call":
                return self._call()
        return self._comparison()

    def _is_name_alone(self) -> bool:
        return self._peek() == "name" and self._peek(1) == ")"

    def _call(self) -> Condition:
        function = str(self._next().value)
        if function.lower() not in self._empty_calls:
            raise NotCarried(f"it calls the function {shown(function)}")
        self._expect("(")
        name = self._expect("name")
        self._expect(")")
        return Compared(str(name.value), "answered", value=False)

    def _comparison(self) -> Condition:
        left = self._operand()
        if self._peek() == "state" and left.kind == "name":
            return Compared(str(left.value), "answered", value=self._next().value is True)
        if self._peek() != "op":
            if left.kind == "name":
                return Compared(str(left.value), IS_TRUE, value=True)
            raise NotCarried(f"{shown(left.value)} in it is compared with nothing")
        op = str(self._next().value)
        if op in {"anyof", "allof"}:
            return self._of_several(left, op)
        right = self._operand()
        if left.kind == "value" and right.kind == "name" and op in _TURNED:
            left, op, right = right, _TURNED[op], left
        if left.kind != "name" or right.kind != "value":
            raise NotCarried("it does not compare a question with a value")
        return _compared(left, op, right.value)

    def _of_several(self, left: Token, op: str) -> Condition:
        if left.kind != "name":
            raise NotCarried("it does not compare a question with values")
        self._expect("[")
        values = [self._expect("value").value]
        while self._peek() == ",":
            self._next()
            values.append(self._expect("value").value)
        self._expect("]")
        parts = tuple(Compared(str(left.value), IS_OR_INCLUDES, value) for value in values)
        return Several("any" if op == "anyof" else "all", parts)

    def _operand(self) -> Token:
        token = self._next()
        if token.kind not in {"name", "value"}:
            raise NotCarried(f"{shown(token.value)} in it is not read")
        return token


def _compared(name: Token, op: str, value: Value) -> Condition:
    question = str(name.value)
    if value == "" and op in {"=", "!="}:
        return Compared(question, "answered", value=op == "!=")
    if op == "!=":
        return differs(question, value)
    if op == "excludes":
        return negated(Compared(question, "includes", value))
    return Compared(question, op, value)
