"""What changes the scoring hash breaks a trend; what does not, may be edited freely."""

import pytest

from assessment.questionnaire.hashing import content_hash, question_hash, scoring_hash
from assessment.questionnaire.model import Questionnaire
from tests.questionnaire.given import VALID, questionnaire

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
    assert question_hash(after.questions[0], after) == question_hash(before.questions[0], before)


def test_a_question_of_words_has_a_hash_too() -> None:
    before, after = version(), version(("Why?", "Why not?"))
    assert question_hash(after.by_id["why"], after) != question_hash(before.by_id["why"], before)


def test_the_content_hash_is_that_of_the_bytes() -> None:
    assert content_hash(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert content_hash(b"a") != content_hash(b"a\n")


def test_the_hashes_are_the_same_in_every_version_of_the_program() -> None:
    # Stored beside every version of a questionnaire: another hash here would break every trend there is.
    every_key = next(path for path in VALID if path.stem == "every-key").read_text("utf-8")
    assert scoring_hash(questionnaire(every_key)) == "2aa0726cc0f8550c2be0bfc73e77415c969513477bf4e4d867ca54d68ddc933e"
