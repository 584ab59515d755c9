"""The respondent's ticket: what the signed session keeps of a code, so that it never stands in an address.

The cookie is signed and out of scripts' reach. It holds the code itself, which its owner has anyway; the application
stores only hashes of it. The role somebody answers in is in there too, and nowhere else.

Once the receipt was shown nothing of this is left but the hashes under which the receipt is found: they open no form,
so that whoever takes the phone next finds no code on it, and going back finds the receipt's reference.
"""

from dataclasses import replace
from http import HTTPStatus

from flask import request, session

from assessment.errors import Forbidden, NotFound
from assessment.services import answering
from assessment.services.answering import Form, Ticket
from assessment.web.respond.language import language_for
from assessment.web.workplace import workplace
from assessment.wording import gettext as _
from assessment.wording import speak

LONGEST_CODE = 200

_CODE = "respond-code"
_DRAFT = "respond-draft"
_SEAT = "respond-seat"
_ROLE = "respond-role"
_COPY = "respond-copy"  # what opens what was sent, for the receipt
_SPENT = "respond-spent"


class Unopened(Forbidden):
    """A form's page was asked for without a code that opens it."""

    def __init__(self, sentence: str = "", status: HTTPStatus = HTTPStatus.FORBIDDEN) -> None:
        super().__init__(sentence or _("Enter your code first."))
        self.status = status


def issue(code: str, form: Form, draft: str | None = None) -> None:
    """Keep a code that opens a form. On a shared link this browser gets a draft of its own, and keeps it.

    `draft` is the code of one that was begun elsewhere. Where a form was sent over a shared link, that stays so: nobody
    answers twice by opening their link again.
    """
    if draft is None and session.get(_SPENT, [""])[0] == answering.ticket_of(code, None).code_hash:
        return
    if session.get(_CODE) != code or draft is not None:
        surrender()
    if draft is not None:
        session[_DRAFT] = draft
    session[_CODE] = code
    session.setdefault(_COPY, answering.new_copy_key())
    session[_SEAT] = [form.round.code, form.entry.unit]
    if form.shared and _DRAFT not in session:
        session[_DRAFT] = answering.new_draft_token()
    # A shared link cannot bring a draft back, this cookie can: it outlives the browser's window there.
    session.permanent = form.shared


def current() -> Ticket:
    """Give the ticket of this request; raises `Unopened` without one."""
    if not held() and _SPENT not in session:
        raise Unopened
    round_, unit = session[_SEAT]
    if _SPENT in session:
        code_hash, key_hash = session[_SPENT]
        return Ticket(code_hash, key_hash, "", (round_, unit))
    ticket = answering.ticket_of(session[_CODE], session.get(_DRAFT), (round_, unit), session.get(_ROLE))
    return replace(ticket, copy=session.get(_COPY))


def resume_code() -> str:
    """Give the code that brings this browser's own draft back elsewhere; `""` where the code it entered does."""
    return str(session.get(_DRAFT, ""))


def opened() -> Form:
    """Give the form that this request's ticket opens; from now on its language is spoken. Raises `Unopened`."""
    try:
        form = answering.open_form(workplace().database, current(), workplace().now())
    except NotFound as refusal:
        raise Unopened(refusal.sentence, refusal.status) from refusal
    speak(language_for(form.questionnaire))
    return form


def typed_code() -> str:
    """Give what was typed as a code; a whole link pasted into the field is forgiven."""
    return request.form.get("code", "").rpartition("#")[2].strip()[:LONGEST_CODE]


def answer_as(role: str) -> None:
    """Keep the role somebody answers in."""
    session[_ROLE] = role


def held() -> bool:
    """Whether this browser has entered a code."""
    return _CODE in session and _SEAT in session


def spend() -> None:
    """Forget the code, and all but where the receipt is found."""
    ticket, seat = current(), session[_SEAT]
    surrender()
    session[_SPENT], session[_SEAT] = [ticket.code_hash, ticket.key_hash], seat


def surrender() -> None:
    """Forget the code, and what else the session knew of the person; the language stays: it is the browser's."""
    for name in (_CODE, _DRAFT, _SEAT, _ROLE, _COPY, _SPENT):
        session.pop(name, None)
