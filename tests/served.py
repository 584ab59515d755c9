"""The application as tests serve it."""

import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from assessment.config import Settings
from assessment.services import demonstration, installation, links, organisation, rounds
from assessment.services.demonstration import Plan, Size

SECRET = "a secret for tests, long enough to be taken"
PASSWORD = "correct horse battery"
UNITS = b"kind,code,name,parent,headcount\nart,rail,Rail,,\nteam,falcon,Falcon,rail,9\n"
LONGEST_START = 30.0


@dataclass(frozen=True, slots=True)
class Site:
    """A served application: where it is, the code of a team's link into its open round, its folder."""

    url: str
    open_round: str
    team_code: str
    folder: Path

    @property
    def log(self) -> Path:
        """What the server printed."""
        return self.folder / "server.log"


def content_of(path: Path) -> bytes:
    """Give what is in a file of an installation that is at work: of a journal that went meanwhile nothing is left."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""


def settings(instance: Path, database_url: str, base_url: str = "http://localhost") -> Settings:
    """Give settings as the environment would."""
    return Settings(instance, database_url, None, base_url, ZoneInfo("Europe/Berlin"), SECRET)


def fill(path: Path) -> str:
    """Fill a SQLite file with the demonstration and give the open round's code."""
    database = installation.ready(f"sqlite:///{path}")
    code = demonstration.fill(database, Plan(Size(), 1, PASSWORD, SECRET), datetime.now(UTC))
    database.dispose()
    return code


def ask(path: Path, content: bytes, mode: str = "link") -> str:
    """Ask one questionnaire of one team, in a new SQLite file, and give the open round's code."""
    database = installation.ready(f"sqlite:///{path}")
    organisation.import_units(database, UNITS)
    rounds.open_round(database, content, rounds.Opening("pi-1", title="PI 26.1", mode=mode), SECRET, datetime.now(UTC))
    database.dispose()
    return "pi-1"


@contextmanager
def served(folder: Path, filled: Path, open_round: str, workers: int = 1, **settings: str) -> Iterator[Site]:
    """Serve a copy of a filled database with the real command; `settings` are more of the environment."""
    shutil.copy(filled, folder / "assessment.sqlite")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    environment = {
        "PATH": str(Path(sys.executable).parent),
        "ASSESSMENT_INSTANCE": str(folder),
        "ASSESSMENT_SECRET_KEY": SECRET,
        "ASSESSMENT_BASE_URL": url,
        **settings,
    }
    command = [sys.executable, "-m", "assessment", "serve", "--port", str(port), "--workers", str(workers)]
    database = installation.ready(f"sqlite:///{folder / 'assessment.sqlite'}")
    team = links.of_round(database, open_round, url, SECRET)[0]
    database.dispose()
    site = Site(url, open_round, team.codes[0], folder)
    with (
        site.log.open("wb") as log,
        subprocess.Popen(command, env=environment, stdout=log, stderr=subprocess.STDOUT) as server,
    ):
        try:
            _wait_for(f"{url}/livez", server, site.log)
            yield site
        finally:
            server.terminate()
            server.wait(LONGEST_START)


def _wait_for(address: str, server: "subprocess.Popen[bytes]", log: Path) -> None:
    end = time.monotonic() + LONGEST_START
    while time.monotonic() < end:
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(address, timeout=2):  # noqa: S310 - our own server
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"the server does not answer: {log.read_text()}")
