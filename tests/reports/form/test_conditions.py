"""Conditions as sentences: whoever holds the paper decides alone whether a question is for them."""

import pytest

from assessment.reports.form import Guide
from tests.questionnaire.given import changed
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
        "Only if the answer to question 6 is over 1,000.5\N{NO-BREAK SPACE}days.",
        "Nur, wenn die Antwort auf Frage 6 über 1.000,5\N{NO-BREAK SPACE}Tage liegt.",
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
        "{any: [{all: [{question: why, op: answered, value: true}, {question: owner, op: '=', value: 'yes'}]}]}",
        "Only if question 7 is answered and the answer to question 5 is “Yes”.",
        "Nur, wenn Frage 7 beantwortet ist und die Antwort auf Frage 5 „Ja“ ist.",
    ),
]


NESTED = """{all: [{question: why, op: answered, value: true},
            {any: [{question: owner, op: '=', value: 'yes'}, {question: place, op: answered, value: false}]}]}"""


def guides(condition: str, language: str, text: str = EVERY_TYPE) -> tuple[Guide, ...]:
    """Give what stands above a question that has a condition."""
    return form(text + AFTER.removeprefix("\n") + condition, language).questions["after"].guides


@pytest.mark.parametrize(("condition", "english", "german"), SENTENCES)
def test_a_condition_is_a_sentence(condition: str, english: str, german: str) -> None:
    assert guides(condition, "en") == (Guide(english),)
    assert guides(condition, "de") == (Guide(german),)


@pytest.mark.parametrize("condition", [NESTED, f"{{any: [{NESTED}]}}"])
def test_a_condition_within_which_others_are_joined_is_a_list(condition: str) -> None:
    either = "the answer to question 5 is “Yes” or question 3 is not answered."
    assert guides(condition, "en") == (Guide("Only if", ("question 7 is answered and", either)),)
    either = "die Antwort auf Frage 5 „Ja“ ist oder Frage 3 nicht beantwortet ist."
    assert guides(condition, "de") == (Guide("Nur, wenn", ("Frage 7 beantwortet ist und", either)),)


@pytest.mark.parametrize(
    ("other", "said"), [("Elsewhere", "Testing"), ("Testing: by others", "Testing: of ours, and by hand")]
)
def test_an_option_is_named_without_what_explains_it_unless_another_has_that_name(other: str, said: str) -> None:
    text = changed(EVERY_TYPE, ("en: Testing,", 'en: "Testing: of ours, and by hand",'))
    text = changed(text, ("en: Elsewhere,", f'en: "{other}",'))
    (guide,) = guides("{question: place, op: '=', value: test}", "en", text)
    assert guide.words == f"Only if the answer to question 3 is “{said}”."
