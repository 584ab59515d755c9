"""What a form sends: names with a prefix, read for the questions of one page and no others.

A question's id is never a field's name by itself: one named like a part of the form, `go` or `csrf_token`, would
otherwise take its place. After a colon, which no id has, comes what is beside an answer: `a-flow:comment`. Where an
answer is not a single choice, *does not apply* and *don't know* have a field of their own: `a-flow:way`.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from assessment.questionnaire.answers import (
    DONT_KNOW,
    NOT_APPLICABLE,
    WAYS_OUT,
    Answers,
    Problem,
    beside,
    by_question,
    fields_beside,
    word_of,
)
from assessment.questionnaire.model import AnyQuestion, FreeText, Multiple, NumberQuestion
from assessment.wording import gettext as _

PREFIX = "a-"
WAY = "way"
MOST_CARRIED = 1_000
LONGEST_CARRIED = 20_000

_NO_SINGLE_CHOICE = (Multiple, NumberQuestion, FreeText)
_NAME = re.compile(r"a-[A-Za-z0-9][A-Za-z0-9.-]{0,79}(:[a-z]{1,10})?")


@dataclass(frozen=True, slots=True)
class Typed:
    """What came for a page's questions: the words of every field, to be shown again, and those that can be read.

    Both are by the field's name without its prefix. What contradicts itself is a problem, and cannot be read.
    """

    words: dict[str, str]
    given: dict[str, str]
    problems: tuple[Problem, ...]


def field_name(key: str) -> str:
    """Give the name of the field of an answer, or of what is beside it."""
    return PREFIX + key


def has_way_field(question: AnyQuestion) -> bool:
    """Whether the ways out of a question have a field of their own, because it is no single choice."""
    return isinstance(question, _NO_SINGLE_CHOICE)


def ways_out(question: AnyQuestion) -> list[str]:
    """Give the words of the ways out that a question offers."""
    offered = {NOT_APPLICABLE: bool(question.not_applicable), DONT_KNOW: question.dont_know}
    return [word for word, is_offered in offered.items() if is_offered]


def typed(form: MultiDict[str, str], questions: Sequence[AnyQuestion]) -> Typed:
    """Read what came for these questions, and look at nothing else: somebody may send fields by the ten thousand."""
    words: dict[str, str] = {}
    given: dict[str, str] = {}
    problems: list[Problem] = []
    for question in questions:
        came = {key: form.getlist(field_name(key)) for key in _keys(question)}
        alone = [key for key, values in came.items() if values] == [question.id]
        if alone and len(came[question.id]) == 1:
            words[question.id] = given[question.id] = _as_typed(came[question.id][0])
            continue
        words |= {key: _joined(question, key, values) for key, values in came.items() if values}
        faults = list(_contradictions(question, came))
        problems += faults
        given |= _given(question, words, {fault.key for fault in faults})
    return Typed(words, given, tuple(problems))


def words_of(questions: Sequence[AnyQuestion], answers: Answers) -> dict[str, str]:
    """Give what was saved as the words of the fields it came from."""
    words: dict[str, str] = {}
    said = by_question(answers)
    for question in questions:
        words |= {key: word_of(answer) for key, answer in said.get(question.id, {}).items()}
        if has_way_field(question) and _is_way(answers.get(question.id)):
            words[beside(question.id, WAY)] = words.pop(question.id)
    return words


def carried(form: MultiDict[str, str]) -> list[tuple[str, str]]:
    """Give the answers among the fields, whatever questionnaire they belong to, to be sent along once more."""
    answers = [(name, _as_typed(value)) for name, value in form.items(multi=True) if _NAME.fullmatch(name) and value]
    return [(name, value[:LONGEST_CARRIED]) for name, value in answers[:MOST_CARRIED]]


def _keys(question: AnyQuestion) -> list[str]:
    ways = [WAY] if has_way_field(question) and ways_out(question) else []
    return [question.id, *(beside(question.id, name) for name in (*ways, *fields_beside(question)))]


def _joined(question: AnyQuestion, key: str, values: Sequence[str]) -> str:
    """Give a field's words: of boxes all that were ticked, of any other the first that came."""
    boxes = key == beside(question.id, WAY) or (key == question.id and isinstance(question, Multiple))
    return " ".join(values) if boxes else _as_typed(values[0])


def _contradictions(question: AnyQuestion, came: Mapping[str, Sequence[str]]) -> list[Problem]:
    found: list[Problem] = []
    ways = came.get(beside(question.id, WAY), ())
    answers = [] if isinstance(question, Multiple) else came[question.id]
    if len(answers) > 1 or len(ways) > 1:
        number = max(len(answers), len(ways))
        found.append(Problem(question.id, _("%(number)s answers came for this question; give one.", number=number)))
    elif ways and ways[0] not in ways_out(question):
        found.append(Problem(question.id, _("This is none of the answers that are offered.")))
    elif ways and any(value.strip() for value in came[question.id]):
        both = _("There is an answer here, and that there is none; keep one of the two.")
        found.append(Problem(question.id, both))
    numbers = {name: len(came[beside(question.id, name)]) for name in fields_beside(question)}
    return found + [
        Problem(question.id, _("%(number)s texts came for this field; give one.", number=number), name)
        for name, number in numbers.items()
        if number > 1
    ]


def _given(question: AnyQuestion, words: Mapping[str, str], faulty: set[str]) -> dict[str, str]:
    """Give what can be read of a question's words: a way out stands for the answer."""
    given = {key: words[key] for key in _keys(question) if key in words and key not in faulty}
    way = given.pop(beside(question.id, WAY), "")
    return given | {question.id: way} if way and question.id not in faulty else given


def _is_way(answer: object) -> bool:
    return isinstance(answer, str) and answer in WAYS_OUT


def _as_typed(value: str) -> str:
    """Give the line breaks as they were typed; HTML sends each as two characters."""
    return value.replace("\r\n", "\n")
