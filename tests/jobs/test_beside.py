"""One command is enough: the server starts a worker, starts it again when it dies, and takes it along when it ends."""

import os
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from assessment.store.database import Database
from tests.jobs.given import ask_for, environment, told, until
from tests.mail_server import Mailbox, free_port, mail_server
from tests.services.given import ON_SQLITE, open_round

LONGEST_WAIT = 60.0


@contextmanager
def serving(
    database: Database, folder: Path, smtp_url: str, more: Sequence[str] = ()
) -> Iterator["subprocess.Popen[bytes]"]:
    """Serve with the real command."""
    port = free_port()
    command = [sys.executable, "-m", "assessment", "serve", "--port", str(port), "--workers", "1", *more]
    with subprocess.Popen(
        command,
        env=environment(database, folder, smtp_url),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as server:
        try:
            until(lambda: _answers(port))
            yield server
        finally:
            server.terminate()
            server.wait(LONGEST_WAIT)


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/livez", timeout=2):
            return True
    except OSError:
        return False


def workers_of(server: "subprocess.Popen[bytes]") -> list[int]:
    """Give the processes that were started as this server's worker of jobs."""
    mark = f"work\0--under\0{server.pid}\0".encode()
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = path.read_bytes()
        except OSError:
            continue
        if mark in words:
            found.append(int(path.parent.name))
    return found


@ON_SQLITE
def test_one_command_serves_and_works(database: Database, tmp_path: Path) -> None:
    open_round(database)
    box = Mailbox()
    with mail_server(box) as url, serving(database, tmp_path, url) as server:
        ask_for(database, tmp_path, ["one@example.org"])
        until(lambda: told(database).sent == 1)
        (first,) = workers_of(server)
        os.kill(first, signal.SIGKILL)
        ask_for(database, tmp_path, ["two@example.org"])
        until(lambda: told(database).sent == 1 and len(box.mails) == 2)
        (second,) = workers_of(server)
        assert second != first
        server.terminate()
        assert server.wait(LONGEST_WAIT) == 0
        assert workers_of(server) == []


@ON_SQLITE
def test_a_server_that_is_killed_leaves_no_worker_behind(database: Database, tmp_path: Path) -> None:
    with serving(database, tmp_path, "smtp://127.0.0.1:1") as server:
        until(lambda: len(workers_of(server)) == 1)
        server.kill()
        until(lambda: workers_of(server) == [])


@ON_SQLITE
def test_a_server_may_do_without(database: Database, tmp_path: Path) -> None:
    box = Mailbox()
    open_round(database)
    ask_for(database, tmp_path, ["one@example.org"])
    with mail_server(box) as url, serving(database, tmp_path, url, ["--no-jobs"]) as server:
        with serving(database, tmp_path, url):
            until(lambda: told(database).sent == 1)  # by the other one, so there was time enough
        assert workers_of(server) == []
