"""Numbers, lists and plurals as sentences need them."""

import pytest

from assessment.reports.words import capitalised, counted, listed, number_word


@pytest.mark.parametrize(("number", "word"), [(0, "no"), (1, "one"), (12, "twelve"), (13, "13"), (-1, "-1")])
def test_small_numbers_are_words(number: int, word: str) -> None:
    assert number_word(number) == word


@pytest.mark.parametrize(("number", "told"), [(0, "0 teams"), (1, "1 team"), (2, "2 teams"), (1234, "1,234 teams")])
def test_what_is_counted_is_one_or_many(number: int, told: str) -> None:
    assert counted(number, "team") == told


def test_some_words_have_a_plural_of_their_own() -> None:
    assert counted(2, "person", "people") == "2 people"


@pytest.mark.parametrize(
    ("parts", "told"), [([], ""), (["A"], "A"), (["A", "B"], "A and B"), (["A", "B", "C"], "A, B and C")]
)
def test_a_list_reads_like_one(parts: list[str], told: str) -> None:
    assert listed(parts) == told


@pytest.mark.parametrize(("words", "told"), [("", ""), ("no LACE", "No LACE")])
def test_a_sentence_starts_with_a_capital(words: str, told: str) -> None:
    assert capitalised(words) == told
