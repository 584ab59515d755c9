"""A round with codes to answer in, and servers in processes of their own: what several measurements begin with."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from assessment import config
from assessment.services import installation, links, organisation, rounds
from benchmarks.browser import HOST, Connection, Somebody

ROUND = "PI-1"
QUESTIONS = 60
LEVELS = 5
LONGEST_START = 60  # seconds


def questionnaire() -> str:
    """Give a questionnaire whose form is one page: one dimension of 60 ratings, each of which needs an answer."""
    levels = ", ".join(f"{{value: {level}, label: Level {level}}}" for level in range(1, LEVELS + 1))
    rating = "type: rating, scale: steps, required: true"
    return "\n".join(
        [
            'format: 1\nid: large\nversion: "1"\ntitle: Large',
            f"scales: {{steps: {{levels: [{levels}]}}}}",
            "dimensions:\n- id: all\n  title: Everything\n  questions:",
            *(f"  - {{id: q{number}, {rating}, text: Statement {number}.}}" for number in range(QUESTIONS)),
        ]
    )


def answers(levels: Sequence[int]) -> dict[str, str]:
    """Give the fields of the form's page with these levels, and the button that saves it and goes on."""
    return {**{f"a-q{number}": str(level) for number, level in enumerate(levels)}, "go": "next"}


def environment(folder: Path, port: int, database_url: str | None = None) -> dict[str, str]:
    """Give the environment of an installation in a folder; no setting from outside gets in."""
    outside = {name: value for name, value in os.environ.items() if not name.startswith("ASSESSMENT_")}
    own = {"ASSESSMENT_INSTANCE": str(folder / "instance"), "ASSESSMENT_BASE_URL": f"http://{HOST}:{port}"}
    return outside | own | ({"ASSESSMENT_DATABASE_URL": database_url} if database_url else {})


def opened_round(settings: Mapping[str, str], teams: int, people: int) -> list[str]:
    """Open a round for teams of so many people, and give everybody's code."""
    given, now = config.from_environment(settings), datetime.now(UTC)
    units = ["kind,code,name,parent,headcount", "art,art,The ART,,"]
    units += [f"team,t{number},Team {number},art,{people}" for number in range(teams)]
    database = installation.ready(given.database_url)
    organisation.import_units(database, "\n".join(units).encode())
    rounds.open_round(database, questionnaire().encode(), rounds.Opening(ROUND), given.secret_key, now)
    found = links.of_round(database, ROUND, given.base_url, given.secret_key)
    database.dispose()
    return [code for link in found for code in link.codes]


def free_port() -> int:
    """Give a port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


def entered(person: Somebody, code: str) -> Somebody:
    """Enter a code, as on the first page."""
    person.get("/")
    answer = person.post("/", {"code": code})
    if not answer.location.endswith("/form"):
        raise SystemExit(f"the code was answered with {answer.status}")
    return person


@dataclass(slots=True)
class Server:
    """A server in a process group of its own; what it prints goes into a file."""

    module: str
    arguments: Sequence[str]
    port: int
    settings: Mapping[str, str]
    log: Path
    _process: "subprocess.Popen[bytes] | None" = field(default=None)

    def start(self) -> "Server":
        """Start it, without waiting."""
        command = [sys.executable, "-m", self.module, *self.arguments, "--port", str(self.port)]
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                command, env=dict(self.settings), stdout=log, stderr=log, start_new_session=True
            )
        return self

    def wait(self) -> "Server":
        """Wait until it answers."""
        end = time.monotonic() + LONGEST_START
        asker = Somebody(Connection(self.port))
        while time.monotonic() < end and self._process is not None and self._process.poll() is None:
            with suppress(OSError):
                asker.get("/livez")
                asker.connection.close()
                return self
            time.sleep(0.02)
        raise SystemExit(f"{self.module} does not answer: {self.log.read_text()[-2000:]}")

    def kill(self) -> None:
        """Kill it and its workers at once, as a power cut would."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """Let it finish and end."""
        self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> None:
        if self._process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, how)
            self._process.wait(LONGEST_START)
            self._process = None


def application(port: int, settings: Mapping[str, str], log: Path, *, workers: int) -> Server:
    """Give the application as it is served: by its own command."""
    return Server("assessment", ["serve", "--workers", str(workers)], port, settings, log)
