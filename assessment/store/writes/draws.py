"""Writing that somebody drew a code, and the code, so that nothing tells which mark and which code came together."""

import secrets

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from assessment.store import tables
from assessment.store.writes.statement import add_rows, insert_into, plain, run

BLOCK = 100  # marks that are written together: so many could be of whoever drew last


def draw_code(session: Session, round_id: int, entry_id: int, mark: str, code_hash: str) -> bool:
    """Keep a mark and add a code; False, and nothing written, where the mark is there already.

    PostgreSQL keeps with every row the number of the transaction that wrote it, and either database has rows in the
    order in which they came: the n-th mark would be of the n-th code. So the marks next to the new one, a hundred
    with it, and all codes of the team are written anew, each in the order of their hashes. Who draws holds the round:
    `queries.round_by_code(…, for_update=True)`.
    """
    kept = insert_into(session, tables.DrawMark).values(round_id=round_id, mark=mark).on_conflict_do_nothing()
    if run(session, kept).rowcount != 1:
        return False
    _write_marks_anew(session, round_id, mark)
    _write_codes_anew(session, round_id, entry_id, code_hash)
    return True


def _write_marks_anew(session: Session, round_id: int, mark: str) -> None:
    """Write a mark and those next to it again; after the last one comes the first.

    How many of them are before it is left to chance: else it would be known by its place among them.
    """
    table = plain(tables.DrawMark)
    of_round, fewer = table.c.round_id == round_id, secrets.randbelow(BLOCK)
    marks = select(table.c.mark).where(of_round)
    before = marks.where(table.c.mark != mark).order_by(table.c.mark > mark, table.c.mark.desc()).limit(fewer)
    block = marks.order_by(table.c.mark < mark, table.c.mark).limit(BLOCK - fewer)
    near = table.c.mark.in_(before) | table.c.mark.in_(block)
    taken = run(session, delete(table).where(of_round, near).returning(table.c.mark)).scalars()
    add_rows(session, tables.DrawMark, [{"round_id": round_id, "mark": one} for one in sorted(taken)])


def _write_codes_anew(session: Session, round_id: int, entry_id: int, new: str) -> None:
    """Write a team's codes again, a new one among them."""
    table = plain(tables.AccessCode)
    of_team = delete(table).where(table.c.round_id == round_id, table.c.roster_entry_id == entry_id)
    taken = run(session, of_team.returning(table.c.code_hash, table.c.nonce)).all()
    rows = [
        {"round_id": round_id, "roster_entry_id": entry_id, "code_hash": code_hash, "nonce": nonce}
        for code_hash, nonce in sorted([*map(tuple, taken), (new, None)])
    ]
    add_rows(session, tables.AccessCode, rows)
