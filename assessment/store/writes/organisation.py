"""Writing units."""

from collections.abc import Sequence

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from assessment.errors import Invalid
from assessment.store import queries, tables
from assessment.store.records import UnitRecord
from assessment.store.writes.statement import insert_into, plain, run


def put_units(session: Session, units: Sequence[UnitRecord]) -> int:
    """Add or change units by their codes, and give how many were not so already.

    A parent must be among the units given or stored. Units that are not given stay as they are.
    """
    before = {unit.code: unit for unit in queries.units(session)}
    given = {unit.code: unit for unit in units}
    _check_parents(given, set(before))
    changed = [unit for unit in given.values() if before.get(unit.code) != unit]
    new = [
        {"code": unit.code, "kind": unit.kind, "name": unit.name, "headcount": unit.headcount}
        for unit in changed
        if unit.code not in before
    ]
    if new:
        run(session, insert_into(session, tables.Unit), new)
    if changed:
        _update(session, changed)
    return len(changed)


def _check_parents(given: dict[str, UnitRecord], stored: set[str]) -> None:
    faults = tuple(
        f"unit {unit.code}: there is no unit {unit.parent} to be its parent"
        for unit in given.values()
        if unit.parent is not None and unit.parent not in given and unit.parent not in stored
    )
    if faults:
        raise Invalid(faults[0], faults)


def _update(session: Session, changed: list[UnitRecord]) -> None:
    """Write the units, now that all of them have an id that others may name as their parent's."""
    table = plain(tables.Unit)
    ids = dict(session.execute(select(tables.Unit.code, tables.Unit.id)).all())
    statement = (
        update(table)
        .where(table.c.id == bindparam("of_unit"))
        .values(
            kind=bindparam("new_kind"),
            name=bindparam("new_name"),
            parent_id=bindparam("new_parent"),
            headcount=bindparam("new_headcount"),
        )
    )
    rows = [
        {
            "of_unit": ids[unit.code],
            "new_kind": unit.kind,
            "new_name": unit.name,
            "new_parent": None if unit.parent is None else ids[unit.parent],
            "new_headcount": unit.headcount,
        }
        for unit in changed
    ]
    run(session, statement, rows)
