"""Closing a round: answers become tallies and preliminary scores, and what could link them to people goes."""

import secrets
from collections import defaultdict
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from assessment.errors import Conflict
from assessment.measure.question_health import RoundHealth, question_health
from assessment.measure.scoring import Scores, TeamAnswers
from assessment.measure.tally import tally, words_of_roles
from assessment.questionnaire.answers import written_texts
from assessment.questionnaire.asking import BESIDE
from assessment.questionnaire.model import Questionnaire
from assessment.services import questionnaires, releasing, team_results
from assessment.services.answering import new_submission_id
from assessment.services.rounds import COMMAND_LINE, asked, needed
from assessment.services.sealing import sealing
from assessment.services.told_units import unit_of_roles
from assessment.store import queries, writes
from assessment.store.database import Database, Unreachable
from assessment.store.records import (
    PRELIMINARY,
    CommentRecord,
    RosterEntry,
    RoundRecord,
    ScoreRecord,
    SubmissionRecord,
    TeamTallies,
    UnitTallies,
)

ATTEMPTS = 3  # to give space back, each of which waits a moment

Row = TypeVar("Row", CommentRecord, SubmissionRecord)


def close(
    database: Database, code: str, now: datetime, by: str = COMMAND_LINE, *, secret_key: str | None = None
) -> bool:
    """Close a round for good.

    Codes, drafts, receipts and dates are deleted, free texts are torn from their forms, and the forms are written
    anew in random order under new random ids. What some roles alone were asked is counted for their whole ART and
    taken out of the forms, for it would tell whose they are. Then the space all this took is given back, so that no
    trace of the order in which forms came is left in the database's files. False where it could not be given back,
    because somebody was using it all the time: the next close gives it back.

    First nothing more is let in, then all is counted while others go on, then it is stored. Whoever closes the round
    again after that was broken off finishes it. The preliminary scores are sealed where there is a secret key.
    """
    _shut(database, code, now, by)
    with database.reading() as session:
        round_ = needed(session, code)
        questionnaire = questionnaires.asked_in(session, round_)
        roster = queries.roster(session, round_.id)
        forms = queries.submissions(session, round_.id)
    tallies = _tallies(questionnaire, roster, forms)
    of_roles = _of_roles(questionnaire, roster, forms)
    frozen = releasing.measure(round_, questionnaire, tallies, of_roles)
    health = _health(round_, questionnaire, tallies, frozen.scores, forms)
    seals = None if secret_key is None else sealing(secret_key, round_, tallies, of_roles)
    with database.writing() as session:
        _not_closed_already(session, needed(session, code, for_update=True))
        writes.put_tallies(session, round_.id, tallies)
        writes.put_unit_tallies(session, round_.id, of_roles)
        writes.put_question_health(session, round_.id, health.figures())
        writes.erase_traces(session, round_.id)
        torn = _Torn.apart(questionnaire, roster, forms)
        if secret_key is not None:
            team_results.make_links(session, round_, roster, secret_key)
        writes.put_comments(session, round_.id, _shuffled(torn.comments))
        writes.rewrite_submissions(session, round_.id, _shuffled(torn.forms))
        releasing.store(session, round_, frozen, now, number=PRELIMINARY, seals=seals)
    return _give_back(database, code, now, by)


def _shut(database: Database, code: str, now: datetime, by: str) -> None:
    """Let nothing more in; forms that are being stored are waited for."""
    with database.writing() as session:
        round_ = needed(session, code, for_update=True)
        _not_closed_already(session, round_)
        if writes.close_round(session, round_.id, now):
            writes.record_audit(session, now, by, "round closed", code)


def _not_closed_already(session: Session, round_: RoundRecord) -> None:
    if queries.release(session, round_.id, PRELIMINARY) is not None:
        raise Conflict(f"the round {round_.code} is closed already")


def _give_back(database: Database, code: str, now: datetime, by: str) -> bool:
    """Give back the space of what was deleted, whichever round it was of; note where that is still to be done."""
    for _ in range(ATTEMPTS):
        with suppress(Unreachable):
            database.vacuum()
            return True
    with suppress(Unreachable), database.writing() as session:
        writes.record_audit(session, now, by, "vacuum due", code)
    return False


def _tallies(
    questionnaire: Questionnaire, roster: Sequence[RosterEntry], forms: Sequence[SubmissionRecord]
) -> list[TeamTallies]:
    by_entry: dict[int, list[Any]] = defaultdict(list)
    for form in forms:
        by_entry[form.entry_id].append(form.answers)
    return [TeamTallies(entry, len(by_entry[entry.id]), tally(questionnaire, by_entry[entry.id])) for entry in roster]


def _of_roles(
    questionnaire: Questionnaire, roster: Sequence[RosterEntry], forms: Sequence[SubmissionRecord]
) -> list[UnitTallies]:
    """Count what some roles alone were asked by the unit that it is told of; without such a unit it is not counted."""
    if not questionnaire.asks_for_role:
        return []
    units = {entry.id: unit_of_roles(entry) for entry in roster}
    by_unit: dict[str, list[Any]] = {unit: [] for unit in units.values() if unit is not None}
    for form in forms:
        unit = units[form.entry_id]
        if unit is not None:
            by_unit[unit].append(form.answers)
    return [UnitTallies(unit, words_of_roles(questionnaire, of_unit)) for unit, of_unit in sorted(by_unit.items())]


def _health(
    round_: RoundRecord,
    questionnaire: Questionnaire,
    tallies: Sequence[TeamTallies],
    scores: Iterable[ScoreRecord],
    forms: Sequence[SubmissionRecord],
) -> RoundHealth:
    """Work out how the questions fared, while there are forms: what people answered together is in no tally."""
    told: dict[str, Scores] = defaultdict(dict)
    for score in scores:
        told[score.unit][score.dimension] = score.score()
    teams = [
        TeamAnswers(team.entry.unit, team.entry.kind, asked(team.entry, round_), team.tallies, team.forms)
        for team in tallies
    ]
    below = releasing.units_above(team.entry for team in tallies)
    return question_health(questionnaire, teams, told, below, [form.answers for form in forms])


@dataclass(frozen=True, slots=True)
class _Torn:
    """What forms are torn into: comments, and what is left of the forms."""

    comments: list[CommentRecord]
    forms: list[SubmissionRecord]

    @classmethod
    def apart(
        cls, questionnaire: Questionnaire, roster: Sequence[RosterEntry], forms: Sequence[SubmissionRecord]
    ) -> "_Torn":
        units = {entry.id: unit_of_roles(entry) for entry in roster}
        of_roles = {question.id for question in questionnaire.questions if question.roles}
        comments: list[CommentRecord] = []
        left: list[SubmissionRecord] = []
        for form in forms:
            texts = dict(written_texts(form.answers))
            for name, text in texts.items():
                if name.partition(BESIDE)[0] not in of_roles:
                    comments.append(CommentRecord(new_submission_id(), form.entry_id, name, text))
                elif (unit := units[form.entry_id]) is not None:
                    comments.append(CommentRecord(new_submission_id(), None, name, text, unit))
            kept = {
                name: form.answers[name] for name in sorted(form.answers) if name not in texts and name not in of_roles
            }
            left.append(SubmissionRecord(new_submission_id(), form.entry_id, kept))
        return cls(comments, left)


def _shuffled(rows: list[Row]) -> list[Row]:
    """Give the rows in an order that nobody can foretell or reconstruct."""
    secrets.SystemRandom().shuffle(rows)
    return rows
