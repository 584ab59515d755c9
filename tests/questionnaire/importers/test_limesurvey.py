"""A LimeSurvey structure becomes a questionnaire; what it cannot say is told by line."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessment.questionnaire.importers.conversion import Conversion, Unconvertible
from assessment.questionnaire.importers.limesurvey import from_limesurvey
from tests.questionnaire.importers.given import lost, outline, questions, refusals

COLUMNS = (
    *("class", "type/scale", "name", "relevance", "text", "help", "language", "mandatory", "other", "default"),
    *("hidden", "min_num_value_n", "max_num_value_n", "num_value_int_only", "array_filter"),
)
Row = dict[str, str]


def row(class_: str, kind: str = "", name: str = "", text: str = "", **more: str) -> Row:
    return {"class": class_, "type/scale": kind, "name": name, "text": text} | more


def q(kind: str, name: str, text: str = "", **more: str) -> Row:
    return row("Q", kind, name, text, **{"relevance": "1"} | more)


def a(name: str, text: str = "", **more: str) -> Row:
    return row("A", "", name, text, **more)


def sq(name: str, text: str = "", **more: str) -> Row:
    return row("SQ", "", name, text, **more)


GROUP = row("G", "1", "First part", relevance="1")


def content(*rows: Row) -> bytes:
    lines = ["\t".join(COLUMNS), *("\t".join(one.get(column, "") for column in COLUMNS) for one in rows)]
    return "\n".join(lines).encode()


def made(*rows: Row) -> Conversion:
    return from_limesurvey("my_survey.tsv", content(*rows))


def refused(given_: bytes) -> list[str]:
    with pytest.raises(Unconvertible) as caught:
        from_limesurvey("my_survey.tsv", given_)
    return refusals(caught)


OPTIONS = [{"id": "A1", "label": "One"}, {"id": "A2", "label": "Two"}]
KINDS: dict[str, tuple[list[Row], dict[str, Any]]] = {
    "L": (
        [q("L", "q", "Which?"), a("A1", "One"), a("A2", "Two")],
        {"type": "choice", "text": "Which?", "options": OPTIONS},
    ),
    "!": ([q("!", "q"), a("A1", "One"), a("A2", "Two")], {"type": "choice", "text": "q", "options": OPTIONS}),
    "O": (
        [q("O", "q"), a("A1", "One"), a("A2", "Two")],
        {"type": "choice", "text": "q", "options": OPTIONS, "evidence": {"comment": True}},
    ),
    "L of yes and no": ([q("L", "q"), a("A1", "Nein"), a("A2", "Ja")], {"type": "yes-no", "text": "q"}),
    "Y": (
        [q("Y", "q", "Sure?", mandatory="Y", help="Be <i>sure</i>.")],
        {"type": "yes-no", "text": "Sure?", "help": "Be sure.", "required": True},
    ),
    "5": ([q("5", "q")], {"type": "rating", "text": "q", "scale": "1-to-5"}),
    "M": ([q("M", "q"), sq("A1", "One"), sq("A2", "Two")], {"type": "multiple", "text": "q", "options": OPTIONS}),
    "N": (
        [q("N", "q", min_num_value_n="0", max_num_value_n="10.5", num_value_int_only="1")],
        {"type": "number", "text": "q", "minimum": 0, "maximum": 10.5, "whole": True},
    ),
    "S": ([q("S", "q")], {"type": "text", "text": "q"}),
    "T": ([q("T", "q")], {"type": "text", "text": "q"}),
    "U": ([q("U", "q", "<p>One &amp; all</p>\u00a0")], {"type": "text", "text": "One & all"}),
}


@pytest.mark.parametrize("name", KINDS)
def test_a_question_becomes_one(name: str) -> None:
    rows, question = KINDS[name]
    found = made(GROUP, *rows)
    assert questions(found) == {"q": question}
    assert lost(found) == []


ARRAYS: dict[str, tuple[list[Row], dict[str, Any]]] = {
    "A": ([], {"type": "rating", "scale": "1-to-5"}),
    "B": ([], {"type": "rating", "scale": "1-to-10"}),
    "F": ([a("A1", "One"), a("A2", "Two")], {"type": "choice", "options": OPTIONS}),
    "H": ([a("1", "Low"), a("2", "High")], {"type": "rating", "scale": "1-to-2"}),
    "K": ([], {"type": "number"}),
    "Q": ([], {"type": "text"}),
}


@pytest.mark.parametrize("kind", ARRAYS)
def test_an_array_becomes_a_question_for_each_subquestion(kind: str) -> None:
    answers, answered = ARRAYS[kind]
    found = questions(made(GROUP, q(kind, "q", "How?", mandatory="Y"), sq("S1", "Here"), sq("S2"), *answers))
    assert found == {
        "q-S1": answered | {"text": "How? – Here", "required": True},
        "q-S2": answered | {"text": "How? – S2", "required": True},
    }


def test_limesurvey_s_own_words_for_answers() -> None:
    found = made(
        GROUP, q("C", "c", language="de"), sq("x", language="de"), q("E", "e", language="de"), sq("y", language="de")
    )
    labels = [[option["label"] for option in question["options"]] for question in questions(found).values()]
    assert labels == [["Ja", "Unsicher", "Nein"], ["Zunahme", "Gleich", "Abnahme"]]
    french = made(GROUP, q("C", "c", language="fr"), sq("x", language="fr"))
    assert [option["label"] for option in questions(french)["c-x"]["options"]] == ["Yes", "Uncertain", "No"]
    assert lost(french) == ["f: line 3: LimeSurvey's own words for the answers are not known in fr"]


def test_answers_count_where_the_survey_assesses() -> None:
    rows = [GROUP, q("L", "q"), a("A1", "One", relevance="0"), a("A2", "Two", relevance="2.5")]
    scored = questions(made(row("S", name="assessments", text="Y"), *rows))
    assert [option.get("score") for option in scored["q"]["options"]] == [0, 2.5]
    assert [option.get("score") for option in questions(made(*rows))["q"]["options"]] == [None, None]


def test_groups_are_dimensions_and_a_display_before_all_questions_is_the_introduction() -> None:
    found = made(
        row("S", name="language", text="en"),
        row("SL", name="surveyls_title", text="My survey", language="en"),
        row("SL", name="surveyls_welcometext", text="Welcome!", language="en"),
        row("G", "0", "part_one", text="About you"),
        q("X", "x", "Hello"),
        q("S", "s_1"),
        row("G", "1", "Empty"),
        q("*", "sum", "{1 + 1}"),
        row("G", "2", "part_one"),
        q("S", "s-1"),
        q("X", "y", "Bye"),
    )
    assert outline(found.document["dimensions"]) == [["part-one", "s-1"], ["part-one-2", "s-1-2"]]
    assert found.document["title"] == "My survey"
    assert found.document["introduction"] == "Welcome!\n\nHello"
    assert found.document["dimensions"][0]["help"] == "About you"
    assert lost(found) == [
        "f: line 9: `sum` is left out: an equation (type `*`) cannot be asked here",
        "f: line 8: the group `Empty` asks nothing that can be asked here; it is left out",
        "f: line 12: the text `y` between questions has no place here",
    ]


def test_languages_are_by_their_column() -> None:
    rows = [
        row("S", name="language", text="de"),
        row("SL", name="surveyls_title", text="Umfrage", language="de"),
        row("SL", name="surveyls_title", text="Survey", language="en"),
        *(
            one | {"language": "de"}
            for one in (row("G", "0", "Teil"), q("L", "q", "Was?"), a("A1", "Eins"), a("A2", "Zwei"))
        ),
        *(
            one | {"language": "en"}
            for one in (row("G", "0", "Part"), q("L", "q", "What?"), a("A1", "One"), a("A2", "Two"))
        ),
        q("S", "other", language="en"),
        q("S", "odd", language="x!"),
    ]
    found = made(*rows)
    assert found.document["languages"] == ["de", "en"]
    assert found.document["title"] == {"de": "Umfrage", "en": "Survey"}
    assert found.document["dimensions"][0]["title"] == {"de": "Teil", "en": "Part"}
    assert questions(found) == {
        "q": {
            "type": "choice",
            "text": {"de": "Was?", "en": "What?"},
            "options": [
                {"id": "A1", "label": {"de": "Eins", "en": "One"}},
                {"id": "A2", "label": {"de": "Zwei", "en": "Two"}},
            ],
        }
    }
    assert lost(found) == [
        "f: line 13: `other` is not there in de, the first language",
        "f: line 14: `x!` is no language code, so its texts are not carried over",
    ]


def test_relevance_becomes_show_if_of_groups_questions_and_subquestions() -> None:
    found = made(
        GROUP,
        q("Y", "s_1"),
        q("N", "n_1", relevance="s1.NAOK == 'Y'".replace("s1", "s_1")),
        row("G", "2", "Second", relevance="n_1 > 3"),
        q("F", "f", relevance="s_1 == 'N'"),
        sq("x", relevance="n_1 < 9"),
        a("A1", "One"),
        a("A2", "Two"),
        q("M", "m"),
        sq("a"),
        sq("b", relevance="n_1 == 1"),
        q("S", "t", relevance="m_a == 'Y'"),
    )
    yes = {"question": "s-1", "op": "=", "value": "yes"}
    over = {"question": "n-1", "op": ">", "value": 3}
    no = {"question": "s-1", "op": "=", "value": "no"}
    under = {"question": "n-1", "op": "<", "value": 9}
    asked = questions(found)
    assert asked["n-1"]["show-if"] == yes
    assert asked["f-x"]["show-if"] == {"all": [yes, over, no, under]}
    assert asked["m"]["show-if"] == {"all": [yes, over]}
    assert asked["m"]["options"] == [{"id": "a", "label": "a"}]
    assert asked["t"]["show-if"] == {"all": [yes, over, {"question": "m", "op": "includes", "value": "a"}]}
    assert lost(found) == ["f: line 12: the option `b` is left out with its condition"]


def test_what_cannot_be_hidden_is_not_asked() -> None:
    found = made(
        GROUP,
        q("S", "first"),
        q("S", "a", relevance="strlen(first) > 3"),
        q("S", "b", relevance="!is_empty(a)"),
        q("S", "c", hidden="1"),
        row("G", "2", "Second", relevance="0"),
        q("S", "d"),
    )
    assert list(questions(found)) == ["first"]
    why, earlier = "is not carried over, for it", "which is no earlier question of the result"
    assert lost(found) == [
        f"f: line 4: the condition of `a` {why} calls the function `strlen`; it is left out",
        f"f: line 5: the condition of `b` {why} refers to `a`, {earlier}; it is left out",
        "f: line 6: `c` is left out: it is hidden",
        f"f: line 7: the group's condition {why} never holds; the group is left out",
    ]


LOST: dict[str, tuple[list[Row], str]] = {
    "a ranking": ([q("R", "q")], "`q` is left out: ranking (type `R`) cannot be asked here"),
    "a date": ([q("D", "q")], "`q` is left out: a date (type `D`) cannot be asked here"),
    "a dual array": ([q("1", "q")], "`q` is left out: an array with two scales (type `1`) cannot be asked here"),
    "an unknown type": ([q("?", "q")], "`q` is left out: there is no type `?` in LimeSurvey that is known here"),
    "no answers": ([q("L", "q")], "`q` is left out: a question has 2 to 200 answers; this one has 0"),
    "no options": ([q("M", "q")], "`q` is left out: a question has 1 to 200 options; this one has 0"),
    "no subquestions": ([q("A", "q")], "`q` is left out: it has no subquestions"),
    "crossing bounds": (
        [q("N", "q", min_num_value_n="3", max_num_value_n="1")],
        "`q` is left out: its smallest value is over its largest",
    ),
    "a bound that is worked out": (
        [q("N", "q", max_num_value_n="{n}")],
        "`{n}` is no number, so it bounds no answer",
    ),
    "other": ([q("L", "q", other="Y"), a("A1"), a("A2")], "of `q` is not carried over: other"),
    "a default and a filter": (
        [q("S", "q", default="x", array_filter="m")],
        "of `q` is not carried over: array_filter, default",
    ),
    "comments": ([q("P", "q"), sq("a")], "the comments on its options are not carried over"),
    "a reminder": (
        [q("S", "q", mandatory="S")],
        "`mandatory: S` only reminds; here an answer is required or not, so it is not",
    ),
    "a quota": ([row("QTA", name="q")], "rows of the class `QTA` are not carried over"),
}


@pytest.mark.parametrize("name", LOST)
def test_what_cannot_be_asked_is_told_by_its_line(name: str) -> None:
    rows, sentence = LOST[name]
    assert lost(made(GROUP, q("S", "first"), *rows)) == [f"f: line 4: {sentence}"]


SILENT: dict[str, tuple[list[Row], list[str]]] = {
    "a setting": ([row("S", name="format", text="A")], ["line 4: the setting `format` is not carried over"]),
    "a text of the survey": (
        [row("SL", name="surveyls_endtext", text="Bye"), row("SL", name="surveyls_url")],
        ["line 4: the text `surveyls_endtext` is not carried over"],
    ),
    "a long description": (
        [row("SL", name="surveyls_description", text="x" * 5000)],
        ["line 4: the text is longer than 4000 characters; its end is cut off"],
    ),
    "no class": ([row("", name="x", text="Words"), row("")], ["line 4: has no class, so it is not carried over"]),
    "a group alone": (
        [row("G", "1", "Alone")],
        ["line 4: the group `Alone` asks nothing that can be asked here; it is left out"],
    ),
    "what a group says besides": (
        [row("G", "1", "Second", help="Words", array_filter="x"), q("S", "q")],
        ["line 4: of `Second` is not carried over: array_filter, help"],
    ),
    "what parts say besides": (
        [q("F", "q"), sq("s", mandatory="Y"), a("A1", "One", help="H"), a("A2", "Two", relevance="3")],
        [
            "line 5: of `s` is not carried over: mandatory",
            "line 6: of `A1` is not carried over: help",
            "line 7: of `A2` is not carried over: relevance",
        ],
    ),
    "bounds on a text": (
        [q("S", "q", min_num_value_n="3")],
        ["line 4: of `q` is not carried over: min_num_value_n"],
    ),
    "stray parts": (
        [q("S", "q"), a("A1"), q("L", "r"), a("A1", "One"), a("A2", "Two"), sq("s")],
        [
            "line 5: `A1` is not carried over: a question of type `S` has no answers",
            "line 9: `s` is not carried over: a question of type `L` has no subquestions",
        ],
    ),
    "a long text of a part": (
        [q("Q", "q", "x" * 3990), sq("s", "y"), sq("t", "z" * 20)],
        ["line 6: the text is longer than 4000 characters with that of its question; its end is cut off"],
    ),
    "a second scale": (
        [q("Q", "q"), sq("s"), row("SQ", "1", "t")],
        ["line 6: `t` is of a second scale, which is not carried over"],
    ),
    "what is worked out": (
        [q("S", "q", "Hello {TOKEN:FIRSTNAME}!")],
        ["line 4: `{TOKEN:FIRSTNAME}` is worked out there; here it is shown as it stands"],
    ),
    "pictures and links": (
        [q("S", "q", "<img src='a'> <a href='b'>b</a>", help="<a href='b'>b</a>")],
        [
            "line 4: pictures and media and the addresses of links in the text are not carried over",
            "line 4: the addresses of links in the text are not carried over",
        ],
    ),
    "a hidden text": ([q("X", "q", hidden="1")], ["line 4: the text `q` between questions has no place here"]),
    "a code twice": (
        [q("S", "first")],
        [
            (
                "line 4: `first` is also an earlier question; this one becomes `first-2`, "
                "and conditions from here on ask for this one"
            )
        ],
    ),
}


@pytest.mark.parametrize("name", SILENT)
def test_nothing_goes_silently(name: str) -> None:
    rows, sentences = SILENT[name]
    assert lost(made(GROUP, q("S", "first"), *rows)) == [f"f: {sentence}" for sentence in sentences]


def test_values_of_some_answers_are_told() -> None:
    rows = [q("L", "q"), a("A1", "One", relevance="1"), a("A2", "Two")]
    assert lost(made(row("S", name="assessments", text="Y"), GROUP, *rows)) == [
        "f: line 4: the values of its answers are not carried over, for not every answer has one"
    ]


def test_a_hidden_text_before_all_questions_is_not_shown() -> None:
    found = made(GROUP, q("X", "x", "Hello", hidden="1"), q("S", "first"))
    assert "introduction" not in found.document
    assert lost(found) == ["f: line 3: the text `x` between questions has no place here"]


def test_how_many_are_chosen_is_told_where_it_bounds_nothing() -> None:
    lines_ = b"class\tname\ttype/scale\ttext\tmin_answers\tmax_answers\nQ\tq\tM\t\t9\t0\nSQ\ta\t\t\nSQ\tb\t\t\n"
    assert lost(from_limesurvey("f.tsv", lines_)) == [
        "f: line 2: `min_answers` is no number of its 2 options, so it bounds no answer"
    ]


def test_cells_beyond_the_headings_and_headings_that_repeat_are_told() -> None:
    lines_ = b"class\tname\ttype/scale\ttext\ttext\t\nQ\tq\tS\tOne\tTwo\tThree\tFour\t\t\n"
    found = from_limesurvey("f.tsv", lines_)
    assert questions(found)["q"]["text"] == "One"
    assert lost(found) == [
        "f: line 1: the column `text` stands here again; the first one is read",
        "f: line 2: the cells without a heading of their own are not carried over (3)",
    ]


def test_languages_beyond_the_fortieth_are_told_by_the_line_in_which_they_begin() -> None:
    codes = [f"a{letter}{other}-{number}0" for letter in "ab" for other in "cd" for number in range(10, 5000)]
    rows = [GROUP | {"language": "en"}, *(q("S", "q", language=code) for code in ["en", *codes[:19_000]])]
    found = made(*rows)
    assert len(found.document["languages"]) == 40
    assert lost(found) == [
        (
            "f: line 43: more than 40 languages: the texts in `aac-490` are not carried over, "
            "nor those in 18,960 more languages"
        )
    ]


def test_very_many_groups_without_questions_are_counted() -> None:
    rows = [row("G", str(number), f"G{number}") for number in range(1200)]
    found = lost(made(GROUP, q("S", "first"), *rows))
    assert len(found) == 1001
    assert found[-1] == "f: the file: 200 more things that are not carried over are not listed"


def test_lines_count_those_within_a_cell() -> None:
    given_ = content(GROUP, q("S", "first", '"two\nlines"'), q("D", "q"))
    found = from_limesurvey("f.tsv", given_)
    assert questions(found)["first"]["text"] == "two\nlines"
    assert lost(found) == ["f: line 5: `q` is left out: a date (type `D`) cannot be asked here"]


BAD: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "line 1: this is no structure of a LimeSurvey survey: there is no column class, name, text"),
    "another table": (
        b"a\tb\n1\t2",
        "line 1: this is no structure of a LimeSurvey survey: there is no column class, name, text",
    ),
    "not UTF-8": (b"class\n\xff", "line 2: byte 0xff is not UTF-8; save the file as UTF-8"),
    "a null character": (b"class\n\n\x00", "line 3: has a null character, so it is no text"),
    "open quotes": (content(GROUP) + b'\nQ\t"S', "line 3: cannot be read: unexpected end of data"),
    "6 MiB": (b" " * 6 * 1024 * 1024, "the file: is larger than 5 MiB, the most that is read"),
    "a huge cell": (
        content(GROUP) + b"\n" + b"x" * 200_000,
        "line 3: cannot be read: field larger than field limit (131072)",
    ),
    "very many rows": (
        content(*[GROUP] * 20_001),
        "line 20002: there are more than 20,000 rows, the most that are read",
    ),
    "very many columns": (
        b"class\tname\ttext" + b"\tx" * 500,
        "line 1: there are more than 500 columns, the most that are read",
    ),
    "very many blank cells": (
        b"class\tname\ttext\n" + (b"\t" * 499 + b"\n") * 5_000,
        "line 4002: there are more than 2,000,000 cells up to here",
    ),
    "nothing that can be asked": (content(GROUP, q("D", "q")), "the file: asks nothing that can be asked here"),
    "an answer of no question": (content(a("A1")), "the file: asks nothing that can be asked here"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_structure_ends_in_a_sentence(name: str) -> None:
    given_, sentence = BAD[name]
    assert refused(given_)[0] == f"f: {sentence}"


cells = st.sampled_from(
    [
        *(
            "",
            "",
            "1",
            "0",
            "a",
            "b_1",
            "Y",
            "N",
            "S",
            "SQ",
            "A",
            "Q",
            "G",
            "L",
            "M",
            "F",
            "5",
            "X",
            "C",
            "H",
            "K",
            "de",
            "en",
        ),
        *("a == 'Y'", "a.NAOK > 1", "is_empty(b_1)", "(((", "<p>", "&amp;", "\x07", "ä", "-", "__", "na", "x" * 99),
    ]
)
lines = st.fixed_dictionaries(
    {"class": st.sampled_from(["G", "Q", "Q", "SQ", "A", "A", "S", "SL", "C"]), "type/scale": cells, "name": cells},
    optional=dict.fromkeys(COLUMNS[3:], cells),
)


@settings(max_examples=250, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(lines, max_size=12))
def test_any_rows_end_in_a_questionnaire_or_a_sentence(rows: list[Row]) -> None:
    try:
        found = made(GROUP, q("S", "first"), *rows)
    except Unconvertible as error:
        assert error.reasons  # noqa: PT017 - a sentence is one of the two good ends
    else:
        assert questions(found)
