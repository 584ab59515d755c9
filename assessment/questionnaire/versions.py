"""Versions of answers: what tells that somebody else gave another answer meanwhile, and merges what both gave.

Two tabs, or two people in a team's one form, save the same page. A page says with its answers which versions of them
it was made with; an answer that only the other changed stays theirs, one that both changed is a conflict.

A page that saves each answer as it is given does not wait to hear of one before it sends the next. What it sends is
therefore counted, in turns of its tab: nobody is in conflict with what the same tab sent before, and what comes late
does not undo what was sent after it.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from assessment.questionnaire.answers import beside, by_question, fields_beside, question_of, word_of
from assessment.questionnaire.model import AnyQuestion

_LENGTH = 6
_BETWEEN = "."
_LONGEST_TAB = 16
_LONGEST_COUNT = 9  # digits

Answers = Mapping[str, Any]
Words = Mapping[str, str]


class Turn(NamedTuple):
    """That something was sent from a tab, and as the how many-th."""

    tab: str
    number: int


Turns = Mapping[str, Turn]  # from a question's id to the turn that its answer was saved at, where one is known


@dataclass(frozen=True, slots=True)
class Sent:
    """What a page sends: the words of its fields, the answers these make, the versions it had seen, and its turn."""

    words: Words
    answers: Answers
    seen: str
    turn: Turn | None = None


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
    said = by_question(answers)
    return _BETWEEN.join(_version(said.get(question.id)) for question in questions)


def merged(questions: Sequence[AnyQuestion], sent: Sent, saved: Answers, turns: Turns) -> Merged:
    """Merge what a page sent into what is saved, by the versions and the turns of the answers.

    Where the versions are none of these questions', everything sent counts, as it does without any.
    """
    before = sent.seen.split(_BETWEEN)
    if len(before) != len(questions):
        return Merged(dict(sent.words))
    kept = dict(sent.words)
    theirs: list[str] = []
    conflicts: list[str] = []
    here, there = by_question(sent.answers), by_question(saved)
    for question, then in zip(questions, before, strict=True):
        now, mine = _version(there.get(question.id)), _version(here.get(question.id))
        earlier = _earlier(sent.turn, turns.get(question.id))
        if earlier or (earlier is None and now in {then, mine}):
            continue
        for key in _keys(question):
            kept.pop(key, None)
            if key in saved:
                kept[key] = word_of(saved[key])
        theirs.append(question.id)
        if mine != then and earlier is None:
            conflicts.append(question.id)
    return Merged(kept, tuple(theirs), tuple(conflicts))


def turned(  # noqa: PLR0913, PLR0917 - both sides of a save
    questions: Sequence[AnyQuestion], before: Answers, after: Answers, turns: Turns, turn: Turn | None, merged: Merged
) -> dict[str, Turn]:
    """Give the turns after a save: those of the answers that it brought, and the others' as they were.

    A blank has its turn too: an answer that was taken back does not return because it was late.
    """
    brought = [question.id for question in questions if question.id not in merged.theirs]
    if turn is not None:
        return {**turns, **dict.fromkeys(brought, turn)}
    if not turns:
        return {}
    earlier, later = by_question(before), by_question(after)
    changed = {name for name in brought if earlier.get(name) != later.get(name)}
    return {name: known for name, known in turns.items() if name not in changed}


def turn_of(words: str) -> Turn | None:
    """Read a turn as a page sends it, `tab.number`; None for anything else."""
    tab, _, number = words.partition(_BETWEEN)
    if not (tab.isalnum() and number.isdecimal()) or len(tab) > _LONGEST_TAB or len(number) > _LONGEST_COUNT:
        return None
    return Turn(tab, int(number))


def _earlier(mine: Turn | None, other: Turn | None) -> bool | None:
    """Whether the other turn was before mine; None where they are not of the same tab."""
    if mine is None or other is None or mine.tab != other.tab:
        return None
    return other.number < mine.number


def only(questions: Sequence[AnyQuestion], name: str, saved: Answers, words: Words) -> dict[str, str]:
    """Give the words of one question, and of the others what is saved."""
    kept = {key: word for key, word in words.items() if question_of(key) == name}
    others = [key for question in questions if question.id != name for key in _keys(question)]
    return kept | {key: word_of(saved[key]) for key in others if key in saved}


def version_of(question: AnyQuestion, answers: Answers) -> str:
    """Give the version of one question's answer, `""` where there is none."""
    return _version(by_question(answers).get(question.id))


def _version(said: Answers | None) -> str:
    """Give the version of what was said to a question and beside it."""
    held = {key: answer for key, answer in said.items() if answer is not None} if said else None
    if not held:
        return ""
    return hashlib.sha256(json.dumps(held, sort_keys=True).encode()).hexdigest()[:_LENGTH]


def _keys(question: AnyQuestion) -> list[str]:
    return [question.id, *(beside(question.id, name) for name in fields_beside(question))]
