"""The one way to the database: `reading()` sees one moment, `writing()` alone commits."""

import json
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from functools import partial
from http import HTTPStatus
from pathlib import Path
from sqlite3 import SQLITE_BUSY
from sqlite3 import Connection as SQLiteConnection
from sqlite3 import Error as SQLiteError
from typing import Any, cast

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session

from assessment.errors import Refused
from assessment.store.line import Line, TooLong

SQLITE = "sqlite"
POSTGRESQL = "postgresql"
POSTGRESQL_NAMES = ("postgresql", "postgres", "postgresql+psycopg")

_IMMEDIATE = "BEGIN IMMEDIATE"
_PAUSE = 0.001  # seconds

# Waiting for each other is normal: who writes holds all of a SQLite database for milliseconds.
BUSY_MILLISECONDS = 10_000
VACUUM_MILLISECONDS = 2_000  # giving space back can be done another time
CONNECT_SECONDS = 10
POOL_SIZE = 4
POOL_OVERFLOW = 8

# PostgreSQL keeps deleted rows in its files, with the number of the transaction that made them.
REWRITTEN_AT_CLOSE = (
    "access_code",
    "draft",
    "receipt",
    "workshop",
    "vote",
    "draw_mark",
    "mailing",
    "invitation",
    "submission",
    "comment",
)

# Any number will do as long as everybody who migrates takes the same.
MIGRATION_LOCK = 0x41535345


class Unreachable(Refused):
    """The database does not answer, or is held by someone else for too long."""

    status = HTTPStatus.SERVICE_UNAVAILABLE


class Database:
    """A SQLite file or a PostgreSQL database, named by its URL.

    Nothing is opened before it is used. A session is never opened within another of the same
    thread: on SQLite the two would wait for each other.
    """

    def __init__(self, url: str) -> None:
        self._url = _understood(url)
        self.dialect = self._url.get_backend_name()
        self.path = Path(str(self._url.database)) if self.is_sqlite else None
        if self.path is not None:
            _make_folder(self.path)
        self._engine = _sqlite(self._url) if self.is_sqlite else _postgresql(self._url)
        self._line: Line | None = None
        if self.is_sqlite:
            self._reading: Engine = self._engine.execution_options(begin="BEGIN")
            self._writing: Engine = self._engine.execution_options(begin=_IMMEDIATE)
            self._line = Line(self._begun, BUSY_MILLISECONDS / 1000)
        else:
            self._reading = self._engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            self._writing = self._engine

    @property
    def is_sqlite(self) -> bool:
        """Whether the database is a file."""
        return self.dialect == SQLITE

    @property
    def url(self) -> str:
        """The URL with its password, for another process of the same application."""
        return self._url.render_as_string(hide_password=False)

    @property
    def name(self) -> str:
        """What to call the database in a sentence: never with its password."""
        if self.path is not None:
            return f"the database {self.path}"
        return f"the database {self._url.database or ''} on {self._url.host or 'the local socket'}"

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Give a session that sees the database as it is at one moment, and changes nothing."""
        with self._session(self._reading) as session:
            yield session

    @contextmanager
    def writing(self, *, together: bool = False) -> Iterator[Session]:
        """Give a session that is committed at the end, or rolled back where anything is raised.

        What is written `together` is short, and on SQLite committed with what others write at the same moment.
        """
        try:
            if together and self._line is not None:
                with self._told(OperationalError), self._line.together() as session:
                    yield session
            else:
                with self._line.alone() if self._line else nullcontext(), self._session(self._writing) as session:
                    yield session
                    session.commit()
        except TooLong as error:
            raise Unreachable(f"{self.name} cannot be used: somebody else writes to it") from error

    @contextmanager
    def migrating(self) -> Iterator[Connection]:
        """Give the connection of a migration: alone, committed at the end or rolled back.

        SQLite changes a table by making it anew, which foreign keys would forbid on the way.
        They are checked at the end instead.
        """
        with ExitStack() as stack:
            with self._told(DBAPIError):
                connection = stack.enter_context(self._writing.connect())
                if self.is_sqlite:
                    connection.detach()  # closed afterwards: no one else is to get it like this
                    connection.connection.cursor().execute("PRAGMA foreign_keys=OFF")
                stack.enter_context(connection.begin())
                if not self.is_sqlite:
                    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({MIGRATION_LOCK})")
            yield connection
            if self.is_sqlite and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                raise Refused(f"{self.name} would hold references to nothing after migrating")

    def vacuum(self) -> None:
        """Rewrite the files of the database, so that nothing deleted is left in them.

        It needs a moment in which nobody else uses what is rewritten, and waits but shortly for it: whoever comes
        after it waits too. Raises `Unreachable` where there was none.
        """
        with self._told(DBAPIError), self._engine.connect() as connection:
            if not self.is_sqlite:
                connection.execution_options(isolation_level="AUTOCOMMIT")
            connection.detach()  # closed afterwards: no one else is to wait as shortly
            if self.is_sqlite:
                connection.exec_driver_sql(f"PRAGMA busy_timeout={VACUUM_MILLISECONDS}")
                connection.exec_driver_sql("VACUUM")
            else:
                connection.exec_driver_sql(f"SET lock_timeout = {VACUUM_MILLISECONDS}")
                connection.exec_driver_sql(f"VACUUM FULL {', '.join(REWRITTEN_AT_CLOSE)}")

    def dispose(self) -> None:
        """Close the connections that are kept; the next use opens new ones."""
        self._engine.dispose()

    @contextmanager
    def _session(self, engine: Engine) -> Iterator[Session]:
        # What is wrong with a statement is raised as it is; a full disk, or a server that went away, is told.
        with self._told(OperationalError), Session(engine) as session:
            with self._told(DBAPIError):
                session.connection()  # the transaction begins here and not at the first statement
            yield session

    def _begun(self) -> Connection:
        """Give a connection in a transaction that writes."""
        with self._told(DBAPIError):
            connection = self._writing.connect()
            try:
                connection.begin()
            except BaseException:
                connection.close()
                raise
        return connection

    @contextmanager
    def _told(self, kind: type[DBAPIError]) -> Iterator[None]:
        """Turn a database that does not answer into a sentence for whoever asked."""
        try:
            yield
        except (kind, PoolTimeout) as error:
            cause = error.orig if isinstance(error, DBAPIError) else error
            reason = str(cause).partition("\n")[0]
            raise Unreachable(f"{self.name} cannot be used: {reason}") from error


def _understood(given: str) -> URL:
    try:
        url = make_url(given)
    except (ArgumentError, ValueError) as error:
        raise Refused(
            "the database URL cannot be read; it should read like sqlite:///instance/assessment.sqlite"
            " or postgresql://user:password@host/database"
        ) from error
    if url.drivername in POSTGRESQL_NAMES:
        return url.set(drivername="postgresql+psycopg")
    if url.drivername != SQLITE:
        raise Refused(
            f"the database URL begins with {url.drivername}://; the application works with sqlite:// and postgresql://"
        )
    if not url.database or url.database == ":memory:" or url.database.startswith("file:"):
        raise Refused(
            "a SQLite database must be a file: sqlite:///instance/assessment.sqlite;"
            " one in memory would be another one for each connection"
        )
    # Where the process stands may change; the file does not.
    return url.set(database=str(Path(url.database).absolute()))


def _make_folder(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Refused(f"the folder of the database {path} cannot be made: {error.strerror}") from error


def _sqlite(url: URL) -> Engine:
    engine = create_engine(
        url,
        # Left to itself the driver begins transactions when it sees fit, and always deferred ones.
        connect_args={"isolation_level": None},
        pool_size=POOL_SIZE,
        max_overflow=POOL_OVERFLOW,
        json_serializer=_json,
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    event.listen(engine, "checkin", _leave_nothing_open)
    return engine


def _postgresql(url: URL) -> Engine:
    timeout = {} if "connect_timeout" in url.query else {"connect_timeout": CONNECT_SECONDS}
    return create_engine(
        url,
        connect_args=timeout,
        pool_size=POOL_SIZE,
        max_overflow=POOL_OVERFLOW,
        pool_pre_ping=True,
        json_serializer=_json,
    )


_json = partial(json.dumps, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def _prepare_sqlite(connection: SQLiteConnection, _record: Any) -> None:  # noqa: ANN401 - unused
    connection.execute(f"PRAGMA busy_timeout={BUSY_MILLISECONDS}")
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute("PRAGMA journal_mode=DELETE")
    connection.execute("PRAGMA synchronous=EXTRA")
    connection.execute("PRAGMA secure_delete=ON")  # what is deleted is overwritten at once


def _leave_nothing_open(connection: SQLiteConnection | None, _record: Any) -> None:  # noqa: ANN401 - unused
    """Undo what could not be committed: nothing else does, and whoever got the connection next could not begin."""
    if connection is not None and connection.in_transaction:
        connection.rollback()


def _begin_as_soon_as_possible(connection: Connection) -> None:
    """Begin to write once no other process does: ask again and again, for SQLite itself soon asks rarely."""
    driver = cast("SQLiteConnection", connection.connection.dbapi_connection)
    end = time.monotonic() + BUSY_MILLISECONDS / 1000
    driver.execute("PRAGMA busy_timeout=0")
    try:
        while time.monotonic() < end:
            try:
                driver.execute(_IMMEDIATE)
            except SQLiteError as error:
                if getattr(error, "sqlite_errorcode", 0) & 0xFF != SQLITE_BUSY:
                    break
                time.sleep(_PAUSE)
            else:
                return
        connection.exec_driver_sql(_IMMEDIATE)  # says what is wrong as everything else here does
    finally:
        driver.execute(f"PRAGMA busy_timeout={BUSY_MILLISECONDS}")


def _begin_sqlite(connection: Connection) -> None:
    begin = connection.get_execution_options().get("begin")
    if begin == _IMMEDIATE:
        _begin_as_soon_as_possible(connection)
    elif begin:
        connection.exec_driver_sql(begin)
