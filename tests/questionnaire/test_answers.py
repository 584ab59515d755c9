"""Answers are taken as words; every word that is no answer is told in a sentence."""

import json

import pytest

from assessment.questionnaire.answers import LONGEST_ANSWER, is_level, read_answers, unanswered, word_of
from tests.questionnaire.given import questionnaire

ASKED = questionnaire("""
format: 1
id: asked
version: "1"
title: Asked
scales:
  steps:
    levels: [{value: 1, label: Low}, {value: 2, label: Middle}, {value: 3, label: High}]
  odd:
    levels:
      - {value: -1, label: A}
      - {value: 0, label: B}
      - {value: 1e-7, label: C}
      - {value: 0.3333333333333333, label: D}
      - {value: 0.5, label: E}
      - {value: 12.75, label: F}
      - {value: 1000000, label: G}
dimensions:
  - id: one
    title: One
    questions:
      - {id: both, type: rating, scale: steps, text: Both ways out., required: true}
      - {id: applies, type: rating, scale: steps, text: It applies., required: true, not-applicable: false}
      - {id: known, type: rating, scale: steps, text: It is known., required: true, dont-know: false}
      - {id: level, type: rating, scale: steps, text: A level., required: true, not-applicable: false, dont-know: false}
      - {id: free, type: rating, scale: odd, text: As one likes.}
      - {id: words, type: text, text: Say it., required: true}
      - {id: more, type: text, text: Say more.}
""")
STEPS = "is not one of the levels (1, 2, 3)."

Answer = int | float | str | dict[str, str]


def taken(question: str, word: str) -> Answer | None:
    """Give the answer that a word is taken for; None for none."""
    reading = read_answers([ASKED.by_id[question]], {question: word}, ASKED)
    assert reading.problems == ()
    return reading.answers.get(question)


def problem(question: str, word: str, *, complete: bool = False) -> str:
    """Give the sentence by which a word is not taken."""
    reading = read_answers([ASKED.by_id[question]], {question: word}, ASKED, complete=complete)
    (found,) = reading.problems
    assert (found.question, reading.answers) == (question, {})
    return found.sentence


@pytest.mark.parametrize(
    ("question", "word", "answer"),
    [
        ("both", "1", 1),
        ("both", "3", 3),
        ("both", " 2 ", 2),
        ("both", "2.0", 2),
        ("both", "+2", 2),
        ("both", "2.", 2),
        ("both", "02", 2),
        ("both", "na", "na"),
        ("both", "dk", "dk"),
        ("applies", "dk", "dk"),
        ("known", "na", "na"),
        ("free", "0.5", 0.5),
        ("free", ".5", 0.5),
        ("free", "5e-1", 0.5),
        ("free", "-1", -1),
        ("free", "0", 0),
        ("free", "-0", 0),
        ("free", "1e6", 1000000),
        ("free", "12.75", 12.75),
        ("words", "Zu viel – immer 😀", {"text": "Zu viel – immer 😀"}),
        ("words", "  in the middle\t of it \n", {"text": "in the middle\t of it"}),
        ("words", "two\r\nlines", {"text": "two\nlines"}),
        ("words", "na", {"text": "na"}),
        ("words", "3", {"text": "3"}),
    ],
)
def test_a_word_is_taken_for_an_answer(question: str, word: str, answer: Answer) -> None:
    assert taken(question, word) == answer
    assert type(taken(question, word)) is type(answer)


@pytest.mark.parametrize("word", ["", " ", "\t\r\n", "\u2003"])
@pytest.mark.parametrize("question", ["both", "words"])
def test_a_blank_word_is_no_answer(question: str, word: str) -> None:
    assert taken(question, word) is None


@pytest.mark.parametrize(
    "word",
    [
        *("4", "0", "1.5", "-1", "1,0", "1 2", "1_0", "0x1", "0b1", "1j", "1e", "--1", "(1)", "=1", "1\x00"),
        *("inf", "infinity", "-Infinity", "nan", "NaN", ".inf", ".nan", "1e400", "-1e400", "1e-400", "9" * 20),
        *(
            "\N{ARABIC-INDIC DIGIT ONE}",
            "\N{FULLWIDTH DIGIT ONE}",
            "\N{SUPERSCRIPT ONE}",
            "\N{ROMAN NUMERAL ONE}",
            "one",
            "True",
        ),
        *("NA", "Na", "n/a", "DK", "don't know", "na dk"),
    ],
)
def test_a_word_that_is_no_level_is_told_beside_the_levels(word: str) -> None:
    assert problem("both", word).endswith(STEPS)


@pytest.mark.parametrize(("question", "word"), [("applies", "na"), ("known", "dk"), ("level", "na"), ("level", "dk")])
def test_a_way_out_that_is_not_offered_is_not_taken(question: str, word: str) -> None:
    assert problem(question, word) == f"“{word}” {STEPS}"


def test_levels_are_told_as_they_are_written() -> None:
    assert problem("free", "7") == "“7” is not one of the levels (-1, 0, 1e-07, 0.333333, 0.5, 12.75, 1e+06)."


def test_a_long_word_is_told_by_its_beginning() -> None:
    assert problem("both", "x" * 20) == f"“{'x' * 20}” {STEPS}"
    assert problem("both", "x" * 10_000) == f"“{'x' * 19}…” {STEPS}"
    assert problem("both", "9" * 100_000).endswith(STEPS)


def test_a_text_may_have_4000_characters() -> None:
    assert taken("words", "ä" * LONGEST_ANSWER) == {"text": "ä" * LONGEST_ANSWER}
    assert problem("words", "ä" * 4001) == "This text has 4,001 characters; at most 4,000 can be kept."


def test_the_ends_of_lines_count_once() -> None:
    assert taken("words", "x\r\n" * 1999 + "x") == {"text": "x\n" * 1999 + "x"}
    assert taken("words", "x" + "\r\n" * 3998 + "x") == {"text": "x" + "\n" * 3998 + "x"}


def test_a_text_with_a_null_character_cannot_be_stored() -> None:
    assert problem("words", "a\x00b") == "This text has a character that cannot be stored; please type it again."


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("both", "Choose a level, “Does not apply” or “Don’t know”."),
        ("applies", "Choose a level or “Don’t know”."),
        ("known", "Choose a level or “Does not apply”."),
        ("level", "Choose a level."),
        ("words", "Write an answer."),
    ],
)
def test_what_is_required_may_be_open_until_the_form_is_complete(question: str, sentence: str) -> None:
    assert taken(question, "") is None
    assert problem(question, " ", complete=True) == sentence


def test_na_and_dk_answer_what_is_required() -> None:
    given = {"both": "na", "applies": "dk", "known": "na", "level": "1", "words": "x"}
    reading = read_answers(ASKED.questions, given, ASKED, complete=True)
    assert reading.problems == ()
    assert reading.answers == {"both": "na", "applies": "dk", "known": "na", "level": 1, "words": {"text": "x"}}


def test_what_is_not_required_may_stay_open() -> None:
    assert read_answers([ASKED.by_id["free"], ASKED.by_id["more"]], {}, ASKED, complete=True).problems == ()


def test_one_bad_word_does_not_keep_the_others_from_being_taken() -> None:
    given = {"both": "7", "applies": "2", "level": "na", "unknown": "1", "more": "x" * 5000, "words": "Yes"}
    reading = read_answers(ASKED.questions, given, ASKED)
    assert reading.answers == {"applies": 2, "words": {"text": "Yes"}}
    assert [found.question for found in reading.problems] == ["both", "level", "more"]


def test_only_the_questions_asked_for_are_read() -> None:
    assert read_answers([ASKED.by_id["both"]], {"both": "1", "known": "2"}, ASKED).answers == {"both": 1}


def test_dont_know_and_does_not_apply_are_answers() -> None:
    answers = {"both": "na", "applies": "dk", "known": 0, "words": {"text": "x"}}
    assert [question.id for question in unanswered(ASKED.questions, answers)] == ["level", "free", "more"]


def test_every_answer_is_stored_as_json_and_comes_back_by_its_word() -> None:
    words = [(question, word) for question in ("both", "words") for word in ("na", "dk")] + [("more", "x\ny")]
    levels = [("free", word_of(value)) for value in ASKED.scales["odd"].values]
    levels += [("both", word_of(value)) for value in ASKED.scales["steps"].values]
    for question, word in words + levels:
        stored = json.loads(json.dumps(taken(question, word), allow_nan=False))
        assert taken(question, word_of(stored)) == stored
    assert [taken("free", word) for question, word in levels if question == "free"] == list(ASKED.scales["odd"].values)


@pytest.mark.parametrize(
    ("answer", "word"),
    [
        *[(None, ""), ("na", "na"), ("dk", "dk"), ({"text": "x"}, "x"), ({}, "")],
        *[(3, "3"), (3.0, "3"), (-0.0, "0"), (0.5, "0.5"), (1 / 3, "0.3333333333333333"), (1e-7, "1e-07")],
        (1000000.0, "1000000"),
    ],
)
def test_an_answer_has_a_word(answer: Answer | None, word: str) -> None:
    assert word_of(answer) == word


def test_only_levels_are_scored() -> None:
    assert [is_level(answer) for answer in (0, 0.5, -1, "na", "dk", "3", {"text": "3"}, None, True)] == [True] * 3 + [
        False
    ] * 6
