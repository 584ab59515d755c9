"""Releasing a round: its scores are frozen, as they may be shown, with the LACE's reading beside them."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from importlib.metadata import version
from itertools import chain
from operator import attrgetter

from sqlalchemy.orm import Session

from assessment.errors import Conflict, Invalid, NotFound
from assessment.measure.maturity import settable
from assessment.measure.round_scores import Terms, measured, shown
from assessment.measure.scoring import METHOD, Scores, TeamAnswers
from assessment.questionnaire.model import Questionnaire
from assessment.services import questionnaires
from assessment.services.rounds import COMMAND_LINE, asked, needed
from assessment.services.stepping import steps_since
from assessment.services.told_units import reviewed_kind, teams_in_arts
from assessment.store import queries, writes
from assessment.store.database import Database
from assessment.store.records import (
    PRELIMINARY,
    ReleaseRecord,
    ReviewRecord,
    RosterEntry,
    RoundRecord,
    ScoreRecord,
    StepRecord,
    TeamTallies,
    UnitTallies,
)

LONGEST_REASON = 2_000

_LIBRARIES = ("pydantic", "pyyaml", "sqlalchemy")

_FIGURES, _CHANGES = (attrgetter(*(field.name for field in fields(record))) for record in (ScoreRecord, StepRecord))
_as_json = json.JSONEncoder(allow_nan=False, separators=(",", ":")).encode


@dataclass(frozen=True, slots=True)
class Frozen:
    """What a release is to hold: worked out before the database is held for writing, which others wait for."""

    method: str
    scores: Sequence[ScoreRecord]
    steps: Sequence[StepRecord]
    hash: str


def release(database: Database, code: str, now: datetime, by: str = COMMAND_LINE) -> ReleaseRecord:
    """Freeze a closed round's scores; from now on pages and reports read them, and nothing recomputes them.

    They are those that closing made, with the LACE's readings and the steps from the round before beside them.
    """
    with database.reading() as session:
        round_, preliminary = _releasable(session, code)
        before = _rests_on(session, round_)
        questionnaire = questionnaires.asked_in(session, round_)
        rows = _reviewed(queries.scores(session, preliminary.id, questions=True), queries.reviews(session, round_.id))
        steps = steps_since(session, round_, questionnaire, rows)
    method = preliminary.method
    frozen = Frozen(method, rows, steps, _hash(round_, method, rows, steps))
    with database.writing() as session:
        round_, _ = _releasable(session, code, for_update=True)
        if _rests_on(session, round_) != before:
            raise Conflict(f"a review or a release came in between; release the round {code} again")
        writes.record_audit(session, now, by, "round released", code)
        return store(session, round_, frozen, now, number=PRELIMINARY + 1)


def review(
    database: Database, code: str, readings: Sequence[ReviewRecord], withdrawn: Sequence[tuple[str, str]] = ()
) -> None:
    """Keep the LACE's reading of some scores of a closed round, all or none; a later one replaces an earlier.

    Reviewed are ARTs or, where teams were not asked, the units that were.

    `withdrawn` are units and dimensions whose reading is taken back.
    """
    with database.writing() as session:
        round_ = needed(session, code, for_update=True)
        if round_.closed_at is None or round_.released_at is not None:
            raise Conflict(f"the round {code} is not in review: it is reviewed between its closing and its release")
        questionnaire = questionnaires.asked_in(session, round_)
        kind = reviewed_kind(questionnaire)
        scores = queries.scores(session, preliminary_of(session, round_).id, kind=kind)
        known = {(score.unit, score.dimension): score for score in scores}
        for reading in readings:
            _check(reading, known.get((reading.unit, reading.dimension)), questionnaire)
            writes.put_review(session, round_.id, reading)
        for unit, dimension in withdrawn:
            writes.delete_review(session, round_.id, unit, dimension)


def preliminary_of(session: Session, round_: RoundRecord) -> ReleaseRecord:
    """Give the preliminary scores of a round; raises `Conflict` where closing has not made them yet."""
    made = queries.release(session, round_.id, PRELIMINARY)
    if made is not None:
        return made
    if round_.closed_at is None:
        raise Conflict(f"the round {round_.code} is not closed yet; closing makes its preliminary scores")
    raise Conflict(f"the round {round_.code} is being closed; should that have been broken off, close it again")


def measure(
    round_: RoundRecord,
    questionnaire: Questionnaire,
    tallies: Sequence[TeamTallies],
    of_roles: Sequence[UnitTallies] = (),
) -> Frozen:
    """Score a round and hold back what may not be shown."""
    entries = [team.entry for team in tallies]
    arts = {art: [entry.unit for entry in below] for art, below in teams_in_arts(entries).items()}
    teams = [
        TeamAnswers(team.entry.unit, team.entry.kind, asked(team.entry, round_), team.tallies, team.forms)
        for team in tallies
    ]
    kind = reviewed_kind(questionnaire)
    words = {(unit.unit, kind): unit.words for unit in of_roles}
    terms = Terms(round_.mode, round_.threshold)
    scores = shown(questionnaire, measured(questionnaire, teams, arts), arts, terms, words)
    rows = _rows(questionnaire, scores, entries)
    return Frozen(METHOD, rows, [], _hash(round_, METHOD, rows, []))


def store(session: Session, round_: RoundRecord, frozen: Frozen, now: datetime, *, number: int) -> ReleaseRecord:
    """Store what was worked out as a numbered release."""
    writes.make_release(
        session,
        round_id=round_.id,
        number=number,
        made_at=now,
        method=frozen.method,
        hash=frozen.hash,
        reason=None,
        libraries={name: version(name) for name in _LIBRARIES},
        scores=frozen.scores,
        steps=frozen.steps,
    )
    made = queries.release(session, round_.id, number)
    if made is None:
        raise NotFound(f"release {number} of round {round_.code} is gone")
    return made


def _releasable(session: Session, code: str, *, for_update: bool = False) -> tuple[RoundRecord, ReleaseRecord]:
    round_ = needed(session, code, for_update=for_update)
    if round_.closed_at is None:
        raise Conflict(f"the round {code} is not closed yet; close it first")
    if round_.released_at is not None:
        raise Conflict(f"the round {code} is released already")
    return round_, preliminary_of(session, round_)


def _rests_on(session: Session, round_: RoundRecord) -> tuple[list[ReviewRecord], list[RoundRecord]]:
    """Give what may change until a round is released: its reviews, and which rounds were released before."""
    released = [other for other in queries.rounds(session) if other.released_at is not None]
    return queries.reviews(session, round_.id), released


def _reviewed(rows: Sequence[ScoreRecord], reviews: Sequence[ReviewRecord]) -> list[ScoreRecord]:
    """Give the rows with the LACE's readings beside them."""
    readings = {(reading.unit, reading.dimension): reading for reading in reviews}
    return [_with(row, readings.get((row.unit, row.dimension))) for row in rows]


def _with(row: ScoreRecord, reading: ReviewRecord | None) -> ScoreRecord:
    if reading is None:
        return row
    return replace(row, review=reading.decision, reviewed_value=reading.value, review_reason=reading.reason)


def _rows(
    questionnaire: Questionnaire, scores: Mapping[str, Scores], entries: Sequence[RosterEntry]
) -> list[ScoreRecord]:
    """Give the rows of a release: every unit with its name, and the ART a team is below."""
    names = {step.code: step.name for entry in entries for step in entry.path}
    names |= {entry.unit: entry.name for entry in entries}
    parents = {entry.unit: art for art, below in teams_in_arts(entries).items() for entry in below}
    return [
        ScoreRecord.of(score, names[unit], parents.get(unit), is_question=name in questionnaire.by_id)
        for unit, of_unit in scores.items()
        for name, score in of_unit.items()
    ]


def _hash(
    round_: RoundRecord,
    method: str,
    rows: Sequence[ScoreRecord],
    steps: Sequence[StepRecord],
) -> str:
    """Give the hash over what was asked and what came out of it, a line of JSON for each figure.

    It is printed on every report. The tallies are not in it: those behind a hidden score of few answers are so few
    that they could be found by trying.
    """
    found = hashlib.sha256()
    begin = (round_.code, round_.mode, round_.threshold, round_.questionnaire, round_.version, round_.content_hash)
    for line in chain([(*begin, method)], map(_FIGURES, rows), map(_CHANGES, steps)):
        found.update(_as_json(line).encode() + b"\n")
    return found.hexdigest()


def _check(reading: ReviewRecord, score: ScoreRecord | None, questionnaire: Questionnaire) -> None:
    if score is None or score.value is None:
        raise Invalid(f"there is no score of {reading.unit} in “{reading.dimension}” to review")
    if reading.decision == "accepted":
        return
    known = settable(questionnaire, score.dimension)
    if reading.value is None or reading.value not in known:
        levels = ", ".join(f"{value:g}" for value in known)
        raise Invalid(f"the reviewed level of {score.unit_name} must be one of {levels}")
    if not reading.reason or not reading.reason.strip():
        raise Invalid(f"a reviewed level needs a reason ({score.unit_name}, level {reading.value:g})")
    if len(reading.reason) > LONGEST_REASON:
        raise Invalid(f"the reason for {score.unit_name} is longer than {LONGEST_REASON:,} characters")
