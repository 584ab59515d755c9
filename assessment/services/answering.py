"""Answering: from a code to the receipt."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from assessment.errors import Conflict, Invalid, NotFound
from assessment.questionnaire.answers import Reading, read_answers, unanswered
from assessment.questionnaire.model import FreeText, Questionnaire, Rating
from assessment.services import codes, questionnaires
from assessment.services.round_state import RoundState, state_of
from assessment.services.rounds import AGREED, SHARED
from assessment.store import queries, writes
from assessment.store.database import Database
from assessment.store.records import Access, Receipt, RosterEntry, RoundRecord

UNKNOWN_CODE = "This code is not known. Check it against your sheet or link; a code ends when its round closes."

AnswersByQuestion = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Ticket:
    """What opens a form: the hash of the code, and of the key under which the draft and the receipt are kept.

    `seat` names the round and the unit the code led to: when the round closes the code is gone, but whoever held it
    should still be told so, and not that the code is unknown.
    """

    code_hash: str
    key_hash: str
    seat: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Form:
    """A form as its respondent finds it; `shared` says that the whole team has the same link."""

    round: RoundRecord
    state: RoundState
    entry: RosterEntry
    questionnaire: Questionnaire
    answers: AnswersByQuestion
    receipt: Receipt | None
    shared: bool

    def questions_on(self, page: int) -> list[Rating | FreeText]:
        """Give the questions of a page, counted from 1: those of one competency."""
        return list(self.questionnaire.dimensions[page - 1].all_questions())


def ticket_of(code: str, draft_token: str | None, seat: tuple[str, str] | None = None) -> Ticket:
    """Give the ticket for a code; on a link shared by many people each needs a draft token of their own."""
    code_hash = codes.hash_of(code)
    return Ticket(code_hash, code_hash if draft_token is None else codes.hash_of(draft_token), seat)


def new_draft_token() -> str:
    """Give a key for a draft of one's own on a shared link."""
    return codes.new_code()


def open_form(database: Database, ticket: Ticket, now: datetime) -> Form:
    """Give the form a ticket opens, with what was saved; raises `NotFound` for an unknown code."""
    with database.reading() as session:
        access = queries.access(session, ticket.code_hash, ticket.key_hash)
        if access is None:
            access = _closed(session, ticket)
        return _form(access, questionnaires.asked_in(session, access.round), now)


def save_page(  # noqa: PLR0913 - what a page's answers come with
    database: Database, ticket: Ticket, page: int, given: Mapping[str, str], now: datetime, *, complete: bool
) -> Reading:
    """Save what fits of a page's answers, whatever is wrong with the others; gives what was read and its problems.

    With `complete`, a required question left blank is a problem. Raises `Conflict` where no answers are taken.
    """
    with database.writing() as session:
        access = queries.access(session, ticket.code_hash, ticket.key_hash, for_share=True)
        form = _answerable(session, ticket, access, now)
        questions = form.questions_on(page)
        reading = read_answers(questions, given, form.questionnaire, complete=complete)
        kept = {name: answer for name, answer in form.answers.items() if name not in {q.id for q in questions}}
        broken = {problem.question for problem in reading.problems} & form.answers.keys()
        kept |= {name: form.answers[name] for name in broken if given.get(name)}
        writes.save_draft(session, ticket.key_hash, form.round.id, form.entry.id, kept | reading.answers, now)
    return reading


def submit(database: Database, ticket: Ticket, now: datetime) -> Receipt:
    """Hand the form in, once: again gives the same receipt. One transaction spends the code and stores the answers.

    Raises `Invalid` where a required question is open and `Conflict` where no answers are taken.
    """
    with database.writing() as session:
        access = queries.access(session, ticket.code_hash, ticket.key_hash, for_share=True)
        if access is not None and access.receipt is not None:
            return access.receipt
        form = _answerable(session, ticket, access, now)
        if form.round.mode == AGREED and form.entry.id in queries.submitted_counts(session, form.round.id):
            raise Conflict("This team's form is stored already.")  # it was imported: no receipt tells of it
        missing = [question for question in unanswered(form.questionnaire.questions, form.answers) if question.required]
        if missing:
            raise Invalid(f"{len(missing)} required questions are still open.", tuple(q.id for q in missing))
        receipt = Receipt(codes.new_code()[:9], now)
        stored = writes.submit(
            session,
            key_hash=ticket.key_hash,
            round_id=form.round.id,
            entry_id=form.entry.id,
            reference=receipt.reference,
            submission_id=new_submission_id(),
            answers=form.answers,
            now=now,
        )
        return receipt if stored else _first_receipt(queries.receipt(session, ticket.key_hash))


def new_submission_id() -> str:
    """Give an id that says nothing: neither when a form came in nor from whom."""
    return secrets.token_hex(16)


def _first_receipt(receipt: Receipt | None) -> Receipt:
    """Give the receipt of the same form handed in at the same moment by another request."""
    if receipt is None:
        raise Conflict("This round closed while you were submitting; your answers were not stored.")
    return receipt


def _answerable(session: Session, ticket: Ticket, access: Access | None, now: datetime) -> Form:
    """Give the form where it may be answered; raises what says why it may not."""
    if access is None:
        access = _closed(session, ticket)
    form = _form(access, questionnaires.asked_in(session, access.round), now)
    if form.receipt is not None:
        raise Conflict("This form was submitted already; it cannot be changed any more.")
    if form.state == "planned":
        raise Conflict("This round is not open yet; nothing was stored.")
    if form.state != "open":
        raise Conflict("This round has closed and takes no more answers; nothing was stored.")
    return form


def _closed(session: Session, ticket: Ticket) -> Access:
    """Give where a code led whose round has closed; raises `NotFound` for any other code that is not known."""
    code, unit = ticket.seat or ("", "")
    round_ = queries.round_by_code(session, code)
    if round_ is None or round_.closed_at is None:
        raise NotFound(UNKNOWN_CODE)
    entry = next((entry for entry in queries.roster(session, round_.id) if entry.unit == unit), None)
    if entry is None:
        raise NotFound(UNKNOWN_CODE)
    return Access(round_, entry, None)


def _form(access: Access, questionnaire: Questionnaire, now: datetime) -> Form:
    return Form(
        round=access.round,
        state=state_of(access.round, now),
        entry=access.entry,
        questionnaire=questionnaire,
        answers=dict(access.draft or {}),
        receipt=access.receipt,
        shared=access.round.mode == SHARED,
    )
