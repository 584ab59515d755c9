"""What the tests of importers begin with."""

from typing import Any

import pytest

from assessment.questionnaire.importers.conversion import Conversion, Unconvertible


def questions(made: Conversion) -> dict[str, dict[str, Any]]:
    """Give the questions of a conversion by id, without their ids."""
    found: dict[str, dict[str, Any]] = {}
    waiting = list(made.document["dimensions"])
    while waiting:
        node = waiting.pop(0)
        waiting = list(node.get("dimensions", [])) + waiting
        for question in node.get("questions", []):
            found[question["id"]] = {key: value for key, value in question.items() if key != "id"}
    return found


def outline(nodes: list[dict[str, Any]]) -> list[Any]:
    """Give the ids of a tree: a list for each dimension, the ids of questions in it."""
    return [
        [node["id"], *outline(node["dimensions"])]
        if "dimensions" in node
        else [node["id"], *(question["id"] for question in node["questions"])]
        for node in nodes
    ]


def lost(made: Conversion) -> list[str]:
    """Give the losses as they are printed."""
    return [loss.line("f") for loss in made.losses]


def refusals(caught: pytest.ExceptionInfo[Unconvertible]) -> list[str]:
    """Give the reasons as they are printed."""
    return [reason.line("f") for reason in caught.value.reasons]
