"""The addresses of a team's own results. The link's code is kept in the signed session and stands in no address."""

from http import HTTPStatus

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from assessment.errors import Forbidden, Invalid, NotFound
from assessment.services import codes, team_results
from assessment.services.accounts import FOLLOWERS
from assessment.services.team_results import PLACES, TeamResults
from assessment.web.access import everyone, signed_in_person, staff
from assessment.web.respond import language, ticket
from assessment.web.respond.wording import Wording
from assessment.web.team_results.page import page_of
from assessment.web.workplace import workplace
from assessment.wording import gettext as _
from assessment.wording import languages, speak, spoken

Page = Response | str | tuple[str, int]

_CODE = "results-code"

blueprint = Blueprint("team_results", __name__)


@blueprint.get("/results")
@everyone
def landing() -> Page:
    """Ask for the code of the link; a script fills it in from the address."""
    return _landing_page()


@blueprint.post("/results")
@everyone
def enter() -> Page:
    """Take a code, and go to what it leads to."""
    code = ticket.typed_code()
    if language.wish(languages()):
        language.listen()
        return _landing_page(code)
    if not codes.normalised(code):
        return _landing_page(code, _("Enter the code of your team’s link.")), HTTPStatus.BAD_REQUEST
    try:
        team_results.by_link(workplace().database, code)
    except NotFound as refusal:
        return _landing_page(code, refusal.sentence), refusal.status
    session[_CODE] = codes.normalised(code)
    return redirect(url_for("team_results.own"), HTTPStatus.SEE_OTHER)


@blueprint.get("/results/team")
@everyone
def own() -> Page:
    """Show the results of the team whose link was entered in this browser."""
    results = _entered()
    return _shown(results) if results else redirect(url_for("team_results.landing"), HTTPStatus.SEE_OTHER)


@blueprint.post("/results/team")
@everyone
def take_up() -> Page:
    """Keep what the team takes up; a button of the language switch brings it along and keeps nothing yet."""
    results = _entered()
    if results is None:
        return redirect(url_for("team_results.landing"), HTTPStatus.SEE_OTHER)
    typed = {place: request.form.get(f"initiative-{place}", "") for place in PLACES}
    if language.wish(results.questionnaire.languages):
        speak(language.language_for(results.questionnaire))
        return _shown(results, typed)
    try:
        team_results.take_up(workplace().database, session[_CODE], typed)
    except Invalid as refusal:
        return _shown(results, typed, refusal.sentence), refusal.status
    flash(_("What you take up is kept."))
    return redirect(url_for("team_results.own"), HTTPStatus.SEE_OTHER)


@blueprint.post("/results/leave")
@everyone
def leave() -> Page:
    """Forget the code in this browser."""
    session.pop(_CODE, None)
    return redirect(url_for("team_results.landing"), HTTPStatus.SEE_OTHER)


@blueprint.get("/rounds/<code>/teams/<team>")
@staff(*FOLLOWERS)
def of_team(code: str, team: str) -> Page:
    """Show a team's own results to its facilitator: nobody else has its distributions under 8 answers."""
    results = team_results.of_team(workplace().database, code, team)
    units = {team, *(step.code for step in results.entry.path)}
    if not signed_in_person().facilitates(units):
        raise Forbidden("A team’s own page is for the team and its facilitator.")
    return _shown(results, by_staff=True)


def _entered() -> TeamResults | None:
    """Give the results that this browser's code leads to; from now on the reader's language among theirs is spoken.

    None, and the code forgotten, where it leads nowhere.
    """
    if _CODE not in session:
        return None
    try:
        results = team_results.by_link(workplace().database, session[_CODE])
    except NotFound:
        session.pop(_CODE)
        return None
    speak(language.language_for(results.questionnaire))
    return results


def _landing_page(code: str = "", problem: str = "") -> str:
    return render_template(
        "team_results/landing.html", code=code, problem=problem, languages=languages(), language=spoken()
    )


def _shown(
    results: TeamResults, typed: dict[int, str] | None = None, problem: str = "", *, by_staff: bool = False
) -> str:
    """Give the page: in the reader's language, for staff as their other pages are."""
    asked = results.questionnaire
    wording = Wording(asked, asked.source_language if by_staff else language.language_for(asked))
    return render_template(
        "team_results/page.html",
        page=page_of(results, wording),
        says=wording.says,
        tongue=wording.tongue,
        languages=asked.languages,
        language=wording.language,
        results=results,
        titles=typed if typed is not None else {place: results.initiatives.get(place, "") for place in PLACES},
        places=PLACES,
        problem=problem,
        by_staff=by_staff,
    )
