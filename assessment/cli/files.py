"""How commands write files: whole, or not at all."""

import os
import tempfile
from pathlib import Path

from assessment.errors import Refused


def write_whole(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, through a link into what it leads to; raises `Refused` with the reason."""
    path = _checked(path)
    try:
        descriptor, unfinished = tempfile.mkstemp(dir=path.parent, prefix=".assessment-")
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
            Path(unfinished).replace(path)
        except OSError:
            Path(unfinished).unlink()
            raise
    except OSError as error:
        raise Refused(f"{path} cannot be written: {error.strerror}") from error


def check_writable(path: Path) -> None:
    """See that a file can be written, before what cannot be done twice is done; raises `Refused` with the reason."""
    folder = _checked(path).parent
    if not folder.is_dir():
        raise Refused(f"{path} cannot be written: there is no folder {folder}")
    if not os.access(folder, os.W_OK):
        raise Refused(f"{path} cannot be written: the folder {folder} may not be written to")


def _checked(path: Path) -> Path:
    """Give the file behind a path, whatever links lead to it."""
    path = path.resolve()
    if path.exists() and not path.is_file():
        raise Refused(f"{path} is there already and is no file")
    return path
