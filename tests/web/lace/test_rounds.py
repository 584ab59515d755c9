"""A round's page: closing it, and finishing a closing that was broken off."""

import pytest

from assessment.services import answer_files, releasing
from assessment.store.database import Database
from tests.services.given import NOW, ON_SQLITE, as_csv, open_round, rows_of
from tests.web.conftest import SignsIn


@ON_SQLITE
def test_a_closing_that_was_broken_off_is_finished_from_the_page(
    database: Database, signs_in: SignsIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_round(database)
    answer_files.import_answers(database, as_csv(rows_of("falcon", [3] * 8)), "PI-1", NOW)
    person = signs_in("lace")
    person.get("/rounds/PI-1")
    with monkeypatch.context() as patch:
        patch.delattr(releasing, "measured")
        assert person.post("/rounds/PI-1/close", {"sure": "yes"}).status_code == 500
    person.get("/rounds/PI-1")
    assert "Closing was broken off before the answers were counted." in person.words
    assert person.post("/rounds/PI-1/close", {"sure": "yes"}).location == "/rounds/PI-1/review"
    person.get("/rounds/PI-1")
    assert "Review and release" in person.words


@ON_SQLITE
def test_a_round_is_closed_on_purpose_only(database: Database, signs_in: SignsIn) -> None:
    open_round(database)
    person = signs_in("lace")
    person.get("/rounds/PI-1")
    assert person.post("/rounds/PI-1/close").status_code == 422
    assert "Tick the box first" in person.words
