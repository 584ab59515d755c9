"""Units, as they are today."""

from sqlalchemy import Select, exists, or_, select
from sqlalchemy.orm import Session, aliased

from assessment.store import tables
from assessment.store.queries.record import Record
from assessment.store.records import UnitRecord

ABOVE = aliased(tables.Unit, name="above")
UNIT = Record(
    UnitRecord,
    code=tables.Unit.code,
    kind=tables.Unit.kind,
    name=tables.Unit.name,
    parent=ABOVE.code,
    headcount=tables.Unit.headcount,
)


def units(session: Session) -> list[UnitRecord]:
    """Give all units in the order of their codes."""
    return list(session.scalars(_units().order_by(tables.Unit.code)))


def unit(session: Session, code: str) -> UnitRecord | None:
    """Give the unit of that code."""
    return session.scalars(_units().where(tables.Unit.code == code)).first()


def is_empty(session: Session) -> bool:
    """Say whether there is nothing yet: no unit, no round, no account."""
    something = or_(
        exists(select(tables.Unit.id)),
        exists(select(tables.Round.id)),
        exists(select(tables.Account.id)),
    )
    return not session.scalars(select(something)).one()


def _units() -> Select[UnitRecord]:
    return select(UNIT).select_from(tables.Unit).outerjoin(ABOVE, ABOVE.id == tables.Unit.parent_id)
