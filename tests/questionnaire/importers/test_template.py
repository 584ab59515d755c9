"""The project's own template: a row a question, a column a level; whatever is wrong in it has a place."""

from time import process_time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.questionnaire.check import examine
from assessment.questionnaire.importers.conversion import Unconvertible
from assessment.questionnaire.importers.template import from_template
from assessment.questionnaire.writer import written
from tests.questionnaire.importers.workbooks import Rows, xlsx

WHOLE = """title;Team agility
title (de);Agiles Team
introduction;Think of the *last* iteration.
version;2026.1
audience;art

dimension;dimension (de);id;type;question;question (de);weight;reverse;options;options (de);1 Sit;2: Crawl;1 Sitzen (de)
Team / Flow;Team / Fluss;wip;;We limit our work.;Wir begrenzen.;1,5;yes;;;Work is pushed;Limits are kept;Gedrückt
;;;text;What blocks flow?;Was hemmt?;;;;;;;
Team / Talk;Team / Reden;;choice;How often?;Wie oft?;;;Never = 0; Often = 2;Nie; Oft;;;
"""


def converted(text: str, name: str = "my-team.csv") -> dict[str, Any]:
    """Give the document that a template becomes, which is always a valid file."""
    made = from_template(name, text.encode())
    questionnaire, found = examine(written(made.document))
    assert questionnaire is not None, found
    assert made.losses == ()
    return made.document


def question(headings: str, cells: str) -> Any:  # noqa: ANN401 - a question as a file has it
    """Give the question of the only row below the headings."""
    return converted(f"{headings}\n{cells}\n")["dimensions"][0]["questions"][0]


def refused(text: str) -> list[str]:
    with pytest.raises(Unconvertible) as caught:
        from_template("a.csv", text.encode())
    return [f"{reason.place}: {reason.sentence}" for reason in caught.value.reasons]


def test_a_whole_template() -> None:
    text = WHOLE.replace("Never = 0; Often = 2;Nie; Oft", '"Never = 0; Often = 2";"Nie; Oft"')
    assert converted(text) == {
        "format": 1,
        "id": "my-team",
        "version": "2026.1",
        "title": {"en": "Team agility", "de": "Agiles Team"},
        "languages": ["en", "de"],
        "audience": "art",
        "introduction": "Think of the *last* iteration.",
        "scales": {
            "levels": {
                "levels": [
                    {"value": 1, "label": {"en": "Sit", "de": "Sitzen"}},
                    {"value": 2, "label": "Crawl"},
                ]
            }
        },
        "dimensions": [
            {
                "id": "team-2",
                "title": {"en": "Team", "de": "Team"},
                "dimensions": [
                    {
                        "id": "flow",
                        "title": {"en": "Flow", "de": "Fluss"},
                        "questions": [
                            {
                                "id": "wip",
                                "type": "rating",
                                "scale": "levels",
                                "text": {"en": "We limit our work.", "de": "Wir begrenzen."},
                                "anchors": {1: {"en": "Work is pushed", "de": "Gedrückt"}, 2: "Limits are kept"},
                                "reverse": True,
                                "weight": 1.5,
                            },
                            {
                                "id": "what-blocks-flow",
                                "type": "text",
                                "text": {"en": "What blocks flow?", "de": "Was hemmt?"},
                            },
                        ],
                    },
                    {
                        "id": "talk",
                        "title": {"en": "Talk", "de": "Reden"},
                        "questions": [
                            {
                                "id": "how-often",
                                "type": "choice",
                                "text": {"en": "How often?", "de": "Wie oft?"},
                                "options": [
                                    {"id": "never", "label": {"en": "Never", "de": "Nie"}, "score": 0},
                                    {"id": "often", "label": {"en": "Often", "de": "Oft"}, "score": 2},
                                ],
                            }
                        ],
                    },
                ],
            }
        ],
    }


def test_two_columns_are_enough() -> None:
    made = converted("question,0,1\nWe talk.,,\n")
    assert made["title"] == "My team"
    assert made["scales"]["levels"]["levels"] == [{"value": 0, "label": "0"}, {"value": 1, "label": "1"}]
    assert made["dimensions"] == [
        {
            "id": "my-team",
            "title": "My team",
            "questions": [{"id": "we-talk", "type": "rating", "scale": "levels", "text": "We talk."}],
        }
    ]


def test_a_workbook_is_read_like_a_csv_file() -> None:
    rows: Rows = [
        ["Title", "T"],
        [],
        ["Question", "Type", "Required", "1 Low", "2 High"],
        ["We talk.", None, True, "Never"],
    ]
    made = from_template("a.xlsx", xlsx({"questions": rows, "notes": [["x"]], "empty": []}))
    assert made.document["dimensions"][0]["questions"] == [
        {
            "id": "we-talk",
            "type": "rating",
            "scale": "levels",
            "text": "We talk.",
            "anchors": {1: "Never"},
            "required": True,
        }
    ]
    assert [(loss.place, loss.sentence) for loss in made.losses] == [
        ("sheet notes", "only the first sheet is read; this one is not carried over")
    ]


QUESTIONS: dict[tuple[str, str], dict[str, object]] = {
    ("type,question,minimum,maximum,whole,unit", "number,Q?,0,2.5,no,days"): {
        "type": "number",
        "text": "Q?",
        "minimum": 0,
        "maximum": 2.5,
        "whole": False,
        "unit": "days",
    },
    ("type,question,options", "Yes/No,Q?,yes = 1; no = 0"): {
        "type": "yes-no",
        "text": "Q?",
        "scores": {"yes": 1, "no": 0},
    },
    ("type,question,options", 'multiple,Q?,"Red\nBlue"'): {
        "type": "multiple",
        "text": "Q?",
        "options": [{"id": "red", "label": "Red"}, {"id": "blue", "label": "Blue"}],
    },
    ("type,question,Not applicable,Don't know,note", "yes-no,Q?,no,x,For us"): {
        "type": "yes-no",
        "text": "Q?",
        "not-applicable": False,
        "dont-know": True,
        "note": "For us",
    },
}


@pytest.mark.parametrize(("headings", "cells"), QUESTIONS)
def test_each_type_takes_its_columns(headings: str, cells: str) -> None:
    assert question(headings, cells) == {"id": "q"} | QUESTIONS[headings, cells]


def test_roles_are_gathered() -> None:
    made = converted("type,question,roles\ntext,A?,scrum-master; rte\ntext,B?,rte\n")
    assert made["roles"] == ["scrum-master", "rte"]
    assert made["dimensions"][0]["questions"][0]["roles"] == ["scrum-master", "rte"]


def test_the_first_language_can_be_said_or_is_the_first_that_is_named() -> None:
    assert converted("language,German\nquestion,question (en),1,2\nFrage.,Question.,,\n")["languages"] == ["de", "en"]
    made = converted("question (de),question (English),1 Tief (de),2 Hoch (de),1 Low (en)\nFrage.,Question.,,,\n")
    assert made["languages"] == ["de", "en"]
    assert made["scales"]["levels"]["levels"][0]["label"] == {"de": "Tief", "en": "Low"}


def test_dimensions_go_on_where_their_name_stands_again() -> None:
    made = converted("dimension,type,question\nA,text,One?\nB,text,Two?\na,text,Three?\n")
    assert [[q["text"] for q in node["questions"]] for node in made["dimensions"]] == [["One?", "Three?"], ["Two?"]]


def test_ids_of_the_file_go_before_those_that_are_made() -> None:
    made = converted("id,type,question\n,text,Flow\nflow,text,Other?\n")
    assert [q["id"] for q in made["dimensions"][0]["questions"]] == ["flow-2", "flow"]


ERRORS = {
    "": "the file: it is empty",
    "id,text\na,b": "row 1: no row has the heading `question`",
    "question,type": "row 1: there is no question below the headings",
    "colour,red\nquestion,type\nQ?,text": "row 1, column A: unknown column `colour`; known are",
    "titel,red\nquestion,type\nQ?,text": "row 1, column A: unknown column `titel`; the nearest known one is `title`",
    "title\nquestion,type\nQ?,text": "row 1, column A: `title` has no value in column B",
    "type,question,wieght\ntext,Q?,": "row 1, column C: unknown column `wieght`; the nearest known one is `weight`",
    "type,question,Type\ntext,Q?,": "row 1, column C: the column `Type` stands a second time; the first is column A",
    "question,1 Low,1 High\nQ?,,": "row 1, column C: the column `1 High` stands a second time; the first is column B",
    "question,question (elvish)\nQ?,": "row 1, column B: the language `elvish` is not known; write a code such as `de`",
    "question,type (de)\nQ?,": "row 1, column B: the column `type` holds no text, so it has no language",
    "type,question,question (en)\ntext,Q?,Q?": "row 1, column C: the column says `en`, which is the language of",
    "language,elvish\ntype,question\ntext,Q?": "the file: the language `elvish` is not known; write one such as `de`",
    "type,question\nrate,Q?": "row 2, column A: there is no type `rate`; the nearest known one is `rating`",
    "question\nQ?": "row 2: a rating needs levels: columns with headings such as `1 Sit`, `2 Crawl`",
    "type,question\ntext,": "row 2, column B: the question has no text",
    "type,question,question (de)\ntext,,Frage?": "row 2, column B: `question` is missing in `en`, the first language",
    "id,type,question\na b,text,Q?": "row 2, column A: `a b` is no id; `a-b` would be one",
    "id,type,question\na,text,Q?\na,text,R?": "row 3, column A: the id `a` is used a second time; the first is in row",
    "type,question,weight\nyes-no,Q?,much": "row 2, column C: `weight` is `much`, which is no number",
    "type,question,required\ntext,Q?,perhaps": "row 2, column C: `required` is `perhaps`; it can be yes or no",
    "type,question,unit\ntext,Q?,days": "row 2, column C: `unit` means nothing for a question of type `text`",
    "type,question,options\nchoice,Q?,Red": "row 2, column C: a question of type `choice` needs at least 2 `options`",
    "type,question,options\nchoice,Q?,A = 1; B": "row 2, column C: all options have a score or none",
    "type,question,options\nmultiple,Q?,A = 1": "row 2, column C: no option of `multiple` has a score",
    "type,question,options\nyes-no,Q?,A; B": "row 2, column C: the options of yes-no are their scores alone",
    "type,question,minimum,maximum\nnumber,Q?,2,1": "row 2, column D: the maximum is less than the minimum",
    "type,question,roles\ntext,Q?,Product owner": "row 2, column C: `Product owner` is no id of a role",
    "dimension,type,question\nA / B / C / D,text,Q?": "row 2, column A: the dimension is nested 4 deep; at most 3",
    "dimension,dimension (de),type,question\nA / B,A,text,Q?": "row 2, column A: the dimension has not as many parts",
    'type,question,options,options (de)\nchoice,Q?,"A;B","A"': "row 2, column C: there are not as many options",
    "type,question\ntext,Q?,more": "row 2, column C: `more` stands under no heading",
    "type,,question\ntext,more,Q?": "row 2, column B: `more` stands under no heading",
    "title,T,more\ntype,question\ntext,Q?": "row 1, column C: `more` stands beside the value; above the headings only",
    "type,question,1 Low,2 High\ntext,Q?,,a": "row 2, column D: an anchor means nothing for a question of type `text`",
    "type,question,1 A,2 B\nnumber,Q?,a": "row 2, column C: an anchor means nothing for a question of type `number`",
    f"type,question\ntext,{'x' * 4_001}": "row 2, column B: the text is longer than 4,000 characters",
    f"title,{'x' * 4_001}\ntype,question\ntext,Q": "row 1, column B: the text is longer than 4,000 characters",
    f"type,question,options\nchoice,Q?,A;{'x' * 4_001}": "row 2, column C: an option is longer than 4,000 characters",
    f"question,1 {'x' * 4_001}\nQ?,": "row 1, column B: the heading is longer than 4,000 characters",
    "type,question\ntext,Q\x07": "row 2, column B: the cell has the character U+0007, which cannot be shown",
    "title,\x1b[31mT\ntype,question\ntext,Q": "row 1, column B: the cell has the character U+001B, which cannot",
    "question," + ",".join(f"{n} L" for n in range(190)) + "\nQ?,": "row 1, column M: there are more than 11 levels up",
    "question,1 Low\nQ?,": "row 1, column B: this is the only level; a scale has 2 at the least",
    "id,type,question\nteam,text,Q?": "row 2, column A: the id `team` is kept for something else; `team-2` would",
    "id,a b\nversion,x y\ntype,question\ntext,Q?": "the questionnaire made of it: `id` is `a b`; an id has letters",
}


@pytest.mark.parametrize("text", ERRORS)
def test_what_is_wrong_has_a_place_and_a_sentence(text: str) -> None:
    assert refused(text)[0].startswith(ERRORS[text])


def test_everything_that_is_wrong_is_told_at_once() -> None:
    text = "type,question,wieght,required\ntext,,,maybe\nrating,Q?,,\n"
    assert [line.partition(":")[0] for line in refused(text)] == [
        "row 1, column C",
        "row 2, column B",
        "row 2, column D",
        "row 3, column A",
    ]


def test_line_ends_of_cells_are_those_of_texts() -> None:
    (node,) = converted('type,question,options\nchoice,"Which\r\none?","A\rB"\n')["dimensions"]
    assert (node["questions"][0]["text"], len(node["questions"][0]["options"])) == ("Which\none?", 2)


@pytest.mark.parametrize(
    "words", ["1 - Low", "1  Low", "1. Low", "1=\tLow", "1\nLow", "1 – Low  (en)", "1 Low\n( en )"]
)
def test_levels_are_written_in_several_ways(words: str) -> None:
    made = converted(f'question,"{words}",2 -5\nQ?\n')
    assert [level["label"] for level in made["scales"]["levels"]["levels"]] == ["Low", "-5"]


BLANKS = " " * 30_000
HEAVY = {
    "headings of blanks": "question," + ",".join(f"{n}{' ' * 3_900}(a" for n in range(1, 60)) + "\nQ?\n",
    "headings of blanks and line ends": "question," + ",".join(f'"{n}{" " * 3_900}a\nb"' for n in range(60)) + "\nQ?\n",
    "cells of blanks": "type,question,dimension,options,roles\n" + f"choice,Q?,a{BLANKS}b,a{BLANKS}b,a{BLANKS}b\n" * 20,
    "questions": "question,1 Low,2 High\n" + "Q?,l,h\n" * 1_990,
    "options": "type,question,options\n" + f"choice,Q?,{';'.join(f'o{n}' for n in range(200))}\n" * 1_500,
    "dimensions": "type,dimension,question\n" + "".join(f"text,A{n} / B / C,Q?\n" for n in range(1_990)),
    "languages": "question," + ",".join(f"question ({a}{b})" for a in "abcdefghi" for b in "abcdefghijklmnopqrst"),
}


@pytest.mark.parametrize("kind", HEAVY)
def test_what_is_far_too_much_ends_soon(kind: str) -> None:
    started = process_time()
    assert all(line.startswith("row ") for line in refused(HEAVY[kind]))
    assert process_time() - started < 1.5


CELL = st.sampled_from(
    ["", "Q?", "A / B", "rating", "choice", "A = 1; B = 2", "A; B", "yes", "1", "team", "ä", "(de)", "a\nb", "-5"]
)
HEADING = st.sampled_from(
    [
        "question",
        "question (de)",
        "dimension",
        "type",
        "id",
        "options",
        "weight",
        "1 Low",
        "2 High",
        "roles",
        "note",
        "help",
    ]
)


@settings(max_examples=250, deadline=None)
@given(st.lists(HEADING, min_size=1, unique=True), st.lists(st.lists(CELL, max_size=8), max_size=6))
def test_whatever_the_cells_are_the_result_is_a_valid_file_or_sentences(
    headings: list[str], rows: list[list[str]]
) -> None:
    content = xlsx({"sheet": [headings, *rows]})
    try:
        made = from_template("a.xlsx", content)
    except Unconvertible as error:
        said = [reason.sentence for reason in error.reasons]
    else:
        said = [] if examine(written(made.document))[0] is None else ["valid"]
    assert said
