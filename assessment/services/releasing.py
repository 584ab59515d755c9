"""Releasing a round: its scores are frozen, as they may be shown, with the LACE's reading beside them."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from importlib.metadata import version
from itertools import chain
from operator import attrgetter

from sqlalchemy.orm import Session

from assessment.errors import Conflict, Invalid, NotFound
from assessment.measure.maturity import settable
from assessment.measure.organisation import Organisation
from assessment.measure.outline import outline
from assessment.measure.revision import revised
from assessment.measure.round_scores import Terms, measured, shown
from assessment.measure.scoring import NEWEST, Method, Scores, TeamAnswers
from assessment.questionnaire.model import Questionnaire
from assessment.services import questionnaires, told_units
from assessment.services.rounds import AGREED, COMMAND_LINE, asked, needed
from assessment.services.sealing import Made, Sealing, sealing
from assessment.services.stepping import steps_since
from assessment.services.told_units import reviewed_kind
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
_TESTING = ("numpy", "scipy")
_TESTED = frozenset({"improved", "worsened", "no-detectable-change"})

_ADDED = ("rwg_star",)
_ADDED_TO_STEPS = ("low", "high", "smallest", "effect")


def _getter(
    record: type[ScoreRecord] | type[StepRecord], without: Sequence[str] = ()
) -> "attrgetter[tuple[object, ...]]":
    return attrgetter(*(field.name for field in fields(record) if field.name not in without))


_FIGURES, _CHANGES = _getter(ScoreRecord), _getter(StepRecord)
_FORMER_FIGURES, _FORMER_CHANGES = _getter(ScoreRecord, _ADDED), _getter(StepRecord, _ADDED_TO_STEPS)
_as_json = json.JSONEncoder(allow_nan=False, separators=(",", ":")).encode


@dataclass(frozen=True, slots=True)
class Frozen:
    """What a release is to hold: worked out before the database is held for writing, which others wait for."""

    method: str
    scores: Sequence[ScoreRecord]
    steps: Sequence[StepRecord]
    hash: str


def release(  # noqa: PLR0913 - what a release says of itself
    database: Database,
    code: str,
    now: datetime,
    by: str = COMMAND_LINE,
    *,
    secret_key: str | None = None,
    reason: str | None = None,
) -> ReleaseRecord:
    """Freeze a closed round's scores; from now on pages and reports read them, and nothing recomputes them.

    They are those that closing made, with the LACE's readings and the steps from the round before beside them. A round
    that is released already is released anew for a `reason`: scored by the newest method from what is stored, as far as
    the two releases together give nothing away, under the next number. The release is sealed where there is a secret
    key.
    """
    _check_reason(reason)
    with database.reading() as session:
        round_, latest = _releasable(session, code, reason)
        before = _rests_on(session, round_)
        questionnaire = questionnaires.asked_in(session, round_)
        tallies, of_roles = queries.tallies(session, round_.id), queries.unit_tallies(session, round_.id)
        told = queries.scores(session, latest.id, questions=True)
        if reason is None:
            scored = Frozen(latest.method, told, [], latest.hash)
        else:
            scored = measure_anew(round_, questionnaire, tallies, of_roles, told)
        rows = reviewed(scored.scores, queries.reviews(session, round_.id))
        steps = steps_since(session, round_, questionnaire, rows)
    frozen = Frozen(scored.method, rows, steps, _hash(round_, scored.method, rows, steps))
    seals = None if secret_key is None else sealing(secret_key, round_, tallies, of_roles)
    with database.writing() as session:
        round_, _ = _releasable(session, code, reason, for_update=True)
        if _rests_on(session, round_) != before:
            raise Conflict(f"a review or a release came in between; release the round {code} again")
        writes.record_audit(session, now, by, "round released" if reason is None else "round released anew", code)
        return store(session, round_, frozen, now, number=latest.number + 1, reason=reason, seals=seals)


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
    method: Method = NEWEST,
) -> Frozen:
    """Score a round by a method and hold back what may not be shown."""
    entries = [team.entry for team in tallies]
    above = told_units.units_above(entries, method)
    teams = [
        TeamAnswers(team.entry.unit, team.entry.kind, asked(team.entry, round_), team.tallies, team.forms)
        for team in tallies
    ]
    kind = reviewed_kind(questionnaire)
    words = {(unit.unit, kind): unit.words for unit in of_roles}
    terms = Terms(round_.mode, round_.threshold)
    full = measured(questionnaire, teams, above.below, above.kinds, method)
    scores = shown(questionnaire, full, above.below, terms, words, method)
    rows = _rows(questionnaire, scores, entries, above.parents)
    return Frozen(method.id, rows, [], _hash(round_, method.id, rows, []))


def measure_anew(  # noqa: PLR0913, PLR0917 - what a release is made of, and the one before it
    round_: RoundRecord,
    questionnaire: Questionnaire,
    tallies: Sequence[TeamTallies],
    of_roles: Sequence[UnitTallies],
    before: Sequence[ScoreRecord],
    method: Method = NEWEST,
) -> Frozen:
    """Score a released round once more: nothing is told that the difference to what was told `before` gives away.

    Answers do not change after the close, so of teams it is told what was told.
    """
    made = measure(round_, questionnaire, tallies, of_roles, method)
    if round_.mode == AGREED:
        return made
    entries = [team.entry for team in tallies]
    told = revised(
        outline(questionnaire),
        Organisation(told_units.units_above(entries, method).below),
        _by_unit(before),
        _by_unit(made.scores),
        round_.threshold,
        untouched={entry.unit for entry in entries},
    )
    rows = [
        ScoreRecord.of(told[row.unit][row.dimension], row.unit_name, row.parent, is_question=row.is_question)
        for row in made.scores
        if row.dimension in told[row.unit]
    ]
    return replace(made, scores=rows, hash=_hash(round_, method.id, rows, []))


def units_above(entries: Iterable[RosterEntry]) -> Mapping[str, Sequence[str]]:
    """Give the code of every unit above teams that has a score, with the codes directly below it."""
    return told_units.units_above(entries).below


def _by_unit(rows: Iterable[ScoreRecord]) -> dict[str, Scores]:
    found: dict[str, Scores] = {}
    for row in rows:
        found.setdefault(row.unit, {})[row.dimension] = row.score()
    return found


def store(  # noqa: PLR0913 - what a release says of itself
    session: Session,
    round_: RoundRecord,
    frozen: Frozen,
    now: datetime,
    *,
    number: int,
    reason: str | None = None,
    seals: Sealing | None = None,
) -> ReleaseRecord:
    """Store what was worked out as a numbered release, sealed where there is something to seal it with."""
    says = Made(number, now, frozen.method, frozen.hash, reason, libraries(frozen.steps))
    writes.make_release(
        session,
        round_id=round_.id,
        number=number,
        made_at=now,
        method=frozen.method,
        hash=frozen.hash,
        reason=reason,
        libraries=says.libraries,
        seal=None if seals is None else seals.seal(says),
        scores=frozen.scores,
        steps=frozen.steps,
    )
    made = queries.release(session, round_.id, number)
    if made is None:
        raise NotFound(f"release {number} of round {round_.code} is gone")
    return made


def libraries(steps: Sequence[StepRecord]) -> dict[str, str]:
    """Give the versions of the libraries that a release's figures rest on; changes are tested with two of their own."""
    tested = any(step.verdict in _TESTED for step in steps)
    return {name: version(name) for name in (*_LIBRARIES, *(_TESTING if tested else ()))}


def _releasable(
    session: Session, code: str, reason: str | None, *, for_update: bool = False
) -> tuple[RoundRecord, ReleaseRecord]:
    """Give a round that can be released, and the last release made of it, if only the preliminary one."""
    round_ = needed(session, code, for_update=for_update)
    if round_.closed_at is None:
        raise Conflict(f"the round {code} is not closed yet; close it first")
    newest = queries.release(session, round_.id)
    if newest is not None and reason is None:
        raise Conflict(f"the round {code} is released already; releasing it anew takes a reason")
    if newest is None and reason is not None:
        raise Conflict(f"the round {code} is not released yet; its first release takes no reason")
    return round_, newest or preliminary_of(session, round_)


def _check_reason(reason: str | None) -> None:
    if reason is None:
        return
    if not reason.strip() or not reason.isprintable():
        raise Invalid("the reason for releasing anew must be one line of words: it is kept with the release")
    if len(reason) > LONGEST_REASON:
        raise Invalid(f"the reason for releasing anew is longer than {LONGEST_REASON:,} characters")


def _rests_on(session: Session, round_: RoundRecord) -> tuple[list[ReviewRecord], list[RoundRecord]]:
    """Give what may change until a round is released: its reviews, and which rounds were released before."""
    released = [other for other in queries.rounds(session) if other.released_at is not None]
    return queries.reviews(session, round_.id), released


def reviewed(rows: Sequence[ScoreRecord], reviews: Sequence[ReviewRecord]) -> list[ScoreRecord]:
    """Give the rows with the LACE's readings beside them; a score that is not told (any more) has none."""
    readings = {(reading.unit, reading.dimension): reading for reading in reviews}
    return [_with(row, readings.get((row.unit, row.dimension))) for row in rows]


def _with(row: ScoreRecord, reading: ReviewRecord | None) -> ScoreRecord:
    if reading is None or row.value is None:
        return row
    return replace(row, review=reading.decision, reviewed_value=reading.value, review_reason=reading.reason)


def _rows(
    questionnaire: Questionnaire,
    scores: Mapping[str, Scores],
    entries: Sequence[RosterEntry],
    parents: Mapping[str, str],
) -> list[ScoreRecord]:
    """Give the rows of a release: every unit with its name, and the unit directly above it."""
    names = {step.code: step.name for entry in entries for step in entry.path}
    names |= {entry.unit: entry.name for entry in entries}
    return [
        ScoreRecord.of(score, names[unit], parents.get(unit), is_question=name in questionnaire.by_id)
        for unit, of_unit in scores.items()
        for name, score in of_unit.items()
    ]


def is_hash_of(
    hash_: str, round_: RoundRecord, method: str, rows: Sequence[ScoreRecord], steps: Sequence[StepRecord]
) -> bool:
    """Whether a release's hash is that of its figures.

    Before some figures were added the hash was over the others alone; then none of them may be there.
    """
    if hash_ == _hash(round_, method, rows, steps):
        return True
    added = chain((getattr(row, name) for row in rows for name in _ADDED), *map(_added_to, steps))
    return all(figure is None for figure in added) and hash_ == _hash(round_, method, rows, steps, added=False)


def _added_to(step: StepRecord) -> Iterable[object]:
    return (getattr(step, name) for name in _ADDED_TO_STEPS)


def _hash(
    round_: RoundRecord,
    method: str,
    rows: Sequence[ScoreRecord],
    steps: Sequence[StepRecord],
    *,
    added: bool = True,
) -> str:
    """Give the hash over what was asked and what came out of it, a line of JSON for each figure.

    It is printed on every report. The tallies are not in it: those behind a hidden score of few answers are so few
    that they could be found by trying.
    """
    found = hashlib.sha256()
    begin = (round_.code, round_.mode, round_.threshold, round_.questionnaire, round_.version, round_.content_hash)
    of_score, of_step = (_FIGURES, _CHANGES) if added else (_FORMER_FIGURES, _FORMER_CHANGES)
    for line in chain([(*begin, method)], map(of_score, rows), map(of_step, steps)):
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
        titles = {node.id: questionnaire.says(node.title) for node in questionnaire.nodes}
        about = f"{score.unit_name}, {titles.get(score.dimension, 'overall')}, level {reading.value:g}"
        raise Invalid(f"a reviewed level needs a reason ({about})")
    if len(reading.reason) > LONGEST_REASON:
        raise Invalid(f"the reason for {score.unit_name} is longer than {LONGEST_REASON:,} characters")
