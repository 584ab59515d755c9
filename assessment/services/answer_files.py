"""Answers from elsewhere come in as a CSV file: a row a person.

A column for the team, one for each question, by its id, and where the questionnaire asks for it `<id>:reason`,
`<id>:links` and `<id>:comment`. Nobody's role is asked for: a row may answer every role's questions.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from assessment.errors import Conflict, Invalid
from assessment.questionnaire import asking
from assessment.questionnaire.answers import (
    NOT_APPLICABLE,
    REASON,
    Answers,
    Problem,
    beside,
    fields_beside,
    read_answers,
)
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

_NOT_ASKED = "this question is not asked after the answers before it; leave the cell empty"
_NO_REASON = "a reason is given with the answer na; leave the cell empty"


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
    for _, row in rows(content, required=(TEAM,), optional=columns(questionnaire)):
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


def columns(questionnaire: Questionnaire) -> tuple[str, ...]:
    """Give the columns that answers may have, in the order of the questions."""
    return tuple(
        column
        for question in questionnaire.questions
        for column in (question.id, *(beside(question.id, name) for name in fields_beside(question)))
    )


def _form(row: Row, entry: RosterEntry, questionnaire: Questionnaire, faults: list[str]) -> SubmissionRecord:
    reading = read_answers(questionnaire.questions, row.cells, questionnaire)
    # What else is asked can only be told where every answer could be read.
    problems = reading.problems or tuple(_out_of_place(row, reading.answers, questionnaire))
    faults += [row.fault(problem.key, problem.sentence) for problem in problems]
    return SubmissionRecord(new_submission_id(), entry.id, reading.answers)


def _out_of_place(row: Row, answers: Answers, questionnaire: Questionnaire) -> Iterator[Problem]:
    """Give a problem for every cell that the row's other answers leave no place for; nothing is dropped silently."""
    asked = {question.id for question in asking.asked(questionnaire, answers)}
    for question in questionnaire.questions:
        for name in ("", *fields_beside(question)):
            problem = Problem(question.id, _NOT_ASKED, name)
            if question.id not in asked and row[problem.key]:
                yield problem
            elif name == REASON and row[problem.key] and answers.get(question.id) != NOT_APPLICABLE:
                yield Problem(question.id, _NO_REASON, name)


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
