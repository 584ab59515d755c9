"""The parts of a form: one page for each competency, and how far somebody has come with each."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import ceil

from assessment.questionnaire.answers import (
    DONT_KNOW,
    LONGEST_ANSWER,
    NOT_APPLICABLE,
    Answer,
    Answers,
    is_level,
    unanswered,
    word_of,
)
from assessment.questionnaire.model import Dimension, FreeText, Questionnaire, Rating, Scale, Text

SECONDS_FOR_A_LEVEL = 14
SECONDS_FOR_A_TEXT = 60

COMPLETE = "complete"
STARTED = "started"
EMPTY = "empty"

_WAYS_OUT: Mapping[str, str] = {NOT_APPLICABLE: "Does not apply", DONT_KNOW: "Don’t know"}


@dataclass(frozen=True, slots=True)
class Choice:
    """A level as it is offered: the word a form sends for it, its label, what one would see."""

    word: str
    label: Text
    anchor: Text | None


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it stands on a page; `scale` is set where it is rated."""

    number: int
    question: Rating | FreeText
    scale: Scale | None
    levels: tuple[Choice, ...]
    longest: int = LONGEST_ANSWER


@dataclass(frozen=True, slots=True)
class Group:
    """The questions that one dimension holds; `titles` lead to it from below the part."""

    titles: tuple[Text, ...]
    help: Text | None
    asked: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One page of the form."""

    number: int
    of: int
    title: Text
    help: Text | None
    groups: tuple[Group, ...]

    @property
    def questions(self) -> list[Rating | FreeText]:
        """Every question of the page, in order."""
        return [asked.question for group in self.groups for asked in group.asked]

    @property
    def asked(self) -> int:
        """How many questions there are."""
        return len(self.questions)

    @property
    def required(self) -> int:
        """How many of them need an answer."""
        return sum(question.required for question in self.questions)

    @property
    def ways_out(self) -> bool:
        """Whether a question that needs an answer may be answered with `Does not apply` and `Don't know`."""
        return any(
            isinstance(question, Rating) and question.required and question.not_applicable and question.dont_know
            for question in self.questions
        )


@dataclass(frozen=True, slots=True)
class Standing:
    """How far somebody has come with a part."""

    number: int
    title: Text
    asked: int
    answered: int
    state: str


@dataclass(frozen=True, slots=True)
class Line:
    """One answer as it is shown before sending; `missing` where the form cannot be sent without it."""

    question: Rating | FreeText
    part: int
    answer: str | Text
    missing: bool

    @property
    def own_words(self) -> bool:
        """Whether the answer was typed."""
        return isinstance(self.question, FreeText)


def part(questionnaire: Questionnaire, number: int) -> Part:
    """Give a page of the form, counted from 1."""
    top = questionnaire.dimensions[number - 1]
    groups: list[Group] = []
    count = 0
    for titles, node in _leaves(top, ()):
        asked = tuple(
            _asked(question, count + place, questionnaire) for place, question in enumerate(node.questions, 1)
        )
        groups.append(Group(titles, node.help if titles else None, asked))
        count += len(asked)
    return Part(number, len(questionnaire.dimensions), top.title, top.help, tuple(groups))


def standing(questionnaire: Questionnaire, answers: Answers) -> list[Standing]:
    """Give how far somebody has come with each part."""
    return [_standing(number, dimension, answers) for number, dimension in enumerate(questionnaire.dimensions, 1)]


def next_part(standings: list[Standing]) -> int | None:
    """Give the first part that is not complete; None where all are."""
    return next((part.number for part in standings if part.state != COMPLETE), None)


def minutes_left(questionnaire: Questionnaire, answers: Answers) -> int:
    """Give about how many minutes the open questions take."""
    still = unanswered(questionnaire.questions, answers)
    seconds = sum(SECONDS_FOR_A_TEXT if isinstance(one, FreeText) else SECONDS_FOR_A_LEVEL for one in still)
    return ceil(seconds / 60)


def all_lines(questionnaire: Questionnaire, answers: Answers) -> list[tuple[Dimension, list[Line]]]:
    """Give every part's answers as they are shown before sending."""
    return [
        (dimension, [_line(question, number, answers, questionnaire) for question in dimension.all_questions()])
        for number, dimension in enumerate(questionnaire.dimensions, 1)
    ]


def part_of(questionnaire: Questionnaire, question_id: str) -> int:
    """Give the number of the part a question stands in."""
    return next(
        number
        for number, dimension in enumerate(questionnaire.dimensions, 1)
        if any(question.id == question_id for question in dimension.all_questions())
    )


def first_control(question: Rating | FreeText, questionnaire: Questionnaire) -> str:
    """Give the id of the first control of a question: where a link to what is wrong leads."""
    name = f"a-{question.id}"
    if isinstance(question, FreeText):
        return name
    return f"{name}:{word_of(questionnaire.scale_of(question).levels[0].value)}"


def _leaves(node: Dimension, titles: tuple[Text, ...]) -> Iterator[tuple[tuple[Text, ...], Dimension]]:
    """Give the nodes that hold questions, with the titles that lead to them from below the top."""
    if node.questions:
        yield titles, node
    for below in node.dimensions:
        yield from _leaves(below, (*titles, below.title))


def _asked(question: Rating | FreeText, number: int, questionnaire: Questionnaire) -> Asked:
    if isinstance(question, FreeText):
        return Asked(number, question, None, ())
    scale = questionnaire.scale_of(question)
    choices = tuple(
        Choice(word_of(level.value), level.label, question.anchors.get(level.value)) for level in scale.levels
    )
    return Asked(number, question, scale, choices)


def _standing(number: int, dimension: Dimension, answers: Answers) -> Standing:
    questions = list(dimension.all_questions())
    still = unanswered(questions, answers)
    answered = len(questions) - len(still)
    begun = STARTED if any(question.required for question in still) else COMPLETE
    state = begun if answered else EMPTY
    return Standing(number, dimension.title, len(questions), answered, state)


def _line(question: Rating | FreeText, number: int, answers: Answers, questionnaire: Questionnaire) -> Line:
    return Line(
        question=question,
        part=number,
        answer=_shown(question, answers.get(question.id), questionnaire),
        missing=question.required and question.id not in answers,
    )


def _shown(question: Rating | FreeText, answer: Answer, questionnaire: Questionnaire) -> str | Text:
    """Give an answer in words: a level's label, a way out, one's own words; `""` for a blank."""
    if isinstance(question, FreeText) or not is_level(answer):
        word = word_of(answer)
        return word if isinstance(question, FreeText) else _WAYS_OUT.get(word, word)
    return next(level.label for level in questionnaire.scale_of(question).levels if level.value == answer)
