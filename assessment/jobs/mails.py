"""The job that mails one code: its arguments are the invitation and the address, which is nowhere else."""

import logging
from collections.abc import Sequence

from huey.api import Task
from huey.exceptions import CancelExecution

from assessment.errors import Refused, place_of
from assessment.jobs.queue import Queue
from assessment.services import inviting
from assessment.services.inviting import Handed
from assessment.services.mailing import MailServer, Post
from assessment.store.database import Database

NAME = "mail a code"
RETRIES, PAUSE, GROWTH = 4, 60, 4  # after 1, 5, 21 and 85 minutes

_log = logging.getLogger(__name__)


def put(queue: Queue, round_id: int, mails: Sequence[tuple[str, str]], *, pause: float = PAUSE) -> None:
    """Have mails sent, each an invitation's id and an address; a server that fails is asked again after a pause."""
    jobs = [{"round_id": round_id, "invitation": name, "address": address} for name, address in mails]
    queue.put_all(NAME, jobs, retries=RETRIES, retry_delay=pause, retry_backoff=GROWTH)


def drop(queue: Queue, round_id: int) -> None:
    """Forget the mails of a round that are still to be sent."""
    queue.remove(NAME, lambda arguments: arguments["round_id"] == round_id)


class Sender:
    """Does the job: keeps the connection to the mail server while there is something to send."""

    def __init__(self, database: Database, server: MailServer | None, base_url: str) -> None:
        self._database = database
        self._base_url = base_url
        self._post = Post(server)

    def install(self, queue: Queue) -> None:
        """Have the queue's mails sent by this."""
        queue.task(name=NAME, context=True)(self.send)
        queue.when_idle.append(self._post.rest)

    def send(self, *, round_id: int, invitation: str, address: str, task: Task) -> None:
        """Mail a code. Raises what makes Huey try it again later."""
        mail, last = Handed(round_id, invitation, address), task.retries == 0
        self._post.pause = task.retry_delay / 2
        try:
            done = inviting.deliver(self._database, self._post, self._base_url, mail, last=last)
        except Refused:
            done = False  # the database: it is waited for, however long
        except Exception as error:  # noqa: BLE001 - a fault is told by its place: its text may hold the address
            _log.error("a mail was not sent: %s", place_of(error))
            if last:
                inviting.give_up(self._database, mail, f"a fault of the program ({type(error).__name__})")
            done = last
        if not done:
            raise CancelExecution(retry=True)
