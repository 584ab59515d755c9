"""What some roles alone are asked, and what stands beside answers: nothing of it points to a person after the close."""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from sqlalchemy import select

from assessment.services import closing, organisation, questionnaires, reading, releasing
from assessment.services.answering import new_submission_id
from assessment.services.stepping import steps_since
from assessment.store import queries, tables, writes
from assessment.store.database import Database
from assessment.store.records import RoundRecord, ScoreRecord, SubmissionRecord, UnitTallies
from tests.services.given import LATER, UNITS, open_round

ASKING_ROLES = b"""format: 1
id: roles
version: "1"
title: Roles
roles: [owner]
scales: {five: {levels: [{value: 1, label: a}, {value: 2, label: b}, {value: 3, label: c}, {value: 4, label: d},
                         {value: 5, label: e}]}}
dimensions:
  - id: flow
    title: Flow
    questions:
      - id: batch
        type: rating
        scale: five
        text: Batches are small.
        evidence: {links: 2, comment: true}
        not-applicable: {reason: optional}
      - {id: queue, type: rating, scale: five, text: Queues are short., show-if: {question: batch, op: "<", value: 3}}
      - {id: decide, type: rating, scale: five, text: I decide what comes first., roles: [owner]}
      - {id: tools, type: multiple, text: With what?, roles: [owner], options: [{id: x, label: X}, {id: y, label: Y}]}
      - {id: why, type: text, text: Why?, roles: [owner]}
      - {id: days, type: number, text: How many days?}
      - {id: more, type: text, text: What else?}
"""
OUTSIDE = b"team,lone,Lone,move,9\n"
OWNER: dict[str, Any] = {"decide": 4, "tools": ["x", "y"], "why": {"text": "Somebody must."}, "batch": 2, "queue": 3}


def closed(database: Database, forms: Mapping[str, Sequence[Mapping[str, Any]]], mode: str = "codes") -> RoundRecord:
    """Open a round, put in forms by team, and close it."""
    round_ = open_round(database, content=ASKING_ROLES, mode=mode)
    with database.writing() as session:
        entries = {entry.unit: entry.id for entry in queries.roster(session, round_.id)}
        given = [
            SubmissionRecord(new_submission_id(), entries[team], form) for team, of in forms.items() for form in of
        ]
        writes.add_submissions(session, round_.id, given)
    closing.close(database, "PI-1", LATER)
    return round_


def rows(database: Database) -> dict[tuple[str, str], ScoreRecord]:
    """Give all preliminary scores by unit and name."""
    found = reading.scores(database, "PI-1", questions=True, preliminary=True)
    return {(row.unit, row.dimension): row for row in found}


def test_answers_of_a_role_are_counted_for_the_art_and_leave_the_forms(database: Database) -> None:
    others = [{"batch": 5}] * 7
    round_ = closed(database, {team: [OWNER, *others] for team in ("falcon", "heron", "ibex")} | {"newt": [OWNER]})
    with database.reading() as session:
        assert queries.unit_tallies(session, round_.id) == [
            UnitTallies("home", {}),
            UnitTallies("rail", {"decide": {"4": 3}, "tools": {"x": 3, "y": 3}}),
            UnitTallies("road", {"decide": {"4": 1}, "tools": {"x": 1, "y": 1}}),
        ]
        kept = {name for form in queries.submissions(session, round_.id) for name in form.answers}
        of_teams = {name for team in queries.tallies(session, round_.id) for name in team.tallies}
        comments = session.execute(
            select(tables.Comment.question, tables.Comment.unit_code, tables.Comment.roster_entry_id)
        ).all()
    assert kept == of_teams == {"batch", "queue"}
    assert sorted(tuple(comment) for comment in comments) == [
        ("why", "rail", None),
        ("why", "rail", None),
        ("why", "rail", None),
        ("why", "road", None),
    ]


def test_a_roles_scores_stand_beside_the_arts_and_in_none_of_them(database: Database) -> None:
    owner, other = {**OWNER, "decide": 1}, {"batch": 2, "queue": 3}
    closed(database, {team: [owner, owner, *([other] * 6)] for team in ("falcon", "heron", "ibex")})
    found = rows(database)
    assert {unit for unit, name in found if name == "decide"} == {"home", "rail", "road"}
    decide = found["rail", "decide"]
    assert (decide.is_question, decide.kind, decide.parent) == (True, "art", "move")
    assert (decide.value, decide.qualifier, decide.n, decide.N) == (1.5, "<=", 6, None)
    assert (decide.coverage, decide.low, decide.high, decide.distribution) == (None, None, None, None)
    assert found["rail", "flow"].value == 2.5
    assert (found["home", "decide"].n, found["home", "decide"].value, found["home", "decide"].hidden) == (
        0,
        None,
        False,
    )
    releasing.release(database, "PI-1", LATER)
    assert [row.dimension for row in reading.scores(database, "PI-1", "rail", questions=True)] == [
        "", "flow", "batch", "queue", "decide"
    ]  # fmt: skip


def test_few_answers_of_a_role_are_hidden_and_in_mode_team_told(database: Database) -> None:
    closed(database, {team: [OWNER, *([{"batch": 3}] * 7)] for team in ("falcon", "heron", "ibex")})
    decide = rows(database)["rail", "decide"]
    assert (decide.hidden, decide.value, decide.n) == (True, None, None)


def test_in_mode_team_every_role_is_asked_openly(database: Database) -> None:
    closed(database, {"falcon": [OWNER], "heron": [{**OWNER, "decide": 5}]}, mode="team")
    decide = rows(database)["rail", "decide"]
    assert (decide.value, decide.n, decide.N, decide.distribution, decide.hidden) == (
        4.5,
        2,
        None,
        (0, 0, 0, 1, 1),
        False,
    )


def test_a_team_outside_of_any_art_tells_nothing_of_its_roles(database: Database) -> None:
    organisation.import_units(database, UNITS + OUTSIDE)
    round_ = closed(database, {"lone": [OWNER]})
    with database.reading() as session:
        assert [unit.words for unit in queries.unit_tallies(session, round_.id)] == [{}, {}, {}]
        assert [form.answers for form in queries.submissions(session, round_.id)] == [{"batch": 2, "queue": 3}]
        assert not session.scalars(select(tables.Comment.id)).all()


def test_what_is_said_beside_an_answer_becomes_a_comment_and_numbers_stay(database: Database) -> None:
    form = {
        "batch": "na",
        "batch:reason": "We plan by the day.",
        "batch:links": ["https://example.org/a", "https://example.org/b"],
        "days": {"number": 3},
        "more": {"text": "Thanks."},
    }
    round_ = closed(database, {"falcon": [form]})
    with database.reading() as session:
        (left,) = queries.submissions(session, round_.id)
        entry = left.entry_id
        found = session.execute(
            select(
                tables.Comment.question, tables.Comment.text, tables.Comment.roster_entry_id, tables.Comment.unit_code
            )
        ).all()
    assert left.answers == {"batch": "na", "days": {"number": 3}}
    assert sorted(tuple(row) for row in found) == [
        ("batch:links", "https://example.org/a\nhttps://example.org/b", entry, None),
        ("batch:reason", "We plan by the day.", entry, None),
        ("more", "Thanks.", entry, None),
    ]


def test_who_was_not_asked_is_counted_apart(database: Database) -> None:
    round_ = closed(database, {"falcon": [{"batch": 1, "queue": 4}] * 5 + [{"batch": 4}] * 3})
    with database.reading() as session:
        queue = next(
            team.tallies["queue"] for team in queries.tallies(session, round_.id) if team.entry.unit == "falcon"
        )
    assert (queue.levels, queue.blank, queue.not_asked) == ((0, 0, 0, 5, 0), 0, 3)
    found = rows(database)["falcon", "queue"]
    assert (found.n, found.N, found.coverage) == (5, 5, 1)


def test_a_role_has_no_step_from_round_to_round(database: Database) -> None:
    round_ = closed(database, {team: [OWNER] * 8 for team in ("falcon", "heron", "ibex")})
    with database.reading() as session:
        steps = steps_since(session, round_, questionnaires.asked_in(session, round_), rows(database).values())
    assert "decide" not in {step.dimension for step in steps}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_no_trace_of_a_roles_answer_is_left_in_the_file(database: Database) -> None:
    closed(database, {"falcon": [{**OWNER, "why": {"text": "x"}, "decide": 4}]})
    content = (database.path.read_bytes() if database.path else b"").replace(ASKING_ROLES, b"")
    assert b'"tools":["x","y"]' not in content
