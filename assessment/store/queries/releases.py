"""Reviews and releases: scores, the steps between rounds, a unit's history."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import fields

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import Session, aliased

from assessment.store import tables
from assessment.store.queries.record import Record
from assessment.store.queries.rounds import select_rounds
from assessment.store.records import (
    ReleaseRecord,
    ReviewRecord,
    RoundRecord,
    ScoreRecord,
    StepRecord,
)

RELEASE = Record(
    ReleaseRecord,
    id=tables.Release.id,
    round_id=tables.Release.round_id,
    number=tables.Release.number,
    made_at=tables.Release.made_at,
    method=tables.Release.method,
    hash=tables.Release.hash,
    reason=tables.Release.reason,
    libraries=tables.Release.libraries,
)
# These three tables name their columns as the records name their fields.
REVIEW = Record(ReviewRecord, **{field.name: getattr(tables.Review, field.name) for field in fields(ReviewRecord)})
SCORE = Record(ScoreRecord, **{field.name: getattr(tables.Score, field.name) for field in fields(ScoreRecord)})
STEP = Record(StepRecord, **{field.name: getattr(tables.Step, field.name) for field in fields(StepRecord)})


def reviews(session: Session, round_id: int) -> list[ReviewRecord]:
    """Give the LACE's readings of a round's scores, by unit and dimension."""
    table = tables.Review
    statement = select(REVIEW).where(table.round_id == round_id).order_by(table.unit, table.dimension)
    return list(session.scalars(statement))


def release(session: Session, round_id: int, number: int | None = None) -> ReleaseRecord | None:
    """Give a round's release of that number; without one: the newest, never the preliminary."""
    table = tables.Release
    statement = select(RELEASE).where(table.round_id == round_id)
    if number is None:
        statement = statement.where(table.number >= 1).order_by(table.number.desc()).limit(1)
    else:
        statement = statement.where(table.number == number)
    return session.scalars(statement).first()


def releases(session: Session, round_id: int) -> list[ReleaseRecord]:
    """Give all releases of a round, the preliminary scores (number 0) first."""
    table = tables.Release
    statement = select(RELEASE).where(table.round_id == round_id).order_by(table.number)
    return list(session.scalars(statement))


def scores(  # noqa: PLR0913 - each narrows what is read
    session: Session,
    release_id: int,
    *,
    unit: str | None = None,
    kind: str | None = None,
    parent: str | None = None,
    dimensions: Sequence[str] | None = None,
    questions: bool = False,
) -> list[ScoreRecord]:
    """Give a release's scores in their stored order; those of questions only where asked for."""
    table = tables.Score
    statement = select(SCORE).where(table.release_id == release_id).order_by(table.position)
    if unit is not None:
        statement = statement.where(table.unit == unit)
    if kind is not None:
        statement = statement.where(table.kind == kind)
    if parent is not None:
        statement = statement.where(table.parent == parent)
    if dimensions is not None:
        statement = statement.where(table.dimension.in_(dimensions))
    if not questions:
        statement = statement.where(table.is_question.is_(False))
    return list(session.scalars(statement))


def answered_units(session: Session, release_id: int) -> set[str]:
    """Give the units that have an overall score in a release, shown or hidden."""
    table = tables.Score
    statement = select(table.unit).where(
        table.release_id == release_id, table.dimension == "", (table.n > 0) | table.hidden.is_(True)
    )
    return set(session.scalars(statement))


def unit_history(
    session: Session, unit: str, questionnaire: str
) -> list[tuple[RoundRecord, ReleaseRecord, list[ScoreRecord]]]:
    """Give a unit's scores (without questions) of each round's newest release, oldest round first.

    Rounds of other questionnaires and those that the unit has no score in are left out.
    """
    found = session.execute(_newest_releases(questionnaire)).all()
    score = tables.Score
    statement = (
        select(score.release_id, SCORE)
        .where(
            score.release_id.in_([made.id for _, made in found]),
            score.unit == unit,
            score.is_question.is_(False),
        )
        .order_by(score.position)
    )
    of_release: dict[int, list[ScoreRecord]] = defaultdict(list)
    for release_id, record in session.execute(statement):
        of_release[release_id].append(record)
    return [(asked, made, of_release[made.id]) for asked, made in found if made.id in of_release]


def _newest_releases(questionnaire: str) -> Select[RoundRecord, ReleaseRecord]:
    later = aliased(tables.Release)
    superseded = exists(
        select(later.id).where(later.round_id == tables.Release.round_id, later.number > tables.Release.number)
    )
    return (
        select_rounds()
        .add_columns(RELEASE)
        .join(tables.Release, tables.Release.round_id == tables.Round.id)
        .where(
            tables.QuestionnaireVersion.questionnaire == questionnaire,
            tables.Release.number >= 1,
            ~superseded,
        )
        .order_by(tables.Round.opens_at, tables.Round.code)
    )


def steps(session: Session, release_id: int, unit: str | None = None) -> list[StepRecord]:
    """Give the steps from the round before to a release, in their stored order."""
    table = tables.Step
    statement = select(STEP).where(table.release_id == release_id).order_by(table.position)
    if unit is not None:
        statement = statement.where(table.unit == unit)
    return list(session.scalars(statement))
