"""`assessment diff`: what changed between two versions of a questionnaire."""

from pathlib import Path

import click

from assessment.cli.printing import format_option, print_json
from assessment.questionnaire.diff import Difference, difference
from assessment.questionnaire.model import Questionnaire
from assessment.services.questionnaires import content_of, read


@click.command()
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@format_option
def diff(old: Path, new: Path, format_: str) -> None:
    """Tell what became of each question between two questionnaire files.

    The step is comparable (scores can be compared as they are), anchored (on the questions both ask alike) or broken.
    """
    before, now = read(old, content_of(old)), read(new, content_of(new))
    found = difference(before, now)
    if format_ == "json":
        print_json(
            {
                "step": found.step,
                "reason": found.reason,
                "questions": [
                    {"question": change.question, "verdict": change.verdict, "reason": change.reason, "was": change.was}
                    for change in found.questions
                ],
            }
        )
        return
    _print(found, now)
    if now.changes and now.changes.since != before.version:
        declared = f"{new} declares its changes from version {now.changes.since}, and {old} is version {before.version}"
        click.echo(f"note: {declared}: they are passed over", err=True)


def _print(found: Difference, now: Questionnaire) -> None:
    kept = sum(change.verdict == "kept" for change in found.questions)
    width = max((len(change.question) for change in found.questions), default=0)
    for change in found.questions:
        if change.verdict != "kept" or "declared" in change.reason:
            click.echo(f"{change.verdict:8} {change.question:{width}}  {change.reason}")
    click.echo(f"{kept} of {len(now.questions)} questions kept under their ids")
    click.echo(f"step: {found.step}" + (f" ({found.reason})" if found.reason else ""))
