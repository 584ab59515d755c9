"""What was sent is shown once to the browser that sent it: with the code alone, or the database alone, by nobody."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from assessment.services import answering, closing, team_results
from assessment.services.answering import Ticket, open_form, sent_answers, submit, ticket_of
from assessment.store.database import Database
from tests.services.given import BASE, LATER, NOW, SECRET, answered, codes_of, open_round

PRESSED = 10


def sent(database: Database) -> tuple[Ticket, Ticket]:
    """Send a form; give the ticket of the browser that did, and that of somebody who has the same code."""
    open_round(database)
    with_code = ticket_of(codes_of(database)[0], None)
    ticket = replace(with_code, copy=answering.new_copy_key())
    answered(database, ticket)
    with ThreadPoolExecutor(PRESSED) as people:
        receipts = set(people.map(lambda _: submit(database, ticket, NOW), range(PRESSED)))
    assert len(receipts) == 1
    return ticket, with_code


def test_what_was_sent_is_shown_once_however_often_it_was_sent(database: Database) -> None:
    ticket, _ = sent(database)
    form = open_form(database, ticket, NOW)
    assert form.answers == {}, "there is no draft any more"
    found = sent_answers(database, form, ticket)
    assert found
    assert sent_answers(database, form, ticket) is None


def test_of_many_who_ask_at_once_one_is_shown_it(database: Database) -> None:
    ticket, _ = sent(database)
    form = open_form(database, ticket, NOW)
    with ThreadPoolExecutor(PRESSED) as people:
        found = list(people.map(lambda _: sent_answers(database, form, ticket), range(PRESSED)))
    assert sum(one is not None for one in found) == 1


def test_the_code_does_not_open_it(database: Database) -> None:
    ticket, with_code = sent(database)
    assert ticket.copy is not None
    form = open_form(database, with_code, NOW)
    assert (form.receipt is not None, form.answers) == (True, {})
    assert sent_answers(database, form, with_code) is None
    assert sent_answers(database, form, replace(with_code, copy=answering.new_copy_key())) is None
    assert answering.shared_code_of(database, ticket.copy, SECRET) is None
    assert sent_answers(database, form, ticket)


def test_what_nobody_looked_at_goes_when_the_round_closes(database: Database) -> None:
    ticket, _ = sent(database)
    form = open_form(database, ticket, NOW)
    closing.close(database, "PI-1", LATER)
    assert sent_answers(database, form, ticket) is None


def test_an_agreed_team_gets_its_link_with_the_form_and_keeps_it_over_the_close(database: Database) -> None:
    open_round(database, mode="team")
    ticket = ticket_of(codes_of(database)[0], None)
    answered(database, ticket)
    submit(database, ticket, NOW, secret_key=SECRET)
    (first,) = team_results.links_of(database, "PI-1", BASE, SECRET)
    form = open_form(database, ticket, NOW)
    assert team_results.link_of(database, form.entry, form.round, BASE, SECRET) == first.url
    assert team_results.link_of(database, form.entry, form.round, BASE, SECRET[::-1]) == ""
    assert sent_answers(database, form, ticket)
    closing.close(database, "PI-1", LATER, secret_key=SECRET)
    after = team_results.links_of(database, "PI-1", BASE, SECRET)
    assert first in after
    assert len(after) > 1
