"""`assessment scores` and `assessment trend`: released figures, for people and programs."""

from dataclasses import asdict

import click

from assessment.cli import opening
from assessment.cli.printing import format_option, print_json, print_table
from assessment.errors import NotFound
from assessment.reports.figures import one_decimal, qualified, signed
from assessment.services import reading
from assessment.store.records import ScoreRecord

_FIELDS = (
    "unit", "kind", "dimension", "value", "qualifier", "n", "N", "coverage", "low", "high",
    "agreement", "ad", "rwg", "split", "hidden", "rwg_star",
)  # fmt: skip


@click.command()
@click.option("--round", "code", required=True, metavar="CODE", help="The round.")
@click.option("--unit", metavar="CODE", help="One unit only.")
@click.option("--questions", is_flag=True, help="Add a row for each question.")
@click.option("--preliminary", is_flag=True, help="Before the release: what closing made, for the review.")
@format_option
def scores(code: str, unit: str | None, *, questions: bool, preliminary: bool, format_: str) -> None:
    """Print a round's scores as they were released."""
    found = reading.scores(opening.database(), code, unit, questions=questions, preliminary=preliminary)
    if format_ == "json":
        print_json([{field: getattr(score, field) for field in _FIELDS} for score in found])
        return
    rows = [
        (score.unit, score.dimension or "overall", _figure(score), _people(score), _camps(score)) for score in found
    ]
    print_table(("unit", "dimension", "score", "answers", "people"), rows)


@click.command()
@click.argument("unit")
@click.option("--questionnaire", metavar="ID", help="By default the one the unit answered last.")
@format_option
def trend(unit: str, questionnaire: str | None, format_: str) -> None:
    """Print a unit's scores over the rounds, with what may be said of each step."""
    points = reading.trend(opening.database(), unit, questionnaire)
    if questionnaire is not None and not points:
        raise NotFound(f"no released round of a questionnaire {questionnaire} has scores of {unit}")
    if format_ == "json":
        print_json([asdict(point) for point in points])
        return
    rows = [
        (
            point.round,
            point.dimension or "overall",
            "–" if point.value is None else one_decimal(point.value),
            point.verdict,
            _change(point),
            point.reason,
        )
        for point in points
    ]
    print_table(("round", "dimension", "score", "verdict", "change", "reason"), rows)


def _change(point: reading.TrendPoint) -> str:
    if point.change is None:
        return ""
    if point.low is None or point.high is None:
        return signed(point.change)
    return f"{signed(point.change)} ({signed(point.low)} to {signed(point.high)})"


def _figure(score: ScoreRecord) -> str:
    if score.hidden:
        return "hidden"
    return "–" if score.value is None else qualified(score.value, score.qualifier)


def _camps(score: ScoreRecord) -> str:
    return "fall into two camps" if score.split else ""


def _people(score: ScoreRecord) -> str:
    return "" if score.n is None else f"{score.n} of {score.N}"
