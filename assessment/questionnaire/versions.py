"""Versions of answers: what tells that somebody else gave another answer meanwhile, and merges what both gave.

Two tabs, or two people in a team's one form, save the same page. A page says with its answers which versions of them
it was made with; an answer that only the other changed stays theirs, one that both changed is a conflict.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assessment.questionnaire.answers import beside, fields_beside, question_of, word_of
from assessment.questionnaire.model import AnyQuestion

_LENGTH = 6
_BETWEEN = "."

Answers = Mapping[str, Any]
Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Merged:
    """The words of a page's answers after both; `theirs` are the questions of which the words are those of the other.

    `conflicts` are those among them that both answered, and differently.
    """

    words: dict[str, str]
    theirs: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()


def versions_of(questions: Sequence[AnyQuestion], answers: Answers) -> str:
    """Give the versions of these questions' answers, in their order, with what was said beside each."""
    return _BETWEEN.join(version_of(question, answers) for question in questions)


def merged(questions: Sequence[AnyQuestion], seen: str, saved: Answers, given: Answers, words: Words) -> Merged:
    """Merge what was given, as answers and as `words`, into what is saved, by the versions the page had seen.

    Where the versions are none of these questions', everything given counts, as it does without any.
    """
    before = seen.split(_BETWEEN)
    if len(before) != len(questions):
        return Merged(dict(words))
    kept = dict(words)
    theirs: list[str] = []
    conflicts: list[str] = []
    for question, then in zip(questions, before, strict=True):
        now, mine = version_of(question, saved), version_of(question, given)
        if now in {then, mine}:
            continue
        for key in _keys(question):
            kept.pop(key, None)
            if key in saved:
                kept[key] = word_of(saved[key])
        theirs.append(question.id)
        if mine != then:
            conflicts.append(question.id)
    return Merged(kept, tuple(theirs), tuple(conflicts))


def only(questions: Sequence[AnyQuestion], name: str, saved: Answers, words: Words) -> dict[str, str]:
    """Give the words of one question, and of the others what is saved."""
    kept = {key: word for key, word in words.items() if question_of(key) == name}
    others = [key for question in questions if question.id != name for key in _keys(question)]
    return kept | {key: word_of(saved[key]) for key in others if key in saved}


def version_of(question: AnyQuestion, answers: Answers) -> str:
    """Give the version of one question's answer, `""` where there is none."""
    held = {key: answers[key] for key in _keys(question) if answers.get(key) is not None}
    if not held:
        return ""
    return hashlib.sha256(json.dumps(held, sort_keys=True).encode()).hexdigest()[:_LENGTH]


def _keys(question: AnyQuestion) -> list[str]:
    return [question.id, *(beside(question.id, name) for name in fields_beside(question))]
