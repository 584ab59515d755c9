"""What the tests of the use cases begin with: an organisation, a questionnaire, rounds with answers."""

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

import pytest

from assessment.services import answer_files, closing, links, organisation, releasing, rounds
from assessment.services.answering import Given, Ticket, save_page, submit, ticket_of
from assessment.store.database import Database
from assessment.store.records import Receipt, ReleaseRecord, RoundRecord

# For what is decided before a database is asked: one of them will do.
ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
LATER = NOW + timedelta(days=14)
SECRET = "a secret of tests, which is long enough"
BASE = "https://assessment.example.org"

UNITS = b"""kind,code,name,parent,headcount
portfolio,top,Everything,,
value-stream,move,Moving,top,
value-stream,stay,Staying,top,
art,rail,Rail,move,
art,road,Road,move,
art,home,Home,stay,
team,falcon,Falcon,rail,8
team,heron,Heron,rail,8
team,ibex,Ibex,rail,9
team,lynx,Lynx,road,8
team,newt,Newt,road,4
team,owl,Owl,home,8
community,guild,Guild,,
"""
RAIL = ("falcon", "heron", "ibex")
TEAMS = (*RAIL, "lynx", "newt", "owl")

QUESTIONNAIRE = b"""format: 1
id: check
version: "1"
title: Check
scales:
  five:
    levels: [{value: 1, label: a}, {value: 2, label: b}, {value: 3, label: c}, {value: 4, label: d},
             {value: 5, label: e}]
dimensions:
  - id: leading
    title: Leading
    questions:
      - {id: goals, type: rating, scale: five, text: Goals are shared., required: true}
      - {id: limits, type: rating, scale: five, text: Limits are clear., required: true}
  - id: flow
    title: Flow
    questions:
      - {id: batch, type: rating, scale: five, text: Batches are small., required: true, dont-know: false}
      - {id: queue, type: rating, scale: five, text: Queues are short.}
      - {id: why, type: text, text: Why is that so?}
"""
RATED = ("goals", "limits", "batch", "queue")
FIRST = {"goals": "3", "limits": "dk"}
SECOND = {"batch": "4", "queue": "na", "why": "Too much at once."}

Row = Mapping[str, str]


def open_round(
    database: Database,
    code: str = "PI-1",
    *,
    content: bytes = QUESTIONNAIRE,
    now: datetime = NOW,
    secret_key: str = SECRET,
    **opening: object,
) -> RoundRecord:
    """Open a round on the organisation; keywords are those of an `Opening`."""
    organisation.import_units(database, UNITS)
    return rounds.open_round(database, content, rounds.Opening(code, **opening), secret_key, now)  # type: ignore[arg-type]


def codes_of(database: Database, team: str = "falcon", code: str = "PI-1") -> tuple[str, ...]:
    """Give the codes of a team; in mode `codes` all teams' are printed by this, once."""
    found = links.of_round(database, code, BASE, SECRET)
    return next(link.codes for link in found if link.team == team)


def answered(database: Database, ticket: Ticket, now: datetime = NOW) -> None:
    """Answer all pages."""
    for page, given in enumerate((FIRST, SECOND), 1):
        assert not save_page(database, ticket, Given(page, given, complete=True), now).problems


def sent(database: Database, code: str, now: datetime = NOW) -> Receipt:
    """Answer all pages and submit."""
    ticket = ticket_of(code, None)
    answered(database, ticket, now)
    return submit(database, ticket, now)


def rows_of(team: str, levels: Sequence[int | str]) -> list[Row]:
    """Give a row for each person of a team, who chose the same level everywhere."""
    return [{"team": team} | dict.fromkeys(RATED, str(level)) for level in levels]


def as_csv(rows: Sequence[Row], columns: Sequence[str] = ("team", *RATED)) -> bytes:
    """Give rows as a file."""
    file = io.StringIO()
    writer = csv.DictWriter(file, columns)
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue().encode()


def closed_round(
    database: Database, levels: Mapping[str, Sequence[int | str]], code: str = "PI-1", now: datetime = NOW
) -> RoundRecord:
    """Open, fill and close a round; `levels` are each person's, by team."""
    round_ = open_round(database, code, now=now)
    rows = [row for team, of_team in levels.items() for row in rows_of(team, of_team)]
    answer_files.import_answers(database, as_csv(rows), code, now)
    closing.close(database, code, now + timedelta(days=14))
    return round_


def released_round(
    database: Database, levels: Mapping[str, Sequence[int | str]], code: str = "PI-1", now: datetime = NOW
) -> ReleaseRecord:
    """Open, fill, close and release a round."""
    closed_round(database, levels, code, now)
    return releasing.release(database, code, now + timedelta(days=15))
