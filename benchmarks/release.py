"""How long a large round takes from its answers to its release, and how long a trend takes to read afterwards.

    python -m benchmarks.release [--arts 300] [--teams 10] [--people 9] [--questions 60] [--rounds 2]

Every step is the command that a user runs, in a process of its own, on SQLite in a temporary folder. Prints each
step's wall time and the process's largest memory; the last round's are those that also test changes. Ends with 1 where
the last release takes more than 60 s or 1 GiB, or reading a trend in a running process more than 50 ms.
"""

import argparse
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from assessment.services import installation, reading

MOST_SECONDS = 60.0
MOST_MEMORY = 1024.0  # MB
MOST_TO_READ = 0.05  # seconds
DIMENSIONS = 6
ARTS_IN_A_STREAM = 10
WHOLE_TEAMS = 0.9  # of others four people answer, which hides them
LEFT_OUT = 0.02
READS = 20


def main() -> int:
    """Fill, close, release and read; give the exit code."""
    asked = _arguments()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        run = _Command(folder)
        (folder / "q.yaml").write_text(_questionnaire(asked.questions))
        (folder / "units.csv").write_text(_units(asked.arts, asked.teams, asked.people))
        run("units", "import", "units.csv")
        seconds = memory = 0.0
        for number in range(asked.rounds):
            code = f"PI-{number + 1}"
            (folder / "answers.csv").write_text("\n".join(_answers(asked, number)))
            opens = (datetime.now(UTC) - timedelta(weeks=12 * (asked.rounds - number))).date()
            run("round", "open", "q.yaml", "--code", code, "--opens", str(opens))
            run("answers", "import", "answers.csv", "--round", code)
            run("round", "close", code)
            seconds, memory = run("round", "release", code)
        read = _reading(folder)
    print(f"reading the trend of one ART over {asked.rounds} rounds: {1000 * read:.1f} ms, median of {READS}")
    return int(seconds > MOST_SECONDS or memory > MOST_MEMORY or read > MOST_TO_READ)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    for name, usual in (("arts", 300), ("teams", 10), ("people", 9), ("questions", 60), ("rounds", 2)):
        parser.add_argument(f"--{name}", type=int, default=usual)
    return parser.parse_args()


class _Command:
    """Runs the command as a user does, and tells what it took."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._environment = os.environ | {"ASSESSMENT_INSTANCE": str(folder / "instance")}

    def __call__(self, *arguments: str) -> tuple[float, float]:
        """Run it; give the seconds and the MB it took."""
        command = [sys.executable, "-m", "assessment", *arguments]
        start = time.perf_counter()
        with subprocess.Popen(command, cwd=self._folder, env=self._environment, stdout=subprocess.DEVNULL) as process:
            _, status, used = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        seconds, memory = time.perf_counter() - start, used.ru_maxrss / 1024
        if process.returncode:
            raise SystemExit(f"{' '.join(arguments)} ended with {process.returncode}")
        print(f"{' '.join(arguments):<52}{seconds:8.1f} s{memory:8.0f} MB", flush=True)
        return seconds, memory


def _questionnaire(questions: int) -> str:
    lines = ["format: 1", "id: large", 'version: "1"', "title: Large", "scales:", "  steps:", "    levels:"]
    lines += [f"      - {{value: {level}, label: Level {level}}}" for level in range(1, 6)]
    lines.append("dimensions:")
    for dimension in range(DIMENSIONS):
        lines += [f"  - id: d{dimension}", f"    title: Dimension {dimension}", "    questions:"]
        lines += [
            f"      - {{id: q{number}, type: rating, scale: steps, text: Statement {number}.}}"
            for number in range(dimension, questions, DIMENSIONS)
        ]
    return "\n".join(lines)


def _units(arts: int, teams: int, people: int) -> str:
    lines = ["kind,code,name,parent,headcount", "portfolio,all,All,,"]
    lines += [f"value-stream,v{stream},Stream {stream},all," for stream in range(-(-arts // ARTS_IN_A_STREAM))]
    for art in range(arts):
        lines.append(f"art,a{art},Art {art},v{art // ARTS_IN_A_STREAM},")
        lines += [f"team,a{art}-t{team},Team {team},a{art},{people}" for team in range(teams)]
    return "\n".join(lines)


def _answers(asked: argparse.Namespace, number: int) -> Iterator[str]:
    """Give the rows of one round: people around their team's level, a few of whom leave something out."""
    chance = random.Random(number)  # noqa: S311 - made-up answers
    yield ",".join(["team", *(f"q{question}" for question in range(asked.questions))])
    for art in range(asked.arts):
        for team in range(asked.teams):
            level = chance.gauss(3 + 0.1 * number, 0.4)
            for _ in range(asked.people if chance.random() < WHOLE_TEAMS else 4):
                own = chance.gauss(level, 0.5)
                words = (str(min(5, max(1, round(chance.gauss(own, 0.8))))) for _ in range(asked.questions))
                yield ",".join([f"a{art}-t{team}", *("dk" if chance.random() < LEFT_OUT else word for word in words)])


def _reading(folder: Path) -> float:
    database = installation.ready(f"sqlite:///{folder / 'instance' / 'assessment.sqlite'}")
    took = []
    for _ in range(READS):
        start = time.perf_counter()
        if not reading.trend(database, "a0"):
            raise SystemExit("there is no trend to read")
        took.append(time.perf_counter() - start)
    database.dispose()
    return statistics.median(took)


if __name__ == "__main__":
    raise SystemExit(main())
