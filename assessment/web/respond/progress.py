"""How far somebody has come with each part of a form, of what they are asked."""

from collections.abc import Sequence
from dataclasses import dataclass

from assessment.questionnaire.answers import incomplete, unanswered
from assessment.questionnaire.duration import minutes
from assessment.questionnaire.model import Text
from assessment.services.answering import WHOLE, Form

COMPLETE = "complete"
STARTED = "started"
EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class Standing:
    """How far somebody has come with a part; one that asks them nothing is none of theirs."""

    number: int
    title: Text
    asked: int
    answered: int
    state: str


def standing(form: Form) -> list[Standing]:
    """Give how far somebody has come with each part that asks them something."""
    pages = range(1, len(form.questionnaire.dimensions) + 1)
    return [_standing(form, number) for number in pages if form.asked_on(number)]


def next_part(standings: Sequence[Standing]) -> int | None:
    """Give the first part that is not complete; None where all are."""
    return next((part.number for part in standings if part.state != COMPLETE), None)


def part_after(form: Form, number: int) -> int | None:
    """Give the next part that asks something; None where there is none, and after the page that asks all."""
    if number == WHOLE:
        return None
    return next((part.number for part in standing(form) if part.number > number), None)


def part_before(form: Form, number: int) -> int | None:
    """Give the last part before that asks something; None where there is none."""
    return next((part.number for part in reversed(standing(form)) if part.number < number), None)


def minutes_left(form: Form) -> int:
    """Give about how many minutes the open questions take."""
    return minutes(unanswered(form.asked, form.answers))


def _standing(form: Form, number: int) -> Standing:
    questions = form.asked_on(number)
    answered = len(questions) - len(unanswered(questions, form.answers))
    begun = STARTED if incomplete(questions, form.answers) else COMPLETE
    title = form.questionnaire.dimensions[number - 1].title
    return Standing(number, title, len(questions), answered, begun if answered else EMPTY)
