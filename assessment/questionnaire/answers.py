"""Answers: what a person gave to a question, and whether the questionnaire allows it.

An answer travels as JSON, one value for each question's id: a level's value as a number, `"na"`, `"dk"`, or
`{"text": …}`. A question without an entry was left blank. The same three words stand in forms and CSV files.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assessment.questionnaire.model import FreeText, Questionnaire, Rating, Scale
from assessment.questionnaire.reader import NUMBER

NOT_APPLICABLE = "na"
DONT_KNOW = "dk"
LONGEST_ANSWER = 4000

Answer = Any  # one answer as JSON
Answers = Mapping[str, Answer]


@dataclass(frozen=True, slots=True)
class Problem:
    """Why an answer cannot be taken."""

    question: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read: the answers that fit, and the problems of those that do not."""

    answers: dict[str, Answer]
    problems: tuple[Problem, ...]


def read_answers(
    questions: Sequence[Rating | FreeText],
    given: Mapping[str, str],
    questionnaire: Questionnaire,
    *,
    complete: bool = False,
) -> Reading:
    """Read answers as words, from a form or a CSV file: `given` maps a question's id to what was chosen or typed.

    With `complete`, a required question left blank is a problem too.
    """
    answers: dict[str, Answer] = {}
    problems: list[Problem] = []
    for question in questions:
        word = given.get(question.id, "").strip()
        try:
            answer = _read(question, word, questionnaire)
        except ValueError as error:
            problems.append(Problem(question.id, str(error)))
            continue
        if answer is not None:
            answers[question.id] = answer
        elif complete and question.required:
            problems.append(Problem(question.id, _please(question)))
    return Reading(answers, tuple(problems))


def unanswered(questions: Sequence[Rating | FreeText], answers: Answers) -> list[Rating | FreeText]:
    """Give the questions without an answer, in order; *don't know* and *does not apply* are answers."""
    return [question for question in questions if question.id not in answers]


def word_of(answer: Answer) -> str:
    """Give an answer as the word a form or CSV file has for it; `""` for none."""
    if answer is None:
        return ""
    if isinstance(answer, dict):
        return str(answer.get("text", ""))
    return answer if isinstance(answer, str) else repr(_plain(answer))


def is_level(answer: Answer) -> bool:
    """Whether an answer is a level, the only kind that is scored."""
    return isinstance(answer, int | float) and not isinstance(answer, bool)


def _read(question: Rating | FreeText, word: str, questionnaire: Questionnaire) -> Answer:
    if not word:
        return None
    if isinstance(question, FreeText):
        return _text(word)
    if word == NOT_APPLICABLE and question.not_applicable:
        return NOT_APPLICABLE
    if word == DONT_KNOW and question.dont_know:
        return DONT_KNOW
    return _level(word, questionnaire.scale_of(question))


def _text(word: str) -> dict[str, str]:
    word = word.replace("\r\n", "\n")  # as forms send line ends
    if len(word) > LONGEST_ANSWER:
        raise ValueError(f"This text has {len(word):,} characters; at most {LONGEST_ANSWER:,} can be kept.")
    if "\x00" in word:
        raise ValueError("This text has a character that cannot be stored; please type it again.")
    return {"text": word}


def _level(word: str, scale: Scale) -> float:
    value = float(word) if NUMBER.fullmatch(word) else None
    for known in scale.values:
        if known == value:
            return _plain(known)
    shown = word if len(word) <= 20 else word[:19] + "…"  # noqa: PLR2004 - enough to recognise it
    levels = ", ".join(f"{known:g}" for known in scale.values)
    raise ValueError(f"“{shown}” is not one of the levels ({levels}).")


def _plain(value: float) -> float:
    """Give a whole number as one, so that 3.0 is stored and written as 3."""
    return int(value) if value == int(value) else value


def _please(question: Rating | FreeText) -> str:
    if isinstance(question, FreeText):
        return "Write an answer."
    ways = ["a level"]
    if question.not_applicable:
        ways.append("“Does not apply”")
    if question.dont_know:
        ways.append("“Don’t know”")
    return f"Choose {' or '.join([', '.join(ways[:-1]), ways[-1]] if len(ways) > 1 else ways)}."
