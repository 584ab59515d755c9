"""The answers as they are shown before they are sent: in words, with what was said beside them."""

from dataclasses import dataclass

from assessment.questionnaire.answers import (
    COMMENT,
    LINKS,
    REASON,
    WAYS_OUT,
    Answer,
    beside,
    incomplete,
    word_of,
)
from assessment.questionnaire.model import (
    AnyQuestion,
    Choice,
    FreeText,
    Multiple,
    NumberQuestion,
    Questionnaire,
    Rating,
    Text,
    YesNo,
)
from assessment.services.answering import Form
from assessment.web.respond.wording import Wording
from assessment.wording import gettext as _


@dataclass(frozen=True, slots=True)
class Line:
    """One answer, or a blank; `missing` where the form cannot be sent without it, or without a reason.

    An answer is a `word` of the pages (`yes`, `no`, `na`, `dk`), or `labels` of the questionnaire, or was `typed`.
    """

    question: AnyQuestion
    part: int
    missing: bool
    word: str = ""
    labels: tuple[Text, ...] = ()
    typed: str = ""
    unit: Text | None = None
    reason: str = ""
    links: tuple[str, ...] = ()
    comment: str = ""

    @property
    def answered(self) -> bool:
        """Whether there is an answer."""
        return bool(self.word or self.labels or self.typed)


@dataclass(frozen=True, slots=True)
class PartLines:
    """The lines of one part."""

    title: Text
    lines: tuple[Line, ...]


def all_lines(form: Form) -> list[PartLines]:
    """Give the answers of every part that asks something, in order."""
    missing = {question.id for question in incomplete(form.asked, form.answers)}
    found = [
        PartLines(
            dimension.title,
            tuple(_line(form, question, number, question.id in missing) for question in form.asked_on(number)),
        )
        for number, dimension in enumerate(form.questionnaire.dimensions, 1)
    ]
    return [part for part in found if part.lines]


def _line(form: Form, question: AnyQuestion, number: int, missing: bool) -> Line:  # noqa: FBT001 - said by one caller
    answers = form.answers
    answer = answers.get(question.id)
    word, labels, typed = _in_words(question, answer, form.questionnaire)
    return Line(
        question=question,
        part=number,
        missing=missing,
        word=word,
        labels=labels,
        typed=typed,
        unit=question.unit if isinstance(question, NumberQuestion) else None,
        reason=answers.get(beside(question.id, REASON), ""),
        links=tuple(answers.get(beside(question.id, LINKS), ())),
        comment=answers.get(beside(question.id, COMMENT), ""),
    )


def _in_words(question: AnyQuestion, answer: Answer, questionnaire: Questionnaire) -> tuple[str, tuple[Text, ...], str]:
    """Give an answer as a word of the pages, labels of the questionnaire, or what was typed: at most one of them."""
    if answer is None or (isinstance(answer, str) and answer in WAYS_OUT):
        return answer or "", (), ""
    match question:
        case Rating():
            levels = questionnaire.scale_of(question).levels
            return "", tuple(level.label for level in levels if level.value == answer), ""
        case Choice():
            return "", tuple(option.label for option in question.options if option.id == answer), ""
        case Multiple():
            return "", tuple(option.label for option in question.options if option.id in answer), ""
        case YesNo():
            return answer, (), ""
        case NumberQuestion() | FreeText():
            return "", (), word_of(answer)


def said(question: AnyQuestion, answer: Answer, form: Form, wording: Wording) -> str:
    """Give an answer as a sentence may name it: its labels, its words, or that there is none."""
    word, labels, typed = _in_words(question, answer, form.questionnaire)
    if labels:
        return ", ".join(wording.says(label) for label in labels)
    words = {"": _("no answer"), "na": _("Does not apply"), "dk": _("Don’t know"), "yes": _("Yes"), "no": _("No")}
    return typed or words[word]
