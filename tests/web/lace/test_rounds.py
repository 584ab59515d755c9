"""A round's page: closing it, and finishing a closing that was broken off."""

import pytest

from assessment.services import answer_files, releasing, verifying
from assessment.store import queries
from assessment.store.database import Database
from tests import served
from tests.services.given import NOW, ON_SQLITE, as_csv, open_round, rows_of
from tests.web.conftest import SignsIn
from tests.web.respond.given import title


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
    page = person.post("/rounds/PI-1/close")
    assert page.status_code == 422
    assert title(page).startswith("Error: PI-1")
    assert '<a href="#sure">Tick the box first: a closed round never opens again.</a>' in page.text
    assert 'id="sure" name="sure" value="yes" aria-describedby="sure-error" aria-invalid="true"' in page.text
    assert "Error: Tick the box first" in person.words
    assert person.post("/rounds/PI-1/close", {"sure": "yes"}).location == "/rounds/PI-1/review"


@ON_SQLITE
def test_teams_stand_below_their_art(database: Database, signs_in: SignsIn) -> None:
    open_round(database)
    page = signs_in("lace").get("/rounds/PI-1")
    assert page.text.count('<th scope="rowgroup" colspan="4">Rail') == 1


@ON_SQLITE
def test_what_is_closed_and_released_from_the_pages_is_sealed(database: Database, signs_in: SignsIn) -> None:
    round_ = open_round(database)
    person = signs_in("lace")
    person.get("/rounds/PI-1")
    person.post("/rounds/PI-1/close", {"sure": "yes"})
    person.get("/rounds/PI-1/review")
    assert person.post("/rounds/PI-1/release", {"sure": "yes"}).status_code == 303
    with database.reading() as session:
        assert [len(made.seal or "") for made in queries.releases(session, round_.id)] == [64, 64]
    assert all(found.sealed for found in verifying.verify(database, served.SECRET))
