"""Refusals and faults become pages with a sentence and the right status: the one place where that is decided."""

from http import HTTPStatus

from flask import Flask, current_app, render_template
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from assessment.errors import Invalid, Refused

_SENTENCES = {
    HTTPStatus.BAD_REQUEST: "The browser sent something that cannot be understood here.",
    HTTPStatus.UNAUTHORIZED: "Sign in to open this page.",
    HTTPStatus.FORBIDDEN: "You may not open this page.",
    HTTPStatus.NOT_FOUND: "There is no page at this address.",
    HTTPStatus.METHOD_NOT_ALLOWED: "This page cannot be used that way.",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "What was sent is larger than 1 MiB; nothing was stored.",
}

_FAULT = "Something went wrong on our side; nothing was stored. Please try again, or tell whoever runs this site."
_STALE = "This page had been open for too long or came from elsewhere, so nothing was stored. Go back and try again."


def guard(app: Flask) -> None:
    """Turn every error into a page."""
    app.register_error_handler(Refused, refused)
    app.register_error_handler(CSRFError, stale)
    app.register_error_handler(HTTPException, failed)
    app.register_error_handler(Exception, broken)


def refused(error: Refused) -> tuple[str, int]:
    """Show a refusal's own sentence."""
    faults = error.faults if isinstance(error, Invalid) else ()
    return page(error.sentence, error.status, faults)


def stale(_error: CSRFError) -> tuple[str, int]:
    """Show what became of a form whose token does not fit."""
    return page(_STALE, HTTPStatus.BAD_REQUEST)


def failed(error: HTTPException) -> tuple[str, int]:
    """Show what HTTP says, in plain words."""
    status = HTTPStatus(error.code or HTTPStatus.INTERNAL_SERVER_ERROR)
    return page(_SENTENCES.get(status, _FAULT if status >= HTTPStatus.INTERNAL_SERVER_ERROR else status.phrase), status)


def broken(error: Exception) -> tuple[str, int]:
    """Log a fault by its kind and place, never by its text, which may hold an answer; show a page."""
    current_app.logger.error("fault: %s at %s", type(error).__name__, _place(error))
    return page(_FAULT, HTTPStatus.INTERNAL_SERVER_ERROR)


def page(sentence: str, status: HTTPStatus, faults: tuple[str, ...] = ()) -> tuple[str, int]:
    """Give an error page."""
    return render_template("error.html", sentence=sentence, faults=faults, status=int(status)), int(status)


def _place(error: BaseException) -> str:
    trace = error.__traceback__
    places: list[str] = []
    while trace is not None:
        code = trace.tb_frame.f_code
        places.append(f"{code.co_filename.rpartition('/')[2]}:{trace.tb_lineno}")
        trace = trace.tb_next
    return " > ".join(places[-6:])
