"""Auditing a round: whether a hidden score can be worked out from everything that was ever released of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from assessment.measure.audit import EXACT, NOBODY, Finding, Released, audit
from assessment.measure.hiding import Cell
from assessment.measure.organisation import Organisation
from assessment.measure.outline import OVERALL, outline
from assessment.measure.round_scores import AGREED, measured
from assessment.measure.score import Score
from assessment.measure.scoring import Scores, TeamAnswers
from assessment.questionnaire.model import Questionnaire
from assessment.services import questionnaires
from assessment.services.releasing import preliminary_of
from assessment.services.rounds import asked, needed
from assessment.services.told_units import units_above
from assessment.store import queries
from assessment.store.database import Database
from assessment.store.records import ReleaseRecord, RoundRecord, ScoreRecord


@dataclass(frozen=True, slots=True)
class Derivable:
    """A hidden score that can be worked out, or narrowed down too far.

    `insider` is the team whose own page it takes, None where everybody can. The figure itself is not in here.
    """

    release: int
    insider: str | None
    unit: str
    dimension: str
    sentence: str


@dataclass(frozen=True, slots=True)
class RoundAudit:
    """What an audit found in the releases of those numbers, and how many hidden figures it looked at.

    Nothing is hidden in mode `team`: `open` says so.
    """

    round: str
    releases: tuple[int, ...]
    checked: int
    open: bool
    derivable: tuple[Derivable, ...]


def audit_round(database: Database, code: str) -> RoundAudit:
    """Audit all releases of a round together or, before the first, what closing made for the review."""
    with database.reading() as session:
        round_ = needed(session, code)
        made = _made(session, round_)
        numbers = tuple(release.number for release in made)
        if round_.mode == AGREED:
            return RoundAudit(code, numbers, 0, open=True, derivable=())
        questionnaire = questionnaires.asked_in(session, round_)
        tallies = queries.tallies(session, round_.id)
        rows = [queries.scores(session, release.id, questions=True) for release in made]
    above = units_above(team.entry for team in tallies)
    teams = [
        TeamAnswers(team.entry.unit, team.entry.kind, asked(team.entry, round_), team.tallies, team.forms)
        for team in tallies
    ]
    full = measured(questionnaire, teams, above.below, above.kinds)
    by_respondents = questionnaire.scoring.unit_weighting == "respondents"
    told = _known(full, rows)
    found = audit(outline(questionnaire), Organisation(above.below, by_respondents=by_respondents), told)
    names = {row.unit: row.unit_name for of_release in rows for row in of_release}
    words = [_derivable(questionnaire, names, finding, numbers) for finding in found.findings]
    return RoundAudit(code, numbers, found.checked, open=False, derivable=tuple(words))


def _made(session: Session, round_: RoundRecord) -> list[ReleaseRecord]:
    released = [made for made in queries.releases(session, round_.id) if made.number > 0]
    return released or [preliminary_of(session, round_)]


def _known(full: dict[str, Scores], rows: Sequence[Sequence[ScoreRecord]]) -> list[Released]:
    """Give the releases of a round together: what one of them shows is known, whatever another holds back."""
    of_releases = [{(row.unit, row.dimension): row.score() for row in of_release} for of_release in rows]
    known = {cell: score for told in of_releases for cell, score in told.items() if not score.hidden}
    units = {unit for told in of_releases for unit, _ in told}
    return [
        Released(
            full,
            {
                unit: {
                    name: _told(told.get((unit, name)), known.get((unit, name)), score) for name, score in of.items()
                }
                for unit, of in full.items()
            },
            full.keys() - units,
        )
        for told in of_releases
    ]


def _told(score: Score | None, known: Score | None, full: Score) -> Score:
    if score is not None and not score.hidden:
        return score
    return known or Score(full.unit, full.kind, full.dimension, hidden=True)


def _derivable(
    questionnaire: Questionnaire, names: Mapping[str, str], finding: Finding, numbers: Sequence[int]
) -> Derivable:
    cell = (finding.unit, finding.dimension)
    who = "anybody" if finding.insider == NOBODY else f"whoever has read the page of {names[finding.insider]}"
    what = _called(questionnaire, names, cell)
    if finding.other is not None:
        sentence = f"{who} can work out by how much {what} and {_called(questionnaire, names, finding.other)} differ"
    elif finding.share < EXACT:
        sentence = f"{who} can work out {what}"
    else:
        sentence = f"{who} can narrow down {what} to under a quarter of what it could be"
    number = numbers[finding.release]
    return Derivable(number, finding.insider or None, finding.unit, finding.dimension, sentence)


def _called(questionnaire: Questionnaire, names: Mapping[str, str], cell: Cell) -> str:
    unit, name = cell
    titles = {node.id: questionnaire.says(node.title) for node in questionnaire.nodes}
    if name == OVERALL:
        return f"the hidden overall score of {names[unit]} ({unit})"
    kind = f"“{titles[name]}”" if name in titles else f"the question {name}"
    return f"the hidden score of {names[unit]} ({unit}) in {kind}"
