"""`assessment convert`: questionnaires from other tools' files."""

from pathlib import Path

import click

from assessment.cli.files import write_whole
from assessment.errors import Conflict
from assessment.questionnaire.finding import printable
from assessment.services import converting


@click.command()
@click.argument("source")
@click.option(
    "--from",
    "format_",
    type=click.Choice(converting.FORMATS),
    help="What SOURCE is; told by its ending where this is left out. `csv` is the project's own template, also .xlsx.",
)
@click.option("-o", "--output", required=True, metavar="OUT.yaml", help="The questionnaire file to write.")
@click.option("--force", is_flag=True, help="Write over OUT.yaml where it is there already.")
@click.option("--id", "identifier", metavar="ID", help="The questionnaire's id.")
@click.option("--version", metavar="VERSION", help="The questionnaire's version.")
@click.option("--title", metavar="TITLE", help="The questionnaire's title.")
def convert(  # noqa: PLR0913 - the command's options
    source: str,
    format_: str | None,
    output: str,
    *,
    force: bool,
    identifier: str | None,
    version: str | None,
    title: str | None,
) -> None:
    """Turn another format into a questionnaire file.

    SOURCE is a spreadsheet in the project's own layout (.csv, .xlsx), an XLSForm (.xlsx, .xls, .csv), OWASP SAMM's
    model folder, a SurveyJS form (.json) or a LimeSurvey structure (.txt, .tsv). Whatever cannot be carried over is a
    line on standard error. The file is written whole or not at all.
    """
    path = Path(output)
    if path.exists() and not force:
        raise Conflict(f"{path} is there already; --force writes over it")
    if path.exists() and Path(source).exists() and path.samefile(source):
        raise Conflict(f"{path} is the source itself; give another file to write")
    made = converting.convert(Path(source), format_, converting.Naming(identifier, version, title))
    for loss in made.losses:
        click.echo(loss.line(click.format_filename(source)), err=True)
    write_whole(path, made.content)
    if made.warnings:
        click.echo(
            printable(f"{_counted(made.warnings, 'warning')} of the linter: run `assessment check {path}`"), err=True
        )
    counted = (
        _counted(len(made.questionnaire.questions), "question"),
        _counted(len(made.questionnaire.nodes), "dimension"),
        _counted(len(made.losses), "loss"),
    )
    click.echo(printable(f"{path} is written: {', '.join(counted)}."))


def _counted(number: int, thing: str) -> str:
    if number == 1:
        return f"1 {thing}"
    return f"{number} {thing}{'es' if thing.endswith('s') else 's'}"
