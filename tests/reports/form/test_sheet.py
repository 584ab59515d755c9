"""What stands on the blank form."""

from pathlib import Path

import pytest

from assessment.reports.form import Box, Guide, Line
from tests.questionnaire.given import changed
from tests.reports.form.given import EVERY_TYPE, SHIPPED, Form, form, one_question, shipped


def labels(made: Form, name: str) -> list[str]:
    return [box.label for box in made.questions[name].boxes]


def only(question: str) -> Form:
    return form(one_question(question))


def test_every_question_has_its_number_and_its_boxes() -> None:
    made = form()
    assert [(asked.number, name) for name, asked in made.questions.items()] == [
        (1, "short"),
        (2, "advice"),
        (3, "place"),
        (4, "reasons"),
        (5, "owner"),
        (6, "days"),
        (7, "why"),
    ]
    assert made.questions["short"].boxes == (Box("Low", "A month."), Box("Middle"), Box("High", "A day."))
    assert labels(made, "advice") == [str(value) for value in range(11)]
    assert labels(made, "place") == ["Testing", "Elsewhere"]
    assert labels(made, "reasons") == ["Too few people", "Old tools"]
    assert labels(made, "owner") == ["Yes", "No"]
    assert made.questions["days"].boxes == made.questions["why"].boxes == ()


def test_only_several_boxes_of_a_multiple_may_be_ticked_and_only_a_number_has_a_unit() -> None:
    questions = form().questions
    assert [name for name, asked in questions.items() if asked.several] == ["reasons"]
    assert [(name, asked.unit) for name, asked in questions.items() if asked.numeric] == [("days", "days")]
    assert [name for name, asked in questions.items() if asked.starred] == ["short"]


def test_it_speaks_german() -> None:
    made = form(language="de")
    assert (made.sheet.title, made.sheet.edition) == ("Wie wir arbeiten", "every-type, Version 3.1")
    assert [line.label for line in made.sheet.lines] == ["Team", "Runde"]
    assert made.sheet.introduction == "<p>Denken Sie an das <em>letzte</em> PI.</p>\n"
    assert made.sheet.advice[0] == "7 Fragen."
    assert made.questions["short"].boxes == (Box("Tief", "Ein Monat."), Box("Mittel"), Box("Hoch", "Ein Tag."))
    assert made.questions["short"].ways_out == ("Trifft nicht zu", "Weiß nicht")
    assert labels(made, "owner") == ["Ja", "Nein"]
    assert made.questions["owner"].guides == (Guide("Für: Testerin oder Tester, Product Owner, Night shift lead."),)
    assert [role.label for role in made.sheet.roles] == [
        "Product Owner",
        "Testerin oder Tester",
        "Night shift lead",
        "Keine davon",
    ]
    assert [line.label for line in made.sheet.ending] == ["Bitte abgeben bei", "bis"]
    assert made.questions["reasons"].remarks == ("Bitte 1 bis 2 Antworten ankreuzen.",)
    assert made.questions["days"].remarks == ("Eine Zahl von 0,5 bis 1.000.000.",)


def test_roles_are_called_as_the_file_does_or_by_their_usual_names() -> None:
    made = form()
    assert made.questions["owner"].guides == (Guide("For: Tester, Product Owner, Night shift lead."),)
    assert made.sheet.roles == (
        Box("Product Owner", own=True),
        Box("Tester"),
        Box("Night shift lead"),
        Box("None of these", own=True),
    )
    without = form(changed(EVERY_TYPE, ("        roles: [tester, product-owner, night-shift.lead]\n", "")))
    assert without.sheet.roles == ()


@pytest.mark.parametrize(
    ("audience", "first"),
    [
        ("art", "Agile Release Train"),
        ("value-stream", "Value stream"),
        ("portfolio", "Portfolio"),
        ("community", "Community"),
        ("lace", "LACE"),
    ],
)
def test_the_head_asks_for_the_unit_that_is_asked(audience: str, first: str) -> None:
    made = form(changed(EVERY_TYPE, ("audience: team", f"audience: {audience}")))
    assert made.sheet.lines[0] == Line(first)


def test_titles_and_help_stand_where_they_belong() -> None:
    flow, rest = form().sheet.parts
    assert (flow.number, flow.title, flow.help) == (1, "Flow", "How work moves.")
    assert [(group.title, group.helps) for group in flow.groups] == [
        ("Queues · Length", ("Of the whole train.", "In days.")),
        ("Queues · Order", ()),
    ]
    assert (rest.number, rest.title, rest.help) == (2, "Rest", "")
    assert [(group.title, group.helps) for group in rest.groups] == [("", ())]


def test_there_is_room_for_what_one_writes() -> None:
    questions = form().questions
    assert questions["why"].lines == (Line("", 4),)
    assert questions["place"].lines == (Line("Why it does not apply (needed)"),)
    assert questions["days"].lines == (Line("What shows it (up to 5 links)", 5), Line("Comment", 2))
    assert questions["short"].lines == ()
    one = only("{id: q, type: text, text: Q., evidence: {links: 1}}").questions["q"]
    assert one.lines == (Line("", 4), Line("What shows it (a link)"))
    many = only("{id: q, type: text, text: Q., not-applicable: {reason: optional}, evidence: {links: 9}}").questions[
        "q"
    ]
    assert many.lines[1:] == (Line("Why it does not apply"), Line("What shows it (up to 9 links)", 5))


def test_ways_out_are_there_where_they_are_offered() -> None:
    questions = form().questions
    assert questions["short"].ways_out == ("Does not apply", "Don’t know")
    assert questions["why"].ways_out == ()
    asked = only("{id: q, type: rating, scale: two, text: Q., not-applicable: false}").questions["q"]
    assert asked.ways_out == ("Don’t know",)


@pytest.mark.parametrize(
    ("limits", "remark"),
    [
        ("", "Tick all that apply."),
        ("at-least: 2,", "Tick 2 answers at least."),
        ("at-least: 1,", "Tick 1 answer at least."),
        ("at-most: 2,", "Tick 2 answers at the most."),
        ("at-most: 1,", "Tick 1 answer at the most."),
        ("at-least: 1, at-most: 1,", "Tick 1 answer."),
        ("at-least: 2, at-most: 2,", "Tick 2 answers."),
        ("at-least: 1, at-most: 3,", "Tick 1 to 3 answers."),
    ],
)
def test_how_many_may_be_ticked_is_said(limits: str, remark: str) -> None:
    options = "options: [{id: a, label: A}, {id: b, label: B}, {id: c, label: C}]"
    asked = only(f"{{id: q, type: multiple, text: Q., {limits} {options}}}").questions["q"]
    assert asked.remarks == (remark,)


@pytest.mark.parametrize(
    ("limits", "remarks"),
    [
        ("", ()),
        ("minimum: -3,", ("A number, -3 or more.",)),
        ("maximum: 1000000,", ("A number, 1,000,000 or less.",)),
        ("minimum: 0, maximum: 0.25, whole: false,", ("A number from 0 to 0.25.",)),
        ("whole: true,", ("A whole number.",)),
        ("minimum: 0, whole: true,", ("A whole number, 0 or more.",)),
        ("maximum: 9, whole: true,", ("A whole number, 9 or less.",)),
        ("minimum: 1, maximum: 9, whole: true,", ("A whole number from 1 to 9.",)),
    ],
)
def test_what_numbers_fit_is_said(limits: str, remarks: tuple[str, ...]) -> None:
    assert only(f"{{id: q, type: number, {limits} text: Q.}}").questions["q"].remarks == remarks


def levels(labels: list[str]) -> str:
    return ", ".join(f"{{value: {value}, label: {label}}}" for value, label in enumerate(labels))


def rating(words: list[str], *, anchor: str = "") -> str:
    anchors = f"anchors: {{0: {anchor}}}, " if anchor else ""
    return f"{{id: q, type: rating, text: Q., {anchors}scale: {{levels: [{levels(words)}]}}}}"


@pytest.mark.parametrize(
    ("words", "anchor", "layout"),
    [
        (["Low", "High"], "", "line"),
        (["Low", "High"], "Nothing.", "columns"),
        (["a" * 24, "High"], "", "line"),
        (["a" * 25, "High"], "", "rows"),
        (["a" * 25, "High"], "Nothing.", "rows"),
        (list("abcde"), "Nothing.", "columns"),
        ([letter * 11 for letter in "abcde"], "Nothing.", "columns"),
        ([letter * 12 for letter in "abcde"], "Nothing.", "rows"),
        (["a" * 12, "High"], "Nothing.", "columns"),
        (list("abcdef"), "Nothing.", "rows"),
        (list("abcdefghijk"), "", "line"),
        (list("abcdefghijk"), "Nothing.", "rows"),
        (["Low", "High"], "a" * 160, "columns"),
        (["Low", "High"], "a" * 161, "rows"),
        ([letter * 40 for letter in "abcdefg"], "", "rows"),
        ([letter * 40 for letter in "abcdefgh"], "", "halves"),
        ([letter * 49 for letter in "abcdefgh"], "", "rows"),
    ],
)
def test_boxes_stand_as_their_labels_allow(words: list[str], anchor: str, layout: str) -> None:
    asked = only(rating(words, anchor=anchor)).questions["q"]
    assert asked.layout == layout
    assert [box.label for box in asked.boxes] == words


def test_a_questionnaire_without_an_introduction_has_none() -> None:
    made = only("{id: q, type: rating, scale: two, text: Q.}")
    assert made.sheet.introduction == ""
    assert made.sheet.advice == (
        "1 question.",
        "Tick one box a question, unless it says otherwise.",
        "What you cannot answer may stay blank.",
    )


def test_advice_says_no_more_than_what_the_questionnaire_needs() -> None:
    starred, ways_out, named = form().sheet.advice[2:]
    assert starred == "Questions marked with a star * need an answer."
    assert ways_out == "“Does not apply” and “Don’t know” are answers too."
    assert named.startswith("Please name nobody")


@pytest.mark.parametrize(
    ("ways", "said"),
    [("", ("“Does not apply” and “Don’t know” are answers too.",)), (", dont-know: false", ())],
)
def test_where_every_question_needs_an_answer_none_has_a_star(ways: str, said: tuple[str, ...]) -> None:
    made = only(f"{{id: q, type: rating, scale: two, text: Q., required: true{ways}}}")
    assert made.sheet.advice[2:] == ("Please answer every question.", *said)
    assert not made.questions["q"].starred


@pytest.mark.parametrize(
    ("beside", "named"),
    [
        ("", False),
        ("not-applicable: {reason: optional},", True),
        ("evidence: {comment: true},", True),
        ("evidence: {links: 1},", False),
    ],
)
def test_whoever_writes_is_asked_to_name_nobody(beside: str, *, named: bool) -> None:
    made = only(f"{{id: q, type: rating, scale: two, {beside} text: Q.}}")
    assert (made.sheet.advice[-1] == "Please name nobody where you write: others may read it.") is named


def test_in_a_language_it_does_not_speak_its_own_words_are_marked() -> None:
    sheet = form(one_question("{id: q, type: yes-no, text: {ar: نعم؟}}", "[ar]"), "ar").sheet
    assert (sheet.language, sheet.direction) == ("ar", "rtl")
    assert (sheet.words_language, sheet.words_direction) == ("en", "ltr")
    assert sheet.parts[0].groups[0].questions[0].boxes == (Box("Yes", own=True), Box("No", own=True))


@pytest.mark.parametrize(("language", "marked"), [("de-AT", ""), ("en-GB", ""), ("fr", "en")])
def test_a_region_is_no_other_language(language: str, marked: str) -> None:
    text = one_question(f"{{id: q, type: yes-no, text: {{{language}: Q?}}}}", f"[{language}]")
    assert form(text, language).sheet.words_language == marked


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
@pytest.mark.parametrize("language", ["en", "de"])
def test_every_shipped_question_is_on_its_form(path: Path, language: str) -> None:
    made = shipped(path, language)
    asked = made.questionnaire.questions
    assert [question.id for question in asked] == list(made.questions)
    assert [made.questionnaire.says(question.text, language) for question in asked] == [
        question.text for question in made.questions.values()
    ]
    assert made.sheet.words_language == ""
