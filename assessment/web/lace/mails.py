"""Codes by mail from a round's page: a file of addresses goes into the queue, the page tells how far its mails are."""

from http import HTTPStatus

from flask import flash, redirect, render_template, request, url_for

from assessment.errors import Forbidden, Invalid, Refused
from assessment.services import inviting, mailing
from assessment.services.accounts import FOLLOWERS
from assessment.web.access import signed_in_person, staff
from assessment.web.errors import public_sentence
from assessment.web.lace import blueprint
from assessment.web.lace.cockpit import Page, round_page
from assessment.web.workplace import workplace

MOST_TOLD = 20


@blueprint.get("/rounds/<code>/mails")
@staff(*FOLLOWERS)
def mails(code: str) -> str:
    """Give how far the mails are alone, for the page that follows it."""
    _check_may_mail()
    return render_template("lace/_mails.html", mails=inviting.mails(workplace().database, code))


@blueprint.post("/rounds/<code>/mails")
@staff(*FOLLOWERS)
def send_mails(code: str) -> Page:
    """Take a file of addresses and have everybody in it mailed a code."""
    _check_may_mail()
    here, by = workplace(), signed_in_person().email
    try:
        mailing.server_of(here.settings.smtp_url, here.settings.mail_from)
        number = inviting.invite(here.database, code, _file(), here.now(), by, here.jobs.mail_codes)
    except Refused as refusal:
        return round_page(code, unsent=_told(refusal)), refusal.status
    flash("1 mail is on the way." if number == 1 else f"{number} mails are on their way.")
    return redirect(url_for("lace.round_", code=code) + "#mails", HTTPStatus.SEE_OTHER)


def _file() -> bytes:
    given = request.files.get("people")
    if given is None or not given.filename:
        raise Invalid("Choose a CSV file first.")
    content: bytes = given.read()
    return content


def _told(refusal: Refused) -> tuple[str, ...]:
    more = len(refusal.faults) - MOST_TOLD
    rest = (f"and {more} more",) if more > 0 else ()
    return (public_sentence(refusal), *refusal.faults[:MOST_TOLD], *rest)


def _check_may_mail() -> None:
    """Raise where somebody is not to have the codes of all teams."""
    if not signed_in_person().may_hand_out(frozenset()):
        raise Forbidden("Codes are mailed by the LACE, or by those whom all teams are told of.")
