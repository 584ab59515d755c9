"""The steps of a release: every unit's change against the last round in which it had scores."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from assessment.measure.outline import OVERALL, outline
from assessment.measure.score import Score
from assessment.measure.trend import Standing, Step, first_step, step
from assessment.questionnaire.diff import difference
from assessment.questionnaire.model import Questionnaire
from assessment.services import questionnaires
from assessment.store import queries
from assessment.store.records import ReleaseRecord, RoundRecord, ScoreRecord, StepRecord


@dataclass(frozen=True, slots=True)
class _Released:
    """The scores of a release by unit and name, every unit's kind, and the teams of each ART."""

    scores: Mapping[str, Mapping[str, Score]]
    kinds: Mapping[str, str]
    teams: Mapping[str, Sequence[str]]


def steps_since(
    session: Session, round_: RoundRecord, questionnaire: Questionnaire, rows: Iterable[ScoreRecord]
) -> list[StepRecord]:
    """Give the steps of a round about to be released: of a team overall, of any other unit by dimension too."""
    now = _of_rows(rows)
    dimensions = list(outline(questionnaire).children)
    waiting = {unit for unit, of_unit in now.scores.items() if _answered(of_unit)}
    found: list[StepRecord] = []
    for earlier, made in _earlier(session, round_):
        here = waiting & queries.answered_units(session, made.id)
        if here:
            before = _of_rows(queries.scores(session, made.id))
            versions = difference(questionnaires.asked_in(session, earlier), questionnaire)
            for unit in sorted(here):
                old, new = _standing(unit, before, questionnaire), _standing(unit, now, questionnaire)
                found += [
                    _record(unit, name, earlier.code, step(name, old, new, versions))
                    for name in _names(unit, dimensions, now)
                ]
        waiting -= here
        if not waiting:
            break
    return found + [
        _record(unit, name, None, first_step()) for unit in sorted(waiting) for name in _names(unit, dimensions, now)
    ]


def _earlier(session: Session, round_: RoundRecord) -> Iterable[tuple[RoundRecord, ReleaseRecord]]:
    """Give the released rounds of the same questionnaire that opened before this one, newest first."""
    for other, made in reversed(queries.newest_releases(session, round_.questionnaire)):
        if (other.opens_at, other.id) < (round_.opens_at, round_.id):
            yield other, made


def _of_rows(rows: Iterable[ScoreRecord]) -> _Released:
    scores: dict[str, dict[str, Score]] = {}
    kinds: dict[str, str] = {}
    teams: dict[str, list[str]] = {}
    for row in rows:
        if row.is_question:
            continue
        scores.setdefault(row.unit, {})[row.dimension] = row.score()
        kinds[row.unit] = row.kind
        if row.parent is not None and row.dimension == OVERALL:
            teams.setdefault(row.parent, []).append(row.unit)
    return _Released(scores, kinds, teams)


def _standing(unit: str, released: _Released, questionnaire: Questionnaire) -> Standing:
    scores = released.scores
    below = {team: scores[team] for team in released.teams.get(unit, ()) if _answered(scores[team])}
    # Changes are told between versions with the same rules only, so either round's rules will do.
    return Standing(scores[unit], below, by_respondents=questionnaire.scoring.unit_weighting == "respondents")


def _answered(scores: Mapping[str, Score]) -> bool:
    overall = scores[OVERALL]
    return overall.hidden or bool(overall.n)


def _names(unit: str, dimensions: list[str], released: _Released) -> list[str]:
    return [OVERALL] if released.kinds[unit] == "team" else dimensions


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
