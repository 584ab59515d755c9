"""The facilitator's addresses: whoever holds the team's link may open its room and lead through the questions."""

from http import HTTPStatus

from flask import Blueprint, Response, flash, redirect, request, url_for
from flask_wtf.csrf import CSRFError
from werkzeug.wrappers import Response as AnyResponse

from assessment.errors import Conflict, NotFound
from assessment.services import workshops
from assessment.services.rounds import AGREED
from assessment.services.workshops import Desk
from assessment.store.database import Unreachable
from assessment.web.access import respondents
from assessment.web.errors import public_sentence
from assessment.web.facilitate import live
from assessment.web.facilitate.desk_pages import Typed, before_page, desk_page, outcome_page
from assessment.web.respond import fields, language, ticket
from assessment.web.respond.overview import landing_page
from assessment.web.respond.ticket import Unopened
from assessment.web.workplace import workplace
from assessment.wording import gettext as _

Page = AnyResponse | str | tuple[str, int]

NEXT = "next"

blueprint = Blueprint("facilitate", __name__, url_prefix="/facilitate")


@blueprint.get("")
@respondents
def desk() -> Page:
    """Show where the room stands; before it is open, how it goes; once the form is sent, how the room had voted."""
    form = ticket.opened()
    if form.round.mode != AGREED or (form.state != "open" and form.receipt is None):
        return _to("respond.start")
    if sent := workshops.outcome(workplace().database, ticket.current(), workplace().now()):
        return outcome_page(sent)
    if form.receipt is not None:
        return _to("respond.receipt")
    found = _desk()
    return desk_page(found) if found else before_page(form)


@blueprint.post("")
@respondents
def open_room() -> Page:
    """Open the room."""
    form, here = ticket.opened(), workplace()
    try:
        workshops.open_room(here.database, ticket.current(), here.settings.secret_key, here.now())
    except Conflict as refusal:
        return before_page(form, refusal.sentence), refusal.status
    return _to("facilitate.desk")


@blueprint.post("/reveal")
@respondents
def reveal() -> Page:
    """Reveal the votes on the question that the page showed."""
    ticket.opened()
    try:
        workshops.reveal(workplace().database, ticket.current(), _question(), workplace().now())
    except Conflict as refusal:
        return _again(Typed(refusal=refusal.sentence), refusal.status)
    return _to("facilitate.desk")


@blueprint.post("/turn")
@respondents
def turn() -> Page:
    """Turn the room to another question."""
    ticket.opened()
    return _turned_to(_question(), request.form.get("stage", -1, type=int))


@blueprint.post("/agree")
@respondents
def agree() -> Page:
    """Record what the team agreed on, and turn the room to the next question where that was asked for."""
    question = ticket.opened().questionnaire.by_id.get(_question())
    if question is None:
        raise NotFound(_("This form has no such question."))
    typed = fields.typed(request.form, [question])
    if typed.problems:
        return _again(Typed(question.id, typed.words, typed.problems), HTTPStatus.BAD_REQUEST)
    try:
        saved = workshops.agree(workplace().database, ticket.current(), question.id, typed.given, workplace().now())
    except (Conflict, Unreachable) as refusal:
        return _again(Typed(question.id, typed.words, refusal=public_sentence(refusal)), refusal.status)
    if saved.problems:
        return _again(Typed(question.id, typed.words, saved.problems), HTTPStatus.BAD_REQUEST)
    flash(_("Recorded."))
    found = _desk() if request.form.get("go") == NEXT else None
    after = found.beside(1) if found and found.question == question else None
    return _turned_to(after.id, found.room.workshop.stage) if found and after else _to("facilitate.desk")


@blueprint.post("/language")
@respondents
def change_language() -> Page:
    """Show the desk in the language somebody chose."""
    language.wish(ticket.opened().questionnaire.languages)
    return _to("facilitate.desk")


@blueprint.get("/events")
@respondents
def events() -> Response:
    """Tell how many have voted, and whether the room moved."""
    held = ticket.held()
    return live.event(
        workshops.pulse_at_desk(workplace().database, ticket.current(), workplace().now()) if held else None
    )


@blueprint.app_template_global("was_voted_on")
def was_voted_on() -> bool:
    """Whether there are votes to look at beside what this request's team sent."""
    return workshops.was_held(workplace().database, ticket.current())


@blueprint.errorhandler(Unopened)
def ask_for_code(refusal: Unopened) -> Page:
    """Ask for the team's code where it is missing or void."""
    ticket.surrender()
    return landing_page(problem=refusal.sentence), refusal.status


@blueprint.errorhandler(CSRFError)
def show_again(_error: CSRFError) -> Page:
    """Show the desk again, with what was typed and a fresh token."""
    refusal = _("Your page had been open too long or came from elsewhere; nothing is lost, press the button again.")
    try:
        question = ticket.opened().questionnaire.by_id.get(_question())
        words = fields.typed(request.form, [question]).words if question else {}
        return _again(Typed(_question(), words, refusal=refusal), HTTPStatus.BAD_REQUEST)
    except Unopened as unopened:
        return ask_for_code(unopened)


def _desk() -> Desk | None:
    here = workplace()
    return workshops.desk(here.database, ticket.current(), here.settings.secret_key, here.now())


def _question() -> str:
    return request.form.get("question", "")


def _turned_to(question: str, stage: int) -> Page:
    try:
        workshops.turn_to(workplace().database, ticket.current(), question, stage, workplace().now())
    except Conflict as refusal:
        return _again(Typed(refusal=refusal.sentence), refusal.status)
    return _to("facilitate.desk")


def _again(typed: Typed, status: HTTPStatus) -> Page:
    """Show the desk as it is now, and why something was not done."""
    found = _desk()
    return (desk_page(found, typed) if found else before_page(ticket.opened(), typed.refusal)), status


def _to(endpoint: str) -> AnyResponse:
    return redirect(url_for(endpoint), HTTPStatus.SEE_OTHER)
