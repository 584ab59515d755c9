"""Answers: what a person gave to a question, and whether the questionnaire allows it.

An answer travels as JSON, one value for each question's id: of a rating a level's value, of a choice an option's id,
`"yes"` or `"no"`, of a multiple a list of options' ids, `{"number": …}`, `{"text": …}`, or `"na"` and `"dk"` where
these are offered. A question without an entry was left blank. What is said beside an answer has a key with a colon,
which no id has: `flow:comment`, `flow:links`, `flow:reason`. In forms and CSV files each of these is one word or text.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import urlsplit

from assessment.questionnaire.asking import BESIDE, DONT_KNOW, NOT_APPLICABLE, WAYS_OUT, Answer, Answers, is_number
from assessment.questionnaire.model import (
    NO,
    YES,
    AnyQuestion,
    Choice,
    FreeText,
    Multiple,
    NumberQuestion,
    Questionnaire,
    Rating,
    Scale,
    YesNo,
)
from assessment.questionnaire.reader import NUMBER
from assessment.wording import figure, to_type
from assessment.wording import gettext as _

T = TypeVar("T")

LONGEST_ANSWER = 4000
LONGEST_LINK = 500
COMMENT, LINKS, REASON = "comment", "links", "reason"
_LARGEST_NUMBER = 1e12
_THOUSANDS = re.compile(r"[-+]?[1-9][0-9]{0,2},[0-9]{3}")  # one thousand in London, one in Berlin
_MOST_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Problem:
    """Why an answer cannot be taken; `beside` says which of the fields beside it, `""` for the answer itself."""

    question: str
    sentence: str
    beside: str = ""

    @property
    def key(self) -> str:
        """The key of the answer, or of what is beside it."""
        return beside(self.question, self.beside) if self.beside else self.question


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read: the answers that fit, and the problems of those that do not."""

    answers: dict[str, Answer]
    problems: tuple[Problem, ...]


class _Unfit(ValueError):  # noqa: N818 - the message is a sentence, not an error's name
    """A word that is no answer; the message is a sentence for the person who gave it."""


def read_answers(
    questions: Sequence[AnyQuestion],
    given: Mapping[str, str],
    questionnaire: Questionnaire,
    *,
    complete: bool = False,
) -> Reading:
    """Read answers as words, from a form or a CSV file: `given` maps a question's id to what was chosen or typed.

    With `complete`, a required question left blank is a problem too, and so is a reason that is asked for.
    """
    answers: dict[str, Answer] = {}
    problems: list[Problem] = []
    said = by_question(given)
    for question in questions:
        if question.id not in said:
            if complete and question.required:
                problems.append(Problem(question.id, _please(question)))
            continue
        try:
            answer = _read(question, given.get(question.id, "").strip(), questionnaire)
        except _Unfit as unfit:
            problems.append(Problem(question.id, str(unfit)))
            continue
        if answer is not None:
            answers[question.id] = answer
        elif complete and question.required:
            problems.append(Problem(question.id, _please(question)))
        for name in fields_beside(question):
            _read_beside(question, name, given, answers, problems)
        if complete and answer == NOT_APPLICABLE and lacks_reason(question, answers):
            problems.append(Problem(question.id, _("Say why it does not apply."), REASON))
    return Reading(answers, tuple(problems))


def unanswered(questions: Sequence[AnyQuestion], answers: Answers) -> list[AnyQuestion]:
    """Give the questions without an answer, in order; *don't know* and *does not apply* are answers."""
    return [question for question in questions if question.id not in answers]


def incomplete(questions: Sequence[AnyQuestion], answers: Answers) -> list[AnyQuestion]:
    """Give the questions for want of which a form cannot be sent: required ones left blank, reasons left out."""
    return [
        question
        for question in questions
        if (question.required and question.id not in answers)
        or (answers.get(question.id) == NOT_APPLICABLE and lacks_reason(question, answers))
    ]


def lacks_reason(question: AnyQuestion, answers: Answers) -> bool:
    """Whether *does not apply* takes a reason here and none was given."""
    return question.not_applicable.reason == "required" and beside(question.id, REASON) not in answers


def fields_beside(question: AnyQuestion) -> Iterator[str]:
    """Give the names of what is asked beside an answer: a reason why it does not apply, links, a comment."""
    if question.not_applicable.reason != "none":
        yield REASON
    if question.evidence and question.evidence.links:
        yield LINKS
    if question.evidence and question.evidence.comment:
        yield COMMENT


def beside(question: str, name: str) -> str:
    """Give the key of what is said beside an answer."""
    return f"{question}{BESIDE}{name}"


def written_texts(answers: Answers) -> Iterator[tuple[str, str]]:
    """Give what people wrote, with the key of each: in answer to a question, and beside an answer."""
    for key, answer in answers.items():
        if isinstance(answer, dict) and "text" in answer:
            yield key, answer["text"]
        elif BESIDE in key:
            yield key, "\n".join(answer) if isinstance(answer, list) else answer


def question_of(key: str) -> str:
    """Give the question that a key is of: itself, or what its answer is said beside."""
    return key.partition(BESIDE)[0]


def by_question(answers: Mapping[str, T]) -> dict[str, dict[str, T]]:
    """Give what was said, to each question that something was said to and beside it."""
    found: dict[str, dict[str, T]] = {}
    for key, answer in answers.items():
        found.setdefault(question_of(key), {})[key] = answer
    return found


def word_of(answer: Answer) -> str:
    """Give an answer as the word a form or CSV file has for it; `""` for none."""
    match answer:
        case None:
            return ""
        case dict():
            return str(answer["text"]) if "text" in answer else repr(_plain(answer["number"]))
        case list():
            return ("\n" if any("/" in one for one in answer) else " ").join(answer)
        case str():
            return answer
    return repr(_plain(answer))


def is_level(answer: Answer) -> bool:
    """Whether an answer is a level of a scale."""
    return is_number(answer)


def _read(question: AnyQuestion, word: str, questionnaire: Questionnaire) -> Answer:  # noqa: PLR0911 - one a type
    if not word:
        return None
    if word == NOT_APPLICABLE and question.not_applicable:
        return NOT_APPLICABLE
    if word == DONT_KNOW and question.dont_know:
        return DONT_KNOW
    match question:
        case Rating():
            return _level(word, questionnaire.scale_of(question))
        case Choice():
            return _one_of(word, [option.id for option in question.options])
        case YesNo():
            return _one_of(word, [YES, NO])
        case Multiple():
            return _several(word, question)
        case NumberQuestion():
            return {"number": _number(word, question)}
        case FreeText():
            return {"text": _text(word)}


def _read_beside(
    question: AnyQuestion, name: str, given: Mapping[str, str], answers: dict[str, Answer], problems: list[Problem]
) -> None:
    """Read one field beside an answer; a reason counts only where the question does not apply."""
    key = beside(question.id, name)
    word = given.get(key, "").strip()
    if not word or (name == REASON and answers.get(question.id) != NOT_APPLICABLE):
        return
    try:
        answers[key] = _links(word, question.evidence.links) if name == LINKS and question.evidence else _text(word)
    except _Unfit as unfit:
        problems.append(Problem(question.id, str(unfit), name))


def _text(word: str) -> str:
    word = word.replace("\r\n", "\n")  # as forms send line ends
    if len(word) > LONGEST_ANSWER:
        raise _Unfit(
            _(
                "This text has %(length)s characters; at most %(most)s can be kept.",
                length=figure(len(word)),
                most=figure(LONGEST_ANSWER),
            )
        )
    if "\x00" in word:
        raise _Unfit(_("This text has a character that cannot be stored; please type it again."))
    return word


def _links(word: str, most: int) -> list[str]:
    links = word.split()
    if len(links) > most:
        raise _Unfit(_("%(number)s links came; at most %(most)s can be kept.", number=len(links), most=most))
    for link in links:
        if not _is_link(link):
            raise _Unfit(_("“%(word)s” is not a link; a link begins with https:// or http://.", word=_short(link)))
    return links


def _is_link(word: str) -> bool:
    try:
        parts = urlsplit(word)
    except ValueError:
        return False
    return (
        parts.scheme in {"http", "https"} and bool(parts.hostname) and word.isprintable() and len(word) < LONGEST_LINK
    )


def _level(word: str, scale: Scale) -> float:
    value = float(word) if NUMBER.fullmatch(word) else None
    if value is not None and value in scale.values:
        return _plain(value)
    levels = ", ".join(to_type(known) for known in scale.values)
    raise _Unfit(_("“%(word)s” is not one of the levels (%(levels)s).", word=_short(word), levels=levels))


def _one_of(word: str, known: Sequence[str]) -> str:
    if word not in known:
        raise _Unfit(_("“%(word)s” is not one of the answers (%(known)s).", word=_short(word), known=_listed(known)))
    return word


def _several(word: str, question: Multiple) -> list[str]:
    known = [option.id for option in question.options]
    chosen = [_one_of(one, known) for one in word.split()]
    chosen = [one for one in known if one in chosen]
    most = question.at_most or len(known)
    if len(chosen) > most:
        raise _Unfit(_("%(number)s answers are chosen; choose at most %(most)s.", number=len(chosen), most=most))
    if len(chosen) < question.at_least:
        raise _Unfit(
            _("Only %(number)s chosen; choose at least %(least)s.", number=len(chosen), least=question.at_least)
        )
    return chosen


def _number(word: str, question: NumberQuestion) -> float:
    if _THOUSANDS.fullmatch(word):
        raise _Unfit(_("“%(word)s” can be read in two ways; write it without the comma.", word=_short(word)))
    plain = word.replace(",", ".") if word.count(",") == 1 and "." not in word else word
    if not NUMBER.fullmatch(plain) or not abs(value := float(plain)) <= _LARGEST_NUMBER:
        raise _Unfit(_("“%(word)s” is not a number; write it in digits, such as 12.", word=_short(word)))
    if question.whole and value != int(value):
        raise _Unfit(_("“%(word)s” is not a whole number.", word=_short(word)))
    if question.minimum is not None and value < question.minimum:
        least = to_type(question.minimum)
        raise _Unfit(_("“%(word)s” is too small; it can be %(least)s at the least.", word=_short(word), least=least))
    if question.maximum is not None and value > question.maximum:
        most = to_type(question.maximum)
        raise _Unfit(_("“%(word)s” is too large; it can be %(most)s at the most.", word=_short(word), most=most))
    return _plain(value)


def _plain(value: float) -> float:
    """Give a whole number as one, so that 3.0 is stored and written as 3."""
    return int(value) if value == int(value) else value


def _short(word: str) -> str:
    return word if len(word) <= _MOST_SHOWN else word[: _MOST_SHOWN - 1] + "…"


def _listed(known: Sequence[str]) -> str:
    most = 12
    return ", ".join([*known[:most], "…"] if len(known) > most else known)


def _please(question: AnyQuestion) -> str:
    ways = _answers_to(question)
    if question.not_applicable:
        ways.append(_("“%(answer)s”", answer=_("Does not apply")))
    if question.dont_know:
        ways.append(_("“%(answer)s”", answer=_("Don’t know")))
    answers = _(" or ").join([", ".join(ways[:-1]), ways[-1]] if len(ways) > 1 else ways)
    if isinstance(question, NumberQuestion | FreeText):
        return _("Write %(answers)s.", answers=answers)
    return _("Choose %(answers)s.", answers=answers)


def _answers_to(question: AnyQuestion) -> list[str]:
    match question:
        case Rating():
            return [_("a level")]
        case Choice() | FreeText():
            return [_("an answer")]
        case YesNo():
            return [_("“%(answer)s”", answer=word) for word in (_("Yes"), _("No"))]
        case Multiple():
            return [_("at least one answer")]
        case NumberQuestion():
            return [_("a number")]


__all__ = [
    "COMMENT",
    "DONT_KNOW",
    "LINKS",
    "LONGEST_ANSWER",
    "NOT_APPLICABLE",
    "REASON",
    "WAYS_OUT",
    "Answer",
    "Answers",
    "Problem",
    "Reading",
    "beside",
    "fields_beside",
    "incomplete",
    "is_level",
    "lacks_reason",
    "read_answers",
    "unanswered",
    "word_of",
    "written_texts",
]
