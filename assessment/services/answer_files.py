"""Answers from elsewhere come in as a CSV file: a row a person."""

from collections.abc import Mapping
from datetime import datetime

from assessment.errors import Conflict, Invalid
from assessment.questionnaire.answers import read_answers
from assessment.questionnaire.model import Questionnaire
from assessment.services import questionnaires
from assessment.services.answering import new_submission_id
from assessment.services.csv_files import Row, rows
from assessment.services.round_state import state_of
from assessment.services.rounds import AGREED, needed
from assessment.store import queries, writes
from assessment.store.database import Database
from assessment.store.records import RosterEntry, SubmissionRecord

TEAM = "team"
MOST_FAULTS = 100  # as many as anyone reads


def import_answers(database: Database, content: bytes, code: str, now: datetime) -> int:
    """Store the answers of a CSV file in a round that is not closed yet, all or none; gives how many forms."""
    with database.writing() as session:
        round_ = needed(session, code, for_update=True)
        if round_.closed_at is not None:
            raise Conflict(f"the round {code} is {state_of(round_, now)} and takes no more answers")
        questionnaire = questionnaires.asked_in(session, round_)
        roster = {entry.unit: entry for entry in queries.roster(session, round_.id)}
        forms = _forms(content, questionnaire, roster)
        if round_.mode == AGREED:
            _one_a_team(forms, queries.submitted_counts(session, round_.id), roster)
        writes.add_submissions(session, round_.id, forms)
    return len(forms)


def _forms(content: bytes, questionnaire: Questionnaire, roster: Mapping[str, RosterEntry]) -> list[SubmissionRecord]:
    forms: list[SubmissionRecord] = []
    faults: list[str] = []
    for _, row in rows(content, required=(TEAM,), optional=tuple(questionnaire.by_id)):
        entry = roster.get(row[TEAM])
        if entry is None:
            faults.append(row.fault(TEAM, f"the round asks no team “{row[TEAM]}”"))
        else:
            forms.append(_form(row, entry, questionnaire, faults))
        if len(faults) >= MOST_FAULTS:
            break
    if faults:
        raise Invalid("the answers were not imported", tuple(faults[:MOST_FAULTS]))
    return forms


def _form(row: Row, entry: RosterEntry, questionnaire: Questionnaire, faults: list[str]) -> SubmissionRecord:
    reading = read_answers(questionnaire.questions, row.cells, questionnaire)
    faults += [row.fault(problem.question, problem.sentence) for problem in reading.problems]
    return SubmissionRecord(new_submission_id(), entry.id, reading.answers)


def _one_a_team(forms: list[SubmissionRecord], submitted: Mapping[int, int], roster: Mapping[str, RosterEntry]) -> None:
    names = {entry.id: entry.unit for entry in roster.values()}
    given = [form.entry_id for form in forms] + [entry for entry, count in submitted.items() for _ in range(count)]
    twice = sorted({names[entry] for entry in given if given.count(entry) > 1})
    if twice:
        raise Invalid(f"each team gives one form in this round; more came from {', '.join(twice)}")
