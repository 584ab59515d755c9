"""How commands print: one JSON document and nothing else, or lines for people."""

import json
from collections.abc import Sequence
from typing import Any

import click

format_option = click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="What to print.",
)


def print_json(what: Any) -> None:  # noqa: ANN401 - whatever JSON can hold
    """Print one JSON document."""
    click.echo(json.dumps(what, ensure_ascii=False, indent=2, allow_nan=False))


def print_table(heading: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print rows under a heading, in columns as wide as they need to be."""
    widths = [max(len(row[place]) for row in [heading, *rows]) for place in range(len(heading))]
    for row in [heading, *rows]:
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
