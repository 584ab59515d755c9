"""Review and release: the LACE's reading stands beside the scores, and then all is frozen."""

from dataclasses import replace
from functools import partial
from typing import Any

import pytest

from assessment.errors import Conflict, Invalid, Refused
from assessment.measure.scoring import METHOD, METHODS
from assessment.services import answer_files, closing, reading, releasing
from assessment.store import queries
from assessment.store.database import Database
from assessment.store.records import ReviewRecord, ScoreRecord, StepRecord
from tests.services.given import LATER, NOW, ON_SQLITE, as_csv, closed_round, open_round, released_round, rows_of

LEVELS = {"falcon": [3] * 8, "heron": [4] * 8, "ibex": [5] * 9, "newt": [2] * 4}
ACCEPTED = ReviewRecord("rail", "", "accepted", None, None, "lace@example.org", LATER)
SET = ReviewRecord("rail", "flow", "set", 2.0, "The demo was skipped twice.", "lace@example.org", LATER)


def by_cell(database: Database, **which: Any) -> dict[tuple[str, str], ScoreRecord]:  # noqa: ANN401 - as asked
    """Give scores by unit and dimension."""
    return {(row.unit, row.dimension): row for row in reading.scores(database, "PI-1", **which)}


def reviews(database: Database) -> list[ReviewRecord]:
    """Give the readings made so far."""
    with database.reading() as session:
        return queries.reviews(session, 1)


def test_a_release_is_numbered_and_says_how_it_was_made(database: Database) -> None:
    made = released_round(database, LEVELS)
    assert (made.number, made.method, made.reason) == (1, METHOD, None)
    assert len(made.hash) == 64
    assert made.libraries.keys() == {"pydantic", "pyyaml", "sqlalchemy"}


def test_released_scores_are_those_of_the_preliminary_ones(database: Database) -> None:
    released_round(database, LEVELS)
    assert by_cell(database) == by_cell(database, preliminary=True)
    found = by_cell(database, questions=True)
    assert found["rail", ""].value == pytest.approx(4)
    assert (found["falcon", ""].parent, found["falcon", ""].unit_name) == ("rail", "Falcon")
    assert (found["rail", "goals"].is_question, found["rail", "flow"].is_question) == (True, False)
    assert found["rail", "goals"].distribution == (0, 0, 8, 8, 9)
    assert found["newt", ""].hidden


def test_releasing_measures_nothing_anew(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    closed_round(database, LEVELS)
    monkeypatch.delattr(releasing, "measured")
    monkeypatch.delattr(releasing, "shown")
    releasing.release(database, "PI-1", LATER)
    assert by_cell(database, questions=True) == by_cell(database, questions=True, preliminary=True)


def test_the_hash_is_over_all_that_was_asked_and_came_out(database: Database) -> None:
    round_ = closed_round(database, LEVELS)
    with database.reading() as session:
        preliminary = queries.release(session, round_.id, 0)
    rows = list(by_cell(database, preliminary=True, questions=True).values())
    step = StepRecord("rail", "", None, None, None, "comparable", "first", "")
    whole = releasing._hash(round_, METHOD, rows, [])  # noqa: SLF001 - every part of it is changed below
    assert preliminary is not None
    assert preliminary.hash == whole
    others = {
        releasing._hash(replace(round_, content_hash="another"), METHOD, rows, []),  # noqa: SLF001
        releasing._hash(replace(round_, threshold=6), METHOD, rows, []),  # noqa: SLF001
        releasing._hash(round_, METHOD, [replace(rows[0], low=1.25), *rows[1:]], []),  # noqa: SLF001
        releasing._hash(round_, "mean-0", rows, []),  # noqa: SLF001
        releasing._hash(round_, METHOD, rows, [step]),  # noqa: SLF001
    }
    assert len(others - {whole}) == 5


def test_what_is_reviewed_while_a_release_is_worked_out_is_not_lost(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed_round(database, LEVELS)
    with monkeypatch.context() as patch:

        def review_after(*given: Any) -> str:  # noqa: ANN401 - as it is called
            releasing.review(database, "PI-1", [SET])
            return str(given)

        patch.setattr(releasing, "_hash", review_after)
        with pytest.raises(Conflict, match="came in between; release the round PI-1 again"):
            releasing.release(database, "PI-1", LATER)
    releasing.release(database, "PI-1", LATER)
    assert by_cell(database)["rail", "flow"].review == "set"


def test_a_reading_stands_beside_the_score_and_does_not_replace_it(database: Database) -> None:
    closed_round(database, LEVELS)
    releasing.review(database, "PI-1", [ACCEPTED, SET])
    releasing.release(database, "PI-1", LATER)
    found = by_cell(database)
    assert (found["rail", ""].review, found["rail", ""].reviewed_value) == ("accepted", None)
    flow = found["rail", "flow"]
    assert (flow.review, flow.reviewed_value, flow.review_reason) == ("set", 2, SET.reason)
    assert flow.value == pytest.approx(4)
    assert found["rail", "leading"].review is None


def test_a_later_reading_replaces_an_earlier_one(database: Database) -> None:
    closed_round(database, LEVELS)
    releasing.review(database, "PI-1", [SET])
    releasing.review(database, "PI-1", [replace(ACCEPTED, dimension="flow")])
    assert [(one.dimension, one.decision, one.reason) for one in reviews(database)] == [("flow", "accepted", None)]


@pytest.mark.parametrize(
    ("reading_", "sentence"),
    [
        (replace(SET, reason=None), "a reviewed level needs a reason"),
        (replace(SET, reason="  "), "a reviewed level needs a reason"),
        (replace(SET, reason="x" * 2001), "longer than 2,000 characters"),
        (replace(SET, value=None), "must be one of 1, 2, 3, 4, 5"),
        (replace(SET, value=2.5), "must be one of 1, 2, 3, 4, 5"),
        (replace(SET, dimension="nothing"), "there is no score of rail in “nothing” to review"),
        (replace(SET, unit="falcon"), "there is no score of falcon in “flow” to review"),  # teams are not reviewed
        (replace(SET, unit="road"), "there is no score of road in “flow” to review"),  # hidden
        (replace(ACCEPTED, unit="home"), "there is no score of home in “” to review"),  # nobody answered
        (replace(SET, dimension="goals"), "there is no score of rail in “goals” to review"),  # nor are questions
    ],
)
@ON_SQLITE
def test_a_reading_that_cannot_be_kept_takes_the_others_with_it(
    database: Database, reading_: ReviewRecord, sentence: str
) -> None:
    closed_round(database, LEVELS)
    with pytest.raises(Invalid, match=sentence):
        releasing.review(database, "PI-1", [ACCEPTED, reading_])
    assert reviews(database) == []


def test_a_round_is_reviewed_between_its_closing_and_its_release(database: Database) -> None:
    open_round(database)
    with pytest.raises(Conflict, match="is not in review"):
        releasing.review(database, "PI-1", [ACCEPTED])
    closing.close(database, "PI-1", LATER)
    releasing.release(database, "PI-1", LATER)
    with pytest.raises(Conflict, match="is not in review"):
        releasing.review(database, "PI-1", [ACCEPTED])


def test_a_round_is_released_once_and_only_after_its_closing(database: Database) -> None:
    open_round(database)
    with pytest.raises(Conflict, match="is not closed yet; close it first"):
        releasing.release(database, "PI-1", NOW)
    closing.close(database, "PI-1", LATER)
    releasing.release(database, "PI-1", LATER, by="lace@example.org")
    with pytest.raises(Conflict, match="is released already"):
        releasing.release(database, "PI-1", LATER)
    with database.reading() as session:
        assert [queries.release(session, 1, number) is not None for number in range(3)] == [True, True, False]
        newest = queries.audit_events(session, 1)[0]
    assert (newest.actor, newest.action, newest.subject) == ("lace@example.org", "round released", "PI-1")


def test_a_round_is_released_anew_for_a_reason_under_the_next_number(database: Database) -> None:
    first = released_round(database, LEVELS)
    before = by_cell(database, questions=True)
    again = releasing.release(
        database, "PI-1", LATER + (LATER - NOW), by="lace@example.org", reason="The method was mended."
    )
    assert (first.number, again.number, again.reason) == (1, 2, "The method was mended.")
    assert again.method == METHOD
    assert by_cell(database, questions=True) == before
    with database.reading() as session:
        assert [made.number for made in queries.releases(session, first.round_id)] == [0, 1, 2]
        assert queries.release(session, first.round_id, 1) == first  # it stays as it was
        newest = queries.audit_events(session, 1)[0]
    assert (newest.actor, newest.action, newest.subject) == ("lace@example.org", "round released anew", "PI-1")
    assert releasing.release(database, "PI-1", LATER, reason="Once more.").number == 3


def test_a_release_made_anew_is_scored_by_the_newest_method_and_keeps_the_readings(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(releasing, "measure", partial(releasing.measure, method=METHODS["mean-1"]))
        closed_round(database, {"falcon": [3] * 8, "heron": [4] * 8, "ibex": [5] * 9})
    releasing.review(database, "PI-1", [SET])
    first = releasing.release(database, "PI-1", LATER)
    again = releasing.release(database, "PI-1", LATER, reason="The method was mended.")
    assert (first.method, again.method) == ("mean-1", METHOD)
    assert by_cell(database)["rail", "flow"].review_reason == SET.reason


@ON_SQLITE
def test_a_reading_of_a_score_that_is_hidden_now_is_not_told(database: Database) -> None:
    closed_round(database, {"newt": [2] * 4})
    rows = list(by_cell(database, preliminary=True).values())
    hidden = replace(next(row for row in rows if row.hidden), unit=SET.unit, dimension=SET.dimension)
    assert releasing.reviewed([hidden], [SET]) == [hidden]


@pytest.mark.parametrize(
    ("reason", "sentence"),
    [
        ("", "must be one line of words"),
        ("   ", "must be one line of words"),
        ("one\ntwo", "must be one line of words"),
        ("x" * 2001, "longer than 2,000 characters"),
    ],
)
@ON_SQLITE
def test_a_reason_is_one_line_of_words(database: Database, reason: str, sentence: str) -> None:
    released_round(database, LEVELS)
    with pytest.raises(Invalid, match=sentence):
        releasing.release(database, "PI-1", LATER, reason=reason)


def test_a_first_release_takes_no_reason(database: Database) -> None:
    closed_round(database, LEVELS)
    with pytest.raises(Conflict, match="its first release takes no reason"):
        releasing.release(database, "PI-1", LATER, reason="Why not.")


def test_what_is_released_stays_whatever_comes_after(database: Database) -> None:
    made = released_round(database, LEVELS)
    before = by_cell(database, questions=True)
    for attempt in (
        lambda: releasing.review(database, "PI-1", [SET]),
        lambda: releasing.release(database, "PI-1", LATER),
        lambda: closing.close(database, "PI-1", LATER),
    ):
        with pytest.raises(Refused):
            attempt()
    released_round(database, {"falcon": [1] * 8}, "PI-2", LATER)
    assert by_cell(database, questions=True) == before
    with database.reading() as session:
        assert queries.release(session, made.round_id) == made


def test_in_mode_team_nothing_is_hidden_and_forms_are_counted(database: Database) -> None:
    open_round(database, mode="team")
    answer_files.import_answers(database, as_csv(rows_of("falcon", [2]) + rows_of("newt", [5])), "PI-1", NOW)
    closing.close(database, "PI-1", LATER)
    releasing.release(database, "PI-1", LATER)
    found = by_cell(database)
    assert (found["newt", ""].value, found["newt", ""].n, found["newt", ""].N) == (5, 1, 1)
    assert (found["rail", ""].value, found["rail", ""].n, found["rail", ""].N) == (2, 1, 3)
    assert (found["rail", ""].low, found["rail", ""].high) == pytest.approx(((2 + 1 + 1) / 3, (2 + 5 + 5) / 3))
    assert {row.agreement for row in found.values()} == {None}
