"""`assessment report`: documents."""

from pathlib import Path

import click

from assessment.cli import opening
from assessment.cli.files import write_whole
from assessment.errors import Invalid
from assessment.reports import environment, pdf
from assessment.reports.art import assemble
from assessment.reports.material import ArtMaterial
from assessment.services import reporting

_ENDINGS = (".pdf", ".html", ".json")


@click.group()
def report() -> None:
    """Reports, on paper and for the screen."""


@report.command()
@click.argument("unit")
@click.option("--round", "code", required=True, metavar="CODE", help="The released round.")
@click.option(
    "--edition",
    type=click.Choice(["rte", "viewer"]),
    default="rte",
    show_default=True,
    help="The viewer's edition names no team.",
)
@click.option("-o", "--output", required=True, metavar="FILE", help="Where to; the ending says what: .pdf .html .json")
def art(unit: str, code: str, edition: str, output: str) -> None:
    """Write the report on an ART."""
    path = Path(output)
    ending = path.suffix.lower()
    if ending not in _ENDINGS:
        raise Invalid(f"“{path.suffix or output}” is no ending this report has; there are {', '.join(_ENDINGS)}")
    material = reporting.art_material(opening.database(), unit, code, opening.settings().timezone)
    write_whole(path, _document(material, edition, ending))
    click.echo(f"{path} is written.")


def _document(material: ArtMaterial, edition: str, ending: str) -> bytes:
    made = assemble(material, "viewer" if edition == "viewer" else "rte")
    if ending == ".json":
        return environment.art_json(made).encode()
    if ending == ".html":
        return environment.art_html(made, standalone=True).encode()
    return pdf.render(environment.art_html(made, standalone=False))
