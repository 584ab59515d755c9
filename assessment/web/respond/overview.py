"""The pages around the questions: the code, the start, the check before sending, the receipt."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from flask import render_template, url_for
from markupsafe import Markup

from assessment.measure.told_ends import FULL_PRECISION_FROM
from assessment.reports.prose import as_html
from assessment.services.answering import WHOLE, AnswersByQuestion, Form
from assessment.web.respond import lines, parts, progress, ticket
from assessment.web.respond.language import language_for
from assessment.web.respond.wording import Wording
from assessment.wording import gettext as _
from assessment.wording import languages, spoken

Link = tuple[str | None, str]


def landing_page(code: str = "", problem: str = "", carried: Sequence[tuple[str, str]] = ()) -> str:
    """Give the page with the code field; `carried` are answers typed on a page that had lost its code."""
    return render_template(
        "respond/landing.html",
        code=code,
        problem=problem,
        carried=carried,
        under_way=ticket.held() and not problem,
        languages=languages(),
        language=spoken(),
    )


def start_page(form: Form, problem: str = "", *, role: str | None = None, role_problem: bool = False) -> str:
    """Give the form's first page: what it is, who sees what, how far one has come; and in which role one answers.

    `role` is one that is chosen on the page but not taken yet.
    """
    wording = Wording(form.questionnaire, language_for(form.questionnaire))
    standing = progress.standing(form)
    introduction = form.questionnaire.introduction
    return render_template(
        "respond/start.html",
        **_shared(form, wording),
        problem=problem,
        role=form.role if role is None else role,
        role_problem=role_problem,
        open=takes_answers(form),
        introduction=as_html(wording.says(introduction)) if introduction else "",
        spread_from=max(form.round.threshold, FULL_PRECISION_FROM),
        standing=standing,
        begun=bool(form.answers),
        resume=ticket.resume_code() if form.shared else "",
        next_page=progress.next_part(standing),
        whole=WHOLE if parts.has_whole(form.questionnaire) else None,
        minutes=progress.minutes_left(form),
    )


def nothing_page(form: Form, number: int) -> str:
    """Give what stands in place of a part that asks nothing of whoever answers so."""
    wording = Wording(form.questionnaire, language_for(form.questionnaire))
    return render_template(
        "respond/nothing.html",
        **_shared(form, wording),
        number=number,
        title=form.questionnaire.dimensions[number - 1].title,
        after=progress.part_after(form, number),
    )


def check_page(form: Form, problems: Sequence[Link] = ()) -> str:
    """Give all answers before they are sent, the open questions named."""
    wording = Wording(form.questionnaire, language_for(form.questionnaire))
    shown = lines.all_lines(form)
    return render_template(
        "respond/check.html",
        **_shared(form, wording),
        parts=shown,
        missing=[line for part in shown for line in part.lines if line.missing],
        problems=problems,
    )


def receipt_page(form: Form, sent: AnswersByQuestion | None, results: str = "") -> str:
    """Give the page that says that the form came in, and with what; `results` is the address of the team's own page."""
    wording = Wording(form.questionnaire, language_for(form.questionnaire))
    return render_template(
        "respond/receipt.html",
        **_shared(form, wording),
        parts=None if sent is None else lines.all_lines(replace(form, answers=sent)),
        results=results,
    )


def still_open(form: Form, questions: Sequence[str]) -> list[Link]:
    """Give links to questions that need an answer, or a reason, before the form can be sent."""
    wording = Wording(form.questionnaire, language_for(form.questionnaire))
    found: list[Link] = []
    for name in questions:
        text = wording.quoted(form.questionnaire.by_id[name].text)
        address = url_for("respond.page", page=parts.part_of(form.questionnaire, name), _anchor=f"q-{name}")
        found.append((address, reason_for(text) if name in form.answers else answer_to(text)))
    return found


def answer_to(text: Markup) -> Markup:
    """Ask for an answer in the question's own words: the same sentence for each blank would tell none from another."""
    return Markup(_("Answer “%(question)s”")) % {"question": text}  # noqa: S704 - own words


def reason_for(text: Markup) -> Markup:
    """Ask for the reason why a question does not apply."""
    return Markup(_("Say why this does not apply: “%(question)s”")) % {"question": text}  # noqa: S704 - own words


def takes_answers(form: Form) -> bool:
    """Whether answers can still be given."""
    return form.state == "open" and form.receipt is None


def _shared(form: Form, wording: Wording) -> dict[str, Any]:
    """Give what every page behind a code is made with."""
    return {
        "form": form,
        "says": wording.says,
        "tongue": wording.tongue,
        "languages": form.questionnaire.languages,
        "language": wording.language,
    }
