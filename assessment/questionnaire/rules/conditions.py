"""Rules about conditions: what is compared can be answered, and what is asked can be reached."""

from collections.abc import Iterator

from assessment.questionnaire.asking import DONT_KNOW, NOT_APPLICABLE, is_number
from assessment.questionnaire.finding import shown
from assessment.questionnaire.model import (
    ANSWERED,
    INCLUDES,
    NO,
    YES,
    AnyQuestion,
    Choice,
    Comparison,
    Multiple,
    NumberQuestion,
    Questionnaire,
    Rating,
    Scale,
    YesNo,
)
from assessment.questionnaire.rules.places import Remark, conditions, figure, listed, questions, scale_if_known
from assessment.questionnaire.rules.reaching import Search

_SAME = ("=", "!=")
_ORDERED = (*_SAME, "<", "<=", ">", ">=")
_OPS: dict[str, tuple[str, ...]] = {
    "rating": _ORDERED,
    "choice": _SAME,
    "multiple": (INCLUDES,),
    "yes-no": _SAME,
    "number": _ORDERED,
    "text": (),
}


def impossible_comparison(questionnaire: Questionnaire) -> Iterator[Remark]:
    """A question is compared with what can be answered to it, in a way that fits its type."""
    for path, question, comparison in conditions(questionnaire):
        compared = questionnaire.by_id.get(comparison.question)
        if compared is not None and (fault := fault_of(comparison, compared, questionnaire)):
            key, sentence = fault
            yield Remark((*path, key), sentence, question.id)


def unreachable_question(questionnaire: Questionnaire) -> Iterator[Remark]:
    """A question that nobody is ever asked is a slip in its condition."""
    sound = {
        id(comparison): (compared := questionnaire.by_id.get(comparison.question)) is not None
        and fault_of(comparison, compared, questionnaire) is None
        for _, _, comparison in conditions(questionnaire)
    }
    search = Search(questionnaire, lambda comparison: sound[id(comparison)])
    for path, question in questions(questionnaire):
        if question.show_if is not None and not search.can_be_asked(question):
            sentence = f"`{question.id}` is never asked: its condition cannot hold"
            yield Remark((*path, "show-if"), sentence, question.id, of_key=True)


def fault_of(comparison: Comparison, question: AnyQuestion, questionnaire: Questionnaire) -> tuple[str, str] | None:
    """Give the key that makes a comparison impossible and a sentence about it; None for a possible one."""
    op, value = comparison.op, comparison.value
    if op == ANSWERED:
        return None if isinstance(value, bool) else ("value", f"`{ANSWERED}` takes true or false")
    if value in (NOT_APPLICABLE, DONT_KNOW) and op in _SAME:
        offered = question.not_applicable if value == NOT_APPLICABLE else question.dont_know
        return None if offered else ("value", f"`{question.id}` does not offer `{value}`")
    if op not in _OPS[question.type]:
        return "op", f"a question of the type `{question.type}` takes {_ops(question)}, not `{op}`"
    sentence = _not_answered(question, value, questionnaire)
    return ("value", sentence) if sentence else None


def _ops(question: AnyQuestion) -> str:
    known = [*_OPS[question.type], ANSWERED]
    if (question.not_applicable or question.dont_know) and _OPS[question.type][:1] != ("=",):
        known += [f"{op}` with `na` or `dk" for op in _SAME]
    return listed(known)


def _not_answered(question: AnyQuestion, value: object, questionnaire: Questionnaire) -> str | None:
    """Say that a value cannot be answered to a question; None where it can."""
    match question:
        case Rating():
            scale = scale_if_known(question, questionnaire)
            return None if scale is None else _no_level_of(question, scale, value)
        case Choice() | Multiple():
            known = [option.id for option in question.options]
            return None if value in known else f"`{question.id}` has no option {_told(value)}; there is {listed(known)}"
        case YesNo():
            return None if value in (YES, NO) else f"`{question.id}` is answered `yes` or `no`, not {_told(value)}"
        case NumberQuestion():
            return _no_number_of(question, value)
    return None


def _no_level_of(question: Rating, scale: Scale, value: object) -> str | None:
    if is_number(value) and value in scale.values:
        return None
    if isinstance(value, str) and value in map(figure, scale.values):
        return f"{_told(value)} is text; without quotes it is a level of `{question.id}`"
    return f"`{question.id}` has no level {_told(value)}; there is {listed(map(figure, scale.values))}"


def _no_number_of(question: NumberQuestion, value: object) -> str | None:
    if not isinstance(value, int | float) or isinstance(value, bool):
        return f"`{question.id}` is answered with a number, not {_told(value)}"
    if question.minimum is not None and value < question.minimum:
        return f"`{question.id}` is never {_told(value)}; it is {figure(question.minimum)} at the least"
    if question.maximum is not None and value > question.maximum:
        return f"`{question.id}` is never {_told(value)}; it is {figure(question.maximum)} at the most"
    if question.whole and value != int(value):
        return f"`{question.id}` is never {_told(value)}; it is a whole number"
    return None


def _told(value: object) -> str:
    if isinstance(value, bool):
        return shown(str(value).lower())
    return shown(value) if isinstance(value, str) else shown(figure(float(str(value))))
