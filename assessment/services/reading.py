"""What pages and commands read: released scores, as they were frozen."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import takewhile

from sqlalchemy.orm import Session

from assessment.errors import Conflict, NotFound
from assessment.measure.maturity import called, name_of, settable
from assessment.measure.outline import OVERALL, apart, outline
from assessment.measure.score import Score
from assessment.questionnaire.model import Questionnaire
from assessment.services import questionnaires
from assessment.services.releasing import preliminary_of
from assessment.services.rounds import needed
from assessment.services.told_units import ART, TEAM, reviewed_kind, teams_in_arts
from assessment.store import queries
from assessment.store.database import Database
from assessment.store.records import PathStep, ReviewRecord, RosterEntry, RoundRecord, ScoreRecord, StepRecord

KINDS = {
    "team": "a team",
    "art": "an ART",
    "value-stream": "a value stream",
    "portfolio": "a portfolio",
    "community": "a community",
    "lace": "a LACE",
}


@dataclass(frozen=True, slots=True)
class ArtStanding:
    """An ART in the overview: its overall score now, the step to it, its answers, and its scores over the rounds.

    `called` is the score in words, `""` where it has none; an ART that was asked itself has no `teams`.
    """

    code: str
    name: str
    path: tuple[PathStep, ...]
    score: Score
    called: str
    reviewed: float | None
    step: StepRecord | None
    submitted: int
    headcount: int
    teams: int
    history: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class AbsentArt:
    """An ART that was not asked in the newest round, and the last one in which it was."""

    code: str
    name: str
    last: RoundRecord


@dataclass(frozen=True, slots=True)
class Overview:
    """All ARTs in the newest released round of a questionnaire; `rounds` are those in the ARTs' histories.

    `ends` are the lowest and highest overall score, in this round and in those before.
    """

    round: RoundRecord
    questionnaire: Questionnaire
    arts: tuple[ArtStanding, ...]
    rounds: tuple[RoundRecord, ...]
    absent: tuple[AbsentArt, ...]
    ends: tuple[float, float]


@dataclass(frozen=True, slots=True)
class UnitStanding:
    """A unit other than an ART in the newest released round that asked it; `called` is its overall score in words."""

    code: str
    name: str
    above: tuple[str, ...]
    score: Score
    called: str
    reviewed: float | None
    submitted: int
    headcount: int


@dataclass(frozen=True, slots=True)
class UnitsOverview:
    """The units of another kind than ARTs and teams in the newest released round of a questionnaire."""

    round: RoundRecord
    questionnaire: Questionnaire
    units: tuple[UnitStanding, ...]


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """One round in a unit's trend, of one dimension.

    `change` is against the round before, `low` and `high` are its 95 % interval, `smallest` is the change that would
    have been told from chance in four of five cases.
    """

    round: str
    dimension: str
    value: float | None
    verdict: str
    basis: str
    reason: str
    change: float | None = None
    low: float | None = None
    high: float | None = None
    smallest: float | None = None


@dataclass(frozen=True, slots=True)
class ArtReading:
    """One ART's preliminary score of one dimension, and the LACE's reading of it where there is one."""

    score: ScoreRecord
    review: ReviewRecord | None


@dataclass(frozen=True, slots=True)
class Title:
    """What a dimension is called, and how deep it stands: 0 for the overall score."""

    words: str
    depth: int


@dataclass(frozen=True, slots=True)
class ReviewSheet:
    """A closed round as the LACE reviews it: every ART's scores by dimension, ARTs in the order of their names.

    Where teams were not asked, the units that were stand in the place of ARTs.
    """

    round: RoundRecord
    questionnaire: Questionnaire
    arts: Mapping[str, tuple[ArtReading, ...]]

    def by_dimension(self, art: str) -> dict[str, ArtReading]:
        """Give one ART's readings by the dimension's id; raises `NotFound`."""
        return {entry.score.dimension: entry for entry in self.of_art(art)}

    def titles(self) -> dict[str, Title]:
        """Give the title of every dimension, and of the overall score, with its depth in the tree."""
        found = {OVERALL: Title("Overall", 0)}
        waiting = [(node, 1) for node in reversed(self.questionnaire.dimensions)]
        while waiting:
            node, depth = waiting.pop()
            found[node.id] = Title(self.questionnaire.says(node.title), depth)
            waiting += [(below, depth + 1) for below in reversed(node.dimensions)]
        return found

    def settable(self, dimension: str) -> tuple[tuple[float, str], ...]:
        """Give the figures that a dimension may be read as, each with what it is called, `""` without a name."""
        says = self.questionnaire.says
        named = (
            (value, name_of(self.questionnaire, dimension, value)) for value in settable(self.questionnaire, dimension)
        )
        return tuple((value, "" if name is None else says(name)) for value, name in named)

    def ends(self, dimension: str) -> tuple[float, float]:
        """Give the lowest and the highest score of a dimension."""
        return apart(*outline(self.questionnaire).ends(dimension))

    def of_art(self, art: str) -> tuple[ArtReading, ...]:
        """Give one ART's readings; raises `NotFound`."""
        if art not in self.arts:
            kind = KINDS[reviewed_kind(self.questionnaire)]
            raise NotFound(f"The round {self.round.code} has no scores of {kind} {art}.")
        return self.arts[art]


def scores(
    database: Database, code: str, unit: str | None = None, *, questions: bool = False, preliminary: bool = False
) -> list[ScoreRecord]:
    """Give the scores of a round's release, of one unit or all; `preliminary` gives those that closing made."""
    with database.reading() as session:
        round_ = needed(session, code)
        made = preliminary_of(session, round_) if preliminary else queries.release(session, round_.id)
        if made is None:
            raise Conflict(f"the round {code} is not released yet")
        found = queries.scores(session, made.id, unit=unit, questions=questions)
    if unit is not None and not found:
        raise NotFound(f"the round {code} has no scores of a unit {unit}")
    return found


def trend(database: Database, unit: str, questionnaire: str | None = None) -> list[TrendPoint]:
    """Give a unit's trend, oldest round first; of the questionnaire it answered last, where none is named."""
    with database.reading() as session:
        newest = queries.newest_round_of(session, unit)
        name = questionnaire or (newest.questionnaire if newest else None)
        history = queries.unit_history(session, unit, name) if name else []
        steps = queries.steps_over(session, [made.id for _, made, _ in history], unit)
        points: list[TrendPoint] = []
        for round_, made, rows in history:
            values = {row.dimension: row.value for row in rows}
            points += [
                TrendPoint(
                    round_.code,
                    step.dimension,
                    values.get(step.dimension),
                    step.verdict,
                    step.basis,
                    step.reason,
                    step.change,
                    step.low,
                    step.high,
                    step.smallest,
                )
                for step in steps.get(made.id, ())
            ]
        if not points and queries.unit(session, unit) is None:
            raise NotFound(f"there is no unit {unit}")
    return points


def overview(database: Database) -> Overview | None:
    """Give all ARTs in the newest released round that asked them or their teams, None where there is none yet."""
    with database.reading() as session:
        kinds = queries.audiences(session)
        released = [one for one in queries.rounds(session) if one.released_at and kinds.get(one.id) in {TEAM, ART}]
        if not released:
            return None
        newest = released[-1]
        found = queries.newest_releases(session, newest.questionnaire)
        overall = queries.scores_over(session, [made.id for _, made in found], kind=ART, dimensions=[OVERALL])
        steps = {step.unit: step for step in queries.steps(session, found[-1][1].id) if step.dimension == OVERALL}
        whole = _by_unit(queries.scores(session, found[-1][1].id, kind=ART))
        roster = queries.roster(session, newest.id)
        submitted = queries.submitted_counts(session, newest.id)
        questionnaire = questionnaires.asked_in(session, newest)
    asked = teams_in_arts(roster) | {entry.unit: [entry] for entry in roster if entry.kind == ART}
    history = [{row.unit: row for row in overall.get(made.id, ())} for _, made in found]
    standings = tuple(
        _standing(
            row,
            _in_words(questionnaire, whole[code]),
            asked.get(code, []),
            submitted,
            steps.get(code),
            [earlier.get(code) for earlier in history],
        )
        for code, row in sorted(history[-1].items(), key=lambda item: item[1].unit_name)
    )
    values = [row.value for rows in history for row in rows.values() if row.value is not None]
    low, high = outline(questionnaire).ends(OVERALL)
    last = {
        code: AbsentArt(code, row.unit_name, round_)
        for (round_, _), rows in zip(found, history, strict=True)
        for code, row in rows.items()
    }
    absent = sorted((art for code, art in last.items() if code not in history[-1]), key=lambda art: art.name)
    ends = apart(min([low, *values]), max([high, *values]))
    return Overview(newest, questionnaire, standings, tuple(round_ for round_, _ in found), tuple(absent), ends)


def other_units(database: Database) -> list[UnitsOverview]:
    """Give the units of other kinds than teams and ARTs, of each questionnaire in its newest released round."""
    with database.reading() as session:
        kinds = queries.audiences(session)
        newest = {
            round_.questionnaire: round_
            for round_ in queries.rounds(session)
            if round_.released_at is not None and kinds.get(round_.id) not in {TEAM, ART}
        }
        return [_units(session, round_) for round_ in newest.values()]


def _units(session: Session, round_: RoundRecord) -> UnitsOverview:
    questionnaire = questionnaires.asked_in(session, round_)
    made = queries.release(session, round_.id)
    rows = queries.scores(session, made.id) if made else []
    overall, whole = {row.unit: row for row in rows if row.dimension == OVERALL}, _by_unit(rows)
    submitted = queries.submitted_counts(session, round_.id)
    standings = (
        UnitStanding(
            code=entry.unit,
            name=entry.name,
            above=tuple(step.code for step in entry.path),
            score=overall[entry.unit].score(),
            called=_in_words(questionnaire, whole[entry.unit]),
            reviewed=overall[entry.unit].reviewed_value,
            submitted=submitted.get(entry.id, 0),
            headcount=entry.headcount,
        )
        for entry in queries.roster(session, round_.id)
    )
    return UnitsOverview(round_, questionnaire, tuple(sorted(standings, key=lambda unit: unit.name)))


def audience(database: Database, code: str) -> str:
    """Give the kind of unit that a round asks; raises `NotFound`."""
    with database.reading() as session:
        return questionnaires.asked_in(session, needed(session, code)).audience


def review_sheet(database: Database, code: str) -> ReviewSheet:
    """Give a closed round's preliminary scores of every ART with the readings made so far.

    Where teams were not asked, they are those of the units that were.
    """
    with database.reading() as session:
        round_ = needed(session, code)
        made = preliminary_of(session, round_)
        questionnaire = questionnaires.asked_in(session, round_)
        readings = {(reading.unit, reading.dimension): reading for reading in queries.reviews(session, round_.id)}
        rows = queries.scores(session, made.id, kind=reviewed_kind(questionnaire))
    arts: dict[str, list[ArtReading]] = {}
    for row in sorted(rows, key=lambda row: row.unit_name):
        arts.setdefault(row.unit, []).append(ArtReading(row, readings.get((row.unit, row.dimension))))
    return ReviewSheet(round_, questionnaire, {unit: tuple(of_unit) for unit, of_unit in arts.items()})


def _by_unit(rows: list[ScoreRecord]) -> dict[str, dict[str, Score]]:
    units: dict[str, dict[str, Score]] = {}
    for row in rows:
        units.setdefault(row.unit, {})[row.dimension] = row.score()
    return units


def _in_words(questionnaire: Questionnaire, scores: Mapping[str, Score]) -> str:
    name = called(questionnaire, scores)
    return "" if name is None else questionnaire.says(name)


def _standing(  # noqa: PLR0913, PLR0917 - what stands in a row
    row: ScoreRecord,
    in_words: str,
    teams: list[RosterEntry],
    submitted: Mapping[int, int],
    step: StepRecord | None,
    history: list[ScoreRecord | None],
) -> ArtStanding:
    path = teams[0].path if teams else ()
    return ArtStanding(
        code=row.unit,
        name=row.unit_name,
        path=tuple(takewhile(lambda above: above.code != row.unit, path)),
        score=row.score(),
        called=in_words,
        reviewed=row.reviewed_value,
        step=step,
        submitted=sum(submitted.get(entry.id, 0) for entry in teams),
        headcount=sum(entry.headcount for entry in teams),
        teams=sum(entry.kind == TEAM for entry in teams),
        history=tuple(None if earlier is None else earlier.value for earlier in history),
    )
