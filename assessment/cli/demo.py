"""`assessment demo`: a plausible enterprise to look at."""

import os
import secrets
from pathlib import Path

import click

from assessment.cli import opening
from assessment.config import Settings
from assessment.errors import Refused
from assessment.services import demonstration, installation, links
from assessment.services.demonstration import SIGN_INS, Plan, Size
from assessment.store.database import Database

_USUAL = Size()
_KEPT = "demonstration.txt"  # in the instance folder: the password of the sign-ins and the open round's code


@click.command()
@click.option("--arts", type=int, default=_USUAL.arts, show_default=True, help="ARTs.")
@click.option("--teams", type=int, default=_USUAL.teams, show_default=True, help="Teams in each ART.")
@click.option("--people", type=int, default=_USUAL.people, show_default=True, help="People in a usual team.")
@click.option("--rounds", type=int, default=_USUAL.rounds, show_default=True, help="Finished rounds; one more is open.")
@click.option("--seed", type=int, default=1, show_default=True, help="Another seed makes another enterprise.")
@click.option("--once", is_flag=True, help="Fill an empty database; do nothing but print the sign-ins otherwise.")
def demo(  # noqa: PLR0913 - an option each
    *, arts: int, teams: int, people: int, rounds: int, seed: int, once: bool
) -> None:
    """Fill an empty database with a demonstration enterprise, the same for the same seed."""
    settings, database = opening.settings(), opening.database(make=True)
    if not once or installation.is_empty(database):
        plan = Plan(Size(arts, teams, people, rounds), seed, secrets.token_urlsafe(9), settings.secret_key)
        code = _fill(database, plan)
        _keep(settings.instance / _KEPT, plan.password, code)
    _print_sign_ins(settings, database)


def _fill(database: Database, plan: Plan) -> str:
    """Fill the database, whole or not at all: a SQLite file beside it takes its place when it is done."""
    if database.path is None or not installation.is_empty(database):
        return demonstration.fill(database, plan, opening.now(), click.echo)
    unfinished = database.path.with_name(f".unfinished-{database.path.name}")
    unfinished.unlink(missing_ok=True)
    beside = installation.ready(f"sqlite:///{unfinished}")
    code = demonstration.fill(beside, plan, opening.now(), click.echo)
    beside.dispose()
    database.dispose()
    unfinished.replace(database.path)
    return code


def _keep(place: Path, password: str, code: str) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(f"{password}\n{code}\n")


def _print_sign_ins(settings: Settings, database: Database) -> None:
    place = settings.instance / _KEPT
    if not place.is_file():
        return
    password, code = place.read_text("utf-8").split("\n")[:2]
    click.echo(f"\nDemonstration sign-ins at {settings.base_url}/sign-in, password {password}")
    for email, _, words in SIGN_INS:
        click.echo(f"  {email:<26}{words}")
    try:
        team = links.of_round(database, code, settings.base_url, settings.secret_key)[0]
    except Refused:
        return  # the round was closed since, or the database is another one
    click.echo(f"A team's link into the open round {code}:\n  {team.url}\n")
