"""`assessment audit`: whether a hidden score of a round can be worked out from what was released."""

import sys
from dataclasses import asdict

import click

from assessment.cli import opening
from assessment.cli.printing import format_option, print_json
from assessment.services import auditing


@click.command()
@click.option("--round", "code", required=True, metavar="CODE", help="The round.")
@format_option
def audit(code: str, format_: str) -> None:
    """Look for hidden scores that follow from all that was released, and from one team's own page.

    Exit status 1 where there are any. What they are is not printed.
    """
    found = auditing.audit_round(opening.database(), code)
    if format_ == "json":
        print_json(asdict(found))
    else:
        for leak in found.derivable:
            click.echo(f"error: {leak.sentence}", err=True)
        if found.open:
            click.echo(f"{code} is in mode team: nothing is hidden in it")
        elif not found.derivable:
            click.echo(f"{found.checked:,} hidden figures checked: none can be worked out or narrowed down")
    if found.derivable:
        sys.exit(1)
