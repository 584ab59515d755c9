"""A SurveyJS form becomes a questionnaire; what it cannot say is told by JSON path."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessment.questionnaire.importers.conversion import Conversion, Unconvertible
from assessment.questionnaire.importers.surveyjs import from_surveyjs
from tests.questionnaire.importers.given import lost, outline, questions, refusals

NAME = {"type": "text", "name": "who"}


def made(survey: Any) -> Conversion:  # noqa: ANN401 - JSON
    return from_surveyjs("a-form.json", json.dumps(survey).encode())


def one(**element: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    """Give the one question that is made of an element."""
    ((_, question),) = questions(made({"elements": [{"name": "q"} | element]})).items()
    return question


def told(**element: Any) -> list[str]:  # noqa: ANN401 - JSON
    """Give the losses of a form with an element beside another."""
    return lost(made({"elements": [NAME, {"name": "q"} | element]}))


def refused(content: bytes) -> list[str]:
    with pytest.raises(Unconvertible) as caught:
        from_surveyjs("a-form.json", content)
    return refusals(caught)


KINDS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "a choice": (
        {"type": "radiogroup", "title": "Which?", "choices": ["a b", {"value": 2, "text": "Two"}]},
        {
            "type": "choice",
            "text": "Which?",
            "options": [{"id": "a-b", "label": "a b"}, {"id": "2", "label": "Two"}],
        },
    ),
    "a choice with scores": (
        {
            "type": "dropdown",
            "choices": [{"value": "a", "text": "A", "score": 1}, {"value": "b", "text": "B", "score": 2.5}],
        },
        {
            "type": "choice",
            "text": "q",
            "options": [{"id": "a", "label": "A", "score": 1}, {"id": "b", "label": "B", "score": 2.5}],
        },
    ),
    "a choice of numbers": (
        {"type": "dropdown", "choicesMin": 1, "choicesMax": 2},
        {"type": "choice", "text": "q", "options": [{"id": "1", "label": "1"}, {"id": "2", "label": "2"}]},
    ),
    "yes and no": (
        {"type": "radiogroup", "choices": [{"value": "n", "text": "no"}, {"value": "y", "text": "Yes!"}]},
        {"type": "yes-no", "text": "q"},
    ),
    "a boolean": ({"type": "boolean", "isRequired": True}, {"type": "yes-no", "text": "q", "required": True}),
    "a boolean in other words": (
        {"type": "boolean", "labelTrue": "On", "labelFalse": "Off"},
        {"type": "choice", "text": "q", "options": [{"id": "yes", "label": "On"}, {"id": "no", "label": "Off"}]},
    ),
    "several": (
        {"type": "checkbox", "choices": ["a", "b", "c"], "minSelectedChoices": 1, "maxSelectedChoices": 2},
        {
            "type": "multiple",
            "text": "q",
            "options": [{"id": "a", "label": "a"}, {"id": "b", "label": "b"}, {"id": "c", "label": "c"}],
            "at-least": 1,
            "at-most": 2,
        },
    ),
    "a text": (
        {"type": "text", "description": "In a word."},
        {"type": "text", "text": "q", "help": "In a word."},
    ),
    "a comment": ({"type": "comment", "rows": 4}, {"type": "text", "text": "q"}),
    "a number": (
        {"type": "text", "inputType": "number", "min": 0, "max": "10.5"},
        {"type": "number", "text": "q", "minimum": 0, "maximum": 10.5},
    ),
    "a rating": (
        {"type": "rating", "rateMax": 3, "minRateDescription": "Bad", "showCommentArea": True},
        {"type": "rating", "scale": "1-to-3", "text": "q", "evidence": {"comment": True}},
    ),
}


@pytest.mark.parametrize("name", KINDS)
def test_an_element_becomes_a_question(name: str) -> None:
    element, question = KINDS[name]
    assert one(**element) == question
    assert told(**element) == []


def test_ratings_with_the_same_levels_share_a_scale() -> None:
    words = [{"value": "low", "text": "Low"}, {"value": "high", "text": "High"}]
    found = made(
        {
            "elements": [
                {"type": "rating", "name": "a", "rateMin": 0, "rateMax": 1, "rateStep": 0.5},
                {"type": "rating", "name": "b", "rateValues": [{"value": 0, "text": "0"}, 0.5, 1]},
                {"type": "rating", "name": "c", "rateValues": words},
            ]
        }
    )
    assert found.document["scales"] == {
        "0-to-1": {"levels": [{"value": 0, "label": "0"}, {"value": 0.5, "label": "0.5"}, {"value": 1, "label": "1"}]},
        "1-to-2": {"levels": [{"value": 1, "label": "Low"}, {"value": 2, "label": "High"}]},
    }
    assert [question["scale"] for question in questions(found).values()] == ["0-to-1", "0-to-1", "1-to-2"]


def test_a_matrix_becomes_a_question_for_each_row() -> None:
    rows = ["x", {"value": "y", "text": "Why"}]
    numbers = {"type": "matrix", "name": "n", "title": "How far?", "columns": [1, 2, 3], "rows": rows}
    words = {"type": "matrix", "name": "w", "columns": ["a", "b"], "rows": rows, "eachRowRequired": True}
    found = questions(made({"elements": [numbers, words]}))
    assert list(found) == ["n-x", "n-y", "w-x", "w-y"]
    assert found["n-y"] == {"type": "rating", "scale": "1-to-3", "text": "How far? – Why"}
    options = [{"id": "a", "label": "a"}, {"id": "b", "label": "b"}]
    assert found["w-x"] == {"type": "choice", "text": "w – x", "options": options, "required": True}


def test_pages_and_titled_panels_are_dimensions_three_deep() -> None:
    deep = {"type": "panel", "title": "Deeper", "elements": [{"type": "text", "name": "e"}]}
    panel = {"type": "panel", "name": "p_1", "title": "Panel", "elements": [{"type": "text", "name": "d"}, deep]}
    loose = {"type": "panel", "elements": [{"type": "text", "name": "c"}]}
    pages = [
        {
            "name": "First page",
            "elements": [{"type": "text", "name": "a"}, loose, panel, {"type": "text", "name": "f"}],
        },
        {"elements": [{"type": "text", "name": "a"}]},
        {"title": "Empty"},
    ]
    found = made({"pages": pages})
    assert outline(found.document["dimensions"]) == [
        ["First-page", ["First-page-2", "a", "c"], ["p-1", ["p-1-2", "d"], ["panel", "e"]], ["First-page-3", "f"]],
        ["page-2", "a-2"],
    ]
    assert [node["title"] for node in found.document["dimensions"]] == ["First page", "Page 2"]


def test_names_that_are_no_ids_become_ids_and_references_follow() -> None:
    elements = [
        {"type": "boolean", "name": "has_kids?"},
        {"type": "boolean", "name": "has kids"},
        {"type": "text", "name": "wie_heißen", "visibleIf": "{has_kids?} = true and {has kids} = false"},
        {"type": "text", "name": "team"},
    ]
    found = made({"elements": elements})
    assert list(questions(found)) == ["has-kids", "has-kids-2", "wie-heissen", "team-2"]
    assert questions(found)["wie-heissen"]["show-if"] == {
        "all": [
            {"question": "has-kids", "op": "=", "value": "yes"},
            {"question": "has-kids-2", "op": "=", "value": "no"},
        ]
    }
    assert lost(found) == []


def test_texts_in_several_languages_are_maps() -> None:
    survey = {
        "locale": "de",
        "title": {"default": "Umfrage", "en": "Survey", "??": "x"},
        "elements": [
            {"type": "text", "name": "a", "title": {"en": "A", "de": "Ah"}},
            {"type": "text", "name": "b", "title": {"en": "B"}},
            {"type": "text", "name": "c", "title": "C"},
        ],
    }
    found = made(survey)
    assert found.document["languages"] == ["de", "en"]
    assert found.document["title"] == {"de": "Umfrage", "en": "Survey"}
    texts = [question["text"] for question in questions(found).values()]
    assert texts == [{"de": "Ah", "en": "A"}, {"de": "B", "en": "B"}, "C"]
    assert lost(found) == ["f: $: `??` is no language code, so the texts in it are not carried over"]


def test_a_text_before_all_questions_is_the_introduction() -> None:
    html = {"type": "html", "html": "<p>One &amp; <b>two</b></p><script>alert(1)</script><ul><li>*three*</li></ul>"}
    found = made({"description": "Zero", "elements": [html, NAME, html]})
    assert found.document["introduction"] == "Zero\n\nOne \\& two\n\n\\*three\\*"
    assert lost(found) == [
        "f: $.elements[2]: the text `One & two\ufffd\ufffd*three*` between questions has no place here"
    ]


def test_the_condition_of_a_page_or_panel_is_that_of_all_in_it() -> None:
    yes = {"question": "sure", "op": "=", "value": "yes"}
    panel = {
        "type": "panel",
        "visibleIf": "{n} > 3",
        "elements": [{"type": "text", "name": "b", "visibleIf": "{sure} = true"}],
    }
    pages = [
        {"elements": [{"type": "boolean", "name": "sure"}, {"type": "text", "inputType": "number", "name": "n"}]},
        {"visibleIf": "{sure} = true", "elements": [{"type": "text", "name": "a"}, panel]},
    ]
    found = questions(made({"pages": pages}))
    assert found["a"]["show-if"] == yes
    assert found["b"]["show-if"] == {"all": [yes, {"question": "n", "op": ">", "value": 3}]}


def test_what_cannot_be_hidden_is_not_asked() -> None:
    elements = [
        NAME,
        {"type": "text", "name": "a", "visibleIf": "age({birth}) > 18"},
        {"type": "text", "name": "b", "visibleIf": "{a} notempty"},
        {"type": "panel", "visibleIf": "{later} = 1", "elements": [{"type": "text", "name": "c"}]},
        {"type": "boolean", "name": "later"},
        {"type": "text", "name": "d", "visible": False},
        {"type": "text", "name": "e", "visibleIf": ["x"]},
    ]
    found = made({"elements": elements})
    assert list(questions(found)) == ["who", "later"]
    earlier = "which is no earlier question of the result"
    why = "visibleIf: the condition is not carried over, for it"
    assert lost(found) == [
        f"f: $.elements[1].{why} calls the function `age`; the question is left out",
        f"f: $.elements[2].{why} refers to `a`, {earlier}; the question is left out",
        f"f: $.elements[3].{why} refers to `later`, {earlier}; what it shows is left out",
        "f: $.elements[5]: `d` is left out: it is hidden (`visible: false`) until something shows it",
        f"f: $.elements[6].{why} is no text; the question is left out",
    ]


LOST: dict[str, tuple[dict[str, Any], str]] = {
    "repeats": (
        {"type": "paneldynamic"},
        "`q` is left out: there is no question of type `paneldynamic` here; it repeats",
    ),
    "calculations": (
        {"type": "expression"},
        "`q` is left out: there is no question of type `expression` here; it calculates",
    ),
    "an unknown type": ({"type": "hologram"}, "`q` is left out: there is no question of type `hologram` here"),
    "no type": ({}, "`q` is left out: there is no question of type `None` here"),
    "answers from elsewhere": (
        {"type": "dropdown", "choicesByUrl": {"url": "x"}},
        "`q` is left out: its answers come from elsewhere (`choicesByUrl`)",
    ),
    "no answers": ({"type": "checkbox"}, "`q` is left out: it offers no answers (`choices`)"),
    "one answer": ({"type": "dropdown", "choices": ["a"]}, "`q` is left out: it offers one answer alone"),
    "very many answers": (
        {"type": "dropdown", "choices": list(range(201))},
        "`q` is left out: a question has 200 answers at the most; this one has 201",
    ),
    "too many levels": (
        {"type": "rating", "rateMax": 100},
        "`q` is left out: a scale has 2 to 11 levels",
    ),
    "a matrix without rows": (
        {"type": "matrix", "columns": [1, 2]},
        "`q` is left out: a matrix needs rows, 200 at the most; this one has 0",
    ),
    "bounds that cross": (
        {"type": "text", "inputType": "number", "min": 2, "max": 1},
        "`q` is left out: its `min` is over its `max`",
    ),
    "read only": ({"type": "text", "readOnly": True}, "`q` is left out: it cannot be answered (`readOnly: true`)"),
    "a date": ({"type": "text", "inputType": "date"}, "`inputType: date` is not checked; any text may be the answer"),
}


@pytest.mark.parametrize("name", LOST)
def test_what_cannot_be_asked_is_told_by_its_path(name: str) -> None:
    element, sentence = LOST[name]
    assert told(**element) == [f"f: $.elements[1]: {sentence}"]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("hasOther", True),
        ("correctAnswer", "a"),
        ("validators", [{"type": "x"}]),
        ("defaultValue", 1),
        ("enableIf", "{a}"),
    ],
)
def test_what_an_element_says_besides_is_told_by_its_key(key: str, value: Any) -> None:  # noqa: ANN401 - JSON
    found = told(type="radiogroup", choices=["a", "b"], **{key: value})
    assert found == [f"f: $.elements[1].{key}: `{key}` is not carried over"]


def test_what_the_survey_says_besides_is_told() -> None:
    survey = {"elements": [NAME], "triggers": [{"type": "complete"}], "calculatedValues": [{}], "showTitle": True}
    assert lost(made(survey)) == [
        "f: $.triggers: `triggers` is not carried over",
        "f: $.calculatedValues: `calculatedValues` is not carried over",
        "f: $: how it looks is not carried over: showTitle",
    ]


def test_a_text_that_quotes_an_answer_is_told() -> None:
    assert told(type="text", title="Hello {who}") == [
        "f: $.elements[1].title: quotes an answer in braces; here the braces are shown as they are"
    ]


def test_a_very_long_text_is_cut() -> None:
    found = made({"elements": [{"type": "text", "name": "q", "title": "x" * 5000}]})
    assert len(questions(found)["q"]["text"]) == 4000
    assert lost(found) == ["f: $.elements[0].title: is longer than 4000 characters; its end is cut off"]


SILENT: dict[str, tuple[dict[str, Any], list[str]]] = {
    "a panel without a title": (
        {"type": "panel", "description": "Words", "elements": [{"type": "text", "name": "x"}]},
        [".description: the panel has no title, so its description has no place here"],
    ),
    "a panel that asks nothing": (
        {"type": "panel", "title": "Words", "elements": []},
        [": asks nothing that can be asked here, so what it says is left out: title"],
    ),
    "an address": (
        {"type": "text", "inputType": "email"},
        [": `inputType: email` is not checked; any text may be the answer"],
    ),
    "a default of 0": ({"type": "text", "defaultValue": 0}, [".defaultValue: `defaultValue` is not carried over"]),
    "a default of no": (
        {"type": "boolean", "defaultValue": False},
        [".defaultValue: `defaultValue` is not carried over"],
    ),
    "what is off": ({"type": "text", "hasOther": False, "readOnly": False}, []),
    "required by a word": (
        {"type": "text", "isRequired": "yes"},
        [".isRequired: is neither true nor false, so no answer is required"],
    ),
    "scores of some": (
        {"type": "radiogroup", "choices": [{"value": "a", "score": 1}, "b"]},
        [
            ".choices: the scores of the answers are not carried over, not every one being a number up to 1,000,000",
        ],
    ),
    "scores of several": (
        {"type": "checkbox", "choices": [{"value": "a", "score": 1}, {"value": "b", "score": 0}]},
        [".choices: the scores of the answers are not carried over"],
    ),
    "scores and ends of a scale": (
        {"type": "rating", "rateValues": [{"value": 1, "score": 7}, 2], "minRateDescription": "Bad"},
        [
            ".rateValues: the scores of the answers are not carried over",
            ".minRateDescription: has no level of its own to stand at, so it is not carried over",
        ],
    ),
    "an end that no step meets": (
        {"type": "rating", "rateMin": 1, "rateMax": 4, "rateStep": 2, "maxRateDescription": "Good"},
        [".maxRateDescription: has no level of its own to stand at, so it is not carried over"],
    ),
    "scores of a matrix": (
        {"type": "matrix", "columns": [{"value": 1, "score": 7}, 2], "rows": ["a"]},
        [".columns: the scores of the answers are not carried over"],
    ),
    "a long row of a matrix": (
        {"type": "matrix", "title": "x" * 3990, "columns": ["a", "b"], "rows": ["c", "d" * 20]},
        [": the text is longer than 4000 characters with its row `dddddddddddddddddddd`; its end is cut off"],
    ),
    "how many are out of range": (
        {"type": "checkbox", "choices": ["a", "b"], "minSelectedChoices": 9, "maxSelectedChoices": 0},
        [".minSelectedChoices: `9` is no number of its 2 answers; it bounds none"],
    ),
    "how many cross": (
        {"type": "checkbox", "choices": ["a", "b"], "minSelectedChoices": 2, "maxSelectedChoices": 1},
        [": `q` is left out: its `minSelectedChoices` is over its `maxSelectedChoices`"],
    ),
    "numbers beside choices": (
        {"type": "dropdown", "choices": ["a", "b"], "choicesMin": 1, "choicesMax": 3},
        [".choicesMax: the numbers from `choicesMin` to `choicesMax` are not carried over"],
    ),
    "keys of other types": (
        {"type": "comment", "rows": 3, "html": "x", "choices": ["a"]},
        [".html: `html` is not carried over", ".choices: `choices` is not carried over"],
    ),
    "a scale on a matrix": (
        {"type": "matrix", "columns": ["a", "b"], "rows": ["a"], "rateValues": [1, 2]},
        [".rateValues: `rateValues` is not carried over"],
    ),
    "a number as a translation": (
        {"type": "text", "title": {"default": "A", "fr": [5]}},
        [".title.fr: is no text, so it is not carried over"],
    ),
    "pictures and links": (
        {"type": "text", "title": "See <IMG src='x'> <a class=b href='y'>there</a>"},
        [".title: pictures and media and the addresses of links in the text are not carried over"],
    ),
    "a value twice": (
        {"type": "dropdown", "choices": ["a", "b", "a"]},
        [".choices[2]: repeats the value `a` of an earlier one; conditions mean one of them"],
    ),
    "a name twice": (
        {"type": "text", "name": "who"},
        [": `who` is also an earlier question; this one becomes `who-2`, and conditions from here on ask for this one"],
    ),
    "a hidden text": (
        {"type": "html", "html": "x", "visible": False, "sound": 1},
        [".sound: `sound` is not carried over", ": the text `x` between questions has no place here"],
    ),
}


@pytest.mark.parametrize("name", SILENT)
def test_nothing_of_an_element_goes_silently(name: str) -> None:
    element, sentences = SILENT[name]
    assert told(**element) == [f"f: $.elements[1]{sentence}" for sentence in sentences]


def test_pages_that_ask_nothing_and_a_survey_s_odd_pages_are_told() -> None:
    pages = [{"elements": [NAME]}, {"title": "A", "description": "B"}, {"name": "only a name"}]
    assert lost(made({"pages": pages})) == [
        "f: $.pages[1]: asks nothing that can be asked here, so what it says is left out: title, description"
    ]
    assert lost(made({"pages": 5, "elements": [NAME]})) == ["f: $.pages: is no list"]


def test_a_number_is_a_text_in_its_language_too() -> None:
    found = made({"elements": [NAME | {"title": {"default": "Five", "fr": 5}}]})
    assert questions(found)["who"]["text"] == {"en": "Five", "fr": "5"}
    assert lost(found) == []


def test_languages_beyond_the_fortieth_are_told() -> None:
    title = {f"a{letter}{other}": "x" for letter in "abc" for other in "abcdefghijklmn"}
    found = made({"elements": [NAME | {"title": title}]})
    assert len(found.document["languages"]) == 40
    assert lost(found) == ["f: $: has texts in more than 40 languages; those in acl, acm, acn are not carried over"]


def test_of_very_many_long_conditions_only_the_first_are_read() -> None:
    long = " or ".join(["{sure} = true"] * 50).ljust(3900)
    elements = [{"type": "text", "name": f"q{number}", "visibleIf": long} for number in range(200)]
    found = made({"elements": [{"type": "boolean", "name": "sure"}, *elements]})
    assert len(questions(found)) == 65
    assert lost(found)[0] == (
        "f: $.elements[65].visibleIf: the condition is not carried over, for the conditions are longer than "
        "250,000 characters together up to here; the question is left out"
    )


def test_of_very_many_losses_the_first_are_listed() -> None:
    found = lost(made({"elements": [NAME | {f"k{number}": 1 for number in range(3000)}]}))
    assert len(found) == 1001
    assert found[-1] == "f: the file: 2,000 more things that are not carried over are not listed"


BAD: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "line 1: this is not JSON: Expecting value (column 1)"),
    "no JSON": (b'{\n"a": }', "line 2: this is not JSON: Expecting value (column 6)"),
    "not UTF-8": (b'{"a": "\xff"}', "line 1: byte 0xff is not UTF-8; save the file as UTF-8"),
    "a list": (b"[]", "$: a SurveyJS form is an object with `pages` or `elements`"),
    "another object": (b"{}", "$: has neither `pages` nor `elements`, so it is no SurveyJS form"),
    "two equal keys": (
        b'{"pages": [{"pages": "}"}],\n"pages": []}',
        "line 2: the key `pages` stands twice in one object; only one of the two can be meant",
    ),
    "NaN": (b'{"pages": ["NaN",\n\nNaN]}', "line 3: NaN is no number in JSON"),
    "a number of 5,000 digits": (
        b'{"pages": ["' + b"1" * 5000 + b'",\n' + b"1" * 5000 + b"]}",
        "line 2: a number has thousands of digits",
    ),
    "half a character": (b'{"pages": ["\\ud800"]}', "$.pages[0]: the text has half a character (a lone surrogate)"),
    "great depth": (b"[" * 100 + b"]" * 100, "$" + "[0]" * 61 + ": is nested more than 60 deep"),
    "very great depth": (b"[" * 100_000, "$: is nested more than 60 deep"),
    "500,000 pages": (
        b'{"pages": [' + b"{}," * 500_000 + b"{}]}",
        "$.pages: here the file goes beyond 100,000 values, the most that are read",
    ),
    "3 MiB": (b" " * 3 * 1024 * 1024, "the file: is larger than 2 MiB, the most that is read"),
    "nothing that can be asked": (b'{"pages": [{"elements": []}]}', "$: asks nothing that can be asked here"),
    "pages that are no pages": (b'{"pages": [1, null, "x"]}', "$: asks nothing that can be asked here"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_form_ends_in_a_sentence(name: str) -> None:
    content, sentence = BAD[name]
    assert refused(content)[0] == f"f: {sentence}"


def test_very_many_questions_end_in_a_sentence() -> None:
    matrix = {"type": "matrix", "name": "m", "columns": [1, 2], "rows": list(range(200))}
    (sentence,) = refused(json.dumps({"elements": [matrix] * 20}).encode())
    assert sentence == "f: $.elements[10]: there are more than 2,000 questions up to here"


def test_far_more_than_a_file_holds_ends_in_a_sentence() -> None:
    matrix = {"type": "matrix", "name": "m", "columns": list(range(200)), "rows": list(range(200))}
    (sentence,) = refused(json.dumps({"elements": [matrix] * 200}).encode())
    assert sentence == (
        "f: $.elements[0]: the questionnaire is larger than 256 KiB up to here, the most that a file may have"
    )


def test_a_key_of_a_megabyte_is_not_repeated_for_all_below_it() -> None:
    found = made({"elements": [NAME], "k" * 1_000_000: [0] * 90_000})
    assert lost(found) == [f"f: $.{'k' * 60}: `{'k' * 39}…` is not carried over"]


KEYS = st.sampled_from(
    [
        *(
            "type",
            "name",
            "title",
            "choices",
            "columns",
            "rows",
            "elements",
            "pages",
            "visibleIf",
            "rateValues",
            "value",
        ),
        *(
            "rateMin",
            "rateMax",
            "rateStep",
            "min",
            "max",
            "text",
            "inputType",
            "default",
            "html",
            "description",
            "score",
        ),
    ]
)
WORDS = st.sampled_from(
    [
        *(
            "radiogroup",
            "rating",
            "matrix",
            "panel",
            "html",
            "text",
            "number",
            "checkbox",
            "boolean",
            "a",
            "",
            "{a} = 1",
        ),
        *("\x00", "\u2028", "a" * 100, "<b>", "Yes", "No", "_", "na", "-"),
    ]
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 300) | st.floats(allow_nan=False, allow_infinity=False) | WORDS,
    lambda below: st.lists(below, max_size=4) | st.dictionaries(KEYS, below, max_size=6),
    max_leaves=12,
)
ELEMENTS = st.fixed_dictionaries({"type": WORDS}, optional=dict.fromkeys(("name", "title", "choices", "rows"), JSON))
OTHERS = st.dictionaries(KEYS, JSON, max_size=4)


@settings(max_examples=250, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(ELEMENTS, OTHERS).map(lambda pair: pair[1] | pair[0]), max_size=4), OTHERS)
def test_any_form_ends_in_a_questionnaire_or_a_sentence(elements: list[Any], survey: dict[str, Any]) -> None:
    try:
        found = made(survey | {"elements": [NAME, *elements]})
    except Unconvertible as error:
        assert error.reasons  # noqa: PT017 - a sentence is one of the two good ends
    else:
        assert "who" in questions(found)


@pytest.mark.parametrize("kind", [["number"], {"a": 1}, 3, True])
def test_an_input_type_that_is_no_word_is_a_text(kind: Any) -> None:  # noqa: ANN401 - JSON
    assert one(type="text", inputType=kind)["type"] == "text"


def test_a_condition_that_can_never_hold_leaves_out_its_question_alone() -> None:
    age = {"type": "text", "inputType": "number", "name": "age", "min": 0, "max": 120}
    never = {"type": "text", "name": "why", "visibleIf": "{age} > 150"}
    found = made({"elements": [age, never, {"type": "text", "name": "last"}]})
    assert list(questions(found)) == ["age", "last"]
    assert [loss.place for loss in found.losses if "never hold" in loss.sentence] == ["$.elements[1].visibleIf"]
