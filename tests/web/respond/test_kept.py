"""What somebody typed is shown again, whatever came between."""

from datetime import UTC, datetime

import pytest

from assessment.services import answering, closing, rounds
from assessment.store.database import Unreachable
from tests.web.respond.conftest import Opens
from tests.web.respond.given import Respondent, title


def test_a_foreign_or_missing_token_shows_the_page_again(somebody: Respondent) -> None:
    page = somebody.post("/form/2", {"a-go": "Typed at length", "a-code": "x"}, token=False)
    assert page.status_code == 400
    assert title(page).startswith("Error: ")
    assert "nothing is lost, press the button again" in somebody.words
    assert "Typed at length</textarea>" in page.text
    assert somebody.post("/form/2", {"a-go": "Typed at length"}).status_code == 303


@pytest.mark.parametrize("address", ["/form/check", "/form/leave"])
def test_so_it_is_on_the_other_pages(done: Respondent, address: str) -> None:
    answer = done.post(address, token=False)
    assert answer.status_code == 400
    assert "nothing is lost" in done.words
    assert done.get("/form/receipt").location == "/form"


def test_a_first_page_that_was_open_too_long_keeps_the_code(opens: Opens) -> None:
    place = opens()
    who = place.somebody()
    answer = who.post("/", {"code": place.codes[0]}, token=False)
    assert answer.status_code == 400
    assert f'value="{place.codes[0]}"' in answer.text
    assert who.post("/", {"code": place.codes[0]}).status_code == 303


def test_a_lost_cookie_asks_for_the_code_and_saves_what_was_typed(opens: Opens) -> None:
    place = opens()
    who = place.somebody()
    answer = who.post("/form/2", {"a-go": 'Typed "at\r\nlength"', "a-code": "y", "go": "next"})
    assert answer.status_code == 403
    assert "Enter your code first." in who.words
    carried = who.hidden()
    assert carried.pop("csrf_token")
    assert carried == {"page": "2", "a-go": 'Typed "at\nlength"', "a-code": "y"}
    wrong = who.post("/", {"code": "wrong", **carried})
    assert wrong.status_code == 404
    assert {name: value for name, value in who.hidden().items() if name != "csrf_token"} == carried
    assert who.post("/", {"code": place.codes[0], **carried}).location == "/form/2"
    page = who.follow()
    assert "Saved. 2 of 2 answered in “Words”." in who.words
    assert "Typed &#34;at\nlength&#34;</textarea>" in page.text


def test_answers_carried_to_another_form_are_left_out(opens: Opens) -> None:
    place = opens()
    who = place.somebody()
    for page in ("99", "x", "-1"):
        assert who.enter(place.codes[0], **{"page": page, "a-go": "x"}).location == "/form"


def test_a_round_that_ended_meanwhile_shows_what_was_typed(opens: Opens) -> None:
    place = opens(closes=-1)
    who = place.somebody()
    who.enter(place.codes[0])
    who.follow()
    page = who.post("/form/2", {"a-go": "Typed at length"})
    assert page.status_code == 409
    assert "takes no more answers" in who.words
    assert "Typed at length</textarea>" in page.text
    assert who.post("/form/9", {"a-go": "Typed at length"}).status_code == 404
    who.get("/form/receipt")
    rounds.extend(place.database, "pi-1", datetime(2100, 1, 1, tzinfo=UTC), datetime.now(UTC))
    who.follow()
    assert who.post("/form/2", {"a-go": "Typed at length"}).status_code == 303


def test_a_round_that_was_closed_meanwhile_shows_what_was_typed(opens: Opens) -> None:
    place = opens()
    who = place.somebody()
    who.enter(place.codes[0])
    who.follow()
    closing.close(place.database, "pi-1", datetime.now(UTC))
    page = who.post("/form/2", {"a-go": "Typed at length"})
    assert page.status_code == 409
    assert "has closed and takes no more answers" in who.words
    assert "Typed at length</textarea>" in page.text
    assert who.post("/form/check").status_code == 409
    assert "takes no more answers" in who.words
    who.get("/form")
    assert "This round is closed" in who.words


def test_a_code_of_a_closed_round_is_not_known_any_more(opens: Opens) -> None:
    place = opens()
    closing.close(place.database, "pi-1", datetime.now(UTC))
    who = place.somebody()
    assert who.enter(place.codes[0]).status_code == 404
    assert "a code ends when its round closes" in who.words


def unreachable(*_given: object, **_more: object) -> None:
    """Stand in for a use case whose database does not answer."""
    raise Unreachable("the database /srv/somewhere.sqlite cannot be used: database is locked")


def test_a_database_that_takes_nothing_shows_what_was_typed(
    somebody: Respondent, monkeypatch: pytest.MonkeyPatch
) -> None:
    somebody.get("/form/2")
    with monkeypatch.context() as patched:
        patched.setattr(answering, "save", unreachable)
        page = somebody.post("/form/2", {"a-go": "Typed at length"})
    assert page.status_code == 503
    assert "cannot reach its database just now" in somebody.words
    assert "Typed at length</textarea>" in page.text
    assert "/srv" not in page.text
    assert somebody.post("/form/2", {"a-go": "Typed at length"}).status_code == 303


def test_a_database_that_takes_no_form_shows_the_answers_again(
    done: Respondent, monkeypatch: pytest.MonkeyPatch
) -> None:
    done.get("/form/check")
    with monkeypatch.context() as patched:
        patched.setattr(answering, "submit", unreachable)
        page = done.post("/form/check")
    assert page.status_code == 503
    assert "cannot reach its database just now" in done.words
    assert "We check. Middle Change" in done.words
    assert "/srv" not in page.text
    assert done.post("/form/check").location == "/form/receipt"


def test_a_database_that_gives_nothing_keeps_what_was_typed_and_the_code(
    opens: Opens, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = opens()
    who = place.somebody()
    who.enter(place.codes[0])
    who.get("/form/2")
    for token in (True, False):
        with monkeypatch.context() as patched:
            patched.setattr(answering, "open_form", unreachable)
            patched.setattr(answering, "save", unreachable)
            assert who.get("/form/2").status_code == 503
            page = who.post("/form/2", {"a-go": "Typed at length"}, token=token)
        assert page.status_code == 503
        assert "/srv" not in page.text
        carried = who.hidden()
        assert carried["a-go"] == "Typed at length"
    with monkeypatch.context() as patched:
        patched.setattr(answering, "open_form", unreachable)
        page = who.post("/", {"code": place.codes[0], **carried})
    assert page.status_code == 503
    assert f'value="{place.codes[0]}"' in page.text
    assert who.post("/", {"code": place.codes[0], **who.hidden()}).location == "/form/2"
    assert "Typed at length</textarea>" in who.follow().text
