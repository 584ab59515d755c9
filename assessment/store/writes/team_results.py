"""Writing the links to teams' own results, and what a team takes up."""

from collections.abc import Iterable, Mapping

from sqlalchemy import delete
from sqlalchemy.orm import Session

from assessment.store import tables
from assessment.store.records import RosterEntry
from assessment.store.writes.statement import add_rows, plain, run


def put_result_links(session: Session, round_id: int, links: Iterable[tuple[int, str, str]]) -> None:
    """Store results links of a round in place of the same teams': roster entry, hash of the code, its nonce."""
    rows = [
        {"round_id": round_id, "roster_entry_id": entry, "code_hash": code_hash, "nonce": nonce}
        for entry, code_hash, nonce in links
    ]
    table = plain(tables.ResultLink)
    of_these = table.c.roster_entry_id.in_([row["roster_entry_id"] for row in rows])
    run(session, delete(table).where(table.c.round_id == round_id, of_these))
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
