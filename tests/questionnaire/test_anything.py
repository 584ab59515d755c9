"""Whatever stands in a file, it ends in a questionnaire or in sentences about places of that file."""

import json
import re
from typing import Any

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from assessment.questionnaire.check import examine
from assessment.questionnaire.hashing import question_hash, scoring_hash
from assessment.questionnaire.reader import read
from tests.questionnaire.given import DOUBTFUL, EVERY_KEY, VALID

GOOD = [path.read_text("utf-8") for path in [*VALID, *DOUBTFUL]]
TREES = [read(text.encode()).data for text in GOOD]
KEYS = sorted(set(re.findall(r"[\w-]+(?=:)", EVERY_KEY)))
WORDS = [*KEYS, "", "No", "~", "12", "-1", "0.5", "1e400", ".inf", "true", "x" * 50, "ä😀", "rating", "text", "[key]"]
SIGNS = [*"{}[],:?-#&*!|>'\"%@`\n\t\r \\", ": ", "- ", "\n  ", "---\n", "...\n", "? ", "<<", "&a ", "*a", "!!str "]
ODD = ["\x00", "\x07", "\x85", "\u2028", "\ufeff", "\\ud800", '"\\0"', "\U0010ffff"]

tokens = st.sampled_from([*WORDS, *SIGNS, *ODD])
often = settings(max_examples=300, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def edited(draw: st.DrawFn) -> str:
    """Give a good file with pieces taken out, put in or put elsewhere."""
    text = draw(st.sampled_from(GOOD))
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 12)))
        piece = draw(tokens | st.just(text[start:end]) | st.text(max_size=3))
        text = text[:start] + piece + text[end:]
    return text


scalars = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.sampled_from(WORDS) | st.text()
values = st.recursive(
    scalars,
    lambda below: st.lists(below, max_size=3) | st.dictionaries(st.sampled_from(WORDS) | st.text(), below, max_size=3),
    max_leaves=6,
)


@st.composite
def grafted(draw: st.DrawFn) -> str:
    """Give a good file as JSON, with a few values replaced by others and a few keys added."""
    tree = json.loads(json.dumps(draw(st.sampled_from(TREES))))
    for _ in range(draw(st.integers(1, 3))):
        places = list(_places(tree))
        place, key = places[draw(st.integers(0, len(places) - 1))]
        place[key] = draw(values)
        if isinstance(place, dict) and draw(st.booleans()):
            place[draw(st.sampled_from(WORDS) | st.text())] = draw(values)
    return json.dumps(tree, ensure_ascii=draw(st.booleans()))


def _places(tree: Any) -> Any:  # noqa: ANN401 - JSON
    pairs = list(tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ())
    for key, below in pairs:
        yield tree, key
        yield from _places(below)


def ends_well(content: bytes) -> None:
    """Examine a file and look whether the outcome holds together."""
    questionnaire, findings = examine(content)
    errors = [finding for finding in findings if finding.severity == "error"]
    assert (questionnaire is None) == bool(errors)
    lines = len(re.split(r"\r\n|\r|\n", content.decode("utf-8", "replace")))
    for finding in findings:
        assert 1 <= finding.position.line <= lines + 1  # the end of a file lies behind its last line
        assert finding.position.column >= 1
        assert re.fullmatch(r"f:\d+:\d+: (error|warning): .+ \[[a-z-]+\]", finding.line("f"))
        assert finding.line("f").isprintable()
    if questionnaire is not None:
        assert len(scoring_hash(questionnaire)) == 64
        assert all(question_hash(question, questionnaire) for question in questionnaire.questions)


@often
@given(edited())
@example("a: *b")
def test_an_edited_file_ends_well(text: str) -> None:
    ends_well(text.encode("utf-8", "surrogatepass"))


@often
@given(grafted())
@example(json.dumps({"[key]": 1, "scales": {"s": {"[key]": 2}}}))
@example("{1: a, 2.5: b}")
def test_a_file_with_other_values_ends_well(text: str) -> None:
    ends_well(text.encode("utf-8", "surrogatepass"))


@often
@given(st.lists(tokens, max_size=60).map("".join))
def test_what_looks_like_yaml_ends_well(text: str) -> None:
    ends_well(text.encode("utf-8", "surrogatepass"))


@often
@given(st.binary(max_size=400) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_bytes_end_well(content: bytes) -> None:
    ends_well(content)
