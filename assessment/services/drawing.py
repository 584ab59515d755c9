"""Drawing a code oneself: whoever has signed in gets one. That they drew is kept, which code is not.

What is kept is a mark: a hash of who they are under the installation's secret key, which differs from round to round.
It lies apart from the codes, without a team and without a time, and goes when the round closes.
"""

import hmac
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from assessment.errors import Conflict, NotFound
from assessment.services import codes
from assessment.services.links import SINGLE_USE
from assessment.services.round_state import state_of
from assessment.store import queries, writes
from assessment.store.database import Database
from assessment.store.records import RosterEntry, RoundRecord
from assessment.wording import gettext as _


@dataclass(frozen=True, slots=True)
class Offer:
    """A round in which codes can be drawn, and the teams it asks, by their names; `drawn` says that one did already."""

    round: RoundRecord
    teams: Sequence[RosterEntry]
    drawn: bool


@dataclass(frozen=True, slots=True)
class Drawn:
    """A code, to be shown once: it is stored as a hash."""

    round: RoundRecord
    entry: RosterEntry
    code: str = field(repr=False)


def mark_of(secret_key: str, code: str, issuer: str, subject: str) -> str:
    """Give the mark of somebody in a round: a keyed hash of whom the provider says they are (HMAC-SHA256)."""
    who = json.dumps([code, issuer, subject])
    return hmac.new(secret_key.encode(), b"draw mark\x00" + who.encode(), "sha256").hexdigest()


def offer(database: Database, code: str, now: datetime, mark: str | None = None) -> Offer:
    """Give what can be drawn in a round; raises `NotFound` or `Conflict` where nothing can."""
    with database.reading() as session:
        round_ = _handing_out(queries.round_by_code(session, code), now)
        drawn = mark is not None and queries.has_drawn(session, round_.id, mark)
        teams = sorted(queries.roster(session, round_.id), key=lambda entry: (entry.name.casefold(), entry.unit))
    return Offer(round_, teams, drawn)


def draw(database: Database, code: str, team: str, mark: str, now: datetime) -> Drawn:
    """Make a code for somebody of a team, who has drawn none yet: the mark and the code's hash are stored or neither.

    It counts against the team's headcount, as printed and mailed codes do. Raises `Conflict` where the mark is there,
    or the team has a code for everybody.
    """
    with database.writing() as session:
        round_ = _handing_out(queries.round_by_code(session, code, for_update=True), now)
        entry = _asked(session, round_, team)
        issued = queries.code_counts(session, round_.id).get(entry.id, 0)
        made = codes.new_code()
        if not writes.draw_code(session, round_.id, entry.id, mark, codes.hash_of(made)):
            raise Conflict(_("You have drawn your code for this round already."))
        if issued >= entry.headcount:  # and what was just written is taken back
            raise Conflict(_("All codes of %(team)s are given out; ask your facilitator.", team=entry.name))
    return Drawn(round_, entry, made)


def _handing_out(round_: RoundRecord | None, now: datetime) -> RoundRecord:
    if round_ is None:
        raise NotFound(_("There is no such round. Check the address you were given."))
    if round_.mode != SINGLE_USE:
        raise Conflict(_("In this round a team has one link for all: ask your facilitator for it."))
    state = state_of(round_, now)
    if state == "planned":
        raise Conflict(_("This round is not open yet; codes can be drawn once it is."))
    if state != "open":
        raise Conflict(_("This round takes no more answers, so there are no codes to draw."))
    return round_


def _asked(session: Session, round_: RoundRecord, team: str) -> RosterEntry:
    entry = next((entry for entry in queries.roster(session, round_.id) if entry.unit == team), None)
    if entry is None:
        raise NotFound(_("Choose your team from the list."))
    return entry
