"""Workshops: where a room stands, and how many voted for what. Which key a vote came under leaves the store never."""

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import Session

from assessment.store import tables
from assessment.store.queries.answers import SUBMISSION
from assessment.store.queries.record import Record
from assessment.store.queries.rounds import ENTRY, ROUND
from assessment.store.records import Room, RosterEntry, SubmissionRecord, VoteCount, WorkshopRecord

WORKSHOP = Record(
    WorkshopRecord,
    id=tables.Workshop.id,
    nonce=tables.Workshop.nonce,
    code_hash=tables.Workshop.code_hash,
    question=tables.Workshop.question,
    revealed=tables.Workshop.revealed,
    stage=tables.Workshop.stage,
)
VOTES = (
    select(func.count())
    .where(tables.Vote.workshop_id == tables.Workshop.id, tables.Vote.question == tables.Workshop.question)
    .correlate(tables.Workshop)
    .scalar_subquery()
)
SUBMITTED: ColumnElement[bool] = exists(
    select(tables.Submission.id)
    .where(
        tables.Submission.round_id == tables.Workshop.round_id,
        tables.Submission.roster_entry_id == tables.Workshop.roster_entry_id,
    )
    .correlate(tables.Workshop)
)
ROOM = Record(
    Room, round=ROUND, entry=ENTRY, workshop=WORKSHOP, votes=VOTES.label("votes"), submitted=SUBMITTED.label("sent")
)


def room(session: Session, code_hash: str, *, for_share: bool = False) -> Room | None:
    """Give the room of that code, in one statement.

    Who is about to vote asks `for_share`: until that is committed the votes are not revealed and the round does not
    close. (SQLite has but one writer at a time and needs no lock.)
    """
    statement = _rooms().where(tables.Workshop.code_hash == code_hash)
    if for_share:
        statement = statement.with_for_update(read=True, of=[tables.Round, tables.Workshop])
    return session.scalars(statement).first()


def room_of_team(session: Session, code_hash: str) -> Room | None:
    """Give the room of the team that the code of a form leads to, in one statement."""
    workshop, code = tables.Workshop, tables.AccessCode
    of_team = (code.round_id == workshop.round_id) & (code.roster_entry_id == workshop.roster_entry_id)
    return session.scalars(_rooms().join(code, of_team).where(code.code_hash == code_hash)).first()


def room_of_entry(session: Session, entry: RosterEntry) -> Room | None:
    """Give the room of a team in a round, in one statement."""
    workshop = tables.Workshop
    of_entry = (workshop.round_id == entry.round_id) & (workshop.roster_entry_id == entry.id)
    return session.scalars(_rooms().where(of_entry)).first()


def votes(session: Session, workshop_id: int) -> list[VoteCount]:
    """Give how often each word was voted for, by question; whose votes these are is not told."""
    vote = tables.Vote
    statement = (
        select(vote.question, vote.word, func.count())
        .where(vote.workshop_id == workshop_id)
        .group_by(vote.question, vote.word)
        .order_by(vote.question, vote.word)
    )
    return [VoteCount(*row) for row in session.execute(statement)]


def own_vote(session: Session, workshop_id: int, question: str, voter_hash: str) -> str | None:
    """Give what was voted under a key, for whoever holds it."""
    vote = tables.Vote
    statement = select(vote.word).where(
        vote.workshop_id == workshop_id, vote.question == question, vote.voter_hash == voter_hash
    )
    return session.scalars(statement).first()


def team_submission(session: Session, round_id: int, entry_id: int) -> SubmissionRecord | None:
    """Give the one form that a team agreed on."""
    table = tables.Submission
    return session.scalars(
        select(SUBMISSION).where(table.round_id == round_id, table.roster_entry_id == entry_id).order_by(table.id)
    ).first()


def _rooms() -> Select[Room]:
    workshop, version = tables.Workshop, tables.QuestionnaireVersion
    return (
        select(ROOM)
        .select_from(workshop)
        .join(tables.Round, tables.Round.id == workshop.round_id)
        .join(version, version.id == tables.Round.questionnaire_version_id)
        .join(tables.RosterEntry, tables.RosterEntry.id == workshop.roster_entry_id)
    )
