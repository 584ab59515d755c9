"""The sign-in page."""

from flask import Blueprint, g, redirect, render_template, session, url_for
from werkzeug.wrappers import Response

from assessment.errors import Forbidden
from assessment.services import accounts
from assessment.store.records import ROLES
from assessment.web.access import LOGIN, everyone, home_of, person, signed_in_person, staff
from assessment.web.forms import SignInForm
from assessment.web.workplace import workplace

blueprint = Blueprint("sign_in", __name__, url_prefix="/sign-in")

_CSRF = "csrf_token"  # Flask-WTF's name for it in the session

Page = str | Response | tuple[str, int]


@blueprint.get("")
@everyone
def page() -> Page:
    """Show the form; whoever is signed in goes on."""
    somebody = person()
    if somebody is not None:
        return redirect(home_of(somebody))
    return render_template("sign_in/page.html", form=SignInForm(), problem=None)


@blueprint.post("")
@everyone
def enter() -> Page:
    """Sign in."""
    form = SignInForm()
    if not form.validate_on_submit():
        return render_template("sign_in/page.html", form=form, problem=None), 400
    here = workplace()
    try:
        token = accounts.sign_in(here.database, form.email.data, form.password.data, here.now())
    except Forbidden as error:
        return render_template("sign_in/page.html", form=form, problem=error.sentence), 403
    _forget()
    session[LOGIN] = token
    return redirect(_local(form.next.data) or home_of(signed_in_person()), 303)


@blueprint.post("/out")
@staff(*ROLES)
def leave() -> Response:
    """Sign out, here and for every copy of the cookie."""
    accounts.sign_out(workplace().database, session[LOGIN])
    _forget()
    return redirect(url_for("sign_in.page"), 303)


def _forget() -> None:
    """Forget who is signed in and the token their forms carry; a respondent's draft in this browser stays."""
    session.pop(LOGIN, None)
    session.pop(_CSRF, None)
    g.pop("person", None)


def _local(target: str | None) -> str | None:
    """Give the target where it is a page of this site."""
    if not target or not target.startswith("/") or target.startswith(("//", "/\\")) or not target.isprintable():
        return None
    return target
