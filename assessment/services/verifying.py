"""Verifying: every release worked out again from what is stored, by the method it was made by, and compared."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from math import isclose
from typing import Any

from sqlalchemy.orm import Session

from assessment.errors import Conflict, Refused
from assessment.measure.rounding import printed
from assessment.measure.scoring import METHODS
from assessment.questionnaire.hashing import content_hash
from assessment.questionnaire.model import Questionnaire
from assessment.services import questionnaires, releasing
from assessment.services.rounds import needed
from assessment.services.sealing import Made, sealing
from assessment.services.stepping import steps_since
from assessment.store import integrity, queries
from assessment.store.database import Database
from assessment.store.records import (
    PRELIMINARY,
    ReleaseRecord,
    RoundRecord,
    ScoreRecord,
    StepRecord,
    TeamTallies,
    UnitTallies,
)

TOLERANCE = 1e-9  # between figures that other versions of the libraries worked out

UNTESTED = "not yet tested"  # what releases said of changes before these were tested

_KEYS = ("unit", "dimension")
_NOT_THERE = "not there"

Row = ScoreRecord | StepRecord


@dataclass(frozen=True, slots=True)
class Difference:
    """One figure that is not what it should be; `kind` is "score" or "step", a whole row is called by its kind."""

    unit: str
    dimension: str
    kind: str
    figure: str
    stored: object
    recomputed: object

    @property
    def sentence(self) -> str:
        """The difference in words."""
        where = f"{self.unit}, {self.dimension or 'overall'}"
        return f"{where}: {self.kind} {self.figure} is {_said(self.stored)}, should be {_said(self.recomputed)}"


@dataclass(frozen=True, slots=True)
class Verified:
    """What came of verifying one release; `sealed` is None where it was made without a seal.

    `faults` are sentences on the release as a whole, `remarks` what could not be looked at and is no fault.
    """

    round: str
    number: int
    method: str
    scores: int
    steps: int
    sealed: bool | None
    differences: tuple[Difference, ...]
    faults: tuple[str, ...]
    remarks: tuple[str, ...]

    @property
    def is_sound(self) -> bool:
        """Whether everything is as it was released."""
        return not self.differences and not self.faults

    @property
    def name(self) -> str:
        """The release in words."""
        return f"{self.round}, {'preliminary' if self.number == PRELIMINARY else f'release {self.number}'}"


@dataclass(frozen=True, slots=True)
class _Stored:
    """What a round's releases are made of."""

    round: RoundRecord
    questionnaire: Questionnaire
    tallies: Sequence[TeamTallies]
    of_roles: Sequence[UnitTallies]


def database_faults(database: Database) -> list[str]:
    """Give what is wrong with the database itself, a sentence each."""
    return integrity.faults(database)


def verify(database: Database, secret_key: str, code: str | None = None) -> Iterator[Verified]:
    """Verify the releases of a round, or of all rounds, the preliminary ones first; one after the other.

    Raises `Conflict` where a round is named that has none.
    """
    for round_, made in _releases(database, code):
        # Each in a session of its own, which sees no later release than this one.
        with database.reading() as session:
            queries.look_back(session, made)
            found = _verified(session, round_, made, secret_key)
        yield found


def _releases(database: Database, code: str | None) -> list[tuple[RoundRecord, ReleaseRecord]]:
    with database.reading() as session:
        rounds = queries.rounds(session) if code is None else [needed(session, code)]
        found = [(round_, made) for round_ in rounds for made in queries.releases(session, round_.id)]
    if code is not None and not found:
        raise Conflict(f"the round {code} has nothing to verify: closing makes its first scores")
    return found


def _verified(session: Session, round_: RoundRecord, made: ReleaseRecord, secret_key: str) -> Verified:
    scores = queries.scores(session, made.id, questions=True)
    steps = queries.steps(session, made.id)
    faults: list[str] = []
    remarks: list[str] = []
    differences: list[Difference] = []
    if not releasing.is_hash_of(made.hash, round_, made.method, scores, steps):
        faults.append("its hash is not that of the figures that are stored")
    sealed = None
    try:
        stored = _stored(session, round_)
        sealed = _is_sealed(made, stored, secret_key)
        differences = _differences(session, made, stored, scores, steps, remarks)
    except Refused as error:
        faults.append(f"it cannot be worked out again: {error.sentence}")
    if sealed is None and made.seal is None:
        remarks.append("it was made without a seal")
    if sealed is False:
        faults.append(
            "its seal does not fit: what is stored was changed since, or ASSESSMENT_SECRET_KEY is another than it was"
        )
    return Verified(
        round_.code,
        made.number,
        made.method,
        len(scores),
        len(steps),
        sealed,
        tuple(differences),
        tuple(faults),
        tuple(remarks),
    )


def _stored(session: Session, round_: RoundRecord) -> _Stored:
    """Read what a round's releases are made of; the questionnaire's bytes are compared with their hash once more."""
    version = queries.questionnaire_by_id(session, round_.questionnaire_version_id)
    if content_hash(version.content) != version.content_hash:
        raise Refused("the bytes of its questionnaire are not those that were stored")
    return _Stored(
        round_,
        questionnaires.asked_in(session, round_),
        queries.tallies(session, round_.id),
        queries.unit_tallies(session, round_.id),
    )


def _is_sealed(made: ReleaseRecord, stored: _Stored, secret_key: str) -> bool | None:
    if made.seal is None:
        return None
    says = Made(made.number, made.made_at, made.method, made.hash, made.reason, made.libraries)
    return sealing(secret_key, stored.round, stored.tallies, stored.of_roles).fits(made.seal, says)


def _differences(  # noqa: PLR0913, PLR0917 - a release, what it was made of, what it holds, and what is to be said
    session: Session,
    made: ReleaseRecord,
    stored: _Stored,
    scores: Sequence[ScoreRecord],
    steps: Sequence[StepRecord],
    remarks: list[str],
) -> list[Difference]:
    method = METHODS.get(made.method)
    if method is None:
        raise Refused(f"this version does not know the method {made.method} that it was made by")
    rows = _scores_again(session, made, stored)
    exactly = dict(made.libraries) == releasing.libraries(steps)
    found = list(_compared("score", scores, rows, exactly=exactly))
    if made.number == PRELIMINARY:
        return found + list(_compared("step", steps, [], exactly=exactly))
    if any(step.reason == UNTESTED for step in steps):
        remarks.append("its steps are of the time before changes were tested, and were not worked out again")
        return found
    # They rest on the scores as stored: else each of these that is wrong would be told once more.
    again = steps_since(session, stored.round, stored.questionnaire, scores)
    return found + list(_compared("step", steps, again, exactly=exactly))


def _scores_again(session: Session, made: ReleaseRecord, stored: _Stored) -> Sequence[ScoreRecord]:
    """Work the scores of a release out again: from the first on with the LACE's readings, then held to the one before.

    The release before counts as it is stored: what is wrong with it is told where it is looked at itself.
    """
    method = METHODS[made.method]
    made_of = (stored.round, stored.questionnaire, stored.tallies, stored.of_roles)
    previous = queries.release(session, stored.round.id, made.number - 1) if made.number > 1 else None
    if previous is None:
        rows = releasing.measure(*made_of, method).scores
    else:
        before = queries.scores(session, previous.id, questions=True)
        rows = releasing.measure_anew(*made_of, before, method).scores
    if made.number == PRELIMINARY:
        return rows
    return releasing.reviewed(rows, queries.reviews(session, stored.round.id))


def _compared(kind: str, stored: Iterable[Row], again: Iterable[Row], *, exactly: bool) -> Iterator[Difference]:
    """Compare rows figure by figure, whatever their order."""
    before, now = _by_cell(stored), _by_cell(again)
    for cell in before.keys() | now.keys():
        old, new = before.get(cell), now.get(cell)
        if old is None or new is None:
            yield Difference(*cell, kind, "row", *(_NOT_THERE if row is None else "there" for row in (old, new)))
        else:
            yield from _of_row(kind, old, new, exactly=exactly)


def _by_cell(rows: Iterable[Row]) -> Mapping[tuple[str, str], Row]:
    return {(row.unit, row.dimension): row for row in rows}


def _of_row(kind: str, old: Row, new: Row, *, exactly: bool) -> Iterator[Difference]:
    for field in fields(old):
        stored, again = getattr(old, field.name), getattr(new, field.name)
        if field.name not in _KEYS and not _same(stored, again, exactly=exactly):
            yield Difference(old.unit, old.dimension, kind, field.name, stored, again)


def _same(stored: Any, again: Any, *, exactly: bool) -> bool:  # noqa: ANN401 - any figure
    if stored == again:
        return True
    if exactly or not isinstance(stored, float) or not isinstance(again, float):
        return False
    return isclose(stored, again, rel_tol=0, abs_tol=TOLERANCE) and printed(stored) == printed(again)


def _said(figure: object) -> str:
    return "missing" if figure is None else str(figure)
