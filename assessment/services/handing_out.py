"""Handing out a round's codes and links again on paper, from the round's page: who did it is noted, no code is."""

from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from assessment.errors import Conflict
from assessment.reports.codes import CodeSheet
from assessment.services import code_sheets, links
from assessment.services.links import SINGLE_USE
from assessment.services.rounds import entry_needed, needed
from assessment.store import queries, writes
from assessment.store.database import Database

MADE, MADE_ANEW = "codes made", "codes made anew"


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who hands out, and when; with what links are made of and how dates read on paper."""

    by: str
    now: datetime
    base_url: str
    secret_key: str = field(repr=False)
    timezone: ZoneInfo


def of_all(database: Database, code: str, issuer: Issuer) -> CodeSheet:
    """Give the paper of all teams: in mode `codes` slips with codes made now, once; else the posters, at any time.

    Raises `Conflict` where the codes were made already.
    """
    found = links.of_round(database, code, issuer.base_url, issuer.secret_key)
    _note(database, issuer, MADE, code)
    return code_sheets.sheet_of(database, code, found, issuer.timezone)


def of_team(database: Database, code: str, team: str, issuer: Issuer) -> CodeSheet:
    """Give a team's paper anew: in mode `codes` new ones for those that are void now; else the same poster again."""
    with database.reading() as session:
        round_ = needed(session, code)
        entry_needed(session, round_, team)
    if round_.mode == SINGLE_USE:
        found = links.of_round(database, code, issuer.base_url, issuer.secret_key, reissue=team)
        if not any(link.codes for link in found):
            raise Conflict("Every code of this team is used, or none was made yet; there is none to make anew.")
        _note(database, issuer, MADE_ANEW, f"{code} {team}")
    else:
        made = links.of_round(database, code, issuer.base_url, issuer.secret_key)
        found = [link for link in made if link.team == team]
    return code_sheets.sheet_of(database, code, found, issuer.timezone)


def are_made(database: Database, code: str) -> bool:
    """Whether there is something to hand out already: the codes were made, or teams have their link."""
    with database.reading() as session:
        return bool(queries.code_counts(session, needed(session, code).id))


def _note(database: Database, issuer: Issuer, action: str, subject: str) -> None:
    with database.writing() as session:
        writes.record_audit(session, issuer.now, issuer.by, action, subject)
