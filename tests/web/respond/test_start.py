"""The start says what is asked, who sees what, and how far one has come."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from assessment.services import rounds
from tests.web.respond.conftest import Opens
from tests.web.respond.given import AWKWARD, Respondent


def test_it_says_what_is_asked_of_whom(somebody: Respondent) -> None:
    assert "How we work" in somebody.words
    assert "About 3 minutes left · open until" in somebody.words
    assert "(Europe/Berlin)" in somebody.words
    assert somebody.seen is not None
    assert somebody.seen.text.count("&lt;i&gt;Falcon&lt;/i&gt; &amp; Co · PI &lt;1&gt;") == 1
    assert "<p>Think of the last <em>three</em> iterations.</p>" in somebody.seen.text
    assert "Working together Not started Words Not started" in somebody.words


@pytest.mark.parametrize(
    ("mode", "promise"),
    [
        ("codes", "Your code can be used once."),
        ("link", "Your whole team uses one link"),
        ("team", "it is not anonymous"),
    ],
)
def test_it_says_truly_who_sees_what(opens: Opens, mode: str, promise: str) -> None:
    place = opens(mode=mode)
    who = place.somebody()
    who.enter(place.codes[0])
    who.follow()
    assert promise in who.words
    assert ("Results appear after the round, from 5 answers of a team up" in who.words) is (mode != "team")
    assert ("Your answers are anonymous" in who.words) is (mode != "team")


@pytest.mark.parametrize(("opens_in", "closes_in", "says"), [(1, 2, "It opens on"), (-3, -1, "It took answers until")])
def test_a_round_that_takes_no_answers_says_when_it_did_or_will(
    opens: Opens, opens_in: int, closes_in: int, says: str
) -> None:
    place = opens(opens=opens_in, closes=closes_in)
    who = place.somebody()
    who.enter(place.codes[0])
    page = who.follow()
    assert page.status_code == 200
    assert says in who.words
    assert 'href="/form/1"' not in page.text
    assert who.get("/form/1").location == "/form"
    assert who.get("/form/check").location == "/form"


def test_a_round_that_closes_at_midnight_is_open_until_the_end_of_the_day(opens: Opens) -> None:
    place = opens()
    midnight = datetime(2100, 12, 12, tzinfo=ZoneInfo("Europe/Berlin"))
    rounds.extend(place.database, "pi-1", midnight, datetime.now(UTC))
    who = place.somebody()
    who.enter(place.codes[0])
    who.follow()
    assert "open until the end of 11 December 2100 (Europe/Berlin)" in who.words


def test_it_shows_how_far_one_has_come(somebody: Respondent) -> None:
    somebody.get("/form/1")
    somebody.post("/form/1", {"a-validate": "1", "go": "list"})
    somebody.follow()
    assert (
        "Continue All questions on one page Working together 1 of 2 In progress Words Not started What this is about"
        in somebody.words
    )
    assert "Saved. 1 of 2 answered in “Working together”." in somebody.words


def test_awkward_texts_are_shown_as_they_are(opens: Opens) -> None:
    place = opens(AWKWARD)
    who = place.somebody()
    who.enter(place.codes[0])
    page = who.follow()
    assert "<h1>&lt;b&gt;Titel&lt;/b&gt; &amp; &#34;mehr&#34;</h1>" in page.text
    assert "<em>Hallo</em>" in page.text
    for address in ("/form", "/form/1", "/form/2", "/form/check"):
        assert "<script>alert" not in who.get(address).text
