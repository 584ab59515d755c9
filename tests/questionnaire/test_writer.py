"""What is written reads back as the same data, and looks as a person would write it."""

import math
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from assessment.questionnaire.check import examine
from assessment.questionnaire.reader import read
from assessment.questionnaire.writer import HEADER, written
from tests.questionnaire.given import DOUBTFUL, VALID
from tests.questionnaire.test_reader import WORDS

SIGNS = [": ", " #", "- ", "? ", "|", ">", "'", '"', "\\", "{", "}", "[", "]", ",", "&", "*", "!", "%", "@", "`", "~"]
BREAKS = ["\n", "\n\n", " \n", "\n ", "\t", " ", "---", "...", "\x85", "\u2028", "\ufeff", "\x07", "ä", "😀", "\r"]
often = settings(max_examples=400, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])

readable = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
texts = (
    readable
    | st.sampled_from(sorted(WORDS))
    | st.lists(st.sampled_from([*SIGNS, *BREAKS, *WORDS, "some words "]), max_size=12).map("".join)
    | st.lists(st.sampled_from(["word", "a", "long-ish:", "longer,", "#", "it's", "x" * 40]), max_size=60).map(" ".join)
)
numbers = st.integers(-(10**17), 10**17) | st.floats(allow_nan=False, allow_infinity=False)
trees = st.recursive(
    st.none() | st.booleans() | numbers | texts,
    lambda below: st.lists(below, max_size=4) | st.dictionaries(texts | numbers, below, max_size=4),
    max_leaves=12,
)
documents = st.dictionaries(texts, trees, min_size=1, max_size=5)


def lines(document: dict[Any, Any]) -> list[str]:
    content = written(document).decode()
    assert content.startswith(HEADER)
    return content.removeprefix(HEADER).splitlines()


@often
@given(documents)
@example({"a": "x\n\n\n"})
@example({"a": ["\n x", [" x\ny"], {"b": [["x\ny"]]}]})
@example({"a\nb": "c", "-": "?", "": ""})
@example({"a": " leading", "b": "trailing ", "c": "# sign", "d": "key: value", "e": "…\u2029"})
@example({"a": "1e400", "b": "0x1F", "c": "0o17", "d": "010", "e": ".5", "f": "0o" + "7" * 30})
def test_what_is_written_reads_back_as_the_same_data(document: dict[str, Any]) -> None:
    found = read(written(document)).data
    assert found == document
    assert _kinds(found) == _kinds(document)


@pytest.mark.parametrize("path", [*VALID, *DOUBTFUL], ids=lambda path: path.stem)
def test_every_questionnaire_says_the_same_when_it_is_written_again(path: Any) -> None:  # noqa: ANN401
    before, found = examine(path.read_bytes())
    after, found_after = examine(written(read(path.read_bytes()).data))
    assert after == before
    assert [(finding.rule, finding.sentence) for finding in found_after] == [
        (finding.rule, finding.sentence) for finding in found
    ]


def test_levels_and_conditions_stand_in_a_line() -> None:
    levels = [{"value": 1, "label": {"en": "Sit", "de": "Sitzen"}}, {"value": 0.5, "label": "No"}]
    condition = {"all": [{"question": "q", "op": ">=", "value": 2}]}
    assert lines({"levels": levels, "show-if": condition, "languages": ["en", "de"]}) == [
        "levels:",
        "  - {value: 1, label: {en: Sit, de: Sitzen}}",
        "  - {value: 0.5, label: 'No'}",
        "show-if:",
        "  all:",
        "    - {question: q, op: '>=', value: 2}",
        "languages: [en, de]",
    ]


def test_a_question_is_a_block_however_short() -> None:
    assert lines({"questions": [{"id": "q", "type": "text", "text": "Why?"}]}) == [
        "questions:",
        "  - id: q",
        "    type: text",
        "    text: Why?",
    ]


def test_paragraphs_are_a_block() -> None:
    assert lines({"help": "One: this.\n\nTwo.", "introduction": "Three.\nFour.\n"}) == [
        "help: |-",
        "  One: this.",
        "",
        "  Two.",
        "introduction: |",
        "  Three.",
        "  Four.",
    ]


def test_a_long_text_goes_on_in_the_next_line() -> None:
    long = " ".join(["word"] * 60)
    found = lines({"text": long})
    assert len(found) == 3
    assert max(map(len, found)) <= 120


def test_only_what_a_reader_of_either_yaml_takes_for_something_else_is_quoted() -> None:
    data: dict[Any, Any] = {
        "a": "No",
        "b": "12:30",
        "c": "1.10",
        "d": "true",
        "e": "0o10",
        "f": "~",
        "g": True,
        1: "x",
        "op": "=",
    }
    assert yaml.safe_load(written(data)) == data
    assert lines(data) == [
        "a: 'No'",
        "b: '12:30'",
        "c: '1.10'",
        "d: 'true'",
        "e: '0o10'",
        "f: '~'",
        "g: true",
        "1: x",
        "op: '='",
    ]


@pytest.mark.parametrize("value", [math.inf, math.nan, "\ud800"])
def test_what_no_file_can_hold_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match="file can hold"):
        written({"a": value})


def _kinds(value: Any) -> Any:  # noqa: ANN401
    """Give the types of a tree, which equality does not tell apart (1 and 1.0 and True)."""
    if isinstance(value, dict):
        return [(type(key), _kinds(below)) for key, below in value.items()]
    return [_kinds(below) for below in value] if isinstance(value, list) else type(value)
