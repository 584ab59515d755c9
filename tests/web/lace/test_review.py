"""The review: readings are given and taken back, beside scores told as they may be."""

from datetime import UTC, datetime

import pytest

from assessment.services import releasing
from assessment.store import queries
from assessment.store.database import Database
from assessment.store.records import ReviewRecord
from tests.services.given import ON_SQLITE, closed_round
from tests.web.conftest import SignsIn
from tests.web.respond.given import title

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
def test_every_level_without_a_reason_is_named_and_can_be_found(database: Database, signs_in: SignsIn) -> None:
    closed_round(database, LEVELS)
    person = signs_in("lace")
    person.get(ADDRESS)
    page = person.post(ADDRESS, {"d-": "2", "d-leading": "accepted", "d-flow": "3", "r-flow": "  "})
    assert page.status_code == 422
    assert title(page).startswith("Error: ")
    assert '<a href="#r-">“Overall”: the level 2 needs a reason.</a>' in page.text
    assert '<a href="#r-flow">“Flow”: the level 3 needs a reason.</a>' in page.text
    for name in ("", "flow"):
        assert (
            f'id="r-{name}" rows="1" maxlength="2000" aria-describedby="r-{name}-error" aria-invalid="true"'
            in page.text
        )
        assert f'<p class="field-error" id="r-{name}-error">Error: ' in page.text
    assert page.text.count('aria-invalid="true"') == 2
    assert decisions(database) == {}


@ON_SQLITE
def test_another_refusal_of_a_review_is_said_on_top(database: Database, signs_in: SignsIn) -> None:
    closed_round(database, LEVELS)
    person = signs_in("lace")
    person.get(ADDRESS)
    assert person.post(ADDRESS, {"d-flow": "2", "r-flow": "x" * 2001}).status_code == 422
    assert "is longer than 2,000 characters" in person.words


@ON_SQLITE
def test_scores_are_released_on_purpose_only(database: Database, signs_in: SignsIn) -> None:
    closed_round(database, LEVELS)
    person = signs_in("lace")
    person.get("/rounds/PI-1/review")
    page = person.post("/rounds/PI-1/release")
    assert page.status_code == 422
    assert title(page).startswith("Error: Review PI-1")
    assert '<a href="#sure">Tick the box first: a release is frozen' in page.text
    assert "Error: Tick the box first" in person.words
    assert person.post("/rounds/PI-1/release", {"sure": "yes"}).location == "/arts"


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
