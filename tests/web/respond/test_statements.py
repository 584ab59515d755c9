"""How often the database is asked for one request: each statement is a way to it and back, on any machine."""

import pytest

from tests.store.given import counted
from tests.web.respond.conftest import Opens
from tests.web.respond.given import FIRST, SECOND, Place, Respondent

MOST_TO_SHOW = 1
MOST_TO_TAKE = 4


@pytest.fixture
def place(opens: Opens) -> Place:
    """A served round whose questionnaire was read already: that is done once a process."""
    place = opens()
    place.somebody().enter(place.codes[1])
    return place


def statements(who: Respondent, address: str, given: dict[str, str] | None = None) -> int:
    """Give how many statements a request takes; with `given` it sends a form."""
    with counted() as found:
        answer = who.get(address) if given is None else who.post(address, given)
    assert answer.status_code == (200 if given is None else 303)
    return len(found)


def test_a_page_is_shown_by_one_statement_and_saved_by_four_at_the_most(place: Place) -> None:
    who = place.somebody()
    assert statements(who, "/") == 0
    assert statements(who, "/", {"code": place.codes[0]}) <= MOST_TO_TAKE
    for address, given in (("/form/1", FIRST), ("/form/2", SECOND)):
        assert statements(who, "/form") <= MOST_TO_SHOW
        assert statements(who, address) <= MOST_TO_SHOW
        assert statements(who, address, given) <= MOST_TO_TAKE
    assert statements(who, "/form/check") <= MOST_TO_SHOW


def test_a_half_filled_page_is_saved_again_and_shown_by_as_few(place: Place) -> None:
    who = place.somebody()
    who.enter(place.codes[0])
    for level in ("1", "2"):
        assert statements(who, "/form/1", {"a-validate": level, "go": "list"}) <= MOST_TO_TAKE
        assert statements(who, "/form/1") <= MOST_TO_SHOW


def test_a_form_is_sent_by_four_at_the_most(done: Respondent) -> None:
    assert statements(done, "/form/check", {}) <= MOST_TO_TAKE


def test_an_answer_is_kept_by_four_at_the_most(place: Place) -> None:
    who = place.somebody()
    who.enter(place.codes[0])
    who.get("/form/1")
    with counted() as found:
        answer = who.client.post("/form/1/keep", data={"only": "validate", "a-validate": "2", "csrf_token": who.token})
    assert answer.status_code == 200
    assert len(found) <= MOST_TO_TAKE


def test_a_receipt_is_shown_by_one_and_one_more_takes_the_copy_of_what_was_sent(done: Respondent) -> None:
    done.post("/form/check")
    assert statements(done, "/form/receipt") <= MOST_TO_SHOW + 1
    assert statements(done, "/form/receipt") <= MOST_TO_SHOW
