"""What the rules look at: the parts of a questionnaire, each with its path in the file.

Everything here works on any questionnaire that the model accepts, whatever names in it lead nowhere.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from assessment.questionnaire.model import (
    AllOf,
    AnyOf,
    AnyQuestion,
    Choice,
    Comparison,
    Dimension,
    Multiple,
    NumberQuestion,
    Questionnaire,
    Rating,
    Scale,
    Scored,
    Text,
    YesNo,
)
from assessment.questionnaire.reader import Path

_MOST_LISTED = 8


@dataclass(frozen=True, slots=True)
class Remark:
    """A rule's sentence about one place; `about` is the id it can be silenced by.

    The place is that of the path's value, or with `of_key` that of its key.
    """

    path: Path
    sentence: str
    about: str = ""
    of_key: bool = False


Rule = Callable[[Questionnaire], Iterator[Remark]]


def dimensions(questionnaire: Questionnaire) -> Iterator[tuple[Path, Dimension]]:
    """Give every dimension with its path, parents first."""
    for index, node in enumerate(questionnaire.dimensions):
        yield from _below(("dimensions", index), node)


def questions(questionnaire: Questionnaire) -> Iterator[tuple[Path, AnyQuestion]]:
    """Give every question with its path, in the order in which they are asked."""
    for path, node in dimensions(questionnaire):
        for index, question in enumerate(node.questions):
            yield (*path, "questions", index), question


def ratings(questionnaire: Questionnaire) -> Iterator[tuple[Path, Rating]]:
    """Give every rated question with its path."""
    for path, question in questions(questionnaire):
        if isinstance(question, Rating):
            yield path, question


def scale_if_known(question: Rating, questionnaire: Questionnaire) -> Scale | None:
    """Give the scale a question is rated on; None where the file has none of that name."""
    return questionnaire.scales.get(question.scale) if isinstance(question.scale, str) else question.scale


def scales(questionnaire: Questionnaire) -> Iterator[tuple[Path, Scale, str]]:
    """Give every scale, shared or a question's own, with its path and the id of what it belongs to."""
    for name, scale in questionnaire.scales.items():
        yield ("scales", name), scale, name
    for path, question in ratings(questionnaire):
        if isinstance(question.scale, Scale):
            yield (*path, "scale"), question.scale, question.id


def scores_of(question: Scored, questionnaire: Questionnaire) -> list[float]:
    """Give what a scored question's answers can count, in the file's order; nothing where its scale is not known."""
    match question:
        case Rating():
            scale = scale_if_known(question, questionnaire)
            return list(scale.values) if scale else []
        case Choice():
            return [option.score for option in question.options if option.score is not None]
        case YesNo():
            return [question.scores.yes, question.scores.no] if question.scores else []


def conditions(questionnaire: Questionnaire) -> Iterator[tuple[Path, AnyQuestion, Comparison]]:
    """Give every comparison with its path and the question that it decides about."""
    for path, question in questions(questionnaire):
        if question.show_if is not None:
            for below, comparison in _comparisons((*path, "show-if"), question.show_if):
                yield below, question, comparison


def texts(questionnaire: Questionnaire) -> Iterator[tuple[Path, Text, str]]:
    """Give every text that may be shown, with its path and the id of what it belongs to."""
    yield ("title",), questionnaire.title, questionnaire.id
    if questionnaire.introduction:
        yield ("introduction",), questionnaire.introduction, questionnaire.id
    for index, role in enumerate(questionnaire.roles):
        if role.label:
            yield ("roles", index, "label"), role.label, role.id
    for name, scale in questionnaire.scales.items():
        yield from _levels(("scales", name), scale, name)
    for index, band in enumerate(questionnaire.scoring.bands):
        yield ("scoring", "bands", index, "label"), band.label, questionnaire.id
    for path, node in dimensions(questionnaire):
        yield (*path, "title"), node.title, node.id
        if node.help:
            yield (*path, "help"), node.help, node.id
        for index, question in enumerate(node.questions):
            yield from _of_question((*path, "questions", index), question)
    for index, stage in enumerate(questionnaire.stages):
        yield ("stages", index, "label"), stage.label, stage.id


def listed(names: Iterable[str]) -> str:
    """Give names in backticks; of very many, the first ones."""
    known = [f"`{name}`" for name in islice(names, _MOST_LISTED + 1)]
    return ", ".join([*known[:_MOST_LISTED], "…"] if len(known) > _MOST_LISTED else known)


def there_is(names: Iterable[str]) -> str:
    """Say which names there are, as the end of a sentence that one is not."""
    known = listed(names)
    return f"there is {known}" if known else "there is none"


def figure(number: float) -> str:
    """Give a number as a sentence has it: `3`, `0.5`."""
    return f"{number:.12g}"


def _below(path: Path, node: Dimension) -> Iterator[tuple[Path, Dimension]]:
    yield path, node
    for index, below in enumerate(node.dimensions):
        yield from _below((*path, "dimensions", index), below)


def _comparisons(path: Path, condition: Comparison | AllOf | AnyOf) -> Iterator[tuple[Path, Comparison]]:
    if isinstance(condition, Comparison):
        yield path, condition
        return
    kind, parts = ("all", condition.all) if isinstance(condition, AllOf) else ("any", condition.any)
    for index, part in enumerate(parts):
        yield from _comparisons((*path, kind, index), part)


def _levels(path: Path, scale: Scale, about: str) -> Iterator[tuple[Path, Text, str]]:
    for index, level in enumerate(scale.levels):
        yield (*path, "levels", index, "label"), level.label, about


def _of_question(path: Path, question: AnyQuestion) -> Iterator[tuple[Path, Text, str]]:
    yield (*path, "text"), question.text, question.id
    if question.help:
        yield (*path, "help"), question.help, question.id
    match question:
        case Rating():
            if isinstance(question.scale, Scale):
                yield from _levels((*path, "scale"), question.scale, question.id)
            for value, anchor in question.anchors.items():
                yield (*path, "anchors", value), anchor, question.id
        case Choice() | Multiple():
            for index, option in enumerate(question.options):
                yield (*path, "options", index, "label"), option.label, question.id
        case NumberQuestion(unit=Text() as unit):
            yield (*path, "unit"), unit, question.id
