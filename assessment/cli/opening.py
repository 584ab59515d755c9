"""What most commands begin with: the settings and the database they name."""

from datetime import UTC, datetime, time, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from assessment.config import Settings, from_environment
from assessment.errors import Invalid, NotFound
from assessment.services import installation
from assessment.services.csv_files import LARGEST_FILE
from assessment.store.database import Database

_SQLITE = "sqlite:///"
_YEARS = range(2000, 2200)


@cache
def settings() -> Settings:
    """Give the settings of the environment."""
    return from_environment()


def database(*, make: bool = False) -> Database:
    """Give the database, ready for use; only a command that fills it may `make` one that is not there."""
    url = settings().database_url
    path = Path(url.removeprefix(_SQLITE))
    if url.startswith(_SQLITE) and not make and not path.exists():
        raise NotFound(f"there is no database at {path}; is ASSESSMENT_INSTANCE right?")
    return until_the_end(installation.ready(url))


def until_the_end(database: Database) -> Database:
    """Give a database that is closed when the command ends."""
    click.get_current_context().call_on_close(database.dispose)
    return database


def now() -> datetime:
    """Give the time."""
    return datetime.now(UTC)


def file_content(path: str) -> bytes:
    """Give a file's bytes; raises `NotFound` with the reason."""
    try:
        with Path(path).open("rb") as file:
            return file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise NotFound(f"{path} cannot be read: {error.strerror}") from error


def moment(word: str, zone: ZoneInfo, *, end: bool = False) -> datetime:
    """Read a date or a date and time in the organisation's zone; a date alone is its start or, with `end`, its end."""
    try:
        given = datetime.fromisoformat(word)
    except ValueError as error:
        raise Invalid(f"“{word}” is no date; write it as 2026-11-22 or 2026-11-22T17:00") from error
    if given.year not in _YEARS:
        raise Invalid(f"“{word}” is too far away")
    is_date = len(word) <= len("2026-11-22") and given.time() == time()
    local = given if given.tzinfo else given.replace(tzinfo=zone)
    return (local + timedelta(days=1) if end and is_date else local).astimezone(UTC)
