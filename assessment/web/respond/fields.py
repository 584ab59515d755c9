"""What a form sends: names with a prefix, read for the questions of one page and no others.

A question's id is never a field's name by itself: one named like a part of the form, `go` or `csrf_token`, would
otherwise take its place.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from assessment.questionnaire.answers import Problem
from assessment.questionnaire.model import FreeText, Rating

PREFIX = "a-"
MOST_CARRIED = 250
LONGEST_CARRIED = 20_000

_NAME = re.compile(r"a-[A-Za-z0-9][A-Za-z0-9.-]{0,79}")


@dataclass(frozen=True, slots=True)
class Typed:
    """What came for a page's questions, by question; what came more than once is a problem and has no word."""

    words: dict[str, str]
    problems: tuple[Problem, ...]


def field_name(question_id: str) -> str:
    """Give the name of a question's field."""
    return PREFIX + question_id


def typed(form: MultiDict[str, str], questions: Sequence[Rating | FreeText]) -> Typed:
    """Read what came for these questions."""
    words: dict[str, str] = {}
    problems: list[Problem] = []
    for question in questions:
        given = form.getlist(field_name(question.id))
        if len(given) > 1:
            problems.append(Problem(question.id, f"{len(given)} answers came for this question; give one."))
        elif given:
            words[question.id] = _as_typed(given[0])
    return Typed(words, tuple(problems))


def carried(form: MultiDict[str, str]) -> list[tuple[str, str]]:
    """Give the answers among the fields, whatever questionnaire they belong to, to be sent along once more."""
    answers = [(name, _as_typed(value)) for name, value in form.items(multi=True) if _NAME.fullmatch(name) and value]
    return [(name, value[:LONGEST_CARRIED]) for name, value in answers[:MOST_CARRIED]]


def _as_typed(value: str) -> str:
    """Give the line breaks as they were typed; HTML sends each as two characters."""
    return value.replace("\r\n", "\n")
