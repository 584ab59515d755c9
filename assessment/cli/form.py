"""`assessment form`: the blank form of a questionnaire."""

from pathlib import Path

import click

from assessment.cli.files import write_whole
from assessment.errors import Conflict, Invalid
from assessment.questionnaire.finding import printable
from assessment.questionnaire.model import Questionnaire
from assessment.reports import environment, pdf
from assessment.reports.form import form_sheet
from assessment.services.questionnaires import content_of, read

_ENDINGS = (".pdf", ".html")


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--language", metavar="CODE", help="One of the questionnaire's languages; else its first.")
@click.option("-o", "--output", required=True, metavar="FORM.pdf|.html", help="Where to; the ending says what.")
def form(file: Path, language: str | None, output: str) -> None:
    """Write the blank form of a questionnaire, to look at or to fill in on paper."""
    path = Path(output)
    ending = path.suffix.lower()
    if ending not in _ENDINGS:
        raise Invalid(f"“{path.suffix or output}” is no ending a form has; there are {', '.join(_ENDINGS)}")
    questionnaire = read(file, content_of(file))
    if path.exists() and path.samefile(file):
        raise Conflict(f"{path} is the questionnaire itself; give another file to write")
    write_whole(path, _document(questionnaire, _language(questionnaire, language), ending))
    click.echo(printable(f"{path} is written."))


def _language(questionnaire: Questionnaire, wanted: str | None) -> str:
    if wanted is None:
        return questionnaire.source_language
    if wanted not in questionnaire.languages:
        raise Invalid(f"the questionnaire has no language “{wanted}”; it has {', '.join(questionnaire.languages)}")
    return wanted


def _document(questionnaire: Questionnaire, language: str, ending: str) -> bytes:
    sheet = form_sheet(questionnaire, language)
    if ending == ".html":
        return environment.form_html(sheet, standalone=True).encode()
    return pdf.Printer().print(environment.form_html(sheet))
