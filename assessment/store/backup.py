"""Backups of a SQLite database while it is in use, and the way back."""

import os
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from assessment.errors import Conflict, Invalid, NotFound, Refused
from assessment.store.database import BUSY_MILLISECONDS, Database, Unreachable
from assessment.store.revisions import is_known

# Stands in the header of every SQLite file of this application ("Asse"): the first migration
# writes it.
APPLICATION_ID = 0x41737365


def backup(database: Database, path: Path) -> None:
    """Write a consistent copy of the database to `path`, readable by its owner alone.

    A file that is there already is replaced where it is an earlier backup, else left as it is.
    """
    source = _file_of(database)
    if not source.is_file():
        raise NotFound(f"{database.name} does not exist")
    if path.exists():
        if path.samefile(source):
            raise Conflict(f"{path} is the database itself; give the backup another name")
        _check(path)
    with _beside(path) as unfinished:
        _copy(source, unfinished, "rw")
        unfinished.replace(path)


def restore(database: Database, path: Path) -> None:
    """Put the backup at `path` in place of everything the database holds.

    The backup is left as it is. It may be of an older version: `upgrade` comes after.
    """
    target = _file_of(database)
    if not path.is_file():
        raise NotFound(f"{path} does not exist")
    if target.exists() and path.samefile(target):
        raise Conflict(f"{path} is the database itself")
    _check(path)
    database.dispose()
    _copy(path, target, "ro")


def _file_of(database: Database) -> Path:
    if database.path is None:
        raise Refused(
            f"{database.name} is a PostgreSQL database: use pg_dump and pg_restore, which copy it while it is in use"
        )
    return database.path


def _check(path: Path) -> None:
    """Refuse a file that is no whole database of this application."""
    try:
        with _opened(path, "ro") as connection:
            _check_content(path, connection)
    except sqlite3.Error as error:
        raise Invalid(f"{path} is no database of this application: {error}") from error


def _check_content(path: Path, connection: sqlite3.Connection) -> None:
    if connection.execute("PRAGMA application_id").fetchone() != (APPLICATION_ID,):
        raise Invalid(f"{path} is a SQLite database, but none of this application")
    (fault,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    if fault != "ok":
        raise Invalid(f"{path} is damaged: {fault}")
    (revision,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    if not is_known(revision):
        raise Conflict(f"{path} is of a newer version of the application (revision {revision}); install that version")


@contextmanager
def _beside(path: Path) -> Iterator[Path]:
    """Give an empty file in the folder of `path` that is gone afterwards unless it was renamed."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    except OSError as error:
        raise Refused(f"{path} cannot be written: {error.strerror}") from error
    os.close(descriptor)
    unfinished = Path(name)
    try:
        yield unfinished
    except OSError as error:
        raise Refused(f"{path} cannot be written: {error.strerror}") from error
    finally:
        unfinished.unlink(missing_ok=True)


def _copy(source: Path, target: Path, mode: str) -> None:
    """Copy all pages in one step, in one transaction of either file."""
    try:
        with _opened(source, mode) as origin, _opened(target, "rwc") as copy:
            origin.backup(copy, progress=_patience())
    except sqlite3.Error as error:
        raise Unreachable(f"{source} cannot be copied to {target}: {error}") from error


@contextmanager
def _opened(path: Path, mode: str) -> Iterator[sqlite3.Connection]:
    address = f"{path.absolute().as_uri()}?mode={mode}"
    with closing(sqlite3.connect(address, uri=True)) as connection:
        connection.execute(f"PRAGMA busy_timeout={BUSY_MILLISECONDS}")
        connection.execute("PRAGMA synchronous=EXTRA")
        yield connection


def _patience() -> Callable[[int, int, int], None]:
    """Give what ends a copy that waits for someone else; left to itself it would wait for ever."""
    end = time.monotonic() + BUSY_MILLISECONDS / 1000

    def check(status: int, remaining: int, total: int) -> None:
        del remaining, total
        if status in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED} and time.monotonic() > end:
            raise sqlite3.OperationalError("database is locked")

    return check
