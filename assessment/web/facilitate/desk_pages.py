"""The facilitator's pages: before the room is open, where it stands, how it had voted when the form was sent."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import render_template

from assessment.questionnaire.answers import Problem
from assessment.reports.codes.qr import qr_code
from assessment.services.answering import Form
from assessment.services.votes import REVEALED_FROM
from assessment.services.workshops import Desk, Outcome, is_voted_on
from assessment.web.facilitate import showing
from assessment.web.respond.fields import words_of
from assessment.web.respond.language import language_for
from assessment.web.respond.lines import Line, all_lines
from assessment.web.respond.parts import numbers
from assessment.web.respond.wording import Wording
from assessment.web.workplace import workplace
from assessment.wording import gettext as _


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed of the agreed answer to a question, and why it was not taken."""

    question: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    problems: Sequence[Problem] = ()
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A question in the facilitator's list: its number, what is agreed, whether it can be voted on."""

    number: int
    line: Line
    is_voted_on: bool


def before_page(form: Form, problem: str = "") -> str:
    """Give the page that says how filling in together goes, and opens the room."""
    return render_template("facilitate/before.html", **_shared(form), problem=problem, revealed_from=REVEALED_FROM)


def desk_page(desk: Desk, typed: Typed | None = None) -> str:
    """Give the page that is thrown on the wall."""
    typed = typed or Typed()
    address = f"{workplace().settings.base_url}/vote"
    return render_template(
        "facilitate/desk.html",
        **(_shared(desk.form) | _question(desk, typed)),
        desk=desk,
        rows=list(_rows(desk.form)),
        count=len(desk.steps),
        place=desk.steps.index(desk.question) + 1 if desk.question else 0,
        before=desk.beside(-1),
        after=desk.beside(1),
        address=address,
        drawing=qr_code(f"{address}#{desk.code}", _("QR code that leads into the room")),
        revealed_from=REVEALED_FROM,
        problems=_links(desk, typed),
    )


def outcome_page(found: Outcome) -> str:
    """Give what the team sent, with the votes beside what it agreed on."""
    answers = {row.line.question.id: row for row in _rows(found.form)}
    together = [
        (answers[one.question.id], one.voters, showing.shares(found.form.questionnaire, one)) for one in found.shown
    ]
    return render_template("facilitate/outcome.html", **_shared(found.form), together=together)


def _question(desk: Desk, typed: Typed) -> dict[str, Any]:
    """Give what shows the present question: how the room voted, and the fields for what is agreed on."""
    question = desk.question
    if question is None:
        return {}
    is_typed = typed.question == question.id and bool(typed.words or typed.problems)
    words = typed.words if is_typed else words_of([question], desk.form.answers)
    problems = [problem for problem in typed.problems if problem.question == question.id]
    shown = showing.shown(desk.form.questionnaire, question) | showing.slots(question, words, problems)
    return shown | {"shares": showing.shares(desk.form.questionnaire, desk.shown) if desk.shown else []}


def _rows(form: Form) -> Iterator[Row]:
    count = numbers(form.questionnaire)
    for part in all_lines(form):
        for line in part.lines:
            yield Row(count[line.question.id], line, is_voted_on(line.question))


def _links(desk: Desk, typed: Typed) -> list[tuple[str | None, str]]:
    """Give what was wrong, for the top of the page."""
    found: list[tuple[str | None, str]] = [(None, typed.refusal)] if typed.refusal else []
    for problem in typed.problems:
        if desk.question is not None and desk.question.id == problem.question:
            link = showing.first_control(desk.question, desk.form.questionnaire, problem.beside)
            found.append((link, problem.sentence))
    return found


def _shared(form: Form) -> dict[str, Any]:
    wording = Wording(form.questionnaire, language_for(form.questionnaire))
    return {
        "form": form,
        "says": wording.says,
        "tongue": wording.tongue,
        "languages": form.questionnaire.languages,
        "language": wording.language,
    }
