"""Many at once: what came in twice is stored once, what came in is never lost."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from assessment.store import migrate, queries, writes
from assessment.store.database import Database
from tests.store import given

THREADS = 8


def at_once(task: Callable[[int], bool]) -> list[bool]:
    """Run a task in all threads, none before the others are ready."""
    barrier = threading.Barrier(THREADS)

    def run(number: int) -> bool:
        barrier.wait()
        return task(number)

    with ThreadPoolExecutor(THREADS) as threads:
        return list(threads.map(run, range(THREADS)))


def send(database: Database, round_id: int, key_hash: str, submission_id: str) -> bool:
    """Send a form as a page does: look where the code leads, then store."""
    with database.writing() as session:
        access = queries.access(session, "code", for_share=True)
        assert access is not None
        return access.round.closed_at is None and given.submit(session, round_id, key_hash, submission_id)


@pytest.fixture
def round_id(database: Database) -> int:
    """An open round with a code."""
    with database.writing() as session:
        opened = given.open_round(session)
        writes.add_codes(session, opened, [(given.team_a(session, opened).id, "code", None)])
    return opened


def test_the_same_key_sent_by_eight_at_once_is_stored_once(database: Database, round_id: int) -> None:
    stored = at_once(lambda number: send(database, round_id, "key", f"submission-{number}"))
    assert stored.count(True) == 1
    with database.reading() as session:
        (form,) = queries.submissions(session, round_id)
    assert form.id == f"submission-{stored.index(True)}"


def test_eight_keys_sent_at_once_are_stored_all(database: Database, round_id: int) -> None:
    stored = at_once(lambda number: send(database, round_id, f"key-{number}", f"submission-{number}"))
    assert all(stored)
    with database.reading() as session:
        assert len(queries.submissions(session, round_id)) == THREADS


def test_drafts_saved_under_one_key_at_once_are_one_draft(database: Database, round_id: int) -> None:
    with database.reading() as session:
        entry = given.team_a(session, round_id)

    def save(number: int) -> bool:
        with database.writing() as session:
            return writes.save_draft(session, "key", round_id, entry.id, b"%d" % number, given.NOW)

    assert all(at_once(save))
    with database.reading() as session:
        assert given.draft(session, "key") in [b"%d" % number for number in range(THREADS)]


def test_a_round_that_closes_meanwhile_has_every_form_that_was_acknowledged(database: Database, round_id: int) -> None:
    found: list[str] = []

    def close_or_send(number: int) -> bool:
        if number:
            return send(database, round_id, f"key-{number}", f"submission-{number}")
        with database.writing() as session:
            assert writes.close_round(session, round_id, given.NOW)
            found.extend(form.id for form in queries.submissions(session, round_id))
        return False

    stored = at_once(close_or_send)
    assert sorted(found) == [f"submission-{number}" for number in range(THREADS) if stored[number]]


def test_closing_waits_for_the_form_that_is_being_stored(database: Database, round_id: int) -> None:
    closed = threading.Event()

    def close() -> list[str]:
        with database.writing() as session:
            writes.close_round(session, round_id, given.NOW)
            closed.set()
            return [form.id for form in queries.submissions(session, round_id)]

    with ThreadPoolExecutor(1) as thread:
        with database.writing() as session:
            assert queries.access(session, "code", for_share=True) is not None
            closing = thread.submit(close)
            assert not closed.wait(0.2)
            given.submit(session, round_id, "key", "submission")
        assert closing.result(10) == ["submission"]


def test_a_round_is_closed_once(database: Database, round_id: int) -> None:
    def close(_number: int) -> bool:
        with database.writing() as session:
            return writes.close_round(session, round_id, given.NOW)

    assert at_once(close).count(True) == 1


def test_codes_are_made_once_by_whoever_holds_the_round(database: Database, round_id: int) -> None:
    def make(number: int) -> bool:
        with database.writing() as session:
            found = queries.round_by_code(session, "PI-1", for_update=True)
            assert found is not None
            entry = queries.roster(session, found.id)[1]
            if entry.id in queries.code_counts(session, found.id):
                return False
            writes.add_codes(session, found.id, [(entry.id, f"hash-{number}", None)])
            return True

    assert at_once(make).count(True) == 1
    with database.reading() as session:
        assert sorted(queries.code_counts(session, round_id).values()) == [1, 1]


def test_processes_that_start_together_migrate_once(empty_database: Database) -> None:
    def upgrade(_number: int) -> bool:
        database = Database(empty_database.url)
        applied = migrate.upgrade(database)
        database.dispose()
        return bool(applied)

    assert at_once(upgrade).count(True) == 1
    assert migrate.is_current(empty_database)
