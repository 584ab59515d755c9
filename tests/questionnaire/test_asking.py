"""Who is asked what: the truth table of conditions, what is hidden, and whose roles fit."""

from typing import Any

import pytest

from assessment.questionnaire.asking import asked, holds, only_asked
from assessment.questionnaire.model import AllOf, AnyOf, Comparison, Condition
from tests.questionnaire.given import questionnaire

NA, DK, BLANK = "na", "dk", None

LEVELS = [1, 2.0, 3]
OPTIONS = ["small", "large"]
NUMBERS = [{"number": -1}, {"number": 2}, {"number": 2.5}]
CHOSEN = [["board"], ["wiki"], ["board", "wiki"]]
WORDS = [{"text": "words"}, {"text": "na"}]

# What may be answered, the operator, the value, and the answers with which the comparison holds.
TRUTH: list[tuple[list[Any], str, Any, list[Any]]] = [
    (LEVELS, "=", 2, [2]),
    (LEVELS, "!=", 2, [1, 3]),
    (LEVELS, "<", 2, [1]),
    (LEVELS, "<=", 2, [1, 2]),
    (LEVELS, ">", 2, [3]),
    (LEVELS, ">=", 2, [2, 3]),
    (LEVELS, ">", 3, []),
    (LEVELS, "=", NA, [NA]),
    (LEVELS, "!=", NA, [1, 2, 3, DK]),
    (LEVELS, "=", DK, [DK]),
    (LEVELS, "!=", DK, [1, 2, 3, NA]),
    (LEVELS, "answered", True, [1, 2, 3, NA, DK]),
    (LEVELS, "answered", False, [BLANK]),
    (OPTIONS, "=", "small", ["small"]),
    (OPTIONS, "!=", "small", ["large"]),
    (OPTIONS, "=", NA, [NA]),
    (OPTIONS, "!=", DK, ["small", "large", NA]),
    (OPTIONS, "answered", True, ["small", "large", NA, DK]),
    (OPTIONS, "answered", False, [BLANK]),
    (["yes", "no"], "=", "yes", ["yes"]),
    (["yes", "no"], "!=", "yes", ["no"]),
    (NUMBERS, "=", 2, [{"number": 2}]),
    (NUMBERS, "!=", 2, [{"number": -1}, {"number": 2.5}]),
    (NUMBERS, "<", 2.5, [{"number": -1}, {"number": 2}]),
    (NUMBERS, "<=", -1, [{"number": -1}]),
    (NUMBERS, ">", 2, [{"number": 2.5}]),
    (NUMBERS, ">=", 2, [{"number": 2}, {"number": 2.5}]),
    (NUMBERS, "=", DK, [DK]),
    (NUMBERS, "answered", True, [*NUMBERS, NA, DK]),
    (CHOSEN, "includes", "board", [["board"], ["board", "wiki"]]),
    (CHOSEN, "includes", "chat", []),
    (CHOSEN, "=", NA, [NA]),
    (CHOSEN, "!=", NA, [*CHOSEN, DK]),
    (CHOSEN, "answered", True, [*CHOSEN, NA, DK]),
    (WORDS, "answered", True, [*WORDS, NA, DK]),
    (WORDS, "answered", False, [BLANK]),
    (WORDS, "=", NA, [NA]),
]


def compared(op: str, value: object, question: str = "q") -> Comparison:
    return Comparison.model_validate({"question": question, "op": op, "value": value})


@pytest.mark.parametrize(("proper", "op", "value", "fulfilling"), TRUTH)
def test_a_comparison_holds_for_these_answers_and_no_others(
    proper: list[Any], op: str, value: object, fulfilling: list[Any]
) -> None:
    answers = [*proper, NA, DK, BLANK]
    found = [one for one in answers if holds(compared(op, value), {} if one is BLANK else {"q": one})]
    assert found == [one for one in answers if one in fulfilling]
    assert len(found) == len(fulfilling)


@pytest.mark.parametrize(
    ("first", "second", "both", "either"),
    [(False, False, False, False), (False, True, False, True), (True, False, False, True), (True, True, True, True)],
)
def test_all_of_and_any_of(first: bool, second: bool, both: bool, either: bool) -> None:  # noqa: FBT001
    answers = {"a": 1 if first else 2, "b": 1 if second else 2}
    parts: list[Condition] = [compared("=", 1, "a"), compared("=", 1, "b")]
    assert holds(AllOf(all=parts), answers) is both
    assert holds(AnyOf(any=parts), answers) is either
    assert holds(AnyOf(any=[AllOf(all=parts)]), answers) is both
    assert holds(AllOf(all=[AnyOf(any=parts), parts[0]]), answers) is first


def test_no_condition_always_holds() -> None:
    assert holds(None, {})


ASKED = questionnaire("""
format: 1
id: asked
version: "1"
title: Asked
roles: [tester, architect]
dimensions:
  - id: one
    title: One
    questions:
      - {id: works, type: yes-no, text: Does it work?}
      - {id: since, type: number, text: Since when?, show-if: {question: works, op: "=", value: "yes"}}
      - {id: long, type: text, text: Why so long?, show-if: {question: since, op: ">", value: 10}}
      - {id: never, type: text, text: Why never?, show-if: {question: since, op: answered, value: false}}
      - {id: tests, type: text, text: Which tests?, roles: [tester]}
      - {id: all, type: text, text: All of them?, show-if: {question: tests, op: answered, value: true}}
""")


def asked_ids(answers: dict[str, Any], role: str | None = None) -> list[str]:
    return [question.id for question in asked(ASKED, answers, role)]


def test_a_question_is_asked_where_its_condition_holds() -> None:
    assert asked_ids({}, "architect") == ["works", "never"]
    assert asked_ids({"works": "yes"}, "architect") == ["works", "since", "never"]
    assert asked_ids({"works": "yes", "since": {"number": 10}}, "architect") == ["works", "since"]
    assert asked_ids({"works": "yes", "since": {"number": 11}}, "architect") == ["works", "since", "long"]


def test_an_answer_given_before_its_question_was_hidden_counts_as_none() -> None:
    assert asked_ids({"works": "no", "since": {"number": 11}}, "architect") == ["works", "never"]


def test_a_role_is_asked_what_is_asked_of_everyone_and_of_it() -> None:
    assert asked_ids({"tests": {"text": "x"}}, "tester") == ["works", "never", "tests", "all"]
    assert asked_ids({"tests": {"text": "x"}}, "architect") == ["works", "never"]


def test_without_a_role_the_questions_of_every_role_are_asked() -> None:
    assert asked_ids({"tests": {"text": "x"}}) == ["works", "never", "tests", "all"]


def test_only_answers_to_what_is_asked_are_kept_with_what_was_said_beside_them() -> None:
    answers = {"works": "na", "works:reason": "No idea.", "since": {"number": 1}, "since:comment": "x", "other": 1}
    kept = only_asked(asked(ASKED, answers, "architect"), answers)
    assert kept == {"works": "na", "works:reason": "No idea."}
