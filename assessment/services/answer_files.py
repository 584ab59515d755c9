"""Answers from elsewhere come in as a CSV file: a row a person."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from assessment.errors import Conflict, Invalid
from assessment.questionnaire.answers import read_answers
from assessment.questionnaire.model import Questionnaire
from assessment.services import questionnaires
from assessment.services.answering import new_submission_id
from assessment.services.csv_files import Row, rows
from assessment.services.round_state import state_of
from assessment.services.rounds import SHARED, asked, needed
from assessment.store import queries, writes
from assessment.store.database import Database
from assessment.store.records import RosterEntry, RoundRecord, SubmissionRecord

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
        _check_numbers(round_, forms, queries.submitted_counts(session, round_.id), roster.values())
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


def _check_numbers(
    round_: RoundRecord, forms: Sequence[SubmissionRecord], submitted: Mapping[int, int], entries: Iterable[RosterEntry]
) -> None:
    """Refuse more forms of a team than it can give: one a person or, in mode `team`, one. Links cannot tell people."""
    if round_.mode == SHARED:
        return
    more = Counter(form.entry_id for form in forms)
    faults = tuple(
        f"team {entry.unit}: {asked(entry, round_)} asked, {submitted.get(entry.id, 0)} answered, "
        f"{more[entry.id]} more in the file"
        for entry in entries
        if more[entry.id] and submitted.get(entry.id, 0) + more[entry.id] > asked(entry, round_)
    )
    if faults:
        raise Invalid("the answers were not imported: there are more than were asked", faults)
