"""`assessment schema`: the JSON Schema of questionnaire files, for editors."""

from pathlib import Path

import click

from assessment.cli.files import write_whole
from assessment.questionnaire.finding import printable
from assessment.questionnaire.schema import written_schema


@click.command()
@click.option("-o", "--output", metavar="FILE.json", type=click.Path(path_type=Path), help="Where to; else printed.")
def schema(output: Path | None) -> None:
    """Give the JSON Schema (draft-07) of questionnaire files.

    Beside a questionnaire, with `# yaml-language-server: $schema=questionnaire-1.json` as its first line, it makes an
    editor complete keys and underline what is wrong.
    """
    written = written_schema()
    if output is None:
        click.echo(written, nl=False)
        return
    write_whole(output, written.encode())
    click.echo(printable(f"{output} is written."))
