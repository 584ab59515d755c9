"""`assessment round`: open, links, status, close, questions, release."""

from dataclasses import asdict
from pathlib import Path

import click

from assessment.cli import opening
from assessment.cli.files import check_writable, write_whole
from assessment.cli.printing import format_option, print_json, print_table
from assessment.errors import Invalid
from assessment.jobs.desk import Desk
from assessment.measure.disclosure import USUAL_THRESHOLD
from assessment.measure.question_health import coefficient
from assessment.reports import environment, pdf
from assessment.reports.figures import DASH, percent
from assessment.services import (
    closing,
    code_sheets,
    links,
    mailing,
    question_health,
    questionnaires,
    releasing,
    rounds,
    team_results,
)
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
@click.option("--sheet", metavar="FILE.pdf", type=click.Path(path_type=Path), help="Slips to cut apart, with QR codes.")
@format_option
def links_(code: str, reissue: str | None, sheet: Path | None, format_: str) -> None:
    """Print every team's link; in mode `codes` the single-use codes, once.

    With --sheet they are on paper as well: slips for people, or a poster for a team that shares a link.
    """
    settings = opening.settings()
    if sheet is not None:
        check_writable(sheet)  # codes are made once: they must not be lost to a slip in a name
    found = links.of_round(opening.database(), code, settings.base_url, settings.secret_key, reissue)
    if sheet is not None:
        document = code_sheets.sheet_of(opening.database(), code, found, settings.timezone)
        write_whole(sheet, pdf.render(environment.codes_html(document)))
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
def results(code: str, format_: str) -> None:
    """Print the links to the teams' own results of a closed round, each to be sent to that team alone."""
    settings = opening.settings()
    found = team_results.links_of(opening.database(), code, settings.base_url, settings.secret_key)
    if format_ == "json":
        print_json([asdict(link) for link in found])
        return
    for link in found:
        click.echo(f"{link.team}  {link.url}")


@round_.command()
@click.argument("code")
@click.argument("file", metavar="FILE.csv")
def mail(code: str, file: str) -> None:
    """Mail everybody in FILE.csv (columns team,address) a code of their own, made while the mail is sent.

    Which code went to whom is kept nowhere. ASSESSMENT_SMTP_URL and ASSESSMENT_MAIL_FROM say how mails go out.
    """
    settings = opening.settings()
    server = mailing.server_of(settings.smtp_url, settings.mail_from)
    sent = mailing.send_codes(opening.database(), code, opening.file_content(file), server, settings.base_url)
    click.echo(f"{sent.number} {'code is' if sent.number == 1 else 'codes are'} on the way.")
    if sent.faults:
        raise Invalid("some were not sent, and their codes are void; send to those again", sent.faults)


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
    secret_key = opening.settings().secret_key
    if not closing.close(opening.database(), code, opening.now(), secret_key=secret_key):
        click.echo("note: the database was in use, so its files are rewritten at the next closing", err=True)
    if not Desk(opening.database(), opening.settings().instance).drop_mails(code):
        click.echo("note: mails that wait were not dropped; assessment work drops them when their turn comes", err=True)
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
@click.option(
    "--reason", metavar="WORDS", help="Release a released round anew, by the newest method, and keep why with it."
)
def release(code: str, reason: str | None) -> None:
    """Freeze a closed round's scores; pages and reports read them from then on."""
    secret_key = opening.settings().secret_key
    made = releasing.release(opening.database(), code, opening.now(), secret_key=secret_key, reason=reason)
    click.echo(f"Round {code} is released (release {made.number}, {made.hash[:12]}).")


@round_.command("questions")
@click.argument("code")
@format_option
def questions_(code: str, format_: str) -> None:
    """Print how a closed round's questions fared, and which to look at or to retire."""
    found = question_health.of_round(opening.database(), code)
    if format_ == "json":
        print_json(found.as_json())
        return
    click.echo(f"{found.round.title} ({found.round.code}): {found.health.forms:,} forms.")
    rows = [
        (
            line.health.question,
            f"{line.health.n:,}",
            *map(_share, (line.health.ceiling, line.health.floor, line.health.not_applicable, line.health.dont_know)),
            f"{line.health.split_teams} of {line.health.teams}",
            _coefficient(line.health.item_rest),
            line.advice.verdict,
            line.advice.sentence,
        )
        for line in found.lines
    ]
    heading = ("question", "n", "top", "bottom", "n/a", "don't know", "split", "r", "advice", "why")
    print_table(heading, rows)
    click.echo()
    alphas = [
        (node.dimension, str(node.questions), f"{node.people:,}", _coefficient(node.alpha))
        for node in found.health.dimensions
    ]
    print_table(("dimension", "questions", "answered all", "alpha"), alphas)


def _share(figure: float | None) -> str:
    return DASH if figure is None else percent(figure)


def _coefficient(figure: float | None) -> str:
    return DASH if figure is None else coefficient(figure)
