"""`assessment check`: lint questionnaire files, or tell how far they are translated."""

import sys
from pathlib import Path
from typing import Any

import click

from assessment.cli.findings import findings_in
from assessment.cli.printing import format_option, print_json
from assessment.cli.translations import translation_of
from assessment.errors import NotFound
from assessment.questionnaire.finding import printable
from assessment.questionnaire.model import is_language
from assessment.services.questionnaires import ENDINGS, content_of


def _code(_context: click.Context, _option: click.Parameter, value: str | None) -> str | None:
    if value is not None and not is_language(value):
        raise click.BadParameter("a language is a code such as `en`, `de` or `pt-BR`")
    return value


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH…")
@click.option(
    "--translations",
    "language",
    metavar="LANGUAGE",
    callback=_code,
    help="Tell instead which texts are missing in this language.",
)
@format_option
def check(paths: tuple[str, ...], language: str | None, format_: str) -> None:
    """Lint questionnaire files, or all in a folder.

    Prints file:line:column: error|warning: sentence [rule], in the order of the file. Ends with 1 on an error.
    """
    entries: list[dict[str, Any]] = []
    missing: list[str] = []
    failed = False
    for path in paths:
        try:
            for file in _files(path):
                name, content = click.format_filename(file), content_of(Path(file))
                told = findings_in(name, content) if language is None else translation_of(name, content, language)
                entries += told.entries
                failed |= told.failed
                for line in told.lines if format_ == "text" else ():
                    click.echo(line)
        except NotFound as error:
            missing.append(error.sentence)
    if format_ == "json":
        print_json(entries)
    for sentence in missing:
        click.echo(printable(f"error: {sentence}"), err=True)
    if missing or failed:
        sys.exit(1)


def _files(path: str) -> list[str]:
    if not Path(path).is_dir():
        return [path]
    inside = sorted(str(file) for file in Path(path).rglob("*") if _is_questionnaire(file, Path(path)))
    if not inside:
        raise NotFound(f"{path} holds no questionnaire (.yaml)")
    return inside


def _is_questionnaire(file: Path, folder: Path) -> bool:
    """Whether a file is one by its name; what is hidden in a folder belongs to tools."""
    hidden = any(part.startswith(".") for part in file.relative_to(folder).parts)
    return file.suffix in ENDINGS and not hidden and file.is_file()
