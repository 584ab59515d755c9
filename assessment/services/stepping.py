"""The steps of a release: every unit's change against the last round in which it had scores."""

from collections.abc import Iterable, Sequence

from sqlalchemy.orm import Session

from assessment.measure.outline import OVERALL, outline
from assessment.measure.trend import Step, first_step
from assessment.questionnaire.model import Questionnaire
from assessment.services.told_units import TEAM
from assessment.store import queries
from assessment.store.records import ReleaseRecord, RoundRecord, ScoreRecord, StepRecord


def steps_since(
    session: Session, round_: RoundRecord, questionnaire: Questionnaire, rows: Iterable[ScoreRecord]
) -> list[StepRecord]:
    """Give the steps of a round about to be released: of a team overall, of any other unit by dimension too.

    `rows` are the scores that are to be released, with those of questions. Whether a change is more than chance is
    found with random numbers that follow from the rounds' codes: the same scores give the same steps again.
    """
    found = list(rows)
    dimensions = list(outline(questionnaire).children)
    names = {
        row.unit: [OVERALL] if row.kind == TEAM else dimensions
        for row in found
        if row.dimension == OVERALL and (row.hidden or row.n)
    }
    steps: list[StepRecord] = []
    waiting = set(names)
    for earlier, made in _earlier(session, round_):
        here = waiting & queries.answered_units(session, made.id)
        if here:
            from assessment.services.comparing import compared  # noqa: PLC0415 - numpy waits until there is a change

            newer = round_, questionnaire, found
            steps += _records(
                compared(session, (earlier, made), newer, {unit: names[unit] for unit in here}), earlier.code
            )
        waiting -= here
        if not waiting:
            break
    return steps + _records([(unit, name, first_step()) for unit in sorted(waiting) for name in names[unit]], None)


def _earlier(session: Session, round_: RoundRecord) -> Iterable[tuple[RoundRecord, ReleaseRecord]]:
    """Give the released rounds of the same questionnaire that opened before this one, newest first."""
    for other, made in reversed(queries.newest_releases(session, round_.questionnaire)):
        if (other.opens_at, other.id) < (round_.opens_at, round_.id):
            yield other, made


def _records(steps: Sequence[tuple[str, str, Step]], previous: str | None) -> list[StepRecord]:
    return [
        StepRecord(
            unit=unit,
            dimension=name,
            previous_round=previous,
            change=made.change,
            teams=made.teams,
            basis=made.basis,
            verdict=made.verdict,
            reason=made.reason,
            low=made.low,
            high=made.high,
            smallest=made.smallest,
            effect=made.effect,
        )
        for unit, name, made in steps
    ]
