"""The addresses at which people draw a code. A code stands in no address and is shown once."""

from collections.abc import Sequence
from http import HTTPStatus

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from assessment.errors import Conflict, Forbidden, NotFound, Refused
from assessment.services import drawing
from assessment.services.drawing import Offer
from assessment.web import oidc
from assessment.web.access import everyone
from assessment.web.draw import claim
from assessment.web.respond import language
from assessment.web.workplace import workplace
from assessment.wording import gettext as _
from assessment.wording import languages, spoken

blueprint = Blueprint("draw", __name__)

Page = str | Response | tuple[str, int]


@blueprint.get("/draw/<code>")
@everyone
def page(code: str) -> Page:
    """Say what is kept of whoever draws, and let them sign in; whoever has chooses their team."""
    return _page(_offer(code))


@blueprint.post("/draw/<code>/sign-in")
@everyone
def sign_in(code: str) -> Page:
    """Send somebody to the provider.

    Not by a redirect: browsers hold a form's redirects, also those from the provider to others, to `form-action`.
    """
    offer = _offer(code)
    if language.wish(languages()):
        language.listen()
        return _page(offer)
    claim.forget()
    callback = f"{workplace().settings.base_url}{url_for('draw.signed_in')}"
    try:
        return render_template("draw/leaving.html", address=oidc.begin(callback, code))
    except oidc.Unavailable as refusal:
        return _not_signed_in(code, refusal)


@blueprint.get("/oidc/draw")
@everyone
def signed_in() -> Page:
    """Take whom the provider says somebody is, and keep no more of it than the mark."""
    here, code = workplace(), oidc.begun_for()
    try:
        who = oidc.finish()
    except Refused as refusal:
        return _not_signed_in(code, refusal)
    claim.keep(code, drawing.mark_of(here.settings.secret_key, code, who.issuer, who.subject), here.now())
    return redirect(url_for("draw.page", code=code), HTTPStatus.SEE_OTHER)


@blueprint.post("/draw/<code>")
@everyone
def draw(code: str) -> Page:
    """Draw a code for somebody of a team, and show it, once."""
    here, team = workplace(), request.form.get("team", "")
    if language.wish(languages()):
        language.listen()
        return _page(_offer(code), team)
    try:
        drawn = drawing.draw(here.database, code, team, claim.needed(code, here.now()), here.now())
    except (Conflict, Forbidden, NotFound) as refusal:
        return _page(_offer(code), team, refusal.sentence), refusal.status
    claim.forget()
    return render_template("draw/code.html", drawn=drawn, address=f"{here.settings.base_url}/")


def _not_signed_in(code: str, refusal: Refused) -> Page:
    """Say why nobody has signed in, and lead back to where they began."""
    way = (url_for("draw.page", code=code), _("Begin again"))
    after = _("No code was drawn.")
    page_ = render_template("error.html", sentence=refusal.sentence, faults=(), after=after, way=way)
    return page_, refusal.status


def _offer(code: str) -> Offer:
    """Give what can be drawn in a round by whoever has signed in for it; their mark is forgotten where they drew."""
    here = workplace()
    if not here.settings.oidc:
        raise NotFound(_("Codes cannot be drawn on this site: ask your facilitator for one."))
    offer = drawing.offer(here.database, code, here.now(), claim.held(code, here.now()))
    if offer.drawn:
        claim.forget()
    return offer


def _page(offer: Offer, team: str = "", problem: str = "") -> str:
    return render_template(
        "draw/page.html",
        round=offer.round,
        teams=_teams(offer) if claim.held(offer.round.code, workplace().now()) else (),
        drawn=offer.drawn,
        team=team,
        problem="" if offer.drawn else problem,
        languages=languages(),
        language=spoken(),
    )


def _teams(offer: Offer) -> Sequence[tuple[str, str]]:
    """Give each team's code and what to call it: its name, and the ART that it is in."""
    above = {entry.unit: [step.name for step in entry.path if step.kind == "art"] for entry in offer.teams}
    return [(entry.unit, " – ".join([entry.name, *above[entry.unit][-1:]])) for entry in offer.teams]
