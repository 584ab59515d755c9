"""`assessment demo`: a plausible enterprise, the same for the same seed, in an empty database only."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from assessment.cli import opening
from tests.cli.given import Installation

ON_POSTGRESQL = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
SMALL = ("--arts", "2", "--teams", "3", "--people", "8", "--rounds", "2")


@dataclass(frozen=True, slots=True)
class Demonstration:
    """A filled installation, what the command said, and the codes of its rounds: past ones, then the open one."""

    here: Installation
    words: str
    codes: tuple[str, ...]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory, migrated_file: Path) -> Demonstration:
    """A demonstration to look at; whoever changes it takes a copy."""
    folder = tmp_path_factory.mktemp("filled")
    shutil.copy(migrated_file, folder / "assessment.sqlite")
    here = Installation(folder)
    words = here.done("demo", *SMALL)
    return Demonstration(here, words, codes_in(words))


@pytest.fixture
def demonstration(filled: Demonstration, tmp_path: Path) -> Iterator[Demonstration]:
    """A demonstration of one's own."""
    shutil.copytree(filled.here.path, tmp_path / "copy")
    yield Demonstration(Installation(tmp_path / "copy"), filled.words, filled.codes)
    opening.settings.cache_clear()


def codes_in(words: str) -> tuple[str, ...]:
    """Give the codes of the rounds that the command told of."""
    return tuple(f"PI-{code}" for code in re.findall(r"^PI (\S+):", words, re.MULTILINE))


def released(here: Installation, code: str) -> str:
    """Give everything a round released, as it is printed."""
    return here.done("scores", "--round", code, "--questions", "--format", "json")


def test_the_same_seed_gives_the_same_enterprise_and_another_another(
    demonstration: Demonstration, here: Installation, tmp_path: Path, migrated_file: Path
) -> None:
    first = demonstration.here
    assert codes_in(here.done("demo", *SMALL)) == demonstration.codes
    *past, _ = demonstration.codes
    assert len(past) == 2
    for code in past:
        assert released(here, code) == released(first, code)
    for unit in ("orion", "vega", "team-001"):
        assert here.printed("trend", unit) == first.printed("trend", unit)
    (tmp_path / "other").mkdir()
    other = Installation(tmp_path / "other")
    shutil.copy(migrated_file, other.path / "assessment.sqlite")
    other.done("demo", *SMALL, "--seed", "2")
    assert released(other, past[0]) != released(first, past[0])


def test_what_is_there_to_look_at(demonstration: Demonstration) -> None:
    here = demonstration.here
    *past, current = demonstration.codes
    status = here.printed("round", "status", current)
    assert status["state"] == "open"
    assert {here.printed("round", "status", code)["state"] for code in past} == {"released"}
    headcounts = [team["headcount"] for team in status["teams"]]
    assert len(headcounts) == 6
    assert all(3 <= headcount <= 10 for headcount in headcounts)
    assert 0 < sum(team["submitted"] for team in status["teams"]) < sum(headcounts)
    scores = here.printed("scores", "--round", past[-1], "--questions")
    assert any(score["hidden"] for score in scores)  # one team is too small to be shown
    assert any(score["split"] for score in scores)  # and one has two camps


def test_the_sign_ins_are_printed_and_work(demonstration: Demonstration) -> None:
    password = re.search(r"password (\S+)", demonstration.words)
    assert password
    for role in ("lace", "rte", "viewer", "facilitator", "admin"):
        assert f"{role}@example.org" in demonstration.words
    further = ("account", "add", "lace@example.org", "--role", "viewer")
    demonstration.here.done(*further, typed=f"{password[1]}\n")  # which takes the account's own password
    assert re.search(r"https://assessment\.example\.org/#[0-9A-Z-]{19}$", demonstration.words, re.MULTILINE)


def test_once_keeps_what_is_there_even_when_its_round_was_closed(demonstration: Demonstration) -> None:
    here, before = demonstration.here, demonstration.here.stored()
    password = re.search(r"password (\S+)", demonstration.words)
    assert password
    assert here.done("demo", "--once").count(password[1]) == 1
    assert here.stored() == before
    here.done("round", "close", demonstration.codes[-1])
    assert "lace@example.org" in here.done("demo", "--once")


def test_a_database_that_holds_something_is_not_filled(here: Installation) -> None:
    here.done("units", "import", here.file("units.csv", b"kind,code,name\nart,rail,Rail\n"))
    before = here.stored()
    result = here.call("demo", *SMALL)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "error: the demonstration fills an empty database only; this one holds something\n"
    assert here.stored() == before
    here.done("demo", "--once", *SMALL)
    assert here.stored() == before


@pytest.mark.parametrize("size", ["1 1 3 1", "1 2 9 1", "2 1 3 2", "3 4 5 1"])
def test_small_enterprises_are_filled_too(here: Installation, size: str) -> None:
    arts, teams, people, rounds = size.split()
    words = here.done("demo", "--arts", arts, "--teams", teams, "--people", people, "--rounds", rounds)
    *past, current = codes_in(words)
    assert len(past) == int(rounds)
    assert len(here.printed("round", "status", current)["teams"]) == int(arts) * int(teams)


@ON_POSTGRESQL
def test_both_databases_get_the_same_demonstration(demonstration: Demonstration, database_url: str) -> None:
    there = demonstration.here.call("demo", *SMALL, database_url=database_url)
    assert (there.exit_code, there.stderr) == (0, "")
    scores = ("scores", "--round", demonstration.codes[0], "--questions", "--format", "json")
    assert demonstration.here.call(*scores, database_url=database_url).stdout == demonstration.here.done(*scores)
