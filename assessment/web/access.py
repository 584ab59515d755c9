"""Who may use a view. Every view carries exactly one of these declarations; one without is refused at the door."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import ParamSpec, TypeVar

from flask import Flask, abort, current_app, g, redirect, request, session, url_for
from werkzeug.wrappers import Response

from assessment.errors import Forbidden
from assessment.services import accounts
from assessment.services.accounts import Person
from assessment.store.records import ROLES
from assessment.web.workplace import workplace

P = ParamSpec("P")
R = TypeVar("R")
View = Callable[P, R]

LOGIN = "login"
STAFF = "staff"  # an audience


@dataclass(frozen=True, slots=True)
class Access:
    """A view's declaration: open to everyone, to respondents with a code, to voters in a room, or to staff."""

    audience: str
    roles: tuple[str, ...] = ()


def everyone(view: View[P, R]) -> View[P, R]:
    """Declare that anybody may use the view."""
    return _declare(view, Access("everyone"))


def respondents(view: View[P, R]) -> View[P, R]:
    """Declare that whoever holds a code may use the view; the view asks for the ticket itself."""
    return _declare(view, Access("respondents"))


def voters(view: View[P, R]) -> View[P, R]:
    """Declare that whoever is in a workshop's room may use the view; the view asks for the room itself."""
    return _declare(view, Access("voters"))


def staff(*roles: str) -> Callable[[View[P, R]], View[P, R | Response]]:
    """Declare that a signed-in person with one of the roles may use the view."""
    unknown = set(roles) - set(ROLES)
    if unknown or not roles:
        raise ValueError(f"no such roles: {unknown}")

    def declare(view: View[P, R]) -> View[P, R | Response]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R | Response:
            somebody = person()
            if somebody is None:
                return _to_sign_in()
            if not somebody.has_role(*roles):
                raise Forbidden("Your account has no role that may open this page.")
            return view(*args, **kwargs)

        return _declare(guarded, Access(STAFF, roles))

    return declare


def access_of(view: Callable[..., object]) -> Access | None:
    """Give a view's declaration, None where it has none."""
    return getattr(view, "_access", None)


def person() -> Person | None:
    """Give the signed-in person of this request, None where nobody is signed in."""
    if "person" not in g:
        token = session.get(LOGIN)
        here = workplace()
        g.person = accounts.signed_in(here.database, token, here.now()) if token else None
    somebody: Person | None = g.person
    return somebody


def signed_in_person() -> Person:
    """Give the signed-in person inside a view declared for staff."""
    somebody = person()
    if somebody is None:
        abort(401)
    return somebody


def home_of(somebody: Person) -> str:
    """Give where a person starts: at the ARTs, or at the rounds where reports are not for them."""
    return url_for("lace.arts" if somebody.reads_reports else "lace.rounds")


def install(app: Flask) -> None:
    """Refuse every view without a declaration, whoever registered it."""

    @app.before_request
    def declared_only() -> None:
        if request.endpoint is None or request.endpoint == "static":
            return
        if access_of(current_app.view_functions[request.endpoint]) is None:
            abort(403)


def _declare(view: View[P, R], access: Access) -> View[P, R]:
    view._access = access  # type: ignore[attr-defined]  # noqa: SLF001 - the declaration travels with the view
    return view


def _to_sign_in() -> Response:
    target = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("sign_in.page", next=target))
