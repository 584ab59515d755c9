"""The reader's language: the one somebody chose, else what their browser asks for, else the questionnaire's own.

What was chosen is kept in the signed session cookie and nowhere else. The application's words follow the
questionnaire's; where the application does not know their language, it stays with English.
"""

from collections.abc import Sequence
from functools import lru_cache

from flask import Flask, current_app, request, session
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from assessment import wording
from assessment.questionnaire.model import Questionnaire
from assessment.web.access import LOGIN, STAFF, access_of

FIELD = "language"

_CHOSEN = "respond-language"
# Blueprints; the pages of staff are in English, also those that are among them.
_READERS = frozenset({"respond", "draw", "facilitate", "vote", "team_results"})


def install(app: Flask) -> None:
    """Speak the reader's language from the start of a request, so that whatever turns it away does so too."""
    app.before_request(listen)
    app.teardown_request(lambda _error: wording.speak(wording.SOURCE))


def listen() -> None:
    """Speak the reader's language as far as it is known before the questionnaire is."""
    wording.speak(among(wording.languages()) if _is_for_readers() else wording.SOURCE)


def among(languages: Sequence[str]) -> str:
    """Give the one of some languages that fits the reader best; the first where none does."""
    return _best(tuple(languages), session.get(_CHOSEN), request.headers.get("Accept-Language", ""))


@lru_cache(maxsize=512)
def _best(languages: tuple[str, ...], chosen: str | None, accepted: str) -> str:
    wanted = LanguageAccept([(chosen, 1)]).best_match(languages) if chosen else None
    return wanted or parse_accept_header(accepted, LanguageAccept).best_match(languages) or languages[0]


def language_for(questionnaire: Questionnaire) -> str:
    """Give the language in which a questionnaire is asked of this reader."""
    return among(questionnaire.languages)


def wish(languages: Sequence[str]) -> bool:
    """Keep the language that a pressed button of the switch names; False where none of these was named."""
    wanted = request.form.get(FIELD)
    if wanted not in languages:
        return False
    session[_CHOSEN] = wanted
    return True


def _is_for_readers() -> bool:
    """Whether a page is for respondents; one that does not exist is for everybody but staff."""
    if request.endpoint is None:
        return LOGIN not in session
    access = access_of(current_app.view_functions[request.endpoint])
    return request.blueprint in _READERS and (access is None or access.audience != STAFF)
