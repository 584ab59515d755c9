"""What the tests of jobs begin with: mails that wait, and a worker in a process of its own."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import func, select

from assessment.jobs import mails
from assessment.jobs.queue import queue_of
from assessment.services import inviting
from assessment.services.inviting import Mails
from assessment.store import tables
from assessment.store.database import Database
from tests.served import content_of
from tests.services.given import BASE, NOW, SECRET

LONGEST_WAIT = 60.0
TEAMS = ("falcon", "heron", "ibex")

Worker = subprocess.Popen[bytes]


def file_of(addresses: Sequence[str]) -> bytes:
    """Give a file in which people are spread over the teams."""
    rows = [f"{TEAMS[place % len(TEAMS)]},{address}\n" for place, address in enumerate(addresses)]
    return ("team,address\n" + "".join(rows)).encode()


def ask_for(database: Database, folder: Path, addresses: Sequence[str], *, pause: float = 1) -> None:
    """Put a code for each address into the queue; a server that fails is asked again after so many seconds."""
    with queue_of(database, folder) as queue:
        inviting.invite(
            database,
            "PI-1",
            file_of(addresses),
            NOW,
            "lace@example.org",
            lambda round_id, jobs: mails.put(queue, round_id, jobs, pause=pause),
        )


def environment(database: Database, folder: Path, smtp_url: str) -> dict[str, str]:
    """Give the settings of a worker."""
    return {
        "PATH": os.environ["PATH"],
        "ASSESSMENT_INSTANCE": str(folder),
        "ASSESSMENT_DATABASE_URL": database.url,
        "ASSESSMENT_BASE_URL": BASE,
        "ASSESSMENT_SECRET_KEY": SECRET,
        "ASSESSMENT_SMTP_URL": smtp_url,
        "ASSESSMENT_MAIL_FROM": "lace@example.org",
    }


@contextmanager
def working(database: Database, folder: Path, smtp_url: str, said: list[str] | None = None) -> Iterator[Worker]:
    """Have a real worker work meanwhile; what it said is added to `said`."""
    command = [sys.executable, "-m", "assessment", "work"]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    with subprocess.Popen(command, env=environment(database, folder, smtp_url), **pipes) as worker:  # type: ignore[call-overload]
        try:
            yield worker
        finally:
            worker.terminate()
            words = worker.communicate(timeout=LONGEST_WAIT)[0].decode()
            assert worker.returncode in {0, -signal.SIGKILL}, words
            if said is not None:
                said.append(words)


def until(is_so: Callable[[], bool]) -> None:
    """Wait until something is so, but not for ever."""
    end = time.monotonic() + LONGEST_WAIT
    while not is_so():
        assert time.monotonic() < end, "it never came to that"
        time.sleep(0.05)


def told(database: Database) -> Mails:
    """Give how far the mails are."""
    found = inviting.mails(database, "PI-1")
    assert found is not None
    return found


def codes_in(database: Database) -> int:
    """Give how many codes there are."""
    with database.reading() as session:
        return session.scalars(select(func.count()).select_from(tables.AccessCode)).one()


def raw(database: Database, folder: Path) -> bytes:
    """Give what lies in the files of the queue, deleted or not."""
    if database.is_sqlite:
        return b"".join(content_of(path) for path in folder.glob("jobs.sqlite*"))
    with database.writing() as session:
        connection = session.connection()
        connection.exec_driver_sql("CHECKPOINT")
        return b"".join(
            connection.exec_driver_sql(f"SELECT pg_read_binary_file(pg_relation_filepath('{table}'), true)").scalar()
            or b""  # rewritten just now, into another file
            for table in ("job_task", "job_schedule", "job_kv")
        )
