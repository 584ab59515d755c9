"""How a team gets to its form: single-use codes for its people, or one link for all of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from assessment.errors import Conflict, NotFound
from assessment.services import codes
from assessment.store import queries, writes
from assessment.store.database import Database
from assessment.store.records import RosterEntry, RoundRecord

SINGLE_USE = "codes"  # the mode in which a code is one person's


@dataclass(frozen=True, slots=True)
class TeamLink:
    """A team's address and, in mode `codes`, a code for each person."""

    team: str
    url: str
    codes: tuple[str, ...]


def of_round(
    database: Database, code: str, base_url: str, secret_key: str, reissue: str | None = None
) -> list[TeamLink]:
    """Give every team's link; in mode `codes` its codes are made now, once, and cannot be had again.

    `reissue` names one team: what it has not used is void, and it alone gets as many new codes, or a new link.
    """
    with database.reading() as session:
        round_ = _still_open(queries.round_by_code(session, code), code)
        if round_.mode != SINGLE_USE and reissue is None:
            return _shared(session, round_, base_url, secret_key)
    with database.writing() as session:
        round_ = _still_open(queries.round_by_code(session, code, for_update=True), code)
        entries = queries.roster(session, round_.id)
        if reissue is not None:
            entries = [entry for entry in entries if entry.unit == reissue]
            if not entries:
                raise NotFound(f"the round {code} asks no team {reissue}")
        if round_.mode == SINGLE_USE:
            return _single_use(session, round_, entries, base_url, again=reissue is not None)
        if not writes.void_codes(session, round_.id, entries[0].id):
            raise Conflict(f"the team {reissue} has given its form already; there is nothing left to answer")
        prepare(session, round_.id, entries, secret_key)
        return _shared(session, round_, base_url, secret_key, reissue)


def prepare(session: Session, round_id: int, entries: Sequence[RosterEntry], secret_key: str) -> None:
    """Make the one link of each team."""
    made = [(entry.id, *codes.new_derived(codes.shared_code, secret_key)) for entry in entries]
    writes.add_codes(session, round_id, made)


def _still_open(round_: RoundRecord | None, code: str) -> RoundRecord:
    if round_ is None:
        raise NotFound(f"there is no round {code}")
    if round_.closed_at is not None:
        raise Conflict(f"the round {code} is closed; its codes are gone")
    return round_


def _single_use(
    session: Session, round_: RoundRecord, entries: Sequence[RosterEntry], base_url: str, *, again: bool
) -> list[TeamLink]:
    if not again and queries.code_counts(session, round_.id):
        raise Conflict(
            f"the codes of round {round_.code} were printed already and are stored nowhere; "
            "--reissue TEAM voids a team's unused ones and prints new ones"
        )
    made = {entry: tuple(codes.new_code() for _ in range(_people(session, entry, again=again))) for entry in entries}
    hashes = [(entry.id, codes.hash_of(code), None) for entry, of_team in made.items() for code in of_team]
    writes.add_codes(session, round_.id, hashes)
    return [TeamLink(entry.unit, f"{base_url}/", of_team) for entry, of_team in made.items()]


def _people(session: Session, entry: RosterEntry, *, again: bool) -> int:
    """Give how many people of a team get a code: all, or `again` those whose codes are void now."""
    return writes.void_codes(session, entry.round_id, entry.id) if again else entry.headcount


def _shared(
    session: Session, round_: RoundRecord, base_url: str, secret_key: str, team: str | None = None
) -> list[TeamLink]:
    made: list[TeamLink] = []
    for link in queries.shared_links(session, round_.id):
        if team not in {None, link.entry.unit}:
            continue
        code = codes.derived_again(codes.shared_code, secret_key, link.nonce, link.code_hash)
        if not code:
            raise Conflict(
                f"the links of round {round_.code} were made with another secret key; "
                f"--reissue {link.entry.unit} makes a new one"
            )
        made.append(TeamLink(link.entry.unit, f"{base_url}/#{code}", (code,)))
    return made
