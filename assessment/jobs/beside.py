"""A worker beside the server: started a little after it, started again when it dies, ended with it."""

import os
import subprocess
import sys
import time

AFTER = 2.0  # seconds: the first answers come first
GRACE = 40.0  # seconds for the job in hand


class Beside:
    """The worker's process. It ends by itself where the process that called `keep` is gone, however that ended."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._not_before = time.monotonic() + AFTER

    def keep(self) -> None:
        """Start the worker where none runs."""
        if (self._process is not None and self._process.poll() is None) or time.monotonic() < self._not_before:
            return
        self._not_before = time.monotonic() + AFTER
        command = [sys.executable, "-m", "assessment", "work", "--under", str(os.getpid())]
        self._process = subprocess.Popen(command, stdin=subprocess.DEVNULL)  # noqa: S603 - this very program

    def tell(self) -> None:
        """Tell the worker to end after the job in hand."""
        if self._process is not None:
            self._process.terminate()

    def end(self, *, graceful: bool) -> None:
        """Wait until the worker has ended."""
        if self._process is None:
            return
        self.tell()
        try:
            self._process.wait(GRACE if graceful else AFTER)
        except subprocess.TimeoutExpired:
            self._process.kill()
