"""How commands write files: whole, or not at all."""

import os
import tempfile
from pathlib import Path

from assessment.errors import Refused


def write_whole(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, through a link into what it leads to; raises `Refused` with the reason."""
    path = path.resolve()
    if path.exists() and not path.is_file():
        raise Refused(f"{path} is there already and is no file")
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
