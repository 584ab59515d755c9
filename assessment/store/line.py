"""Who writes to a SQLite file waits in line; what several write one after the other is put on the disk once.

SQLite has one writer at a time, and each commit waits for the disk, often longer than all the rest took. Left to
itself whoever waits for the other one asks again after pauses that grow to a tenth of a second, and is overtaken
meanwhile. Here those of one process wait in line. Whoever may join others and finds somebody behind in line leaves the
transaction open for them; whoever finds nobody commits for all. Each has a savepoint, so that what one of them undoes
leaves the others alone, and nobody hears that anything is stored before the commit that stores it.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.orm import Session

MOST_TOGETHER = 16
LONGEST_TOGETHER = 0.05  # seconds that a transaction is left open for the next

_POINT = "SAVEPOINT member"
_KEEP = "RELEASE member"
_UNDO = "ROLLBACK TO member"


class TooLong(Exception):  # noqa: N818 - what happened, to be told by who knows the database's name
    """Somebody else writes, and does not end."""


@dataclass(eq=False, slots=True)
class _Batch:
    """A transaction that several share: how many joined it so far, and what became of it."""

    connection: Connection
    begun: float = field(default_factory=time.monotonic)
    members: int = 0
    ended: threading.Event = field(default_factory=threading.Event)
    error: BaseException | None = None

    @property
    def driver(self) -> Any:  # noqa: ANN401 - whichever driver this is
        """The driver's own connection."""
        return self.connection.connection.dbapi_connection

    def end(self) -> None:
        """Commit for all who joined."""
        try:
            self.connection.commit()
        except BaseException as error:  # noqa: BLE001 - it is raised where each of them waits
            self.fail(error)
        else:
            self.connection.close()
            self.ended.set()

    def fail(self, error: BaseException) -> None:
        """Undo it for all who joined."""
        self.error = error
        with suppress(Exception):
            self.connection.close()
        self.ended.set()


class Line:
    """The line before one database, in one process; `begin` gives a connection in a transaction that writes."""

    def __init__(self, begin: Callable[[], Connection], patience: float) -> None:
        self._begin = begin
        self._patience = patience  # seconds
        self._turn = threading.Lock()
        self._count = threading.Lock()
        self._behind = 0
        self._open: _Batch | None = None

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep everybody else of this process from writing. Raises `TooLong`."""
        with self._in_turn():
            self._end()
            yield

    @contextmanager
    def together(self) -> Iterator[Session]:
        """Give a session in a transaction that others may have written in and may go on with.

        It is left when everything is on the disk. Raises `TooLong`, and what the commit raised.
        """
        with self._in_turn():
            batch = self._joined()
            try:
                batch.driver.execute(_POINT)
                with Session(batch.connection, join_transaction_mode="rollback_only") as session:
                    yield session
                    session.flush()
                batch.driver.execute(_KEEP)
            except BaseException as error:
                self._undo(batch, error)
                raise
            batch.members += 1
            self._hand_on(batch)
        self._wait(batch)
        if batch.error is not None:
            raise batch.error

    @contextmanager
    def _in_turn(self) -> Iterator[None]:
        with self._count:
            self._behind += 1
        try:
            has_turn = self._turn.acquire(timeout=self._patience)
        finally:
            with self._count:
                self._behind -= 1
        if not has_turn:
            raise TooLong
        try:
            yield
        finally:
            self._turn.release()

    def _joined(self) -> _Batch:
        """Give the transaction that was left open, or begin one."""
        if self._open is None:
            self._open = _Batch(self._begin())
        return self._open

    def _undo(self, batch: _Batch, error: BaseException) -> None:
        """Undo what one did; where the database undid everything by itself, that holds for all who joined."""
        try:
            batch.driver.execute(_UNDO)
            batch.driver.execute(_KEEP)
        except Exception:  # noqa: BLE001 - there is nothing to go back to
            self._open = None
            batch.fail(error)
        else:
            self._hand_on(batch)

    def _hand_on(self, batch: _Batch) -> None:
        """Leave the transaction to the next in line, or end it."""
        is_late = time.monotonic() - batch.begun > LONGEST_TOGETHER
        # One that nobody is in yet has nobody either who would end it where the next in line loses patience.
        if not self._behind or not batch.members or batch.members >= MOST_TOGETHER or is_late:
            self._end()

    def _wait(self, batch: _Batch) -> None:
        """Wait until a transaction ended; whoever was to end it may have lost patience, and then it is done here."""
        while not batch.ended.wait(LONGEST_TOGETHER):
            if self._turn.acquire(blocking=False):
                try:
                    if self._open is batch:
                        self._end()
                finally:
                    self._turn.release()

    def _end(self) -> None:
        batch, self._open = self._open, None
        if batch is not None:
            batch.end()
