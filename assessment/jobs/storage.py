"""Where jobs wait: Huey's tables in a file of their own, or in the PostgreSQL database.

Huey forgets a job when it is begun, so that a worker that is killed loses it. Here a job in hand stays where it is,
under another queue's name, until it is done; a worker takes back at its start what the one before had in hand. And
what is forgotten is gone: SQLite overwrites it at once, PostgreSQL rewrites its tables when the queue is empty.
"""

import os
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg
from huey.storage import PostgresStorage, SqliteStorage

FAULTS = (sqlite3.Error, psycopg.Error)
IN_HAND = "in hand"
PATIENCE = 10  # seconds to wait for whoever else writes
REWRITE_MILLISECONDS = 2_000

Data = bytes | memoryview


class FileStorage(SqliteStorage):  # type: ignore[misc]  # huey has no types
    """Jobs in a SQLite file that its owner alone reads."""

    def __init__(self, name: str, filename: str) -> None:
        # The journal goes with each transaction: a write-ahead log would keep what was deleted.
        os.close(os.open(filename, os.O_CREAT | os.O_RDWR, 0o600))
        super().__init__(name, filename=filename, journal_mode="delete", fsync=True, timeout=PATIENCE)

    def _create_connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection = super()._create_connection()
        connection.execute("pragma secure_delete=on")
        return connection

    def dequeue(self) -> bytes | None:
        """Take the next job in hand."""
        if not self.sql("select 1 from task where queue = ? limit 1", (self.name,), results=True):
            return None  # asked without holding the file
        with self.db(commit=True) as cursor:
            cursor.execute("select id, data from task where queue = ? order by priority desc, id limit 1", (self.name,))
            found = cursor.fetchone()
            if found is None:
                return None
            cursor.execute("update task set queue = ? where id = ?", (IN_HAND, found[0]))
            return bytes(found[1])

    def let_go(self, data: Data) -> None:
        """Forget a job that was in hand."""
        self.sql("delete from task where queue = ? and data = ?", (IN_HAND, bytes(data)), commit=True)

    def take_back(self) -> None:
        """Let what somebody had in hand wait again."""
        self.sql("update task set queue = ? where queue = ?", (self.name, IN_HAND), commit=True)

    def put_all(self, jobs: Sequence[bytes]) -> None:
        """Add jobs, all or none."""
        with self.db(commit=True) as cursor:
            rows = [(self.name, data) for data in jobs]
            cursor.executemany("insert into task (queue, data, priority) values (?, ?, 0)", rows)

    def read_schedule(self, ts: datetime) -> list[bytes]:
        """Let what is due wait for its turn, in one step: no worker has it in hand meanwhile, so none can lose it."""
        with self.db() as cursor:
            cursor.execute("select 1 from schedule where timestamp <= ? limit 1", (ts.timestamp(),))
            if cursor.fetchone() is None:
                return []
        with self.db(commit=True) as cursor:
            due = (ts.timestamp(),)
            cursor.execute(
                "insert into task (queue, data, priority)"
                " select queue, data, 0 from schedule where timestamp <= ? order by timestamp, id",
                due,
            )
            cursor.execute("delete from schedule where timestamp <= ?", due)
        return []

    def remove(self, unwanted: Callable[[bytes], bool]) -> None:
        """Forget jobs, wherever they are."""
        with self.db(commit=True) as cursor:
            for table in ("task", "schedule"):
                found = cursor.execute(f"select id, data from {table}").fetchall()  # noqa: S608 - names of tables
                gone = [(number,) for number, data in found if unwanted(bytes(data))]
                cursor.executemany(f"delete from {table} where id = ?", gone)  # noqa: S608

    def rewrite(self) -> None:
        """Nothing is left of what was deleted."""


class ServerStorage(PostgresStorage):  # type: ignore[misc]
    """Jobs in tables of the PostgreSQL database."""

    ddl: list[str]

    def __init__(self, name: str, dsn: str) -> None:
        super().__init__(name, dsn=dsn, table_prefix="job")

    def initialize_schema(self) -> None:
        """Make the tables where they are not there; the planner keeps no samples of what jobs hold."""
        with suppress(psycopg.Error), self.db(close=True) as cursor:
            cursor.execute("select 1 from job_task limit 0")
            return
        unsampled = [
            f"alter table {table} alter column data set statistics 0"
            for table in (self.table_task, self.table_schedule)
        ]
        self.ddl = ["select pg_advisory_xact_lock(hashtext('job tables'))", *self.ddl, *unsampled]
        super().initialize_schema()

    def _dequeue(self) -> bytes | None:
        with self.db() as cursor:
            cursor.execute(
                "update job_task set queue = %s where id = (select id from job_task where queue = %s"
                " order by priority desc, id limit 1 for update skip locked) returning data",
                (IN_HAND, self.name),
            )
            found = cursor.fetchone()
        return bytes(found[0]) if found is not None else None

    def let_go(self, data: Data) -> None:
        """Forget a job that was in hand."""
        self.sql("delete from job_task where queue = %s and data = %s", (IN_HAND, bytes(data)))

    def take_back(self) -> None:
        """Let what somebody had in hand wait again."""
        self.sql("update job_task set queue = %s where queue = %s", (self.name, IN_HAND))

    def put_all(self, jobs: Sequence[bytes]) -> None:
        """Add jobs, all or none."""
        with self.db(commit=True) as cursor:
            rows = [(self.name, data) for data in jobs]
            cursor.executemany("insert into job_task (queue, data) values (%s, %s)", rows)
            cursor.execute("select pg_notify(%s, '')", (self.channel,))

    def read_schedule(self, ts: datetime) -> list[bytes]:
        """Let what is due wait for its turn, in one step: no worker has it in hand meanwhile, so none can lose it."""
        with self.db() as cursor:
            cursor.execute(
                "with due as (delete from job_schedule where timestamp <= %s returning queue, data)"
                " insert into job_task (queue, data) select queue, data from due",
                (ts.timestamp(),),
            )
            if cursor.rowcount:
                cursor.execute("select pg_notify(%s, '')", (self.channel,))
        return []

    def remove(self, unwanted: Callable[[bytes], bool]) -> None:
        """Forget jobs, wherever they are."""
        with self.db(commit=True) as cursor:
            for table in ("job_task", "job_schedule"):
                found = cursor.execute(f"select id, data from {table}").fetchall()  # noqa: S608 - names of tables
                gone = [number for number, data in found if unwanted(bytes(data))]
                cursor.execute(f"delete from {table} where id = any(%s)", (gone,))  # noqa: S608
        self.rewrite()

    def rewrite(self) -> None:
        """Rewrite the tables, so that nothing deleted is left in their files; another time where they are in use."""
        with suppress(psycopg.Error), self.db() as cursor:
            cursor.execute(f"set lock_timeout = {REWRITE_MILLISECONDS}")
            try:
                cursor.execute("vacuum full job_task, job_schedule")
            finally:
                cursor.execute("reset lock_timeout")


@contextmanager
def turn_in_file(path: Path, ends: Callable[[], bool]) -> Iterator[Callable[[], bool] | None]:
    """Wait until no other worker works on this file; gives what says that this is so still, None when it is to end."""
    import fcntl  # noqa: PLC0415 - not everywhere, and nobody else needs it

    with os.fdopen(os.open(path, os.O_CREAT | os.O_RDWR, 0o600), "w") as file:
        while not ends():
            with suppress(BlockingIOError):
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                yield lambda: True
                return
            time.sleep(0.5)
        yield None


@contextmanager
def turn_on_server(dsn: str, ends: Callable[[], bool]) -> Iterator[Callable[[], bool] | None]:
    """Wait until no other worker works on this database: see `turn_in_file`. A lost connection is a lost turn."""
    with psycopg.connect(dsn, autocommit=True) as connection:

        def holds(statement: str = "select true") -> bool:
            try:
                found: Any = connection.execute(statement.encode()).fetchone()
            except psycopg.Error:
                return False
            return bool(found[0])

        while not ends():
            if holds("select pg_try_advisory_lock(hashtext('jobs'))"):
                yield holds
                return
            time.sleep(0.5)
        yield None
