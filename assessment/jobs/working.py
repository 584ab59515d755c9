"""The worker: one at a time does what waits in the queue, whoever else stands by."""

import logging
import os
import signal
import sys
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from types import FrameType
from typing import Any

from huey.consumer import Consumer, ConsumerStopped

from assessment.config import Settings
from assessment.errors import Refused, place_of
from assessment.jobs.mails import Sender
from assessment.jobs.queue import dsn_of, queue_of
from assessment.jobs.storage import turn_in_file, turn_on_server
from assessment.services.mailing import PATIENCE, MailServer, server_of
from assessment.store.database import Database

LOCK = "jobs.lock"
STOPPING = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
LONGEST_MAIL = PATIENCE + 5  # seconds that a mail in hand may take when the worker is to stop
CHECKS_EVERY = 5.0  # seconds between looking whether it is its turn still


def work(settings: Settings, database: Database, parent: int | None = None) -> None:
    """Do jobs until a signal says to stop, or the `parent` is gone; the job in hand is finished first."""
    _keep_quiet()
    ends = _Ending(parent)
    with _turn(settings, database, ends) as holds:
        if holds is None:
            return
        with queue_of(database, settings.instance) as queue:
            queue.take_back()
            Sender(database, _mail_server(settings), settings.base_url).install(queue)
            _Worker(queue, ends=ends, holds=holds, periodic=False, max_delay=1.0, shutdown_timeout=LONGEST_MAIL).run()


class _Ending:
    """Whether to stop: somebody said so, or the process that started this one is gone."""

    def __init__(self, parent: int | None) -> None:
        self._parent = parent
        self._told = False
        for signum in STOPPING:
            signal.signal(signum, self._stop)

    def __call__(self) -> bool:
        return self._told or (self._parent is not None and os.getppid() != self._parent)

    def _stop(self, _signum: int, _frame: FrameType | None) -> None:
        self._told = True


class _Worker(Consumer):  # type: ignore[misc]  # huey has no types
    """Huey's consumer with a thread that works, which stops when it is to, and when it is not its turn any more."""

    def __init__(self, queue: Any, *, ends: _Ending, holds: Callable[[], bool], **options: Any) -> None:  # noqa: ANN401
        super().__init__(queue, workers=1, **options)
        self._stop_flag_timeout = 0.3
        self._ends = ends
        self._holds = holds
        self._checked = time.monotonic()

    def _set_signal_handlers(self) -> None:
        """Leave the handlers that are set."""

    def loop(self, health_check_ts: float | None = None) -> float | None:
        """Wait a moment, then look whether to go on."""
        if self._ends():
            self.stop(graceful=True)
            raise ConsumerStopped
        if time.monotonic() - self._checked > CHECKS_EVERY:
            self._checked = time.monotonic()
            if not self._holds():
                self.stop(graceful=True)
                raise Refused("the database was away, and another worker may have taken over; start this one again")
        found: float | None = super().loop(health_check_ts)
        return found


def _mail_server(settings: Settings) -> MailServer | None:
    """Give the mail server; None where it is not set, or wrongly: mails wait then, and what else there is goes on."""
    with suppress(Refused):
        return server_of(settings.smtp_url, settings.mail_from)
    return None


def _turn(
    settings: Settings, database: Database, ends: Callable[[], bool]
) -> AbstractContextManager[Callable[[], bool] | None]:
    if database.is_sqlite:
        return turn_in_file(settings.instance / LOCK, ends)
    return turn_on_server(dsn_of(database), ends)


class _Discreet(logging.Formatter):
    """Tells that something went wrong, of which kind and where, never with what."""

    def format(self, record: logging.LogRecord) -> str:
        if record.name.startswith("assessment"):
            return record.getMessage()
        error = record.exc_info[1] if record.exc_info else None
        return f"jobs: {str(record.msg).partition('%')[0].strip()} {place_of(error) if error else ''}".strip()


def _keep_quiet() -> None:
    """Log faults alone, and those discreetly: Huey would log what a job raised, with its text."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Discreet())
    for name in ("huey", "assessment"):
        logger = logging.getLogger(name)
        logger.handlers = [handler]
        logger.setLevel(logging.ERROR)
        logger.propagate = False
