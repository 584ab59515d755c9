"""Conditions in words: who reads a form on paper decides alone whether a question is for them."""

from collections import Counter
from collections.abc import Callable, Mapping

from assessment.questionnaire.asking import DONT_KNOW, NOT_APPLICABLE
from assessment.questionnaire.model import (
    ANSWERED,
    NO,
    YES,
    AllOf,
    AnyOf,
    AnyQuestion,
    Choice,
    Comparison,
    Multiple,
    NumberQuestion,
    Questionnaire,
    Rating,
    Text,
)
from assessment.wording import figure
from assessment.wording import gettext as _

Says = Callable[[Text], str]

_FIXED: Mapping[object, Callable[[], str]] = {
    NOT_APPLICABLE: lambda: _("Does not apply"),
    DONT_KNOW: lambda: _("Don’t know"),
    YES: lambda: _("Yes"),
    NO: lambda: _("No"),
}


def in_words(
    condition: Comparison | AllOf | AnyOf, questionnaire: Questionnaire, numbers: Mapping[str, int], says: Says
) -> str:
    """Give a condition as the rest of a sentence that begins with "Only if"; `numbers` are those of the questions."""
    if isinstance(condition, Comparison):
        return _compared(condition, questionnaire, numbers, says)
    joint, parts = _joined(condition)
    written = [in_words(part, questionnaire, numbers, says) for part in parts]
    nested = [not isinstance(part, Comparison) and len(parts) > 1 for part in parts]
    return joint.join(f"({words})" if inside else words for words, inside in zip(written, nested, strict=True))


def as_list(
    condition: Comparison | AllOf | AnyOf, questionnaire: Questionnaire, numbers: Mapping[str, int], says: Says
) -> tuple[str, ...]:
    """Give a condition within which others are joined as the lines of a list, each ending in what joins it to the next.

    Nothing for one that reads well as a sentence.
    """
    if isinstance(condition, Comparison):
        return ()
    joint, parts = _joined(condition)
    if len(parts) == 1:
        return as_list(parts[0], questionnaire, numbers, says)
    if all(isinstance(part, Comparison) for part in parts):
        return ()
    *lines, last = (in_words(part, questionnaire, numbers, says) for part in parts)
    return (*(f"{line}{joint.rstrip()}" for line in lines), f"{last}.")


def answer_in_words(question: AnyQuestion, answer: object, questionnaire: Questionnaire, says: Says) -> str:
    """Give one answer as people call it: a quoted label or `Yes`, a number with its unit."""
    labels: dict[object, str] = {}
    match question:
        case Rating():
            labels = {level.value: says(level.label) for level in questionnaire.scale_of(question).levels}
        case Choice() | Multiple():
            labels = _cut({option.id: says(option.label) for option in question.options})
        case NumberQuestion() if isinstance(answer, int | float):
            return f"{figure(answer)}\N{NO-BREAK SPACE}{says(question.unit)}" if question.unit else figure(answer)
    if answer in labels:
        words = labels[answer]
    elif answer in _FIXED:
        words = _FIXED[answer]()
    else:
        words = figure(answer) if isinstance(answer, int | float) else str(answer)
    return _("“%(answer)s”", answer=words)


def _cut(labels: Mapping[object, str]) -> dict[object, str]:
    """Give labels up to their colon, behind which they are explained; whole where that would leave two alike."""
    short = {answer: label.partition(": ")[0] for answer, label in labels.items()}
    alike = Counter(short.values())
    return {answer: short[answer] if alike[short[answer]] == 1 else label for answer, label in labels.items()}


def _joined(condition: AllOf | AnyOf) -> tuple[str, tuple[Comparison | AllOf | AnyOf, ...]]:
    if isinstance(condition, AllOf):
        return _(" and "), tuple(condition.all)
    return _(" or "), tuple(condition.any)


def _compared(comparison: Comparison, questionnaire: Questionnaire, numbers: Mapping[str, int], says: Says) -> str:
    number = numbers[comparison.question]
    if comparison.op == ANSWERED:
        return _answered(number) if comparison.value else _not_answered(number)
    question = questionnaire.by_id[comparison.question]
    answer = answer_in_words(question, comparison.value, questionnaire, says)
    sentences = {
        "=": _("the answer to question %(number)s is %(answer)s", number=number, answer=answer),
        "!=": _("the answer to question %(number)s is anything but %(answer)s", number=number, answer=answer),
        "<": _("the answer to question %(number)s is under %(answer)s", number=number, answer=answer),
        "<=": _("the answer to question %(number)s is %(answer)s or lower", number=number, answer=answer),
        ">": _("the answer to question %(number)s is over %(answer)s", number=number, answer=answer),
        ">=": _("the answer to question %(number)s is %(answer)s or higher", number=number, answer=answer),
        "includes": _("%(answer)s is among the answers to question %(number)s", number=number, answer=answer),
    }
    return sentences[comparison.op]


def _answered(number: int) -> str:
    return _("question %(number)s is answered", number=number)


def _not_answered(number: int) -> str:
    return _("question %(number)s is not answered", number=number)
