"""A team votes in a room and agrees: what is told when, and where votes never come."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import event, text

from assessment.errors import Conflict, NotFound
from assessment.services import closing, links, workshops
from assessment.services.answering import Given, Ticket, save_page, submit, ticket_of
from assessment.services.workshops import Desk
from assessment.store.database import Database
from tests.services.given import BASE, LATER, NOW, QUESTIONNAIRE, SECOND, SECRET, codes_of, open_round, sent

EVERY_KIND = b"""format: 1
id: kinds
version: "1"
title: Kinds
scales:
  three:
    levels: [{value: 1, label: a}, {value: 2.5, label: b}, {value: 4, label: c}]
dimensions:
  - id: first
    title: First
    questions:
      - {id: rated, type: rating, scale: three, text: Rated., not-applicable: {reason: required},
         evidence: {comment: true}}
      - {id: chosen, type: choice, text: Chosen., options: [{id: x, label: X}, {id: y, label: Y}], evidence: {links: 1}}
      - {id: many, type: multiple, text: Many., at-most: 2,
         options: [{id: x, label: X}, {id: y, label: Y}, {id: z, label: Z}]}
      - {id: count, type: number, text: Counted.}
      - {id: sure, type: yes-no, text: Sure.}
      - {id: why, type: text, text: Why., show-if: {question: sure, op: "=", value: "no"}}
      - {id: then, type: yes-no, text: Then., show-if: {question: sure, op: "=", value: "no"}}
"""
SOMEBODY = tuple(f"voter {number}" for number in range(30))


@pytest.fixture
def ticket(database: Database) -> Ticket:
    """The ticket of a team that has opened its room."""
    return opened(database)


def opened(database: Database, content: bytes = QUESTIONNAIRE) -> Ticket:
    open_round(database, mode="team", content=content)
    found = ticket_of(codes_of(database)[0], None)
    workshops.open_room(database, found, SECRET, NOW)
    return found


def at_desk(database: Database, ticket: Ticket) -> Desk:
    found = workshops.desk(database, ticket, SECRET, NOW)
    assert found is not None
    return found


def voted(database: Database, ticket: Ticket, question: str, words: Sequence[str]) -> None:
    """Let as many people vote as there are words."""
    code = at_desk(database, ticket).code
    for voter, word in zip(SOMEBODY, words, strict=False):
        assert not workshops.vote(database, code, voter, question, {question: word}, NOW)


def turned(database: Database, ticket: Ticket, question: str) -> None:
    workshops.turn_to(database, ticket, question, at_desk(database, ticket).room.workshop.stage, NOW)


def contents(database: Database, table: str) -> list[tuple[object, ...]]:
    with database.reading() as session:
        return [tuple(row) for row in session.execute(text(f"SELECT * FROM {table}"))]  # noqa: S608 - from here


def test_a_room_is_opened_once_and_begins_where_nothing_is_agreed_yet(database: Database) -> None:
    open_round(database, mode="team")
    ticket = ticket_of(codes_of(database)[0], None)
    assert workshops.desk(database, ticket, SECRET, NOW) is None
    save_page(database, ticket, Given(1, {"goals": "3"}), NOW)
    workshops.open_room(database, ticket, SECRET, NOW)
    first = at_desk(database, ticket)
    assert first.question is not None
    assert first.question.id == "limits"
    assert [question.id for question in first.steps] == ["goals", "limits", "batch", "queue"]
    workshops.open_room(database, ticket, SECRET, NOW)
    assert at_desk(database, ticket).code == first.code
    assert first.code not in str(contents(database, "workshop"))
    assert len(contents(database, "workshop")) == 1


def test_with_another_secret_key_the_room_gets_another_code_and_stays_what_it_was(
    database: Database, ticket: Ticket
) -> None:
    turned(database, ticket, "batch")
    another = "another secret of tests, which is long enough"
    assert workshops.desk(database, ticket, another, NOW) is None
    workshops.open_room(database, ticket, another, NOW)
    again = workshops.desk(database, ticket, another, NOW)
    assert again is not None
    assert again.room.workshop.question == "batch"
    assert workshops.seat(database, again.code, "me", NOW).question is not None


def test_nobody_fills_in_together_where_people_answer_by_themselves(database: Database) -> None:
    open_round(database, mode="link")
    ticket = ticket_of(codes_of(database)[0], "mine")
    with pytest.raises(Conflict, match="by themselves"):
        workshops.open_room(database, ticket, SECRET, NOW)


def test_only_their_number_is_told_until_the_votes_are_revealed_from_three_up(
    database: Database, ticket: Ticket
) -> None:
    voted(database, ticket, "goals", ["1", "5"])
    desk = at_desk(database, ticket)
    assert (desk.room.votes, desk.shown) == (2, None)
    with pytest.raises(Conflict, match="from 3 up"):
        workshops.reveal(database, ticket, "goals", NOW)
    voted(database, ticket, "goals", ["1", "5", "dk"])
    assert at_desk(database, ticket).shown is None
    workshops.reveal(database, ticket, "goals", NOW)
    shown = at_desk(database, ticket).shown
    assert shown is not None
    assert (shown.counts, shown.voters) == ({"1": 1, "5": 1, "dk": 1}, 3)


def test_a_vote_may_be_changed_until_the_reveal_and_not_after_it(database: Database, ticket: Ticket) -> None:
    code = at_desk(database, ticket).code
    voted(database, ticket, "goals", ["1", "1", "1"])
    voted(database, ticket, "goals", ["4"])
    assert at_desk(database, ticket).room.votes == 3
    assert workshops.seat(database, code, SOMEBODY[0], NOW).vote == "4"
    assert workshops.seat(database, code, "somebody else", NOW).vote == ""
    workshops.reveal(database, ticket, "goals", NOW)
    for voter in (SOMEBODY[0], "a late one"):
        with pytest.raises(Conflict, match="revealed"):
            workshops.vote(database, code, voter, "goals", {"goals": "2"}, NOW)
    shown = at_desk(database, ticket).shown
    assert shown is not None
    assert shown.counts == {"4": 1, "1": 2}


def test_what_was_revealed_stays_so_when_the_room_comes_back_to_it(database: Database, ticket: Ticket) -> None:
    voted(database, ticket, "goals", ["1", "1", "1"])
    workshops.reveal(database, ticket, "goals", NOW)
    turned(database, ticket, "limits")
    assert at_desk(database, ticket).shown is None
    turned(database, ticket, "goals")
    assert at_desk(database, ticket).shown is not None
    with pytest.raises(Conflict, match="revealed"):
        voted(database, ticket, "goals", ["2"])


def test_votes_are_on_the_question_that_the_room_is_at(database: Database, ticket: Ticket) -> None:
    code = at_desk(database, ticket).code
    with pytest.raises(Conflict, match="moved on"):
        workshops.vote(database, code, "me", "limits", {"limits": "2"}, NOW)
    (problem,) = workshops.vote(database, code, "me", "goals", {"goals": "7"}, NOW)
    assert "not one of the levels" in problem.sentence
    (problem,) = workshops.vote(database, code, "me", "goals", {}, NOW)
    assert problem.question == "goals"
    assert contents(database, "vote") == []


def test_nobody_can_be_followed_from_question_to_question(database: Database, ticket: Ticket) -> None:
    voted(database, ticket, "goals", ["1"])
    turned(database, ticket, "limits")
    voted(database, ticket, "limits", ["1"])
    keys = [row[2] for row in contents(database, "vote")]
    assert len(set(keys)) == 2
    assert not any(SOMEBODY[0] in str(key) for key in keys)


def test_what_is_agreed_goes_into_the_form_as_the_form_saves_it(database: Database, ticket: Ticket) -> None:
    save_page(database, ticket, Given(2, SECOND), NOW)
    with pytest.raises(Conflict, match="Reveal"):
        workshops.agree(database, ticket, "goals", {"goals": "3"}, NOW)
    voted(database, ticket, "goals", ["1", "1", "5"])
    workshops.reveal(database, ticket, "goals", NOW)
    stage = at_desk(database, ticket).room.workshop.stage
    assert not workshops.agree(database, ticket, "goals", {"goals": "3"}, NOW).problems
    desk = at_desk(database, ticket)
    assert desk.form.answers == {"goals": 3, "batch": 4, "queue": "na", "why": {"text": "Too much at once."}}
    assert desk.room.workshop.stage > stage
    with pytest.raises(Conflict, match="Reveal"):
        workshops.agree(database, ticket, "limits", {"limits": "3"}, NOW)
    turned(database, ticket, "limits")
    assert not workshops.agree(database, ticket, "goals", {"goals": "4"}, NOW).problems
    moved = at_desk(database, ticket)
    assert (moved.form.answers["goals"], moved.room.workshop.question) == (4, "limits")


def test_an_agreed_answer_leaves_the_others_of_its_page_as_they_were(database: Database) -> None:
    ticket = opened(database, EVERY_KIND)
    saved = {"chosen": "y", "chosen:links": "https://example.org/a", "many": "x z", "count": "7", "sure": "no"}
    saved |= {"why": "So.", "then": "dk"}
    save_page(database, ticket, Given(1, saved), NOW)
    before = dict(at_desk(database, ticket).form.answers)
    voted(database, ticket, "rated", ["2.5", "2.5", "na"])
    workshops.reveal(database, ticket, "rated", NOW)
    (problem,) = workshops.agree(database, ticket, "rated", {"rated": "na"}, NOW).problems
    assert problem.beside == "reason"
    (problem,) = workshops.agree(database, ticket, "rated", {}, NOW).problems
    assert problem.question == "rated"
    given = {"rated": "2.5", "rated:comment": "Because.", "chosen": "x"}
    assert not workshops.agree(database, ticket, "rated", given, NOW).problems
    after = at_desk(database, ticket).form.answers
    assert after == before | {"rated": 2.5, "rated:comment": "Because."}


def test_every_closed_question_is_voted_on_and_steps_follow_the_conditions(database: Database) -> None:
    ticket = opened(database, EVERY_KIND)
    assert [one.id for one in at_desk(database, ticket).steps] == ["rated", "chosen", "many", "sure"]
    for question, words, counts in (
        ("chosen", ["x", "x", "y"], {"x": 2, "y": 1}),
        ("many", ["x y", "x", "z"], {"x": 2, "y": 1, "z": 1}),
        ("sure", ["no", "no", "yes"], {"no": 2, "yes": 1}),
    ):
        turned(database, ticket, question)
        voted(database, ticket, question, words)
        workshops.reveal(database, ticket, question, NOW)
        shown = at_desk(database, ticket).shown
        assert shown is not None
        assert (shown.counts, shown.voters) == (counts, 3)
    workshops.agree(database, ticket, "sure", {"sure": "no"}, NOW)
    desk = at_desk(database, ticket)
    assert [one.id for one in desk.steps][-2:] == ["sure", "then"]
    after = desk.beside(1)
    assert after is not None
    assert (after.id, desk.beside(2)) == ("then", None)
    for question in ("count", "why", "no-such"):
        with pytest.raises(Conflict, match="voted on"):
            turned(database, ticket, question)


def test_a_ballot_asks_for_nothing_that_would_tell_who_wrote_it(database: Database) -> None:
    ticket = opened(database, EVERY_KIND)
    question = workshops.seat(database, at_desk(database, ticket).code, "me", NOW).question
    assert question is not None
    assert (question.evidence, question.not_applicable.reason, question.required) == (None, "none", True)


def test_two_facilitators_at_once_do_no_harm(database: Database, ticket: Ticket) -> None:
    stage = at_desk(database, ticket).room.workshop.stage
    workshops.turn_to(database, ticket, "limits", stage, NOW)
    with pytest.raises(Conflict, match="moved on"):
        workshops.turn_to(database, ticket, "batch", stage, NOW)
    with pytest.raises(Conflict, match="moved on"):
        workshops.reveal(database, ticket, "goals", NOW)
    voted(database, ticket, "limits", ["1", "2", "3"])
    workshops.reveal(database, ticket, "limits", NOW)
    workshops.reveal(database, ticket, "limits", NOW)
    assert at_desk(database, ticket).room.workshop.revealed == ("limits",)


def test_a_sent_form_ends_the_workshop_and_shows_votes_beside_what_was_agreed(
    database: Database, ticket: Ticket
) -> None:
    code = at_desk(database, ticket).code
    voted(database, ticket, "goals", ["1", "1", "5"])
    workshops.reveal(database, ticket, "goals", NOW)
    workshops.agree(database, ticket, "goals", {"goals": "2"}, NOW)
    turned(database, ticket, "limits")
    voted(database, ticket, "limits", ["4", "4", "4"])
    assert workshops.outcome(database, ticket, NOW) is None
    save_page(database, ticket, Given(1, {"goals": "2", "limits": "dk"}, complete=True), NOW)
    save_page(database, ticket, Given(2, SECOND, complete=True), NOW)
    submit(database, ticket, NOW)
    for refused in (
        lambda: workshops.vote(database, code, "me", "limits", {"limits": "4"}, NOW),
        lambda: workshops.reveal(database, ticket, "limits", NOW),
        lambda: workshops.turn_to(database, ticket, "batch", 1, NOW),
        lambda: workshops.agree(database, ticket, "limits", {"limits": "4"}, NOW),
        lambda: workshops.open_room(database, ticket, SECRET, NOW),
    ):
        with pytest.raises(Conflict, match="sent its form"):
            refused()
    assert "sent its form" in workshops.seat(database, code, "me", NOW).over
    outcome = workshops.outcome(database, ticket, NOW)
    assert outcome is not None
    assert outcome.form.answers["goals"] == 2
    (shown,) = outcome.shown  # what was never revealed stays so
    assert (shown.question.id, shown.counts) == ("goals", {"1": 2, "5": 1})


def test_votes_never_come_near_the_forms_and_go_when_the_round_closes(database: Database, ticket: Ticket) -> None:
    voted(database, ticket, "goals", ["5", "5", "5"])
    workshops.reveal(database, ticket, "goals", NOW)
    assert contents(database, "submission") == []
    code = at_desk(database, ticket).code
    sent(database, codes_of(database)[0])
    assert "5" not in str(contents(database, "submission")).partition("goals")[2][:6]
    assert len(contents(database, "vote")) == 3
    closing.close(database, "PI-1", LATER)
    assert contents(database, "vote") == contents(database, "workshop") == []
    with pytest.raises(NotFound, match="ends when its round closes"):
        workshops.seat(database, code, "me", LATER)
    assert workshops.pulse_in_room(database, code, LATER) is None
    assert workshops.outcome(database, replace(ticket, seat=("PI-1", "falcon")), LATER) is None


def test_another_round_keeps_its_votes(database: Database, ticket: Ticket) -> None:
    voted(database, ticket, "goals", ["5"])
    open_round(database, "PI-2", mode="team")
    closing.close(database, "PI-2", LATER)
    assert len(contents(database, "vote")) == 1


@pytest.mark.parametrize("days", [-1, 30], ids=["before", "after"])
def test_outside_of_the_round_nothing_is_voted(database: Database, days: int) -> None:
    open_round(database, mode="team", opens_at=NOW, closes_at=LATER)
    ticket = ticket_of(codes_of(database)[0], None)
    workshops.open_room(database, ticket, SECRET, NOW)
    code, when = at_desk(database, ticket).code, NOW + timedelta(days=days)
    with pytest.raises(Conflict, match="round"):
        workshops.vote(database, code, "me", "goals", {"goals": "4"}, when)
    with pytest.raises(Conflict, match="round"):
        workshops.reveal(database, ticket, "goals", when)
    with pytest.raises(Conflict, match="round"):
        workshops.open_room(database, ticket, SECRET, when)
    pulse = workshops.pulse_in_room(database, code, when)
    assert pulse is not None
    assert pulse.over
    assert workshops.seat(database, code, "me", when).over


def test_an_event_takes_one_statement_and_tells_no_level(database: Database, ticket: Ticket) -> None:
    voted(database, ticket, "goals", ["5", "4"])
    code = at_desk(database, ticket).code
    statements: list[str] = []
    engine = database._engine  # noqa: SLF001 - to count what it is asked
    event.listen(engine, "before_cursor_execute", lambda *given: statements.append(given[2]))
    pulses = [workshops.pulse_at_desk(database, ticket, NOW), workshops.pulse_in_room(database, code, NOW)]
    asked = [one for one in statements if not one.startswith("BEGIN")]
    assert len(asked) == 2
    assert [(pulse.votes, pulse.over) for pulse in pulses if pulse] == [(2, False), (2, False)]


def test_a_link_made_anew_leads_into_the_same_room(database: Database, ticket: Ticket) -> None:
    voted(database, ticket, "goals", ["5"])
    code = at_desk(database, ticket).code
    (made,) = links.of_round(database, "PI-1", BASE, SECRET, reissue="falcon")
    again = at_desk(database, ticket_of(made.codes[0], None))
    assert (again.code, again.room.votes) == (code, 1)
