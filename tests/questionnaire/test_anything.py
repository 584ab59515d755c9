"""Whatever stands in a file, it ends in a questionnaire or in sentences about places of that file.

The numbers below add up to more than 20,000 documents, the same in every run. How long one takes and how much memory
is not for tests: `benchmarks/questionnaire_limits.py` looks at the worst ones.
"""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.questionnaire.documents import (
    BROKEN,
    KEYS,
    RAW,
    SHIPPED,
    SMALL,
    TREES,
    TYPES,
    WORDS,
    Raw,
    copied,
    edited,
    encoded,
    flow,
    grafted,
    grafted_by,
    huge,
    looking_like_yaml,
    nested,
    places,
    spoiled,
)
from tests.questionnaire.endings import ends_well
from tests.questionnaire.wholes import wholes

Test = Callable[..., None]

# What is tried at every key: each kind of value, at its limits and beyond.
AT_EVERY_KEY: list[Any] = [
    *(None, True, False, 0, 1, -1, 12, 1.5, 1e6, 1e7, -1e7, 2**53, 2**64, -0.0, "", " ", "x", "x" * 4001, "na", "12"),
    *([], [[]], [None], ["x"], [1, 2], {}, {"": ""}, {"x": {}}, {"en": "x"}, {"xx": "x"}, {1: 2}, [{"id": "x"}] * 3),
    *({"reason": ["required"]}, {"all": []}, {"any": [{}]}, {"levels": []}, {"id": {}}, {"question": 1, "op": "="}),
    *("\u2028", "\ud800", "\u202e", "a\x00b", *TYPES, *(Raw(word) for word in RAW)),
]
# The small files in eight shares, so that eight workers can try them: seven of some, and one of the fullest two.
SHARES = [sorted(SMALL)[start::7] for start in range(7)] + [["every-key", "every-type"]]
PLACES = [(name, number) for name, tree in sorted(TREES.items()) for number, _ in enumerate(places(tree))]


def documents(number: int) -> Callable[[Test], Test]:
    """Try so many documents, the same each time."""
    return settings(
        max_examples=number,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
    )


shared = pytest.mark.parametrize("names", SHARES, ids=range(len(SHARES)))


@shared
@documents(500)  # of each of eight shares
@given(st.data())
def test_an_edited_file_ends_well(names: list[str], data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(names))
    ends_well(data.draw(edited(SMALL[name])))


@shared
@documents(500)  # of each of eight shares
@given(st.data())
def test_a_file_with_spoilt_bytes_ends_well(names: list[str], data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(names))
    ends_well(data.draw(spoiled(SMALL[name].encode())))


@shared
@documents(600)  # of each of eight shares
@given(st.data())
def test_a_file_with_other_nodes_ends_well(names: list[str], data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(names))
    ends_well(data.draw(grafted(TREES[name])))


@pytest.mark.parametrize("start", range(3))
@documents(1000)  # of each third of the places
@given(st.data(), st.sampled_from(AT_EVERY_KEY))
def test_a_file_with_any_value_at_any_key_ends_well(start: int, data: st.DataObject, value: Any) -> None:  # noqa: ANN401
    name, number = data.draw(st.sampled_from(PLACES[start::3]))
    tree = copied(TREES[name])
    holder, key = list(places(tree))[number]
    holder[key] = value
    ends_well(encoded(flow(tree)))


@documents(500)
@given(wholes())
def test_a_whole_questionnaire_is_of_use(whole: dict[str, Any]) -> None:
    assert ends_well(encoded(flow(whole))) is not None, flow(whole)


@documents(400)
@given(grafted_by(wholes()))
def test_a_whole_questionnaire_with_other_nodes_ends_well(content: bytes) -> None:
    ends_well(content)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
@documents(30)  # of each of six files
@given(st.data())
def test_a_shipped_file_that_was_edited_ends_well(path: Any, data: st.DataObject) -> None:  # noqa: ANN401 - a path
    change = data.draw(st.sampled_from([edited(path.read_text("utf-8")), spoiled(path.read_bytes())]))
    ends_well(data.draw(change))


@documents(2000)
@given(looking_like_yaml())
@example(b"a: *b")
@example(b"{")  # what is missing is missing at the end of the only line
@example(b"{1: a, 2.5: b}")
def test_what_looks_like_yaml_ends_well(content: bytes) -> None:
    ends_well(content)


@documents(800)
@given(st.binary(max_size=200) | st.text(max_size=100).map(encoded) | st.sampled_from(BROKEN).flatmap(spoiled))
def test_any_bytes_end_well(content: bytes) -> None:
    ends_well(content)


@documents(300)
@given(nested())
def test_what_is_nested_ends_well(content: bytes) -> None:
    ends_well(content)


@documents(80)
@given(huge())
def test_a_huge_file_ends_well(content: bytes) -> None:
    ends_well(content)


@documents(300)
@given(st.dictionaries(st.sampled_from([*KEYS, *WORDS]), st.sampled_from(AT_EVERY_KEY), max_size=12))
@example({"[key]": 1, "scales": {"s": {"[key]": 2}}})
@example(json.loads('{"\\ud800": "\\udfff"}'))
def test_a_map_of_any_keys_ends_well(tree: dict[str, Any]) -> None:
    ends_well(encoded(flow(tree)))
