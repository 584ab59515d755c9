"""What the session keeps of somebody between signing in and drawing: their mark in one round, for a quarter of an hour.

The mark is a keyed hash: neither a name nor an address, nor what the provider calls them, is kept.
"""

from datetime import datetime, timedelta

from flask import session

from assessment.errors import Forbidden
from assessment.wording import gettext as _

LASTS = timedelta(minutes=15)

_CLAIM = "draw-claim"


def keep(code: str, mark: str, now: datetime) -> None:
    """Keep a mark for a round, in place of any other."""
    session[_CLAIM] = [code, mark, (now + LASTS).timestamp()]


def held(code: str, now: datetime) -> str | None:
    """Give the mark of whoever has signed in for a round; None, and nothing kept, where that is too long ago."""
    if _CLAIM not in session:
        return None
    round_, mark, until = session[_CLAIM]
    if now.timestamp() >= until:
        forget()
        return None
    return str(mark) if round_ == code else None


def needed(code: str, now: datetime) -> str:
    """Give the mark of whoever has signed in for a round; raises `Forbidden` where nobody has."""
    mark = held(code, now)
    if mark is None:
        raise Forbidden(_("Sign in first: nobody has in this browser, or it was too long ago. No code was drawn."))
    return mark


def forget() -> None:
    """Forget who signed in."""
    session.pop(_CLAIM, None)
