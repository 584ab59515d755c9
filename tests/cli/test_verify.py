"""`assessment verify`, a release made anew, and how questions fared, on the command line."""

import json
import sqlite3
from contextlib import closing

from tests.cli.given import Installation
from tests.services.given import RATED, rows_of

ROWS = [row for team in ("falcon", "heron", "ibex") for row in rows_of(team, [1, 2, 3, 3, 4, 4, 5, 5])]


def spoil(here: Installation, statement: str) -> None:
    """Change the database behind the application's back."""
    with closing(sqlite3.connect(here.path / "assessment.sqlite")) as connection, connection:
        assert connection.execute(statement).rowcount


def test_every_release_is_told_in_a_line(here: Installation) -> None:
    here.release_round(ROWS)
    lines = here.done("verify").splitlines()
    scores = here.printed("scores", "--round", "PI-1", "--questions")
    assert lines[0] == f"PI-1, preliminary: {len(scores)} scores and 0 steps as they were released"
    assert lines[1].startswith(f"PI-1, release 1: {len(scores)} scores and ")
    assert lines[2:] == ["the database is whole"]
    assert here.done("verify", "--round", "PI-1").splitlines() == lines
    found = here.printed("verify")
    assert found["database"] == []
    assert [(one["round"], one["number"], one["sealed"], one["sound"]) for one in found["releases"]] == [
        ("PI-1", 0, True, True),
        ("PI-1", 1, True, True),
    ]


def test_an_empty_database_is_whole(here: Installation) -> None:
    assert here.done("verify") == "the database is whole\n"


def test_a_difference_ends_with_1_and_names_unit_dimension_and_figure(here: Installation) -> None:
    here.release_round(ROWS)
    spoil(here, "UPDATE score SET n = 9 WHERE release_id = 2 AND unit = 'rail' AND dimension = 'flow'")
    result = here.call("verify")
    assert result.exit_code == 1
    assert "error: PI-1, release 1: rail, flow: score n is 9, should be 24" in result.stderr.splitlines()
    assert "PI-1, preliminary: " in result.stdout
    assert "release 1" not in result.stdout
    result = here.call("verify", "--format", "json")
    assert result.exit_code == 1
    (difference,) = json.loads(result.stdout)["releases"][1]["differences"]
    assert difference == {
        "unit": "rail",
        "dimension": "flow",
        "kind": "score",
        "figure": "n",
        "stored": 9,
        "recomputed": 24,
    }


def test_a_database_that_is_not_whole_ends_with_1(here: Installation) -> None:
    here.release_round(ROWS)
    spoil(here, "DELETE FROM roster_entry WHERE unit_code = 'owl'")
    result = here.call("verify")
    assert result.exit_code == 1
    assert "error: the database: 1 rows of tally refer to a roster_entry that is not there" in result.stderr
    assert "the database is damaged" in result.stdout


def test_a_round_that_is_not_closed_has_nothing_to_verify(here: Installation) -> None:
    here.open_round()
    for code, sentence in (("PI-1", "has nothing to verify"), ("PI-9", "there is no round PI-9")):
        result = here.call("verify", "--round", code)
        assert result.exit_code == 1
        assert sentence in result.stderr


def test_under_another_secret_key_the_seals_do_not_fit(here: Installation) -> None:
    here.release_round(ROWS)
    result = here.call("verify", secret_key="another secret, which is long enough too")
    assert result.exit_code == 1
    assert result.stderr.count("its seal does not fit") == 2


def test_a_round_is_released_anew_for_a_reason(here: Installation) -> None:
    here.release_round(ROWS)
    for given in ((), ("--reason", " "), ("--reason", "x" * 2001), ("--reason", "two\nlines")):
        result = here.call("round", "release", "PI-1", *given)
        assert (result.exit_code, result.stdout) == (1, ""), given
    words = here.done("round", "release", "PI-1", "--reason", "A fault in the method was mended.")
    assert words.startswith("Round PI-1 is released (release 2, ")
    assert here.done("verify").count("as they were released") == 3


def test_how_questions_fared_is_printed(here: Installation) -> None:
    here.open_round()
    assert "is not closed yet" in here.call("round", "questions", "PI-1").stderr
    here.release_round(ROWS, "PI-2")
    words = here.done("round", "questions", "PI-2")
    assert words.startswith("PI-2 (PI-2): 24 forms.")
    assert all(f"\n{name} " in words for name in (*RATED, "leading", "flow"))
    found = here.printed("round", "questions", "PI-2")
    assert found.keys() == {"round", "forms", "questions", "dimensions"}
    goals = found["questions"][0]
    assert (goals["question"], goals["n"], goals["ceiling"], goals["verdict"]) == ("goals", 24, 0.25, "fine")
    assert goals["item_rest"] is None  # 24 people are too few
