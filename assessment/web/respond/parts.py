"""The parts of a form: one page for each competency, or one for all, with the questions as they stand on it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assessment.questionnaire.answers import LONGEST_ANSWER, word_of
from assessment.questionnaire.model import (
    NO,
    YES,
    AnyQuestion,
    Choice,
    Dimension,
    FreeText,
    Multiple,
    NumberQuestion,
    Questionnaire,
    Rating,
    Text,
    YesNo,
    comparisons,
)
from assessment.reports.form import abreast
from assessment.services.answering import WHOLE
from assessment.web.respond.fields import field_name

MOST_ON_ONE_PAGE = 120  # questions; a page of them is some 30 KB on its way


@dataclass(frozen=True, slots=True)
class Offered:
    """An answer as it is offered: the word a form sends for it, its label, what one would see.

    Yes and no have no label: these are words of the page, not of the questionnaire.
    """

    word: str
    label: Text | None
    anchor: Text | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it stands on a page; `offered` is what can be chosen, `show_if` its condition as JSON.

    Its `number` runs through the whole questionnaire, as on paper: it stays when other questions come and go. `least`
    and `most` are the limits of a number, as words; `""` where there is none. `stacked` are levels that are too long,
    in this language, to stand side by side.
    """

    number: int
    question: AnyQuestion
    offered: tuple[Offered, ...]
    show_if: str = ""
    least: str = ""
    most: str = ""
    longest: int = LONGEST_ANSWER
    stacked: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """The questions that one dimension holds; `titles` lead to it from below its part.

    `opens` is the competency that begins here, on the page that has all of them.
    """

    titles: tuple[Text, ...]
    help: Text | None
    asked: tuple[Asked, ...]
    opens: Dimension | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """One page of the form; its number is `WHOLE` where all is on one."""

    number: int
    of: int
    title: Text
    help: Text | None
    groups: tuple[Group, ...]

    @property
    def questions(self) -> list[AnyQuestion]:
        """Every question of the page, in order."""
        return [asked.question for group in self.groups for asked in group.asked]

    @property
    def is_whole(self) -> bool:
        """Whether all questions are on this page."""
        return self.number == WHOLE

    @property
    def required(self) -> int:
        """How many of them need an answer."""
        return sum(question.required for question in self.questions)

    @property
    def ways_out(self) -> bool:
        """Whether a question that needs an answer may be answered with `Does not apply` and `Don't know`."""
        return any(question.required and question.not_applicable and question.dont_know for question in self.questions)


def part(questionnaire: Questionnaire, number: int, language: str) -> Part:
    """Give a page of the form in a language, counted from 1, or the `WHOLE`."""
    of = len(questionnaire.dimensions)
    if number == WHOLE:
        groups = [group for top in questionnaire.dimensions for group in _opened(top, questionnaire, language)]
        return Part(number, of, questionnaire.title, None, tuple(groups))
    top = questionnaire.dimensions[number - 1]
    return Part(number, of, top.title, top.help, tuple(_groups(top, questionnaire, language)))


def has_whole(questionnaire: Questionnaire) -> bool:
    """Whether all questions can be had on one page: where there are several, and not so many that it gets heavy."""
    return len(questionnaire.dimensions) > 1 and len(questionnaire.questions) <= MOST_ON_ONE_PAGE


def numbers(questionnaire: Questionnaire) -> dict[str, int]:
    """Give the number of every question: the same for everybody, on every page and on paper."""
    return {question.id: number for number, question in enumerate(questionnaire.questions, 1)}


def part_of(questionnaire: Questionnaire, question_id: str) -> int:
    """Give the number of the part a question stands in."""
    return next(
        number
        for number, questions in enumerate(questionnaire.by_competency, 1)
        if any(question.id == question_id for question in questions)
    )


def asked_about(questions: Sequence[AnyQuestion]) -> set[str]:
    """Give the questions of earlier parts on whose answers it depends which of these, a page's, are asked."""
    compared = {one.question for question in questions if question.show_if for one in comparisons(question.show_if)}
    return compared - {question.id for question in questions}


def first_control(question: AnyQuestion, questionnaire: Questionnaire, beside: str = "") -> str:
    """Give the id of the first control of a question, or of a field beside it: where a link to what is wrong leads."""
    if beside:
        return f"b-{question.id}:{beside}"
    offered = _offered(question, questionnaire)
    name = field_name(question.id)
    return f"{name}:{offered[0].word}" if offered else name


def _groups(top: Dimension, questionnaire: Questionnaire, language: str) -> list[Group]:
    count = numbers(questionnaire)
    return [
        Group(
            titles,
            node.help if titles else None,
            tuple(_asked(question, count[question.id], questionnaire, language) for question in node.questions),
        )
        for titles, node in _leaves(top, ())
    ]


def _opened(top: Dimension, questionnaire: Questionnaire, language: str) -> list[Group]:
    """Give a competency's groups, the first of which says that it begins."""
    groups = _groups(top, questionnaire, language)
    return [replace(group, opens=None if place else top) for place, group in enumerate(groups)]


def _leaves(node: Dimension, titles: tuple[Text, ...]) -> Iterator[tuple[tuple[Text, ...], Dimension]]:
    """Give the nodes that hold questions, with the titles that lead to them from below the top."""
    if node.questions:
        yield titles, node
    for below in node.dimensions:
        yield from _leaves(below, (*titles, below.title))


def _asked(question: AnyQuestion, number: int, questionnaire: Questionnaire, language: str) -> Asked:
    offered = _offered(question, questionnaire)
    return Asked(
        number,
        question,
        offered,
        question.show_if.model_dump_json() if question.show_if else "",
        *(_limits(question) if isinstance(question, NumberQuestion) else ("", "")),
        stacked=isinstance(question, Rating) and not _fit_abreast(offered, questionnaire, language),
    )


def _fit_abreast(levels: Sequence[Offered], questionnaire: Questionnaire, language: str) -> bool:
    labels = [questionnaire.says(level.label, language) for level in levels if level.label]
    return abreast(labels, [questionnaire.says(level.anchor, language) for level in levels if level.anchor])


def _offered(question: AnyQuestion, questionnaire: Questionnaire) -> tuple[Offered, ...]:
    match question:
        case Rating():
            levels = questionnaire.scale_of(question).levels
            return tuple(
                Offered(word_of(level.value), level.label, question.anchors.get(level.value)) for level in levels
            )
        case Choice() | Multiple():
            return tuple(Offered(option.id, option.label) for option in question.options)
        case YesNo():
            return Offered(YES, None), Offered(NO, None)
        case NumberQuestion() | FreeText():
            return ()


def _limits(question: NumberQuestion) -> tuple[str, str]:
    return word_of(question.minimum), word_of(question.maximum)
