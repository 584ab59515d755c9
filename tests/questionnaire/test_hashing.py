"""What changes the scoring hash breaks a trend; what does not, may be edited freely."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessment.questionnaire.hashing import content_hash, question_hashes, rules_hash, scoring_hash
from assessment.questionnaire.model import Questionnaire
from assessment.questionnaire.reader import read
from tests.questionnaire.given import EVERY_KEY, questionnaire

Change = tuple[str, str]

BASE = """
format: 1
id: hashed
version: "1"
title: {en: Hashed, de: Gestreut}
languages: [en, de]
introduction: {en: Think., de: Denken Sie nach.}
scales:
  steps:
    levels: [{value: 1, label: {en: Low, de: Tief}}, {value: 2, label: Middle}, {value: 3, label: High}]
  spare:
    levels: [{value: 0, label: "No"}, {value: 1, label: "Yes"}]
scoring: {minimum-answered: 0.5, unit-weighting: equal, smallest-change: 0.3}
dimensions:
  - id: one
    title: {en: One, de: Eins}
    help: Part one.
    weight: 1
    questions:
      - id: first
        type: rating
        scale: steps
        text: {en: We look ahead., de: Wir blicken voraus.}
        help: Far ahead.
        anchors: {1: Never., 2: {en: At times., de: Manchmal.}, 3: Always.}
        weight: 1
        required: true
        not-applicable: true
        dont-know: true
      - {id: second, type: rating, scale: steps, text: We look back.}
      - {id: why, type: text, text: Why?}
  - {id: two, title: Two, questions: [{id: third, type: rating, scale: steps, text: We look around.}]}
  - {id: three, title: Three, questions: [{id: fourth, type: rating, scale: steps, text: We act.}]}
"""
STEPS = "[{value: 1, label: {en: Low, de: T}}, {value: 2, label: Middle}, {value: 3, label: High}]"
SECOND = "      - {id: second, type: rating, scale: steps, text: We look back.}\n"
WHY = "      - {id: why, type: text, text: Why?}\n"
TWO = "  - {id: two, title: Two, questions: [{id: third, type: rating, scale: steps, text: We look around.}]}\n"
THREE = "  - {id: three, title: Three, questions: [{id: fourth, type: rating, scale: steps, text: We act.}]}\n"
BELOW = THREE.strip().removeprefix("- ")
SIX = TWO.replace("two", "six")

# What a reader sees, and no answer or score depends on.
FREE: dict[str, list[Change]] = {
    "the version": [('version: "1"', 'version: "2"')],
    "the questionnaire's id": [("id: hashed", "id: another")],
    "the title": [("en: Hashed", "en: Mixed")],
    "the title's translation": [("de: Gestreut", "de: Gemischt")],
    "the introduction": [("en: Think.", "en: Think twice.")],
    "no introduction": [("introduction: {en: Think., de: Denken Sie nach.}\n", "")],
    "a dimension's title": [("{en: One, de: Eins}", "The first")],
    "a dimension's help": [("Part one.", "The first part.")],
    "no help": [("    help: Part one.\n", ""), ("        help: Far ahead.\n", "")],
    "a question's help": [("Far ahead.", "Very far.")],
    "a statement's translation": [("de: Wir blicken voraus.", "de: Wir schauen voraus.")],
    "no translation of a statement": [("{en: We look ahead., de: Wir blicken voraus.}", "We look ahead.")],
    "an anchor's translation": [("de: Manchmal.", "de: Ab und zu.")],
    "a level's translation": [("de: Tief", "de: Niedrig")],
    "a further language": [("[en, de]", "[en, de, fr]"), ("en: We look ahead.,", "en: We look ahead., fr: Oui.,")],
    "the words of a question that is not scored": [("Why?", "Why not?")],
    "a further question that is not scored": [(WHY, WHY + WHY.replace("why", "else"))],
    "whether an answer is required": [("required: true", "required: false")],
    "a silenced warning": [("dimensions:", "silenced: [{rule: single-question, at: two, reason: Ok.}]\ndimensions:")],
    "how numbers are written": [
        ("weight: 1\n    questions", "weight: 1.00\n    questions"),
        ("value: 2", "value: 2e0"),
    ],
    "no defaults": [("        not-applicable: true\n        dont-know: true\n", ""), ("minimum-answered: 0.5, ", "")],
    "where the lines of a statement end": [
        ("{en: We look ahead., de: Wir blicken voraus.}", "|\n          We look\n          ahead.\n")
    ],
    "quotes around a text": [("title: Two", 'title: "Two"')],
    "the order of questions": [
        (SECOND + WHY, WHY),
        ("    questions:\n      - id: first", f"    questions:\n{SECOND}      - id: first"),
    ],
    "the order of dimensions": [(TWO + THREE, THREE + TWO)],
    "the order of anchors": [("1: Never., 2: {en: At", "2: {en: At"), (", 3: Always.}", ", 3: Always., 1: Never.}")],
    "a scale that no question is rated on": [('label: "Yes"', 'label: "Perhaps"')],
    "another scale with the same levels": [
        ("  spare:\n", f"  other:\n    levels: {STEPS}\n  spare:\n"),
        ("scale: steps, text: We act.", "scale: other, text: We act."),
    ],
}

# What people answer to, or how their answers become scores.
BREAKING: dict[str, list[Change]] = {
    "a statement": [("en: We look ahead.", "en: We plan ahead.")],
    "a statement's capitals": [("en: We look ahead.", "en: WE look ahead.")],
    "an anchor": [("en: At times.", "en: Sometimes.")],
    "an anchor left out": [("1: Never., ", "")],
    "anchors that changed places": [("1: Never.", "1: Always."), ("3: Always.", "3: Never.")],
    "a level's value": [("value: 2,", "value: 2.5,"), ("2: {en", "2.5: {en")],
    "a level's label": [("label: Middle", "label: Between")],
    "a level's label in the source language": [("en: Low", "en: Lowest")],
    "a further level": [("label: High}", "label: High}, {value: 4, label: Top}")],
    "a question's weight": [("        weight: 1", "        weight: 2")],
    "a dimension's weight": [("    weight: 1\n    questions", "    weight: 2\n    questions")],
    "a question's id": [("id: first", "id: premier")],
    "a dimension's id": [("id: one", "id: un")],
    "a question's scale": [("scale: steps, text: We act.", "scale: spare, text: We act.")],
    "the share to answer": [("minimum-answered: 0.5", "minimum-answered: 0.6")],
    "how teams weigh": [("unit-weighting: equal", "unit-weighting: respondents")],
    "the smallest change": [("smallest-change: 0.3", "smallest-change: 0.2")],
    "that it may not apply": [("not-applicable: true", "not-applicable: false")],
    "that one need not know": [("dont-know: true", "dont-know: false")],
    "a question left out": [(SECOND, "")],
    "a further question": [(SECOND, SECOND + SECOND.replace("second", "fifth"))],
    "a dimension left out": [(THREE, "")],
    "a further dimension": [(THREE, THREE + THREE.replace("three", "four").replace("fourth", "fifth"))],
    "a question that is not scored any more": [
        ("type: rating, scale: steps, text: We look back.", "type: text, text: We look back.")
    ],
    "questions that changed places": [("id: second", "id: 2nd"), ("id: third", "id: second"), ("id: 2nd", "id: third")],
    "a dimension moved under another": [
        (TWO + THREE, "  - {id: two, title: Two, dimensions: [" + BELOW + "]}\n" + SIX)
    ],
}


def version(*changes: Change) -> Questionnaire:
    return questionnaire(BASE, *changes)


@pytest.mark.parametrize("what", FREE)
def test_an_edit_of_what_is_only_read_leaves_the_scoring_hash(what: str) -> None:
    assert scoring_hash(version(*FREE[what])) == scoring_hash(version())


@pytest.mark.parametrize("what", BREAKING)
def test_an_edit_of_what_is_measured_changes_the_scoring_hash(what: str) -> None:
    assert scoring_hash(version(*BREAKING[what])) != scoring_hash(version())


def test_the_source_language_decides_which_words_are_measured() -> None:
    german_first = version(
        ("[en, de]", "[de, en]"),
        ("label: Middle", "label: {de: Middle, en: M}"),
    )
    assert scoring_hash(german_first) != scoring_hash(version())


def test_whether_a_text_names_its_language_is_the_same() -> None:
    assert scoring_hash(version(("text: We act.", "text: {en: We act.}"))) == scoring_hash(version())


@pytest.mark.parametrize(
    "change",
    [
        ("id: first", "id: premier"),
        ("        weight: 1", "        weight: 2"),
        ("required: true", "required: false"),
        ("Far ahead.", "Near."),
    ],
)
def test_a_question_asks_the_same_under_another_id_and_weight(change: Change) -> None:
    before, after = version(), version(change)
    assert list(question_hashes(after).values()) == list(question_hashes(before).values())


def test_a_question_of_words_has_a_hash_too() -> None:
    before, after = version(), version(("Why?", "Why not?"))
    assert question_hashes(after)["why"] != question_hashes(before)["why"]


def test_the_content_hash_is_that_of_the_bytes() -> None:
    assert content_hash(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert content_hash(b"a") != content_hash(b"a\n")


def test_the_hashes_are_the_same_in_every_version_of_the_program() -> None:
    # Stored beside every version of a questionnaire: another hash here would break every trend there is.
    assert scoring_hash(questionnaire(EVERY_KEY)) == "2d9a075c478045a088baf2e71e0431d4e92f5183f0617578e844d34d7f0e78a2"


# Every key again, with a scored question at the end that rests on questions of every type: so all of these count.
RESTING = """
              - id: last
                type: yes-no
                text: {en: Last?, de: Zuletzt?}
                scores: {yes: 1, no: 0}
                show-if:
                  any:
                    - {question: own, op: ">=", value: 1}
                    - {question: size, op: "=", value: large}
                    - {question: tools, op: includes, value: wiki}
                    - {question: done, op: "!=", value: "no"}
                    - {question: days, op: "<", value: 12.5}
                    - {question: why, op: answered, value: true}
"""
WHOLE: dict[str, Any] = read(EVERY_KEY.replace("stages:\n", RESTING.lstrip("\n") + "stages:\n").encode()).data

Place = tuple[str | int | float, ...]

# Keys whose values are only read, or only say what a form takes beside or in place of an answer.
ONLY_READ = {"format", "version", "title", "introduction", "help", "note", "required", "evidence", "reason", "de"}
ONLY_READ |= {"languages", "silenced", "changes", "minimum", "maximum", "whole", "at-least", "at-most"}
NAMES = {"rule", "audience", "type", "unit-weighting", "question", "op"}  # few values are possible: not edited here


def leaves(tree: Any, place: Place = ()) -> Iterator[Place]:  # noqa: ANN401 - whatever a file holds
    """Give the place of every text, number and truth of a file."""
    below = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else None
    if below is None:
        yield place
        return
    for key, part in below:
        yield from leaves(part, (*place, key))


def is_only_read(place: Place) -> bool:
    """Whether nothing depends on a value: no answer, no score, nobody's being asked."""
    in_list_of_names = place[0] == "roles" or place[:1] == ("id",)
    names_scores = place[0] in {"scoring", "stages"} and "label" in place
    return bool(ONLY_READ & set(place)) or in_list_of_names or names_scores


OF_A_ROLE = (
    "dimensions",
    0,
    "dimensions",
    0,
    "dimensions",
    0,
    "questions",
    4,
)  # it enters no score, whatever it weighs
PLACES = [
    place
    for place in leaves(WHOLE)
    if not NAMES & set(place) and place[-1] != "scale" and place != (*OF_A_ROLE, "weight")
]
FREE_PLACES = [place for place in PLACES if is_only_read(place) and place[0] not in {"format", "languages", "silenced"}]
MEASURED_PLACES = [place for place in PLACES if not is_only_read(place)]


def edited(tree: dict[str, Any], place: Place) -> None:
    """Change a value to another one of its kind."""
    *above, last = place
    part: Any = tree
    for step in above:
        part = part[step]
    value = part[last]
    if isinstance(value, bool):
        value = not value
    elif last == "reason":
        value = "optional"
    elif isinstance(value, int | float):
        value = value + (1 if isinstance(value, int) else 0.125)
    else:
        value = (
            f"{value}x" if last in {"id", "from", "version"} or "changes" in place or "roles" in place else f"{value} x"
        )
    part[last] = value


def with_edits(places: list[Place]) -> Questionnaire:
    """Give the questionnaire with each of these values changed; the model reads it, the linter is not asked."""
    tree = deepcopy(WHOLE)
    for place in places:
        edited(tree, place)
    return Questionnaire.model_validate(tree)


def hashes(version: Questionnaire) -> tuple[str, str, list[str]]:
    return scoring_hash(version), rules_hash(version), list(question_hashes(version).values())


UNEDITED = hashes(with_edits([]))
quick = settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])


def test_the_edits_reach_every_part_of_a_file() -> None:
    assert len(FREE_PLACES) > 50
    assert len(MEASURED_PLACES) > 50
    assert {place[-1] for place in MEASURED_PLACES} >= {
        "id",
        "en",
        "value",
        "score",
        "weight",
        "reverse",
        "from",
        "overall",
    }


@quick
@given(st.lists(st.sampled_from(FREE_PLACES), min_size=1, max_size=12, unique=True))
def test_no_edit_of_what_is_only_read_changes_a_hash(places: list[Place]) -> None:
    assert hashes(with_edits(places)) == UNEDITED


@pytest.mark.parametrize("place", MEASURED_PLACES, ids=lambda place: "/".join(map(str, place)))
def test_every_edit_of_what_is_asked_or_scored_changes_the_scoring_hash(place: Place) -> None:
    assert scoring_hash(with_edits([place])) != UNEDITED[0]


@quick
@given(
    st.lists(st.sampled_from(MEASURED_PLACES), min_size=1, max_size=4, unique=True),
    st.lists(st.sampled_from(FREE_PLACES), max_size=8, unique=True),
)
def test_what_is_only_read_hides_no_edit_of_what_is_measured(measured: list[Place], free: list[Place]) -> None:
    version = with_edits(measured + free)
    assert scoring_hash(version) == scoring_hash(with_edits(measured)) != UNEDITED[0]


def test_how_a_compared_number_is_written_is_the_same() -> None:
    tree = deepcopy(WHOLE)
    leaf = tree["dimensions"][0]["dimensions"][0]["dimensions"][0]
    leaf["questions"][-1]["show-if"]["any"][0]["value"] = 1.0
    assert hashes(Questionnaire.model_validate(tree)) == UNEDITED
