"""`assessment round`: open, links, status, close, release."""

from dataclasses import asdict

import click

from assessment.cli import opening
from assessment.cli.printing import format_option, print_json, print_table
from assessment.measure.disclosure import USUAL_THRESHOLD
from assessment.services import closing, links, questionnaires, releasing, rounds
from assessment.services.round_state import state_of
from assessment.services.rounds import Opening
from assessment.store.records import MODES


@click.group("round")
def round_() -> None:
    """Rounds: open one, hand out its links, follow it, close and release it."""


@round_.command("open")
@click.argument("questionnaire")
@click.option("--code", required=True, help="What the round is called in commands and addresses.")
@click.option("--title", help="What people read; the code where it is missing.")
@click.option("--units", metavar="CODE,…", help="Whom to ask: everyone at or below these units; all by default.")
@click.option("--mode", type=click.Choice(MODES), default="codes", show_default=True, help="How answers are collected.")
@click.option("--opens", metavar="D", help="When answers are taken from; now by default.")
@click.option("--closes", metavar="D", help="When answers are taken until; a date includes its whole day.")
@click.option(
    "--threshold",
    metavar="K",
    type=int,
    default=USUAL_THRESHOLD,
    show_default=True,
    help="Answers needed before a score is shown.",
)
def open_(  # noqa: PLR0913 - an option each
    questionnaire: str,
    *,
    code: str,
    title: str | None,
    units: str | None,
    mode: str,
    opens: str | None,
    closes: str | None,
    threshold: int,
) -> None:
    """Open a round on a questionnaire: a file, or the id of a shipped one."""
    settings = opening.settings()
    path, content = questionnaires.find(questionnaire, settings.questionnaires)
    questionnaires.read(path, content)
    wanted = tuple(part.strip() for part in units.split(",") if part.strip()) if units else None
    round_ = rounds.open_round(
        opening.database(),
        content,
        Opening(
            code=code,
            title=title,
            units=wanted,
            mode=mode,
            opens_at=opening.moment(opens, settings.timezone) if opens else None,
            closes_at=opening.moment(closes, settings.timezone, end=True) if closes else None,
            threshold=threshold,
        ),
        settings.secret_key,
        opening.now(),
    )
    state = state_of(round_, opening.now())
    click.echo(f"Round {round_.code} is {state}, on {round_.questionnaire} {round_.version}, mode {round_.mode}.")
    click.echo(f"Next: assessment round links {round_.code}")


@round_.command("links")
@click.argument("code")
@click.option("--reissue", metavar="TEAM", help="Void what this team has not used and print as much anew.")
@format_option
def links_(code: str, reissue: str | None, format_: str) -> None:
    """Print every team's link; in mode `codes` the single-use codes, once."""
    settings = opening.settings()
    found = links.of_round(opening.database(), code, settings.base_url, settings.secret_key, reissue)
    if format_ == "json":
        print_json([asdict(link) for link in found])
        return
    for link in found:
        click.echo(f"{link.team}  {link.url}")
        for single in link.codes if "#" not in link.url else ():
            click.echo(f"    {link.url}#{single}")


@round_.command()
@click.argument("code")
@format_option
def status(code: str, format_: str) -> None:
    """Print how many of each team have answered."""
    progress = rounds.progress(opening.database(), code, opening.now())
    if format_ == "json":
        teams = [
            {"team": team.team, "submitted": team.submitted, "headcount": team.headcount} for team in progress.teams
        ]
        print_json({"code": progress.round.code, "state": progress.state, "teams": teams})
        return
    click.echo(f"{progress.round.title} ({progress.round.code}) is {progress.state}.")
    rows = [(team.team, team.name, f"{team.submitted} of {team.headcount}") for team in progress.teams]
    print_table(("team", "name", "answered"), rows)


@round_.command()
@click.argument("code")
def close(code: str) -> None:
    """Close a round for good; its preliminary scores can be reviewed then."""
    if not closing.close(opening.database(), code, opening.now()):
        click.echo("note: the database was in use, so its files are rewritten at the next closing", err=True)
    click.echo(f"Round {code} is closed. Next: assessment round release {code}, after the review.")


@round_.command()
@click.argument("code")
@click.argument("closes", metavar="D")
def extend(code: str, closes: str) -> None:
    """Let a round that is not closed yet take answers until D."""
    until = opening.moment(closes, opening.settings().timezone, end=True)
    rounds.extend(opening.database(), code, until, opening.now())
    click.echo(f"Round {code} takes answers until {closes}.")


@round_.command()
@click.argument("code")
def release(code: str) -> None:
    """Freeze a closed round's scores; pages and reports read them from then on."""
    made = releasing.release(opening.database(), code, opening.now())
    click.echo(f"Round {code} is released (release {made.number}, {made.hash[:12]}).")
