"""Closing a round: answers become tallies and preliminary scores, and what could link them to people goes."""

import secrets
from collections import defaultdict
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from assessment.errors import Conflict
from assessment.measure.tally import tally
from assessment.questionnaire.model import Questionnaire
from assessment.services import questionnaires, releasing
from assessment.services.answering import new_submission_id
from assessment.services.rounds import COMMAND_LINE, needed
from assessment.store import queries, writes
from assessment.store.database import Database, Unreachable
from assessment.store.records import PRELIMINARY, CommentRecord, RosterEntry, RoundRecord, SubmissionRecord, TeamTallies

ATTEMPTS = 3  # to give space back, each of which waits a moment

Row = TypeVar("Row", CommentRecord, SubmissionRecord)


def close(database: Database, code: str, now: datetime, by: str = COMMAND_LINE) -> bool:
    """Close a round for good.

    Codes, drafts, receipts and dates are deleted, free texts are torn from their forms, and the forms are written
    anew in random order under new random ids; then the space they took is given back, so that no trace of the order
    in which they came is left in the database's files. False where it could not be given back, because somebody was
    using it all the time: the next close gives it back.

    First nothing more is let in, then all is counted while others go on, then it is stored. Whoever closes the round
    again after that was broken off finishes it.
    """
    _shut(database, code, now, by)
    with database.reading() as session:
        round_ = needed(session, code)
        questionnaire = questionnaires.asked_in(session, round_)
        roster = queries.roster(session, round_.id)
        forms = queries.submissions(session, round_.id)
    tallies = _tallies(questionnaire, roster, forms)
    frozen = releasing.measure(round_, questionnaire, tallies)
    with database.writing() as session:
        _not_closed_already(session, needed(session, code, for_update=True))
        writes.put_tallies(session, round_.id, tallies)
        _unlink(session, round_, forms)
        releasing.store(session, round_, frozen, now, number=PRELIMINARY)
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


def _unlink(session: Session, round_: RoundRecord, forms: Sequence[SubmissionRecord]) -> None:
    writes.erase_traces(session, round_.id)
    writes.put_comments(session, round_.id, _shuffled([text for form in forms for text in _texts(form)]))
    writes.rewrite_submissions(session, round_.id, _shuffled([_without_texts(form) for form in forms]))


def _texts(form: SubmissionRecord) -> list[CommentRecord]:
    return [
        CommentRecord(new_submission_id(), form.entry_id, question, answer["text"])
        for question, answer in form.answers.items()
        if isinstance(answer, dict)
    ]


def _without_texts(form: SubmissionRecord) -> SubmissionRecord:
    kept = {name: form.answers[name] for name in sorted(form.answers) if not isinstance(form.answers[name], dict)}
    return SubmissionRecord(new_submission_id(), form.entry_id, kept)


def _shuffled(rows: list[Row]) -> list[Row]:
    """Give the rows in an order that nobody can foretell or reconstruct."""
    secrets.SystemRandom().shuffle(rows)
    return rows
