"""Every command: what it prints, how it ends, and that what it refuses leaves no trace."""

import os
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from pypdf import PdfReader

from assessment.store.records import UNIT_KINDS
from tests.cli.given import Installation
from tests.services.given import QUESTIONNAIRE, RATED, TEAMS, UNITS, as_csv, rows_of

PASSWORD = "correct horse battery\n"
LEVELS = [3] * 8
ROWS = [row for team in ("falcon", "heron", "ibex") for row in rows_of(team, LEVELS)]
COMMANDS = (
    "account add",
    "answers import",
    "check",
    "db backup",
    "db restore",
    "db upgrade",
    "demo",
    "report art",
    "round close",
    "round extend",
    "round links",
    "round open",
    "round questions",
    "round release",
    "round status",
    "scores",
    "serve",
    "trend",
    "units import",
    "verify",
    "work",
)


def refused(here: Installation, *arguments: str | Path, typed: str | None = None) -> str:
    """Give why a command is refused; see that it says so as it should, and that it stored nothing."""
    before = here.stored()
    result = here.call(*arguments, typed=typed)
    assert (result.exit_code, result.stdout) == (1, ""), result.output
    lines = result.stderr.splitlines()
    assert lines
    assert all(line.startswith("error: ") for line in lines), lines
    assert "Traceback" not in result.stderr
    assert here.stored() == before
    return result.stderr.removeprefix("error: ").rstrip()


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(here: Installation, command: str) -> None:
    assert here.done(*command.split(), "--help").startswith(f"Usage: assessment {command}")


def test_the_command_lists_its_commands(here: Installation) -> None:
    words = here.done("--help")
    assert all(f"  {command.split()[0]} " in words for command in COMMANDS)


@pytest.mark.parametrize(
    "arguments",
    [
        "nothing",
        "units",
        "units import",
        "units import a.csv b.csv",
        "round open",
        "round open FILE",
        "round open FILE --code A --mode paper",
        "round open FILE --code A --threshold many",
        "round links",
        "round status A --format xml",
        "round close",
        "round release A B",
        "round extend A",
        "answers import FILE",
        "scores",
        "scores --round A --unknown",
        "trend",
        "report art rail --round A",
        "report art rail --round A --edition boss -o X.pdf",
        "account add a@example.org",
        "account add a@example.org --role boss",
        "demo --arts many",
        "serve --port 0",
        "serve --port 65536",
        "db backup",
        "check",
    ],
)
def test_wrong_usage_ends_with_2_and_stores_nothing(here: Installation, arguments: str) -> None:
    before = here.stored()
    result = here.call(*arguments.split())
    assert (result.exit_code, result.stdout) == (2, ""), result.output
    assert "Usage: " in result.stderr
    assert here.stored() == before


def test_a_round_from_units_to_scores(here: Installation) -> None:
    assert "13 units are new or changed" in here.done("units", "import", here.file("units.csv", UNITS))
    assert "0 units are new or changed" in here.done("units", "import", here.path / "units.csv")
    questionnaire = here.file("check.yaml", QUESTIONNAIRE)
    here.done("round", "open", questionnaire, "--code", "PI-1", "--title", "First", "--units", "rail, newt")
    links = here.printed("round", "links", "PI-1")
    assert [(link["team"], len(link["codes"])) for link in links] == [
        ("falcon", 8),
        ("heron", 8),
        ("ibex", 9),
        ("newt", 4),
    ]
    assert {link["url"] for link in links} == {"https://assessment.example.org/"}
    assert "24 forms imported" in here.done(
        "answers", "import", here.file("answers.csv", as_csv(ROWS)), "--round", "PI-1"
    )
    assert here.printed("round", "status", "PI-1") == {
        "code": "PI-1",
        "state": "open",
        "teams": [
            {"team": "falcon", "submitted": 8, "headcount": 8},
            {"team": "heron", "submitted": 8, "headcount": 8},
            {"team": "ibex", "submitted": 8, "headcount": 9},
            {"team": "newt", "submitted": 0, "headcount": 4},
        ],
    }
    here.done("round", "close", "PI-1")
    preliminary = here.printed("scores", "--round", "PI-1", "--preliminary")
    here.done("round", "release", "PI-1")
    assert here.printed("scores", "--round", "PI-1") == preliminary
    assert here.printed("round", "status", "PI-1")["state"] == "released"


def test_a_score_has_all_its_figures(here: Installation) -> None:
    here.release_round([*ROWS, *rows_of("lynx", [5] * 6), *rows_of("newt", [2] * 4)])
    found = {(row["unit"], row["dimension"]): row for row in here.printed("scores", "--round", "PI-1")}
    assert found["rail", ""] == {
        "unit": "rail",
        "kind": "art",
        "dimension": "",
        "value": 3.0,
        "qualifier": "",
        "n": 24,
        "N": 25,
        "coverage": 1.0,
        "low": pytest.approx((3 + 3 + (8 * 3 + 1) / 9) / 3),
        "high": pytest.approx((3 + 3 + (8 * 3 + 5) / 9) / 3),
        "agreement": 1.0,
        "ad": 0.0,
        "rwg": 1.0,
        "split": False,
        "hidden": False,
        "rwg_star": 1.0,
    }
    assert found["newt", ""] == {
        **dict.fromkeys(found["rail", ""]),
        "unit": "newt",
        "kind": "team",
        "dimension": "",
        "qualifier": "",
        "hidden": True,
    }
    of_unit = here.printed("scores", "--round", "PI-1", "--unit", "falcon", "--questions")
    assert [row["dimension"] for row in of_unit] == ["", "leading", "goals", "limits", "flow", "batch", "queue"]


def test_a_score_of_few_people_is_told_coarsely(here: Installation) -> None:
    here.release_round(rows_of("owl", [5] * 6))
    owl, *_ = here.printed("scores", "--round", "PI-1", "--unit", "owl")
    assert (owl["value"], owl["qualifier"], owl["n"], owl["low"], owl["agreement"]) == (4.5, ">=", 6, None, None)


def test_scores_and_trends_are_printed_for_people_too(here: Installation) -> None:
    here.release_round([*ROWS, *rows_of("newt", [2] * 4)])
    scores = here.done("scores", "--round", "PI-1")
    assert "rail    overall    3.0     24 of 25" in scores
    assert "newt    overall    hidden" in scores
    assert "PI-1   overall    3.0    first" in here.done("trend", "rail")


def test_a_trend_over_two_rounds(here: Installation) -> None:
    here.release_round(ROWS)
    here.release_round(ROWS, "PI-2")
    points = here.printed("trend", "rail", "--questionnaire", "check")
    assert [(point["round"], point["verdict"]) for point in points if not point["dimension"]] == [
        ("PI-1", "first"),
        ("PI-2", "no-detectable-change"),
    ]
    contract = ("round", "dimension", "value", "verdict", "basis", "reason")
    assert {tuple(point) for point in points} == {(*contract, "change", "low", "high", "smallest")}


@pytest.mark.parametrize("mode", ["link", "team"])
def test_shared_links_have_their_code_behind_the_address(here: Installation, mode: str) -> None:
    here.open_round("PI-1", "--mode", mode)
    links = here.printed("round", "links", "PI-1")
    assert [link["team"] for link in links] == list(TEAMS)
    assert all(link["url"] == f"https://assessment.example.org/#{link['codes'][0]}" for link in links)
    assert here.printed("round", "links", "PI-1") == links
    assert here.printed("round", "links", "PI-1", "--reissue", "newt")[0]["codes"] != links[4]["codes"]


def test_codes_are_printed_once(here: Installation) -> None:
    here.open_round()
    words = here.done("round", "links", "PI-1")
    assert words.count("\n") == len(TEAMS) + 45
    assert "printed already" in refused(here, "round", "links", "PI-1", "--format", "json")
    assert len(here.printed("round", "links", "PI-1", "--reissue", "newt")[0]["codes"]) == 4


def test_codes_come_on_slips_of_paper_too(here: Installation) -> None:
    here.open_round("PI-1", "--closes", "2031-03-15")
    assert "no folder" in refused(here, "round", "links", "PI-1", "--sheet", here.path / "nowhere" / "codes.pdf")
    links = here.printed(
        "round", "links", "PI-1", "--sheet", here.path / "codes.pdf"
    )  # the refusal above has used up none
    pages = [page.extract_text() for page in PdfReader(here.path / "codes.pdf").pages]
    assert len(pages) == len(TEAMS)
    for page, link in zip(pages, links, strict=True):
        assert all(code in page for code in link["codes"])
        assert "15 March 2031" in " ".join(page.split())


def test_a_date_is_a_whole_day_in_the_organisations_zone(here: Installation) -> None:
    here.open_round("PI-1", "--opens", "2031-03-02", "--closes", "2031-03-15")
    connection = sqlite3.connect(here.path / "assessment.sqlite")
    (times,) = connection.execute("SELECT opens_at, closes_at FROM round").fetchall()
    connection.close()
    assert [str(time)[:19].replace("T", " ") for time in times] == ["2031-03-01 23:00:00", "2031-03-15 23:00:00"]
    assert here.printed("round", "status", "PI-1")["state"] == "planned"
    here.done("round", "extend", "PI-1", "2031-04-01T17:00")


def test_an_own_folder_of_questionnaires_goes_first(here: Installation, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "check.yaml").write_bytes(QUESTIONNAIRE)
    here.done("units", "import", here.file("units.csv", UNITS))
    result = here.call("round", "open", "check", "--code", "PI-1", questionnaires=str(own))
    assert (result.exit_code, "on check 1" in result.stdout) == (0, True)
    here.done("round", "open", "lean-agile-maturity", "--code", "PI-2")  # a shipped one


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["units", "import", "nowhere.csv"], "nowhere.csv cannot be read: No such file or directory"),
        (["units", "import", "."], ". cannot be read: Is a directory"),
        (["round", "open", "nothing", "--code", "A"], "there is no questionnaire nothing; give a file, or one of"),
        (["round", "open", "nowhere.yaml", "--code", "A"], "nowhere.yaml cannot be read"),
        (["round", "open", "lean-agile-maturity", "--code", "A"], "there is no team to ask"),
        (["round", "open", "lean-agile-maturity", "--code", "A/b"], "“A/b” is no code for a round"),
        (["round", "open", "lean-agile-maturity", "--code", "A", "--closes", "soon"], "“soon” is no date"),
        (["round", "open", "lean-agile-maturity", "--code", "A", "--closes", "9999-12-31"], "is too far away"),
        (["round", "open", "lean-agile-maturity", "--code", "A", "--threshold", "2"], "under 3 people are recognised"),
        (["round", "open", "lean-agile-maturity", "--code", "A", "--units", "x"], "there is no unit x"),
        (["round", "links", "A"], "there is no round A"),
        (["round", "status", "A"], "there is no round A"),
        (["round", "close", "A"], "there is no round A"),
        (["round", "release", "A"], "there is no round A"),
        (["round", "extend", "A", "2031-03-02"], "there is no round A"),
        (["round", "extend", "A", "never"], "“never” is no date"),
        (["answers", "import", "nowhere.csv", "--round", "A"], "nowhere.csv cannot be read"),
        (["scores", "--round", "A"], "there is no round A"),
        (["scores", "--round", "A", "--format", "json"], "there is no round A"),
        (["trend", "nowhere"], "there is no unit nowhere"),
        (["trend", "nowhere", "--format", "json"], "there is no unit nowhere"),
        (["report", "art", "rail", "--round", "A", "-o", "x.pdf"], "there is no round A"),
        (["report", "art", "rail", "--round", "A", "-o", "x.doc"], "“.doc” is no ending this report has"),
        (["db", "restore", "nowhere.sqlite"], "nowhere.sqlite"),
        (["demo", "--arts", "0"], "--arts is 0; it can be 1 to 400"),
        (["demo", "--people", "2"], "--people is 2; it can be 3 to 40"),
        (["account", "add", "nobody", "--role", "lace"], "“nobody” is no e-mail address"),
    ],
)
def test_what_is_refused_is_told_in_a_sentence(here: Installation, arguments: list[str], sentence: str) -> None:
    assert sentence in refused(here, *arguments, typed=PASSWORD)


def test_what_is_wrong_in_a_file_is_named_line_by_line(here: Installation) -> None:
    here.open_round()
    units = here.file("bad.csv", b"kind,code,name\nsquad,a,\n")
    assert refused(here, "units", "import", units).splitlines() == [
        "the units were not imported",
        f"error: row 2, column kind: “squad” is no kind of unit; there are {', '.join(UNIT_KINDS)}",
        "error: row 2, column name: a name is needed, of at most 200 characters",
    ]
    answers = here.file("bad-answers.csv", as_csv([*ROWS, {"team": "falcon", "goals": "9"}]))
    assert refused(here, "answers", "import", answers, "--round", "PI-1").splitlines() == [
        "the answers were not imported",
        "error: row 26, column goals: “9” is not one of the levels (1, 2, 3, 4, 5).",
    ]
    questionnaire = here.file("bad.yaml", QUESTIONNAIRE.replace(b"rating", b"ratting", 1))
    assert f"error: {questionnaire}:13:27: error: " in refused(here, "round", "open", questionnaire, "--code", "PI-2")


def test_states_that_forbid_a_command(here: Installation) -> None:
    here.open_round()
    assert "close it first" in refused(here, "round", "release", "PI-1")
    assert "is not released yet" in refused(here, "scores", "--round", "PI-1")
    assert "is not closed yet" in refused(here, "scores", "--round", "PI-1", "--preliminary")
    assert "is not released yet" in refused(here, "report", "art", "rail", "--round", "PI-1", "-o", "x.pdf")
    assert "there is a round PI-1 already" in refused(here, "round", "open", here.path / "check.yaml", "--code", "PI-1")
    here.done("round", "close", "PI-1")
    answers = here.file("answers.csv", as_csv(ROWS))
    assert "takes no more answers" in refused(here, "answers", "import", answers, "--round", "PI-1")
    assert "is closed already" in refused(here, "round", "close", "PI-1")
    assert "never opens again" in refused(here, "round", "extend", "PI-1", "2031-03-02")
    here.done("round", "release", "PI-1")
    assert "is released already" in refused(here, "round", "release", "PI-1")
    assert "has no scores of a unit nowhere" in refused(here, "scores", "--round", "PI-1", "--unit", "nowhere")


def test_an_account_is_added_with_the_password_on_standard_input(here: Installation) -> None:
    add = ("account", "add", "Lace@Example.org", "--role", "lace")
    assert here.done(*add, typed=PASSWORD) == "lace@example.org may sign in as lace.\n"
    assert "with another password" in refused(here, *add, typed="another horse battery\n")
    assert "12 to 256 characters" in refused(here, "account", "add", "b@example.org", "--role", "lace", typed="")
    assert "there is no unit x" in refused(
        here, "account", "add", "b@example.org", "--role", "rte", "--unit", "x", typed=PASSWORD
    )


def test_a_backup_brings_everything_back(here: Installation) -> None:
    here.release_round(ROWS)
    before = here.printed("scores", "--round", "PI-1", "--questions")
    backup = here.path / "backup.sqlite"
    here.done("db", "backup", backup)
    here.release_round(ROWS, "PI-2")
    here.done("db", "restore", backup)
    assert here.printed("scores", "--round", "PI-1", "--questions") == before
    assert "there is no round PI-2" in refused(here, "round", "status", "PI-2")
    assert here.done("db", "upgrade") == "Nothing to do.\n"
    assert here.done("db", "upgrade", "--quiet") == ""


def test_tables_are_made_where_there_are_none(here: Installation) -> None:
    (here.path / "assessment.sqlite").unlink()
    here.done("units", "import", here.file("units.csv", UNITS))
    assert here.done("db", "upgrade") == "Nothing to do.\n"


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"base_url": "assessment.example.org"}, "ASSESSMENT_BASE_URL is 'assessment.example.org'"),
        ({"timezone": "Mars/Olympus"}, "ASSESSMENT_TIMEZONE is 'Mars/Olympus'"),
        ({"secret_key": "short"}, "ASSESSMENT_SECRET_KEY is too short"),
        ({"questionnaires": "/nowhere"}, "ASSESSMENT_QUESTIONNAIRES names /nowhere, which is no folder"),
        ({"database_url": "mysql://x"}, "mysql://"),
        ({"database_url": "sqlite:////proc/nothing/x.sqlite"}, "there is no database at /proc/nothing/x.sqlite"),
    ],
)
def test_a_wrong_setting_stops_with_a_sentence(here: Installation, settings: dict[str, str], sentence: str) -> None:
    result = here.call("round", "status", "A", **settings)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("error: ")
    assert sentence in result.stderr


def test_a_port_that_is_taken_is_told_before_anything_starts(here: Installation) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        assert f"cannot listen at 127.0.0.1 port {port}" in refused(here, "serve", "--port", port)


@pytest.mark.parametrize(
    ("arguments", "code"), [(["round", "status", "A", "--format", "json"], 1), (["round"], 2), (["--version"], 0)]
)
def test_a_process_ends_with_the_code_of_its_outcome(here: Installation, arguments: Sequence[str], code: int) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "assessment", *arguments],
        env=os.environ | here.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == code
    assert "Traceback" not in done.stderr
    assert bool(done.stdout) is (code == 0)


def test_both_databases_print_the_same_scores(here: Installation, database_url: str) -> None:
    answers = here.file("answers.csv", as_csv(ROWS))
    for arguments in (
        ("units", "import", here.file("units.csv", UNITS)),
        ("round", "open", here.file("check.yaml", QUESTIONNAIRE), "--code", "PI-1"),
        ("answers", "import", answers, "--round", "PI-1"),
        ("round", "close", "PI-1"),
        ("round", "release", "PI-1"),
        ("scores", "--round", "PI-1", "--unit", "rail", "--questions"),
    ):
        result = here.call(*arguments, database_url=database_url)
        assert result.exit_code == 0, result.output
    assert result.stdout.count("3.0") == 3 + len(RATED)
