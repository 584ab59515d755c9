"""Answering: from a code to the receipt, once, and only while the round is open."""

from concurrent.futures import Future, ThreadPoolExecutor, wait
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from assessment.errors import Conflict, Invalid, NotFound, Refused
from assessment.services import answer_files, closing, links, releasing, rounds
from assessment.services.answering import (
    Form,
    Given,
    Ticket,
    new_draft_token,
    open_form,
    save,
    save_page,
    submit,
    ticket_of,
)
from assessment.services.codes import hash_of, new_code, normalised, shared_code
from assessment.store import queries, tables, writes
from assessment.store.database import Database
from tests.services.given import (
    BASE,
    FIRST,
    LATER,
    NOW,
    ON_SQLITE,
    SECOND,
    SECRET,
    answered,
    as_csv,
    codes_of,
    open_round,
    rows_of,
    sent,
)
from tests.store.given import counted

DAY = timedelta(days=1)


@pytest.fixture
def ticket(database: Database) -> Ticket:
    """What opens a form of the first team in an open round."""
    open_round(database, closes_at=LATER)
    return ticket_of(codes_of(database)[0], None)


def rows_in(database: Database, table: type[tables.Base]) -> int:
    """Give how many rows a table has."""
    with database.reading() as session:
        return session.scalars(select(func.count()).select_from(table)).one()


def test_a_code_opens_the_empty_form_of_its_team(database: Database, ticket: Ticket) -> None:
    form = open_form(database, ticket, NOW)
    assert (form.entry.unit, form.state, form.answers, form.receipt, form.shared) == ("falcon", "open", {}, None, False)
    assert form.questionnaire.id == "check"
    assert [question.id for question in form.questions_on(2)] == ["batch", "queue", "why"]


@pytest.mark.parametrize("code", ["", "0", "ABCD-EFGH-JKMN-PQRS", "\ud800", "Ω" * 300])
def test_an_unknown_code_opens_nothing(database: Database, ticket: Ticket, code: str) -> None:
    with pytest.raises(NotFound, match="This code is not known"):
        open_form(database, ticket_of(code, None), NOW)
    with pytest.raises(NotFound):
        save_page(database, ticket_of(code, None), Given(1, FIRST, complete=True), NOW)
    with pytest.raises(NotFound):
        submit(database, ticket_of(code, None), NOW)
    assert open_form(database, ticket, NOW).answers == {}


def test_a_code_is_forgiven_its_case_its_dashes_and_its_look_alikes() -> None:
    code = "10A0-1B2C-3D4E-5F6G"
    for typed in ("10a01b2c3d4e5f6g", " 10A0 1B2C 3D4E 5F6G ", "IOA0-LB2C-3D4E-5F6G", "loao–ib2c–3d4e–5f6g"):
        assert hash_of(typed) == hash_of(code)
    assert hash_of("10A0-1B2C-3D4E-5F6H") != hash_of(code)


def test_codes_have_eighty_bits_of_an_alphabet_without_look_alikes() -> None:
    letters = {letter for _ in range(200) for letter in normalised(new_code())}
    assert letters == set("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
    assert len({new_code() for _ in range(200)}) == 200
    assert {len(new_code()), len(shared_code(SECRET, "nonce")), len(new_draft_token())} == {19}
    assert shared_code(SECRET, "nonce") == shared_code(SECRET, "nonce") != shared_code(SECRET, "another")


def test_a_page_is_saved_and_found_again(database: Database, ticket: Ticket) -> None:
    reading = save_page(database, ticket, Given(1, FIRST, complete=True), NOW)
    assert (reading.answers, reading.problems) == ({"goals": 3, "limits": "dk"}, ())
    assert open_form(database, ticket, NOW).answers == {"goals": 3, "limits": "dk"}
    save_page(database, ticket, Given(2, SECOND, complete=True), NOW)
    assert open_form(database, ticket, NOW).answers == {
        "goals": 3,
        "limits": "dk",
        "batch": 4,
        "queue": "na",
        "why": {"text": "Too much at once."},
    }


def test_what_fits_is_kept_though_the_rest_does_not(database: Database, ticket: Ticket) -> None:
    save_page(database, ticket, Given(1, {"goals": "3", "limits": "2"}, complete=True), NOW)
    reading = save_page(database, ticket, Given(1, {"goals": "5", "limits": "9"}, complete=True), NOW)
    assert [problem.question for problem in reading.problems] == ["limits"]
    assert open_form(database, ticket, NOW).answers == {"goals": 5, "limits": 2}


def test_an_answer_taken_back_is_gone(database: Database, ticket: Ticket) -> None:
    answered(database, ticket)
    save_page(database, ticket, Given(2, {"batch": "4", "queue": "", "why": "  "}, complete=True), NOW)
    assert open_form(database, ticket, NOW).answers == {"goals": 3, "limits": "dk", "batch": 4}


def test_a_page_can_be_left_unfinished_but_not_be_complete_then(database: Database, ticket: Ticket) -> None:
    assert not save_page(database, ticket, Given(1, {"goals": "3"}), NOW).problems
    found = save_page(database, ticket, Given(1, {"goals": "3"}, complete=True), NOW).problems
    assert [(problem.question, problem.sentence) for problem in found] == [
        ("limits", "Choose a level, “Does not apply” or “Don’t know”.")
    ]


def test_what_a_question_does_not_offer_is_not_taken(database: Database, ticket: Ticket) -> None:
    (problem,) = save_page(database, ticket, Given(2, {"batch": "dk"}), NOW).problems
    assert problem.sentence == "“dk” is not one of the levels (1, 2, 3, 4, 5)."


def test_answers_to_questions_of_other_pages_are_not_taken(database: Database, ticket: Ticket) -> None:
    save_page(database, ticket, Given(1, FIRST | SECOND | {"nothing": "1"}, complete=True), NOW)
    assert open_form(database, ticket, NOW).answers.keys() == {"goals", "limits"}


def test_a_form_is_submitted_once_and_again_gives_the_same_receipt(database: Database, ticket: Ticket) -> None:
    answered(database, ticket)
    receipt = submit(database, ticket, NOW)
    assert submit(database, ticket, NOW + DAY) == receipt
    assert submit(database, ticket, LATER + DAY) == receipt
    assert (receipt.received_at, len(receipt.reference)) == (NOW, 9)
    assert open_form(database, ticket, NOW).receipt == receipt
    assert rounds.progress(database, "PI-1", NOW).teams[0].submitted == 1
    assert rows_in(database, tables.Draft) == 0


def test_a_submitted_form_takes_no_more_answers(database: Database, ticket: Ticket) -> None:
    answered(database, ticket)
    submit(database, ticket, NOW)
    with pytest.raises(Conflict, match="submitted already"):
        save_page(database, ticket, Given(1, {"goals": "5"}), NOW)
    assert rows_in(database, tables.Draft) == 0


def test_nothing_stored_joins_a_submission_to_its_code_or_moment(database: Database, ticket: Ticket) -> None:
    answered(database, ticket)
    receipt = submit(database, ticket, NOW)
    with database.reading() as session:
        (stored,) = queries.submissions(session, 1)
    assert not {receipt.reference, ticket.code_hash, ticket.key_hash} & {stored.id, *map(str, stored.answers.values())}
    assert set(tables.Submission.__table__.columns.keys()) == {"id", "round_id", "roster_entry_id", "answers"}


def test_required_questions_are_needed_and_others_are_not(database: Database, ticket: Ticket) -> None:
    save_page(database, ticket, Given(1, {"goals": "3"}), NOW)
    with pytest.raises(Invalid) as refusal:
        submit(database, ticket, NOW)
    assert refusal.value.sentence == "2 required questions are still open."
    assert refusal.value.faults == ("limits", "batch")
    save_page(database, ticket, Given(1, FIRST, complete=True), NOW)
    save_page(database, ticket, Given(2, {"batch": "1"}, complete=True), NOW)
    submit(database, ticket, NOW)


@pytest.mark.parametrize("moment", [NOW - DAY, LATER, LATER + DAY])
def test_outside_its_time_a_round_takes_nothing(database: Database, moment: datetime) -> None:
    open_round(database, opens_at=NOW, closes_at=LATER, now=NOW - 2 * DAY)
    ticket = ticket_of(codes_of(database)[0], None)
    answered(database, ticket, NOW)
    sentence = "not open yet" if moment < NOW else "has closed"
    with pytest.raises(Conflict, match=sentence):
        save_page(database, ticket, Given(1, {"goals": "5"}), moment)
    with pytest.raises(Conflict, match=sentence):
        submit(database, ticket, moment)
    form = open_form(database, ticket, moment)
    assert (form.state, form.answers["goals"]) == ("planned" if moment < NOW else "ended", 3)
    assert rows_in(database, tables.Submission) == 0


@pytest.mark.parametrize("released", [False, True])
def test_after_the_close_every_code_is_unknown(database: Database, ticket: Ticket, *, released: bool) -> None:
    answered(database, ticket)
    closing.close(database, "PI-1", LATER)
    if released:
        releasing.release(database, "PI-1", LATER)
    for step in (open_form, submit):
        with pytest.raises(Refused):
            step(database, ticket, NOW)
    assert rows_in(database, tables.Draft) == rows_in(database, tables.Submission) == 0


def test_a_code_of_another_round_opens_that_rounds_form(database: Database, ticket: Ticket) -> None:
    open_round(database, "PI-2")
    other = ticket_of(codes_of(database, code="PI-2")[0], None)
    answered(database, ticket)
    assert open_form(database, other, NOW).round.code == "PI-2"
    assert open_form(database, other, NOW).answers == {}
    submit(database, ticket, NOW)
    assert open_form(database, other, NOW).receipt is None


def test_a_draft_token_belongs_to_one_round(database: Database) -> None:
    for code in ("PI-1", "PI-2"):
        open_round(database, code, mode="link")
    first, second = (ticket_of(codes_of(database, code=code)[0], "one browser") for code in ("PI-1", "PI-2"))
    answered(database, first)
    submit(database, first, NOW)
    form = open_form(database, second, NOW)
    assert (form.answers, form.receipt) == ({}, None)


def test_eight_at_once_submit_one_form(database: Database, ticket: Ticket) -> None:
    answered(database, ticket)
    with ThreadPoolExecutor(8) as people:
        receipts = list(people.map(lambda _: submit(database, ticket, NOW), range(8)))
    assert len(set(receipts)) == 1
    assert rows_in(database, tables.Submission) == rows_in(database, tables.Receipt) == 1


def test_eight_people_at_once_submit_eight_forms(database: Database) -> None:
    open_round(database)
    codes = codes_of(database)
    with ThreadPoolExecutor(8) as people:
        receipts = list(people.map(lambda code: sent(database, code), codes))
    assert len({receipt.reference for receipt in receipts}) == len(codes) == 8
    assert rows_in(database, tables.Submission) == 8


def test_whoever_submits_while_the_round_closes_is_counted_or_told(database: Database) -> None:
    open_round(database)
    tickets = [ticket_of(code, None) for code in codes_of(database)]
    for ticket in tickets:
        answered(database, ticket)

    def hand_in(ticket: Ticket) -> bool:
        try:
            submit(database, ticket, NOW)
        except Refused:
            return False
        return True

    with ThreadPoolExecutor(9) as people:
        handed_in = [people.submit(hand_in, ticket) for ticket in tickets[:4]]
        closed = people.submit(closing.close, database, "PI-1", LATER)
        handed_in += [people.submit(hand_in, ticket) for ticket in tickets[4:]]
        closed.result()
        stored = sum(done.result() for done in handed_in)
    with database.reading() as session:
        tallies = queries.tallies(session, 1)
    assert rows_in(database, tables.Submission) == sum(team.forms for team in tallies) == stored


def test_a_close_while_a_page_is_saved_leaves_no_draft(
    database: Database, ticket: Ticket, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_draft = writes.save_draft
    with ThreadPoolExecutor(1) as lace:
        closed: list[Future[bool]] = []

        def save_later(*given: Any) -> bool:  # noqa: ANN401 - as it is called
            closed.append(lace.submit(closing.close, database, "PI-1", LATER))
            wait(closed, timeout=0.5)
            return save_draft(*given)

        monkeypatch.setattr(writes, "save_draft", save_later)
        save_page(database, ticket, Given(1, FIRST, complete=True), NOW)
        closed[0].result()
    assert rows_in(database, tables.Draft) == 0


def test_what_is_saved_while_the_form_is_sent_is_refused_and_leaves_no_draft(
    database: Database, ticket: Ticket, monkeypatch: pytest.MonkeyPatch
) -> None:
    answered(database, ticket)
    store = writes.submit
    with ThreadPoolExecutor(1) as other_tab:
        saved: list[Future[Any]] = []

        def store_slowly(*given: Any, **named: Any) -> bool:  # noqa: ANN401 - as it is called
            stored = store(*given, **named)
            saved.append(other_tab.submit(save_page, database, ticket, Given(1, {"goals": "5"}), NOW))
            wait(saved, timeout=0.5)
            return stored

        monkeypatch.setattr(writes, "submit", store_slowly)
        submit(database, ticket, NOW)
        with pytest.raises(Conflict, match="submitted already"):
            saved[0].result()
    assert rows_in(database, tables.Draft) == 0


def test_a_form_that_is_sent_while_an_answer_is_saved_has_that_answer_and_leaves_no_draft(
    database: Database, ticket: Ticket
) -> None:
    answered(database, ticket)
    with ThreadPoolExecutor(1) as other_tab:
        sending: list[Future[Any]] = []

        def send_meanwhile(_form: Form) -> Given:
            sending.append(other_tab.submit(submit, database, ticket, NOW))
            wait(sending, timeout=0.5)
            return Given(1, {"goals": "5"}, only="goals", live=True)

        save(database, ticket, NOW, send_meanwhile)
        sending[0].result()
    with database.reading() as session:
        (form,) = queries.submissions(session, 1)
    assert form.answers["goals"] == 5
    assert rows_in(database, tables.Draft) == 0


def test_a_team_whose_form_was_imported_submits_no_second_one(database: Database) -> None:
    open_round(database, mode="team")
    mine, yours = (ticket_of(codes_of(database, team)[0], None) for team in ("falcon", "heron"))
    for each in (mine, yours):
        answered(database, each)
    answer_files.import_answers(database, as_csv(rows_of("falcon", [3])), "PI-1", NOW)
    with pytest.raises(Conflict, match="This team's form is stored already"):
        submit(database, mine, NOW)
    receipt = submit(database, yours, NOW)
    assert submit(database, yours, NOW) == receipt
    assert rows_in(database, tables.Submission) == 2


def test_a_form_is_opened_by_one_statement_and_submitted_by_four(database: Database, ticket: Ticket) -> None:
    answered(database, ticket)
    with counted() as opening:
        open_form(database, ticket, NOW)
    with counted() as submitting:
        submit(database, ticket, NOW)
    assert len(opening) == 1, opening
    assert len(submitting) <= 4, submitting


def test_a_new_link_of_the_same_team_leads_to_the_same_round(database: Database) -> None:
    open_round(database, mode="link")
    (made,) = links.of_round(database, "PI-1", BASE, SECRET, reissue="ibex")
    assert open_form(database, ticket_of(made.codes[0], "token"), NOW).entry.unit == "ibex"


EVERYTHING = (Path(__file__).parents[1] / "questionnaires" / "valid" / "everything.yaml").read_bytes()
TYPES = {"shared": "3", "waiting": "1", "place": "room", "tools": "chart", "members": "7"}


def everything(database: Database, role: str | None, mode: str = "codes") -> Ticket:
    """Open a round with every type of question and conditions, and give a ticket to its form."""
    open_round(database, content=EVERYTHING, mode=mode)
    return ticket_of(codes_of(database)[0], None, role=role)


@ON_SQLITE
def test_hidden_answers_are_kept_while_answering_and_left_out_when_sent(database: Database) -> None:
    ticket = everything(database, "")
    save_page(database, ticket, Given(1, TYPES, complete=True), NOW)
    save_page(
        database, ticket, Given(2, {"releases": "yes", "often": "3", "failures": "0"}, complete=True, live=True), NOW
    )
    saved = save_page(database, ticket, Given(2, {"releases": "no", "often": "3", "blocked": "1"}, complete=True), NOW)
    assert (saved.problems, saved.brought_up) == ((), ())
    assert saved.answers == {"releases": "no", "blocked": 1}
    assert open_form(database, ticket, NOW).answers["often"] == 3
    save_page(database, ticket, Given(4, {"together": "2", "value": "1"}, complete=True), NOW)
    submit(database, ticket, NOW)
    with database.reading() as session:
        round_ = queries.round_by_code(session, "PI-1")
        assert round_ is not None
        (form,) = queries.submissions(session, round_.id)
    assert not {"often", "failures", "value"} & form.answers.keys()
    assert {"blocked", "together"} <= form.answers.keys()


@ON_SQLITE
def test_what_an_answer_brings_up_is_told_apart_from_what_was_left_blank(database: Database) -> None:
    ticket = everything(database, "")
    saved = save_page(database, ticket, Given(2, {"releases": "yes"}, complete=True), NOW)
    assert ([one.id for one in saved.brought_up], saved.problems) == (["often"], ())
    saved = save_page(database, ticket, Given(2, {"releases": "yes"}, complete=True), NOW)
    assert (saved.brought_up, [one.question for one in saved.problems]) == ((), ["often"])
    saved = save_page(database, ticket, Given(2, {"releases": "no"}, complete=True, live=True), NOW)
    assert (saved.brought_up, [one.question for one in saved.problems]) == ((), ["blocked"])


@ON_SQLITE
def test_a_required_question_that_is_hidden_is_not_needed_and_a_reason_is(database: Database) -> None:
    ticket = everything(database, "tester")
    save_page(database, ticket, Given(1, TYPES | {"shared": "na"}), NOW)
    save_page(database, ticket, Given(2, {"releases": "dk"}), NOW)
    with pytest.raises(Invalid) as refusal:
        submit(database, ticket, NOW)
    assert refusal.value.faults == ("shared", "blocked", "together", "tests")


@pytest.mark.parametrize("role", [None, "emperor"])
@ON_SQLITE
def test_without_a_role_where_one_is_asked_for_nothing_is_sent(database: Database, role: str | None) -> None:
    ticket = everything(database, role)
    assert open_form(database, ticket, NOW).lacks_role
    assert not save_page(database, ticket, Given(4, {}, complete=True), NOW).problems
    with pytest.raises(Conflict, match="in which role"):
        submit(database, ticket, NOW)


@ON_SQLITE
def test_a_team_that_agrees_answers_every_role_s_questions_whatever_a_ticket_says(database: Database) -> None:
    form = open_form(database, everything(database, "tester", mode="team"), NOW)
    assert not form.lacks_role
    assert [question.id for question in form.asked_on(4)] == ["together", "value", "tests"]
