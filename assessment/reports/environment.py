"""Reports as text: templates filled in, style sheets and fonts put in where a document must stand alone."""

import base64
import json
import re
from dataclasses import asdict
from functools import lru_cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from assessment import resources, wording
from assessment.reports.art import ArtReport
from assessment.reports.codes import CodeSheet
from assessment.reports.form import FormSheet

_SHEET = '@import url("report-sheet.css");'
_TYPES = {"svg": "image/svg+xml", "woff2": "font/woff2"}
_ADDRESS = re.compile(r'url\("((?:fonts/)?[a-z0-9-]+\.(woff2|svg))"\)')


def art_html(report: ArtReport, *, standalone: bool = False) -> str:
    """Give the report on an ART as an HTML document.

    As it is `pdf.render` makes paper of it; `standalone` it is one file for a browser, its look and fonts in it.
    """
    template = _environment().get_template("reports/art.html")
    return template.render(report=report, standalone=standalone, style=_whole_style("report.css") if standalone else "")


def form_html(sheet: FormSheet, *, standalone: bool = False) -> str:
    """Give the blank form as an HTML document, as `art_html` does a report."""
    with wording.speaking(sheet.language):
        template = _environment().get_template("reports/form.html")
        style = _whole_style("form-sheet.css") if standalone else ""
        return template.render(sheet=sheet, standalone=standalone, style=style)


def form_part(sheet: FormSheet, level: int) -> Markup:
    """Give the blank form to stand in a page, which brings `form-sheet.css`; `level` is that of its title's heading."""
    with wording.speaking(sheet.language):
        template = _environment().get_template("reports/_form_body.html")
        return Markup(template.render(sheet=sheet, level=level))  # noqa: S704 - the template escapes what it is given


def codes_html(sheet: CodeSheet) -> str:
    """Give a round's codes as an HTML document, of which `pdf.render` makes paper."""
    with wording.speaking(sheet.language):
        return _environment().get_template("reports/codes.html").render(sheet=sheet)


def art_json(report: ArtReport) -> str:
    """Give the same report for programs: every printed figure, and the scores behind them."""
    return json.dumps(asdict(report.data), ensure_ascii=False, indent=2, allow_nan=False) + "\n"


@lru_cache(maxsize=1)
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(resources.folder("templates")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=False,
    )
    wording.install(made)
    return made


@lru_cache(maxsize=2)
def _whole_style(name: str) -> Markup:
    """Give a style sheet with the files it names in it."""
    static = resources.static_folder()
    sheet, screen = ((static / file).read_text(encoding="utf-8") for file in ("report-sheet.css", name))

    def data(found: re.Match[str]) -> str:
        content = base64.b64encode((static / found[1]).read_bytes()).decode()
        return f'url("data:{_TYPES[found[2]]};base64,{content}")'

    return Markup(_ADDRESS.sub(data, screen.replace(_SHEET, sheet)))  # noqa: S704 - a packaged file
