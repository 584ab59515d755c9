"""A part of the form: nothing chosen beforehand, everything saved, what is wrong told beside it."""

import re

import pytest

from tests.web.respond.conftest import Opens
from tests.web.respond.given import FIRST, SECOND, Respondent, title


def test_nothing_is_chosen_beforehand(somebody: Respondent) -> None:
    page = somebody.get("/form/1")
    assert somebody.chosen() == set()
    assert "0 of 2 answered" in somebody.words
    assert "*" not in somebody.words
    assert title(page).startswith("Working together (part 1 of 2)")


def test_each_question_is_a_fieldset_with_its_levels_and_two_ways_out(somebody: Respondent) -> None:
    page = somebody.get("/form/1")
    assert page.text.count("<fieldset") == page.text.count("<legend") == 2
    assert re.findall(r'id="a-a\.b-1:([^"]+)" value="([^"]+)"', page.text) == [
        ("1", "1"),
        ("2", "2"),
        ("3", "3"),
        ("na", "na"),
        ("dk", "dk"),
    ]
    assert 'aria-describedby="d-a.b-1:3"' in page.text
    assert '<p class="anchor" id="d-a.b-1:3">Together.</p>' in page.text


def test_next_saves_and_goes_on(somebody: Respondent) -> None:
    somebody.get("/form/1")
    assert somebody.post("/form/1", {**FIRST, "go": "next"}).location == "/form/2"
    page = somebody.follow()
    assert 'role="status">Saved. 2 of 2 answered in “Working together”.</div>' in page.text
    somebody.get("/form/1")
    assert somebody.chosen() == {"a-validate:2", "a-a.b-1:dk"}
    assert "Saved" not in somebody.words


def test_the_last_part_leads_to_the_check(somebody: Respondent) -> None:
    somebody.get("/form/2")
    assert somebody.post("/form/2", SECOND).location == "/form/check"


@pytest.mark.parametrize(("go", "leads_to"), [("back", "/form/1"), ("list", "/form"), ("nonsense", "/form")])
def test_going_back_saves_without_demanding_anything(somebody: Respondent, go: str, leads_to: str) -> None:
    somebody.get("/form/2")
    assert somebody.post("/form/2", {"a-code": "Only this", "go": go}).location == leads_to
    assert "Only this" in somebody.get("/form/2").text


def test_a_blank_that_is_needed_shows_the_page_again_with_everything_typed(somebody: Respondent) -> None:
    somebody.get("/form/1")
    page = somebody.post("/form/1", {"a-validate": "3", "go": "next"})
    assert page.status_code == 400
    assert title(page).startswith("Error: Working together")
    sentence = "Choose a level, “Does not apply” or “Don’t know”."
    assert '<a href="#a-a.b-1:1">Answer “We share.”</a>' in page.text
    assert f'<p class="field-error" id="e-a.b-1">Error: {sentence}</p>' in page.text
    assert 'id="q-a.b-1" data-type="rating" aria-describedby="e-a.b-1"' in page.text
    assert 'id="q-validate" data-type="rating" aria-describedby="h-validate"' in page.text
    assert " autofocus>" in page.text
    assert somebody.chosen() == {"a-validate:3"}
    assert "1 of 2 answered" in somebody.words
    somebody.get("/form/1")
    assert somebody.chosen() == {"a-validate:3"}, "what fits was saved"


def test_a_text_that_is_too_long_is_refused_and_nothing_of_it_lost(somebody: Respondent) -> None:
    somebody.get("/form/2")
    page = somebody.post("/form/2", {"a-go": "\n" + "x" * 4001, "a-code": "short", "go": "list"})
    assert page.status_code == 400
    assert "at most 4,000 can be kept" in somebody.words
    assert 'aria-describedby="l-go e-go"' in page.text
    assert "\n\n" + "x" * 4001 + "</textarea>" in page.text
    assert "short</textarea>" in page.text


def test_two_answers_to_one_question_are_refused_and_the_saved_one_stays(somebody: Respondent) -> None:
    somebody.get("/form/1")
    somebody.post("/form/1", FIRST)
    page = somebody.post("/form/1", {"a-validate": ["1", "3"], "a-a.b-1": "1"})
    assert page.status_code == 400
    assert "Question 1: 2 answers came for this question; give one." in somebody.words
    somebody.get("/form/1")
    assert somebody.chosen() == {"a-validate:2", "a-a.b-1:1"}


def test_an_answer_that_was_never_offered_is_refused(somebody: Respondent) -> None:
    somebody.get("/form/1")
    page = somebody.post("/form/1", {"a-validate": "<b>7", "a-a.b-1": "2"})
    assert page.status_code == 400
    assert "“<b>7” is not one of the levels (1, 2, 3)." in somebody.words
    assert "<b>7" not in page.text


def test_a_text_is_shown_as_it_was_typed(somebody: Respondent) -> None:
    typed = "</textarea><script>alert(1)</script>\r\n& more"
    somebody.get("/form/2")
    somebody.post("/form/2", {"a-go": typed, "go": "list"})
    page = somebody.get("/form/2")
    assert "\n&lt;/textarea&gt;&lt;script&gt;alert(1)&lt;/script&gt;\n&amp; more</textarea>" in page.text


@pytest.mark.parametrize("number", [3, 99])
def test_there_is_no_other_part(somebody: Respondent, number: int) -> None:
    assert somebody.get(f"/form/{number}").status_code == 404
    assert somebody.post(f"/form/{number}", FIRST).status_code == 404


def test_a_form_of_another_team_member_is_another_form(opens: Opens) -> None:
    place = opens(mode="link")
    one, other = place.somebody(), place.somebody()
    for who in (one, other):
        who.enter(place.codes[0])
        who.get("/form/1")
    one.post("/form/1", FIRST)
    other.get("/form/1")
    assert other.chosen() == set()
    one.enter(place.codes[0])
    one.get("/form/1")
    assert one.chosen() == {"a-validate:2", "a-a.b-1:dk"}, "the same browser goes on"


def test_a_team_s_agreed_form_is_the_same_for_everybody(opens: Opens) -> None:
    place = opens(mode="team")
    one, other = place.somebody(), place.somebody()
    for who in (one, other):
        who.enter(place.codes[0])
        who.get("/form/1")
    one.post("/form/1", FIRST)
    other.get("/form/1")
    assert other.chosen() == {"a-validate:2", "a-a.b-1:dk"}
