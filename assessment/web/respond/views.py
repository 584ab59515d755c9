"""The respondents' addresses. What they show is put together next door, what they do is done by the services."""

from http import HTTPStatus

from flask import Blueprint, flash, get_flashed_messages, redirect, request, url_for
from flask_wtf.csrf import CSRFError
from werkzeug.wrappers import Response

from assessment.errors import Conflict, Invalid, NotFound
from assessment.services import answering, codes
from assessment.services.answering import Form
from assessment.store.database import Unreachable
from assessment.web.access import everyone, respondents
from assessment.web.errors import public_sentence, refused
from assessment.web.respond import fields, ticket
from assessment.web.respond.overview import (
    check_page,
    landing_page,
    receipt_page,
    start_page,
    still_open,
    takes_answers,
)
from assessment.web.respond.page import State, saved_words, shown
from assessment.web.respond.ticket import Unopened
from assessment.web.respond.wording import Wording, language_for
from assessment.web.workplace import workplace

Page = Response | str | tuple[str, int]

NEXT, BACK = "next", "back"
LONGEST_CODE = 200

NO_CODE = "Enter the code from your sheet or link."
FOREIGN = (
    "Your page had been open too long or came from elsewhere; nothing is lost, press the button again. "
    "If that does not help, allow this site to set cookies."
)

blueprint = Blueprint("respond", __name__)


@blueprint.get("/")
@everyone
def landing() -> Page:
    """Ask for a code."""
    return landing_page()


@blueprint.post("/")
@everyone
def enter() -> Page:
    """Take a code; answers that came along are saved as those of their page."""
    code = _typed_code()
    if not codes.normalised(code):
        return landing_page(code, NO_CODE, _carried()), HTTPStatus.BAD_REQUEST
    try:
        form = _open(code)
    except NotFound as refusal:
        return landing_page(code, refusal.sentence, _carried()), refusal.status
    number = request.form.get("page", type=int)
    if number is None or not 1 <= number <= len(form.questionnaire.dimensions):
        return _to("start")
    return _take(form, number, "stay")


@blueprint.get("/form")
@respondents
def start() -> Page:
    """Show what the form is, who sees what, and how far one has come."""
    return start_page(_form())


@blueprint.get("/form/<int:page>")
@respondents
def page(page: int) -> Page:
    """Show a part of the form."""
    form = _form()
    if not takes_answers(form):
        return _to("receipt" if form.receipt else "start")
    return shown(
        form, _existing(form, page), State(saved_words(form), status=" ".join(map(str, get_flashed_messages())))
    )


@blueprint.post("/form/<int:page>")
@respondents
def save(page: int) -> Page:
    """Save a part of the form and go where the pressed button leads."""
    form = _form()
    return _take(form, _existing(form, page), request.form.get("go", NEXT))


@blueprint.get("/form/check")
@respondents
def check() -> Page:
    """Show all answers before they are sent."""
    form = _form()
    if not takes_answers(form):
        return _to("receipt" if form.receipt else "start")
    return check_page(form)


@blueprint.post("/form/check")
@respondents
def submit() -> Page:
    """Send the form."""
    form = _form()
    try:
        answering.submit(workplace().database, ticket.current(), workplace().now())
    except Invalid as refusal:
        return check_page(form, still_open(form, refusal.faults)), HTTPStatus.BAD_REQUEST
    except (Conflict, Unreachable) as refusal:
        return check_page(form, [(None, public_sentence(refusal))]), refusal.status
    except NotFound as refusal:
        raise Unopened(refusal.sentence, refusal.status) from refusal
    return _to("receipt")


@blueprint.get("/form/receipt")
@respondents
def receipt() -> Page:
    """Show that the form came in."""
    form = _form()
    return receipt_page(form) if form.receipt else _to("start")


@blueprint.post("/form/leave")
@respondents
def leave() -> Page:
    """Forget the code, so that somebody else can enter theirs."""
    ticket.surrender()
    return _to("landing")


@blueprint.errorhandler(Unopened)
def ask_for_code(refusal: Unopened) -> Page:
    """Ask for the code where it is missing or void; what was typed goes along and is saved once there is one."""
    ticket.surrender()
    return landing_page(problem=refusal.sentence, carried=_carried()), refusal.status


@blueprint.errorhandler(CSRFError)
def show_again(_error: CSRFError) -> Page:
    """Show the form again, with what was typed and a fresh token."""
    if request.endpoint == "respond.enter":
        return landing_page(_typed_code(), FOREIGN, _carried()), HTTPStatus.BAD_REQUEST
    try:
        return _once_more(_form()), HTTPStatus.BAD_REQUEST
    except Unopened as refusal:
        return ask_for_code(refusal)
    except Unreachable as refusal:
        return keep_typed(refusal)


@blueprint.errorhandler(Unreachable)
def keep_typed(refusal: Unreachable) -> Page:
    """Keep what was typed where not even the form can be read: it goes along with the code, as for a lost cookie."""
    carried = _carried()
    if not carried and request.endpoint != "respond.enter":
        return refused(refusal)
    return landing_page(_typed_code(), public_sentence(refusal), carried), refusal.status


@blueprint.after_request
def keep_nothing(response: Response) -> Response:
    """Leave no copy of a form on a computer that colleagues share."""
    response.headers["Cache-Control"] = "no-store"
    return response


def _form() -> Form:
    """Give the form that this request's ticket opens."""
    try:
        return answering.open_form(workplace().database, ticket.current(), workplace().now())
    except NotFound as refusal:
        raise Unopened(refusal.sentence, refusal.status) from refusal


def _open(code: str) -> Form:
    """Keep a code that is known, and give its form."""
    form = answering.open_form(workplace().database, answering.ticket_of(code, None), workplace().now())
    ticket.issue(codes.normalised(code), form)
    return _form()


def _take(form: Form, number: int, go: str) -> Page:
    """Save what fits of a page; show it again where something does not, or go on."""
    typed = fields.typed(request.form, form.questions_on(number))
    saved = saved_words(form)
    given = typed.words | {one.question: saved.get(one.question, "") for one in typed.problems}
    try:
        reading = answering.save_page(
            workplace().database, ticket.current(), number, given, workplace().now(), complete=go == NEXT
        )
    except (Conflict, Unreachable) as refusal:
        return shown(form, number, State(typed.words, refusal=public_sentence(refusal))), refusal.status
    except NotFound as refusal:
        raise Unopened(refusal.sentence, refusal.status) from refusal
    problems = (*reading.problems, *typed.problems)  # the last one told about a question stands
    if problems:
        return shown(form, number, State(typed.words, problems)), HTTPStatus.BAD_REQUEST
    flash(_saved(form, number, len(reading.answers)))
    return redirect(_after(form, number, go), HTTPStatus.SEE_OTHER)


def _once_more(form: Form) -> str:
    """Give the page that a form came from."""
    if request.endpoint == "respond.submit":
        return check_page(form, [(None, FOREIGN)])
    number = (request.view_args or {}).get("page")
    if number is None or not 1 <= number <= len(form.questionnaire.dimensions):
        return start_page(form, FOREIGN)
    return shown(form, number, State(fields.typed(request.form, form.questions_on(number)).words, refusal=FOREIGN))


def _saved(form: Form, number: int, answered: int) -> str:
    wording = Wording(form.questionnaire, language_for(form.questionnaire))
    title = wording.says(form.questionnaire.dimensions[number - 1].title)
    return f"Saved. {answered} of {len(form.questions_on(number))} answered in “{title}”."


def _after(form: Form, number: int, go: str) -> str:
    """Give where a button leads."""
    if go == "stay":
        return url_for("respond.page", page=number)
    if go == NEXT and number == len(form.questionnaire.dimensions):
        return url_for("respond.check")
    if go == NEXT or (go == BACK and number > 1):
        return url_for("respond.page", page=number + (1 if go == NEXT else -1))
    return url_for("respond.start")


def _existing(form: Form, number: int) -> int:
    if not 1 <= number <= len(form.questionnaire.dimensions):
        raise NotFound(f"This form has {len(form.questionnaire.dimensions)} parts; there is no part {number}.")
    return number


def _typed_code() -> str:
    """Give what was typed as a code; a whole link pasted into the field is forgiven."""
    return request.form.get("code", "").rpartition("#")[2].strip()[:LONGEST_CODE]


def _carried() -> list[tuple[str, str]]:
    """Give the answers that came with this request and the page they are for, as fields to send along."""
    answers = fields.carried(request.form)
    number = (request.view_args or {}).get("page") or request.form.get("page", type=int)
    return [("page", str(number)), *answers] if answers and number else []


def _to(name: str) -> Response:
    return redirect(url_for(f"respond.{name}"), HTTPStatus.SEE_OTHER)
