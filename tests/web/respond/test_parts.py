"""The parts of a form, and the questions as they stand on them."""

import json

from assessment.questionnaire.check import load
from assessment.questionnaire.model import Text
from assessment.web.respond import parts
from tests.web.respond.given import AWKWARD, EVERYTHING, PLAIN

PLAIN_ONE = load(PLAIN.encode())
AWKWARD_ONE = load(AWKWARD.encode())
EVERY_ONE = load(EVERYTHING.encode())


def says(text: Text) -> str:
    return AWKWARD_ONE.says(text)


def test_a_part_groups_its_questions_by_the_dimension_that_holds_them() -> None:
    part = parts.part(AWKWARD_ONE, 1, "de")
    assert (part.number, part.of) == (1, 2)
    assert [[says(title) for title in group.titles] for group in part.groups] == [["Mitte", "Blatt"], ["Seite"]]
    assert [asked.number for group in part.groups for asked in group.asked] == [1, 2, 3, 4]


def test_a_part_without_dimensions_below_is_one_group_without_a_title() -> None:
    (group,) = parts.part(PLAIN_ONE, 1, "en").groups
    assert group.titles == ()
    assert [offered.word for offered in group.asked[0].offered] == ["1", "2", "3"]


def test_levels_that_are_no_whole_numbers_keep_their_words() -> None:
    asked = parts.part(AWKWARD_ONE, 1, "de").groups[0].asked[0]
    assert [offered.word for offered in asked.offered] == ["-1", "0.5", "1000000"]
    assert [offered.anchor is not None for offered in asked.offered] == [True, False, False]


def test_each_type_offers_what_can_be_chosen() -> None:
    asked = {one.question.id: one for group in parts.part(EVERY_ONE, 1, "en").groups for one in group.asked}
    assert [offered.word for offered in asked["waiting"].offered] == ["1", "2.5", "3"]
    assert [offered.word for offered in asked["place"].offered] == ["room", "mixed", "remote"]
    assert [offered.word for offered in asked["tools"].offered] == ["board", "chart", "list"]
    assert asked["members"].offered == asked["hinders"].offered == ()
    assert [(asked[name].least, asked[name].most) for name in ("members", "days", "place")] == [
        ("1", "60"),
        ("0", ""),
        ("", ""),
    ]
    releases = parts.part(EVERY_ONE, 2, "en").groups[0].asked[0]
    assert [(offered.word, offered.label) for offered in releases.offered] == [("yes", None), ("no", None)]


def test_numbers_run_through_the_whole_questionnaire() -> None:
    shown = [
        asked.number
        for number in range(1, len(EVERY_ONE.dimensions) + 1)
        for group in parts.part(EVERY_ONE, number, "en").groups
        for asked in group.asked
    ]
    assert shown == list(range(1, len(EVERY_ONE.questions) + 1))


def test_levels_too_long_to_stand_side_by_side_are_stacked_in_that_language_alone() -> None:
    long = PLAIN.replace("label: Low", "label: {en: Low, de: Höchstleistungsorganisation}").replace(
        'version: "1"', 'version: "1"\nlanguages: [en, de]'
    )
    questionnaire = load(long.encode())
    stacked = {
        language: [asked.stacked for group in parts.part(questionnaire, 1, language).groups for asked in group.asked]
        for language in questionnaire.languages
    }
    assert stacked == {"en": [False, False], "de": [True, True]}


def test_a_condition_stands_on_the_page_as_data() -> None:
    asked = {one.question.id: one for group in parts.part(EVERY_ONE, 2, "en").groups for one in group.asked}
    assert asked["releases"].show_if == ""
    assert json.loads(asked["failures"].show_if) == {"question": "often", "op": ">=", "value": 2}
    assert [part["value"] for part in json.loads(asked["blocked"].show_if)["any"]] == ["no", "dk"]


def test_a_part_names_the_earlier_answers_it_depends_on() -> None:
    assert [parts.asked_about(questions) for questions in EVERY_ONE.by_competency] == [
        set(),
        set(),
        {"tools"},
        {"board-limits", "members"},
        {"place"},
    ]


def test_the_first_control_of_a_question_is_what_can_be_chosen_first_or_its_field() -> None:
    first = {question.id: parts.first_control(question, PLAIN_ONE) for question in PLAIN_ONE.questions}
    assert first == {"validate": "a-validate:1", "a.b-1": "a-a.b-1:1", "go": "a-go", "code": "a-code"}
    by_id = EVERY_ONE.by_id
    assert [parts.first_control(by_id[name], EVERY_ONE) for name in ("tools", "members", "releases")] == [
        "a-tools:board",
        "a-members",
        "a-releases:yes",
    ]
    assert parts.first_control(by_id["shared"], EVERY_ONE, "links") == "b-shared:links"
    assert parts.part_of(PLAIN_ONE, "code") == 2
