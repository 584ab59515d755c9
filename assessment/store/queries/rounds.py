"""Rounds, what is asked in them, of whom, and the codes that lead there."""

from functools import cache
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Select, bindparam, func, select, text
from sqlalchemy.orm import Session

from assessment.store import tables
from assessment.store.database import POSTGRESQL
from assessment.store.queries.record import Record
from assessment.store.records import (
    Access,
    QuestionnaireRecord,
    Receipt,
    RosterEntry,
    RoundRecord,
    SharedLink,
)

RELEASED_AT = (
    select(tables.Release.made_at)
    .where(tables.Release.round_id == tables.Round.id, tables.Release.number >= 1)
    .order_by(tables.Release.number.desc())
    .limit(1)
    .correlate(tables.Round)
    .scalar_subquery()
)
ROUND = Record(
    RoundRecord,
    id=tables.Round.id,
    code=tables.Round.code,
    title=tables.Round.title,
    questionnaire_version_id=tables.Round.questionnaire_version_id,
    questionnaire=tables.QuestionnaireVersion.questionnaire,
    version=tables.QuestionnaireVersion.version,
    content_hash=tables.QuestionnaireVersion.content_hash,
    mode=tables.Round.mode,
    threshold=tables.Round.threshold,
    opens_at=tables.Round.opens_at,
    closes_at=tables.Round.closes_at,
    closed_at=tables.Round.closed_at,
    released_at=RELEASED_AT,
)
QUESTIONNAIRE = Record(
    QuestionnaireRecord,
    id=tables.QuestionnaireVersion.id,
    questionnaire=tables.QuestionnaireVersion.questionnaire,
    version=tables.QuestionnaireVersion.version,
    content=tables.QuestionnaireVersion.content,
    content_hash=tables.QuestionnaireVersion.content_hash,
    scoring_hash=tables.QuestionnaireVersion.scoring_hash,
)
ENTRY = Record(
    RosterEntry,
    id=tables.RosterEntry.id,
    round_id=tables.RosterEntry.round_id,
    unit=tables.RosterEntry.unit_code,
    name=tables.RosterEntry.unit_name,
    kind=tables.RosterEntry.kind,
    path=tables.RosterEntry.path,
    headcount=tables.RosterEntry.headcount,
)
LINK = Record(SharedLink, entry=ENTRY, nonce=tables.AccessCode.nonce, code_hash=tables.AccessCode.code_hash)


def questionnaire_version(session: Session, questionnaire: str, version: str) -> QuestionnaireRecord | None:
    """Give that version of that questionnaire, where it was stored."""
    table = tables.QuestionnaireVersion
    statement = select(QUESTIONNAIRE).where(table.questionnaire == questionnaire, table.version == version)
    return session.scalars(statement).first()


def questionnaire_by_id(session: Session, version_id: int) -> QuestionnaireRecord:
    """Give the stored version that a round's `questionnaire_version_id` names."""
    statement = select(QUESTIONNAIRE).where(tables.QuestionnaireVersion.id == version_id)
    return session.scalars(statement).one()


def questionnaire_versions(session: Session) -> list[QuestionnaireRecord]:
    """Give every stored version with its bytes, in the order in which they were stored."""
    return list(session.scalars(select(QUESTIONNAIRE).order_by(tables.QuestionnaireVersion.id)))


def rounds(session: Session) -> list[RoundRecord]:
    """Give all rounds in the order in which they open."""
    statement = select_rounds().order_by(tables.Round.opens_at, tables.Round.code)
    return list(session.scalars(statement))


def round_by_code(session: Session, code: str, *, for_update: bool = False) -> RoundRecord | None:
    """Give the round of that code.

    Who makes or voids codes asks `for_update`, so that nobody else does so for the same round, and no form comes in,
    before that is committed. (SQLite has but one writer at a time and needs no lock.)
    """
    return _round(session, tables.Round.code == code, for_update=for_update)


def round_by_id(session: Session, round_id: int, *, for_update: bool = False) -> RoundRecord | None:
    """Give the round of that id, held `for_update` as `round_by_code` says."""
    return _round(session, tables.Round.id == round_id, for_update=for_update)


def roster(session: Session, round_id: int) -> list[RosterEntry]:
    """Give who is asked in a round, in the order of the units' codes."""
    table = tables.RosterEntry
    statement = select(ENTRY).where(table.round_id == round_id).order_by(table.unit_code)
    return list(session.scalars(statement))


def audiences(session: Session) -> dict[int, str]:
    """Give the kind of unit that each round asks, by the round's id."""
    table = tables.RosterEntry
    return dict(session.execute(select(table.round_id, table.kind).distinct()).all())


def access(session: Session, code_hash: str, key_hash: str | None = None, *, for_share: bool = False) -> Access | None:
    """Give where a code leads, with the draft and the receipt kept under a key, in one statement.

    Who is about to store a form asks `for_share`: a round does not close until that is committed,
    so that closing sees the form, or the form sees that the round is closed. (SQLite has but one
    writer at a time and needs no lock.)
    """
    # Every page of every form asks this: past the session, which would take as long again to make records of a row.
    asked = {"code": code_hash, "key": key_hash}
    row = session.connection().execute(_place_of_code(for_share=for_share), asked).first()
    if row is None:
        return None
    round_, entry = ROUND.of(row, 0), ENTRY.of(row, len(ROUND.exprs))
    nonce, sealed, plain, reference, received_at = row[-5:]
    return Access(round_, entry, nonce, sealed, plain, Receipt(reference, received_at) if reference else None)


def wait_for_draft(session: Session, key_hash: str) -> None:
    """Let whoever saves or sends the same draft now finish first: it is read whole and written whole.

    What is saved while it is sent would otherwise stay behind, under the code, where nobody looks for it any more.

    (SQLite has but one writer at a time, who began before anything was read.)
    """
    if session.get_bind().dialect.name == POSTGRESQL:
        session.execute(_WAIT_FOR_KEY, {"key": key_hash})


_WAIT_FOR_KEY = text("SELECT pg_advisory_xact_lock(hashtextextended(:key, 0))")


@cache
def _place_of_code(*, for_share: bool) -> Select[Any]:
    """Give the statement of `access`: every page of every form asks it, so it is put together once."""
    code, draft, receipt = tables.AccessCode, tables.Draft, tables.Receipt
    key: BindParameter[Any] = bindparam("key")
    statement = (
        select(
            *ROUND.exprs, *ENTRY.exprs, code.nonce, draft.sealed, draft.answers, receipt.reference, receipt.received_at
        )
        .select_from(code)
        .join(tables.Round, tables.Round.id == code.round_id)
        .join(
            tables.QuestionnaireVersion,
            tables.QuestionnaireVersion.id == tables.Round.questionnaire_version_id,
        )
        .join(tables.RosterEntry, tables.RosterEntry.id == code.roster_entry_id)
        .outerjoin(draft, (draft.key_hash == key) & (draft.round_id == code.round_id))
        .outerjoin(receipt, (receipt.key_hash == key) & (receipt.round_id == code.round_id))
        .where(code.code_hash == bindparam("code"))
    )
    if for_share:
        statement = statement.with_for_update(read=True, of=tables.Round)
    return statement


def link_of_draft(session: Session, key_hash: str) -> str | None:
    """Give the nonce of the shared link that a draft was begun over; None where there is no such draft."""
    code, draft = tables.AccessCode, tables.Draft
    statement = (
        select(code.nonce)
        .join(draft, (draft.round_id == code.round_id) & (draft.roster_entry_id == code.roster_entry_id))
        .where(draft.key_hash == key_hash, code.nonce.is_not(None))
    )
    return session.scalars(statement).first()


def shared_links(session: Session, round_id: int) -> list[SharedLink]:
    """Give the one link of each team of a round in mode `link` or `team`, by the units' codes."""
    code, entry = tables.AccessCode, tables.RosterEntry
    statement = (
        select(LINK)
        .select_from(code)
        .join(entry, entry.id == code.roster_entry_id)
        .where(code.round_id == round_id, code.nonce.is_not(None))
        .order_by(entry.unit_code)
    )
    return list(session.scalars(statement))


def code_counts(session: Session, round_id: int) -> dict[int, int]:
    """Give how many codes a round's entries have, by the entry's id; none: not in there."""
    code = tables.AccessCode
    statement = (
        select(code.roster_entry_id, func.count()).where(code.round_id == round_id).group_by(code.roster_entry_id)
    )
    return dict(session.execute(statement).all())


def _round(session: Session, which: ColumnElement[bool], *, for_update: bool) -> RoundRecord | None:
    statement = select_rounds().where(which)
    if for_update:
        statement = statement.with_for_update(of=tables.Round)
    return session.scalars(statement).first()


def select_rounds() -> Select[RoundRecord]:
    """Select rounds, to be narrowed by other queries."""
    version = tables.QuestionnaireVersion
    return select(ROUND).select_from(tables.Round).join(version, version.id == tables.Round.questionnaire_version_id)
