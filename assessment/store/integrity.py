"""Whether the database itself is whole: its file, its references, every row of it readable."""

from collections.abc import Iterator

from sqlalchemy import ForeignKeyConstraint, Table, and_, exists, func, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from assessment.store.database import Database
from assessment.store.tables import Base

_SOUND = "ok"
_AT_ONCE = 500


def faults(database: Database) -> list[str]:
    """Give what is wrong with the database, a sentence each; nothing where it is whole."""
    with database.reading() as session:
        try:
            return [*(_of_file(session) if database.is_sqlite else ()), *_of_tables(session)]
        except DBAPIError as error:
            return [f"it cannot be read: {str(error.orig).partition(chr(10))[0]}"]


def _of_file(session: Session) -> Iterator[str]:
    """Ask SQLite to look at its own pages and indexes."""
    for (word,) in session.connection().exec_driver_sql("PRAGMA integrity_check"):
        if word != _SOUND:
            yield f"its file is damaged: {word}"


def _of_tables(session: Session) -> Iterator[str]:
    """Read every row of every table, and look for references to what is not there."""
    for table in Base.metadata.sorted_tables:
        for key in sorted(table.foreign_key_constraints, key=lambda key: str(key.name)):
            if dangling := _dangling(session, table, key):
                yield f"{dangling:,} rows of {table.name} refer to a {key.referred_table.name} that is not there"
        yield from _unreadable(session, table)


def _dangling(session: Session, table: Table, key: ForeignKeyConstraint) -> int:
    """Count the rows whose reference leads nowhere; a reference that is empty in part leads nowhere by intent."""
    there = key.referred_table.alias("referred")
    pairs = [(element.parent, there.c[element.column.name]) for element in key.elements]
    leads = exists(select(1).select_from(there).where(and_(*(own == other for own, other in pairs))))
    given = [own.is_not(None) for own, _ in pairs]
    return session.execute(select(func.count()).select_from(table).where(*given, ~leads)).scalar_one()


def _unreadable(session: Session, table: Table) -> Iterator[str]:
    try:
        for _ in session.connection().execute(select(table), execution_options={"yield_per": _AT_ONCE}):
            pass
    except (ValueError, TypeError, LookupError) as error:
        yield f"a row of {table.name} cannot be understood ({type(error).__name__})"
