"""A round's cockpit: who has answered, live; a reminder to send, more time, the blank form, codes on paper again."""

from datetime import date, datetime, time, timedelta
from http import HTTPStatus
from urllib.parse import quote, urlencode

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from assessment.errors import Forbidden, Invalid, Refused
from assessment.reports import environment
from assessment.reports.codes import CodeSheet
from assessment.reports.form import form_sheet
from assessment.services import handing_out, inviting, mailing, questionnaires, reading, team_results
from assessment.services import rounds as the_rounds
from assessment.services.accounts import FOLLOWERS
from assessment.services.catalogue import language_of
from assessment.services.handing_out import Issuer
from assessment.services.links import SINGLE_USE
from assessment.services.rounds import Progress
from assessment.web.access import signed_in_person, staff
from assessment.web.lace import blueprint
from assessment.web.lace.paper import printed
from assessment.web.lace.question_health import DECIDERS
from assessment.web.workplace import workplace

EXTENDERS = ("admin", "lace", "rte")
"""The roles that give a round more time."""
REVIEWERS = ("lace",)
"""The roles that close a round, review and release it."""

Page = str | Response | tuple[str, int]


@blueprint.get("/rounds/<code>")
@staff(*FOLLOWERS)
def round_(code: str) -> str:
    """Show how many of each team, or of each unit of another kind, have answered."""
    return round_page(code)


@blueprint.get("/rounds/<code>/answered")
@staff(*FOLLOWERS)
def answered(code: str) -> str:
    """Give the table of who has answered alone, for the page that follows it."""
    here = workplace()
    progress = the_rounds.progress(here.database, code, here.now())
    return render_template("lace/_answered.html", progress=progress, audience=reading.audience(here.database, code))


@blueprint.get("/rounds/<code>/form.pdf")
@staff(*FOLLOWERS)
def blank_form(code: str) -> Response:
    """Give the blank form of a round on paper."""
    asked = questionnaires.of_round(workplace().database, code)
    language = language_of(asked, request.args.get("language"))
    return printed(environment.form_html(form_sheet(asked, language)), code, asked.id, language)


@blueprint.post("/rounds/<code>/extend")
@staff(*EXTENDERS)
def extend(code: str) -> Page:
    """Give a round more time: until the end of a day."""
    here = workplace()
    try:
        until = _end_of_day(request.form.get("until", ""))
        the_rounds.extend(here.database, code, until, here.now())
    except Refused as refusal:
        return round_page(code, late=refusal.sentence), refusal.status
    flash("The round has more time now.")
    return redirect(url_for("lace.round_", code=code), HTTPStatus.SEE_OTHER)


@blueprint.post("/rounds/<code>/sheets")
@staff(*FOLLOWERS)
def sheets(code: str) -> Page:
    """Give codes or posters on paper: of all teams, or of one anew, which voids what that team has not used."""
    here, team = workplace(), request.form.get("team", "")
    progress = the_rounds.progress(here.database, code, here.now())
    _check_may_hand_out(progress, team)
    try:
        if team and request.form.get("sure") != "yes" and progress.round.mode == "codes":
            raise Invalid("Tick the box first: the team’s unused codes will be void.")
        sheet = _sheet(code, team)
    except Refused as refusal:
        return round_page(code, unmade=refusal.sentence), refusal.status
    return printed(environment.codes_html(sheet), code, team or "all", "codes")


def round_page(code: str, *, unsure: str = "", late: str = "", unmade: str = "", unsent: tuple[str, ...] = ()) -> str:
    """Give a round's page, with why it was not closed, got no more time, or no codes were made or mailed."""
    here, person = workplace(), signed_in_person()
    progress = the_rounds.progress(here.database, code, here.now())
    text, mail = reminder(progress)
    return render_template(
        "lace/round.html",
        progress=progress,
        audience=reading.audience(here.database, code),
        days_left=_days_left(progress),
        reminder=text,
        mail=mail,
        codes_made=handing_out.are_made(here.database, code),
        draw_address=_draw_address(progress),
        may_close=person.has_role(*REVIEWERS),
        may_extend=person.has_role(*EXTENDERS),
        hands_out_to=[team for team in progress.teams if person.may_hand_out(team.units)],
        results=_results_links(progress),
        hands_out_to_all=person.may_hand_out(frozenset()),
        decides=person.has_role(*DECIDERS),
        unsure=unsure,
        late=late,
        unmade=unmade,
        unsent=unsent,
        mails=inviting.mails(here.database, code),
        unmailable=_unmailable(),
    )


def _unmailable() -> str:
    """Give why no codes can be mailed from here: which settings are missing or wrong; `""` where they can."""
    settings = workplace().settings
    try:
        mailing.server_of(settings.smtp_url, settings.mail_from)
    except Refused as refusal:
        return refusal.sentence
    return ""


def _draw_address(progress: Progress) -> str:
    """Give where people draw a code of this round themselves; `""` where they cannot."""
    settings = workplace().settings
    if not settings.oidc or progress.round.mode != SINGLE_USE:
        return ""
    return f"{settings.base_url}{url_for('draw.page', code=progress.round.code)}"


def _results_links(progress: Progress) -> dict[str, str]:
    """Give the links to teams' own results that this person sends as their facilitator, by the team; none before."""
    if not progress.counted:
        return {}
    settings, person = workplace().settings, signed_in_person()
    made = team_results.links_of(workplace().database, progress.round.code, settings.base_url, settings.secret_key)
    mine = {team.team for team in progress.teams if person.facilitates(set(team.units))}
    return {link.team: link.url for link in made if link.team in mine}


def _days_left(progress: Progress) -> int | None:
    """Give how many days a round takes answers still, today counted; None where it does not, or has no end."""
    if progress.state != "open" or progress.round.closes_at is None:
        return None
    zone = workplace().settings.timezone
    last = (progress.round.closes_at - timedelta(microseconds=1)).astimezone(zone).date()
    return (last - workplace().now().astimezone(zone).date()).days + 1


def _sheet(code: str, team: str) -> CodeSheet:
    here = workplace()
    settings = here.settings
    issuer = Issuer(
        by=signed_in_person().email,
        now=here.now(),
        base_url=settings.base_url,
        secret_key=settings.secret_key,
        timezone=settings.timezone,
    )
    if team:
        return handing_out.of_team(here.database, code, team, issuer)
    return handing_out.of_all(here.database, code, issuer)


def _check_may_hand_out(progress: Progress, team: str) -> None:
    """Raise where somebody is not to have these codes: of all teams for the LACE, of one for those of its units too."""
    person = signed_in_person()
    units = next((one.units for one in progress.teams if one.team == team), frozenset())
    if not person.may_hand_out(units):
        raise Forbidden("These codes are handed out by the LACE, or by those whose team or ART it is.")


def reminder(progress: Progress) -> tuple[str, str]:
    """Give a reminder as text, and as an address that opens a mail with it."""
    words = render_template("lace/reminder.txt", progress=progress, address=workplace().settings.base_url).strip()
    subject = f"{progress.round.title}: please answer"
    return words, f"mailto:?{urlencode({'subject': subject, 'body': words}, quote_via=quote)}"


def _end_of_day(typed: str) -> datetime:
    try:
        after = date.fromisoformat(typed.strip()) + timedelta(days=1)
    except (ValueError, OverflowError) as error:
        raise Invalid("Give the last day as a date, like 2026-12-11.") from error
    return datetime.combine(after, time.min, workplace().settings.timezone)
