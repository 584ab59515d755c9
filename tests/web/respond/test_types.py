"""Every type of question is asked, saved and shown again; what does not fit is refused and nothing of it lost."""

import re

import pytest

from tests.web.respond.conftest import Opens
from tests.web.respond.given import TYPES, Respondent

REFUSED = 400


def value_of(who: Respondent, name: str) -> str:
    """Give what stands in a text field of the page seen last."""
    assert who.seen is not None
    found = re.search(rf'name="{re.escape(name)}"[^>]* value="([^"]*)"', who.seen.text)
    assert found, name
    return found[1]


def test_each_type_is_saved_and_shown_again(everyone: Respondent) -> None:
    given = TYPES | {"a-country": "dk", "a-days": "1,50", "a-hinders": "Meetings"}
    assert everyone.post("/form/1", given).location == "/form/2"
    page = everyone.get("/form/1")
    assert everyone.chosen() == {
        "a-shared:3",
        "a-waiting:2.5",
        "a-place:mixed",
        "a-country:dk",
        "a-tools:chart",
        "a-tools:list",
    }
    assert (value_of(everyone, "a-members"), value_of(everyone, "a-days")) == ("7", "1.5")
    assert "\nMeetings</textarea>" in page.text
    assert "8 of 8 answered" in everyone.words


def test_each_type_says_what_can_be_given(everyone: Respondent) -> None:
    page = everyone.get("/form/1")
    assert "Choose up to 2." in everyone.words
    assert "A whole number from 1 to 60." in everyone.words
    assert "A number, 0 or more." in everyone.words
    assert 'inputmode="numeric" autocomplete="off" name="a-members"' in page.text
    assert 'inputmode="decimal" autocomplete="off" name="a-days"' in page.text
    assert ' type="number"' not in page.text
    assert '<span id="u-days">days</span>' in page.text
    assert 'aria-describedby="u-days l-days"' in page.text
    assert page.text.count('type="checkbox" name="a-tools"') == 3
    assert everyone.chosen() == set(), "nothing is chosen beforehand"


def test_a_way_out_of_what_is_no_single_choice_is_a_box_of_its_own(everyone: Respondent) -> None:
    everyone.post("/form/1", TYPES | {"a-tools": [], "a-tools:way": "na", "a-days:way": "dk", "a-hinders:way": "dk"})
    everyone.get("/form/1")
    assert {"a-tools:na", "a-days:dk", "a-hinders:dk"} <= everyone.chosen()
    assert "7 of 8 answered" in everyone.words
    everyone.get("/form/check")
    assert "Which tools do you use? Does not apply" in everyone.words


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"a-shared": "4"}, "“4” is not one of the levels (1, 2, 3)."),
        ({"a-waiting": "0.50000001"}, "“0.50000001” is not one of the levels (1, 2.5, 3)."),
        ({"a-place": "moon"}, "“moon” is not one of the answers (room, mixed, remote)."),
        ({"a-place": ["room", "mixed"]}, "2 answers came for this question; give one."),
        ({"a-place": ["room", "room"]}, "2 answers came for this question; give one."),
        ({"a-tools": ["board", "<b>"]}, "“<b>” is not one of the answers"),
        ({"a-tools": ["board", "chart", "list"]}, "3 answers are chosen; choose at most 2."),
        ({"a-tools": [f"x{number}" for number in range(300)]}, "“x0” is not one of the answers"),
        ({"a-tools": "board", "a-tools:way": "na"}, "There is an answer here, and that there is none"),
        ({"a-tools": [], "a-tools:way": "dk"}, "This is none of the answers that are offered."),
        ({"a-members": "1e999"}, "“1e999” is not a number"),
        ({"a-members": "NaN"}, "“NaN” is not a number"),
        ({"a-members": "inf"}, "“inf” is not a number"),
        ({"a-members": "١٢"}, "“١٢” is not a number"),
        ({"a-members": "0x10"}, "“0x10” is not a number"),
        ({"a-members": "1_0"}, "“1_0” is not a number"),
        ({"a-members": "7.5"}, "“7.5” is not a whole number."),
        ({"a-members": "0"}, "“0” is too small; it can be 1 at the least."),
        ({"a-members": "61"}, "“61” is too large; it can be 60 at the most."),
        ({"a-members": ["7", "8"]}, "2 answers came for this question; give one."),
        ({"a-days": "-1"}, "“-1” is too small; it can be 0 at the least."),
        ({"a-days": "3", "a-days:way": "na"}, "There is an answer here, and that there is none"),
        ({"a-days": "", "a-days:way": ["na", "dk"]}, "2 answers came for this question; give one."),
        ({"a-hinders": "x\x00y"}, "a character that cannot be stored"),
        ({"a-hinders": "Words", "a-hinders:way": "dk"}, "There is an answer here, and that there is none"),
        ({"a-hinders": "", "a-hinders:way": "Words"}, "This is none of the answers that are offered."),
    ],
)
def test_what_does_not_fit_is_refused(everyone: Respondent, given: dict[str, str | list[str]], sentence: str) -> None:
    page = everyone.post("/form/1", TYPES | given)
    assert page.status_code == REFUSED
    assert sentence in everyone.words
    assert page.text.count('class="field-error"') == 1
    assert "<b>”" not in page.text
    everyone.get("/form/1")
    kept = {"a-shared:3", "a-waiting:2.5", "a-place:mixed", "a-tools:chart", "a-tools:list"}
    untouched = {one for one in kept if one.partition(":")[0] not in given}
    assert untouched <= everyone.chosen(), "what fits was saved"


def test_what_contradicts_itself_is_shown_as_it_came_and_the_saved_answer_stays(everyone: Respondent) -> None:
    everyone.post("/form/1", TYPES | {"a-days": "3"})
    everyone.get("/form/1")
    page = everyone.post("/form/1", TYPES | {"a-days": "4", "a-days:way": "na"})
    assert page.status_code == REFUSED
    assert value_of(everyone, "a-days") == "4"
    assert "a-days:na" in everyone.chosen()
    everyone.get("/form/1")
    assert value_of(everyone, "a-days") == "3"
    assert "a-days:na" not in everyone.chosen()


def test_a_blank_of_each_type_says_what_to_do(everyone: Respondent) -> None:
    everyone.post("/form/1", {"go": "next"})
    for sentence in (
        "Answer “We share our goals.”",
        "Error: Choose a level, “Does not apply” or “Don’t know”.",
        "Answer “Where do you meet?”",
        "Error: Choose an answer, “Does not apply” or “Don’t know”.",
        "Answer “Which tools do you use?”",
        "Error: Choose at least one answer or “Does not apply”.",
        "Answer “How many are you?”",
        "Error: Write a number.",
    ):
        assert sentence in everyone.words
    assert "Answer “From which country do you work?”" not in everyone.words


LIMITS = """
format: 1
id: limits
version: "1"
title: Limits
dimensions:
  - id: first
    title: First
    questions:
      - {id: least, type: multiple, text: A?, at-least: 2, options: &OPTIONS}
      - {id: range, type: multiple, text: B?, at-least: 2, at-most: 3, options: &OPTIONS}
      - {id: exact, type: multiple, text: C?, at-least: 2, at-most: 2, options: &OPTIONS}
      - {id: one, type: multiple, text: D?, at-most: 1, options: &OPTIONS}
      - {id: any, type: multiple, text: E?, options: &OPTIONS}
      - {id: most, type: number, text: F?, maximum: 1000000}
      - {id: free, type: number, text: G?}
      - {id: na, type: text, text: H?}
""".replace("&OPTIONS", "[{id: a, label: A}, {id: b, label: B}, {id: c, label: C}, {id: reason, label: D}]")


def test_limits_are_said_as_a_person_would(opens: Opens) -> None:
    place = opens(LIMITS)
    who = place.somebody()
    who.enter(place.codes[0])
    page = who.get("/form/1")
    said = re.findall(r'id="l-[a-z]+">([^<]+)</p>', page.text)
    assert said[:7] == [
        "Choose at least 2.",
        "Choose 2 to 3.",
        "Choose 2.",
        "Choose one.",
        "Choose all that apply.",
        "A number, 1000000 or less.",
        "A number.",
    ]
    page = who.post("/form/1", {"a-least": "a", "a-most": "1000001", "a-na": "na", "a-any": "reason"})
    assert page.status_code == REFUSED
    assert "Only 1 chosen; choose at least 2." in who.words
    assert "it can be 1000000 at the most" in who.words
    page = who.get("/form/1")
    assert "\nna</textarea>" in page.text, "what is offered nowhere is a text like any other"
    ids = re.findall(r' id="([^"]+)"', page.text)
    assert len(ids) == len(set(ids))
