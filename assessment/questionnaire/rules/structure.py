"""Rules about the whole and its questions: how deep, how long, which answers are offered."""

from collections.abc import Iterator
from math import ceil, floor

from assessment.questionnaire.duration import minutes
from assessment.questionnaire.model import Multiple, NumberQuestion, Questionnaire, is_scored
from assessment.questionnaire.rules.places import Remark, dimensions, figure, questions

DEEPEST_DIMENSION = 3
LONGEST = 10  # minutes


def dimension_depth(questionnaire: Questionnaire) -> Iterator[Remark]:
    """A deeper tree has no place on a page or in a report."""
    for path, node in dimensions(questionnaire):
        if path.count("dimensions") == DEEPEST_DIMENSION + 1:
            yield Remark(path, f"`{node.id}` is nested {DEEPEST_DIMENSION + 1} deep; at most 3 are allowed", node.id)


def impossible_limits(questionnaire: Questionnaire) -> Iterator[Remark]:
    """Limits leave something to answer."""
    for path, question in questions(questionnaire):
        if isinstance(question, NumberQuestion) and (sentence := _no_number(question)):
            yield Remark((*path, "minimum"), sentence, question.id)
        elif isinstance(question, Multiple):
            options = len(question.options)
            most = min(options, question.at_most or options)
            if question.at_least > most:
                told = f"there are {options}" if most == options else f"at most {most} may be"
                sentence = f"at least {question.at_least} options must be chosen, but {told}"
                yield Remark((*path, "at-least"), sentence, question.id)
            if question.at_most is not None and question.at_most > options:
                sentence = f"at most {question.at_most} options may be chosen, but there are {options}"
                yield Remark((*path, "at-most"), sentence, question.id)


def too_long(questionnaire: Questionnaire) -> Iterator[Remark]:
    """After ten minutes people stop reading and click."""
    roles = {role for question in questionnaire.questions for role in question.roles} or {""}
    longest = max(
        minutes(question for question in questionnaire.questions if not question.roles or role in question.roles)
        for role in sorted(roles)
    )
    if longest > LONGEST:
        sentence = f"answering takes about {longest} minutes; up to {LONGEST} are given with care"
        yield Remark(("dimensions",), sentence, questionnaire.id, of_key=True)


def no_way_out(questionnaire: Questionnaire) -> Iterator[Remark]:
    """Who must choose a level without knowing invents one."""
    for path, question in questions(questionnaire):
        if is_scored(question) and not question.dont_know and not question.not_applicable:
            yield Remark(path, f"`{question.id}` offers neither not-applicable nor dont-know", question.id)


def missing_not_applicable(questionnaire: Questionnaire) -> Iterator[Remark]:
    """Who is asked for what does not exist where they are answers low, and the score falls for nothing."""
    for path, question in questions(questionnaire):
        if is_scored(question) and question.dont_know and not question.not_applicable:
            sentence = f"`{question.id}` does not offer not-applicable"
            yield Remark((*path, "not-applicable"), sentence, question.id)


def unused_role(questionnaire: Questionnaire) -> Iterator[Remark]:
    """Roles choose questions; where none is asked of some roles alone, nobody is asked for theirs."""
    if questionnaire.roles and not questionnaire.asks_for_role:
        yield Remark(
            ("roles",), "no question has `roles`, so nobody is asked for theirs", questionnaire.id, of_key=True
        )


def _no_number(question: NumberQuestion) -> str | None:
    low, high = question.minimum, question.maximum
    if low is None or high is None:
        return None
    if low > high:
        return f"the minimum {figure(low)} is more than the maximum {figure(high)}"
    if question.whole and ceil(low) > floor(high):
        return f"there is no whole number from {figure(low)} to {figure(high)}"
    return None
