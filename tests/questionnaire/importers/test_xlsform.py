"""XLSForm workbooks become questionnaires; what they cannot be is said with sheet and row."""

from collections.abc import Mapping, Sequence
from time import process_time
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessment.questionnaire.check import examine
from assessment.questionnaire.importers.conditions import Known, NotCarried, show_if
from assessment.questionnaire.importers.conversion import Conversion, Unconvertible
from assessment.questionnaire.importers.languages import language_code
from assessment.questionnaire.importers.xlsform import from_xlsform
from assessment.questionnaire.importers.xlsform_conditions import Bounds, bounds, condition
from assessment.questionnaire.writer import written
from tests.questionnaire.importers.workbooks import xlsx

Rows = Sequence[Sequence[object]]

CHOICES: Rows = [
    ["list_name", "name", "label", "score"],
    ["agree", 1, "Not at all"],
    ["agree", 2, "Partly"],
    ["agree", 3, "Fully"],
    ["yn", "yes", "Yes"],
    ["yn", "no", "No"],
    ["often", "never", "Never", 0],
    ["often", "some_times", "Sometimes", 2],
    ["colour", "red", "Red"],
    ["colour", "blue", "Blue"],
]


def converted(survey: Rows, choices: Rows = CHOICES, other: Mapping[str, Rows] | None = None) -> Conversion:
    """Give the conversion of a workbook, whose result is always a valid file."""
    made = from_xlsform("my form.xlsx", xlsx({"survey": survey, "choices": choices, **(other or {})}))
    questionnaire, found = examine(written(made.document))
    assert questionnaire is not None, found
    return made


def asked(made: Conversion) -> dict[str, Any]:
    """Give the questions by id."""
    found: dict[str, Any] = {}
    open_nodes = list(made.document["dimensions"])
    while open_nodes:
        node = open_nodes.pop(0)
        open_nodes = [*node.get("dimensions", []), *open_nodes]
        found |= {question["id"]: question for question in node.get("questions", [])}
    return found


# What the lists above bring along: those that a form does not ask with, and those whose names are numbers.
IN_PASSING = ("no question that is carried over asks with the list", "the names of its choices are numbers;")


def every_loss(made: Conversion) -> list[str]:
    return [f"{loss.place}: {loss.sentence}" for loss in made.losses]


def losses(made: Conversion) -> list[str]:
    """Give the losses without those that come of the common lists."""
    return [line for line in every_loss(made) if not any(words in line for words in IN_PASSING)]


def refused(sheets: Mapping[str, Rows]) -> list[str]:
    with pytest.raises(Unconvertible) as caught:
        from_xlsform("a.xlsx", xlsx(sheets))
    return [f"{reason.place}: {reason.sentence}" for reason in caught.value.reasons]


def one(*cells: object, headings: Sequence[str] = ("type", "name", "label")) -> Any:  # noqa: ANN401 - a question as a file has it
    """Give the one question that a single row becomes."""
    made = converted([headings, cells])
    assert losses(made) == []
    (question,) = asked(made).values()
    return question


def test_numbers_in_order_are_a_scale_that_questions_share() -> None:
    made = converted([["type", "name", "label"], ["select_one agree", "a", "A?"], ["select_one agree", "b", "B?"]])
    assert made.document["scales"] == {
        "agree": {
            "levels": [
                {"value": 1, "label": "Not at all"},
                {"value": 2, "label": "Partly"},
                {"value": 3, "label": "Fully"},
            ]
        }
    }
    assert asked(made) == {
        "a": {"id": "a", "type": "rating", "scale": "agree", "text": "A?"},
        "b": {"id": "b", "type": "rating", "scale": "agree", "text": "B?"},
    }


def test_likert_makes_levels_of_any_list_and_says_what_they_count() -> None:
    made = converted([["type", "name", "label", "appearance"], ["select_one colour", "q", "Q?", "likert"]])
    assert [level["value"] for level in made.document["scales"]["colour"]["levels"]] == [1, 2]
    sentence = "its choices are taken as levels that count 1 to 2, in the order of the list"
    assert losses(made) == [f"sheet choices, row 9: {sentence}"]


def test_a_list_from_the_greatest_number_down_is_turned() -> None:
    lists: Rows = [["list_name", "name", "label"], ["l", 3, "High"], ["l", 1, "Low"]]
    made = converted([["type", "name", "label"], ["select_one l", "q", "Q?"]], lists)
    assert made.document["scales"]["l"]["levels"] == [{"value": 1, "label": "Low"}, {"value": 3, "label": "High"}]
    assert every_loss(made) == [
        "sheet choices, row 2: the names of its choices are numbers; they are taken as levels that count these",
        "sheet choices, row 2: the list goes from the greatest number to the least; as a scale it goes upwards",
    ]


def test_yes_and_no_are_a_type_of_their_own() -> None:
    assert one("select_one yn", "q", "Q?") == {"id": "q", "type": "yes-no", "text": "Q?"}


def test_labels_that_say_more_than_yes_and_no_are_told() -> None:
    lists: Rows = [["list_name", "name", "label", "value"], ["l", "yes", "Always", 2], ["l", "no", "No", 1]]
    made = converted([["type", "name", "label"], ["select_one l", "q", "Q?"]], lists)
    assert asked(made)["q"] == {"id": "q", "type": "yes-no", "text": "Q?", "scores": {"yes": 2, "no": 1}}
    assert losses(made)[0].startswith("sheet choices, row 2: the labels of the list are not carried over")


def test_choices_with_scores_are_scored() -> None:
    assert one("select_one often", "q", "Q?")["options"] == [
        {"id": "never", "label": "Never", "score": 0},
        {"id": "some-times", "label": "Sometimes", "score": 2},
    ]
    unscored = one("select_one colour", "q", "Q?")
    assert (unscored["type"], unscored["options"][0]) == ("choice", {"id": "red", "label": "Red"})


QUESTIONS: dict[tuple[str, str], dict[str, object]] = {
    ("text", "text"): {},
    ("string", "text"): {},
    ("add text prompt", "text"): {},
    ("Integer", "number"): {"whole": True},
    ("int", "number"): {"whole": True},
    ("decimal", "number"): {},
    ("percentage", "number"): {"minimum": 0, "maximum": 100, "whole": True},
    ("range", "number"): {"minimum": 1, "maximum": 10, "whole": True},
    ("select one from agree", "rating"): {"scale": "agree"},
    ("select one agree", "rating"): {"scale": "agree"},
    ("select1 agree", "rating"): {"scale": "agree"},
    ("add select one prompt using agree", "rating"): {"scale": "agree"},
}
COLOURS = [{"id": "red", "label": "Red"}, {"id": "blue", "label": "Blue"}]


@pytest.mark.parametrize(("kind", "becomes"), QUESTIONS)
def test_types_are_known_by_all_their_names(kind: str, becomes: str) -> None:
    assert one(kind, "q", "Q?") == {"id": "q", "type": becomes, "text": "Q?"} | QUESTIONS[kind, becomes]


@pytest.mark.parametrize(
    "kind", ["select_multiple colour", "select all that apply from colour", "Select Multiple colour"]
)
def test_select_multiple_is_known_by_all_its_names(kind: str) -> None:
    assert one(kind, "q", "Q?") == {"id": "q", "type": "multiple", "text": "Q?", "options": COLOURS}


def test_a_range_has_its_limits() -> None:
    headings = ["type", "name", "label", "parameters"]
    assert one("range", "q", "Q?", "start=0 end=2.5 step=1", headings=headings)["maximum"] == 2.5
    made = converted([headings, ["range", "q", "Q?", "start=0;end=5;step=0.5"], ["range", "r", "R?", "start=5 end=1"]])
    assert asked(made)["q"] == {"id": "q", "type": "number", "text": "Q?", "minimum": 0, "maximum": 5}
    assert losses(made) == [
        "sheet survey, row 2: the step `0.5` of its range is not carried over",
        "sheet survey, row 3: its range `start=5 end=1` is not carried over, since it is none",
    ]


def test_headings_are_known_by_all_their_names() -> None:
    headings = ["Command", " NAME ", "Caption", "Bind::Required", "hint", "relevance"]
    assert one("text", "q", "Q?", "yes", "H", "", headings=headings) == {
        "id": "q",
        "type": "text",
        "text": "Q?",
        "help": "H",
        "required": True,
    }
    choices: Rows = [["List  Name", "value", "caption"], ["l", "a", "A"], ["l", "b", "B"]]
    made = converted([["type", "name", "label"], ["select_one l", "q", "Q?"]], choices)
    assert asked(made)["q"]["options"] == [{"id": "a", "label": "A"}, {"id": "b", "label": "B"}]


@pytest.mark.parametrize(
    ("words", "required"), [("yes", True), ("TRUE()", True), (True, True), ("no", None), ("", None)]
)
def test_required_is_read(words: object, required: object) -> None:
    assert one("text", "q", "Q?", words, headings=["type", "name", "label", "required"]).get("required") is required


def test_names_become_ids_and_conditions_follow() -> None:
    made = converted(
        [
            ["type", "name", "label", "relevant"],
            ["text", "good_day", "A?"],
            ["text", "good-day", "B?"],
            ["text", "grö_e", "C?", "${good_day} != ''"],
            ["text", "_1", "D?", "${grö_e} = ''"],
            ["text", "team", "E?"],
        ]
    )
    questions = asked(made)
    assert list(questions) == ["good-day", "good-day-2", "gro-e", "1", "team-2"]
    assert questions["good-day"]["text"] == "A?"
    answered = {"question": "good-day", "op": "answered", "value": True}
    assert next(q for q in questions.values() if q["text"] == "C?")["show-if"] == answered
    assert losses(made) == []


def test_groups_become_dimensions_at_most_three_deep() -> None:
    begin = [["begin_group", f"g{depth}", f"G{depth}"] for depth in range(1, 5)]
    survey = [["type", "name", "label"], ["text", "top", "T?"], *begin, ["text", "q", "Q?"], *[["end group"]] * 4]
    made = converted([*survey, ["text", "last", "L?"]])
    first, second, third = made.document["dimensions"]
    assert (first["title"], [q["id"] for q in first["questions"]]) == ("my form", ["top"])
    assert second["title"] == "G1"
    assert second["dimensions"][0]["dimensions"][0]["questions"][0]["id"] == "q"
    assert (third["title"], third["id"] != first["id"]) == ("my form", True)
    assert losses(made) == [
        (
            "sheet survey, row 6: the group `g4` is not carried over, since groups are nested at most 3 deep: "
            "the questions stand in the group around it"
        )
    ]


def test_groups_may_be_nested_as_deep_as_a_sheet_is_long() -> None:
    begin = [["begin group", f"g{depth}", "G"] for depth in range(1500)]
    made = converted([["type", "name", "label"], *begin, ["text", "q", "Q?"]])
    assert list(asked(made)) == ["q"]


def test_notes_longer_than_a_text_are_cut() -> None:
    survey: Rows = [["type", "name", "label"], *[["note", None, "word " * 500]] * 3, ["text", "q", "Q?"]]
    made = converted(survey)
    assert len(made.document["introduction"]) <= 4000
    assert [line.partition(":")[0] for line in losses(made)] == ["sheet survey, row 3", "sheet survey, row 4"]


def test_questions_beside_groups_keep_their_place() -> None:
    survey = [
        ["type", "name", "label"],
        ["begin group", "g", "G"],
        ["text", "a", "A?"],
        ["begin group", "h", "H"],
        ["text", "b", "B?"],
        ["end group"],
        ["text", "c", "C?"],
        ["end group"],
    ]
    (node,) = converted(survey).document["dimensions"]
    assert [[q["id"] for q in below["questions"]] for below in node["dimensions"]] == [["a"], ["b"], ["c"]]
    assert [below["title"] for below in node["dimensions"]] == ["G", "H", "G"]


def test_notes_at_the_start_introduce_and_others_are_told() -> None:
    made = converted(
        [
            ["type", "name", "label"],
            ["note", "n1", "Welcome."],
            ["note", "n2", "Think of the last iteration."],
            ["begin group", "g", "G"],
            ["note", "n3", "About G."],
            ["text", "q", "Q?"],
            ["note", "n4", "Nearly done."],
            ["end group"],
        ]
    )
    assert made.document["introduction"] == "Welcome.\n\nThink of the last iteration."
    assert made.document["dimensions"][0]["help"] == "About G."
    assert losses(made) == [
        "sheet survey, row 7: notes between questions are not carried over: `Nearly done.` is left out"
    ]


def test_conditions_of_groups_hold_for_all_in_them() -> None:
    made = converted(
        [
            ["type", "name", "label", "relevant"],
            ["select_one yn", "used", "Used?"],
            ["begin group", "g", "G", "${used} = 'yes'"],
            ["integer", "n", "N?"],
            ["text", "why", "Why?", "${n} > 3"],
            ["end group"],
        ]
    )
    questions = asked(made)
    used = {"question": "used", "op": "=", "value": "yes"}
    assert questions["n"]["show-if"] == used
    assert questions["why"]["show-if"] == {"all": [used, {"question": "n", "op": ">", "value": 3}]}


def test_what_cannot_be_asked_takes_along_what_depends_on_it() -> None:
    made = converted(
        [
            ["type", "name", "label", "relevant"],
            ["date", "day", "Day?"],
            ["text", "why", "Why?", "${day} != ''"],
            ["text", "more", "More?", "${why} != ''"],
            ["text", "now", "Now?", "regex(${more}, 'x')"],
            ["begin group", "g", "G", "${more} = ''"],
            ["text", "inside", "Inside?"],
            ["end group"],
            ["text", "kept", "Kept?"],
        ]
    )
    assert list(asked(made)) == ["kept"]
    no_earlier = "which is no earlier question of the result"
    assert losses(made) == [
        "sheet survey, row 2: `day` is left out: dates and times are not asked for",
        (
            "sheet survey, row 3: `why` is left out: its condition `${day} != ''` is not carried over, "
            f"since it refers to `day`, {no_earlier}"
        ),
        (
            "sheet survey, row 4: `more` is left out: its condition `${why} != ''` is not carried over, "
            f"since it refers to `why`, {no_earlier}"
        ),
        (
            "sheet survey, row 5: `now` is left out: its condition `regex(${more}, 'x')` is not carried over, "
            "since it calls the function `regex`"
        ),
        (
            "sheet survey, row 6: the group `g` is left out with all that is in it: its condition `${more} = ''` "
            f"is not carried over, since it refers to `more`, {no_earlier}"
        ),
    ]


def test_a_condition_that_never_holds_leaves_out_its_question_alone() -> None:
    made = converted(
        [
            ["type", "name", "label", "constraint", "relevant"],
            ["integer", "age", "Age?", ". <= 120"],
            ["text", "a", "A?", None, "${age} > 1.5"],
            ["text", "b", "B?", None, "${age} = 999"],
            ["text", "c", "C?", None, "${age} > 1000000000"],
        ]
    )
    assert asked(made)["a"]["show-if"] == {"question": "age", "op": ">=", "value": 2}
    assert list(asked(made)) == ["age", "a"]
    assert losses(made) == [
        (
            "sheet survey, row 4: `b` is left out: its condition `${age} = 999` is not carried over, "
            "since it can never hold: no answer to `age` is = 999"
        ),
        (
            "sheet survey, row 5: `c` is left out: its condition `${age} > 1000000000` is not carried over, "
            "since it compares with `1000000000`, and no number here is beyond 1,000,000"
        ),
    ]


def test_a_reference_to_no_character_stays_as_it_is() -> None:
    reference = f"&#{'1' * 3000};"
    made = converted([["type", "name", "label"], ["text", "a", reference], ["text", "b", "&#65;&#x42;"]])
    assert [question["text"] for question in asked(made).values()] == [reference, "AB"]


REFUSED = {
    "calculate": "calculations are not carried over",
    "hidden": "hidden values are not carried over",
    "dateTime": "dates and times are not asked for",
    "geopoint": "places on a map are not asked for",
    "image": "pictures, recordings and files are not asked for",
    "barcode": "barcodes are not asked for",
    "rank colour": "rankings are not asked for",
    "acknowledge": "acknowledgements are not asked for",
    "deviceid": "what a device records by itself is not carried over",
    "select_one_from_file a.csv": "choices from a file or from other answers are not carried over",
    "select_one ${other}": "choices from a file or from other answers are not carried over",
    "select_one nowhere": "there is no list `nowhere` in the sheet `choices`",
    "select_ones colour": "the type `select_ones colour` is not known",
    "": "it has no type",
}


@pytest.mark.parametrize("kind", REFUSED)
def test_what_is_not_asked_is_refused_by_name(kind: str) -> None:
    made = converted([["type", "name", "label"], ["text", "kept", "Kept?"], [kind, "q", "Q?"]])
    assert list(asked(made)) == ["kept"]
    assert losses(made) == [f"sheet survey, row 3: `q` is left out: {REFUSED[kind]}"]


def test_repeats_are_left_out_as_a_whole() -> None:
    made = converted(
        [
            ["type", "name", "label"],
            ["begin repeat", "people", "People"],
            ["begin group", "g", "G"],
            ["text", "who", "Who?"],
            ["end group"],
            ["end repeat"],
            ["text", "kept", "Kept?"],
        ]
    )
    assert list(asked(made)) == ["kept"]
    sentence = "repeats are not carried over: `people` is left out with all that is in it"
    assert losses(made) == [f"sheet survey, row 2: {sentence}"]


def test_columns_that_are_not_carried_over_are_told_row_by_row() -> None:
    headings = ["type", "name", "label", "default", "appearance", "media::image", "calculation", "choice_filter", "x"]
    made = converted(
        [
            headings,
            ["text", "a", "A?", "Bonn", "multiline", "a.png", "1+1", None, "?"],
            ["select_one colour or_other", "b", "B?"],
            ["select_one colour", "c", "C?", None, None, None, None, "cf=${b}"],
        ]
    )
    assert list(asked(made)) == ["a", "b"]
    assert losses(made) == [
        (
            "sheet survey, row 2: not carried over: `default` (`Bonn`), `appearance` (`multiline`), `image` (`a.png`), "
            "`calculation` (`1+1`), `x` (`?`)"
        ),
        "sheet survey, row 3: `or_other` is not carried over: no field for another answer is offered",
        "sheet survey, row 4: `c` is left out: choice filters are not carried over (`cf=${b}`)",
    ]


def test_constraints_become_limits_or_are_told() -> None:
    made = converted(
        [
            ["type", "name", "label", "constraint"],
            ["integer", "a", "A?", ". >= 18 and . < 120"],
            ["decimal", "b", "B?", ". > 0.5"],
            ["select_multiple colour", "c", "C?", "count-selected(.) <= 2"],
            ["text", "d", "D?", "regex(., 'x')"],
            ["integer", "e", "E?", ". < ${a}"],
        ]
    )
    questions = asked(made)
    assert (questions["a"]["minimum"], questions["a"]["maximum"]) == (18, 119)
    assert (questions["b"]["minimum"], "maximum" in questions["b"]) == (0.5, False)
    assert questions["c"]["at-most"] == 2
    assert "minimum" not in questions["e"]
    assert [line.split(",")[1][:34] for line in losses(made)] == [
        " row 3: its constraint `. > 0.5` l",
        " row 5: its constraint `regex(.",
        " row 6: its constraint `. < ${a}` ",
    ]


def test_limits_that_leave_nothing_to_answer_are_told_and_left_out_alone() -> None:
    made = converted(
        [
            ["type", "name", "label", "constraint", "parameters"],
            ["select_multiple colour", "a", "A?", "count-selected(.) >= 3"],
            ["select_multiple colour", "b", "B?", "count-selected(.) <= 5 and count-selected(.) > 0.5"],
            ["range", "c", "C?", ". <= 20", "start=0 end=10"],
            ["range", "d", "D?", ". > 20", "start=0 end=10"],
            ["integer", "e", "E?", ". > 1.2 and . < 1.8"],
        ]
    )
    questions = asked(made)
    assert (questions["b"]["at-least"], questions["c"]["maximum"], questions["d"]["maximum"]) == (1, 10, 10)
    assert not {"at-least", "at-most", "minimum", "maximum"} & (questions["a"].keys() | questions["e"].keys())
    told = "is not carried over, since"
    assert losses(made) == [
        f"sheet survey, row 2: its constraint `count-selected(.) >= 3` {told} the list has 2 choices",
        f"sheet survey, row 5: its constraint `. > 20` {told} no answer that its type allows fulfils it",
        f"sheet survey, row 6: its constraint `. > 1.2 and . < 1.8` {told} no answer fulfils it",
    ]


def test_likert_of_more_choices_than_a_scale_has_levels_is_told() -> None:
    lists: Rows = [["list_name", "name", "label"], *(["l", f"n{index}", "L"] for index in range(14))]
    made = converted([["type", "name", "label", "appearance"], ["select_one l", "q", "Q?", "likert"]], lists)
    assert asked(made)["q"]["type"] == "choice"
    assert losses(made) == ["sheet survey, row 2: not carried over: `appearance` (`likert`)"]


def test_languages_are_texts_side_by_side() -> None:
    survey = [
        ["type", "name", "label::German (de)", "label::English (en)", "hint::English (en)"],
        ["select_one l", "q", "Frage?", "Question?", "Help"],
    ]
    choices: Rows = [
        ["list_name", "name", "label::English (en)", "label::German (de)"],
        ["l", 1, "Low", "Tief"],
        ["l", 2, "High"],
    ]
    made = converted(survey, choices)
    assert made.document["languages"] == ["de", "en"]
    assert asked(made)["q"]["text"] == {"de": "Frage?", "en": "Question?"}
    assert made.document["scales"]["l"]["levels"][1]["label"] == {"de": "High", "en": "High"}
    assert [line for line in losses(made) if "choices" in line] == [
        "sheet choices, row 3: its `label` is missing in `de`; another language stands in for it"
    ]
    english = converted(survey, choices, {"settings": [["default_language"], ["English (en)"]]})
    assert english.document["languages"] == ["en", "de"]


def test_texts_without_a_language_are_in_the_default_one() -> None:
    survey = [
        ["type", "name", "label", "label::Elvish", "label::french"],
        ["text", "q", "Frage?", "yIDel", "Question ?"],
    ]
    made = converted(survey, other={"settings": [["default language"], ["de"]]})
    assert made.document["languages"] == ["de", "fr"]
    assert asked(made)["q"]["text"] == {"de": "Frage?", "fr": "Question ?"}
    assert losses(made) == ["sheet survey: the language `Elvish` has no known code; its texts are not carried over"]


CODES = {
    "English (en)": "en",
    "english": "en",
    "Español": "es",
    "Portuguese (pt-br)": "pt-BR",
    "Deutsch": "de",
    "de": "de",
    "xx": None,
    "Elvish": None,
}


@pytest.mark.parametrize("name", CODES)
def test_languages_are_known_by_code_and_name(name: str) -> None:
    assert language_code(name) == CODES[name]


def test_answers_woven_into_texts_and_html_are_told() -> None:
    made = converted([["type", "name", "label"], ["text", "a", "A?"], ["text", "b", "Why <b>${a}</b> &amp; how?"]])
    assert asked(made)["b"]["text"] == "Why … & how?"
    assert losses(made) == [
        "sheet survey, row 3: the HTML in its `label` is not carried over",
        "sheet survey, row 3: the answer `${a}` in its `label` cannot be woven in; … stands there",
    ]


def test_settings_name_the_questionnaire() -> None:
    settings_sheet = [["form_title", "form_id", "version", "style"], ["My form", "my_form 1", "2026.1 draft", "pages"]]
    made = converted(
        [["type", "name", "label"], ["text", "q", "Q?"]], other={"Settings": settings_sheet, "notes": [["x"]]}
    )
    assert [made.document[key] for key in ("id", "version", "title")] == ["my-form-1", "2026.1-draft", "My form"]
    assert losses(made) == [
        "sheet notes: the sheet is not carried over",
        "sheet Settings, row 2: the setting `style` (`pages`) is not carried over",
        "sheet Settings, row 2: the version `2026.1 draft` is written `2026.1-draft`",
    ]
    unnamed = converted([["type", "name", "label"], ["text", "q", "Q?"]])
    assert [unnamed.document[key] for key in ("id", "version", "title")] == ["my-form", "1", "my form"]


def test_what_is_missing_or_there_twice_is_told() -> None:
    made = converted(
        [
            ["type", "name", "label", "relevant"],
            [],
            ["text", "q", "Q?"],
            ["text", "q", "Again?"],
            ["text", "r", "R?", "${q} != ''"],
            ["text", None, "No name?"],
            ["text", "no_label"],
            ["end group"],
            ["begin group", "g", "G"],
            ["text", "last", "Last?"],
        ]
    )
    assert list(asked(made)) == ["q", "q-2", "No-name", "no-label", "last"]
    assert losses(made) == [
        "sheet survey, row 2: the row under the headings is blank; it is passed over",
        "sheet survey, row 4: the name `q` is used a second time; the id is `q-2` here",
        (
            "sheet survey, row 5: `r` is left out: its condition `${q} != ''` is not carried over, "
            "since it refers to `q`, which is no earlier question of the result"
        ),
        "sheet survey, row 6: it has no name; its id is made of its label: `No-name`",
        "sheet survey, row 7: it has no label; its name `no_label` stands for it",
        "sheet survey, row 8: it ends a group that was not begun; it is passed over",
        "sheet survey, row 9: the group is never ended; it is taken to reach to the end",
    ]


def test_choices_that_are_wrong_are_told_with_their_row() -> None:
    lists: Rows = [
        ["list_name", "name", "label", "score"],
        ["l", "a", "A", 1],
        ["l", "a", "B"],
        ["l", None, "C"],
        ["l", "d"],
    ]
    made = converted([["type", "name", "label"], ["select_one l", "q", "Q?"]], lists)
    assert [option["id"] for option in asked(made)["q"]["options"]] == ["a", "d"]
    assert losses(made) == [
        "sheet choices, row 3: `a` stands in the list a second time; it is left out",
        "sheet choices, row 4: the choice has no name; it is left out",
        "sheet choices, row 5: the choice has no label; its name stands for it",
        "sheet choices, row 2: not every choice of the list has a number that it counts, so none is scored",
    ]


def test_nothing_of_a_row_is_dropped_silently() -> None:
    headings = ["type", "name", "label", "hint", "disabled", "parameters", "constraint", "list_name", "required"]
    made = converted(
        [
            headings,
            ["note", "n", "Welcome.", "A hint", None, None, ". > 1"],
            ["begin group", "gone", "Gone", None, "yes"],
            ["text", "inside", "Inside?"],
            ["end group"],
            ["begin group", "g", "G", "About", None, None, "x", None, "yes"],
            ["range", "r", "R?", None, "no", "start=0 end=5 step=1 tick_interval=2 noticks"],
            ["text", "t", "T?", None, None, None, None, "l"],
            ["text", "off", "Off?", None, "yes"],
        ]
    )
    assert list(asked(made)) == ["r", "t"]
    assert losses(made)[:-1] == [
        "sheet survey, row 2: not carried over: `hint` (`A hint`), `constraint` (`. > 1`)",
        "sheet survey, row 3: the group `gone` is disabled; it is left out with all that is in it",
        "sheet survey, row 6: not carried over: `constraint` (`x`), `required` (`yes`)",
        "sheet survey, row 7: of its `parameters` `tick_interval=2 noticks` is not carried over",
        "sheet survey, row 8: not carried over: `list_name` (`l`)",
        "sheet survey, row 9: `off` is disabled; it is left out",
    ]


def test_nothing_of_the_choices_is_dropped_silently() -> None:
    lists: Rows = [
        ["list_name", "name", "label", "score", "value", "pastel", "filter"],
        ["l", "a", "A", None, None, "yes"],
        ["l", "b", "B", None, None, "no", "x"],
        ["numbers", 1, "One", 5],
        ["numbers", 2, "Two", 6],
        ["many", "a", "A", 1],
        ["many", "b", "B", 2, 3],
        ["yn", "yes", "Yes", 1],
        ["yn", "no", "No"],
        ["mixed", "a", "A", 3],
        ["mixed", "b", "B", 1],
        ["mixed", "c", "C", 2],
        ["unused", "a", "A"],
        [None, "lost", "Lost"],
    ]
    kinds = ["select_one l", "select_one numbers", "select_multiple many", "select_one yn", "select_one mixed"]
    survey = [[kind, kind[-1], "Q?", "likert" if "mixed" in kind else None] for kind in kinds]
    made = converted([["type", "name", "label", "appearance"], *survey], lists)
    assert every_loss(made) == [
        "sheet choices, row 2: the column `pastel`, here `yes`, is not carried over in any row",
        "sheet choices, row 3: the column `filter`, here `x`, is not carried over in any row",
        "sheet choices, row 14: the choice `lost` has no list name; it is left out",
        "sheet choices, row 4: the names of its choices are numbers; they are taken as levels that count these",
        "sheet choices, row 4: what its choices count is not carried over: as levels they count their names",
        "sheet choices, row 7: the `value` (`3`) is not carried over: the `score` counts",
        "sheet choices, row 6: what its choices count is not carried over where several can be chosen",
        "sheet choices, row 8: not every choice of the list has a number that it counts, so none is scored",
        "sheet choices, row 10: what its choices count is not carried over: these are no numbers in order",
        "sheet choices, row 10: its choices are taken as levels that count 1 to 3, in the order of the list",
        "sheet choices, row 13: no question that is carried over asks with the list `unused`; it is left out",
    ]


def test_names_that_stand_for_texts_are_texts_too() -> None:
    long = "n" * 5_000
    survey: Rows = [["type", "name"], ["begin group", f"{long}g"], ["select_one l", f"{long}q"], ["end group"]]
    made = converted(
        survey, [["list_name", "name"], ["l", f"{long}a"], ["l", "b"]], {"settings": [["form_id"], [long]]}
    )
    (question,) = asked(made).values()
    assert [len(words) for words in (question["text"], question["options"][0]["label"])] == [4_000, 4_000]
    titled = converted([["type", "name", "label"], ["text", "q", "Q?"]], other={"settings": [["form_title"], [long]]})
    assert losses(titled) == ["sheet settings, row 2: the title is cut off after 4,000 characters"]


def test_a_second_row_of_settings_is_told() -> None:
    rows: Rows = [["form_title"], ["One"], ["Two"]]
    made = converted([["type", "name", "label"], ["text", "q", "Q?"]], other={"settings": rows})
    assert losses(made) == ["sheet settings, row 3: only the first row of the settings is read; this one is left out"]


def test_more_lists_than_scales_can_be_shared_stand_in_their_questions() -> None:
    lists = [[f"l{index}", name, "L"] for index in range(110) for name in (1, 2)]
    survey = [[f"select_one l{index}", f"q{index}", "Q?"] for index in range(110)]
    made = converted([["type", "name", "label"], *survey], [["list_name", "name", "label"], *lists])
    assert (len(made.document["scales"]), asked(made)["q99"]["scale"]) == (100, "l99")
    assert asked(made)["q100"]["scale"]["levels"][0] == {"value": 1, "label": "L"}


def test_too_many_questions_languages_and_conditions_end_soon_in_a_place() -> None:
    many: Rows = [["type", "name", "label"], *(["select_multiple l", f"q{index}", "Q?"] for index in range(1_500))]
    lists: Rows = [["list_name", "name", "label"], *(["l", f"n{index}", "L"] for index in range(190))]
    languages = [f"label::L{index} ({chr(97 + index // 26)}{chr(97 + index % 26)})" for index in range(190)]
    foreign: Rows = [["type", "name", *languages], *(["text", f"q{row}", *["x"] * 190] for row in range(200))]
    started = process_time()
    assert refused({"survey": many, "choices": lists})[-1].startswith(
        "sheet survey, row 22: there are more than 20,000"
    )
    assert refused({"survey": foreign}) == [
        "sheet survey, row 1: the headings name 190 languages; a questionnaire has 40 at the most"
    ]
    long = " or ".join(f"${{a}} = {index}" for index in range(300))
    survey = [["integer", "a", "A?"], *(["text", f"q{row}", "Q?", long] for row in range(480))]
    made = converted([["type", "name", "label", "relevant"], *survey])
    assert list(asked(made)) == ["a"]
    assert losses(made)[-1] == (
        "sheet survey, row 482: `q479` is left out: "
        "the conditions and constraints up to here have over 200,000 characters"
    )
    assert process_time() - started < 4  # workbooks are made here too


def test_a_workbook_of_which_nothing_can_be_made_is_refused() -> None:
    assert refused({"questions": [["type"]]}) == ["the file: there is no sheet `survey`; there is `questions`"]
    assert refused({"survey": [["name", "label"], ["q", "Q?"]]}) == ["sheet survey, row 1: there is no column `type`"]
    assert refused({"survey": [["type", "name", "label"], ["date", "q", "Q?"]]}) == [
        "sheet survey, row 2: `q` is left out: dates and times are not asked for",
        "sheet survey: nothing is left that could be asked",
    ]
    assert refused({"survey": [["type", "name", "label", "Label"], ["text", "q", "Q?"]]}) == [
        "sheet survey, row 1, column D: the column `Label` stands a second time; the first is column C"
    ]
    assert refused({"survey": [["type", "name", "label"], ["text", "q", "=1"]]})[0].startswith(
        "sheet survey, row 2, column C"
    )


def test_the_single_csv_file_holds_all_sheets() -> None:
    text = """"survey",,,
,"type","name","label:english"
,"select one from l","good_day","Good day?"
,,,
"choices",,,
,"list name","name","label:english"
,"l","1","no"
,"l","2","yes"
"settings",,,
,"form_title",,
,"Days",,
"""
    made = from_xlsform("days.csv", text.encode())
    assert (made.document["title"], made.document["languages"], losses(made)) == ("Days", ["en"], [])
    assert asked(made)["good-day"]["type"] == "rating"


KNOWN = {
    "c": Known("c", "choice", {"x": "x", "y": "y"}),
    "m": Known("m", "multiple", {"x": "x"}),
    "n": Known("n", "number"),
    "t": Known("t", "text"),
    "tf": Known("tf", "choice", {"true": "true", "false": "false"}),
    "r": Known("r", "rating", {"1": 1, "2": 2}),
}
NO_ANSWER = [
    {"question": "c", "op": "=", "value": "na"},
    {"question": "c", "op": "=", "value": "dk"},
    {"question": "c", "op": "answered", "value": False},
]
CONDITIONS: dict[str, Any] = {
    "${c} = 'x'": {"question": "c", "op": "=", "value": "x"},
    "'x' = ${c}": {"question": "c", "op": "=", "value": "x"},
    "selected(${ c }, “x”)": {"question": "c", "op": "=", "value": "x"},
    "selected(${m}, 'x')": {"question": "m", "op": "includes", "value": "x"},
    "count-selected(${m}) > 0": {"question": "m", "op": "answered", "value": True},
    "count-selected( ${m} ) = 0": {"question": "m", "op": "answered", "value": False},
    "${c} != 'x'": {"any": [{"question": "c", "op": "!=", "value": "x"}, *NO_ANSWER]},
    "not(selected(${c}, 'x'))": {"any": [{"question": "c", "op": "!=", "value": "x"}, *NO_ANSWER]},
    "not(${c} != 'x')": {"question": "c", "op": "=", "value": "x"},
    "${t} != ''": {"question": "t", "op": "answered", "value": True},
    "${n} = -1.5": {"question": "n", "op": "=", "value": -1.5},
    "3 > ${n}": {"question": "n", "op": "<", "value": 3},
    "${r} >= 2": {"question": "r", "op": ">=", "value": 2},
    "${n} > 1 and (${r} = 1 or ${c} = 'y')": {
        "all": [
            {"question": "n", "op": ">", "value": 1},
            {"any": [{"question": "r", "op": "=", "value": 1}, {"question": "c", "op": "=", "value": "y"}]},
        ]
    },
}
NOT_CONDITIONS = [
    *(
        "",
        "${c}",
        "${c} =",
        "${c} = 'z'",
        "${c} = ${t}",
        "${t} = 'x'",
        "${m} = 'x'",
        "not(selected(${m}, 'x'))",
        "${n}",
        "not(${n})",
        "${tf}",
        "not(${tf})",
    ),
    *(
        "${n} + 1 > 2",
        "${n}-5 > 1",
        "true()",
        "regex(${t}, 'a')",
        "${q} = 1",
        ". > 1",
        "${c} = 'x')",
        "(" * 99,
        "x" * 9999,
    ),
    *("${n} = 'many'", "${c} = 'x' or or ${n} = 1", "1 = 1", "count-selected(${m}) > 1", "selected(${m}, ${c})", "#"),
]


@pytest.mark.parametrize("expression", CONDITIONS)
def test_expressions_become_conditions(expression: str) -> None:
    assert show_if(condition(expression, KNOWN), KNOWN) == CONDITIONS[expression]


@pytest.mark.parametrize("expression", NOT_CONDITIONS)
def test_expressions_that_say_more_are_not_carried_over(expression: str) -> None:
    with pytest.raises(NotCarried):
        show_if(condition(expression, KNOWN), KNOWN)


BOUNDS = {
    ". >= 18 and . <= 120": Bounds(18, 120),
    "0 <= .": Bounds(0, None),
    ". < 10": Bounds(None, 9),
    "not(. > 3)": Bounds(None, 3),
    ". = 5": Bounds(5, 5),
    ". > 0.5": Bounds(1, None),
    ". < 2.5 and . >= 1.5": Bounds(2, 2),
}


@pytest.mark.parametrize("expression", BOUNDS)
def test_constraints_become_bounds(expression: str) -> None:
    assert bounds(expression, whole=True, counted=False) == BOUNDS[expression]


@pytest.mark.parametrize(
    "expression",
    [". != 3", ". = 1.5", ". > 1.2 and . < 1.8", ". > 3 or . < 1", ". > 3 and . < 2", "${a} > 1", ". > 1e9", ". = ''"],
)
def test_constraints_that_are_no_range_are_not_carried_over(expression: str) -> None:
    with pytest.raises(NotCarried):
        bounds(expression, whole=True, counted=False)


WORDS = [
    "",
    "q",
    "a_b",
    "1",
    "yes",
    "likert",
    "${q} = '1'",
    "selected(${q}, 'yes')",
    ". > 1",
    "<b>",
    "${q}",
    "Ä",
    "team",
]
TYPES = [
    *("text", "integer", "range", "note", "select_one agree", "select_one yn", "select_multiple colour", "begin group"),
    *("end group", "begin repeat", "end repeat", "calculate", "select_one often or_other", "?"),
]
HEADINGS = [
    "name",
    "label",
    "label::French (fr)",
    "hint",
    "relevant",
    "constraint",
    "required",
    "appearance",
    "parameters",
]
ROW = st.tuples(st.sampled_from(TYPES), st.lists(st.sampled_from(WORDS), min_size=9, max_size=9))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(ROW, max_size=12))
def test_whatever_the_rows_are_the_result_is_a_valid_file_or_a_sentence(drawn: list[tuple[str, list[str]]]) -> None:
    survey = [["type", *HEADINGS], *([kind, *cells] for kind, cells in drawn)]
    places = []
    try:
        converted(survey)
    except Unconvertible as error:
        places = [reason.place for reason in error.reasons]
    assert "the questionnaire made of it" not in places
