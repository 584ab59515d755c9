"""`assessment check`: lint questionnaire files."""

import sys
from dataclasses import asdict
from pathlib import Path

import click

from assessment.cli.printing import format_option, print_json
from assessment.errors import NotFound
from assessment.questionnaire.check import examine
from assessment.questionnaire.finding import Finding
from assessment.services.questionnaires import ENDINGS, content_of


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH…")
@format_option
def check(paths: tuple[str, ...], format_: str) -> None:
    """Lint questionnaire files, or all in a folder.

    Prints file:line:column: error|warning: sentence [rule], in the order of the file. Ends with 1 on an error.
    """
    found: list[tuple[str, Finding]] = []
    missing: list[str] = []
    for path in paths:
        try:
            for file in _files(path):
                found += [(file, finding) for finding in examine(content_of(Path(file)))[1]]
        except NotFound as error:
            missing.append(error.sentence)
    if format_ == "json":
        print_json([_entry(file, finding) for file, finding in found])
    else:
        for file, finding in found:
            click.echo(finding.line(click.format_filename(file)))
    for sentence in missing:
        click.echo(f"error: {sentence}", err=True)
    if missing or any(finding.severity == "error" for _, finding in found):
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


def _entry(file: str, finding: Finding) -> dict[str, object]:
    return {
        "file": click.format_filename(file),
        **asdict(finding.position),
        "severity": finding.severity,
        "sentence": finding.sentence,
        "rule": finding.rule,
    }
