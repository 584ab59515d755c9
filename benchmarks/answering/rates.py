"""Requests a second: alternating runs of the bare page, the application and the plain form.

The machine's speed changes from minute to minute, so that only runs beside each other are compared: a figure is the
median of the ratios of neighbours, with the least and the largest of them.
"""

import sqlite3
import statistics
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from itertools import cycle, islice
from pathlib import Path

from benchmarks.answering import others
from benchmarks.browser import Connection, Somebody
from benchmarks.serving import (
    QUESTIONS,
    Server,
    answers,
    application,
    entered,
    environment,
    free_port,
    opened_round,
)

CONNECTIONS = 4
READERS = 8  # people whose forms are read again and again
GET_EMPTY, GET_HALF = "GET, empty", "GET, half filled"
SUBMIT, SAVE, BOTH = "POST that submits", "POST that saves the page", "both POSTs, one after the other"
LEVELS = [3] * QUESTIONS
HALF_PLAIN, EMPTY_PLAIN = "/form/0", "/form/1000000"


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured."""

    cycles: int
    seconds: float  # of a run of GETs
    people: int  # who submit in a run
    plain_people: int


@dataclass(slots=True)
class Runs:
    """The rates of one kind of request, run by run; and of the bare page beside it."""

    bare: list[float] = field(default_factory=list)
    ours: list[float] = field(default_factory=list)
    plain: list[float] = field(default_factory=list)

    def of_bare(self) -> list[float]:
        """Give what each run reached of the bare page beside it."""
        return [ours / bare for ours, bare in zip(self.ours, self.bare, strict=True)]

    def of_plain(self) -> list[float]:
        """Give how many times the plain form beside it each run reached."""
        return [ours / plain for ours, plain in zip(self.ours, self.plain, strict=True)]


@dataclass(frozen=True, slots=True)
class Rates:
    """What was measured; `client` is the largest part of a processor that the client took, `commits` the disk's own."""

    runs: dict[str, Runs]
    client: float
    commits: float


def measure(folder: Path, size: Size) -> Rates:
    """Measure each kind of request in turn, so many times."""
    with ExitStack() as ends:
        sides = _Sides(folder, size, ends)
        runs = {name: Runs() for name in (GET_EMPTY, GET_HALF, SUBMIT, SAVE, BOTH)}
        commits = []
        for _ in range(size.cycles):
            for name, persons in ((GET_EMPTY, sides.empty), (GET_HALF, sides.half)):
                runs[name].bare.append(sides.bare())
                runs[name].ours.append(sides.getting(persons, "/form/1"))
                runs[name].plain.append(sides.getting([sides.plain], HALF_PLAIN if name == GET_HALF else EMPTY_PLAIN))
            sides.measure_posts(runs)
            commits.append(_commits(folder / "commits.sqlite"))
        return Rates(runs, sides.client, statistics.median(commits))


def rate(port: int, requests: Iterable[bytes], status: int, seconds: float = 3600) -> tuple[float, float]:
    """Send requests over several connections until they or the time end; give how many a second, and the client's part.

    Any other status ends the measurement: a wrong answer's speed is worth nothing.
    """
    line, done, wrong = iter(requests), [], []
    start, used = time.perf_counter(), time.process_time()

    def work() -> None:
        connection, count = Connection(port), 0
        while time.perf_counter() < start + seconds and (request := next(line, None)) is not None:
            answer = connection.ask(request)
            if answer.status != status:
                wrong.append(answer)
                return
            count += 1
        connection.close()
        done.append(count)

    in_threads([work] * CONNECTIONS)
    took = time.perf_counter() - start
    if wrong or len(done) < CONNECTIONS:
        raise SystemExit(f"a request was answered with {wrong[0].status if wrong else 'nothing'}")
    return sum(done) / took, (time.process_time() - used) / took


def in_threads(works: Sequence[Callable[[], None]]) -> None:
    """Do all of it at once, and wait until it is done."""
    threads = [threading.Thread(target=work) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


class _Sides:
    """The three servers, each with one worker so that the other processor is the client's, and who asks them."""

    def __init__(self, folder: Path, size: Size, ends: ExitStack) -> None:
        self._size = size
        self.client = 0.0
        port, bare, plain = (free_port() for _ in range(3))
        settings = environment(folder, port)
        people = 2 * READERS + size.cycles * size.people
        self._codes: Iterator[str] = iter(opened_round(settings, -(-people // 9), 9))
        given = settings | {others.DATABASE: f"sqlite:///{folder / 'plain.sqlite'}"}
        self._ours, self._bare, self._plain = servers = (
            application(port, settings, folder / "ours.log", workers=1),
            Server("benchmarks.answering.others", ["bare"], bare, given, folder / "bare.log"),
            Server("benchmarks.answering.others", ["plain"], plain, given, folder / "plain.log"),
        )
        for server in servers:
            ends.callback(server.stop)
            server.start().wait()
        self._next_plain = 1
        self.empty = self.people(READERS)
        self.half = self.people(READERS)
        for person in self.half:
            person.post("/form/1", answers(LEVELS[: QUESTIONS // 2]) | {"go": "list"})
            person.get("/form/1")  # what is said once was said
        self.plain = Somebody(Connection(plain))
        self.plain.post("/half/0")

    def people(self, number: int) -> list[Somebody]:
        """Give people who have entered their codes."""
        connection = Connection(self._ours.port)
        return [entered(Somebody(connection), code) for code in islice(self._codes, number)]

    def plain_people(self) -> list[tuple[Somebody, str]]:
        """Give people who have opened the plain form, with their addresses."""
        first, self._next_plain = self._next_plain, self._next_plain + self._size.plain_people
        found = [
            (Somebody(Connection(self._plain.port)), f"/form/{one}")
            for one in range(first, first + self._size.plain_people)
        ]
        for person, address in found:
            person.get(address)
            person.connection.close()
        return found

    def bare(self) -> float:
        """Give the bare page's rate."""
        return self.getting([Somebody(Connection(self._bare.port))], "/livez")

    def getting(self, people: Sequence[Somebody], address: str) -> float:
        """Give the rate at which people read a page again and again."""
        requests = cycle([person.getting(address) for person in people])
        return self._noted(rate(people[0].connection.port, requests, 200, self._size.seconds))

    def measure_posts(self, runs: dict[str, Runs]) -> None:
        """Let people save their page, and then as many submit it; beside them others send the plain form."""
        people, plain, bare = self.people(self._size.people), self.plain_people(), self.bare()
        save = self._posting([(person, "/form/1") for person in people], answers(LEVELS))
        submit = self._posting([(person, "/form/check") for person in people], {})
        other = self._posting(plain, {f"q{number}": "3" for number in range(QUESTIONS)})
        for name, ours in ((SAVE, save), (SUBMIT, submit), (BOTH, 1 / (1 / save + 1 / submit))):
            runs[name].bare.append(bare)
            runs[name].ours.append(ours)
            runs[name].plain.append(other)

    def _posting(self, people: Sequence[tuple[Somebody, str]], fields: dict[str, str]) -> float:
        """Give the rate at which people each send a form once."""
        requests = [person.posting(address, fields) for person, address in people]
        return self._noted(rate(people[0][0].connection.port, requests, 303))

    def _noted(self, measured: tuple[float, float]) -> float:
        self.client = max(self.client, measured[1])
        return measured[0]


def _commits(path: Path, number: int = 50) -> float:
    """Give how many rows a second SQLite alone stores here, each in a transaction with full sync."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
        connection.execute("PRAGMA synchronous=EXTRA")
        connection.execute("CREATE TABLE IF NOT EXISTS line (words TEXT)")
        start = time.perf_counter()
        for _ in range(number):
            connection.execute("INSERT INTO line VALUES (?)", ["x" * 1000])
        return number / (time.perf_counter() - start)
