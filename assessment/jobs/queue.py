"""The queue: Huey with jobs named plainly, kept as JSON, and forgotten when they are done and not before."""

import logging
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from huey.api import Huey, Task
from huey.exceptions import HueyException
from huey.registry import Message, Registry
from sqlalchemy import make_url

from assessment.errors import place_of
from assessment.jobs.serializer import JsonSerializer
from assessment.jobs.storage import FAULTS, FileStorage, ServerStorage
from assessment.store.database import Database, Unreachable

NAME = "jobs"
FILE = "jobs.sqlite"
REWRITE_EVERY = 600.0  # seconds: a page may have dropped jobs while the tables were in use

Arguments = dict[str, Any]

_log = logging.getLogger(__name__)


class Queue(Huey):  # type: ignore[misc]  # huey has no types
    """Jobs that wait, those in hand, and those that are due later. No result is kept of any."""

    def __init__(self, storage: Callable[[str], FileStorage | ServerStorage]) -> None:
        super().__init__(NAME, results=False, serializer=JsonSerializer(), storage_class=storage)
        self._registry = _PlainNames()
        self._held: dict[str, bytes] = {}
        self._to_rewrite, self._rewritten = True, 0.0
        self.when_idle: list[Callable[[], None]] = []

    def put_all(self, name: str, jobs: Sequence[Arguments], **trying: float) -> None:
        """Add jobs of a name, all or none; `trying` is Huey's `retries`, `retry_delay` and `retry_backoff`."""
        messages = [Message(str(uuid.uuid4()), name, args=[], kwargs=one, **trying) for one in jobs]
        try:
            self.storage.put_all([self.serializer.serialize(message) for message in messages])
        except FAULTS as error:
            raise Unreachable(f"the queue of jobs cannot be used: {type(error).__name__}") from error

    def remove(self, name: str, unwanted: Callable[[Arguments], bool]) -> None:
        """Forget jobs of a name. What cannot be read stays for whoever takes it out."""

        def is_unwanted(data: bytes) -> bool:
            try:
                message = self.serializer.deserialize(data)
                return message.name == name and unwanted(message.kwargs)
            except Exception:  # noqa: BLE001 - whatever lies in the queue
                return False

        try:
            self.storage.remove(is_unwanted)
        except FAULTS as error:
            raise Unreachable(f"the queue of jobs cannot be used: {type(error).__name__}") from error

    def dequeue(self) -> Task | None:
        """Take the next job in hand. What is no job is forgotten; one of an unknown name waits for who knows it."""
        data = self.storage.dequeue()
        if data is None:
            self._rest()
            return None
        try:
            task = self.deserialize_task(data)
        except HueyException:
            _log.error("a job of an unknown name waits for another worker")
            return None
        except Exception as error:  # noqa: BLE001 - whatever lies in the queue, the worker goes on
            _log.error("a job cannot be read: %s", place_of(error))
            self.storage.let_go(data)
            return None
        self._held[task.id] = data
        return task

    def execute(self, task: Task, timestamp: datetime | None = None) -> None:
        """Do a job and forget it. Where that fails (the disk is full) it stays in hand, and is taken back later."""
        self._to_rewrite = True
        super().execute(task, timestamp)
        self.storage.let_go(self._held.pop(task.id))

    def take_back(self) -> None:
        """Let what a worker that is gone had in hand wait again."""
        self.storage.take_back()

    def _rest(self) -> None:
        for idle in self.when_idle:
            idle()
        now = time.monotonic()
        if self._to_rewrite or now - self._rewritten > REWRITE_EVERY:
            self.storage.rewrite()
            self._to_rewrite, self._rewritten = False, now


class _PlainNames(Registry):  # type: ignore[misc]
    """Jobs by their own names: what waits is understood though its function has moved."""

    def task_to_string(self, task_class: type[Task]) -> str:
        return task_class.__name__


@contextmanager
def queue_of(database: Database, instance: Path) -> Iterator[Queue]:
    """Give the queue: in a file of the instance folder, or in the database where that is PostgreSQL."""
    try:
        queue = Queue(
            lambda name: (
                FileStorage(name, str(instance / FILE)) if database.is_sqlite else ServerStorage(name, dsn_of(database))
            )
        )
    except (*FAULTS, OSError) as error:
        raise Unreachable(f"the queue of jobs cannot be used: {type(error).__name__}") from error
    try:
        yield queue
    finally:
        queue.storage.close()


def dsn_of(database: Database) -> str:
    """Give the database's URL as its driver reads it."""
    return make_url(database.url).set(drivername="postgresql").render_as_string(hide_password=False)
