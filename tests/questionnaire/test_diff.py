"""What became of each question from one version to the next, and whether scores can be compared over the step."""

import pytest

from assessment.questionnaire.check import load
from assessment.questionnaire.diff import Difference, difference, question_changes
from assessment.questionnaire.model import Questionnaire
from tests.questionnaire.given import questionnaire

Change = tuple[str, str]

BEFORE = """
format: 1
id: compared
version: "1"
title: Compared
languages: [en, de]
roles: [tester]
scales:
  steps:
    levels: [{value: 1, label: Low}, {value: 2, label: Middle}, {value: 3, label: High}]
scoring: {minimum-answered: 0.5}
dimensions:
  - id: one
    title: One
    questions:
      - {id: a, type: rating, scale: steps, text: We plan.}
      - {id: b, type: rating, scale: steps, text: We look back.}
      - {id: why, type: text, text: Why?}
  - id: two
    title: Two
    questions:
      - {id: c, type: choice, text: How?, options: [{id: x, label: X, score: 1}, {id: y, label: Y, score: 3}]}
      - {id: d, type: yes-no, text: Done?, scores: {yes: 3, no: 1}}
      - {id: e, type: multiple, text: Which?, options: [{id: x, label: X}, {id: y, label: Y}]}
      - {id: f, type: yes-no, text: Tested?, scores: {yes: 3, no: 1}, roles: [tester]}
      - {id: g, type: yes-no, text: Shipped?, scores: {yes: 3, no: 1}, show-if: {question: d, op: "=", value: "yes"}}
"""
NEXT = ('version: "1"', 'version: "2"')
A = "      - {id: a, type: rating, scale: steps, text: We plan.}\n"
B = "      - {id: b, type: rating, scale: steps, text: We look back.}\n"


def declared(changes: str) -> Change:
    """Give the change that lets the newer version declare something of version 1."""
    return ("dimensions:\n", f'changes: {{from: "1", {changes}}}\ndimensions:\n')


def compared(*changes: Change) -> Difference:
    return difference(questionnaire(BEFORE), questionnaire(BEFORE, NEXT, *changes))


def became(*changes: Change) -> dict[str, tuple[str, str]]:
    """Give the verdict and reason of every question that did not simply stay."""
    return {
        change.question: (change.verdict, change.reason)
        for change in compared(*changes).questions
        if (change.verdict, change.reason) != ("kept", "asks the same")
    }


def test_what_is_not_touched_is_kept() -> None:
    found = compared()
    assert (found.step, found.reason) == ("comparable", "")
    assert {(change.verdict, change.reason) for change in found.questions} == {("kept", "asks the same")}
    assert [(change.question, change.was) for change in found.questions] == [
        (name, name) for name in (*"ab", "why", *"cdefg")
    ]
    assert found.common == {name: name for name in "abcdg"}


RENAMED = ("id: a, type: rating", "id: plan, type: rating")


def test_a_declared_new_name_is_the_same_question() -> None:
    found = compared(RENAMED, declared("renamed: {a: plan}"))
    assert (found.step, found.common["plan"]) == ("comparable", "a")
    assert became(RENAMED, declared("renamed: {a: plan}")) == {"plan": ("renamed", "called `a` before; asks the same")}


def test_a_new_name_that_is_not_declared_is_a_new_question() -> None:
    assert became(RENAMED) == {"plan": ("new", "not asked before"), "a": ("retired", "no longer asked")}
    assert compared(RENAMED).step == "anchored"


def test_what_is_declared_retired_is_said_to_be() -> None:
    assert became((B, ""), declared("retired: [b]")) == {"b": ("retired", "declared retired")}


def test_a_reworded_statement_asks_something_else() -> None:
    reworded = ("We plan.", "We plan ahead.")
    assert became(reworded) == {"a": ("broken", "its statement was reworded")}
    assert compared(reworded).common.keys() == set("bcdg")


def test_an_editorial_change_asks_the_same() -> None:
    reworded = ("We plan.", "We plan ahead.")
    assert became(reworded, declared("editorial: [a]")) == {"a": ("kept", "reworded, declared editorial")}
    assert compared(reworded, declared("editorial: [a]")).step == "comparable"


@pytest.mark.parametrize(
    ("change", "question"),
    [
        (("{id: y, label: Y, score: 3}", "{id: y, label: Y, score: 2}"), "c"),
        (("text: Done?, scores: {yes: 3, no: 1}", "text: Done?, scores: {yes: 2, no: 1}"), "d"),
        (("scale: steps, text: We plan.", "scale: steps, text: We plan., reverse: true"), "a"),
        (("text: Which?, options: [{id: x, label: X}, ", "text: Which?, options: ["), "e"),
        (("text: Tested?, scores: {yes: 3, no: 1}, roles: [tester]", "text: Tested?, scores: {yes: 3, no: 1}"), "f"),
    ],
)
def test_an_editorial_change_is_about_words_never_about_what_counts(change: Change, question: str) -> None:
    sentence = "its levels, what they count or whose roles are asked changed"
    assert became(change, declared(f"editorial: [{question}]"))[question] == ("broken", sentence)


def test_an_editorial_change_goes_with_a_new_name() -> None:
    changes = (RENAMED, ("We plan.", "We plan ahead."), declared("renamed: {a: plan}, editorial: [plan]"))
    assert became(*changes) == {"plan": ("renamed", "called `a` before; reworded, declared editorial")}


def test_the_author_vouches_for_what_is_equivalent() -> None:
    changes = (RENAMED, ("We plan.", "We look ahead."), declared("equivalent: {a: plan}"))
    assert became(*changes) == {"plan": ("renamed", "called `a` before; declared equivalent")}
    same_id = (("We plan.", "We look ahead."), declared("equivalent: {a: a}"))
    assert became(*same_id) == {"a": ("kept", "declared equivalent")}
    assert compared(*same_id).step == "comparable"


def test_declarations_about_another_version_are_ignored() -> None:
    other = ("dimensions:\n", 'changes: {from: "0", renamed: {a: plan}, editorial: [b], retired: [d2]}\ndimensions:\n')
    assert became(RENAMED, ("We look back.", "We look."), other) == {
        "plan": ("new", "not asked before"),
        "b": ("broken", "its statement was reworded"),
        "a": ("retired", "no longer asked"),
    }


def test_declarations_about_another_questionnaire_are_ignored() -> None:
    found = compared(RENAMED, ("id: compared", "id: another"), declared("renamed: {a: plan}"))
    assert (found.step, found.reason) == ("broken", "these are two questionnaires, `compared` and `another`")
    assert {change.question: change.verdict for change in found.questions}["plan"] == "new"


def test_declarations_that_lead_nowhere_in_the_older_version_are_ignored() -> None:
    assert became(declared("renamed: {never: a}, equivalent: {nowhere: b}")) == {}


def test_two_questions_that_change_names_are_followed() -> None:
    # Not a file that the linter lets pass: the step is still what it is.
    before, now = (
        questionnaire(BEFORE),
        questionnaire(BEFORE, NEXT, (A + B, A.replace("a,", "b,", 1) + B.replace("b,", "a,", 1))),
    )
    assert {change.question: change.reason for change in question_changes(before, now)}[
        "a"
    ] == "its statement was reworded"


@pytest.mark.parametrize(
    ("change", "question", "reason"),
    [
        (("id: d, type: yes-no, text: Done?, scores: {yes: 3, no: 1}", "id: d, type: yes-no, text: Done?"), "d", None),
        (("type: text, text: Why?", "type: number, text: Why?"), "why", "it was of the type `text` and is `number`"),
        (
            ("scale: steps, text: We plan.", "scale: steps, text: We plan., dont-know: false"),
            "a",
            "other ways out are offered",
        ),
        (
            ("scale: steps, text: We plan.", "scale: steps, text: We plan., anchors: {1: No.}"),
            "a",
            "its anchors or labels were reworded",
        ),
        (('value: "yes"', 'value: "no"'), "g", "the condition under which it is asked changed"),
        (("text: Done?", "text: Finished?"), "g", "its words, or a question that decides whether it is asked, changed"),
        (("label: Middle", "label: Between"), "a", "its anchors or labels were reworded"),
    ],
)
def test_what_changed_is_told(change: Change, question: str, reason: str | None) -> None:
    verdict, told = became(change)[question]
    assert verdict == "broken"
    assert told == (reason or "its levels, what they count or whose roles are asked changed")


@pytest.mark.parametrize(
    "change",
    [
        ("title: One", "title: The first"),
        ("text: We plan.", "text: {en: We plan., de: Wir planen.}"),
        (A + B, B + A),
        ("title: Two", "title: Two\n    help: The rest."),
        ("      - {id: why, type: text, text: Why?}\n", ""),
    ],
)
def test_a_step_is_comparable_where_nothing_that_counts_changed(change: Change) -> None:
    assert (compared(change).step, compared(change).reason) == ("comparable", "")


@pytest.mark.parametrize(
    "change",
    [
        ("minimum-answered: 0.5", "minimum-answered: 0.6"),
        ("id: b, type", "weight: 2, id: b, type"),
        ("title: Two", "title: Two\n    weight: 3"),
        ("id: two", "id: deux"),
    ],
)
def test_a_step_is_anchored_where_only_rules_and_weights_changed(change: Change) -> None:
    reason = "the questions are the same, but the weights or rules of scoring changed"
    assert (compared(change).step, compared(change).reason) == ("anchored", reason)


def test_a_step_is_anchored_as_long_as_60_percent_of_the_weight_is_in_common() -> None:
    found = compared((B, ""))
    assert (found.step, found.reason) == ("anchored", "the questions changed: 75% of the weight is in common")
    heavier = compared(("We look back.", "We look."), ("id: b, type", "weight: 3, id: b, type"))
    assert (heavier.step, heavier.reason) == ("anchored", "the questions changed: 62% of the weight is in common")


def test_a_step_is_broken_under_60_percent() -> None:
    found = compared(("We look back.", "We look."), ("id: b, type", "weight: 5, id: b, type"))
    reason = "the questions changed: only 58% of the weight is in common, under 60%"
    assert (found.step, found.reason) == ("broken", reason)


def test_a_step_to_another_audience_is_broken() -> None:
    found = compared(("title: Compared", "title: Compared\naudience: art"))
    assert (found.step, found.reason) == ("broken", "the audience changed from team to art")


def test_questions_of_roles_do_not_weigh_in() -> None:
    assert compared(("Tested?", "Tested well?")).step == "comparable"
    assert became(("Tested?", "Tested well?")) == {"f": ("broken", "its statement was reworded")}


def test_where_nothing_is_scored_every_step_is_comparable() -> None:
    words = """
format: 1
id: words
version: "1"
title: W
dimensions: [{id: d, title: D, questions: [{id: q, type: text, text: Why?}]}]
"""
    found = difference(questionnaire(words), questionnaire(words, ('"1"', '"2"'), ("Why?", "When?")))
    assert (found.step, found.common) == ("comparable", {})


def test_what_is_vouched_for_counts_the_same_or_it_is_another_question() -> None:
    other = ("{id: y, label: Y, score: 3}", "{id: y, label: Y, score: 30}")
    assert became(other, declared("equivalent: {c: c}"))["c"][0] == "broken"


@pytest.mark.parametrize(
    ("change", "question", "sentence"),
    [
        (("text: We plan.", "text: We plan., dont-know: false"), "a", "other ways out are offered"),
        (
            ('show-if: {question: d, op: "=", value: "yes"}', 'show-if: {question: d, op: "!=", value: "no"}'),
            "g",
            "the condition under which it is asked changed",
        ),
    ],
)
def test_an_editorial_change_leaves_who_is_asked_and_the_ways_out_alone(
    change: Change, question: str, sentence: str
) -> None:
    assert became(change, declared(f"editorial: [{question}]"))[question] == ("broken", sentence)


def test_what_rests_on_a_question_that_was_only_reworded_is_asked_of_the_same_people() -> None:
    reworded = ("text: Done?", "text: Is it done?")
    assert became(reworded, declared("editorial: [d]")) == {"d": ("kept", "reworded, declared editorial")}
    assert became(reworded).keys() == {"d", "g"}


def test_a_share_of_exactly_60_percent_is_enough_however_it_adds_up() -> None:
    def five(kept: int, of: int, version: str) -> Questionnaire:
        nodes = [(place, 5 if place == 0 else kept if place < 3 else of) for place in range(5)]
        lines = ["format: 1", "id: shares", f'version: "{version}"', "title: Shares", "dimensions:"]
        for place, alike in nodes:
            lines += [f"  - id: n{place}", f"    title: N{place}", "    questions:"]
            for number in range(5):
                words = "Same" if number < alike else f"Another {version}"
                told = f"text: {words} {place}-{number}?, scores: {{'yes': 1, 'no': 0}}"
                lines.append(f"      - {{id: q{place}-{number}, type: yes-no, {told}}}")
        return load("\n".join(lines).encode())

    found = difference(five(2, 3, "1"), five(2, 3, "2"))
    assert (found.step, found.reason) == ("anchored", "the questions changed: 60% of the weight is in common")
