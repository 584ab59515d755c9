"""Two save the same page: what only one changed counts, what both changed is told."""

import pytest

from assessment.questionnaire.versions import merged, versions_of
from tests.measure.given import questionnaire

ASKED = questionnaire({"one": ["a", "b"]}).questions

SAVED, MINE, UNTOUCHED = 1, 2, 4


def words(**answers: int) -> dict[str, str]:
    """Give answers as a form sends them."""
    return {name: str(answer) for name, answer in answers.items()}


@pytest.mark.parametrize(
    ("seen", "saved", "given", "expected", "conflicts"),
    [
        ({"a": 1}, {"a": 1}, {"a": 2}, {"a": "2"}, ()),  # nobody else was there
        ({"a": 1}, {"a": 3}, {"a": 1}, {"a": "3"}, ()),  # only the other changed it
        ({}, {"a": 3}, {}, {"a": "3"}, ()),  # only the other gave one
        ({"a": 1}, {}, {"a": 1}, {}, ()),  # only the other took it back
        ({"a": 1}, {"a": 3}, {"a": 3}, {"a": "3"}, ()),  # both the same
        ({"a": 1}, {"a": 3}, {"a": 2}, {"a": "3"}, ("a",)),  # both, and differently
        ({"a": 1}, {"a": 3}, {}, {"a": "3"}, ("a",)),  # one took back what the other changed
        ({"a": 1, "b": 1}, {"a": 3, "b": 1}, {"a": 1, "b": 2}, {"a": "3", "b": "2"}, ()),  # each another question
    ],
)
def test_what_only_one_changed_counts_and_what_both_changed_is_a_conflict(
    seen: dict[str, int], saved: dict[str, int], given: dict[str, int], expected: dict[str, str], conflicts: tuple[str]
) -> None:
    found = merged(ASKED, versions_of(ASKED, seen), saved, given, words(**given))
    assert found.words == expected
    assert found.conflicts == conflicts


@pytest.mark.parametrize("seen", ["", "x", "1.2.3", "." * 40_000])
def test_versions_of_something_else_count_for_nothing(seen: str) -> None:
    assert merged(ASKED, seen, {"a": 3}, {"a": 2}, words(a=2)).words == {"a": "2"}


def test_questions_without_an_answer_have_an_empty_version() -> None:
    assert versions_of(ASKED, {}) == "."
    assert versions_of(ASKED, {"b": 2}).startswith(".")
