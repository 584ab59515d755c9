"""Eight people at a time who do not give up: they answer, send, and send again where the connection broke.

Each writes down, on the disk and before doing anything else, that the server said the form came in. What they answer
is a mark: the first levels are the number of the code, so that each submission tells whose it is.
"""

import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.browser import Answer, Connection, Somebody
from benchmarks.serving import LEVELS, QUESTIONS, answers

CLIENTS = 8
PRESSED = 2  # times the last button is pressed at once
PATIENCE = 60.0  # seconds for one code, once nobody kills the server
PAUSE = 0.03

ENTER, FILL, SEND = "/", "/form/1", "/form/check"


def mark(number: int) -> list[int]:
    """Give the levels that say a number, and whatever to the questions that are left."""
    levels = [number // LEVELS**place % LEVELS + 1 for place in range(10)]
    return levels + [1 + number % LEVELS] * (QUESTIONS - len(levels))


def number_of(given: dict[str, object]) -> int:
    """Give the number that a submission's answers say, and -1 where they are no mark."""
    words = [given.get(f"q{place}") for place in range(QUESTIONS)]
    levels = [int(word) for word in words if isinstance(word, int | float | str) and str(word)[:1].isdigit()]
    number = sum((level - 1) * LEVELS**place for place, level in enumerate(levels[:10]))
    return number if levels == mark(number) else -1


@dataclass(slots=True)
class Journal:
    """What people were told: that a form came in, and the reference on the receipt; on the disk line by line."""

    path: Path
    acknowledged: set[int] = field(default_factory=set)
    references: dict[int, str] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, number: int, reference: str = "") -> None:
        """Keep that the form of a code came in."""
        with self._lock, self.path.open("a") as file:
            file.write(f"{number} {reference}\n")
            file.flush()
            os.fsync(file.fileno())
            self.acknowledged.add(number)
            if reference:
                self.references[number] = reference


@dataclass(slots=True)
class Crowd:
    """The people: they take codes in turn until they are told to stop, and finish what they have begun."""

    port: int
    codes: list[str]
    journal: Journal
    stopping: threading.Event = field(default_factory=threading.Event)
    quiet: threading.Event = field(default_factory=threading.Event)  # nobody kills the server any more
    taken: set[int] = field(default_factory=set)
    given_up: dict[int, str] = field(default_factory=dict)
    broken: int = 0  # attempts whose connection was refused or broke
    _threads: list[threading.Thread] = field(default_factory=list)

    def start(self) -> None:
        """Let them begin."""
        line = iter(range(len(self.codes)))
        self._threads = [threading.Thread(target=self._work, args=(line,)) for _ in range(CLIENTS)]
        for thread in self._threads:
            thread.start()

    def finish(self) -> None:
        """Let them finish, undisturbed, what they have begun."""
        self.quiet.set()
        self.stopping.set()
        for thread in self._threads:
            thread.join()

    def _work(self, line: Iterator[int]) -> None:
        while not self.stopping.is_set() and (number := next(line, None)) is not None:
            self.taken.add(number)
            try:
                _Person(self, number).answer()
            except TimeoutError as error:
                self.given_up[number] = str(error)


class _Person:
    """One person with one code."""

    def __init__(self, crowd: Crowd, number: int) -> None:
        self._crowd, self._number = crowd, number
        self._somebody = Somebody(Connection(crowd.port))
        self._others = [Connection(crowd.port) for _ in range(PRESSED - 1)]
        self._quiet_since = 0.0

    def answer(self) -> None:
        """Enter the code, fill in the form, send it, and read the receipt; raises `TimeoutError` where that fails."""
        page = self._until(lambda: self._somebody.get(ENTER), lambda _: bool(self._somebody.token))
        while not page.location.endswith("/form/receipt"):
            self._enter_and_fill()
            page = self._until(self._press, lambda answer: answer.status < 500)  # noqa: PLR2004 - not the server's fault
        self._crowd.journal.note(self._number)
        self._read_receipt()
        for connection in (self._somebody.connection, *self._others):
            connection.close()

    def _enter_and_fill(self) -> None:
        code = {"code": self._crowd.codes[self._number]}
        self._until(lambda: self._somebody.post(ENTER, code), lambda answer: answer.location.endswith("/form"))
        fields = answers(mark(self._number))
        # Where the form came in without a word of it, saving is refused and sending again gives the receipt.
        self._until(
            lambda: self._somebody.post(FILL, fields),
            lambda answer: answer.location.endswith(SEND) or answer.status == 409,  # noqa: PLR2004 - a conflict
        )

    def _press(self) -> Answer:
        """Press the last button twice at once; one answer that says that the form came in is enough."""
        request = self._somebody.posting(SEND)
        connections = [self._somebody.connection, *self._others]
        begun: list[Connection] = []
        for connection in connections:
            with suppress(OSError):
                connection.begin(request)
                begun.append(connection)
        found: list[Answer] = []
        for connection in begun:
            with suppress(OSError):
                found.append(connection.finish())
        if not found:
            raise ConnectionError("no answer")
        found.sort(key=lambda answer: answer.location.endswith("/form/receipt"))
        return self._somebody.learn(found[-1])

    def _read_receipt(self) -> None:
        """Note the reference on the receipt; that there is none is found in the database in the end."""
        for _ in range(3):
            answer = self._until(lambda: self._somebody.get("/form/receipt"), lambda _: True)
            before, _, after = answer.body.partition(b'class="reference">')
            if before and after:
                self._crowd.journal.note(self._number, after.partition(b"<")[0].decode().strip())
                return
            time.sleep(PAUSE)

    def _until(self, ask: Callable[[], Answer], good: Callable[[Answer], bool]) -> Answer:
        """Ask again and again until the answer is good."""
        seen = "no answer"
        while not self._is_late():
            try:
                answer = ask()
            except OSError:
                self._crowd.broken += 1
            else:
                if good(answer):
                    return answer
                seen = f"status {answer.status}"
            time.sleep(PAUSE)
        raise TimeoutError(seen)

    def _is_late(self) -> bool:
        if not self._crowd.quiet.is_set():
            return False
        self._quiet_since = self._quiet_since or time.monotonic()
        return time.monotonic() > self._quiet_since + PATIENCE
