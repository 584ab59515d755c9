"""The form speaks the reader's language: the chosen one, else the browser's, else the questionnaire's own."""

import re

import pytest

from tests.web.conftest import SignsIn
from tests.web.respond.conftest import Opens
from tests.web.respond.given import CHAIN, EVERYTHING, FIRST, PLAIN, SECOND, TYPES, Place, Respondent, title

GERMAN = "de-AT,de;q=0.9,en;q=0.5"
FRENCH = PLAIN.replace("title: How we work", "title: {fr: Notre travail, en: How we work}\nlanguages: [fr, en]")
HEBREW = PLAIN.replace("title: How we work", "title: איך אנחנו עובדים\nlanguages: [he]")
GERMAN_ONLY = PLAIN.replace("title: How we work", "title: Wie wir arbeiten\nlanguages: [de]")
HALF = PLAIN.replace("title: How we work", "title: {en: How we work, de: Wie wir arbeiten}\nlanguages: [en, de]")


def reader(place: Place, accepts: str = "") -> Respondent:
    """Somebody whose browser asks for these languages."""
    who = place.somebody()
    if accepts:
        who.client.environ_base["HTTP_ACCEPT_LANGUAGE"] = accepts
    return who


def inside(place: Place, accepts: str = "") -> Respondent:
    """The same, with the form opened."""
    who = reader(place, accepts)
    who.enter(place.codes[0])
    who.follow()
    return who


def html(who: Respondent) -> str:
    assert who.seen is not None
    return who.seen.text


@pytest.fixture
def german(opens: Opens) -> Respondent:
    """Somebody with a German browser, in no role, at the start of a questionnaire in English and German."""
    who = inside(opens(EVERYTHING), GERMAN)
    who.post("/form/role", {"role": ""})
    who.follow()
    return who


@pytest.mark.parametrize(
    ("accepts", "spoken"),
    [
        ("", "en"),
        (GERMAN, "de"),
        ("fr-FR,fr;q=0.9", "en"),
        ("fr,de;q=0.5,en;q=0.2", "de"),
        ("de;q=0", "en"),
        ("*", "en"),
    ],
)
def test_before_a_code_is_entered_the_browser_decides(opens: Opens, accepts: str, spoken: str) -> None:
    who = reader(opens(EVERYTHING), accepts)
    page = who.get("/")
    assert who.language == spoken
    assert title(page).startswith("Antworten für das eigene Team" if spoken == "de" else "Answer for your team")


@pytest.mark.parametrize(
    ("accepts", "spoken", "asked"),
    [("", "en", "Everything at once"), (GERMAN, "de", "Alles auf einmal"), ("fr,it;q=0.5", "en", "Everything at once")],
)
def test_then_the_browser_decides_among_the_questionnaire_s_languages(
    opens: Opens, accepts: str, spoken: str, asked: str
) -> None:
    who = inside(opens(EVERYTHING), accepts)
    assert who.language == spoken
    assert f"<h1>{asked}</h1>" in html(who)


def test_a_questionnaire_without_the_browser_s_language_is_asked_in_its_own(opens: Opens) -> None:
    who = inside(opens(PLAIN), GERMAN)
    assert who.language == "en"
    assert 'name="language"' not in html(who), "there is nothing to choose"


def test_what_was_chosen_counts_more_than_what_the_browser_asks_for(opens: Opens) -> None:
    place = opens(EVERYTHING)
    who = reader(place, GERMAN)
    who.get("/")
    page = who.post("/", {"code": place.codes[0].lower(), "language": "en"})
    assert page.status_code == 200
    assert who.language == "en"
    assert f'value="{place.codes[0].lower()}"' in page.text, "the code that was typed is kept"
    assert "Error" not in title(page)
    who.enter(place.codes[0])
    who.follow()
    assert who.language == "en"
    who.post("/form/leave")
    who.get("/")
    assert who.language == "en"


def test_what_is_carried_to_the_code_survives_the_switch(opens: Opens) -> None:
    place = opens(EVERYTHING)
    who = reader(place)
    who.get("/")
    who.post("/", {"language": "de", "page": "1", "a-shared": "3"})
    assert who.language == "de"
    assert {"page": "1", "a-shared": "3"}.items() <= who.hidden().items()


def test_the_choice_is_in_the_cookie_and_nowhere_else(opens: Opens) -> None:
    place = opens(EVERYTHING)
    who = inside(place)
    before = place.contents()
    answer = who.post("/form/language", {"language": "de", "here": "start"})
    assert answer.location == "/form"
    assert place.contents() == before
    assert who.client.get_cookie("assessment") is not None
    somebody_else = inside(place)
    assert somebody_else.language == "en"


@pytest.mark.parametrize(
    ("here", "leads_to"),
    [("start", "/form"), ("check", "/form/check"), ("receipt", "/form/receipt"), ("3", "/form/3")]
    + [(odd, "/form") for odd in ("", "99", "-1", "https://elsewhere.example", "9" * 5000)],
)
def test_the_switch_leads_back_to_the_page_it_stands_on_and_nowhere_else(
    opens: Opens, here: str, leads_to: str
) -> None:
    who = inside(opens(EVERYTHING))
    assert who.post("/form/language", {"language": "de", "here": here}).location == leads_to


@pytest.mark.parametrize("wanted", ["", "fr", "<b>", "de-AT"])
def test_a_language_that_is_not_offered_changes_nothing(opens: Opens, wanted: str) -> None:
    who = inside(opens(EVERYTHING))
    who.post("/form/language", {"language": wanted, "here": "start"})
    who.follow()
    assert who.language == "en"


def test_switching_without_a_token_is_refused(opens: Opens) -> None:
    who = inside(opens(EVERYTHING))
    assert who.client.post("/form/language", data={"language": "de", "here": "start"}).status_code == 400
    who.get("/form")
    assert who.language == "en"


def test_every_page_has_the_switch(opens: Opens) -> None:
    place = opens(EVERYTHING)
    who = reader(place, GERMAN)
    who.get("/")
    assert_switch(who)
    who.enter(place.codes[0])
    who.follow()
    assert_switch(who)  # where the role is asked for
    who.post("/form/role", {"role": ""})
    for address in ("/form", "/form/1", "/form/3", "/form/check"):
        who.get(address)
        assert_switch(who)


def assert_switch(who: Respondent) -> None:
    """The languages by their own names, the one that is spoken marked, each button sending a form of the page."""
    found = re.findall(
        r'<button form="([^"]+)" name="language" value="(..)" lang="\2"([^>]*)>([^<]+)</button>', html(who)
    )
    assert [(code, name) for _, code, _, name in found] == [("en", "English"), ("de", "Deutsch")]
    assert [code for _, code, marks, _ in found if "aria-current" in marks] == [who.language]
    assert 'role="group" aria-label="Sprache"' in html(who)
    for sends, *_ in found:
        assert len(re.findall(f'<form [^>]*id="{sends}"|<form id="{sends}"', html(who))) == 1


def test_switching_saves_what_was_typed_and_shows_the_same_page(german: Respondent) -> None:
    german.get("/form/1")
    given = {"a-shared": "3", "a-shared:comment": "Seit März", "a-members": "7", "language": "en"}
    assert german.post("/form/1", given).location == "/form/1"
    german.follow()
    assert german.language == "en"
    assert "a-shared:3" in german.chosen()
    assert "Seit März</textarea>" in html(german)
    assert 'value="7"' in html(german)
    assert "Saved. 2 of" in german.words
    assert "Error" not in german.words, "what is still open is not asked for"
    assert german.post("/form/1", {"a-shared": "3", "language": "de"}).location == "/form/1"
    german.follow()
    assert "Gespeichert. 1 von" in german.words


def test_what_cannot_be_taken_is_kept_and_told_in_the_other_language(german: Respondent) -> None:
    german.get("/form/1")
    page = german.post("/form/1", {"a-members": "viele", "language": "en"})
    assert page.status_code == 400
    assert german.language == "en"
    assert "“viele” is not a number; write it in digits, such as 12." in german.words
    assert 'value="viele"' in page.text
    page = german.post("/form/1", {"a-members": "viele", "language": "de"})
    assert title(page).startswith("Fehler: Jede Art (Teil 1 von")
    assert "„viele“ ist keine Zahl; bitte in Ziffern schreiben, etwa 12." in german.words


def test_a_chosen_role_that_was_not_taken_yet_stays_chosen(opens: Opens) -> None:
    who = inside(opens(EVERYTHING))
    who.post("/form/role", {"role": "tester", "language": "de"})
    assert who.language == "de"
    assert "In welcher Rolle antworten Sie?" in who.words
    assert who.chosen() == {"role:tester"}
    assert who.get("/form/1").location == "/form", "it is not taken before it is sent"


def test_enter_saves_and_goes_on_and_does_not_change_the_language(german: Respondent) -> None:
    page = german.get("/form/1").text
    first = re.search(r'<button [^>]*form="answers"[^>]*>', page)
    assert first
    assert first[0] == '<button class="visually-hidden" form="answers" tabindex="-1" aria-hidden="true">'
    assert german.post("/form/1", TYPES).location == "/form/2", "what such a button sends"
    german.follow()
    assert german.language == "de"


def test_blanks_are_told_in_german(german: Respondent) -> None:
    german.get("/form/1")
    page = german.post("/form/1", {"go": "next"})
    assert title(page).startswith("Fehler: ")
    assert "Etwas stimmt noch nicht" in german.words
    assert "Bitte beantworten: „Wir teilen unsere Ziele.“" in german.words
    assert "Fehler: Bitte wählen: eine Stufe, „Trifft nicht zu“ oder „Weiß nicht“." in german.words


def test_a_german_reader_meets_no_english_from_the_start_to_the_receipt(german: Respondent) -> None:
    seen = [german.words]
    german.get("/form/1")
    seen.append(german.words)
    german.post("/form/1", TYPES)
    german.post("/form/2", CHAIN | {"live": "1"})
    german.get("/form")
    seen.append(german.words)
    german.get("/form/check")
    seen.append(german.words)
    german.post("/form/4", {"a-together": "1", "live": "1"})
    german.get("/form/check")
    seen.append(german.words)
    assert german.post("/form/check").location == "/form/receipt"
    german.follow()
    seen.append(german.words)
    assert "Vielen Dank. Ihre Antworten sind eingegangen." in german.words
    assert re.search(r"Eingegangen \d{1,2}\. [A-ZÄ][a-zä]+ \d{4}, \d\d:\d\d Uhr \(Europe/Berlin\)", german.words)
    assert re.search(r"Ergebnisse folgen nach dem \d{1,2}\. [A-ZÄ][a-zä]+ \d{4}, \d\d:\d\d Uhr", german.words)
    for words in seen:
        found = re.findall(r"\b(?:the|your|you|answer|answers|of|part|and|saved|send|does|not|until|left)\b", words)
        assert not found, words


def test_numbers_are_as_one_types_them_there(german: Respondent) -> None:
    german.get("/form/1")
    assert "In eigenen Worten, höchstens 4.000 Zeichen." in german.words
    german.post("/form/1", {"a-members": "7", "language": "en"})
    german.follow()
    assert "In your own words, at most 4,000 characters." in german.words


def test_time_left_is_told_in_the_singular_too(german: Respondent) -> None:
    assert re.search(r"Noch etwa \d+ Minuten · offen bis \d", german.words)
    german.get("/form/check")
    assert re.search(r"\d+ Fragen brauchen noch eine Antwort", german.words)


def test_refusals_are_told_in_german(opens: Opens) -> None:
    who = reader(opens(EVERYTHING), GERMAN)
    who.enter("nonsense")
    assert who.words.count("Dieser Code ist nicht bekannt.") == 2
    who.get("/form/1")
    assert "Bitte zuerst den Code eingeben." in who.words
    page = who.get("/no-such-page")
    assert page.status_code == 404
    assert "Unter dieser Adresse gibt es keine Seite." in who.words
    assert who.language == "de"


def test_a_part_that_does_not_exist_is_refused_in_german(german: Respondent) -> None:
    assert german.get("/form/99").status_code == 404
    assert "einen Teil 99 gibt es nicht" in german.words


def test_a_foreign_token_is_told_in_german_with_what_was_typed(german: Respondent) -> None:
    page = german.post("/form/1", {"a-shared": "3"}, token=False)
    assert page.status_code == 400
    assert "nichts ist verloren" in german.words
    assert "a-shared:3" in german.chosen()


def test_a_language_that_the_application_does_not_speak_is_marked(opens: Opens) -> None:
    who = inside(opens(FRENCH), "fr-CH,fr;q=0.9")
    assert who.language == "en"
    assert '<h1 lang="fr" dir="ltr">Notre travail</h1>' in html(who)
    assert "Français" in html(who)
    who.get("/form/1")
    assert "Save and continue" in html(who)


def test_words_from_right_to_left_say_so(opens: Opens) -> None:
    who = inside(opens(HEBREW))
    assert who.language == "en"
    assert '<h1 lang="he" dir="rtl">' in html(who)
    assert '<html lang="en">' in html(who)


def test_what_is_kept_and_what_is_not_is_told_in_the_language_of_the_page(opens: Opens) -> None:
    place = opens(GERMAN_ONLY)
    who = inside(place, "en")
    who.get("/form/1")
    answer = {"only": "validate", "a-validate": "2", "csrf_token": who.token}
    assert who.client.post("/form/1/keep", data=answer).get_json()["told"] == "Gespeichert"
    for page, fields in enumerate((FIRST, SECOND), 1):
        who.get(f"/form/{page}")
        who.post(f"/form/{page}", fields)
    other = inside(place, "en")
    other.get("/form/2")
    who.get("/form/check")
    who.post("/form/check")
    assert other.post("/form/2", SECOND).status_code == 409
    assert other.language == "de"
    assert "Dieses Formular wurde schon abgesendet" in other.words


def test_what_is_not_translated_is_shown_in_the_language_it_was_written_in(opens: Opens) -> None:
    who = inside(opens(HALF), GERMAN)
    assert "<h1>Wie wir arbeiten</h1>" in html(who)
    who.get("/form/1")
    assert '<h1 lang="en" dir="ltr">Working together</h1>' in html(who)
    assert '<span lang="en" dir="ltr">We check.</span>' in html(who)
    assert "Speichern und weiter" in html(who)


def test_staff_pages_stay_english_and_nothing_is_left_over_from_one_request_for_the_next(german: Respondent) -> None:
    german.get("/form/1")
    assert german.language == "de"
    german.get("/sign-in")
    assert german.language == "en"


def test_the_preview_of_a_questionnaire_speaks_the_language_it_is_shown_in(signs_in: SignsIn) -> None:
    page = signs_in("lace").get("/questionnaires/team-agility?language=de").text
    preview = page.partition('<fieldset class="preview"')[2].partition("<h2>On paper")[0]
    assert '<div lang="de">' in preview
    assert "Trifft nicht zu" in preview
    assert "Does not apply" not in preview
    assert '<html lang="en">' in page
