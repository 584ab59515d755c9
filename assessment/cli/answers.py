"""`assessment answers`: answers from elsewhere."""

import click

from assessment.cli import opening
from assessment.services import answer_files


@click.group()
def answers() -> None:
    """Answers that were collected elsewhere."""


@answers.command("import")
@click.argument("file", metavar="FILE.csv")
@click.option("--round", "code", required=True, metavar="CODE", help="The open round they belong to.")
def import_(file: str, code: str) -> None:
    """Import answers from a CSV file: a row a person, the column team, then a column for each question's id.

    A cell holds a level's value, na, dk or nothing. All or nothing; errors name row and column.
    """
    content = opening.file_content(file)
    number = answer_files.import_answers(opening.database(), content, code, opening.now())
    click.echo(f"{number} {'form' if number == 1 else 'forms'} imported into round {code}.")
