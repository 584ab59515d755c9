"""What most commands begin with: the settings and the database they name."""

from datetime import UTC, datetime, time, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from assessment.config import Settings, from_environment
from assessment.errors import Invalid, NotFound
from assessment.services import installation
from assessment.store.database import Database


@cache
def settings() -> Settings:
    """Give the settings of the environment."""
    return from_environment()


def database() -> Database:
    """Give the database, ready for use."""
    return until_the_end(installation.ready(settings().database_url))


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
        return Path(path).read_bytes()
    except OSError as error:
        raise NotFound(f"{path} cannot be read: {error.strerror}") from error


def moment(word: str | None, zone: ZoneInfo, *, end: bool = False) -> datetime | None:
    """Read a date or a date and time in the organisation's zone; a date alone is its start or, with `end`, its end."""
    if word is None:
        return None
    try:
        given = datetime.fromisoformat(word)
    except ValueError as error:
        raise Invalid(f"“{word}” is no date; write it as 2026-11-22 or 2026-11-22T17:00") from error
    is_date = len(word) <= len("2026-11-22") and given.time() == time()
    try:
        local = given if given.tzinfo else given.replace(tzinfo=zone)
        return (local + timedelta(days=1) if end and is_date else local).astimezone(UTC)
    except OverflowError as error:
        raise Invalid(f"“{word}” is too far away") from error
