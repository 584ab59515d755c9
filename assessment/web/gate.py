"""What is turned away before anything else looks at it."""

from http import HTTPStatus

from flask import Flask, abort, request

_READING = frozenset({"GET", "HEAD", "OPTIONS"})
_FORM_THAT_SAYS_SO_ITSELF = "respond"  # it shows again what was typed, with the problem beside it


def install(app: Flask) -> None:
    """Turn away what no page of ours sends."""
    app.before_request(refuse_other_sites)
    app.before_request(refuse_null_characters)


def refuse_other_sites() -> None:
    """Refuse a form that a page of another site sent, before an answer to it could replace anybody's cookie."""
    if request.method not in _READING and request.headers.get("Sec-Fetch-Site") == "cross-site":
        abort(HTTPStatus.FORBIDDEN)


def refuse_null_characters() -> None:
    """Refuse a character that PostgreSQL cannot store."""
    given = [request.path, *request.args.values()]
    if request.method not in _READING and request.blueprint != _FORM_THAT_SAYS_SO_ITSELF:
        given += request.form.values()
    if any("\x00" in words for words in given):
        abort(HTTPStatus.BAD_REQUEST)
