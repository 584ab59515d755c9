"""Writing the links to teams' own results, and what a team takes up."""

from collections.abc import Iterable, Mapping

from sqlalchemy import delete
from sqlalchemy.orm import Session

from assessment.store import tables
from assessment.store.records import RosterEntry
from assessment.store.writes.statement import add_rows, plain, run


def put_result_links(session: Session, round_id: int, links: Iterable[tuple[int, str, str]]) -> None:
    """Store the results links of a round: the roster entry, the hash of the code, the nonce it was made of."""
    rows = [
        {"round_id": round_id, "roster_entry_id": entry, "code_hash": code_hash, "nonce": nonce}
        for entry, code_hash, nonce in links
    ]
    table = plain(tables.ResultLink)
    run(session, delete(table).where(table.c.round_id == round_id))
    add_rows(session, tables.ResultLink, rows)


def put_initiatives(session: Session, entry: RosterEntry, titles: Mapping[int, str]) -> None:
    """Store what a team takes up, by its place, instead of what it took up before."""
    table = plain(tables.Initiative)
    run(session, delete(table).where(table.c.round_id == entry.round_id, table.c.roster_entry_id == entry.id))
    rows = [
        {"round_id": entry.round_id, "roster_entry_id": entry.id, "position": position, "title": title}
        for position, title in titles.items()
    ]
    add_rows(session, tables.Initiative, rows)
