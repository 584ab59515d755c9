"""How writes speak to the database: plain statements on tables, nothing kept in the session."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, cast

from psycopg.sql import SQL, Identifier
from sqlalchemy import CursorResult, Executable, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from assessment.store.database import POSTGRESQL
from assessment.store.tables import Base

if TYPE_CHECKING:
    from psycopg import Connection as PsycopgConnection

Rows = Sequence[dict[str, Any]]


def run(session: Session, statement: Executable, rows: Rows | dict[str, Any] | None = None) -> CursorResult[Any]:
    """Run a statement, once for each of `rows` where they are given; the result knows how many rows it wrote."""
    return session.connection().execute(statement, rows, execution_options={"preserve_rowcount": True})


def insert_into(session: Session, table: type[Base]) -> sqlite.Insert | postgresql.Insert:
    """Begin an INSERT that may say what to do ON CONFLICT, which either database says alike."""
    return insert_on(dialect_of(session), table)


def insert_on(dialect: str, table: type[Base]) -> sqlite.Insert | postgresql.Insert:
    """Begin such an INSERT for a dialect."""
    insert = postgresql.insert if dialect == POSTGRESQL else sqlite.insert
    return insert(plain(table))


def dialect_of(session: Session) -> str:
    """Give which of the two databases this is."""
    return session.get_bind().dialect.name


def plain(table: type[Base]) -> Table:
    """Give the table of a model: what is written through it does not pass the session's books."""
    return cast("Table", table.__table__)


def add_rows(session: Session, table: type[Base], rows: Rows) -> None:
    """Add rows, all with the same columns; there may be none."""
    if rows:
        run(session, insert_into(session, table), rows)


def load_rows(session: Session, table: type[Base], rows: Rows) -> None:
    """Add very many rows, past what SQLAlchemy does for each: others wait meanwhile."""
    if not rows:
        return
    connection = session.connection()
    dialect = connection.dialect
    names = list(rows[0])
    types = [plain(table).c[name].type.dialect_impl(dialect) for name in names]
    processors = [kind.bind_processor(dialect) or _unchanged for kind in types]
    values = (
        tuple(process(row[name]) for process, name in zip(processors, names, strict=True))  # as the database keeps it
        for row in rows
    )
    if dialect.name != POSTGRESQL:
        columns, marks = ", ".join(names), ", ".join("?" * len(names))
        statement = f"INSERT INTO {plain(table).name} ({columns}) VALUES ({marks})"  # noqa: S608 - names of our tables
        connection.exec_driver_sql(statement, list(values))
        return
    into = SQL("COPY {} ({}) FROM STDIN").format(Identifier(plain(table).name), SQL(", ").join(map(Identifier, names)))
    driver = cast("PsycopgConnection", connection.connection.driver_connection)
    with driver.cursor() as cursor, cursor.copy(into) as copy:
        for row in values:
            copy.write_row(row)


def _unchanged(value: object) -> object:
    return value
