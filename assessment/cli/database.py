"""`assessment db`: migrations and backups."""

from pathlib import Path

import click

from assessment.cli import opening
from assessment.store import backup as backups
from assessment.store import migrate
from assessment.store.database import Database


@click.group()
def db() -> None:
    """The database: upgrade, backup, restore."""


@db.command()
@click.option("--quiet", is_flag=True, help="Say nothing where there is nothing to do.")
def upgrade(*, quiet: bool) -> None:
    """Bring the database to this version; a backup is made first."""
    database = _database()
    blank = migrate.is_blank(database)
    applied = migrate.upgrade(database)
    if applied and not (quiet and blank):
        click.echo(f"Upgraded to {applied[-1]}.")
    elif not quiet:
        click.echo("Nothing to do.")


@db.command()
@click.argument("file")
def backup(file: str) -> None:
    """Write a consistent copy of the database, also while it is in use."""
    backups.backup(_database(), Path(file))
    click.echo(f"{file} is written.")


@db.command()
@click.argument("file")
def restore(file: str) -> None:
    """Put a backup in place of everything the database holds."""
    backups.restore(_database(), Path(file))
    click.echo(f"{file} is restored. Run assessment db upgrade if it is of an older version.")


def _database() -> Database:
    return opening.until_the_end(Database(opening.settings().database_url))
