"""Reviews and releases: scores, the steps between rounds, a unit's history."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Row, Select, exists, select
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
    seal=tables.Release.seal,
)
# These three tables name their columns as the records name their fields.
REVIEW = Record(ReviewRecord, **{field.name: getattr(tables.Review, field.name) for field in fields(ReviewRecord)})
SCORE = Record(ScoreRecord, **{field.name: getattr(tables.Score, field.name) for field in fields(ScoreRecord)})
STEP = Record(StepRecord, **{field.name: getattr(tables.Step, field.name) for field in fields(StepRecord)})

T = TypeVar("T", ScoreRecord, StepRecord)


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
    """Give all releases of a round, the preliminary one first."""
    table = tables.Release
    return list(session.scalars(select(RELEASE).where(table.round_id == round_id).order_by(table.number)))


def question_health(session: Session, round_id: int) -> Mapping[str, Any] | None:
    """Give how a round's questions fared, as plain JSON; None where that was not worked out."""
    table = tables.QuestionHealth
    return session.scalars(select(table.figures).where(table.round_id == round_id)).first()


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


def scores_over(  # noqa: PLR0913 - each narrows what is read
    session: Session,
    release_ids: Sequence[int],
    *,
    unit: str | None = None,
    kind: str | None = None,
    parent: str | None = None,
    dimensions: Sequence[str] | None = None,
) -> dict[int, list[ScoreRecord]]:
    """Give the scores of several releases by the release's id, without those of questions; none: not in there."""
    table = tables.Score
    wanted: list[ColumnElement[bool]] = [table.release_id.in_(release_ids), table.is_question.is_(False)]
    if dimensions is not None:
        wanted.append(table.dimension.in_(dimensions))
    exactly = ((table.unit, unit), (table.kind, kind), (table.parent, parent))
    wanted += [column == value for column, value in exactly if value is not None]
    statement = select(table.release_id, SCORE).where(*wanted).order_by(table.position)
    return _gathered(session.execute(statement).all())


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
    found = newest_releases(session, questionnaire)
    of_release = scores_over(session, [made.id for _, made in found], unit=unit)
    return [(asked, made, of_release[made.id]) for asked, made in found if made.id in of_release]


def newest_releases(session: Session, questionnaire: str) -> list[tuple[RoundRecord, ReleaseRecord]]:
    """Give every released round of a questionnaire with its newest release, oldest round first."""
    statement = (
        _newest_releases()
        .where(tables.QuestionnaireVersion.questionnaire == questionnaire)
        .order_by(tables.Round.opens_at, tables.Round.code)
    )
    return [(asked, made) for asked, made in session.execute(statement)]


def newest_round_of(session: Session, unit: str) -> RoundRecord | None:
    """Give the newest released round that has an overall score of a unit, shown or hidden."""
    table = tables.Score
    has_score = exists(
        select(table.unit).where(table.release_id == tables.Release.id, table.unit == unit, table.dimension == "")
    )
    statement = (
        _newest_releases().where(has_score).order_by(tables.Round.opens_at.desc(), tables.Round.code.desc()).limit(1)
    )
    return session.scalars(statement).first()


def _newest_releases() -> Select[RoundRecord, ReleaseRecord]:
    later = aliased(tables.Release)
    superseded = exists(
        select(later.id).where(later.round_id == tables.Release.round_id, later.number > tables.Release.number)
    )
    return (
        select_rounds()
        .add_columns(RELEASE)
        .join(tables.Release, tables.Release.round_id == tables.Round.id)
        .where(tables.Release.number >= 1, ~superseded)
    )


def steps(session: Session, release_id: int, unit: str | None = None) -> list[StepRecord]:
    """Give the steps from the round before to a release, in their stored order."""
    table = tables.Step
    statement = select(STEP).where(table.release_id == release_id).order_by(table.position)
    if unit is not None:
        statement = statement.where(table.unit == unit)
    return list(session.scalars(statement))


def steps_over(session: Session, release_ids: Sequence[int], unit: str) -> dict[int, list[StepRecord]]:
    """Give a unit's steps to several releases by the release's id; none: not in there."""
    table = tables.Step
    statement = (
        select(table.release_id, STEP)
        .where(table.release_id.in_(release_ids), table.unit == unit)
        .order_by(table.position)
    )
    return _gathered(session.execute(statement).all())


def _gathered(rows: Iterable[Row[int, T]]) -> dict[int, list[T]]:
    of_release: dict[int, list[T]] = defaultdict(list)
    for release_id, record in rows:
        of_release[release_id].append(record)
    return dict(of_release)
