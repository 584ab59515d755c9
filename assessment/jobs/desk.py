"""Where pages and commands hand in what is to be done later. Huey is imported when that is needed, not before."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from assessment.services.links import SINGLE_USE
from assessment.services.rounds import needed
from assessment.store.database import Database, Unreachable

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from assessment.jobs.queue import Queue


class Desk:
    """The jobs of an installation."""

    def __init__(self, database: Database, instance: Path) -> None:
        self._database = database
        self._instance = instance

    def mail_codes(self, round_id: int, mails: Sequence[tuple[str, str]]) -> None:
        """Have codes mailed, each by an invitation's id and an address."""
        from assessment.jobs import mails as job  # noqa: PLC0415 - it imports Huey

        with self._queue() as queue:
            job.put(queue, round_id, mails)

    def drop_mails(self, code: str) -> bool:
        """Forget the mails of a closed round that were not sent. False where that could not be done just now.

        Then each is forgotten when its turn comes: there is no code for it any more.
        """
        try:
            with self._database.reading() as session:
                round_ = needed(session, code)
            if round_.mode != SINGLE_USE:
                return True
            from assessment.jobs import mails as job  # noqa: PLC0415

            with self._queue() as queue:
                job.drop(queue, round_.id)
        except Unreachable:
            return False
        return True

    def _queue(self) -> "AbstractContextManager[Queue]":
        from assessment.jobs.queue import queue_of  # noqa: PLC0415

        return queue_of(self._database, self._instance)
