"""The pages around the questions: the code, the start, the check before sending, the receipt."""

from collections.abc import Sequence
from typing import Any

from flask import render_template, url_for

from assessment.measure.disclosure import FULL_PRECISION_FROM
from assessment.questionnaire.model import Text
from assessment.services.answering import Form
from assessment.web.respond import parts, ticket
from assessment.web.respond.introduction import as_html
from assessment.web.respond.wording import Wording, language_for

Link = tuple[str | None, str]


def landing_page(code: str = "", problem: str = "", carried: Sequence[tuple[str, str]] = ()) -> str:
    """Give the page with the code field; `carried` are answers typed on a page that had lost its code."""
    return render_template(
        "respond/landing.html", code=code, problem=problem, carried=carried, under_way=ticket.held() and not problem
    )


def start_page(form: Form, problem: str = "") -> str:
    """Give the form's first page: what it is, who sees what, how far one has come."""
    wording = Wording(form.questionnaire, language_for(form.questionnaire))
    standing = parts.standing(form.questionnaire, form.answers)
    introduction = form.questionnaire.introduction
    return render_template(
        "respond/start.html",
        **_shared(form, wording),
        problem=problem,
        open=takes_answers(form),
        introduction=as_html(wording.says(introduction)) if introduction else "",
        spread_from=max(form.round.threshold, FULL_PRECISION_FROM),
        standing=standing,
        begun=bool(form.answers),
        next_page=parts.next_part(standing),
        minutes=parts.minutes_left(form.questionnaire, form.answers),
    )


def check_page(form: Form, problems: Sequence[Link] = ()) -> str:
    """Give all answers before they are sent, the open questions named."""
    wording = Wording(form.questionnaire, language_for(form.questionnaire))
    shown = [
        (dimension.title, [_line(line, wording) for line in lines])
        for dimension, lines in parts.all_lines(form.questionnaire, form.answers)
    ]
    missing = [line for _, lines in shown for line in lines if line["missing"]]
    return render_template(
        "respond/check.html", **_shared(form, wording), parts=shown, missing=missing, problems=problems
    )


def receipt_page(form: Form) -> str:
    """Give the page that says that the form came in."""
    return render_template(
        "respond/receipt.html", **_shared(form, Wording(form.questionnaire, language_for(form.questionnaire)))
    )


def still_open(form: Form, questions: Sequence[str]) -> list[Link]:
    """Give links to questions that need an answer before the form can be sent."""
    wording = Wording(form.questionnaire, language_for(form.questionnaire))
    return [
        (
            _address(question, parts.part_of(form.questionnaire, question)),
            f"Answer “{wording.says(form.questionnaire.by_id[question].text)}”",
        )
        for question in questions
    ]


def takes_answers(form: Form) -> bool:
    """Whether answers can still be given."""
    return form.state == "open" and form.receipt is None


def _shared(form: Form, wording: Wording) -> dict[str, Any]:
    """Give what every page behind a code is made with."""
    return {"form": form, "says": wording.says, "tongue": wording.tongue}


def _line(line: parts.Line, wording: Wording) -> dict[str, Any]:
    return {
        "question": line.question,
        "words": wording.says(line.answer) if isinstance(line.answer, Text) else line.answer,
        "own_words": line.own_words,
        "missing": line.missing,
        "link": _address(line.question.id, line.part),
    }


def _address(question: str, number: int) -> str:
    """Give the address of a question in its part."""
    return url_for("respond.page", page=number, _anchor=f"q-{question}")
