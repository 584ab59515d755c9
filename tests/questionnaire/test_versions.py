"""Two save the same page: what only one changed counts, what both changed is told."""

import pytest

from assessment.questionnaire.versions import Sent, Turn, merged, turn_of, turned, versions_of
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
    found = merged(ASKED, Sent(words(**given), given, versions_of(ASKED, seen)), saved, {})
    assert found.words == expected
    assert found.conflicts == conflicts


@pytest.mark.parametrize("seen", ["", "x", "1.2.3", "." * 40_000])
def test_versions_of_something_else_count_for_nothing(seen: str) -> None:
    assert merged(ASKED, Sent(words(a=2), {"a": 2}, seen), {"a": 3}, {}).words == {"a": "2"}


def test_questions_without_an_answer_have_an_empty_version() -> None:
    assert versions_of(ASKED, {}) == "."
    assert versions_of(ASKED, {"b": 2}).startswith(".")


@pytest.mark.parametrize(
    ("saved_at", "seen", "expected", "conflicts"),
    [
        (Turn("mine", 1), 1, 2, ()),  # what the tab sent before, of which it has not heard yet
        (Turn("mine", 3), 1, 3, ()),  # what it sent afterwards was here first
        (Turn("mine", 3), 3, 3, ()),  # and was what the page had seen before
        (Turn("other", 1), 1, 3, ("a",)),  # the count of another tab says nothing
        (Turn("other", 1), 3, 2, ()),
        (None, 1, 3, ("a",)),
    ],
)
def test_a_tab_is_in_no_conflict_with_itself(
    saved_at: Turn | None, seen: int, expected: int, conflicts: tuple[str]
) -> None:
    sent = Sent(words(a=2), {"a": 2}, versions_of(ASKED, {"a": seen}), Turn("mine", 2))
    found = merged(ASKED, sent, {"a": 3}, {"a": saved_at} if saved_at else {})
    assert found.words == words(a=expected)
    assert found.conflicts == conflicts


def test_the_turns_of_what_a_save_brought_are_kept_and_those_of_what_another_page_changed_go() -> None:
    before, now = {"a": Turn("x", 1), "b": Turn("x", 2)}, Turn("y", 5)
    brought = merged(ASKED, Sent(words(a=2, b=1), {"a": 2, "b": 1}, ""), {"a": 1, "b": 1}, before)
    found = turned(ASKED, {"a": 1, "b": 1}, {"a": 2, "b": 1}, before, now, brought)
    assert found == {"a": now, "b": now}
    assert turned(ASKED, {"a": 1, "b": 1}, {"a": 2, "b": 1}, before, None, brought) == {"b": Turn("x", 2)}
    assert turned(ASKED, {}, {}, {}, now, brought) == {"a": now, "b": now}


def test_an_answer_that_was_taken_back_does_not_return_because_it_was_late() -> None:
    taken_back = Sent({}, {}, versions_of(ASKED, {}), Turn("mine", 2))
    turns = turned(ASKED, {}, {}, {}, taken_back.turn, merged(ASKED, taken_back, {}, {}))
    late = merged(ASKED, Sent(words(a=1), {"a": 1}, versions_of(ASKED, {}), Turn("mine", 1)), {}, turns)
    assert (late.words, late.conflicts) == ({}, ())


@pytest.mark.parametrize(
    "words", ["", ".", "x", "x.", ".1", "x.y", "x.-1", "x.1.2", "x!.1", "x" * 17 + ".1", "x." + "1" * 10]
)
def test_what_is_no_turn_counts_for_none(words: str) -> None:
    assert turn_of(words) is None


def test_a_turn_is_read_as_a_page_sends_it() -> None:
    assert turn_of("k3f9.12") == Turn("k3f9", 12)
