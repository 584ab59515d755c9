"""Releasing a round: its scores are frozen, as they may be shown, with the LACE's reading beside them."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from importlib.metadata import version

from sqlalchemy.orm import Session

from assessment.errors import Conflict, Invalid, NotFound
from assessment.measure.outline import outline
from assessment.measure.round_scores import Terms, measured, shown
from assessment.measure.score import Score
from assessment.measure.scoring import METHOD, Scores, TeamAnswers
from assessment.questionnaire.model import Questionnaire
from assessment.services import questionnaires
from assessment.services.rounds import COMMAND_LINE, asked, needed, teams_by_art
from assessment.services.stepping import steps_since
from assessment.store import queries, writes
from assessment.store.database import Database
from assessment.store.records import (
    ReleaseRecord,
    ReviewRecord,
    RosterEntry,
    RoundRecord,
    ScoreRecord,
    StepRecord,
    TeamTallies,
)

PRELIMINARY = 0  # the number of the release that closing makes, for the review alone
LONGEST_REASON = 2_000

_LIBRARIES = ("pydantic", "pyyaml", "sqlalchemy")


def release(database: Database, code: str, now: datetime, by: str = COMMAND_LINE) -> ReleaseRecord:
    """Freeze a closed round's scores; from now on pages and reports read them, and nothing recomputes them."""
    with database.writing() as session:
        round_ = needed(session, code, for_update=True)
        if round_.closed_at is None:
            raise Conflict(f"the round {code} is not closed yet; close it first")
        if round_.released_at is not None:
            raise Conflict(f"the round {code} is released already")
        questionnaire = questionnaires.asked_in(session, round_)
        tallies = queries.tallies(session, round_.id)
        writes.record_audit(session, now, by, "round released", code)
        return make(session, round_, questionnaire, tallies, now, number=PRELIMINARY + 1)


def review(database: Database, code: str, readings: Sequence[ReviewRecord]) -> None:
    """Keep the LACE's reading of some scores of a closed round, all or none; a later one replaces an earlier."""
    with database.writing() as session:
        round_ = needed(session, code, for_update=True)
        if round_.closed_at is None or round_.released_at is not None:
            raise Conflict(f"the round {code} is not in review: it is reviewed between its closing and its release")
        questionnaire = questionnaires.asked_in(session, round_)
        known = {(score.unit, score.dimension): score for score in _preliminary(session, round_)}
        for reading in readings:
            _check(reading, known.get((reading.unit, reading.dimension)), questionnaire)
            writes.put_review(session, round_.id, reading)


def make(  # noqa: PLR0913 - what a release is made of
    session: Session,
    round_: RoundRecord,
    questionnaire: Questionnaire,
    tallies: Sequence[TeamTallies],
    now: datetime,
    *,
    number: int,
) -> ReleaseRecord:
    """Score a round, hold back what may not be shown, and store the rest as a numbered release."""
    entries = [team.entry for team in tallies]
    arts = teams_by_art(entries)
    teams = [TeamAnswers(team.entry.unit, team.entry.kind, asked(team.entry, round_), team.tallies) for team in tallies]
    scores = shown(questionnaire, measured(questionnaire, teams, arts), arts, Terms(round_.mode, round_.threshold))
    reviews = queries.reviews(session, round_.id) if number > PRELIMINARY else []
    rows = _rows(questionnaire, scores, entries, reviews)
    steps = steps_since(session, round_, questionnaire, scores, arts) if number > PRELIMINARY else []
    writes.make_release(
        session,
        round_id=round_.id,
        number=number,
        made_at=now,
        method=METHOD,
        hash=_hash(round_, questionnaire, tallies, rows, steps),
        reason=None,
        libraries={name: version(name) for name in _LIBRARIES},
        scores=rows,
        steps=steps,
    )
    made = queries.release(session, round_.id, number)
    if made is None:
        raise NotFound(f"release {number} of round {round_.code} is gone")
    return made


def _rows(
    questionnaire: Questionnaire,
    scores: Mapping[str, Scores],
    entries: Sequence[RosterEntry],
    reviews: Sequence[ReviewRecord],
) -> list[ScoreRecord]:
    """Give the rows of a release: every unit with its name, and the ART a team is below."""
    tree = outline(questionnaire)
    names = {step.code: step.name for entry in entries for step in entry.path}
    names |= {entry.unit: entry.name for entry in entries}
    parents = {team: art for art, teams in teams_by_art(entries).items() for team in teams}
    readings = {(reading.unit, reading.dimension): reading for reading in reviews}
    return [
        _row(score, names[unit], parents.get(unit), readings.get((unit, name)), is_question=name in tree.levels)
        for unit, of_unit in scores.items()
        for name, score in of_unit.items()
    ]


def _row(
    score: Score, unit_name: str, parent: str | None, reading: ReviewRecord | None, *, is_question: bool
) -> ScoreRecord:
    return ScoreRecord(
        unit=score.unit,
        unit_name=unit_name,
        kind=score.kind,
        parent=parent,
        dimension=score.dimension,
        is_question=is_question,
        value=score.value,
        qualifier=score.qualifier,
        n=score.n,
        N=score.N,
        coverage=score.coverage,
        low=score.low,
        high=score.high,
        agreement=score.agreement,
        ad=score.ad,
        rwg=score.rwg,
        split=score.split,
        hidden=score.hidden,
        distribution=score.distribution,
        review=reading.decision if reading else None,
        reviewed_value=reading.value if reading else None,
        review_reason=reading.reason if reading else None,
    )


def _hash(
    round_: RoundRecord,
    questionnaire: Questionnaire,
    tallies: Sequence[TeamTallies],
    rows: Sequence[ScoreRecord],
    steps: Sequence[StepRecord],
) -> str:
    """Give the hash over what went into a release and what came out of it."""
    counted = sorted(
        (team.entry.unit, team.forms, sorted((name, asdict(tally)) for name, tally in team.tallies.items()))
        for team in tallies
    )
    whole = {
        "round": [round_.code, round_.mode, round_.threshold],
        "questionnaire": [questionnaire.id, questionnaire.version],
        "method": METHOD,
        "tallies": counted,
        "scores": [asdict(row) for row in rows],
        "steps": [asdict(step) for step in steps],
    }
    canonical = json.dumps(whole, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _preliminary(session: Session, round_: RoundRecord) -> list[ScoreRecord]:
    made = queries.release(session, round_.id, PRELIMINARY)
    return queries.scores(session, made.id, kind="art") if made else []


def _check(reading: ReviewRecord, score: ScoreRecord | None, questionnaire: Questionnaire) -> None:
    if score is None or score.value is None:
        raise Invalid(f"there is no score of {reading.unit} in “{reading.dimension}” to review")
    if reading.decision == "accepted":
        return
    if reading.value is None or reading.value not in questionnaire.overall_scale.values:
        levels = ", ".join(f"{value:g}" for value in questionnaire.overall_scale.values)
        raise Invalid(f"the reviewed level of {score.unit_name} must be one of {levels}")
    if not reading.reason or not reading.reason.strip():
        raise Invalid(f"a reviewed level needs a reason ({score.unit_name}, level {reading.value:g})")
    if len(reading.reason) > LONGEST_REASON:
        raise Invalid(f"the reason for {score.unit_name} is longer than {LONGEST_REASON:,} characters")
