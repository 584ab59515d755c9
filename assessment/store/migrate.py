"""Migrations: bring a database to the tables this version works with, a backup first."""

from itertools import count
from pathlib import Path
from typing import Any

from alembic import command
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, inspect

from assessment.errors import Conflict
from assessment.store.backup import backup
from assessment.store.database import Database
from assessment.store.revisions import config, head, is_known

__all__ = ["head", "is_blank", "is_current", "upgrade"]

VERSIONS = "alembic_version"


def is_current(database: Database) -> bool:
    """Say whether the database has exactly the tables that this version works with."""
    with database.reading() as session:
        return _revision(session.connection()) == head()


def is_blank(database: Database) -> bool:
    """Say whether the database has no tables at all."""
    with database.reading() as session:
        return not inspect(session.connection()).get_table_names()


def upgrade(database: Database, backup_folder: Path | None = None) -> list[str]:
    """Bring the database to `head()` and give the revisions that were applied, oldest first.

    All or nothing. A SQLite database that holds something is backed up first, into `backup_folder`
    or `backups/` beside it; a PostgreSQL database is backed up by its own tools.
    """
    with database.reading() as session:
        connection = session.connection()
        before = _revision(connection)
        _check_ours(database, connection, before)
    if before == head():
        return []
    if before is not None and database.path is not None:
        folder = backup_folder or database.path.parent / "backups"
        backup(database, _free_name(folder, f"{database.path.stem}-{before}"))
    applied: list[str] = []

    def note(*, step: Any, **_rest: object) -> None:  # noqa: ANN401 - Alembic's own, not exported
        applied.append(step.up_revision_id)

    with database.migrating() as connection:
        command.upgrade(config(connection=connection, on_version_apply=note), "head")
    return applied


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _check_ours(database: Database, connection: Connection, revision: str | None) -> None:
    if revision is not None and not is_known(revision):
        raise Conflict(
            f"{database.name} is of a newer version of the application (revision {revision}); install that version"
        )
    if revision is None and set(inspect(connection).get_table_names()) - {VERSIONS}:
        raise Conflict(f"{database.name} holds tables of something else; name an empty one")


def _free_name(folder: Path, stem: str) -> Path:
    paths = (folder / f"{stem}-{number}.sqlite" for number in count(1))
    return next(path for path in paths if not path.exists())
