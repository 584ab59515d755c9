"""The steps of a release: every unit's change against the last round in which it had scores."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from assessment.measure.comparability import compare
from assessment.measure.outline import OVERALL, outline
from assessment.measure.score import Score
from assessment.measure.scoring import Scores
from assessment.measure.trend import Standing, Step, first_step, step
from assessment.questionnaire.model import Questionnaire
from assessment.services import questionnaires
from assessment.store import queries
from assessment.store.records import RoundRecord, ScoreRecord, StepRecord


@dataclass(frozen=True, slots=True)
class _Before:
    """An earlier round's release, by unit and name, and its teams by ART."""

    round: RoundRecord
    scores: Mapping[str, Mapping[str, Score]]
    teams: Mapping[str, Sequence[str]]


def steps_since(
    session: Session,
    round_: RoundRecord,
    questionnaire: Questionnaire,
    scores: Mapping[str, Scores],
    arts: Mapping[str, Sequence[str]],
) -> list[StepRecord]:
    """Give the steps of a round about to be released: of an ART overall and by dimension, of a team overall."""
    waiting = {unit for unit, of_unit in scores.items() if _answered(of_unit)}
    found: list[StepRecord] = []
    for earlier in _earlier(session, round_):
        here = waiting & queries.answered_units(session, earlier.release_id)
        if here:
            before = _read(session, earlier.round, earlier.release_id)
            version = questionnaires.asked_in(session, earlier.round)
            comparability = compare(version, questionnaire)
            for unit in sorted(here):
                old = _standing(unit, before.scores, before.teams, questionnaire)
                new = _standing(unit, scores, arts, questionnaire)
                found += [
                    _record(unit, name, before.round.code, step(name, old, new, comparability))
                    for name in _names(unit, questionnaire, arts)
                ]
        waiting -= here
        if not waiting:
            break
    return found + [
        _record(unit, name, None, first_step())
        for unit in sorted(waiting)
        for name in _names(unit, questionnaire, arts)
    ]


@dataclass(frozen=True, slots=True)
class _Earlier:
    round: RoundRecord
    release_id: int


def _earlier(session: Session, round_: RoundRecord) -> Iterable[_Earlier]:
    """Give the released rounds of the same questionnaire that opened before this one, newest first."""
    rounds = [
        other
        for other in queries.rounds(session)
        if other.questionnaire == round_.questionnaire
        and other.released_at is not None
        and (other.opens_at, other.id) < (round_.opens_at, round_.id)
    ]
    for other in reversed(rounds):
        made = queries.release(session, other.id)
        if made is not None:
            yield _Earlier(other, made.id)


def _read(session: Session, round_: RoundRecord, release_id: int) -> _Before:
    scores: dict[str, dict[str, Score]] = {}
    teams: dict[str, list[str]] = {}
    for row in queries.scores(session, release_id):
        scores.setdefault(row.unit, {})[row.dimension] = score_of(row)
        if row.parent is not None and row.dimension == OVERALL:
            teams.setdefault(row.parent, []).append(row.unit)
    return _Before(round_, scores, teams)


def score_of(row: ScoreRecord) -> Score:
    """Give the score in a release's row."""
    return Score(
        row.unit,
        row.kind,
        row.dimension,
        value=row.value,
        qualifier=row.qualifier,
        n=row.n,
        N=row.N,
        coverage=row.coverage,
        low=row.low,
        high=row.high,
        agreement=row.agreement,
        ad=row.ad,
        rwg=row.rwg,
        split=row.split,
        hidden=row.hidden,
        distribution=row.distribution,
    )


def _standing(
    unit: str,
    scores: Mapping[str, Mapping[str, Score]],
    teams: Mapping[str, Sequence[str]],
    questionnaire: Questionnaire,
) -> Standing:
    below = {team: scores[team] for team in teams.get(unit, ()) if _answered(scores[team])}
    # Changes are told between versions with the same rules only, so either round's rules will do.
    return Standing(scores[unit], below, by_respondents=questionnaire.scoring.unit_weighting == "respondents")


def _answered(scores: Mapping[str, Score]) -> bool:
    overall = scores[OVERALL]
    return overall.hidden or bool(overall.n)


def _names(unit: str, questionnaire: Questionnaire, arts: Mapping[str, Sequence[str]]) -> list[str]:
    return list(outline(questionnaire).children) if unit in arts else [OVERALL]


def _record(unit: str, name: str, previous: str | None, made: Step) -> StepRecord:
    return StepRecord(
        unit=unit,
        dimension=name,
        previous_round=previous,
        change=made.change,
        teams=made.teams,
        basis=made.basis,
        verdict=made.verdict,
        reason=made.reason,
    )
