"""Refusals and faults become pages with a sentence and the right status: the one place where that is decided."""

from http import HTTPStatus

from flask import Flask, current_app, render_template
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from assessment.errors import Refused, place_of
from assessment.store.database import Unreachable
from assessment.wording import gettext as _


def install(app: Flask) -> None:
    """Turn every error into a page."""
    app.register_error_handler(Refused, refused)
    app.register_error_handler(CSRFError, stale)
    app.register_error_handler(HTTPException, failed)
    app.register_error_handler(Exception, broken)


def refused(error: Refused) -> tuple[str, int]:
    """Show a refusal's own sentence."""
    return page(public_sentence(error), error.status, error.faults)


def public_sentence(error: Refused) -> str:
    """Give what a refusal tells on a page: of a database that does not answer, neither where it is nor why."""
    if not isinstance(error, Unreachable):
        return error.sentence
    current_app.logger.error("the database cannot be reached: %s", type(error.__cause__ or error).__name__)
    return _("The site cannot reach its database just now; please try again in a minute. Nothing was stored.")


def stale(_error: CSRFError) -> tuple[str, int]:
    """Show what became of a form whose token does not fit."""
    sentence = _(
        "This page had been open for too long or came from elsewhere, so nothing was stored. Go back and try again."
    )
    return page(sentence, HTTPStatus.BAD_REQUEST)


def failed(error: HTTPException) -> tuple[str, int]:
    """Show what HTTP says, in plain words."""
    status = HTTPStatus(error.code or HTTPStatus.INTERNAL_SERVER_ERROR)
    return page(_said_of(status), status)


def broken(error: Exception) -> tuple[str, int]:
    """Log a fault and show a page."""
    current_app.logger.error("fault: %s", place_of(error))
    return page(_fault(), HTTPStatus.INTERNAL_SERVER_ERROR)


def page(sentence: str, status: HTTPStatus, faults: tuple[str, ...] = ()) -> tuple[str, int]:
    """Give an error page."""
    return render_template("error.html", sentence=sentence, faults=faults, status=int(status)), int(status)


def _said_of(status: HTTPStatus) -> str:
    sentences = {
        HTTPStatus.BAD_REQUEST: _("The browser sent something that cannot be understood here."),
        HTTPStatus.UNAUTHORIZED: _("Sign in to open this page."),
        HTTPStatus.FORBIDDEN: _("You may not open this page."),
        HTTPStatus.NOT_FOUND: _("There is no page at this address."),
        HTTPStatus.METHOD_NOT_ALLOWED: _("This page cannot be used that way."),
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE: _("What was sent is larger than 1 MiB; nothing was stored."),
    }
    return sentences.get(status, _fault() if status >= HTTPStatus.INTERNAL_SERVER_ERROR else status.phrase)


def _fault() -> str:
    return _("Something went wrong on our side; nothing was stored. Please try again, or tell whoever runs this site.")
