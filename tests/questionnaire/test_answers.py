"""Answers are taken as words; every word that is no answer is told in a sentence."""

import json

import pytest

from assessment.questionnaire.answers import (
    LONGEST_ANSWER,
    incomplete,
    is_level,
    read_answers,
    unanswered,
    word_of,
    written_texts,
)
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
      - {id: size, type: choice, text: Which?, options: [{id: small, label: Small}, {id: L, label: Large}]}
      - {id: sure, type: choice, text: Sure?, options: [{id: a, label: A}, {id: b, label: B}], required: true}
      - id: tools
        type: multiple
        text: Which of these?
        options: [{id: board, label: Board}, {id: wiki, label: Wiki}, {id: chat, label: Chat}]
        at-least: 2
        at-most: 2
        required: true
      - {id: tags, type: multiple, text: Tags?, options: [{id: x, label: X}, {id: y, label: Y}], dont-know: true}
      - {id: done, type: yes-no, text: Done?, required: true, dont-know: false}
      - {id: fact, type: yes-no, text: True?, required: true, not-applicable: false, dont-know: false}
      - {id: days, type: number, text: Days?, minimum: -2, maximum: 30.5, required: true, not-applicable: true}
      - {id: people, type: number, text: People?, whole: true}
      - id: proof
        type: yes-no
        text: Proven?
        evidence: {links: 2, comment: true}
        not-applicable: {reason: required}
      - {id: perhaps, type: yes-no, text: Perhaps?, not-applicable: {reason: optional}}
""")
STEPS = "is not one of the levels (1, 2, 3)."

Answer = int | float | str | list[str] | dict[str, str] | dict[str, float]


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
        ("size", "small", "small"),
        ("size", " L\n", "L"),
        ("size", "na", "na"),
        ("size", "dk", "dk"),
        ("done", "yes", "yes"),
        ("done", "no", "no"),
        ("done", "na", "na"),
        ("tools", "board wiki", ["board", "wiki"]),
        ("tools", "wiki  board", ["board", "wiki"]),
        ("tools", "chat\nboard chat", ["board", "chat"]),
        ("tags", "y", ["y"]),
        ("tags", "dk", "dk"),
        ("days", "12", {"number": 12}),
        ("days", "-2", {"number": -2}),
        ("days", "30.5", {"number": 30.5}),
        ("days", "2,5", {"number": 2.5}),
        ("days", "0,125", {"number": 0.125}),
        ("days", "1e1", {"number": 10}),
        ("days", "na", "na"),
        ("people", "3.0", {"number": 3}),
        ("people", "+1000000", {"number": 1000000}),
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


@pytest.mark.parametrize(
    ("question", "word", "sentence"),
    [
        ("size", "Small", "“Small” is not one of the answers (small, L)."),
        ("size", "small L", "“small L” is not one of the answers (small, L)."),
        ("done", "Yes", "“Yes” is not one of the answers (yes, no)."),
        ("done", "true", "“true” is not one of the answers (yes, no)."),
        ("done", "dk", "“dk” is not one of the answers (yes, no)."),
        ("tools", "board bord", "“bord” is not one of the answers (board, wiki, chat)."),
        ("tools", "na", "“na” is not one of the answers (board, wiki, chat)."),
        ("tools", "board", "Only 1 chosen; choose at least 2."),
        ("tools", "board board", "Only 1 chosen; choose at least 2."),
        ("tools", "board wiki chat", "3 answers are chosen; choose at most 2."),
        ("days", "-2.5", "“-2.5” is too small; it can be -2 at the least."),
        ("days", "31", "“31” is too large; it can be 30.5 at the most."),
        ("days", "dk", "“dk” is not a number; write it in digits, such as 12."),
        ("days", "1.000,5", "“1.000,5” is not a number; write it in digits, such as 12."),
        ("days", "ten", "“ten” is not a number; write it in digits, such as 12."),
        ("people", "2.5", "“2.5” is not a whole number."),
        ("people", "1,000", "“1,000” can be read in two ways; write it without the comma."),
        ("people", "1e400", "“1e400” is not a number; write it in digits, such as 12."),
        ("people", "1e13", "“1e13” is not a number; write it in digits, such as 12."),
        (
            "people",
            "\N{ARABIC-INDIC DIGIT ONE}",
            "“\N{ARABIC-INDIC DIGIT ONE}” is not a number; write it in digits, such as 12.",
        ),
    ],
)
def test_a_word_that_is_no_answer_is_told_with_what_would_be_one(question: str, word: str, sentence: str) -> None:
    assert problem(question, word) == sentence


def test_of_very_many_options_the_first_are_told() -> None:
    options = ", ".join(f"{{id: o{number}, label: A}}" for number in range(200))
    many = questionnaire(f"""
format: 1
id: many
version: "1"
title: Many
dimensions:
  - id: one
    title: One
    questions: [{{id: q, type: choice, text: Which?, options: [{options}]}}]
""")
    (found,) = read_answers(many.questions, {"q": "o200"}, many).problems
    assert found.sentence == f"“o200” is not one of the answers ({', '.join(f'o{number}' for number in range(12))}, …)."


@pytest.mark.parametrize(("question", "word"), [("applies", "na"), ("known", "dk"), ("level", "na"), ("level", "dk")])
def test_a_way_out_that_is_not_offered_is_not_taken(question: str, word: str) -> None:
    assert problem(question, word) == f"“{word}” {STEPS}"


def test_levels_are_told_as_they_are_written() -> None:
    assert problem("free", "7") == (
        "“7” is not one of the levels (-1, 0, 1e-07, 0.3333333333333333, 0.5, 12.75, 1000000)."
    )


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
        ("sure", "Choose an answer, “Does not apply” or “Don’t know”."),
        ("tools", "Choose at least one answer."),
        ("done", "Choose “Yes”, “No” or “Does not apply”."),
        ("fact", "Choose “Yes” or “No”."),
        ("days", "Write a number or “Does not apply”."),
    ],
)
def test_what_is_required_may_be_open_until_the_form_is_complete(question: str, sentence: str) -> None:
    assert taken(question, "") is None
    assert problem(question, " ", complete=True) == sentence


def test_na_and_dk_answer_what_is_required() -> None:
    given = {"both": "na", "applies": "dk", "known": "na", "level": "1", "words": "x"}
    reading = read_answers(ASKED.questions[:7], given, ASKED, complete=True)
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
    assert [question.id for question in unanswered(ASKED.questions[:7], answers)] == ["level", "free", "more"]


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
        *[(None, ""), ("na", "na"), ("dk", "dk"), ({"text": "x"}, "x"), ("small", "small")],
        *[(["a", "b"], "a b"), (["https://a.example", "https://b.example"], "https://a.example\nhttps://b.example")],
        *[({"number": 3.0}, "3"), ({"number": 2.5}, "2.5"), ({"number": -1e12}, "-1000000000000")],
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


def read(given: dict[str, str], *, complete: bool = False) -> tuple[dict[str, object], list[tuple[str, str, str]]]:
    """Read answers to `proof` and `perhaps`, and what is said beside them."""
    questions = [ASKED.by_id["proof"], ASKED.by_id["perhaps"]]
    reading = read_answers(questions, given, ASKED, complete=complete)
    return reading.answers, [(found.question, found.beside, found.sentence) for found in reading.problems]


def test_links_a_comment_and_a_reason_are_read_beside_an_answer() -> None:
    given = {
        "proof": "yes",
        "proof:links": " https://a.example/1\r\nhttp://b.example ",
        "proof:comment": "See\r\nthere",
    }
    assert read(given) == (
        {"proof": "yes", "proof:links": ["https://a.example/1", "http://b.example"], "proof:comment": "See\nthere"},
        [],
    )
    assert read({"perhaps": "na", "perhaps:reason": "We have none."})[0] == {
        "perhaps": "na",
        "perhaps:reason": "We have none.",
    }


def test_what_is_not_asked_for_beside_an_answer_is_left_out() -> None:
    assert read({"perhaps": "yes", "perhaps:comment": "x", "perhaps:links": "https://a.example"}) == (
        {"perhaps": "yes"},
        [],
    )


def test_a_reason_counts_only_where_the_question_does_not_apply() -> None:
    assert read({"proof": "yes", "proof:reason": "A slip."}, complete=True) == ({"proof": "yes"}, [])


def test_a_reason_that_is_required_may_be_open_until_the_form_is_complete() -> None:
    assert read({"proof": "na", "perhaps": "na"})[1] == []
    answers, problems = read({"proof": "na", "perhaps": "na"}, complete=True)
    assert (answers, problems) == (
        {"proof": "na", "perhaps": "na"},
        [("proof", "reason", "Say why it does not apply.")],
    )
    assert [question.id for question in incomplete(ASKED.questions[-2:], answers)] == ["proof"]
    assert incomplete(ASKED.questions[-2:], answers | {"proof:reason": "x"}) == []


@pytest.mark.parametrize(
    ("word", "sentence"),
    [
        ("https://a.example https://b.example https://c.example", "3 links came; at most 2 can be kept."),
        ("javascript:alert(1)", "“javascript:alert(1)” is not a link; a link begins with https:// or http://."),
        ("a.example", "“a.example” is not a link; a link begins with https:// or http://."),
        ("https://", "“https://” is not a link; a link begins with https:// or http://."),
        ("http://[", "“http://[” is not a link; a link begins with https:// or http://."),
        (
            "https://a.example/\u202e",
            "“https://a.example/\u202e” is not a link; a link begins with https:// or http://.",
        ),
        ("https://" + "a" * 500, "“https://aaaaaaaaaaa…” is not a link; a link begins with https:// or http://."),
    ],
)
def test_what_is_no_link_is_told(word: str, sentence: str) -> None:
    assert read({"proof": "yes", "proof:links": word}) == ({"proof": "yes"}, [("proof", "links", sentence)])


def test_a_comment_has_the_limits_of_a_text() -> None:
    (found,) = read({"proof:comment": "x" * 4001})[1]
    assert found == ("proof", "comment", "This text has 4,001 characters; at most 4,000 can be kept.")


def test_what_people_wrote_is_found_in_answers_and_beside_them() -> None:
    answers = {
        "words": {"text": "a"},
        "days": {"number": 1},
        "size": "L",
        "proof:comment": "b",
        "proof:links": ["c", "d"],
    }
    assert list(written_texts(answers)) == [("words", "a"), ("proof:comment", "b"), ("proof:links", "c\nd")]
