"""Paper: HTML becomes PDF, in a process of its own where a web server asks for it."""

import resource
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures import TimeoutError as TookTooLong
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from functools import cache
from hashlib import sha256
from http import HTTPStatus
from io import BytesIO
from multiprocessing import get_context
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from fontTools.ttLib import TTFont

from assessment import resources
from assessment.errors import Refused

if TYPE_CHECKING:
    from weasyprint.urls import URLFetcher

LONGEST_SECONDS = 60
LARGEST_MEMORY = 2 * 1024**3  # addresses, of which a render uses some tenth as memory
DOCUMENTS_A_WORKER = 50
DOCUMENTS_KEPT = 64  # of some 100 KiB each

_BASE = "https://packaged.invalid/"  # a place that is nowhere: the fetcher alone knows what lies there
_TYPES = {".css": "text/css", ".svg": "image/svg+xml", ".woff2": "font/woff2"}
_FOR_SCREENS, _WHOLE = "inter-web-", "inter-"


class NotPrinted(Refused):
    """A document could not be printed; asking again may help."""

    status = HTTPStatus.SERVICE_UNAVAILABLE


def render(html: str) -> bytes:
    """Give a document of `environment` as PDF, the same bytes for the same document.

    Nothing is fetched but the packaged style sheet and fonts, whatever the document says.
    """
    # They take a second to import, which only printing should cost.
    from weasyprint import HTML  # noqa: PLC0415
    from weasyprint.urls import FatalURLFetchingError  # noqa: PLC0415

    document = HTML(string=html, base_url=_BASE, url_fetcher=_packaged_files())
    try:
        written: bytes = document.write_pdf(pdf_variant="pdf/ua-1")
    except FatalURLFetchingError as error:
        raise ValueError(f"the document asks for something else: {error}") from error
    return written


class Printer:
    """Prints in one worker process, started when it is first needed and limited in memory and time."""

    def __init__(self, seconds: float = LONGEST_SECONDS) -> None:
        self._seconds = seconds
        self._lock = Lock()
        self._pool: ProcessPoolExecutor | None = None
        self._kept: dict[bytes, bytes] = {}

    def print(self, html: str) -> bytes:
        """Give a document as PDF, the last ones without printing them again.

        Raises `NotPrinted` where it takes too long or too much. A release never changes, and nor does its document:
        what was printed stays right.
        """
        key = sha256(html.encode()).digest()
        paper = self._kept.get(key)
        if paper is None:
            paper = self._print(html)
            with self._lock:
                self._kept[key] = paper
                while len(self._kept) > DOCUMENTS_KEPT:
                    self._kept.pop(next(iter(self._kept)))
        return paper

    def _print(self, html: str) -> bytes:
        pool, printed = self._submit(html)
        try:
            return printed.result(timeout=self._seconds)
        except TookTooLong as error:
            self._retire(pool)
            raise NotPrinted(f"The PDF was not ready within {self._seconds:g} seconds; please try again.") from error
        except (BrokenProcessPool, MemoryError) as error:
            self._retire(pool)
            raise NotPrinted("The PDF could not be made this time; please try again.") from error

    def close(self) -> None:
        """End the worker; another document would start a new one."""
        if self._pool is not None:
            self._retire(self._pool)

    def _submit(self, html: str) -> "tuple[ProcessPoolExecutor, Future[bytes]]":
        with self._lock:
            pool = self._pool = self._pool or _new_pool()
            try:
                return pool, pool.submit(_render_in_time, html, self._seconds)
            except BrokenProcessPool:  # it died while nobody was waiting for it
                pool = self._pool = _new_pool()
                return pool, pool.submit(_render_in_time, html, self._seconds)

    def _retire(self, pool: ProcessPoolExecutor) -> None:
        """Let a pool end with what it has been given, and the next document start a new one."""
        with self._lock:
            if self._pool is pool:
                self._pool = None
        pool.shutdown(wait=False)


def _new_pool() -> ProcessPoolExecutor:
    return ProcessPoolExecutor(
        max_workers=1,
        mp_context=get_context("spawn"),
        initializer=_limit_memory,
        max_tasks_per_child=DOCUMENTS_A_WORKER,
    )


def _limit_memory() -> None:
    with suppress(ValueError, OSError):  # not every system has this limit
        resource.setrlimit(resource.RLIMIT_AS, (LARGEST_MEMORY, LARGEST_MEMORY))


def _render_in_time(html: str, seconds: float) -> bytes:
    """Print, and let the system end this process should that take more than its time."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    limit = int(used.ru_utime + used.ru_stime + seconds) + 1
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (limit, hard))
    return render(html)


def _packaged_files() -> "URLFetcher":
    """Give a fetcher that serves the packaged style sheet and fonts, and refuses everything else."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse  # noqa: PLC0415 - see `render`

    class PackagedFiles(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:  # noqa: ANN401, ARG002 - as declared there
            path = _packaged(url)
            return URLFetcherResponse(url, _content(path), {"Content-Type": _TYPES[path.suffix]})

    return PackagedFiles(fail_on_errors=True)


@cache
def _content(path: Path) -> bytes:
    """Give what is in a file, fonts unpacked: otherwise every document would unpack them anew, half of its time."""
    if path.suffix != ".woff2":
        return path.read_bytes()
    unpacked = BytesIO()
    with TTFont(path, recalcTimestamp=False) as font:
        font.flavor = None
        font.save(unpacked)
    return unpacked.getvalue()


def _packaged(url: str) -> Path:
    """Find the file behind an address; paper takes the whole fonts where screens take their subsets."""
    static = resources.static_folder()
    sheets = [static / f"{name}-sheet.css" for name in ("report", "form", "code")]
    served = [*sheets, static / "hatch.svg", *(static / "fonts").glob("inter-*.woff2")]
    known = {f"{_BASE}{path.relative_to(static).as_posix()}": path for path in served}
    if url not in known:
        raise ValueError(f"{url} is not among the packaged files")
    return known[url.replace(_FOR_SCREENS, _WHOLE)]
