"""Rounds: opened over a roster, followed, extended; what cannot be opened leaves nothing behind."""

from datetime import timedelta
from typing import Any

import pytest

from assessment.errors import Conflict, Invalid, NotFound, Refused
from assessment.services import answer_files, closing, organisation, releasing, rounds
from assessment.services.round_state import state_of
from assessment.services.rounds import Opening
from assessment.store import queries
from assessment.store.database import Database
from assessment.store.records import RosterEntry, RoundRecord
from tests.services.given import (
    LATER,
    NOW,
    ON_SQLITE,
    QUESTIONNAIRE,
    RAIL,
    SECRET,
    TEAMS,
    UNITS,
    as_csv,
    codes_of,
    open_round,
    rows_of,
    sent,
)

DAY = timedelta(days=1)


def roster(database: Database, round_: RoundRecord) -> list[RosterEntry]:
    """Give who is asked."""
    with database.reading() as session:
        return queries.roster(session, round_.id)


def found(database: Database, code: str = "PI-1") -> RoundRecord:
    """Give a round as it is stored."""
    with database.reading() as session:
        return rounds.needed(session, code)


@pytest.mark.parametrize("mode", ["codes", "link", "team"])
def test_a_round_asks_every_team_with_the_path_above_it(database: Database, mode: str) -> None:
    opened = open_round(database, mode=mode, title="First round", closes_at=LATER)
    assert (opened.code, opened.title, opened.mode, opened.threshold) == ("PI-1", "First round", mode, 5)
    assert (opened.opens_at, opened.closes_at, opened.closed_at) == (NOW, LATER, None)
    entries = roster(database, opened)
    assert [entry.unit for entry in entries] == list(TEAMS)
    assert [step.code for step in entries[0].path] == ["top", "move", "rail"]
    assert (entries[0].name, entries[0].headcount) == ("Falcon", 8)
    with database.reading() as session:
        links = queries.shared_links(session, opened.id)
    assert len(links) == (0 if mode == "codes" else len(TEAMS))


@pytest.mark.parametrize(
    ("units", "expected"),
    [
        (("move",), [*RAIL, "lynx", "newt"]),
        (("rail", "owl"), [*RAIL, "owl"]),
        (("newt",), ["newt"]),
        (("top",), list(TEAMS)),
    ],
)
def test_naming_units_asks_everyone_below_them(database: Database, units: tuple[str, ...], expected: list[str]) -> None:
    assert [entry.unit for entry in roster(database, open_round(database, units=units))] == expected


def test_a_round_without_a_title_is_called_by_its_code(database: Database) -> None:
    assert open_round(database).title == "PI-1"


@ON_SQLITE
@pytest.mark.parametrize(
    ("opening", "kind", "sentence"),
    [
        ({"units": ("rail", "nowhere")}, NotFound, "there is no unit nowhere"),
        ({"units": ("guild",)}, Invalid, "there is no team to ask"),
        ({"threshold": 2}, Invalid, "the threshold is 2; under 3 people are recognised"),
        ({"mode": "paper"}, Invalid, "“paper” is no mode; there are codes, link, team"),
        ({"closes_at": NOW}, Invalid, "the round would close before it opens"),
        ({"opens_at": LATER, "closes_at": NOW + DAY}, Invalid, "the round would close before it opens"),
        ({"threshold": 1001}, Invalid, "the threshold is 1001; it may be 1,000 at the most"),
        ({"title": "First\nround"}, Invalid, "the title must be one line"),
        ({"title": "x" * 201}, Invalid, "the title must be one line of at most 200 characters"),
        ({"code": "PI/1"}, Invalid, "“PI/1” is no code for a round"),
        ({"code": ""}, Invalid, "“” is no code for a round"),
        ({"code": "x" * 81}, Invalid, "is no code for a round"),
    ],
)
def test_what_cannot_be_opened_leaves_nothing_behind(
    database: Database, opening: dict[str, Any], kind: type[Refused], sentence: str
) -> None:
    with pytest.raises(kind, match=sentence):
        open_round(database, **{"code": "PI-1", **opening})
    with database.reading() as session:
        assert queries.rounds(session) == []
        assert queries.questionnaire_version(session, "check", "1") is None


def test_a_round_needs_to_know_how_many_people_it_asks(database: Database) -> None:
    organisation.import_units(database, UNITS + b"team,raven,Raven,rail,\nteam,stoat,Stoat,rail,0\n")
    with pytest.raises(Invalid) as refusal:
        rounds.open_round(database, QUESTIONNAIRE, Opening("PI-1"), SECRET, NOW)
    assert refusal.value.faults == ("team raven (Raven) has no headcount", "team stoat (Stoat) has no headcount")
    rounds.open_round(database, QUESTIONNAIRE, Opening("PI-1", units=("falcon",)), SECRET, NOW)


def test_a_code_is_used_once(database: Database) -> None:
    open_round(database)
    with pytest.raises(Conflict, match="there is a round PI-1 already"):
        open_round(database, title="Another")
    assert found(database).title == "PI-1"


def test_a_version_has_one_content(database: Database) -> None:
    open_round(database)
    open_round(database, "PI-2")  # the same once more is fine
    with pytest.raises(Conflict, match="check is stored in version 1 with another content"):
        open_round(database, "PI-3", content=QUESTIONNAIRE + b"# a remark\n")
    with database.reading() as session:
        assert [round_.code for round_ in queries.rounds(session)] == ["PI-1", "PI-2"]


def test_a_round_goes_from_planned_to_released(database: Database) -> None:
    round_ = open_round(database, opens_at=NOW + DAY, closes_at=LATER)
    moments = [NOW, NOW + DAY, LATER - timedelta(microseconds=1), LATER]
    assert [state_of(round_, moment) for moment in moments] == ["planned", "open", "open", "ended"]
    closing.close(database, "PI-1", LATER)
    assert state_of(found(database), LATER) == "closed"
    releasing.release(database, "PI-1", LATER)
    assert [state_of(found(database), moment) for moment in moments] == ["released"] * 4


def test_without_an_end_a_round_is_open_until_it_is_closed(database: Database) -> None:
    assert state_of(open_round(database), NOW + 1000 * DAY) == "open"


def test_progress_counts_and_says_no_more(database: Database) -> None:
    open_round(database)
    sent(database, codes_of(database)[0])
    progress = rounds.progress(database, "PI-1", NOW)
    assert progress.state == "open"
    assert [(team.team, team.submitted, team.headcount) for team in progress.teams][:2] == [
        ("falcon", 1, 8),
        ("heron", 0, 8),
    ]
    assert {team.art_name for team in progress.teams} == {"Rail", "Road", "Home"}
    closing.close(database, "PI-1", LATER)
    assert rounds.progress(database, "PI-1", LATER).teams[0].submitted == 1


def test_progress_in_mode_team_expects_one_form_a_team(database: Database) -> None:
    open_round(database, mode="team")
    assert {team.headcount for team in rounds.progress(database, "PI-1", NOW).teams} == {1}


def test_an_open_or_ended_round_is_given_more_time(database: Database) -> None:
    open_round(database, closes_at=NOW + DAY)
    rounds.extend(database, "PI-1", LATER, NOW + 2 * DAY)
    assert state_of(found(database), NOW + 2 * DAY) == "open"


def test_time_is_not_given_in_the_past_nor_before_the_opening_nor_after_the_close(database: Database) -> None:
    open_round(database, opens_at=NOW + DAY, closes_at=LATER)
    for moment in (NOW - DAY, NOW, NOW + DAY):
        with pytest.raises(Invalid, match="must lie in the future"):
            rounds.extend(database, "PI-1", moment, NOW)
    closing.close(database, "PI-1", LATER)
    with pytest.raises(Conflict, match="never opens again"):
        rounds.extend(database, "PI-1", LATER + DAY, LATER)
    assert found(database).closes_at == LATER


def test_a_round_that_is_not_there(database: Database) -> None:
    for ask in (rounds.progress, closing.close, releasing.release):
        with pytest.raises(NotFound, match="there is no round PI-9"):
            ask(database, "PI-9", NOW)


def test_a_team_that_moved_keeps_its_path_in_rounds_that_were_opened_before(database: Database) -> None:
    before = open_round(database)
    open_round_after_move(database)
    assert roster(database, before)[0].path[-1].code == "rail"
    assert roster(database, found(database, "PI-2"))[0].path[-1].code == "road"


def open_round_after_move(database: Database) -> None:
    """Move a team to another ART and open another round."""
    organisation.import_units(database, b"kind,code,name,parent,headcount\nteam,falcon,Falcon,road,8\n")
    rounds.open_round(database, QUESTIONNAIRE, Opening("PI-2"), SECRET, LATER)


def test_a_round_may_lie_in_the_past_so_that_its_answers_can_be_brought_along(database: Database) -> None:
    round_ = open_round(database, opens_at=NOW - 2 * DAY, closes_at=NOW - DAY)
    assert state_of(round_, NOW) == "ended"
    answer_files.import_answers(database, as_csv(rows_of("falcon", [3])), "PI-1", NOW)
    closing.close(database, "PI-1", NOW)
