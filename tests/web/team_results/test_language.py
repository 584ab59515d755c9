"""A team's own page speaks the reader's language as the form does; to the staff it is in English."""

import re

import pytest

from assessment.reports.figures import differ_by
from assessment.services import answer_files, closing, team_results
from assessment.store.database import Database
from tests.services.given import BASE, LATER, NOW, ON_SQLITE, SECRET, as_csv, open_round
from tests.web.conftest import SignsIn
from tests.web.respond.given import Respondent, title

# The last question has no German text, and the highest level no German label.
ASKED = """format: 1
id: check
version: "1"
title: {en: Check, de: Probe}
languages: [en, de]
scales:
  halves:
    levels: [{value: 1, label: {en: Low, de: Tief}}, {value: 2.5, label: {en: Middle, de: Mitte}}, {value: 4, label: {en: High}}]
dimensions:
  - id: leading
    title: {en: Leading, de: Führung}
    questions:
      - {id: goals, type: rating, scale: halves, text: {en: Goals are shared., de: Ziele sind geteilt.}}
      - {id: alone, type: yes-no, scores: {"yes": 4, "no": 1}, text: {en: Do you release?, de: Liefern Sie aus?}}
  - id: flow
    title: {en: Flow, de: Fluss}
    questions:
      - {id: queue, type: rating, scale: halves, text: {en: Queues are short.}}
"""  # noqa: E501
COLUMNS = ("team", "goals", "alone", "queue")
GERMAN = "de-AT,de;q=0.9,en;q=0.5"
TYPED = {"initiative-1": "Weniger <b> Sitzungen", "initiative-3": "x" * 201}

pytestmark = ON_SQLITE


@pytest.fixture
def code(database: Database) -> str:
    """The code of a team's link: half of it chose the lowest level everywhere, half the highest."""
    open_round(database, content=ASKED.encode())
    low, high = ({"goals": level, "alone": word, "queue": level} for level, word in (("1", "no"), ("4", "yes")))
    rows = [{"team": "falcon"} | (low if number % 2 else high) for number in range(8)]
    rows += [{"team": "heron"} | low] * 3
    answer_files.import_answers(database, as_csv(rows, COLUMNS), "PI-1", NOW)
    closing.close(database, "PI-1", LATER, secret_key=SECRET)
    return codes(database)["falcon"]


def codes(database: Database) -> dict[str, str]:
    made = team_results.links_of(database, "PI-1", BASE, SECRET)
    return {link.team: link.url.partition("#")[2] for link in made}


def inside(who: Respondent, code: str, accepts: str = GERMAN) -> Respondent:
    """Open a team's own page in a browser that asks for these languages."""
    who.client.environ_base["HTTP_ACCEPT_LANGUAGE"] = accepts
    who.get("/results")
    who.post("/results", {"code": code})
    who.follow()
    return who


def html(who: Respondent) -> str:
    assert who.seen is not None
    return who.seen.text


def test_a_german_browser_reads_german(code: str, somebody_new: Respondent) -> None:
    who = inside(somebody_new, code)
    assert who.language == "de"
    assert "insgesamt, von 4 2,5 Personen haben geantwortet 8 von 8" in who.words
    assert "Führung 2,5" in who.words
    assert "Ziele sind geteilt. 2,5; die Antworten liegen etwa 1,0 Stufe auseinander; zwei Lager" in who.words
    assert re.search(r"Tief 4 Mitte 0 High 4 .*Nein 4 Ja 4", who.words)
    assert "die Antworten liegen etwa 0,5 Stufen auseinander" in who.words
    for english in ("people differ", "two camps", "Goals", "Leading", "Low", "2.5"):
        assert english not in who.words


def test_what_has_no_german_words_is_marked(code: str, somebody_new: Respondent) -> None:
    page = html(inside(somebody_new, code))
    assert '<span lang="en" dir="ltr">Queues are short.</span>' in page
    assert '<span lang="en" dir="ltr">High</span>' in page
    assert "Ziele sind geteilt.</span>" in page
    assert page.count('lang="en"') == page.count("Queues are short.") + page.count(">High<") + 1  # and the switch


def test_an_english_browser_reads_what_reports_say(code: str, somebody_new: Respondent) -> None:
    who = inside(somebody_new, code, "en")
    assert who.language == "en"
    assert f"Goals are shared. 2.5; {differ_by(1.0)}; two camps" in who.words
    assert "No 4 Yes 4" in who.words
    assert 'lang="en" dir' not in html(who)


def test_too_few_answers_are_told_in_german(code: str, database: Database, somebody_new: Respondent) -> None:
    assert code
    who = inside(somebody_new, codes(database)["heron"])
    assert "zu wenige Antworten" in who.words
    assert "too few" not in who.words


def test_the_landing_page_is_switched_and_keeps_the_code(code: str, somebody_new: Respondent) -> None:
    assert 'value="de"' in somebody_new.get("/results").text
    page = somebody_new.post("/results", {"code": code.lower(), "language": "de"})
    assert page.status_code == 200
    assert title(page).startswith("Die Ergebnisse Ihres Teams")
    assert f'value="{code.lower()}"' in page.text
    assert somebody_new.post("/results", {"code": ""}).status_code == 400
    assert "Bitte den Code aus dem Link des Teams eingeben." in somebody_new.words
    assert somebody_new.post("/results", {"code": "0000-0000-0000-0000"}).status_code == 404
    assert "Dieser Link ist nicht bekannt." in somebody_new.words
    somebody_new.post("/results", {"code": code})
    somebody_new.follow()
    assert somebody_new.language == "de"


def test_the_switch_keeps_what_was_typed_and_stores_nothing(
    code: str, database: Database, somebody_new: Respondent
) -> None:
    who = inside(somebody_new, code, "en")
    for chosen in ("de", "en", "de"):
        page = who.post("/results/team", {**TYPED, "language": chosen})
        assert page.status_code == 200
        assert who.language == chosen
        assert 'value="Weniger &lt;b&gt; Sitzungen"' in page.text
        assert f'value="{TYPED["initiative-3"]}"' in page.text
        assert ("Ziele sind geteilt." in who.words) is (chosen == "de")
    assert not team_results.by_link(database, code).initiatives
    assert who.post("/results/team", {**TYPED, "language": "xx"}).status_code == 422
    assert "Bitte in höchstens 200 Zeichen sagen; Nummer 3 hat 201." in who.words
    assert who.post("/results/team", {"initiative-1": TYPED["initiative-1"]}).status_code == 303
    who.follow()
    assert "Was Sie angehen, ist festgehalten." in who.words


def test_enter_keeps_and_does_not_switch(code: str, somebody_new: Respondent) -> None:
    page = html(inside(somebody_new, code))
    buttons = re.findall(r"<button[^>]*>", page)
    assert 'form="take-up"' in buttons[0]
    assert "name=" not in buttons[0]
    assert 'id="take-up"' in page


def test_staff_reads_english_whatever_the_browser_asks_for(code: str, signs_in: SignsIn) -> None:
    assert code
    person = signs_in("facilitator", "falcon")
    person.client.environ_base["HTTP_ACCEPT_LANGUAGE"] = GERMAN
    person.get("/results")
    person.post("/results", {"code": "", "language": "de"})
    assert person.language == "de", "a reader's page is in the reader's language, whoever reads it"
    person.get("/rounds/PI-1/teams/falcon")
    assert person.language == "en"
    assert f"Goals are shared. 2.5; {differ_by(1.0)}; two camps" in person.words
    assert "Nothing yet." in person.words
    assert 'name="language"' not in html(person)
    person.get("/rounds/PI-1/teams/heron")
    assert person.language == "en"
    assert "is for the team and its facilitator" in person.words
