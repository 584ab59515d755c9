"""Workshops: a team fills its one form in together, in a room.

Everyone votes silently on a phone, the facilitator sees only how many have voted, the votes are revealed from three
up, people talk, and what they agree on goes into the team's draft the way the form itself saves it. Votes live apart
from forms: nothing of them counts, nobody can tell whose they are, and they go when the round closes.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from assessment.errors import Conflict, NotFound
from assessment.questionnaire.answers import Problem, read_answers, word_of
from assessment.questionnaire.model import AnyQuestion, Choice, Multiple, Questionnaire, Rating, YesNo
from assessment.questionnaire.model.questions import NOT_OFFERED, OFFERED
from assessment.services import answering, codes, questionnaires, votes
from assessment.services.answering import Form, Saved, Ticket
from assessment.services.round_state import state_of
from assessment.services.rounds import AGREED
from assessment.services.votes import REVEALED_FROM, Distribution
from assessment.store import queries, writes
from assessment.store.database import Database
from assessment.store.records import Room
from assessment.wording import gettext as _


@dataclass(frozen=True, slots=True)
class Desk:
    """What the facilitator has before them; of votes that were not revealed only their number.

    `question` is the present one, None where it is not asked any more after what was agreed on meanwhile. `steps` are
    the questions that can be voted on, in order.
    """

    form: Form
    room: Room
    code: str
    question: AnyQuestion | None
    steps: tuple[AnyQuestion, ...]
    shown: Distribution | None

    def beside(self, places: int) -> AnyQuestion | None:
        """Give the question so many places after the present one, or before it."""
        if self.question is None:
            return None
        place = self.steps.index(self.question) + places
        return self.steps[place] if 0 <= place < len(self.steps) else None


@dataclass(frozen=True, slots=True)
class Seat:
    """What somebody in the room has before them: the question, their own vote on it, or why there is nothing to do."""

    room: Room
    questionnaire: Questionnaire
    question: AnyQuestion | None
    vote: str
    over: str


@dataclass(frozen=True, slots=True)
class Pulse:
    """What tells a page that something changed: never what was voted."""

    stage: int
    votes: int
    over: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """A team's form as it was sent, and the votes that were revealed on the way there."""

    form: Form
    shown: tuple[Distribution, ...]


def open_room(database: Database, ticket: Ticket, secret_key: str, now: datetime) -> None:
    """Open a team's room, or go on with the one there is. Raises `Conflict` where there is nothing to vote on."""
    form = _together(answering.open_form(database, ticket, now))
    steps = _steps(form)
    if not steps:
        raise Conflict(_("This questionnaire asks nothing that can be voted on; fill its form in."))
    begin = next((question for question in steps if question.id not in form.answers), steps[0])
    code_hash, nonce = codes.new_derived(codes.room_code, secret_key)
    with database.writing(together=True) as session:
        access = queries.access(session, ticket.code_hash, ticket.key_hash, for_share=True)
        if access is None or access.round.closed_at is not None:
            raise Conflict(_ended())
        there = queries.room_of_team(session, ticket.code_hash)
        if there is not None and _code(there, secret_key):
            return
        writes.open_workshop(
            session,
            round_id=access.round.id,
            entry_id=access.entry.id,
            code_hash=code_hash,
            nonce=nonce,
            question=begin.id,
        )


def desk(database: Database, ticket: Ticket, secret_key: str, now: datetime) -> Desk | None:
    """Give what the facilitator sees; None where no room was opened."""
    form = answering.open_form(database, ticket, now)
    with database.reading() as session:
        room = queries.room_of_team(session, ticket.code_hash)
        code = _code(room, secret_key) if room else ""
        if room is None or not code:
            return None
        steps = _steps(form)
        question = next((question for question in steps if question.id == room.workshop.question), None)
        shown = next(votes.revealed(session, room, [question] if question else []), None)
    return Desk(form, room, code, question, steps, shown)


def turn_to(database: Database, ticket: Ticket, question: str, stage: int, now: datetime) -> None:
    """Turn the room to a question; nothing where somebody else turned it first."""
    form = _together(answering.open_form(database, ticket, now))
    if question not in {one.id for one in _steps(form)}:
        raise Conflict(_("This question is not one that can be voted on now."))
    with database.writing(together=True) as session:
        workshop = _usable(queries.room_of_team(session, ticket.code_hash), now).workshop
        if not writes.move_workshop(session, workshop.id, stage, question, workshop.revealed):
            raise Conflict(_moved_on())


def reveal(database: Database, ticket: Ticket, question: str, now: datetime) -> None:
    """Reveal the votes on a question, from three up; revealing again changes nothing."""
    with database.writing(together=True) as session:
        room = _usable(queries.room_of_team(session, ticket.code_hash), now)
        workshop = room.workshop
        if workshop.question != question:
            raise Conflict(_moved_on())
        if workshop.is_revealed:
            return
        if room.votes < REVEALED_FROM:
            raise Conflict(
                _("Votes are shown from 3 up, so that they do not tell whose they are; so far there are fewer.")
            )
        writes.move_workshop(session, workshop.id, workshop.stage, question, (*workshop.revealed, question))


def agree(database: Database, ticket: Ticket, question: str, given: Mapping[str, str], now: datetime) -> Saved:
    """Record what a team agreed on, with what it said beside it, as the form itself would have saved it.

    The problems are those of this question alone. Raises `Conflict` where its votes were not revealed; that the room
    has been turned to another question meanwhile is no reason to lose what was typed.
    """
    form = _together(answering.open_form(database, ticket, now))
    with database.reading() as session:
        workshop = _usable(queries.room_of_team(session, ticket.code_hash), now).workshop
    if question not in workshop.revealed:
        raise Conflict(_("Reveal the votes on this question first, or answer it in the form."))
    if question not in {one.id for one in _steps(form)}:
        raise Conflict(_("This question is not one that can be voted on now."))
    page = page_of(form, question)
    saved = answering.save_page(
        database, ticket, answering.Given(page, given, complete=True, live=True, only=question), now
    )
    with database.writing(together=True) as session:  # so that the pages of a second facilitator learn of it
        writes.move_workshop(session, workshop.id, workshop.stage, workshop.question, workshop.revealed)
    problems = [problem for problem in saved.problems if problem.question == question]
    if question not in saved.form.answers and not problems:
        problems = list(_missing(form.questionnaire, form.questionnaire.by_id[question]))
    return replace(saved, problems=tuple(problems))


def outcome(database: Database, ticket: Ticket, now: datetime) -> Outcome | None:
    """Give what a team sent beside the votes it was found with, until the round closes; None without a workshop."""
    form = answering.open_form(database, ticket, now)
    with database.reading() as session:
        room = queries.room_of_team(session, ticket.code_hash)
        sent = queries.team_submission(session, form.round.id, form.entry.id) if room and room.submitted else None
        if room is None or sent is None:
            return None
        form = replace(form, answers=dict(sent.answers))
        return Outcome(form, tuple(votes.revealed(session, room, _steps(form))))


def was_held(database: Database, ticket: Ticket) -> bool:
    """Whether a team has opened a room in this round, and its votes are still there."""
    with database.reading() as session:
        return queries.room_of_team(session, ticket.code_hash) is not None


def seat(database: Database, code: str, voter: str, now: datetime) -> Seat:
    """Give what somebody in the room sees; raises `NotFound` for an unknown code."""
    with database.reading() as session:
        room = _known(queries.room(session, codes.hash_of(code)))
        questionnaire = questionnaires.asked_in(session, room.round)
        name = room.workshop.question
        vote = queries.own_vote(session, room.workshop.id, name, _voter(room, name, voter)) if name else None
    question = questionnaire.by_id.get(name) if name else None
    return Seat(room, questionnaire, ballot(question) if question else None, vote or "", over(room, now))


def vote(  # noqa: PLR0913, PLR0917 - who votes where on what
    database: Database, code: str, voter: str, question: str, given: Mapping[str, str], now: datetime
) -> tuple[Problem, ...]:
    """Keep somebody's vote in place of their last one on the same question; give the problems where it does not fit.

    Raises `Conflict` where the votes were revealed or the room has moved on.
    """
    with database.writing(together=True) as session:
        room = _usable(queries.room(session, codes.hash_of(code), for_share=True), now)
        if room.workshop.question != question:
            raise Conflict(_moved_on())
        if room.workshop.is_revealed:
            raise Conflict(_("The votes on this question were revealed, so none can be given or changed any more."))
        questionnaire = questionnaires.asked_in(session, room.round)
        asked = ballot(questionnaire.by_id[question])
        reading = read_answers([asked], {question: given.get(question, "")}, questionnaire, complete=True)
        if not reading.problems and question in reading.answers:
            word = word_of(reading.answers[question])
            writes.put_vote(session, room.workshop.id, question, _voter(room, question, voter), word)
        return reading.problems


def pulse_at_desk(database: Database, ticket: Ticket, now: datetime) -> Pulse | None:
    """Give the facilitator's page how many have voted, in one statement; None where there is no room any more."""
    with database.reading() as session:
        return _pulse(queries.room_of_team(session, ticket.code_hash), now)


def pulse_in_room(database: Database, code: str, now: datetime) -> Pulse | None:
    """Give the page of somebody in the room whether something changed, in one statement."""
    with database.reading() as session:
        return _pulse(queries.room(session, codes.hash_of(code)), now)


def new_voter() -> str:
    """Give what a browser keeps so that its owner can change a vote: random, and stored as a hash only."""
    return codes.new_code()


def is_voted_on(question: AnyQuestion) -> bool:
    """Whether a question can be voted on: numbers and texts are talked about and typed into the form."""
    return isinstance(question, Rating | Choice | Multiple | YesNo)


def ballot(question: AnyQuestion) -> AnyQuestion:
    """Give a question as it is voted on: without reasons, links and comments, for these would tell who wrote them."""
    offered = OFFERED if question.not_applicable else NOT_OFFERED
    changed = {"required": True, "evidence": None, "show_if": None, "not_applicable": offered}
    return question.model_copy(update=changed)


def page_of(form: Form, question: str) -> int:
    """Give the page of the form on which a question stands."""
    dimensions = enumerate(form.questionnaire.dimensions, 1)
    return next(page for page, part in dimensions if any(one.id == question for one in part.all_questions()))


def over(room: Room, now: datetime) -> str:
    """Give why there is nothing to vote on any more, `""` where there is."""
    if room.submitted:
        return _sent()
    state = state_of(room.round, now)
    return "" if state == "open" else _not_open_yet() if state == "planned" else _ended()


def _together(form: Form) -> Form:
    """Give a form that a team may fill in together; raises what says why it may not."""
    if form.round.mode != AGREED:
        raise Conflict(_("In this round people answer by themselves; there is nothing to fill in together."))
    if form.receipt is not None:
        raise Conflict(_sent())
    if form.state != "open":
        raise Conflict(_not_open_yet() if form.state == "planned" else _ended())
    return form


def _steps(form: Form) -> tuple[AnyQuestion, ...]:
    return tuple(question for question in form.asked if is_voted_on(question))


def _code(room: Room, secret_key: str) -> str:
    """Give a room's code; `""` where it was made with another secret key, which opening the room again mends."""
    return codes.derived_again(codes.room_code, secret_key, room.workshop.nonce, room.workshop.code_hash)


def _known(room: Room | None) -> Room:
    if room is None:
        raise NotFound(
            _("This room is not known. Check the code on the facilitator’s screen; a room ends when its round closes.")
        )
    return room


def _usable(room: Room | None, now: datetime) -> Room:
    if reason := over(_known(room), now):
        raise Conflict(reason)
    return _known(room)


def _voter(room: Room, question: str, voter: str) -> str:
    """Give the key of somebody's vote: another one for each question, so that nobody can be followed through them."""
    return hashlib.sha256(f"vote\x00{room.workshop.id}\x00{question}\x00{voter}".encode()).hexdigest()


def _missing(questionnaire: Questionnaire, question: AnyQuestion) -> tuple[Problem, ...]:
    """Give what an answer left blank is told, whether or not the form could be sent without it."""
    return read_answers([question.model_copy(update={"required": True})], {}, questionnaire, complete=True).problems


def _pulse(room: Room | None, now: datetime) -> Pulse | None:
    return None if room is None else Pulse(room.workshop.stage, room.votes, bool(over(room, now)))


def _sent() -> str:
    return _("This team has sent its form: the workshop has ended.")


def _not_open_yet() -> str:
    return _("This round is not open yet.")


def _ended() -> str:
    return _("This round has ended and takes no more answers.")


def _moved_on() -> str:
    return _("The room has moved on; this is where it stands now. Nothing was stored.")
