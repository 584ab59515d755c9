"""How far somebody has come, of what they are asked."""

from typing import Any

import pytest

from assessment.web.respond import progress
from tests.web.respond.given import EVERYTHING, PLAIN, form_of


def states(content: str, answers: dict[str, Any], role: str | None = None) -> dict[int, str]:
    return {one.number: one.state for one in progress.standing(form_of(content, answers, role=role))}


def test_a_part_is_complete_when_nothing_needed_is_open() -> None:
    assert states(PLAIN, {}) == {1: "empty", 2: "empty"}
    assert states(PLAIN, {"validate": 1, "code": {"text": "x"}}) == {1: "started", 2: "started"}
    assert states(PLAIN, {"validate": "dk", "a.b-1": "na", "go": {"text": "x"}}) == {1: "complete", 2: "complete"}


def test_one_goes_on_with_the_first_part_that_is_not_complete() -> None:
    def next_part(answers: dict[str, Any]) -> int | None:
        return progress.next_part(progress.standing(form_of(PLAIN, answers)))

    assert next_part({"validate": 1, "a.b-1": 2}) == 2
    assert next_part({"validate": 1, "a.b-1": 2, "go": {"text": "x"}}) is None


def test_a_part_whose_questions_are_all_hidden_is_not_there() -> None:
    assert set(states(EVERYTHING, {}, "")) == {1, 2, 4}
    assert set(states(EVERYTHING, {"tools": ["chart", "board"], "place": "room"}, "")) == {1, 2, 3, 4, 5}


def test_a_reason_that_is_asked_for_is_needed() -> None:
    answered: dict[str, Any] = {"shared": "na", "waiting": 1, "place": "na", "tools": "na", "members": {"number": 7}}
    assert states(EVERYTHING, answered, "")[1] == "started"
    assert states(EVERYTHING, {**answered, "shared:reason": "Not ours."}, "")[1] == "complete"


@pytest.mark.parametrize(("role", "asked"), [("", 1), ("product-owner", 2), ("tester", 2), (None, 3)])
def test_a_role_chooses_what_counts(role: str | None, asked: int) -> None:
    form = form_of(EVERYTHING, {}, role=role, mode="codes" if role is not None else "team")
    assert next(one.asked for one in progress.standing(form) if one.number == 4) == asked


def test_the_minutes_left_count_open_questions_and_are_never_too_few() -> None:
    assert progress.minutes_left(form_of(PLAIN)) == 3
    answers = {"validate": 1, "a.b-1": 2, "go": {"text": "x"}, "code": {"text": "x"}}
    assert progress.minutes_left(form_of(PLAIN, answers)) == 0
