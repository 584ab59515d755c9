"""Releases are frozen as they were made, and read by few statements."""

from dataclasses import replace
from datetime import timedelta

from assessment.store import queries, writes
from assessment.store.database import Database
from assessment.store.records import ReleaseRecord, StepRecord
from tests.store import given

QUESTION = given.score(dimension="flow", is_question=True, distribution=(1, 0, 3, 4, 0), rwg=0.5, split=False)
HIDDEN = given.score(
    "team-b",
    kind="team",
    parent="art",
    hidden=True,
    value=None,
    low=None,
    high=None,
    agreement=None,
    ad=None,
    rwg=None,
    split=None,
    coverage=None,
)
ROUGH = given.score(
    "team-a",
    kind="team",
    parent="art",
    value=4.5,
    qualifier=">=",
    review="set",
    reviewed_value=4.0,
    review_reason="Seen otherwise",
)
SCORES = [given.score(), given.score(dimension="z"), given.score(dimension="a"), QUESTION, ROUGH, HIDDEN]


def test_scores_come_back_to_the_last_digit_in_the_order_they_had(database: Database) -> None:
    with database.writing() as session:
        release_id = given.release(session, given.open_round(session), 1, scores=SCORES)
    with database.reading() as session, given.counted() as statements:
        assert queries.scores(session, release_id, questions=True) == SCORES
    assert len(statements) == 1


def test_scores_are_narrowed_as_asked(database: Database) -> None:
    with database.writing() as session:
        round_id = given.open_round(session)
        release_id = given.release(session, round_id, 1, scores=SCORES)
        given.release(session, round_id, 2, scores=[given.score(value=1.0)])
    with database.reading() as session:
        assert queries.scores(session, release_id) == [score for score in SCORES if not score.is_question]
        assert queries.scores(session, release_id, unit="art") == SCORES[:3]
        assert queries.scores(session, release_id, unit="art", questions=True) == SCORES[:4]
        assert queries.scores(session, release_id, kind="team") == [ROUGH, HIDDEN]
        assert queries.scores(session, release_id, parent="art", kind="team", unit="team-b") == [HIDDEN]
        assert queries.scores(session, release_id, dimensions=["a", "z"]) == SCORES[1:3]
        assert queries.scores(session, release_id, dimensions=[]) == []


def test_many_scores_are_stored_at_once_and_come_back(database: Database) -> None:
    scores = [
        given.score(f"team-{team}", f"d-{number}", kind="team", parent="art", distribution=(team, number))
        for team in range(100)
        for number in range(30)
    ]
    with database.writing() as session:
        round_id = given.open_round(session)
        with given.counted() as statements:
            release_id = given.release(session, round_id, 1, scores=scores)
    assert len(statements) <= 3
    with database.reading() as session:
        assert queries.scores(session, release_id) == scores


def test_a_release_may_hold_nothing(database: Database) -> None:
    with database.writing() as session:
        release_id = given.release(session, given.open_round(session), 0, scores=[], steps=[])
        assert queries.scores(session, release_id, questions=True) == []
        assert queries.steps(session, release_id) == []


def test_the_newest_release_is_never_the_preliminary_one(database: Database) -> None:
    with database.writing() as session:
        round_id = given.open_round(session)
        assert queries.release(session, round_id) is None
        preliminary = given.release(session, round_id, 0)
        assert queries.release(session, round_id) is None
        first = given.release(session, round_id, 1)
        revised = given.release(session, round_id, 2, reason="A team was in the wrong ART")
    expected = ReleaseRecord(
        id=revised,
        round_id=round_id,
        number=2,
        made_at=given.NOW + timedelta(days=20, hours=2),
        method="1",
        hash="hash-2",
        reason="A team was in the wrong ART",
        libraries={"numpy": "2.3"},
    )
    with database.reading() as session:
        assert queries.release(session, round_id) == expected
        assert queries.release(session, round_id, 3) is None
        made = [queries.release(session, round_id, number) for number in range(3)]
    assert [release and release.id for release in made] == [preliminary, first, revised]


def test_steps_come_back_in_the_order_they_had(database: Database) -> None:
    first = StepRecord("team-a", "", None, None, None, "first", "first", "")
    steps = [given.step("art", "z"), given.step("art", "a"), first]
    with database.writing() as session:
        release_id = given.release(session, given.open_round(session), 1, steps=steps)
    with database.reading() as session:
        assert queries.steps(session, release_id) == steps
        assert queries.steps(session, release_id, "team-a") == [first]


def test_a_units_history_is_read_in_few_statements_however_long_it_is(database: Database) -> None:
    with database.writing() as session:
        for number in (3, 1, 2):
            opens_at = given.NOW + timedelta(days=100 * number)
            round_id = given.open_round(session, f"PI-{number}", opens_at=opens_at, closes_at=None)
            given.release(session, round_id, 0, scores=[given.score(value=0.0)])
            given.release(session, round_id, 1, scores=[given.score(value=1.0)])
            given.release(session, round_id, 2, scores=[replace(score, n=10 + number) for score in SCORES])
    with database.reading() as session, given.counted() as statements:
        history = queries.unit_history(session, "art", "check")
    assert len(statements) <= 3
    assert [asked.code for asked, _, _ in history] == ["PI-1", "PI-2", "PI-3"]
    assert [made.number for _, made, _ in history] == [2, 2, 2]
    assert [asked.released_at for asked, made, _ in history] == [made.made_at for _, made, _ in history]
    assert [[score.dimension for score in scores] for *_, scores in history] == [["", "z", "a"]] * 3
    assert [scores[0].n for *_, scores in history] == [11, 12, 13]


def test_a_history_leaves_out_what_the_unit_was_not_in(database: Database) -> None:
    with database.writing() as session:
        given.release(session, given.open_round(session, "PI-1"), 0)
        given.release(session, given.open_round(session, "PI-2"), 1)
        assert queries.unit_history(session, "nowhere", "check") == []
        assert queries.unit_history(session, "art", "other") == []
        assert [asked.code for asked, _, _ in queries.unit_history(session, "art", "check")] == ["PI-2"]


def test_a_review_replaces_an_earlier_one_of_the_same_score(database: Database) -> None:
    earlier = given.review("a")
    later = given.review(
        "a", decision="set", value=2.5, reason="Seen otherwise", reviewed_at=given.NOW + timedelta(hours=1)
    )
    with database.writing() as session:
        round_id = given.open_round(session)
        for review in (given.review("z"), earlier, later):
            writes.put_review(session, round_id, review)
    with database.reading() as session:
        assert queries.reviews(session, round_id) == [later, given.review("z")]
