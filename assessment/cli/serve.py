"""`assessment serve`: the production server."""

import socket
import struct
import sys
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import click
from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter
from gunicorn.glogging import Logger

from assessment.cli import opening
from assessment.errors import Refused
from assessment.jobs.beside import Beside

if TYPE_CHECKING:
    from flask import Flask


LONGEST_SILENCE = 15  # seconds
LONGEST_TURN = 0.001  # seconds that one thread computes while another, which may hold the database, waits to go on


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="The port.")
@click.option("--workers", type=click.IntRange(1, 64), default=2, show_default=True, help="Processes that answer.")
@click.option("--no-jobs", is_flag=True, help="Leave out the worker for what is done later: see assessment work.")
def serve(host: str, port: int, workers: int, *, no_jobs: bool) -> None:
    """Serve the application. It stops gracefully on SIGTERM: requests that have begun are finished."""
    _check_free(host, port)
    opening.database(make=True).dispose()
    shown = "127.0.0.1" if host in {"0.0.0.0", "::"} else host  # noqa: S104 - what to print, not to bind
    base = urlsplit(opening.settings().base_url)
    if base.hostname in {"127.0.0.1", "localhost"} and base.port != port:
        click.echo(f"note: links begin with {opening.settings().base_url}; set ASSESSMENT_BASE_URL for this port")
    click.echo(f"Serving at http://{shown}:{port} (Ctrl+C stops it)")
    _Server(host, port, workers, None if no_jobs else Beside()).run()


class _DiscreetLogger(Logger):  # type: ignore[misc]  # gunicorn has no types
    """Tells that something went wrong and of which kind, never what was asked and by whom."""

    def exception(self, msg: str, *_args: object, **_keywords: object) -> None:
        """Log a fault by its kind."""
        error = sys.exc_info()[1]
        self.error_log.error("%s: %s", msg.partition(" %")[0], type(error).__name__)


class _Server(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
    """Gunicorn around the application; each worker makes its own, after the fork."""

    def __init__(self, host: str, port: int, workers: int, beside: Beside | None = None) -> None:
        self._beside = beside
        self._options: dict[str, Any] = {
            "bind": f"[{host}]:{port}" if ":" in host else f"{host}:{port}",
            "workers": workers,
            "worker_class": "gthread",
            "threads": 8,
            "when_ready": _wait_no_longer,
            "timeout": 60,
            "graceful_timeout": 30,
            "control_socket_disable": True,
            "accesslog": None,  # who asked for what is nobody's business
            "loglevel": "error",  # a warning would tell addresses
            "logger_class": _DiscreetLogger,
            "proc_name": "assessment",
        }
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def run(self) -> None:
        _Arbiter(self, self._beside).run()

    def load(self) -> "Flask":
        from assessment.app import create_app  # noqa: PLC0415 - in the worker, not in the process that minds them

        sys.setswitchinterval(LONGEST_TURN)
        return create_app(opening.settings())


class _Arbiter(Arbiter):  # type: ignore[misc]
    """Gunicorn's master, which minds the worker of jobs as it minds those that answer."""

    def __init__(self, app: _Server, beside: Beside | None) -> None:
        self._beside = beside
        super().__init__(app)

    def manage_workers(self) -> None:
        super().manage_workers()
        if self._beside is not None:
            self._beside.keep()

    def stop(self, graceful: bool = True) -> None:  # noqa: FBT001, FBT002 - gunicorn's signature
        if self._beside is not None:
            self._beside.tell()
        super().stop(graceful)
        if self._beside is not None:
            self._beside.end(graceful=graceful)


def _wait_no_longer(arbiter: Any) -> None:  # noqa: ANN401 - gunicorn has no types
    """Let connections end that send nothing for a while: each holds a thread. Accepted sockets inherit the limit."""
    limit = struct.pack("ll", LONGEST_SILENCE, 0)
    for listener in arbiter.LISTENERS:
        listener.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, limit)


def _check_free(host: str, port: int) -> None:
    """Refuse a port that is taken before anything starts."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise Refused(
                f"cannot listen at {host} port {port}: {error.strerror}; another port: --port N, or PORT=N make run"
            ) from error
