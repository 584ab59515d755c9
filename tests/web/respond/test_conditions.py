"""What is asked follows from what was answered: within a page, across pages, and back."""

import json
import re
from html import unescape
from typing import Any

from tests.web.respond.conftest import Opens
from tests.web.respond.given import CHAIN, EVERYTHING, TYPES, Respondent

BROUGHT_UP = "Your answers brought up one more question."


def earlier(who: Respondent) -> dict[str, Any]:
    """Give what the page seen last tells of earlier pages' answers."""
    assert who.seen is not None
    found = re.search(r'data-earlier="([^"]*)"', who.seen.text)
    assert found
    return dict(json.loads(unescape(found[1])))


def begun_with(who: Respondent) -> str:
    """Give the question that the page seen last begins with."""
    assert who.seen is not None
    found = re.findall(r'id="q-([^"]+)"[^>]* tabindex="-1" autofocus>', who.seen.text)
    return ", ".join(found)


def test_all_questions_stand_in_the_page_and_those_not_asked_are_hidden(everyone: Respondent) -> None:
    page = everyone.get("/form/2")
    assert everyone.asked() == ["releases", "kept"]
    for name in ("often", "failures", "lesson", "blocked"):
        assert f'id="q-{name}"' in page.text
    assert "0 of 2 answered" in everyone.words
    assert 'data-show-if="{&#34;question&#34;:&#34;often&#34;' in page.text


def test_a_page_comes_again_for_what_its_answers_bring_up_three_deep(everyone: Respondent) -> None:
    given: dict[str, str | list[str]] = {"a-releases": "yes"}
    for name, word, asked in (
        ("often", "3", ["releases", "often", "kept"]),
        ("failures", "2", ["releases", "often", "failures", "kept"]),
        ("lesson", "Test first", ["releases", "often", "failures", "lesson", "kept"]),
    ):
        assert everyone.post("/form/2", given).location == "/form/2"
        everyone.follow()
        assert BROUGHT_UP in everyone.words
        assert begun_with(everyone) == name
        assert everyone.asked() == asked
        given |= {f"a-{name}": word}
    assert everyone.post("/form/2", given).location == "/form/4", "the third part has nothing to ask"
    everyone.get("/form/2")
    assert BROUGHT_UP not in everyone.words
    assert begun_with(everyone) == ""


def test_what_was_brought_up_and_left_blank_is_a_problem_the_next_time(everyone: Respondent) -> None:
    everyone.post("/form/2", {"a-releases": "yes"})
    everyone.follow()
    page = everyone.post("/form/2", {"a-releases": "yes"})
    assert page.status_code == 400
    assert "Answer “We release often.”" in everyone.words


def test_a_script_that_followed_the_conditions_has_shown_them_already(everyone: Respondent) -> None:
    page = everyone.post("/form/2", {"a-releases": "yes", "live": "1"})
    assert page.status_code == 400
    assert "Answer “We release often.”" in everyone.words
    assert BROUGHT_UP not in everyone.words


def test_errors_come_with_what_was_brought_up(everyone: Respondent) -> None:
    page = everyone.post("/form/2", {"a-releases": "yes", "a-kept": "9"})
    assert page.status_code == 400
    assert "Question 14: “9” is not one of the levels" in everyone.words
    assert "Answer “" not in everyone.words, "nobody could have seen it"
    assert BROUGHT_UP in everyone.words
    assert everyone.asked() == ["releases", "often", "kept"]


def test_going_elsewhere_is_not_held_up(everyone: Respondent) -> None:
    assert everyone.post("/form/2", {"a-releases": "yes", "go": "list"}).location == "/form"
    assert everyone.post("/form/2", {"a-releases": "yes", "go": "back"}).location == "/form/1"


def test_what_is_hidden_is_kept_and_comes_back(everyone: Respondent) -> None:
    answered = {"a-releases": "yes", "a-often": "3", "a-failures": "2", "a-lesson": "Test first", "live": "1"}
    assert everyone.post("/form/2", answered).location == "/form/4"
    given = answered | {"a-releases": "no", "a-blocked": "1"}
    assert everyone.post("/form/2", given).location == "/form/4"
    everyone.get("/form/2")
    assert everyone.asked() == ["releases", "blocked", "kept"]
    everyone.get("/form/check")
    assert "Test first" not in everyone.words
    everyone.get("/form/2")
    assert everyone.post("/form/2", given | {"a-releases": "yes"}).location == "/form/4"
    everyone.get("/form/check")
    assert "What did you learn? Test first" in everyone.words


def test_what_is_hidden_is_not_checked(everyone: Respondent) -> None:
    hidden = {"a-releases": "no", "a-blocked": "1", "a-often": "9", "a-failures": "many", "a-lesson": "x" * 5000}
    assert everyone.post("/form/2", hidden | {"live": "1"}).location == "/form/4"


def test_a_page_with_nothing_to_ask_is_passed_over_in_both_directions(everyone: Respondent) -> None:
    everyone.post("/form/1", TYPES)
    assert everyone.post("/form/2", CHAIN | {"live": "1"}).location == "/form/4"
    assert everyone.post("/form/4", {"go": "back"}).location == "/form/2"
    assert everyone.post("/form/4", {"a-together": "3"}).location == "/form/check"
    everyone.get("/form")
    assert "Boards" not in everyone.words
    everyone.get("/form/3")
    assert everyone.asked() == []
    assert "There is nothing to answer here" in everyone.words
    assert everyone.seen is not None
    assert 'href="/form/4">Continue</a>' in everyone.seen.text
    everyone.get("/form/5")
    assert "Check and send your answers" in everyone.words
    assert everyone.post("/form/3", {}).location == "/form/4"


def test_earlier_answers_decide_across_pages(everyone: Respondent) -> None:
    everyone.post("/form/1", TYPES | {"a-tools": "board", "a-place": "room"})
    assert everyone.post("/form/2", CHAIN | {"live": "1"}).location == "/form/3"
    everyone.follow()
    assert everyone.asked() == ["board-use"]
    assert earlier(everyone) == {"tools": ["board"]}
    answered = {"a-board-use": "2", "a-board-limits": "yes", "live": "1"}
    assert everyone.post("/form/3", answered).location == "/form/4"
    everyone.follow()
    assert everyone.asked() == ["limits-kept", "together"]
    assert earlier(everyone) == {"board-limits": "yes", "members": 7}
    everyone.post("/form/1", TYPES | {"a-tools": "list", "a-place": "room"})
    everyone.get("/form/4")
    assert everyone.asked() == ["together"], "what was answered to a hidden question counts as none"
    assert earlier(everyone) == {"members": 7}
    assert everyone.get("/form/5").status_code == 200
    assert earlier(everyone) == {"place": "room"}


def test_a_page_tells_only_what_its_conditions_need(everyone: Respondent) -> None:
    everyone.post("/form/1", TYPES | {"a-hinders": "My own words"})
    for page in (1, 2):
        everyone.get(f"/form/{page}")
        assert earlier(everyone) == {}


def test_only_what_is_asked_is_stored(opens: Opens) -> None:
    place = opens(EVERYTHING)
    who = place.somebody()
    who.enter(place.codes[0])
    who.follow()
    who.post("/form/role", {"role": "tester"})
    who.post("/form/1", TYPES | {"a-shared:comment": "Kept"})
    lesson = {"a-often": "3", "a-failures": "2", "a-lesson": "Hidden", "a-lesson:comment": "Hidden too"}
    who.post("/form/2", {"a-releases": "no", "a-blocked": "2", "live": "1", **lesson})
    who.post("/form/4", {"a-together": "1", "a-value": "3", "a-tests": "no", "a-night": "Hidden", "live": "1"})
    who.get("/form/check")
    assert "Hidden" not in who.words
    assert who.post("/form/check").location == "/form/receipt"
    (stored,) = place.submitted()
    assert stored == {
        "shared": 3,
        "shared:comment": "Kept",
        "waiting": 2.5,
        "place": "mixed",
        "tools": ["chart", "list"],
        "members": {"number": 7},
        "releases": "no",
        "blocked": 2,
        "together": 1,
        "tests": "no",
    }


def test_a_refused_page_shows_what_was_answered_to_what_was_brought_up(everyone: Respondent) -> None:
    given = {"a-releases": "yes", "a-often": "3", "a-failures": "2", "a-lesson": "Typed at length"}
    page = everyone.post("/form/2", given, token=False)
    assert page.status_code == 400
    assert everyone.asked() == ["releases", "often", "failures", "lesson", "kept"]
    assert "Typed at length</textarea>" in page.text


def test_a_question_keeps_its_number_when_others_come_and_go(everyone: Respondent) -> None:
    before = everyone.get("/form/2").text
    everyone.post("/form/2", {"a-releases": "yes", "a-often": "3", "live": "1", "go": "list"})
    after = everyone.get("/form/2").text
    numbers = re.compile(r'id="q-([^"]+)".*?class="number">(\d+)\.<', re.DOTALL)
    assert numbers.findall(before) == numbers.findall(after)
    assert dict(numbers.findall(after)) | {"releases": "9", "kept": "14"} == dict(numbers.findall(after))
