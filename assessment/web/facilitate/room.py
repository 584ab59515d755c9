"""The room's addresses: whoever was shown its code votes here, silently, on a phone.

What a voter's browser keeps is in the signed session: the room's code, and a random word under whose hash the vote is
stored, so that its owner alone can change it.
"""

from contextlib import suppress
from http import HTTPStatus

from flask import Blueprint, Response, redirect, render_template, request, session, url_for
from flask_wtf.csrf import CSRFError
from werkzeug.wrappers import Response as AnyResponse

from assessment.errors import Conflict, NotFound
from assessment.questionnaire.answers import Problem
from assessment.services import codes, workshops
from assessment.services.votes import REVEALED_FROM
from assessment.services.workshops import Seat
from assessment.web.access import everyone, voters
from assessment.web.facilitate import live, showing
from assessment.web.respond import fields, language, ticket
from assessment.web.workplace import workplace
from assessment.wording import gettext as _
from assessment.wording import languages, speak, spoken

Page = AnyResponse | str | tuple[str, int]

_ROOM, _VOTER = "vote-room", "vote-voter"

blueprint = Blueprint("vote", __name__, url_prefix="/vote")


@blueprint.get("")
@everyone
def seat() -> Page:
    """Ask for the room's code; of whoever is in the room, for their vote."""
    if _ROOM not in session:
        return _join_page()
    try:
        return _seat_page(_seat())
    except NotFound as refusal:
        return _unknown(refusal)


@blueprint.post("/join")
@everyone
def join() -> Page:
    """Take the room's code."""
    code = ticket.typed_code()
    if language.wish(languages()):
        language.listen()
        return _join_page(code)
    if not codes.normalised(code):
        return _join_page(code, _("Enter the code from the facilitator’s screen.")), HTTPStatus.BAD_REQUEST
    voter = session.get(_VOTER) or workshops.new_voter()
    try:
        workshops.seat(workplace().database, code, voter, workplace().now())
    except NotFound as refusal:
        return _join_page(code, refusal.sentence), refusal.status
    session[_ROOM], session[_VOTER] = codes.normalised(code), voter
    return _to_seat()


@blueprint.post("")
@voters
def vote() -> Page:
    """Take a vote on the question that the page showed."""
    if _ROOM not in session:
        return _join_page(problem=_("Enter the code from the facilitator’s screen.")), HTTPStatus.FORBIDDEN
    try:
        return _vote(_seat())
    except Conflict as refusal:
        return _seat_page(_seat(), refusal=refusal.sentence), refusal.status
    except NotFound as refusal:
        return _unknown(refusal)


@blueprint.post("/language")
@everyone
def change_language() -> Page:
    """Go on in the language somebody chose; the script may have put another question into the page meanwhile."""
    if _ROOM in session:
        with suppress(NotFound):
            language.wish(_seat().questionnaire.languages)
    return _to_seat()


@blueprint.post("/leave")
@everyone
def leave() -> Page:
    """Forget the room, so that another one can be joined; the vote stays, and so does what would change it."""
    session.pop(_ROOM, None)
    return _to_seat()


@blueprint.get("/events")
@voters
def events() -> Response:
    """Tell whether the room moved."""
    code = session.get(_ROOM)
    return live.event(workshops.pulse_in_room(workplace().database, code, workplace().now()) if code else None)


@blueprint.errorhandler(CSRFError)
def show_again(_error: CSRFError) -> Page:
    """Show the page again with a fresh token."""
    refusal = _("Your page had been open too long or came from elsewhere; press the button again.")
    if _ROOM not in session:
        return _join_page(request.form.get("code", "")[: ticket.LONGEST_CODE], refusal), HTTPStatus.BAD_REQUEST
    try:
        return _seat_page(_seat(), refusal=refusal), HTTPStatus.BAD_REQUEST
    except NotFound as unknown:
        return _unknown(unknown)


def _seat() -> Seat:
    """Give what this browser's owner sees in the room; from now on its language is spoken."""
    found = workshops.seat(workplace().database, session[_ROOM], session[_VOTER], workplace().now())
    speak(language.language_for(found.questionnaire))
    return found


def _vote(found: Seat) -> Page:
    name = request.form.get("question", "")
    asked = [found.question] if found.question and found.question.id == name else []
    typed = fields.typed(request.form, asked)
    problems = typed.problems or workshops.vote(
        workplace().database, session[_ROOM], session[_VOTER], name, typed.given, workplace().now()
    )
    if problems:
        return _seat_page(found, typed.words, problems), HTTPStatus.BAD_REQUEST
    return _to_seat()


def _join_page(code: str = "", problem: str = "") -> str:
    return render_template(
        "facilitate/join.html",
        code=code,
        problem=problem,
        revealed_from=REVEALED_FROM,
        languages=languages(),
        language=spoken(),
    )


def _seat_page(
    found: Seat, words: dict[str, str] | None = None, problems: tuple[Problem, ...] = (), refusal: str = ""
) -> str:
    """Give the page on a phone; a vote that was given stands in it, to be changed."""
    shown = {}
    links: list[tuple[str | None, str]] = [(None, refusal)] if refusal else []
    if found.question is not None:
        given = words if words is not None else fields.words_of([found.question], _as_answers(found))
        shown = showing.shown(found.questionnaire, found.question)
        shown |= showing.slots(found.question, given, problems)
        first = showing.first_control(found.question, found.questionnaire)
        links += [(first, problem.sentence) for problem in problems]
    return render_template(
        "facilitate/seat.html",
        **shown,
        seat=found,
        problems=links,
        revealed_from=REVEALED_FROM,
        languages=found.questionnaire.languages,
        language=language.language_for(found.questionnaire),
    )


def _as_answers(found: Seat) -> dict[str, str]:
    return {found.question.id: found.vote} if found.question and found.vote else {}


def _unknown(refusal: NotFound) -> Page:
    return _join_page(problem=refusal.sentence), refusal.status


def _to_seat() -> AnyResponse:
    return redirect(url_for("vote.seat"), HTTPStatus.SEE_OTHER)
