"""Units are put by their codes; the same again changes nothing."""

from dataclasses import replace

import pytest

from assessment.errors import Invalid
from assessment.store import queries, writes
from assessment.store.database import Database
from assessment.store.records import UnitRecord
from tests.store import given

PORTFOLIO = UnitRecord("portfolio", "portfolio", "Portfolio", None, None)
ART = UnitRecord("art", "art", "Züge & Gleise", "portfolio", None)
TEAM = UnitRecord("team-a", "team", "Team A", "art", 7)


def test_units_come_back_in_the_order_of_their_codes_whatever_order_they_came_in(database: Database) -> None:
    with database.writing() as session:
        assert queries.is_empty(session)
        assert writes.put_units(session, [TEAM, ART, PORTFOLIO]) == 3
    with database.reading() as session:
        assert queries.units(session) == [ART, PORTFOLIO, TEAM]
        assert queries.unit(session, "art") == ART
        assert queries.unit(session, "ART") is None
        assert not queries.is_empty(session)


def test_codes_are_sorted_alike_on_both_databases(database: Database) -> None:
    codes = ["Z", "a-1", "a1", "B", "ä", "a_1", "a 1", "1"]
    with database.writing() as session:
        writes.put_units(session, [UnitRecord(code, "team", code, None, 1) for code in codes])
    with database.reading() as session:
        assert [unit.code for unit in queries.units(session)] == sorted(codes)


def test_the_same_again_changes_nothing(database: Database) -> None:
    with database.writing() as session:
        writes.put_units(session, [PORTFOLIO, ART, TEAM])
    with database.writing() as session, given.counted() as statements:
        assert writes.put_units(session, [PORTFOLIO, ART, TEAM]) == 0
    assert len(statements) == 1


def test_what_differs_is_changed_and_the_rest_stays(database: Database) -> None:
    moved = replace(TEAM, parent="portfolio", name="Team Ä", headcount=8)
    with database.writing() as session:
        writes.put_units(session, [PORTFOLIO, ART, TEAM])
    with database.writing() as session:
        assert writes.put_units(session, [moved, ART]) == 1
    with database.reading() as session:
        assert queries.units(session) == [ART, PORTFOLIO, moved]


def test_a_parent_may_be_taken_away(database: Database) -> None:
    with database.writing() as session:
        writes.put_units(session, [PORTFOLIO, ART])
        assert writes.put_units(session, [replace(ART, parent=None)]) == 1
        assert queries.unit(session, "art") == replace(ART, parent=None)


def test_a_parent_that_is_nowhere_is_refused_by_name(database: Database) -> None:
    with (
        pytest.raises(Invalid, match="unit team-a: there is no unit art to be its parent"),
        database.writing() as session,
    ):
        writes.put_units(session, [PORTFOLIO, TEAM])
    with database.reading() as session:
        assert queries.is_empty(session)


def test_many_units_take_as_many_statements_as_few(database: Database) -> None:
    teams = [UnitRecord(f"team-{number}", "team", "Team", "art", 5) for number in range(500)]
    with database.writing() as session, given.counted() as statements:
        assert writes.put_units(session, [PORTFOLIO, ART, *teams]) == 502
    assert len(statements) == 4
