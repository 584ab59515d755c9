"""Writing what people fill in: drafts, submissions, and what closing makes of them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any, cast

from sqlalchemy import Executable, Insert, bindparam, delete, exists, insert, select, true, update
from sqlalchemy.orm import Session

from assessment.store import tables
from assessment.store.database import POSTGRESQL, SQLITE
from assessment.store.records import CommentRecord, Json, SubmissionRecord, TeamTallies, UnitTallies
from assessment.store.writes.mailings import erase_mailing
from assessment.store.writes.statement import add_rows, dialect_of, insert_on, plain, run
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
    values = {
        "round_id": round_id,
        "roster_entry_id": entry_id,
        "key_hash": key_hash,
        "answers": {},
        "sealed": sealed,
        "saved_at": now,
    }
    return run(session, _draft_kept(dialect_of(session)), values).rowcount == 1


@cache
def _draft_kept(dialect: str) -> Executable:
    """Give the statement of `save_draft`: every page of every form asks it, so it is put together once."""
    draft, receipt = plain(tables.Draft), plain(tables.Receipt)
    names = ("round_id", "roster_entry_id", "key_hash", "answers", "sealed", "saved_at")
    values = {name: bindparam(name, type_=draft.c[name].type) for name in names}
    unsent = select(*values.values()).where(
        ~exists(select(receipt.c.key_hash).where(receipt.c.key_hash == values["key_hash"]))
    )
    insert = insert_on(dialect, tables.Draft).from_select(list(names), unsent)
    return insert.on_conflict_do_update(
        index_elements=["key_hash"],
        set_={name: insert.excluded[name] for name in ("answers", "sealed", "saved_at")},
    )


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
    copy: tuple[str, bytes] | None = None,
) -> bool:
    """Store a filled form, its receipt, and nothing that joins the two; the draft goes.

    With `copy`, a sealed copy under the hash of another key takes its place until that was shown.

    False, and nothing stored, where a form came in under that key before. That the round is open
    is known from `queries.access(…, for_share=True)` in the same transaction.
    """
    of_whom = {"round_id": round_id, "roster_entry_id": entry_id}
    received = {"key_hash": key_hash, "reference": reference, "received_at": now, **of_whom}
    sent = {"id": submission_id, "answers": answers, **of_whom}
    if not _store_once(session, received, sent):
        return False
    if copy is None:
        delete_draft(session, key_hash)
    else:
        _copy_in_place_of_draft(session, key_hash, round_id, entry_id, copy, now)
    return True


def _store_once(session: Session, received: dict[str, Any], sent: dict[str, Any]) -> bool:
    """Store a receipt, and a form with it; False, and neither, where there is such a receipt."""
    if dialect_of(session) == POSTGRESQL:
        return run(session, _both_in_one(), received | sent).rowcount == 1
    if run(session, _receipt_kept(SQLITE), received).rowcount != 1:
        return False
    run(session, insert(plain(tables.Submission)), sent)
    return True


@cache
def _receipt_kept(dialect: str) -> Insert:
    receipt = plain(tables.Receipt)
    names = ("key_hash", "reference", "received_at", "round_id", "roster_entry_id")
    given = select(*(bindparam(name, type_=receipt.c[name].type) for name in names)).where(true())
    return (
        insert_on(dialect, tables.Receipt).from_select(names, given).on_conflict_do_nothing(index_elements=["key_hash"])
    )


@cache
def _both_in_one() -> Insert:
    """Give the one statement of both, which PostgreSQL can do: each is a way to the server and back."""
    form = plain(tables.Submission)
    received = _receipt_kept(POSTGRESQL).returning(plain(tables.Receipt).c.key_hash).cte("received")
    names = ("id", "answers", "round_id", "roster_entry_id")
    given = select(*(bindparam(name, type_=form.c[name].type) for name in names)).select_from(received)
    return insert(form).from_select(names, given)


def take_copy(session: Session, key_hash: str) -> bytes | None:
    """Give the sealed copy of what was sent and forget it: nobody gets it a second time."""
    table = plain(tables.Draft)
    statement = delete(table).where(table.c.key_hash == key_hash).returning(table.c.sealed)
    return cast("bytes | None", run(session, statement).scalar())


def _copy_in_place_of_draft(  # noqa: PLR0913, PLR0917 - one argument for each column
    session: Session, key_hash: str, round_id: int, entry_id: int, copy: tuple[str, bytes], now: datetime
) -> None:
    """Put a sealed copy where the draft was: in one statement, for the draft is there but for an empty form."""
    copy_hash, sealed = copy
    values = {"sent": key_hash, "key_hash": copy_hash, "answers": {}, "sealed": sealed, "saved_at": now}
    if not run(session, _DRAFT_REPLACED, values).rowcount:
        save_draft(session, copy_hash, round_id, entry_id, sealed, now)


_DRAFT_REPLACED = update(plain(tables.Draft)).where(plain(tables.Draft).c.key_hash == bindparam("sent"))


def erase_traces(session: Session, round_id: int) -> None:
    """Delete a round's codes, who drew one, drafts, receipts and votes: all that tells who answered, and when."""
    erase_workshops(session, round_id)
    erase_mailing(session, round_id)
    for model in (tables.AccessCode, tables.DrawMark, tables.Draft, tables.Receipt):
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
