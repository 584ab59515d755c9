"""Conditions as sentences: whoever holds the paper decides alone whether a question is for them."""

import pytest

from tests.reports.form.given import EVERY_TYPE, form

AFTER = """
      - id: after
        type: text
        text: After.
        show-if: """

SENTENCES = [
    (
        "{question: short, op: '=', value: 3}",
        "Only if the answer to question 1 is “High”.",
        "Nur, wenn die Antwort auf Frage 1 „Hoch“ ist.",
    ),
    (
        "{question: short, op: '!=', value: 3}",
        "Only if the answer to question 1 is anything but “High”.",
        "Nur, wenn die Antwort auf Frage 1 eine andere als „Hoch“ ist.",
    ),
    (
        "{question: short, op: '<', value: 2}",
        "Only if the answer to question 1 is under “Middle”.",
        "Nur, wenn die Antwort auf Frage 1 unter „Mittel“ liegt.",
    ),
    (
        "{question: short, op: '<=', value: 2}",
        "Only if the answer to question 1 is “Middle” or lower.",
        "Nur, wenn die Antwort auf Frage 1 „Mittel“ oder niedriger ist.",
    ),
    (
        "{question: days, op: '>', value: 1000.5}",
        "Only if the answer to question 6 is over “1,000.5”.",
        "Nur, wenn die Antwort auf Frage 6 über „1.000,5“ liegt.",
    ),
    (
        "{question: advice, op: '>=', value: 9}",
        "Only if the answer to question 2 is “9” or higher.",
        "Nur, wenn die Antwort auf Frage 2 „9“ oder höher ist.",
    ),
    (
        "{question: reasons, op: includes, value: tools}",
        "Only if “Old tools” is among the answers to question 4.",
        "Nur, wenn „Alte Werkzeuge“ unter den Antworten auf Frage 4 ist.",
    ),
    (
        "{question: place, op: '=', value: elsewhere}",
        "Only if the answer to question 3 is “Elsewhere”.",
        "Nur, wenn die Antwort auf Frage 3 „Woanders“ ist.",
    ),
    (
        "{question: owner, op: '=', value: 'no'}",
        "Only if the answer to question 5 is “No”.",
        "Nur, wenn die Antwort auf Frage 5 „Nein“ ist.",
    ),
    (
        "{question: place, op: '=', value: na}",
        "Only if the answer to question 3 is “Does not apply”.",
        "Nur, wenn die Antwort auf Frage 3 „Trifft nicht zu“ ist.",
    ),
    (
        "{question: place, op: '!=', value: dk}",
        "Only if the answer to question 3 is anything but “Don’t know”.",
        "Nur, wenn die Antwort auf Frage 3 eine andere als „Weiß nicht“ ist.",
    ),
    (
        "{question: why, op: answered, value: true}",
        "Only if question 7 is answered.",
        "Nur, wenn Frage 7 beantwortet ist.",
    ),
    (
        "{question: why, op: answered, value: false}",
        "Only if question 7 is not answered.",
        "Nur, wenn Frage 7 nicht beantwortet ist.",
    ),
    (
        "{all: [{question: why, op: answered, value: true}, {question: short, op: '<', value: 3}]}",
        "Only if question 7 is answered and the answer to question 1 is under “High”.",
        "Nur, wenn Frage 7 beantwortet ist und die Antwort auf Frage 1 unter „Hoch“ liegt.",
    ),
    (
        (
            "{all: [{question: why, op: answered, value: true},"
            " {any: [{question: owner, op: '=', value: 'yes'}, {question: place, op: answered, value: false}]}]}"
        ),
        "Only if question 7 is answered and (the answer to question 5 is “Yes” or question 3 is not answered).",
        "Nur, wenn Frage 7 beantwortet ist und (die Antwort auf Frage 5 „Ja“ ist oder Frage 3 nicht beantwortet ist).",
    ),
    (
        "{any: [{all: [{question: why, op: answered, value: true}, {question: owner, op: '=', value: 'yes'}]}]}",
        "Only if question 7 is answered and the answer to question 5 is “Yes”.",
        "Nur, wenn Frage 7 beantwortet ist und die Antwort auf Frage 5 „Ja“ ist.",
    ),
]


@pytest.mark.parametrize(("condition", "english", "german"), SENTENCES)
def test_a_condition_is_a_sentence(condition: str, english: str, german: str) -> None:
    text = EVERY_TYPE + AFTER.removeprefix("\n") + condition
    assert form(text, "en").questions["after"].remarks == (english,)
    assert form(text, "de").questions["after"].remarks == (german,)
