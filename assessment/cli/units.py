"""`assessment units`: the organisation."""

import click

from assessment.cli import opening
from assessment.services import organisation


@click.group()
def units() -> None:
    """The organisation: teams, ARTs, value streams."""


@units.command("import")
@click.argument("file", metavar="FILE.csv")
def import_(file: str) -> None:
    """Import units from a CSV file with the columns kind,code,name,parent,headcount.

    All or nothing; the same file again changes nothing.
    """
    content = opening.file_content(file)
    changed = organisation.import_units(opening.database(make=True), content)
    click.echo(f"{changed} {'unit is' if changed == 1 else 'units are'} new or changed.")
