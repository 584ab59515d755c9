"""The review: readings are given and taken back, beside scores told as they may be."""

from datetime import UTC, datetime

import pytest

from assessment.services import releasing
from assessment.store import queries
from assessment.store.database import Database
from assessment.store.records import ReviewRecord
from tests.services.given import ON_SQLITE, closed_round
from tests.web.conftest import SignsIn

LEVELS = {"falcon": [3] * 8, "heron": [4] * 8, "ibex": [5] * 9}
ADDRESS = "/rounds/PI-1/review/rail"
OTHER = ReviewRecord("rail", "leading", "accepted", None, None, "lace@example.org", datetime.now(UTC))


def decisions(database: Database) -> dict[str, str]:
    """Give the decisions made so far by dimension."""
    with database.reading() as session:
        return {review.dimension: review.decision for review in queries.reviews(session, 1)}


def test_a_reading_is_taken_back_by_choosing_none(database: Database, signs_in: SignsIn) -> None:
    closed_round(database, LEVELS)
    person = signs_in("lace")
    assert '<option value="none">No reading' not in person.get(ADDRESS).text
    person.post(ADDRESS, {"d-": "accepted", "d-flow": "2", "r-flow": "Skipped demos."})
    assert decisions(database) == {"": "accepted", "flow": "set"}
    assert person.get(ADDRESS).text.count('<option value="none">No reading') == 2
    person.post(ADDRESS, {"d-": "accepted", "d-flow": "none", "r-flow": "Skipped demos."})
    assert decisions(database) == {"": "accepted"}


@ON_SQLITE
def test_a_form_that_cannot_be_kept_takes_nothing_back(database: Database, signs_in: SignsIn) -> None:
    closed_round(database, LEVELS)
    person = signs_in("lace")
    person.get(ADDRESS)
    person.post(ADDRESS, {"d-": "accepted"})
    person.get(ADDRESS)
    assert person.post(ADDRESS, {"d-": "none", "d-flow": "2"}).status_code == 422
    assert decisions(database) == {"": "accepted"}


@ON_SQLITE
def test_a_line_without_a_reading_says_nothing_about_one_made_since(database: Database, signs_in: SignsIn) -> None:
    closed_round(database, LEVELS)
    person = signs_in("lace")
    person.get(ADDRESS)
    releasing.review(database, "PI-1", [OTHER])
    person.post(ADDRESS, {"d-": "accepted", "d-leading": "", "d-flow": ""})
    assert decisions(database) == {"": "accepted", "leading": "accepted"}


@ON_SQLITE
def test_accepting_all_speaks_for_every_line_without_a_reading(database: Database, signs_in: SignsIn) -> None:
    closed_round(database, LEVELS)
    person = signs_in("lace")
    person.get(ADDRESS)
    person.post(ADDRESS, {"d-flow": "2", "r-flow": "Skipped demos."})
    person.get(ADDRESS)
    person.post(ADDRESS, {"d-": "none", "d-leading": "", "d-flow": "2", "r-flow": "Skipped.", "all": "accepted"})
    assert decisions(database) == {"": "accepted", "leading": "accepted", "flow": "set"}


@pytest.mark.parametrize("address", ["/rounds/PI-1/review", ADDRESS])
@ON_SQLITE
def test_where_only_an_end_of_the_scale_is_told_it_stays_at_that(
    database: Database, signs_in: SignsIn, address: str
) -> None:
    closed_round(database, {"falcon": [5] * 6})
    page = signs_in("lace").get(address)
    assert "≥\N{NO-BREAK SPACE}4.5" in page.text
    assert "4.5" not in page.text.replace("≥\N{NO-BREAK SPACE}4.5", "")


@ON_SQLITE
def test_the_overview_tells_scores_readings_camps_and_what_is_hidden(database: Database, signs_in: SignsIn) -> None:
    closed_round(database, {**LEVELS, "lynx": [1, 1, 1, 1, 5, 5, 5, 5], "owl": [3]})
    reading = ReviewRecord("rail", "", "set", 2.0, "Skipped demos.", "lace@example.org", datetime.now(UTC))
    releasing.review(database, "PI-1", [reading])
    page = signs_in("lace").get("/rounds/PI-1/review").text
    assert '<td class="heat-4">4.0<br><small>LACE 2</small></td>' in page
    assert 'split">3.0<span class="visually-hidden"> (two camps)</span></td>' in page
    assert '<td class="hidden"><span class="visually-hidden">hidden</span></td>' in page
