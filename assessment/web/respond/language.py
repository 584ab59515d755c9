"""The reader's language: the one somebody chose, else what their browser asks for, else the questionnaire's own.

What was chosen is kept in the signed session cookie and nowhere else. The application's words follow the
questionnaire's; where the application does not know their language, it stays with English.
"""

from collections.abc import Sequence

from flask import Flask, request, session
from werkzeug.datastructures import LanguageAccept

from assessment import wording
from assessment.questionnaire.model import Questionnaire
from assessment.web.access import LOGIN

FIELD = "language"

_CHOSEN = "respond-language"
_READERS = frozenset({"respond", "facilitate", "vote", "team_results"})  # blueprints; the pages of staff are in English


def install(app: Flask) -> None:
    """Speak the reader's language from the start of a request, so that whatever turns it away does so too."""
    app.before_request(listen)
    app.teardown_request(lambda _error: wording.speak(wording.SOURCE))


def listen() -> None:
    """Speak the reader's language as far as it is known before the questionnaire is."""
    wording.speak(among(wording.languages()) if _is_for_readers() else wording.SOURCE)


def among(languages: Sequence[str]) -> str:
    """Give the one of some languages that fits the reader best; the first where none does."""
    chosen = session.get(_CHOSEN)
    wanted = LanguageAccept([(chosen, 1)]).best_match(languages) if chosen else None
    return wanted or request.accept_languages.best_match(languages) or languages[0]


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
    return request.blueprint in _READERS or (request.endpoint is None and LOGIN not in session)
