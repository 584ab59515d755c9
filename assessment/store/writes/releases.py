"""Writing releases and reviews."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from operator import attrgetter
from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session

from assessment.store import tables
from assessment.store.records import ReviewRecord, ScoreRecord, StepRecord
from assessment.store.writes.statement import Rows, insert_into, load_rows, plain, run


def make_release(  # noqa: PLR0913 - one argument for each column
    session: Session,
    *,
    round_id: int,
    number: int,
    made_at: datetime,
    method: str,
    hash: str,  # noqa: A002 - the column's name
    reason: str | None,
    libraries: Mapping[str, str],
    seal: str | None = None,
    scores: Sequence[ScoreRecord],
    steps: Sequence[StepRecord],
) -> int:
    """Freeze scores and steps, in the order given, as a release of a round, and give its id."""
    statement = (
        insert_into(session, tables.Release)
        .values(
            round_id=round_id,
            number=number,
            made_at=made_at,
            method=method,
            hash=hash,
            reason=reason,
            libraries=libraries,
            seal=seal,
        )
        .returning(plain(tables.Release).c.id)
    )
    release_id: int = run(session, statement).scalar_one()
    load_rows(session, tables.Score, _positioned(release_id, scores, N="n_of"))
    load_rows(session, tables.Step, _positioned(release_id, steps))
    return release_id


def put_review(session: Session, round_id: int, review: ReviewRecord) -> None:
    """Keep the LACE's reading of a score, in place of an earlier one."""
    insert = insert_into(session, tables.Review).values(
        round_id=round_id, **{field.name: getattr(review, field.name) for field in fields(review)}
    )
    key = ["round_id", "unit", "dimension"]
    judged = ["decision", "value", "reason", "reviewer", "reviewed_at"]
    statement = insert.on_conflict_do_update(index_elements=key, set_={name: insert.excluded[name] for name in judged})
    run(session, statement)


def delete_review(session: Session, round_id: int, unit: str, dimension: str) -> None:
    """Take the LACE's reading of a score back, where there is one."""
    table = plain(tables.Review)
    key = (table.c.round_id == round_id, table.c.unit == unit, table.c.dimension == dimension)
    run(session, delete(table).where(*key))


def put_question_health(session: Session, round_id: int, figures: Mapping[str, Any]) -> None:
    """Keep how a round's questions fared, as plain JSON."""
    run(session, insert_into(session, tables.QuestionHealth).values(round_id=round_id, figures=figures))


def _positioned(release_id: int, records: Sequence[ScoreRecord] | Sequence[StepRecord], **renamed: str) -> Rows:
    if not records:
        return []
    names = [field.name for field in fields(records[0])]
    columns = ["release_id", "position", *(renamed.get(name, name) for name in names)]
    figures = attrgetter(*names)
    return [
        dict(zip(columns, (release_id, position, *figures(record)), strict=True))
        for position, record in enumerate(records)
    ]
