"""`assessment audit` on the command line: what it says, what it does not say, and how it ends."""

import json
import sqlite3
from contextlib import closing

from tests.cli.given import Installation
from tests.services.given import as_csv, rows_of

LEVELS = {"falcon": 8, "heron": 8, "ibex": 9, "newt": 4, "owl": 8}
ROWS = [row for team, people in LEVELS.items() for row in rows_of(team, [2, 3, 4, 3, 3, 2, 4, 3, 3][:people])]


def show(here: Installation, unit: str) -> None:
    """Show a unit's hidden scores in the database behind the application's back."""
    statement = "UPDATE score SET hidden = 0, value = 3, n = 9, N = 9 WHERE unit = ? AND hidden = 1 AND release_id = 2"
    with closing(sqlite3.connect(here.path / "assessment.sqlite")) as connection, connection:
        assert connection.execute(statement, (unit,)).rowcount


def test_a_release_from_which_nothing_follows(here: Installation) -> None:
    here.release_round(ROWS)
    told = here.done("audit", "--round", "PI-1")
    hidden = sum(row["hidden"] for row in here.printed("scores", "--round", "PI-1", "--questions"))
    assert hidden
    assert told == f"{hidden} hidden figures checked: none can be worked out or narrowed down\n"
    found = here.printed("audit", "--round", "PI-1")
    assert found == {"round": "PI-1", "releases": [1], "checked": hidden, "open": False, "derivable": []}


def test_what_follows_is_named_without_its_figure_and_ends_with_1(here: Installation) -> None:
    here.release_round(ROWS)
    show(here, "road")
    result = here.call("audit", "--round", "PI-1")
    assert result.exit_code == 1
    assert "error: anybody can work out the hidden overall score of Newt (newt)" in result.stderr.splitlines()
    assert "error: anybody can work out the hidden score of Newt (newt) in “Flow”" in result.stderr.splitlines()
    assert "error: anybody can work out the hidden score of Newt (newt) in the question queue" in result.stderr
    assert result.stdout == ""
    result = here.call("audit", "--round", "PI-1", "--format", "json")
    assert result.exit_code == 1
    leak = next(
        one for one in json.loads(result.stdout)["derivable"] if (one["unit"], one["dimension"]) == ("newt", "flow")
    )
    assert (leak["release"], leak["insider"], leak["unit"]) == (1, None, "newt")
    assert leak.keys() == {"release", "insider", "unit", "dimension", "sentence"}


def test_before_a_release_the_preliminary_scores_are_looked_at(here: Installation) -> None:
    here.open_round("PI-1")
    here.done("answers", "import", here.file("answers.csv", as_csv(ROWS)), "--round", "PI-1")
    here.done("round", "close", "PI-1")
    assert here.printed("audit", "--round", "PI-1")["releases"] == [0]


def test_a_round_that_is_not_there_or_not_closed_is_refused(here: Installation) -> None:
    assert "there is no round" in here.call("audit", "--round", "nowhere").stderr
