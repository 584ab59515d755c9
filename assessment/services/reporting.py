"""Reports: their material is read from releases here; what they say is decided in `reports`."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import takewhile
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from assessment.errors import Conflict, NotFound
from assessment.measure.outline import OVERALL
from assessment.measure.score import Score
from assessment.measure.trend import Step
from assessment.reports.material import ArtMaterial, Reviewed, RoundPart, TeamPart
from assessment.services import questionnaires
from assessment.services.rounds import asked, needed
from assessment.services.told_units import ART, teams_in_arts
from assessment.store import queries
from assessment.store.database import Database
from assessment.store.records import ReleaseRecord, RosterEntry, RoundRecord, ScoreRecord, StepRecord


def art_material(database: Database, art: str, code: str | None, timezone: ZoneInfo) -> ArtMaterial:
    """Give the material of an ART's report on a round; without a code on the newest released one it was asked in."""
    with database.reading() as session:
        round_ = needed(session, code) if code else _newest(session, art)
        made = queries.release(session, round_.id)
        if made is None:
            raise Conflict(f"The round {round_.code} is not released yet.")
        rows = queries.scores(session, made.id, unit=art, questions=True)
        if not rows or rows[0].kind != ART:
            raise NotFound(f"The round {round_.code} has no scores of an ART {art}.")
        roster = queries.roster(session, round_.id)
        teams = teams_in_arts(roster).get(art, [])
        itself = [entry for entry in roster if entry.unit == art]
        above = tuple(takewhile(lambda step: step.code != art, (teams or itself)[0].path))
        material = ArtMaterial(
            code=art,
            name=rows[0].unit_name,
            path=tuple(step.name for step in above),
            round_code=round_.code,
            round_title=round_.title,
            mode=round_.mode,
            threshold=round_.threshold,
            questionnaire=questionnaires.asked_in(session, round_),
            scores={row.dimension: row.score() for row in rows},
            teams=_teams(session, round_, made, art, teams),
            history=_history(session, round_, art),
            steps={step.dimension: _step(step) for step in queries.steps(session, made.id, art)},
            reviews={row.dimension: _reviewed(row) for row in rows if row.review},
            release_number=made.number,
            release_hash=made.hash,
            released_at=made.made_at,
            timezone=timezone,
            above=tuple(step.code for step in above),
        )
        return replace(material, own=_own(session, round_, itself[0], material.scores)) if itself else material


def _newest(session: Session, art: str) -> RoundRecord:
    found = queries.newest_round_of(session, art)
    if found is None:
        raise NotFound(f"There are no released scores of an ART {art}.")
    return found


def _teams(
    session: Session, round_: RoundRecord, made: ReleaseRecord, art: str, roster: list[RosterEntry]
) -> tuple[TeamPart, ...]:
    scores = _by_unit(queries.scores(session, made.id, parent=art, questions=True))
    submitted = queries.submitted_counts(session, round_.id)
    parts = (
        TeamPart(entry.unit, entry.name, submitted.get(entry.id, 0), asked(entry, round_), scores.get(entry.unit, {}))
        for entry in roster
    )
    return tuple(sorted(parts, key=lambda part: (part.name.casefold(), part.code)))


def _own(session: Session, round_: RoundRecord, entry: RosterEntry, scores: Mapping[str, Score]) -> TeamPart:
    submitted = queries.submitted_counts(session, round_.id)
    return TeamPart(entry.unit, entry.name, submitted.get(entry.id, 0), asked(entry, round_), scores)


def _history(session: Session, round_: RoundRecord, art: str) -> tuple[RoundPart, ...]:
    """Give the rounds of the same questionnaire up to this one, from the first in which the ART was asked."""
    found = [
        (past, made.id)
        for past, made in queries.newest_releases(session, round_.questionnaire)
        if (past.opens_at, past.id) <= (round_.opens_at, round_.id)
    ]
    releases = [release_id for _, release_id in found]
    own = queries.scores_over(session, releases, unit=art)
    teams = queries.scores_over(session, releases, parent=art, dimensions=[OVERALL])
    steps = queries.steps_over(session, releases, art)
    parts = [
        RoundPart(
            past.code,
            past.title,
            past.opens_at,
            {row.dimension: row.score() for row in own.get(release_id, ())},
            {row.unit: row.score() for row in teams.get(release_id, ())},
            next((_step(step) for step in steps.get(release_id, ()) if step.dimension == OVERALL), None),
        )
        for past, release_id in found
    ]
    first = next((place for place, part in enumerate(parts) if part.scores), 0)
    return tuple(parts[first:])


def _by_unit(rows: list[ScoreRecord]) -> Mapping[str, Mapping[str, Score]]:
    units: dict[str, dict[str, Score]] = {}
    for row in rows:
        units.setdefault(row.unit, {})[row.dimension] = row.score()
    return units


def _step(record: StepRecord) -> Step:
    return Step(
        record.change,
        record.teams,
        record.basis,  # type: ignore[arg-type]  # the release's own words
        record.verdict,  # type: ignore[arg-type]
        record.reason,
        low=record.low,
        high=record.high,
        smallest=record.smallest,
        effect=record.effect,
    )


def _reviewed(row: ScoreRecord) -> Reviewed:
    return Reviewed(row.review or "", row.reviewed_value, row.review_reason)
