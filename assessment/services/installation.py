"""The installation itself: is the database ready for this version, can it be written."""

from assessment.errors import Conflict, Refused
from assessment.store import migrate, queries, writes
from assessment.store.database import Database


def ready(url: str) -> Database:
    """Give the database, with its tables made where it is empty; raises `Conflict` where a migration is due.

    An empty database is nobody's: making its tables harms nothing. One with data is migrated by its administrator,
    on purpose and with a backup.
    """
    database = Database(url)
    if migrate.is_current(database):
        return database
    if not migrate.is_blank(database):
        raise Conflict(f"{database.name} is not of this version; run assessment db upgrade")
    migrate.upgrade(database)
    return database


def is_empty(database: Database) -> bool:
    """Whether nothing has been stored yet."""
    with database.reading() as session:
        return queries.is_empty(session)


def can_write(database: Database) -> bool:
    """Whether the database takes what is written."""
    try:
        with database.writing() as session:
            writes.prove_writable(session)
    except Refused:
        return False
    return True
