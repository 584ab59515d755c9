"""All answers are shown before they are sent, once, for a receipt."""

import re

from tests.web.respond.given import Respondent, title


def test_all_answers_stand_there_in_words_each_with_a_way_to_change_it(done: Respondent) -> None:
    page = done.get("/form/check")
    assert "We check. Middle Change : We check." in done.words
    assert "We share. Don’t know Change" in done.words
    assert "Anything else? Left blank Answer" in done.words
    assert 'href="/form/1#q-a.b-1"' in page.text
    assert "Too much\nat once." in page.text


def test_open_questions_are_named(somebody: Respondent) -> None:
    somebody.get("/form/check")
    assert "3 questions still need an answer" in somebody.words
    page = somebody.post("/form/check")
    assert page.status_code == 400
    assert title(page).startswith("Error: ")
    assert "still need an answer" not in somebody.words, "the same is not said twice"
    assert '<a href="/form/1#q-validate">Answer “We check.”</a>' in page.text
    assert '<a href="/form/2#q-go">Answer “What hinders you?”</a>' in page.text


def test_sending_gives_a_receipt_and_sending_again_the_same(done: Respondent) -> None:
    done.get("/form/check")
    assert done.post("/form/check").location == "/form/receipt"
    first = done.follow()
    reference = re.search(r'class="reference">([^<]+)<', first.text)
    assert reference
    assert "<i>Falcon</i> & Co" in done.words
    assert "(Europe/Berlin)" in done.words
    assert done.post("/form/check").location == "/form/receipt"
    assert reference[1] in done.follow().text


def test_what_was_sent_cannot_be_changed(done: Respondent) -> None:
    done.get("/form/check")
    done.post("/form/check")
    assert done.get("/form/1").location == "/form/receipt"
    assert done.get("/form/check").location == "/form/receipt"
    done.get("/form")
    assert "Your answers were received" in done.words
    answer = done.post("/form/1", {"a-validate": "1", "a-a.b-1": "1"})
    assert answer.status_code == 409
    assert "submitted already" in done.words


def test_without_a_receipt_there_is_no_receipt(somebody: Respondent) -> None:
    assert somebody.get("/form/receipt").location == "/form"
