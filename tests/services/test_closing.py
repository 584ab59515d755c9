"""Closing: answers become tallies and preliminary scores, and what could link them to people goes."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from assessment.errors import Conflict
from assessment.measure.tally import Tally
from assessment.services import answer_files, closing, reading, releasing
from assessment.services.answering import Given, save_page, ticket_of
from assessment.store import queries, tables
from assessment.store.database import Database, Unreachable
from tests.services.given import (
    FIRST,
    LATER,
    NOW,
    ON_SQLITE,
    SECOND,
    answered,
    as_csv,
    closed_round,
    codes_of,
    open_round,
    rows_of,
    sent,
)

TRACES = (tables.AccessCode, tables.Draft, tables.Receipt)


def count(database: Database, table: type[tables.Base]) -> int:
    """Give how many rows a table has."""
    with database.reading() as session:
        return session.scalars(select(func.count()).select_from(table)).one()


def test_answers_are_counted_by_team_and_question(database: Database) -> None:
    round_ = open_round(database)
    sent(database, codes_of(database)[0])
    answer_files.import_answers(database, as_csv(rows_of("falcon", [3, 5]) + rows_of("newt", ["na"])), "PI-1", NOW)
    closing.close(database, "PI-1", LATER)
    with database.reading() as session:
        tallies = {team.entry.unit: team for team in queries.tallies(session, round_.id)}
    assert {unit: team.forms for unit, team in tallies.items() if team.forms} == {"falcon": 3, "newt": 1}
    assert tallies["falcon"].tallies == {
        "goals": Tally((0, 0, 2, 0, 1)),
        "limits": Tally((0, 0, 1, 0, 1), dont_know=1),
        "batch": Tally((0, 0, 1, 1, 1)),
        "queue": Tally((0, 0, 1, 0, 1), not_applicable=1),
    }
    assert tallies["newt"].tallies["goals"] == Tally((0, 0, 0, 0, 0), not_applicable=1)
    assert tallies["owl"].tallies["goals"] == Tally((0, 0, 0, 0, 0))


def test_what_links_answers_to_people_is_gone(database: Database) -> None:
    open_round(database)
    codes = codes_of(database)
    for code in codes[:5]:
        sent(database, code)
    save_page(database, ticket_of(codes[6], None), Given(1, FIRST), NOW)
    assert [count(database, table) for table in TRACES] == [45, 1, 5]
    with database.reading() as session:
        before = [form.id for form in queries.submissions(session, 1)]
    closing.close(database, "PI-1", LATER)
    assert [count(database, table) for table in TRACES] == [0, 0, 0]
    with database.reading() as session:
        after = [form.id for form in queries.submissions(session, 1)]
    assert len(after) == 5
    assert not set(before) & set(after)


def test_texts_are_torn_from_their_forms(database: Database) -> None:
    open_round(database)
    sent(database, codes_of(database)[0])
    closing.close(database, "PI-1", LATER)
    with database.reading() as session:
        (form,) = queries.submissions(session, 1)
        (comment,) = session.scalars(select(tables.Comment))
        found = (comment.question, comment.text, comment.roster_entry_id)
        comment_id = comment.id
    assert form.answers == {"batch": 4, "goals": 3, "limits": "dk", "queue": "na"}
    assert list(form.answers) == sorted(form.answers)  # nor does the order of keys tell who went back to a page
    assert found == ("why", SECOND["why"], form.entry_id)
    assert comment_id != form.id


def test_other_rounds_keep_their_codes(database: Database) -> None:
    for code in ("PI-1", "PI-2"):
        open_round(database, code)
    codes_of(database)
    kept = ticket_of(codes_of(database, code="PI-2")[0], None)
    answered(database, kept)
    closing.close(database, "PI-1", LATER)
    assert count(database, tables.AccessCode) == 45
    assert count(database, tables.Draft) == 1


@ON_SQLITE
def test_no_code_and_no_text_is_left_in_the_file(database: Database) -> None:
    open_round(database)
    codes = codes_of(database)
    ticket = ticket_of(codes[0], None)
    answered(database, ticket)
    path = database.path or Path()
    assert ticket.code_hash.encode() in path.read_bytes()
    closing.close(database, "PI-1", LATER)
    whole = path.read_bytes()
    assert ticket.code_hash.encode() not in whole
    assert SECOND["why"].encode() not in whole  # it was a draft, never sent


def test_the_order_of_forms_does_not_tell_the_order_of_arrival(database: Database) -> None:
    open_round(database, mode="link")
    levels = [1, 2, 3, 4, 5] * 6
    answer_files.import_answers(database, as_csv(rows_of("falcon", levels)), "PI-1", NOW)
    closing.close(database, "PI-1", LATER)
    with database.reading() as session:
        found = [form["goals"] for form in session.scalars(select(tables.Submission.answers))]
    assert sorted(found) == sorted(levels)
    assert found != levels  # but for one time in billions of billions


def test_preliminary_scores_are_made_and_held_back_like_any_other(database: Database) -> None:
    closed_round(database, {"falcon": [3] * 8, "heron": [4] * 8, "ibex": [5] * 9, "lynx": [2] * 8, "newt": [5] * 4})
    found = {(row.unit, row.dimension): row for row in reading.scores(database, "PI-1", preliminary=True)}
    assert found["rail", ""].value == pytest.approx(4)
    assert found["newt", ""].hidden
    assert found["road", ""].hidden  # its two teams cannot protect each other
    assert (found["move", ""].value, found["move", ""].qualifier) == (3, ">=")  # nor can its two ARTs
    assert found["lynx", ""].value == pytest.approx(2)
    with pytest.raises(Conflict, match="is not released yet"):
        reading.scores(database, "PI-1")


def test_a_round_closes_once_and_the_audit_says_who_did_it(database: Database) -> None:
    open_round(database)
    closing.close(database, "PI-1", LATER, by="lace@example.org")
    with pytest.raises(Conflict, match="the round PI-1 is closed already"):
        closing.close(database, "PI-1", LATER)
    with database.reading() as session:
        events = queries.audit_events(session, 10)
    assert [(event.at, event.actor, event.action, event.subject) for event in events] == [
        (LATER, "lace@example.org", "round closed", "PI-1")
    ]


def _die(*_given: object) -> releasing.Frozen:
    raise KeyboardInterrupt


def test_nobody_waits_while_the_answers_are_counted(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    open_round(database)
    sent(database, codes_of(database)[0])
    measure = releasing.measure

    def measure_while_others_write(*given: Any) -> releasing.Frozen:  # noqa: ANN401 - as it is called
        open_round(database, "PI-2")
        return measure(*given)

    monkeypatch.setattr(releasing, "measure", measure_while_others_write)
    assert closing.close(database, "PI-1", LATER)
    assert reading.scores(database, "PI-1", "falcon", preliminary=True)


def test_a_close_that_was_broken_off_is_finished_by_closing_again(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    round_ = open_round(database)
    code, *others = codes_of(database)
    sent(database, code)
    with monkeypatch.context() as patch:
        patch.setattr(releasing, "measure", _die)
        with pytest.raises(KeyboardInterrupt):
            closing.close(database, "PI-1", LATER, by="lace@example.org")
    with pytest.raises(Conflict, match="has closed"):
        sent(database, others[0])
    for attempt in (
        lambda: reading.scores(database, "PI-1", preliminary=True),
        lambda: reading.review_sheet(database, "PI-1"),
        lambda: releasing.review(database, "PI-1", []),
        lambda: releasing.release(database, "PI-1", LATER),
    ):
        with pytest.raises(Conflict, match="the round PI-1 is being closed"):
            attempt()
    closing.close(database, "PI-1", LATER + (LATER - NOW))
    assert [count(database, table) for table in TRACES] == [0, 0, 0]
    with database.reading() as session:
        assert sum(team.forms for team in queries.tallies(session, round_.id)) == 1
        closed = queries.round_by_code(session, "PI-1")
        assert [event.action for event in queries.audit_events(session, 10)] == ["round closed"]
    assert closed is not None
    assert closed.closed_at == LATER
    with pytest.raises(Conflict, match="the round PI-1 is closed already"):
        closing.close(database, "PI-1", LATER)


def test_a_round_closes_though_its_space_cannot_be_given_back_yet(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    attempts: list[int] = []

    def busy(_database: Database) -> None:
        attempts.append(1)
        raise Unreachable("the database is locked")

    for code in ("PI-1", "PI-2"):
        open_round(database, code)
    with monkeypatch.context() as patch:
        patch.setattr(Database, "vacuum", busy)
        assert not closing.close(database, "PI-1", LATER)
    assert len(attempts) == closing.ATTEMPTS
    with database.reading() as session:
        assert [(event.action, event.subject) for event in queries.audit_events(session, 10)] == [
            ("vacuum due", "PI-1"),
            ("round closed", "PI-1"),
        ]
    assert closing.close(database, "PI-2", LATER)


def test_a_round_that_nobody_answered_closes_too(database: Database) -> None:
    open_round(database)
    closing.close(database, "PI-1", LATER)
    found = reading.scores(database, "PI-1", "falcon", preliminary=True)
    assert {(row.value, row.n, row.N, row.low, row.high, row.hidden) for row in found} == {(None, 0, 8, 1, 5, False)}
