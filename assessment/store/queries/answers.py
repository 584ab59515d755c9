"""What people filled in: drafts, receipts, submissions; and what closing makes of them."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from assessment.store import tables
from assessment.store.queries.record import Record
from assessment.store.queries.rounds import ENTRY
from assessment.store.records import (
    Receipt,
    SubmissionRecord,
    TeamTallies,
    UnitTallies,
)

RECEIPT = Record(Receipt, reference=tables.Receipt.reference, received_at=tables.Receipt.received_at)
SUBMISSION = Record(
    SubmissionRecord,
    id=tables.Submission.id,
    entry_id=tables.Submission.roster_entry_id,
    answers=tables.Submission.answers,
)
UNIT_TALLIES = Record(UnitTallies, unit=tables.UnitTally.unit_code, words=tables.UnitTally.counts)
TALLIES = Record(TeamTallies, entry=ENTRY, forms=tables.TeamTally.forms, tallies=tables.TeamTally.counts)


def receipt(session: Session, key_hash: str) -> Receipt | None:
    """Give the receipt of the form that came in under a key."""
    return session.scalars(select(RECEIPT).where(tables.Receipt.key_hash == key_hash)).first()


def submitted_counts(session: Session, round_id: int) -> dict[int, int]:
    """Give how many forms came in, by the roster entry's id; none: not in there."""
    table = tables.Submission
    statement = (
        select(table.roster_entry_id, func.count()).where(table.round_id == round_id).group_by(table.roster_entry_id)
    )
    return dict(session.execute(statement).all())


def submissions(session: Session, round_id: int) -> list[SubmissionRecord]:
    """Give a round's forms in the order of their random ids."""
    table = tables.Submission
    statement = select(SUBMISSION).where(table.round_id == round_id).order_by(table.id)
    return list(session.scalars(statement))


def tallies(session: Session, round_id: int) -> list[TeamTallies]:
    """Give the tallies of a closed round's teams, in the order of the units' codes."""
    tally, entry = tables.TeamTally, tables.RosterEntry
    statement = (
        select(TALLIES)
        .select_from(tally)
        .join(entry, entry.id == tally.roster_entry_id)
        .where(tally.round_id == round_id)
        .order_by(entry.unit_code)
    )
    return list(session.scalars(statement))


def unit_tallies(session: Session, round_id: int) -> list[UnitTallies]:
    """Give what a closed round's units answered to what some roles alone are asked, in the order of their codes."""
    table = tables.UnitTally
    return list(session.scalars(select(UNIT_TALLIES).where(table.round_id == round_id).order_by(table.unit_code)))
