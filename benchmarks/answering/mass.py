"""Everybody at once: each person of many teams opens the form and submits it."""

import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from benchmarks.answering.rates import LEVELS, in_threads
from benchmarks.browser import Answer, Connection, Somebody
from benchmarks.serving import answers, application, environment, free_port, opened_round

WORKERS = 2
CONNECTIONS = 8


@dataclass(slots=True)
class Mass:
    """What came of it: who got to the receipt and who did not; the seconds of each POST, and of those that submit."""

    people: int
    seconds: float = 0.0
    finished: list[bool] = field(default_factory=list)
    posts: list[float] = field(default_factory=list)
    submits: list[float] = field(default_factory=list)

    @property
    def done(self) -> int:
        """How many got to the receipt."""
        return sum(self.finished)

    @property
    def errors(self) -> int:
        """How many did not, of those who began."""
        return len(self.finished) - self.done


def measure(folder: Path, teams: int, people: int, limit: float) -> Mass:
    """Let everybody answer; after `limit` seconds whoever has not begun stays away."""
    port = free_port()
    settings = environment(folder, port)
    codes = opened_round(settings, teams, people)
    server = application(port, settings, folder / "mass.log", workers=WORKERS)
    mass = Mass(len(codes))
    try:
        server.start().wait()
        line, start = iter(codes), time.perf_counter()
        in_threads([partial(_answer, port, line, start + limit, mass)] * CONNECTIONS)
        mass.seconds = time.perf_counter() - start
    finally:
        server.stop()
    return mass


def percentile(seconds: list[float], hundredth: int) -> float:
    """Give the milliseconds that so many of a hundred stay within."""
    return 1000 * statistics.quantiles(seconds, n=100)[hundredth - 1] if len(seconds) > 1 else 0.0


def _answer(port: int, codes: Iterator[str], end: float, mass: Mass) -> None:
    """Answer for one person after another over a connection of their own."""
    new = Somebody(Connection(port))
    new.get("/")
    while time.perf_counter() < end and (code := next(codes, None)) is not None:
        person = Somebody(new.connection, new.cookie, new.token)  # as if the first page had just been opened
        try:
            is_done = _walk(person, code, mass)
        except OSError:
            is_done = False
        mass.finished.append(is_done)


def _walk(person: Somebody, code: str, mass: Mass) -> bool:
    return (
        _post(person, "/", {"code": code}, mass.posts).location.endswith("/form")
        and person.get("/form/1").status == 200  # noqa: PLR2004 - it worked
        and _post(person, "/form/1", answers(LEVELS), mass.posts).location.endswith("/form/check")
        and _post(person, "/form/check", {}, mass.posts, mass.submits).location.endswith("/form/receipt")
    )


def _post(person: Somebody, address: str, fields: dict[str, str], *took: list[float]) -> Answer:
    start = time.perf_counter()
    answer = person.post(address, fields)
    for seconds in took:
        seconds.append(time.perf_counter() - start)
    return answer
