"""Answering: from a code to the receipt."""

import hashlib
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import Any

from sqlalchemy.orm import Session

from assessment.errors import Conflict, Invalid, NotFound
from assessment.questionnaire import asking, versions
from assessment.questionnaire.answers import Problem, Reading, incomplete, question_of, read_answers
from assessment.questionnaire.model import AnyQuestion, Questionnaire
from assessment.questionnaire.versions import Merged, Sent, Turn, Turns
from assessment.services import codes, drafts, questionnaires, team_results
from assessment.services.drafts import Draft
from assessment.services.round_state import RoundState, state_of
from assessment.services.rounds import AGREED, SHARED
from assessment.store import queries, writes
from assessment.store.database import Database
from assessment.store.records import Access, Receipt, RosterEntry, RoundRecord
from assessment.wording import gettext as _
from assessment.wording import ngettext

WHOLE = 0  # the page that asks everything; from 1 on, those of one competency each
NO_ROLE = ""  # whoever answers in none of the questionnaire's roles

AnswersByQuestion = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Ticket:
    """What opens a form: the hash of the code, and the key under which the draft and the receipt are kept.

    `seat` names the round and the unit the code led to: when the round closes the code is gone, but whoever held it
    should still be told so, and not that the code is unknown. `role` chooses the questions; it is stored nowhere here.
    `copy` opens what was sent, once, for the receipt; a spent ticket has neither that nor a key.
    """

    code_hash: str
    key_hash: str
    key: str = field(repr=False)
    seat: tuple[str, str] | None = None
    role: str | None = field(default=None, repr=False)
    copy: str | None = field(default=None, repr=False)


@dataclass(frozen=True)  # without slots, so that what is asked is worked out once
class Form:
    """A form as its respondent finds it; `shared` says that the whole team has the same link.

    `role` is None where every role's questions are asked, or where it has yet to be chosen.
    """

    round: RoundRecord
    state: RoundState
    entry: RosterEntry
    questionnaire: Questionnaire
    answers: AnswersByQuestion
    receipt: Receipt | None
    shared: bool
    role: str | None = field(default=None, repr=False)
    turns: Turns = field(default_factory=dict, repr=False)

    @property
    def takes_role(self) -> bool:
        """Whether somebody's role decides what they are asked; a team that agrees is asked every role's questions."""
        return self.questionnaire.asks_for_role and self.round.mode != AGREED

    @property
    def lacks_role(self) -> bool:
        """Whether the role has yet to be chosen."""
        return self.takes_role and self.role is None

    @cached_property
    def asked(self) -> list[AnyQuestion]:
        """The questions that are asked after these answers; without a role yet, those that are asked of everybody."""
        return asking.asked(self.questionnaire, self.answers, NO_ROLE if self.lacks_role else self.role)

    def asked_on(self, page: int) -> list[AnyQuestion]:
        """Give the questions of a page, counted from 1 or `WHOLE`, that are asked."""
        known = {question.id for question in self.questions_on(page)}
        return [question for question in self.asked if question.id in known]

    def questions_on(self, page: int) -> Sequence[AnyQuestion]:
        """Give the questions of a page, asked or not: those of one competency, counted from 1, or of the `WHOLE`."""
        if page == WHOLE:
            return self.questionnaire.questions
        return self.questionnaire.by_competency[page - 1]

    def merged(
        self, questions: Sequence[AnyQuestion], given: Mapping[str, str], seen: str | None, turn: Turn | None
    ) -> Merged:
        """Give what was given to questions with what others saved since they were shown in the versions `seen`."""
        if seen is None:
            return Merged(dict(given))
        answers = read_answers(questions, given, self.questionnaire).answers
        return versions.merged(questions, Sent(given, answers, seen, turn), self.answers, self.turns)

    def versions(self, page: int) -> str:
        """Give the versions of a page's answers, to be sent along with them."""
        return versions.versions_of(self.questions_on(page), self.answers)

    def filled(self, page: int, given: Mapping[str, str]) -> "Form":
        """Give the form with what fits of a page's answers; what was saved stays where something else does not fit."""
        reading = read_answers(self.questions_on(page), given, self.questionnaire)
        return self.with_answers(page, given, reading)

    def with_answers(self, page: int, given: Mapping[str, str], reading: Reading) -> "Form":
        """Give the form with what was read of a page's answers, as `filled` does."""
        known = {question.id for question in self.questions_on(page)}
        kept = {key: answer for key, answer in self.answers.items() if question_of(key) not in known}
        broken = {problem.key for problem in reading.problems}
        kept |= {key: self.answers[key] for key in broken & self.answers.keys() if given.get(key)}
        return replace(self, answers=kept | reading.answers)


@dataclass(frozen=True, slots=True)
class Saved:
    """What came of saving a page: the form as it is now, the page's answers, and what could not be taken of them.

    `brought_up` are questions of the page that nobody could have seen before its answers were given, `theirs` those of
    which somebody else's answer counts, who changed it since the page was shown, `conflicts` those among them that were
    answered differently here too.
    """

    form: Form
    answers: AnswersByQuestion
    problems: tuple[Problem, ...]
    brought_up: tuple[AnyQuestion, ...]
    theirs: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Given:
    """A page's answers as they came, by the keys of what can be read; `unread` is what cannot.

    `seen` are the versions of the answers that the page was shown with, `turn` counts what its tab sent; with `only`
    just that question is saved, and `seen` is its version. With `complete`, a required question left blank is a
    problem; with `live`, the page showed further questions as its answers brought them up.
    """

    page: int
    words: Mapping[str, str]
    unread: tuple[Problem, ...] = ()
    seen: str | None = None
    turn: Turn | None = None
    only: str | None = None
    complete: bool = False
    live: bool = False


class UnknownCode(NotFound):
    """A code that leads nowhere."""


def ticket_of(
    code: str, draft_token: str | None, seat: tuple[str, str] | None = None, role: str | None = None
) -> Ticket:
    """Give the ticket for a code; on a link shared by many people each needs a draft token of their own."""
    code_hash = codes.hash_of(code)
    key = code if draft_token is None else draft_token
    return Ticket(code_hash, codes.hash_of(key), key, seat, role)


def shared_code_of(database: Database, code: str, secret_key: str) -> str | None:
    """Give the code of the shared link under which a draft of one's own is kept; None where the code has no draft."""
    with database.reading() as session:
        nonce = queries.link_of_draft(session, codes.hash_of(code))
    return None if nonce is None else codes.shared_code(secret_key, nonce)


def new_draft_token() -> str:
    """Give a key for a draft of one's own on a shared link."""
    return codes.new_code()


def open_form(database: Database, ticket: Ticket, now: datetime) -> Form:
    """Give the form a ticket opens, with what was saved; raises `UnknownCode`."""
    with database.reading() as session:
        access = queries.access(session, ticket.code_hash, ticket.key_hash)
        if access is None:
            access = _closed(session, ticket)
        return _form(access, ticket, questionnaires.asked_in(session, access.round), now)


def save_page(database: Database, ticket: Ticket, given: Given, now: datetime) -> Saved:
    """Save a page's answers as `save` does, where they are known before the form is."""
    return save(database, ticket, now, lambda _form: given)


def save(
    database: Database,
    ticket: Ticket,
    now: datetime,
    read: Callable[[Form], Given],
    listen: Callable[[Questionnaire], None] | None = None,
) -> Saved:
    """Save what fits of a page's answers, whatever is wrong with the others, and of those that are not asked too.

    `read` is asked for what was given once the form is known: both happen in one transaction. Raises `UnknownCode`,
    `Conflict` where no answers are taken, and what `read` raises; `listen` hears before whose language that is to be
    said in.
    """
    with database.writing(together=True) as session:
        queries.wait_for_draft(session, ticket.key_hash)
        access = queries.access(session, ticket.code_hash, ticket.key_hash, for_share=True)
        before = _answerable(session, ticket, access, now, listen)
        given = read(before)
        questions = before.questions_on(given.page)
        sent = [one for one in questions if given.only in {None, one.id}]
        both = before.merged(sent, given.words, given.seen, given.turn)
        words = both.words
        if given.only is not None:
            words = versions.only(questions, given.only, before.answers, words)
        complete = given.complete and not before.lacks_role
        reading = read_answers(questions, words, before.questionnaire, complete=complete)
        form = before.with_answers(given.page, words, reading)
        turns = versions.turned(sent, before.answers, form.answers, before.turns, given.turn, both)
        sealed = drafts.seal(ticket.key, ticket.key_hash, Draft(form.answers, turns))
        writes.save_draft(session, ticket.key_hash, form.round.id, form.entry.id, sealed, now)
    return _saved(before, form, given, Reading(reading.answers, (*reading.problems, *given.unread)), both)


def _saved(before: Form, form: Form, given: Given, reading: Reading, both: Merged) -> Saved:
    """Give what came of it, and what was wrong with the answers to what is asked now.

    A question that nobody could have seen may be blank.
    """
    asked = form.asked_on(given.page)
    in_view = {question.id for question in (asked if given.live else before.asked_on(given.page))}
    brought_up = [one for one in asked if one.id not in in_view and one.id not in form.answers]
    told = {question.id for question in asked} - {one.id for one in brought_up if not _has_word(given, one.id)}
    problems = tuple(one for one in reading.problems if one.question in told)
    answers = asking.only_asked(asked, reading.answers)
    return Saved(form, answers, problems, tuple(brought_up), both.theirs, both.conflicts)


def _has_word(given: Given, question: str) -> bool:
    return bool(given.words.get(question, "").strip())


def submit(
    database: Database,
    ticket: Ticket,
    now: datetime,
    *,
    secret_key: str | None = None,
    listen: Callable[[Questionnaire], None] | None = None,
) -> Receipt:
    """Hand the form in, once: again gives the same receipt. One transaction spends the code and stores the answers.

    Answers to questions that are not asked any more are left out. Raises `Invalid` where a required question is open
    and `Conflict` where no answers are taken; `listen` hears before whose language that is to be said in. A team that
    agreed gets the link to its own page with the form, where there is a secret key to make it of.
    """
    with database.writing(together=True) as session:
        queries.wait_for_draft(session, ticket.key_hash)
        access = queries.access(session, ticket.code_hash, ticket.key_hash, for_share=True)
        if access is not None and access.receipt is not None:
            return access.receipt
        form = _answerable(session, ticket, access, now, listen)
        if form.round.mode == AGREED and form.entry.id in queries.submitted_counts(session, form.round.id):
            raise Conflict(_("This team's form is stored already."))  # it was imported: no receipt tells of it
        if form.lacks_role:
            raise Conflict(_("Say first in which role you answer; nothing was sent yet."))
        asked = form.asked
        if missing := incomplete(asked, form.answers):
            number = len(missing)
            sentence = ngettext(
                "%(num)s required question is still open.", "%(num)s required questions are still open.", number
            )
            raise Invalid(sentence, tuple(question.id for question in missing))
        receipt = Receipt(codes.new_code()[:9], now)
        answers = asking.only_asked(asked, form.answers)
        stored = writes.submit(
            session,
            key_hash=ticket.key_hash,
            round_id=form.round.id,
            entry_id=form.entry.id,
            reference=receipt.reference,
            submission_id=new_submission_id(),
            answers=answers,
            now=now,
            copy=None if ticket.copy is None or form.round.mode == AGREED else _sealed_copy(ticket.copy, answers),
        )
        if stored and form.round.mode == AGREED and secret_key is not None:
            team_results.make_links(session, form.round, [form.entry], secret_key)
        return receipt if stored else _first_receipt(queries.receipt(session, ticket.key_hash))


def sent_answers(database: Database, form: Form, ticket: Ticket) -> AnswersByQuestion | None:
    """Give what was sent, for the receipt: of a team that agreed at any time, of one person once, and never again."""
    if form.round.mode == AGREED:
        with database.reading() as session:
            sent = queries.team_submission(session, form.round.id, form.entry.id)
        return None if sent is None else dict(sent.answers)
    if ticket.copy is None:
        return None
    key_hash = _copy_hash(ticket.copy)
    with database.writing(together=True) as session:
        sealed = writes.take_copy(session, key_hash)
    return None if sealed is None else drafts.unseal(ticket.copy, key_hash, sealed).answers


def new_copy_key() -> str:
    """Give a key for the copy of what is sent, which the sender's browser alone has until it has shown the receipt."""
    return codes.new_code()


def _sealed_copy(key: str, answers: AnswersByQuestion) -> tuple[str, bytes]:
    """Give what was sent so that only the browser that sent it can open it: not whoever has the code."""
    return _copy_hash(key), drafts.seal(key, _copy_hash(key), Draft(answers))


def _copy_hash(key: str) -> str:
    """Give what a copy is kept under: not the hash of anything typed as a code, for it must not pass for a draft."""
    return hashlib.sha256(b"copy of what was sent\x00" + key.encode()).hexdigest()


def new_submission_id() -> str:
    """Give an id that says nothing: neither when a form came in nor from whom."""
    return secrets.token_hex(16)


def _first_receipt(receipt: Receipt | None) -> Receipt:
    """Give the receipt of the same form handed in at the same moment by another request."""
    if receipt is None:
        raise Conflict(_("This round closed while you were submitting; your answers were not stored."))
    return receipt


def _answerable(
    session: Session,
    ticket: Ticket,
    access: Access | None,
    now: datetime,
    listen: Callable[[Questionnaire], None] | None = None,
) -> Form:
    """Give the form where it may be answered; raises what says why it may not."""
    if access is None:
        access = _closed(session, ticket)
    form = _form(access, ticket, questionnaires.asked_in(session, access.round), now)
    if listen is not None:
        listen(form.questionnaire)
    if form.receipt is not None:
        raise Conflict(_("This form was submitted already; it cannot be changed any more."))
    if form.state == "planned":
        raise Conflict(_("This round is not open yet; nothing was stored."))
    if form.state != "open":
        raise Conflict(_("This round has closed and takes no more answers; nothing was stored."))
    return form


def _unknown_code() -> UnknownCode:
    return UnknownCode(
        _("This code is not known. Check it against your sheet or link; a code ends when its round closes.")
    )


def _closed(session: Session, ticket: Ticket) -> Access:
    """Give where a code led whose round has closed; raises `NotFound` for any other code that is not known."""
    code, unit = ticket.seat or ("", "")
    round_ = queries.round_by_code(session, code)
    if round_ is None or round_.closed_at is None:
        raise _unknown_code()
    entry = next((entry for entry in queries.roster(session, round_.id) if entry.unit == unit), None)
    if entry is None:
        raise _unknown_code()
    return Access(round_, entry, None)


def _draft(access: Access, ticket: Ticket) -> Draft:
    if access.draft is None:
        return Draft(dict(access.plain_draft or {}))
    return drafts.unseal(ticket.key, ticket.key_hash, access.draft)


def _form(access: Access, ticket: Ticket, questionnaire: Questionnaire, now: datetime) -> Form:
    if not ticket.key and access.receipt is None and access.round.closed_at is None:
        raise _unknown_code()  # a spent ticket, and a database from before: nothing could be sealed under no key
    draft = _draft(access, ticket)
    form = Form(
        round=access.round,
        state=state_of(access.round, now),
        entry=access.entry,
        questionnaire=questionnaire,
        answers=draft.answers,
        receipt=access.receipt,
        shared=access.round.mode == SHARED,
        turns=draft.turns,
    )
    known = {NO_ROLE, *(role.id for role in questionnaire.roles)}
    return replace(form, role=ticket.role) if form.takes_role and ticket.role in known else form
