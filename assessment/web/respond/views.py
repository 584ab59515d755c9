"""The respondents' addresses. What they show is put together next door, what they do is done by the services."""

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import TypeGuard

from flask import Blueprint, flash, get_flashed_messages, get_template_attribute, jsonify, redirect, request, url_for
from flask_wtf.csrf import CSRFError
from werkzeug.wrappers import Response

from assessment.errors import Conflict, Invalid, NotFound
from assessment.questionnaire import versions
from assessment.questionnaire.answers import Problem, question_of, read_answers, unanswered, word_of
from assessment.questionnaire.model import Questionnaire
from assessment.services import answering, codes, team_results
from assessment.services.answering import NO_ROLE, WHOLE, Form, Given, Saved, UnknownCode
from assessment.services.rounds import AGREED
from assessment.store.database import Unreachable
from assessment.web.access import everyone, respondents
from assessment.web.errors import public_sentence, refused
from assessment.web.respond import fields, language, lines, ticket
from assessment.web.respond.language import language_for
from assessment.web.respond.overview import (
    check_page,
    landing_page,
    nothing_page,
    receipt_page,
    start_page,
    still_open,
    takes_answers,
)
from assessment.web.respond.page import State, saved_words, shown
from assessment.web.respond.parts import has_whole
from assessment.web.respond.progress import part_after, part_before
from assessment.web.respond.ticket import Unopened
from assessment.web.respond.wording import Wording
from assessment.web.workplace import workplace
from assessment.wording import gettext as _
from assessment.wording import languages, speak

Page = Response | str | tuple[str, int]

NEXT, BACK, STAY = "next", "back", "stay"
TOLD, LOOK_AT = "message", "look-at"  # what is flashed: a sentence, the question to begin with
PLACES = ("start", "check", "receipt")  # where the language can be changed, beside the pages that ask
ONLY = "only"  # the question whose answer alone is saved
SEEN = "seen"  # the versions of the answers that a page was shown with
TURN = "turn"  # which of what a tab sent this is
LIVE = "live"  # sent by the script, which shows further questions as answers bring them up

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
    code = ticket.typed_code()
    if language.wish(languages()):
        language.listen()
        return landing_page(code, carried=_carried())
    if not codes.normalised(code):
        return landing_page(code, _("Enter the code from your sheet or link."), _carried()), HTTPStatus.BAD_REQUEST
    try:
        form = _open(code)
    except NotFound as refusal:
        return landing_page(code, refusal.sentence, _carried()), refusal.status
    number = request.form.get("page", type=int)
    return _take(number, STAY) if _exists(number, form) else _to("start")


@blueprint.get("/form")
@respondents
def start() -> Page:
    """Show what the form is, who sees what, and how far one has come."""
    return start_page(ticket.opened())


@blueprint.post("/form/role")
@respondents
def choose_role() -> Page:
    """Keep the role somebody answers in, in the signed cookie and nowhere else."""
    form = ticket.opened()
    role = request.form.get("role")
    if _in_another_language(form):
        return start_page(form, role=role)
    if form.takes_role and role not in {NO_ROLE, *(known.id for known in form.questionnaire.roles)}:
        return start_page(form, role_problem=True), HTTPStatus.BAD_REQUEST
    ticket.answer_as(role or NO_ROLE)
    return _to("start")


@blueprint.post("/form/language")
@respondents
def change_language() -> Page:
    """Go on in the language somebody chose, on the page they were on; those with answers bring these along instead."""
    form = ticket.opened()
    _in_another_language(form)
    number = request.form.get("here", type=int)
    if _exists(number, form):
        return redirect(url_for("respond.page", page=number), HTTPStatus.SEE_OTHER)
    here = request.form.get("here")
    return _to(here if here in PLACES else "start")


@blueprint.get("/form/all", defaults={"page": WHOLE})
@blueprint.get("/form/<int:page>")
@respondents
def page(page: int) -> Page:
    """Show a part of the form."""
    form = ticket.opened()
    number = _existing(form, page)
    if not _can_go_on(form):
        return _to("receipt" if form.receipt else "start")
    if not form.asked_on(number):
        return nothing_page(form, number)
    look_at = "".join(map(str, get_flashed_messages(category_filter=[LOOK_AT])))
    status = " ".join(map(str, get_flashed_messages(category_filter=[TOLD])))
    return shown(form, number, State(saved_words(form, number), status=status, look_at=look_at))


@blueprint.post("/form/all", defaults={"page": WHOLE})
@blueprint.post("/form/<int:page>")
@respondents
def save(page: int) -> Page:
    """Save a part of the form and go where the pressed button leads."""
    return _take(page)


@blueprint.post("/form/all/keep", defaults={"page": WHOLE})
@blueprint.post("/form/<int:page>/keep")
@respondents
def keep(page: int) -> Page:
    """Save one answer as it is given; the page stays as it is, and learns which version it has now."""
    name = request.form.get(ONLY, "")
    saved = _saved(lambda form: _one_given(form, _existing(form, page), name))
    question = saved.form.questionnaire.by_id[name]
    if name in saved.conflicts:
        given = fields.typed(request.form, [question]).given
        told = _conflict(saved.form, name, given).sentence
        return jsonify(version=request.form.get(SEEN, ""), told=told, conflict=True)
    return jsonify(version=versions.version_of(question, saved.form.answers), told=_("Saved"), conflict=False)


@blueprint.get("/form/check")
@respondents
def check() -> Page:
    """Show all answers before they are sent."""
    form = ticket.opened()
    if not _can_go_on(form):
        return _to("receipt" if form.receipt else "start")
    return check_page(form)


@blueprint.post("/form/check")
@respondents
def submit() -> Page:
    """Send the form; it is read again only where it has to be shown."""
    here = workplace()
    try:
        answering.submit(
            here.database,
            ticket.current(),
            here.now(),
            secret_key=here.settings.secret_key,
            listen=_speak_as_asked,
        )
    except Invalid as refusal:
        form = ticket.opened()
        return check_page(form, still_open(form, refusal.faults)), HTTPStatus.BAD_REQUEST
    except (Conflict, Unreachable) as refusal:
        return check_page(ticket.opened(), [(None, public_sentence(refusal))]), refusal.status
    return _to("receipt")


@blueprint.get("/form/receipt")
@respondents
def receipt() -> Page:
    """Show that the form came in, and what was sent: once, for then this browser forgets its code.

    A team's agreed answers are open to whoever has its link, so there nothing is forgotten.
    """
    form, here = ticket.opened(), workplace()
    if form.receipt is None:
        return _to("start")
    if request.method == "HEAD":
        return receipt_page(form, None)  # nobody sees it: what is shown once is not shown yet
    sent = answering.sent_answers(here.database, form, ticket.current())
    if form.round.mode != AGREED:
        ticket.spend()
        return receipt_page(form, sent)
    settings = here.settings
    results = team_results.link_of(here.database, form.entry, form.round, settings.base_url, settings.secret_key)
    return receipt_page(form, sent, results)


@blueprint.post("/form/leave")
@respondents
def leave() -> Page:
    """Forget the code, so that somebody else can enter theirs."""
    ticket.surrender()
    return _to("landing")


@blueprint.errorhandler(UnknownCode)
@blueprint.errorhandler(Unopened)
def ask_for_code(refusal: Unopened | UnknownCode) -> Page:
    """Ask for the code where it is missing or void; what was typed goes along and is saved once there is one."""
    ticket.surrender()
    return landing_page(problem=refusal.sentence, carried=_carried()), refusal.status


@blueprint.errorhandler(CSRFError)
def show_again(_error: CSRFError) -> Page:
    """Show the form again, with what was typed and a fresh token."""
    if request.endpoint == "respond.enter":
        return landing_page(ticket.typed_code(), _foreign(), _carried()), HTTPStatus.BAD_REQUEST
    try:
        return _once_more(ticket.opened()), HTTPStatus.BAD_REQUEST
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
    return landing_page(ticket.typed_code(), public_sentence(refusal), carried), refusal.status


def _in_another_language(form: Form) -> bool:
    """Whether a button of the switch was pressed; from now on that language is spoken."""
    wished = language.wish(form.questionnaire.languages)
    _speak_as_asked(form.questionnaire)
    return wished


def _speak_as_asked(questionnaire: Questionnaire) -> None:
    """Speak the language in which a questionnaire is asked of this reader."""
    speak(language_for(questionnaire))


def _open(code: str) -> Form:
    """Keep a code that is known, and give its form: a code from a sheet or link, or else one's own of a draft.

    What was saved on a shared link under a draft of one's own is not in it.
    """
    here, draft = workplace(), None
    try:
        form = answering.open_form(here.database, answering.ticket_of(code, None), here.now())
    except NotFound:
        shared = answering.shared_code_of(here.database, code, here.settings.secret_key)
        if shared is None:
            raise
        code, draft = shared, codes.normalised(code)
        form = answering.open_form(here.database, answering.ticket_of(code, None), here.now())
    ticket.issue(codes.normalised(code), form, draft)
    return form


def _can_go_on(form: Form) -> bool:
    """Whether there are questions to answer: answers are taken, and the role is known where it decides."""
    return takes_answers(form) and not form.lacks_role


def _take(number: int, go: str | None = None) -> Page:
    """Save what fits of a page; show it again where something does not, or go on: to `go`, or as a button says."""
    try:
        saved = _saved(lambda form: _page_given(form, _existing(form, number), go))
    except (Conflict, Unreachable) as refusal:
        form = ticket.opened()
        typed = fields.typed(request.form, form.questions_on(_existing(form, number)))
        state = State(typed.words, refusal=public_sentence(refusal), seen=request.form.get(SEEN))
        return shown(form.filled(number, _readable(form, typed)), number, state), refusal.status
    leads = go or _leads(saved.form)
    if not (saved.problems or saved.conflicts):
        return _go_on(saved, number, leads)
    typed = fields.typed(request.form, saved.form.questions_on(number))
    conflicts = tuple(_conflict(saved.form, name, typed.given) for name in saved.conflicts)
    status = _brought_up(saved) if leads == NEXT else ""
    state = State(_with_theirs(typed.words, saved, number), (*saved.problems, *conflicts), status=status)
    return shown(saved.form, number, state), HTTPStatus.BAD_REQUEST


def _saved(read: Callable[[Form], Given]) -> Saved:
    """Save what `read` gives."""
    here = workplace()
    return answering.save(here.database, ticket.current(), here.now(), read, _speak_as_asked)


def _page_given(form: Form, number: int, go: str | None) -> Given:
    """Read a page's answers; what cannot be read stays as it was saved."""
    leads = go or _leads(form)
    typed = fields.typed(request.form, form.questions_on(number))
    return Given(
        number,
        _readable(form, typed),
        typed.problems,
        seen=request.form.get(SEEN),
        turn=_turn(),
        complete=leads == NEXT,
        live=LIVE in request.form,
    )


def _one_given(form: Form, number: int, name: str) -> Given:
    """Read one question's answer; raises `NotFound` where the page has no such question."""
    question = next((one for one in form.questions_on(number) if one.id == name), None)
    if question is None:
        raise NotFound(_("There is no such question in this part."))
    given = fields.typed(request.form, [question]).given
    return Given(number, given, seen=request.form.get(SEEN, ""), turn=_turn(), only=name, live=True)


def _readable(form: Form, typed: fields.Typed) -> dict[str, str]:
    return typed.given | {one.key: word_of(form.answers.get(one.key)) for one in typed.problems}


def _leads(form: Form) -> str:
    """Give where the pressed button leads; one of the switch stays, and from now on its language is spoken."""
    return STAY if _in_another_language(form) else request.form.get("go", NEXT)


def _turn() -> versions.Turn | None:
    return versions.turn_of(request.form.get(TURN, ""))


def _with_theirs(words: Mapping[str, str], saved: Saved, number: int) -> dict[str, str]:
    """Give what was typed, but what somebody else gave where theirs counts."""
    kept = {key: word for key, word in words.items() if question_of(key) not in saved.theirs}
    theirs = saved_words(saved.form, number)
    return kept | {key: word for key, word in theirs.items() if question_of(key) in saved.theirs}


def _conflict(form: Form, name: str, given: Mapping[str, str]) -> Problem:
    """Say that two gave different answers: theirs is marked on the page, and the sentence names one's own."""
    question = form.questionnaire.by_id[name]
    wording = Wording(form.questionnaire, language_for(form.questionnaire))
    mine = lines.said(question, read_answers([question], given, form.questionnaire).answers.get(name), form, wording)
    sentence = _("Somebody else gave another answer meanwhile; it is the one you see. Yours was: %(mine)s.", mine=mine)
    return Problem(name, sentence)


def _go_on(saved: Saved, number: int, go: str) -> Response:
    """Say what was saved and go where a button leads, but not past questions that nobody could have seen."""
    if asked := saved.form.asked_on(number):
        questionnaire = saved.form.questionnaire
        title = questionnaire.title if number == WHOLE else questionnaire.dimensions[number - 1].title
        wording = Wording(saved.form.questionnaire, language_for(saved.form.questionnaire))
        answered = len(asked) - len(unanswered(asked, saved.answers))
        flash(_says("saved", answered, len(asked), wording.says(title)), TOLD)
    if go == NEXT and saved.brought_up:
        flash(_brought_up(saved), TOLD)
        flash(saved.brought_up[0].id, LOOK_AT)
        go = STAY
    return redirect(_after(saved.form, number, go), HTTPStatus.SEE_OTHER)


def _once_more(form: Form) -> str:
    """Give the page that a form came from."""
    if request.endpoint == "respond.submit":
        return check_page(form, [(None, _foreign())])
    number = (request.view_args or {}).get("page")
    if not _exists(number, form):
        return start_page(form, _foreign())
    typed = fields.typed(request.form, form.questions_on(number))
    return shown(
        form.filled(number, typed.given), number, State(typed.words, refusal=_foreign(), seen=request.form.get(SEEN))
    )


def _brought_up(saved: Saved) -> str:
    return _says("brought_up", len(saved.brought_up)) if saved.brought_up else ""


def _says(sentence: str, *about: object) -> str:
    """Give a sentence about what happened to a page's answers, in the words of the templates."""
    return str(get_template_attribute("macros/questions.html", sentence)(*about)).strip()


def _after(form: Form, number: int, go: str) -> str:
    """Give where a button leads; parts that ask nothing are passed over."""
    if form.lacks_role:
        return url_for("respond.start")
    if go == STAY:
        return url_for("respond.page", page=number)
    if go == NEXT:
        after = part_after(form, number)
        return url_for("respond.page", page=after) if after else url_for("respond.check")
    before = part_before(form, number) if go == BACK else None
    return url_for("respond.page", page=before) if before else url_for("respond.start")


def _exists(number: int | None, form: Form) -> TypeGuard[int]:
    """Whether a form has a page of this number."""
    if number == WHOLE:
        return has_whole(form.questionnaire)
    return number is not None and 1 <= number <= len(form.questionnaire.dimensions)


def _existing(form: Form, number: int) -> int:
    if not _exists(number, form):
        parts = len(form.questionnaire.dimensions)
        raise NotFound(_("This form has %(parts)s parts; there is no part %(number)s.", parts=parts, number=number))
    return number


def _foreign() -> str:
    return _(
        "Your page had been open too long or came from elsewhere; nothing is lost, press the button again. "
        "If that does not help, allow this site to set cookies."
    )


def _carried() -> list[tuple[str, str]]:
    """Give the answers that came with this request and the page they are for, as fields to send along."""
    answers = fields.carried(request.form)
    number = (request.view_args or {}).get("page", request.form.get("page", type=int))
    return [("page", str(number)), *answers] if answers and number is not None else []


def _to(name: str) -> Response:
    return redirect(url_for(f"respond.{name}"), HTTPStatus.SEE_OTHER)
