"""Filling an empty database with the demonstration, through the same services that people use."""

import csv
import io
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from assessment.errors import Conflict
from assessment.services import (
    accounts,
    answer_files,
    closing,
    installation,
    organisation,
    questionnaires,
    reading,
    releasing,
    rounds,
)
from assessment.services.demonstration.enterprise import Size, units
from assessment.services.demonstration.people import Enterprise
from assessment.store.database import Database
from assessment.store.records import ReviewRecord, UnitRecord

SIGN_INS = (
    ("lace@example.org", "lace", "reviews and releases; sees everything"),
    ("rte@example.org", "rte", "sees one ART with its teams"),
    ("viewer@example.org", "viewer", "sees ARTs, no team names"),
    ("facilitator@example.org", "facilitator", "follows the rounds; sees the own pages of one ART’s teams"),
    ("admin@example.org", "admin", "sees everything, reviews nothing"),
)
QUESTIONNAIRE = "lean-agile-maturity"

_LENGTH = timedelta(weeks=12)  # from one PI to the next
_ASKED_FOR = timedelta(weeks=2)
_SINCE = timedelta(days=4)  # the open round has been open that long
_PER_YEAR = 4


@dataclass(frozen=True, slots=True)
class Plan:
    """What to fill a database with: the same size and seed give the same enterprise on the same day."""

    size: Size
    seed: int
    password: str
    secret_key: str


@dataclass(frozen=True, slots=True)
class _Pi:
    code: str
    title: str
    opens_at: datetime


def fill(database: Database, plan: Plan, now: datetime, tell: Callable[[str], object] = str) -> str:
    """Fill an empty database and give the code of the round that is open; `tell` hears of each round."""
    plan.size.check()
    if not installation.is_empty(database):
        raise Conflict("the demonstration fills an empty database only; this one holds something")
    chance = random.Random(plan.seed)  # noqa: S311 - to be plausible, not secret
    made = units(plan.size, chance)
    organisation.import_units(database, _csv(made))
    teams = [unit for unit in made if unit.kind == "team"]
    arts = [unit.code for unit in made if unit.kind == "art"]
    path, content = questionnaires.find(QUESTIONNAIRE, None)
    enterprise = Enterprise(questionnaires.read(path, content), teams, arts, chance)
    past, current = _calendar(plan.size.rounds, now)
    for number, pi in enumerate(past):
        asked = _asked(arts, number, len(past))
        opening = rounds.Opening(pi.code, pi.title, asked, "codes", closes_at=pi.opens_at + _ASKED_FOR)
        rounds.open_round(database, content, opening, plan.secret_key, pi.opens_at)
        answer_files.import_answers(database, enterprise.answers(number, 0.88, asked), pi.code, pi.opens_at)
        _finish(database, pi, arts, plan.secret_key, last=pi is past[-1])
        tell(f"{pi.title}: {len(arts if asked is None else asked)} ARTs asked, closed and released")
    opening = rounds.Opening(current.code, current.title, None, "link", closes_at=now + _ASKED_FOR)
    rounds.open_round(database, content, opening, plan.secret_key, current.opens_at)
    answer_files.import_answers(database, enterprise.answers(len(past), 0.35), current.code, now)
    tell(f"{current.title}: open, a third has answered")
    for email, role, _ in SIGN_INS:
        accounts.add_account(
            database, email, plan.password, role, arts[0] if role in {"rte", "facilitator"} else None, now
        )
    return current.code


def _finish(database: Database, pi: _Pi, arts: Sequence[str], secret_key: str, *, last: bool) -> None:
    closed = pi.opens_at + _ASKED_FOR
    closing.close(database, pi.code, closed, secret_key=secret_key)
    reviewed = closed + timedelta(days=3)
    if last:
        releasing.review(database, pi.code, _readings(database, pi.code, arts[0], reviewed))
    releasing.release(database, pi.code, reviewed, secret_key=secret_key)


def _readings(database: Database, code: str, art: str, now: datetime) -> list[ReviewRecord]:
    """Give a review as a LACE might make it: one score accepted, one set lower with the reason.

    A small enterprise may have hidden scores there, which nobody reviews.
    """
    lace = SIGN_INS[0][0]
    reason = "The demo of the whole solution was skipped twice this PI; the teams could not know."
    made = [
        ReviewRecord(art, "", "accepted", None, None, lace, now),
        ReviewRecord(art, "enterprise-solution-delivery", "set", 2.0, reason, lace, now),
    ]
    scores = reading.scores(database, code, art, preliminary=True)
    told = {score.dimension for score in scores if score.value is not None}
    return [review for review in made if review.dimension in told]


def _asked(arts: Sequence[str], number: int, rounds_: int) -> tuple[str, ...] | None:
    """Give whom a round asks: everyone, but the last ART sat one round out."""
    missing = number == rounds_ - 2 and len(arts) > 1
    return tuple(arts[:-1]) if missing else None


def _calendar(finished: int, now: datetime) -> tuple[list[_Pi], _Pi]:
    """Give the PIs that are over, oldest first, and the running one, counted four to a year back from today."""
    newest = now.year * _PER_YEAR + (now.month - 1) // 3
    began = now - _SINCE
    pis = [_pi(newest - back, began - back * _LENGTH) for back in range(finished, -1, -1)]
    return pis[:-1], pis[-1]


def _pi(number: int, opens_at: datetime) -> _Pi:
    year, place = divmod(number, _PER_YEAR)
    short = f"{year % 100:02}.{place + 1}"
    return _Pi(f"PI-{short}", f"PI {short}", opens_at)


def _csv(made: Sequence[UnitRecord]) -> bytes:
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(organisation.COLUMNS)
    for unit in made:
        writer.writerow([unit.kind, unit.code, unit.name, unit.parent or "", unit.headcount or ""])
    return file.getvalue().encode()
