"""All questions on one page, for whoever would rather scroll than turn pages."""

import re
from urllib.parse import urlsplit

from tests.store.given import counted
from tests.web.respond.conftest import Opens
from tests.web.respond.given import EVERYTHING, FIRST, SECOND, Respondent

TWO_LANGUAGES = """
format: 1
id: two
version: "1"
title: {en: How we work, de: Wie wir arbeiten}
languages: [en, de]
scales: {steps: {levels: [{value: 1, label: Low}, {value: 2, label: High}]}}
dimensions:
  - id: one
    title: {en: Flow, de: Fluss}
    help: {en: What moves., de: Was sich bewegt.}
    dimensions:
      - id: below
        title: Queues
        questions: [{id: a, type: rating, scale: steps, text: Short., required: true}]
  - {id: two, title: Words, questions: [{id: b, type: rating, scale: steps, text: Long., required: true}]}
"""


def test_the_start_offers_it_and_it_has_every_question_under_its_competency(somebody: Respondent) -> None:
    assert 'href="/form/all">All questions on one page' in somebody.get("/form").text
    answer = somebody.get("/form/all")
    assert answer.status_code == 200
    assert re.findall(r"<h[12][^>]*>([^<]*)", answer.text) == ["How we work", "Working together", "Words"]
    assert re.findall(r'<span class="number">(\d)\.', answer.text) == ["1", "2", "3", "4"]
    assert 'value="back"' not in answer.text
    assert urlsplit(somebody.client.get("/form/0").location).path == "/form/all"
    assert "Save and check your answers" in somebody.words


def test_all_is_saved_at_once_and_then_checked(somebody: Respondent) -> None:
    somebody.get("/form/all")
    assert somebody.post("/form/all", {**FIRST, **SECOND, "go": "next"}).location == "/form/check"
    somebody.get("/form/all")
    assert somebody.chosen() == {"a-validate:2", "a-a.b-1:dk"}
    assert "Saved. 3 of 4 answered in “How we work”." in somebody.words
    somebody.get("/form/1")
    assert somebody.chosen() == {"a-validate:2", "a-a.b-1:dk"}


def test_a_blank_is_told_where_it_is_and_the_rest_is_saved(somebody: Respondent) -> None:
    somebody.get("/form/all")
    answer = somebody.post("/form/all", {**FIRST, "go": "next"})
    assert answer.status_code == 400
    assert re.findall(r'<a href="#([^"]+)">Answer ', answer.text) == ["a-go"]
    assert somebody.post("/form/all", {**FIRST, "go": "list"}).location == "/form"


def test_each_answer_is_kept_as_it_is_given(somebody: Respondent) -> None:
    page = somebody.get("/form/all")
    assert 'data-keep="/form/all/keep"' in page.text
    kept = {"only": "go", "a-go": "A queue", "csrf_token": somebody.token}
    assert somebody.client.post("/form/all/keep", data=kept).status_code == 200
    somebody.get("/form/2")
    assert "A queue</textarea>" in somebody.get("/form/2").text


def test_what_was_typed_survives_a_lost_cookie(opens: Opens) -> None:
    place = opens()
    who = place.somebody()
    who.enter(place.codes[0])
    who.get("/form/all")
    who.client.delete_cookie("assessment")
    who.post("/form/all", {**FIRST, **SECOND, "go": "next"}, token=False)
    assert who.hidden()["page"] == "0"
    carried = {name: word for name, word in who.hidden().items() if name.startswith("a-") or name == "page"}
    assert who.post("/", {"code": place.codes[0], **carried}).location == "/form/all"
    who.get("/form/all")
    assert who.chosen() == {"a-validate:2", "a-a.b-1:dk"}


def test_conditions_follow_the_answers_on_the_same_page(opens: Opens) -> None:
    place = opens(EVERYTHING, mode="team")
    who = place.somebody()
    who.enter(place.codes[0])
    hidden = re.findall(r'id="q-([\w.-]+)"[^>]* hidden', who.get("/form/all").text)
    assert "often" in hidden
    who.post("/form/all", {"a-releases": "yes", "go": "list"})
    assert "often" not in re.findall(r'id="q-([\w.-]+)"[^>]* hidden', who.get("/form/all").text)


def test_its_language_is_switched_with_what_was_typed(opens: Opens) -> None:
    place = opens(TWO_LANGUAGES)
    who = place.somebody()
    who.enter(place.codes[0])
    assert re.findall(r"<h[123][^>]*>([^<]*)", who.get("/form/all").text) == [
        "How we work",
        "Flow",
        "Queues",
        "Words",
    ]
    answer = who.post("/form/all", {"a-a": "2", "language": "de"})
    assert urlsplit(answer.location).path == "/form/all"
    assert "Wie wir arbeiten" in who.get("/form/all").text
    assert "Alle Fragen" in who.words
    assert who.chosen() == {"a-a:2"}


def test_it_is_shown_by_one_statement_and_saved_by_four_at_the_most(somebody: Respondent) -> None:
    with counted() as shown:
        somebody.get("/form/all")
    with counted() as saved:
        somebody.post("/form/all", {**FIRST, **SECOND, "go": "next"})
    assert len(shown) == 1
    assert len(saved) <= 4


def test_where_there_is_one_page_anyway_there_is_no_other(opens: Opens) -> None:
    place = opens(TWO_LANGUAGES[: TWO_LANGUAGES.index("  - {id: two")])
    who = place.somebody()
    who.enter(place.codes[0])
    who.get("/form")
    assert "All questions on one page" not in who.words
    assert who.get("/form/all").status_code == 404
    who.get("/form/1")
    assert who.post("/form/all", {"a-a": "1"}).status_code == 404


def test_where_there_are_very_many_questions_one_turns_pages(opens: Opens) -> None:
    many = TWO_LANGUAGES + "  - id: three\n    title: Many\n    questions:\n"
    many += "".join(f"      - {{id: q{number}, type: text, text: Question {number}}}\n" for number in range(119))
    place = opens(many)
    who = place.somebody()
    who.enter(place.codes[0])
    who.get("/form")
    assert "All questions on one page" not in who.words
    assert who.get("/form/all").status_code == 404
