"""Writing workshops: the room a team votes in, and its votes, which never come near the forms."""

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from assessment.store import tables
from assessment.store.writes.statement import insert_into, plain, run


def open_workshop(  # noqa: PLR0913 - one argument for each column
    session: Session, *, round_id: int, entry_id: int, code_hash: str, nonce: str, question: str | None
) -> None:
    """Open a team's room; where there is one, it gets another code and stays what it is otherwise."""
    insert = insert_into(session, tables.Workshop).values(
        round_id=round_id,
        roster_entry_id=entry_id,
        code_hash=code_hash,
        nonce=nonce,
        question=question,
        revealed=(),
        stage=0,
    )
    run(
        session,
        insert.on_conflict_do_update(
            index_elements=["round_id", "roster_entry_id"],
            set_={"code_hash": insert.excluded.code_hash, "nonce": insert.excluded.nonce},
        ),
    )


def move_workshop(
    session: Session, workshop_id: int, stage: int, question: str | None, revealed: tuple[str, ...]
) -> bool:
    """Turn a room to a question, or to what it was, with the votes on some revealed.

    False, and nothing done, where it moved since it was at that stage. It waits for votes that are being stored.
    """
    table = plain(tables.Workshop)
    statement = (
        update(table)
        .where(table.c.id == workshop_id, table.c.stage == stage)
        .values(question=question, revealed=revealed, stage=stage + 1)
    )
    return run(session, statement).rowcount == 1


def put_vote(session: Session, workshop_id: int, question: str, voter_hash: str, word: str) -> None:
    """Keep a vote in place of the one kept before under that key.

    That it may still be changed is known from `queries.room(…, for_share=True)` in the same transaction.
    """
    insert = insert_into(session, tables.Vote).values(
        workshop_id=workshop_id, question=question, voter_hash=voter_hash, word=word
    )
    run(
        session,
        insert.on_conflict_do_update(
            index_elements=["workshop_id", "question", "voter_hash"], set_={"word": insert.excluded.word}
        ),
    )


def erase_workshops(session: Session, round_id: int) -> None:
    """Delete a round's rooms and all votes."""
    workshop, vote = plain(tables.Workshop), plain(tables.Vote)
    of_round = select(workshop.c.id).where(workshop.c.round_id == round_id)
    run(session, delete(vote).where(vote.c.workshop_id.in_(of_round)))
    run(session, delete(workshop).where(workshop.c.round_id == round_id))
