"""The queue: what waits is JSON, stays in hand until it is done, and is gone afterwards."""

import json
import logging
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from assessment.errors import Refused
from assessment.jobs.queue import Queue, queue_of
from assessment.store.database import Database
from tests.jobs.given import raw
from tests.services.given import NOW, ON_SQLITE

CANARY = "a canary in a coal mine"


@pytest.fixture
def queue(database: Database, tmp_path: Path) -> Iterator[Queue]:
    """A queue that holds nothing yet."""
    with queue_of(database, tmp_path) as queue:
        yield queue


def test_a_job_is_done_once_and_then_forgotten(queue: Queue, database: Database, tmp_path: Path) -> None:
    done: list[object] = []
    queue.task(name="note")(lambda **arguments: done.append(arguments))
    queue.put_all("note", [{"word": CANARY, "number": 7}, {"word": "Zweitens: ö", "number": None}])
    while (task := queue.dequeue()) is not None:
        assert CANARY.encode() in raw(database, tmp_path) or done
        queue.execute(task)
    assert done == [{"word": CANARY, "number": 7}, {"word": "Zweitens: ö", "number": None}]
    assert CANARY.encode() not in raw(database, tmp_path)
    queue.take_back()
    assert queue.dequeue() is None


def test_what_somebody_had_in_hand_who_is_gone_is_taken_back(queue: Queue) -> None:
    queue.task(name="note")(lambda: None)
    queue.put_all("note", [{}])
    assert queue.dequeue() is not None
    assert queue.dequeue() is None
    queue.take_back()
    assert queue.dequeue() is not None


def test_what_is_tried_again_waits_for_its_time_and_keeps_its_arguments(queue: Queue) -> None:
    seen: list[str] = []

    def fail(word: str) -> None:
        seen.append(word)
        raise ValueError("not today")

    queue.task(name="fail")(fail)
    queue.put_all("fail", [{"word": CANARY}], retries=1, retry_delay=1, retry_backoff=4)
    logging.getLogger("huey").setLevel(logging.CRITICAL)
    queue.execute(queue.dequeue())
    assert (queue.dequeue(), queue.scheduled_count()) == (None, 1)
    assert queue.storage.read_schedule(NOW.replace(year=2100)) == []
    task = queue.dequeue()
    assert task is not None
    assert (task.retries, task.retry_delay, task.kwargs) == (0, 4, {"word": CANARY})
    task.eta = None
    queue.execute(task)
    assert (seen, queue.dequeue(), queue.scheduled_count()) == ([CANARY, CANARY], None, 0)
    assert queue.result_count() == 0


def test_only_unwanted_jobs_are_removed(queue: Queue) -> None:
    queue.task(name="note")(lambda number: number)
    queue.task(name="other")(lambda number: number)
    queue.put_all("note", [{"number": 1}, {"number": 2}])
    queue.put_all("other", [{"number": 1}])
    queue.remove("note", lambda arguments: arguments["number"] == 1)
    left = [json.loads(data) for data in queue.storage.enqueued_items()]
    assert [(job["name"], job["kwargs"]) for job in left] == [("note", {"number": 2}), ("other", {"number": 1})]


def test_jobs_are_put_in_all_or_none(queue: Queue) -> None:
    with pytest.raises(TypeError):
        queue.put_all("note", [{"number": 1}, {"number": object()}])
    assert queue.pending_count() == 0


def test_a_pickle_is_never_opened_and_an_unknown_job_waits(queue: Queue, caplog: pytest.LogCaptureFixture) -> None:
    queue.storage.enqueue(b"cbuiltins\nexec\n(S'raise SystemExit'\ntR.", 1)
    queue.put_all("of a later version", [{"word": CANARY}])
    assert queue.dequeue() is None
    assert "a job cannot be read: JSONDecodeError at " in caplog.text
    assert queue.dequeue() is None
    assert "a job of an unknown name waits for another worker" in caplog.text
    assert CANARY not in caplog.text
    queue.take_back()
    queue.task(name="of a later version")(lambda word: word)
    waited = queue.dequeue()
    assert waited is not None
    assert waited.kwargs == {"word": CANARY}


def test_jobs_are_plain_names_and_arguments(queue: Queue) -> None:
    note = queue.task(name="note")(lambda: None)
    with pytest.raises(TypeError, match="a job is a name and plain arguments"):
        queue.enqueue(note.s().then(note))


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_the_planner_keeps_no_samples_of_what_jobs_hold(queue: Queue, database: Database) -> None:
    queue.put_all("note", [{"word": f"{CANARY} {number}"} for number in range(50)])
    with database.writing() as session:
        connection = session.connection()
        connection.exec_driver_sql("ANALYZE job_task")
        columns = connection.exec_driver_sql("SELECT attname FROM pg_stats WHERE tablename = 'job_task'").scalars()
        assert "data" not in set(columns)


@ON_SQLITE
def test_a_queue_that_cannot_be_opened_is_told(database: Database, tmp_path: Path) -> None:
    (tmp_path / "jobs.sqlite").mkdir()
    with pytest.raises(Refused, match="the queue of jobs cannot be used"), queue_of(database, tmp_path):
        pass


@ON_SQLITE
def test_the_file_keeps_no_log_of_what_was_deleted(database: Database, tmp_path: Path) -> None:
    with queue_of(database, tmp_path):
        pass
    with closing(sqlite3.connect(tmp_path / "jobs.sqlite")) as connection:
        assert connection.execute("pragma journal_mode").fetchone() == ("delete",)
