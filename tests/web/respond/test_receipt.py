"""The receipt shows what was sent, once; then the browser has forgotten the code, and going back finds a reference."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from sqlalchemy import delete, select

from assessment.services import closing
from assessment.services.answering import submit, ticket_of
from assessment.store import tables
from tests.web.respond.conftest import SECRET, Opens
from tests.web.respond.given import FIRST, SECOND, Place, Respondent

TRICKS = "<script>alert(1)</script> \u202egnorw\u202c {{ 7 * 7 }}"
PRESSED = 10
SHOWN_ONCE = "Your answers were shown once"

ASIDE = """
format: 1
id: aside
version: "1"
title: Alles
languages: [de]
roles: [{id: product-owner}]
scales:
  steps: {levels: [{value: 1, label: Tief}, {value: 2, label: Hoch}]}
dimensions:
  - id: one
    title: Eins
    questions:
      - {id: a, type: rating, scale: steps, text: Erste, evidence: {comment: true, links: 2}}
      - {id: b, type: rating, scale: steps, text: Zweite, not-applicable: {reason: required}}
      - {id: c, type: rating, scale: steps, text: Dritte}
      - {id: d, type: rating, scale: steps, text: Nur für sie, roles: [product-owner]}
      - {id: e, type: rating, scale: steps, text: Leer}
"""


def answered(place: Place, code: str = "") -> Respondent:
    """Give somebody who has answered everything needed."""
    who = place.somebody()
    who.enter(code or place.codes[0])
    for number, given in enumerate((FIRST, SECOND), 1):
        who.get(f"/form/{number}")
        assert who.post(f"/form/{number}", given).status_code == 303
    who.get("/form/check")
    return who


def kept_by(who: Respondent) -> dict[str, object]:
    """Give what the browser keeps of a respondent."""
    with who.client.session_transaction() as session:
        return {name: value for name, value in session.items() if str(name).startswith("respond-")}


def reference_on(who: Respondent) -> str:
    assert who.seen is not None
    found = re.search(r'class="reference">([^<]+)<', who.seen.text)
    assert found
    return found[1]


def test_the_answers_stand_on_the_receipt_once_without_a_way_to_change_them(done: Respondent) -> None:
    done.get("/form/check")
    assert done.post("/form/check").location == "/form/receipt"
    page = done.follow()
    assert re.search(
        r"We check\. Middle We share\. Don’t know .*Too much at once\. Anything else\? Left blank", done.words
    )
    assert "Change" not in done.words
    assert "data-print" in page.text
    assert page.headers["Cache-Control"] == "no-store"
    reference = reference_on(done)
    for address in ("/form/receipt", "/form/check", "/form/1"):
        answer = done.get(address)
        if answer.status_code == 303:
            done.follow()
        assert reference_on(done) == reference
        assert SHOWN_ONCE in done.words
        assert "We check." not in done.words
    assert done.post("/form/check").location == "/form/receipt"


@pytest.mark.parametrize("mode", ["codes", "link"])
def test_nothing_of_them_is_left_on_the_phone_or_the_server(opens: Opens, mode: str) -> None:
    place = opens(mode=mode)
    who = answered(place)
    code = str(kept_by(who)["respond-code"])
    who.post("/form/check")
    assert place.contents().count("Too much") == 1, "in the form alone"
    who.follow()
    assert 'INTO "draft"' not in place.contents()
    assert set(kept_by(who)) == {"respond-spent", "respond-seat"}
    assert code not in str(kept_by(who))
    landing = who.get("/").text
    assert "form open in this browser" not in landing
    assert "Not you?" not in landing
    who.get("/form/receipt")
    who.post("/form/leave")
    assert kept_by(who) == {}
    assert who.get("/form/receipt").status_code == 403


def test_the_copy_that_waits_for_the_receipt_opens_for_nobody_else(opens: Opens) -> None:
    place = opens()
    who = answered(place)
    who.post("/form/check")
    other = place.somebody()
    other.enter(place.codes[0])
    other.follow()
    assert "Your answers were received" in other.words
    other.get("/form/receipt")
    assert SHOWN_ONCE in other.words
    key = str(kept_by(who)["respond-copy"])
    assert place.somebody().enter(key).status_code == 404
    who.get("/form/receipt")
    assert "We check. Middle" in who.words
    assert reference_on(who) == reference_on(other)


def test_asking_for_the_head_of_the_receipt_shows_nothing_and_spends_nothing(opens: Opens) -> None:
    who = answered(opens())
    who.post("/form/check")
    assert who.client.head("/form/receipt").status_code == 200
    who.get("/form/receipt")
    assert "We check. Middle" in who.words


def test_the_copy_passes_for_no_draft_that_was_begun_over_a_shared_link(opens: Opens) -> None:
    place = opens(mode="link")
    who = answered(place)
    who.post("/form/check")
    key = str(kept_by(who)["respond-copy"])
    for typed in (key, f"copy of what was sent {key}"):
        assert place.somebody().enter(typed).status_code == 404
    who.get("/form/receipt")
    assert "We check. Middle" in who.words


def test_ten_presses_send_one_form_and_all_are_told_the_same_reference(opens: Opens) -> None:
    place = opens()
    who = answered(place)
    cookie = who.client.get_cookie("assessment")
    assert cookie is not None
    presses = [place.somebody() for _ in range(PRESSED)]
    for one in presses:
        one.client.set_cookie("assessment", cookie.value)
        one.token = who.token

    def press(one: Respondent) -> str:
        assert one.post("/form/check").location == "/form/receipt"
        one.follow()
        return reference_on(one)

    with ThreadPoolExecutor(PRESSED) as people:
        references = set(people.map(press, presses))
    assert len(references) == 1
    assert len(place.submitted()) == 1
    assert sum("We check. Middle" in one.words for one in presses) == 1
    assert sum(SHOWN_ONCE in one.words for one in presses) == PRESSED - 1


def test_over_a_shared_link_nobody_answers_twice_by_opening_it_again(opens: Opens) -> None:
    place = opens(mode="link")
    who = answered(place)
    who.post("/form/check")
    who.follow()
    reference = reference_on(who)
    who.enter(place.codes[0])
    who.follow()
    assert "Your answers were received" in who.words
    who.get("/form/receipt")
    assert reference_on(who) == reference
    assert "Let someone else answer here" in who.words
    who.post("/form/leave")
    who.enter(place.codes[0])
    who.follow()
    assert "Your answers were received" not in who.words


def test_where_the_receipt_is_gone_the_browser_that_saw_it_has_no_form_without_its_code(opens: Opens) -> None:
    place = opens()
    who = answered(place)
    who.post("/form/check")
    who.get("/form/receipt")
    with place.database.writing() as session:  # as after a backup from before it was sent was brought back
        session.execute(delete(tables.Receipt))
    assert who.get("/form/1").status_code == 404
    who = answered(place)
    who.post("/form/check")
    who.get("/form/receipt")
    with place.database.writing() as session:
        session.execute(delete(tables.Receipt))
    assert who.post("/form/1", FIRST).status_code == 404
    with place.database.reading() as session:
        assert session.scalars(select(tables.Draft)).all() == []


def test_an_empty_form_has_a_receipt_too(opens: Opens) -> None:
    place = opens(ASIDE)
    who = place.in_role("")
    who.get("/form/check")
    who.post("/form/check")
    who.follow()
    assert "Erste Ohne Antwort" in who.words
    assert 'INTO "draft"' not in place.contents()


def test_comments_links_reasons_ways_out_and_the_role_stand_there_in_german(opens: Opens) -> None:
    place = opens(ASIDE)
    who = place.in_role("product-owner")
    who.get("/form/1")
    given = {
        "a-a": "2",
        "a-a:comment": TRICKS,
        "a-a:links": "https://example.org/a",
        "a-b": "na",
        "a-b:reason": "Weil <i>nicht</i>.",
        "a-c": "dk",
        "a-d": "1",
    }
    answer = who.post("/form/1", given)
    assert answer.status_code == 303, who.words
    who.get("/form/check")
    who.post("/form/check")
    page = who.follow()
    assert "Beantwortet als Product Owner" in who.words
    assert "Erste Hoch" in who.words
    assert "Zweite Trifft nicht zu" in who.words
    assert "Dritte Weiß nicht" in who.words
    assert "Nur für sie Tief" in who.words
    assert "Was Sie geantwortet haben" in who.words
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page.text
    assert "<script>alert" not in page.text
    assert "<i>nicht" not in page.text
    assert "https://example.org/a" in who.words
    assert "{{ 7 * 7 }}" in page.text


def test_a_refusal_is_said_in_the_questionnaires_language_whatever_the_browser_asks_for(opens: Opens) -> None:
    place = opens(ASIDE)
    who = place.somebody()
    who.client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    who.enter(place.codes[0])
    who.follow()
    who.post("/form/role", {"role": ""})
    closing.close(place.database, "pi-1", datetime.now(UTC))
    assert who.post("/form/check").status_code == 409
    assert "Diese Runde" in who.words
    assert "This round" not in who.words


def test_open_questions_are_named_in_german_to_an_english_browser(opens: Opens) -> None:
    place = opens(ASIDE.replace("text: Leer", "text: Leer, required: true"))
    who = place.somebody()
    who.client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    who.enter(place.codes[0])
    who.follow()
    who.post("/form/role", {"role": ""})
    who.get("/form/check")
    assert who.post("/form/check").status_code == 400
    assert "„Leer“" in who.words
    assert "Answer" not in who.words


def test_a_round_that_closed_meanwhile_has_no_receipt_to_show(opens: Opens) -> None:
    place = opens()
    who = answered(place)
    who.post("/form/check")
    closing.close(place.database, "pi-1", datetime.now(UTC))
    assert who.get("/form/receipt").location == "/form"
    who.follow()
    assert "This round is closed" in who.words


def test_a_teams_receipt_shows_its_answers_always_and_leads_to_its_own_page_for_good(opens: Opens) -> None:
    place = opens(mode="team")
    who = answered(place)
    who.post("/form/check")
    who.follow()
    for _ in range(2):
        page = who.get("/form/receipt")
        assert "We check. Middle" in who.words
        assert SHOWN_ONCE not in who.words
    found = re.search(r'href="[^"]*/results#([^"]+)"', page.text)
    assert found
    visitor = place.somebody()
    visitor.get("/results")
    assert visitor.post("/results", {"code": found[1]}).location == "/results/team"
    assert visitor.follow().status_code == 200
    closing.close(place.database, "pi-1", datetime.now(UTC), secret_key=SECRET)
    assert visitor.get("/results/team").status_code == 200


def test_without_a_form_there_is_no_results_link_before_the_close(opens: Opens) -> None:
    place = opens(mode="team")
    answered(place)
    assert 'INTO "result_link"' not in place.contents()


def test_whoever_submits_without_a_browser_leaves_no_draft(opens: Opens) -> None:
    place = opens()
    answered(place)
    submit(place.database, ticket_of(place.codes[0], None), datetime.now(UTC))
    assert 'INTO "draft"' not in place.contents()
