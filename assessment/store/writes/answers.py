"""Writing what people fill in: drafts, submissions, and what closing makes of them."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import delete, exists, literal, select
from sqlalchemy.orm import Session

from assessment.store import tables
from assessment.store.records import CommentRecord, Json, SubmissionRecord, TeamTallies, UnitTallies
from assessment.store.writes.statement import add_rows, insert_into, plain, run
from assessment.store.writes.workshops import erase_workshops


def save_draft(  # noqa: PLR0913, PLR0917 - one argument for each column
    session: Session,
    key_hash: str,
    round_id: int,
    entry_id: int,
    sealed: bytes,
    now: datetime,
) -> bool:
    """Keep a form that is not sent yet, sealed under its key, in place of the one kept before.

    False, and nothing kept, where the form came in meanwhile: a late save leaves nothing behind.
    """
    draft, receipt = plain(tables.Draft), plain(tables.Receipt)
    values = {
        "round_id": round_id,
        "roster_entry_id": entry_id,
        "key_hash": key_hash,
        "answers": {},
        "sealed": sealed,
        "saved_at": now,
    }
    unsent = select(*(literal(value, draft.c[name].type) for name, value in values.items())).where(
        ~exists(select(receipt.c.key_hash).where(receipt.c.key_hash == key_hash))
    )
    insert = insert_into(session, tables.Draft).from_select(list(values), unsent)
    statement = insert.on_conflict_do_update(
        index_elements=["key_hash"],
        set_={name: insert.excluded[name] for name in ("answers", "sealed", "saved_at")},
    )
    return run(session, statement).rowcount == 1


def delete_draft(session: Session, key_hash: str) -> None:
    """Forget the draft of a key."""
    table = plain(tables.Draft)
    run(session, delete(table).where(table.c.key_hash == key_hash))


def submit(  # noqa: PLR0913 - one argument for each column
    session: Session,
    *,
    key_hash: str,
    round_id: int,
    entry_id: int,
    reference: str,
    submission_id: str,
    answers: Mapping[str, Json],
    now: datetime,
) -> bool:
    """Store a filled form, its receipt, and nothing that joins the two; the draft goes.

    False, and nothing stored, where a form came in under that key before. That the round is open
    is known from `queries.access(…, for_share=True)` in the same transaction.
    """
    receipt = (
        insert_into(session, tables.Receipt)
        .values(
            key_hash=key_hash,
            round_id=round_id,
            roster_entry_id=entry_id,
            reference=reference,
            received_at=now,
        )
        .on_conflict_do_nothing(index_elements=["key_hash"])
    )
    if run(session, receipt).rowcount != 1:
        return False
    submission = insert_into(session, tables.Submission).values(
        id=submission_id, round_id=round_id, roster_entry_id=entry_id, answers=answers
    )
    run(session, submission)
    delete_draft(session, key_hash)
    return True


def erase_traces(session: Session, round_id: int) -> None:
    """Delete a round's codes, drafts, receipts and votes: all that tells who answered, and when."""
    erase_workshops(session, round_id)
    for model in (tables.AccessCode, tables.Draft, tables.Receipt):
        table = plain(model)
        run(session, delete(table).where(table.c.round_id == round_id))


def rewrite_submissions(session: Session, round_id: int, submissions: Sequence[SubmissionRecord]) -> None:
    """Put the given forms, shuffled and under new ids by the caller, in place of a round's."""
    table = plain(tables.Submission)
    run(session, delete(table).where(table.c.round_id == round_id))
    add_submissions(session, round_id, submissions)


def add_submissions(session: Session, round_id: int, submissions: Sequence[SubmissionRecord]) -> None:
    """Add forms that came in otherwise than one by one."""
    rows = [
        {
            "id": submission.id,
            "round_id": round_id,
            "roster_entry_id": submission.entry_id,
            "answers": submission.answers,
        }
        for submission in submissions
    ]
    add_rows(session, tables.Submission, rows)


def put_comments(session: Session, round_id: int, comments: Sequence[CommentRecord]) -> None:
    """Add the free texts of a round that closes."""
    rows = [
        {
            "id": comment.id,
            "round_id": round_id,
            "roster_entry_id": comment.entry_id,
            "unit_code": comment.unit,
            "question": comment.question,
            "text": comment.text,
        }
        for comment in comments
    ]
    add_rows(session, tables.Comment, rows)


def put_tallies(session: Session, round_id: int, tallies: Sequence[TeamTallies]) -> None:
    """Add the tallies of a round that closes."""
    rows = [
        {
            "round_id": round_id,
            "roster_entry_id": team.entry.id,
            "forms": team.forms,
            "counts": team.tallies,
        }
        for team in tallies
    ]
    add_rows(session, tables.TeamTally, rows)


def put_unit_tallies(session: Session, round_id: int, tallies: Sequence[UnitTallies]) -> None:
    """Add what a closing round's units answered to what some roles alone are asked."""
    rows = [{"round_id": round_id, "unit_code": unit.unit, "counts": unit.words} for unit in tallies]
    add_rows(session, tables.UnitTally, rows)
