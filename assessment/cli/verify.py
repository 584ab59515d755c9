"""`assessment verify`: whether every release is still what it was, and the database whole."""

import sys
from dataclasses import asdict

import click

from assessment.cli import opening
from assessment.cli.printing import format_option, print_json
from assessment.services import verifying
from assessment.services.verifying import Verified


@click.command()
@click.option("--round", "code", metavar="CODE", help="One round only; every round by default.")
@format_option
def verify(code: str | None, format_: str) -> None:
    """Work every release out again from what is stored, compare it, and check the database."""
    database, secret_key = opening.database(), opening.settings().secret_key
    faults = verifying.database_faults(database)
    found: list[Verified] = []
    for release in verifying.verify(database, secret_key, code):
        found.append(release)
        if format_ == "text":
            _tell(release)
    if format_ == "json":
        print_json({"database": faults, "releases": [_as_json(release) for release in found]})
    else:
        click.echo("the database is whole" if not faults else "the database is damaged")
    for fault in faults:
        click.echo(f"error: the database: {fault}", err=True)
    if faults or not all(release.is_sound for release in found):
        sys.exit(1)


def _tell(release: Verified) -> None:
    for remark in release.remarks:
        click.echo(f"note: {release.name}: {remark}", err=True)
    if release.is_sound:
        click.echo(f"{release.name}: {release.scores:,} scores and {release.steps:,} steps as they were released")
        return
    for sentence in (*release.faults, *(difference.sentence for difference in release.differences)):
        click.echo(f"error: {release.name}: {sentence}", err=True)


def _as_json(release: Verified) -> dict[str, object]:
    return asdict(release) | {"sound": release.is_sound}
