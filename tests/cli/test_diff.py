"""`assessment diff` tells what became of each question between two versions of a questionnaire."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.given import Installation
from tests.questionnaire.given import FILES, changed

OLD = """format: 1
id: check
version: "1"
title: Check
scales:
  two:
    levels: [{value: 1, label: Low}, {value: 2, label: High}]
dimensions:
  - id: flow
    title: Flow
    questions:
      - {id: goals, type: rating, scale: two, text: Goals are shared.}
      - {id: batch, type: rating, scale: two, text: Batches are small.}
      - {id: queue, type: rating, scale: two, text: Queues are short.}
      - {id: why, type: text, text: Why is that so?}
"""
NEXT = ('version: "1"', 'version: "2"')


@pytest.fixture
def old(here: Installation) -> Path:
    """The version before."""
    return here.file("old.yaml", OLD.encode())


def newer(here: Installation, *changes: tuple[str, str], declared: str = "") -> Path:
    """Write the version after, with changes and what it declares of them."""
    return here.file("new.yaml", (changed(OLD, NEXT, *changes) + declared).encode())


def found(here: Installation, old: Path, new: Path) -> dict[str, Any]:
    printed: dict[str, Any] = here.printed("diff", old, new)
    return printed


def test_a_program_is_told_every_question(here: Installation, old: Path) -> None:
    new = newer(
        here,
        ("Batches are small.", "Batches are tiny."),
        ("      - {id: why, type: text, text: Why is that so?}\n", ""),
        ("{id: queue,", "{id: queues,"),
        ("Goals are shared.}", "Goals are shared.}\n      - {id: limits, type: rating, scale: two, text: New one.}"),
        declared='changes: {from: "1", renamed: {queue: queues}, retired: [why]}\n',
    )
    told = found(here, old, new)
    assert list(told) == ["step", "reason", "questions"]
    assert told["questions"] == [
        {"question": "goals", "verdict": "kept", "reason": "asks the same", "was": "goals"},
        {"question": "limits", "verdict": "new", "reason": "not asked before", "was": None},
        {"question": "batch", "verdict": "broken", "reason": "its statement was reworded", "was": "batch"},
        {
            "question": "queues",
            "verdict": "renamed",
            "reason": "called `queue` before; asks the same",
            "was": "queue",
        },
        {"question": "why", "verdict": "retired", "reason": "declared retired", "was": "why"},
    ]
    assert told["step"] == "broken"
    assert told["reason"]


def test_the_same_questions_are_comparable_without_a_reason(here: Installation, old: Path) -> None:
    told = found(here, old, newer(here, ("title: Check", "title: Another title")))
    assert (told["step"], told["reason"]) == ("comparable", "")
    assert {question["verdict"] for question in told["questions"]} == {"kept"}


def test_enough_questions_in_common_anchor_the_step(here: Installation, old: Path) -> None:
    told = found(here, old, newer(here, ("Batches are small.", "Batches are tiny.")))
    assert told["step"] == "anchored"
    assert [question["verdict"] for question in told["questions"]] == ["kept", "broken", "kept", "kept"]


def test_people_are_told_what_changed_and_how_many_did_not(here: Installation, old: Path) -> None:
    new = newer(here, ("Batches are small.", "Batches are tiny."), ("{id: why,", "{id: wherefore,"))
    lines = here.done("diff", old, new).splitlines()
    assert lines[:3] == [
        "broken   batch      its statement was reworded",
        "new      wherefore  not asked before",
        "retired  why        no longer asked",
    ]
    assert lines[3] == "2 of 4 questions kept under their ids"
    assert lines[4].startswith("step: anchored (")
    assert len(lines) == 5


def test_what_is_declared_of_another_version_is_passed_over_and_said_so(here: Installation, old: Path) -> None:
    new = newer(here, declared='changes: {from: "0.9", editorial: [goals]}\n')
    result = here.call("diff", old, new)
    assert result.exit_code == 0
    assert result.stdout == "4 of 4 questions kept under their ids\nstep: comparable\n"
    assert result.stderr == (
        f"note: {new} declares its changes from version 0.9, and {old} is version 1: they are passed over\n"
    )


@pytest.mark.parametrize("format_", ["text", "json"])
@pytest.mark.parametrize("place", [0, 1])
def test_a_broken_file_ends_with_1_and_its_errors(here: Installation, old: Path, place: int, format_: str) -> None:
    broken = FILES / "invalid" / "level-order.yaml"
    files = [broken, old] if place == 0 else [old, broken]
    result = here.call("diff", *files, "--format", format_)
    assert (result.exit_code, result.stdout) == (1, "")
    assert f"error: {broken}:10:17: error: the value 1 comes after 2 [level-order]" in result.stderr.splitlines()


def test_a_missing_file_ends_with_1(here: Installation, old: Path) -> None:
    result = here.call("diff", old, here.path / "missing.yaml")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "missing.yaml cannot be read: No such file or directory" in result.stderr


def test_json_is_one_document(here: Installation, old: Path) -> None:
    new = newer(here, declared='changes: {from: "0.9", editorial: [goals]}\n')
    assert json.loads(here.done("diff", old, new, "--format", "json"))["step"] == "comparable"
