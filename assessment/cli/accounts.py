"""`assessment account`: staff accounts."""

import sys

import click

from assessment.cli import opening
from assessment.services import accounts
from assessment.store.records import ROLES


@click.group()
def account() -> None:
    """Accounts of the LACE, RTEs, facilitators and readers."""


@account.command()
@click.argument("email")
@click.option("--role", required=True, type=click.Choice(ROLES), help="What they may do.")
@click.option("--unit", metavar="CODE", help="Where; everywhere by default.")
def add(email: str, role: str, unit: str | None) -> None:
    """Add an account; the password is asked for, or read from standard input."""
    accounts.add_account(opening.database(make=True), email, _password(), role, unit, opening.now())
    click.echo(f"{email.strip().lower()} may sign in as {role}.")


@account.command()
@click.argument("email")
def password(email: str) -> None:
    """Change an account's password and end its sign-ins; the password is asked for, or read from standard input."""
    accounts.change_password(opening.database(), email, _password(), opening.now())
    click.echo(f"{email.strip().lower()} has a new password.")


def _password() -> str:
    if sys.stdin.isatty():
        asked: str = click.prompt("Password", hide_input=True, confirmation_prompt=True)
        return asked
    return sys.stdin.readline().rstrip("\r\n")
