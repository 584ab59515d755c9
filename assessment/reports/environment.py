"""Reports as text: templates filled in, style sheets and fonts put in where a document must stand alone."""

import base64
import json
import re
from dataclasses import asdict
from functools import lru_cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from assessment import resources
from assessment.reports.art import ArtReport

_SHEET = '@import url("report-sheet.css");'
_TYPES = {"svg": "image/svg+xml", "woff2": "font/woff2"}
_ADDRESS = re.compile(r'url\("((?:fonts/)?[a-z0-9-]+\.(woff2|svg))"\)')


def art_html(report: ArtReport, *, standalone: bool = False) -> str:
    """Give the report on an ART as an HTML document.

    As it is `pdf.render` makes paper of it; `standalone` it is one file for a browser, its look and fonts in it.
    """
    template = _environment().get_template("reports/art.html")
    return template.render(report=report, standalone=standalone, style=_whole_style() if standalone else "")


def art_json(report: ArtReport) -> str:
    """Give the same report for programs: every printed figure, and the scores behind them."""
    return json.dumps(asdict(report.data), ensure_ascii=False, indent=2, allow_nan=False) + "\n"


@lru_cache(maxsize=1)
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(resources.folder("templates")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=False,
    )


@lru_cache(maxsize=1)
def _whole_style() -> Markup:
    """Give the style sheet with the files it names in it."""
    static = resources.static_folder()
    sheet, screen = ((static / name).read_text(encoding="utf-8") for name in ("report-sheet.css", "report.css"))

    def data(found: re.Match[str]) -> str:
        content = base64.b64encode((static / found[1]).read_bytes()).decode()
        return f'url("data:{_TYPES[found[2]]};base64,{content}")'

    return Markup(_ADDRESS.sub(data, screen.replace(_SHEET, sheet)))  # noqa: S704 - a packaged file
