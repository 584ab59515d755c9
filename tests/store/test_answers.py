"""Drafts, submissions, and what a close leaves of them."""

from assessment.measure.tally import Tally
from assessment.store import queries, writes
from assessment.store.database import Database
from assessment.store.records import CommentRecord, Receipt, SubmissionRecord, TeamTallies
from tests.store import given

ANSWERS = {"z-last": 3, "flow": "na", "why": 'Zu viel – „immer"\n\\u0041 😀', "links": ["a", "b"], "a-first": None}


def test_a_draft_is_saved_anew_and_comes_back_as_it_was(database: Database) -> None:
    with database.writing() as session:
        round_id = given.open_round(session)
        entry = given.team_a(session, round_id)
    for sealed in (b"first", b"second"):
        with database.writing() as session, given.counted() as statements:
            assert writes.save_draft(session, "key", round_id, entry.id, sealed, given.NOW)
        assert len(statements) == 1
    with database.reading() as session:
        found = given.draft(session, "key")
        assert given.draft(session, "other") is None
    assert found == b"second"


def test_a_draft_that_is_saved_after_the_form_came_in_leaves_nothing_behind(database: Database) -> None:
    with database.writing() as session:
        round_id = given.open_round(session)
        entry = given.team_a(session, round_id)
        given.submit(session, round_id, "key", "submission")
        assert not writes.save_draft(session, "key", round_id, entry.id, b"late", given.NOW)
        assert given.draft(session, "key") is None


def test_a_form_is_stored_in_three_statements_at_the_most_and_its_draft_goes(database: Database) -> None:
    with database.writing() as session:
        round_id = given.open_round(session)
        entry = given.team_a(session, round_id)
        writes.save_draft(session, "key", round_id, entry.id, b"", given.NOW)
    with database.writing() as session, given.counted() as statements:
        assert writes.submit(
            session,
            key_hash="key",
            round_id=round_id,
            entry_id=entry.id,
            reference="REF-1",
            submission_id="random",
            answers=ANSWERS,
            now=given.NOW,
        )
    assert len(statements) == (3 if database.is_sqlite else 2)
    with database.reading() as session:
        assert given.draft(session, "key") is None
        assert queries.receipt(session, "key") == Receipt("REF-1", given.NOW)
        assert queries.receipt(session, "other") is None
        assert queries.submissions(session, round_id) == [SubmissionRecord("random", entry.id, ANSWERS)]
        assert queries.submitted_counts(session, round_id) == {entry.id: 1}


def test_a_second_form_under_the_same_key_is_not_stored(database: Database) -> None:
    with database.writing() as session:
        round_id = given.open_round(session)
        assert given.submit(session, round_id, "key", "first")
    with database.writing() as session:
        assert not given.submit(session, round_id, "key", "second")
    with database.reading() as session:
        assert [form.id for form in queries.submissions(session, round_id)] == ["first"]


def test_a_form_whose_transaction_fails_leaves_its_key_unspent(database: Database) -> None:
    with database.writing() as session:
        round_id = given.open_round(session)
    with database.writing() as session:
        assert given.submit(session, round_id, "key", "first")
        session.rollback()
    with database.writing() as session:
        assert given.submit(session, round_id, "key", "second")


def test_submissions_come_in_the_order_of_their_random_ids(database: Database) -> None:
    with database.writing() as session:
        round_id = given.open_round(session)
        for number in "3A1b2":
            given.submit(session, round_id, f"key-{number}", number)
        assert [form.id for form in queries.submissions(session, round_id)] == ["1", "2", "3", "A", "b"]


def test_closing_erases_the_traces_of_that_round_alone(database: Database) -> None:
    with database.writing() as session:
        rounds = [given.open_round(session, code) for code in ("PI-1", "PI-2")]
        for round_id in rounds:
            entry = given.team_a(session, round_id)
            writes.add_codes(session, round_id, [(entry.id, f"spent-{round_id}", None)])
            writes.save_draft(session, f"draft-{round_id}", round_id, entry.id, b"", given.NOW)
            given.submit(session, round_id, f"spent-{round_id}", f"submission-{round_id}")
    closed, other = rounds
    with database.writing() as session:
        writes.erase_traces(session, closed)
    with database.reading() as session:
        assert queries.access(session, f"spent-{closed}") is None
        assert queries.receipt(session, f"spent-{closed}") is None
        assert given.draft(session, f"draft-{closed}") is None
        assert queries.access(session, f"spent-{other}") is not None
        assert queries.receipt(session, f"spent-{other}") is not None
        assert given.draft(session, f"draft-{other}") is not None
        assert len(queries.submissions(session, closed)) == 1


def test_closing_rewrites_the_forms_of_that_round_alone(database: Database) -> None:
    with database.writing() as session:
        rounds = [given.open_round(session, code) for code in ("PI-1", "PI-2")]
        for round_id in rounds:
            given.submit(session, round_id, f"key-{round_id}", f"old-{round_id}")
        entry = given.team_a(session, rounds[0])
        writes.rewrite_submissions(session, rounds[0], [SubmissionRecord("new", entry.id, {"flow": 3})])
    with database.reading() as session:
        assert queries.submissions(session, rounds[0]) == [SubmissionRecord("new", entry.id, {"flow": 3})]
        assert [form.id for form in queries.submissions(session, rounds[1])] == [f"old-{rounds[1]}"]


def test_a_round_nobody_answered_closes_too(database: Database) -> None:
    with database.writing() as session:
        round_id = given.open_round(session)
        writes.rewrite_submissions(session, round_id, [])
        writes.put_comments(session, round_id, [])
        writes.put_tallies(session, round_id, [])
        assert queries.submissions(session, round_id) == []
        assert queries.tallies(session, round_id) == []
        assert given.comments(session, round_id) == []


def test_tallies_and_comments_come_back_as_they_were(database: Database) -> None:
    with database.writing() as session:
        round_id = given.open_round(session)
        first, second = queries.roster(session, round_id)
        tallies = [
            TeamTallies(first, 5, {"z": Tally((0, 1, 2, 0, 1), 1, 0, 0, 4), "a": Tally((5, 0), 0, 0, 0)}),
            TeamTallies(second, 0, {}),
        ]
        comments = [
            CommentRecord("1", second.id, "why", "Immer – zu viel"),
            CommentRecord("2", first.id, "why", ""),
        ]
        writes.put_tallies(session, round_id, tallies[::-1])
        writes.put_comments(session, round_id, comments[::-1])
    with database.reading() as session, given.counted() as statements:
        found = queries.tallies(session, round_id)
        assert given.comments(session, round_id) == comments
    assert found == tallies
    assert list(found[0].tallies) == ["z", "a"]
    assert len(statements) == 2
