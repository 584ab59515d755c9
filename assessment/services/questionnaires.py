"""Where questionnaires come from: a file, the folder of one's own, the shipped ones, or the database."""

import os
from pathlib import Path
from threading import Lock

from sqlalchemy.orm import Session

from assessment import resources
from assessment.errors import Invalid, NotFound, Refused
from assessment.questionnaire.check import examine, load
from assessment.questionnaire.finding import Unreadable
from assessment.questionnaire.hashing import content_hash, scoring_hash
from assessment.questionnaire.model import Questionnaire
from assessment.questionnaire.reader import LARGEST_FILE
from assessment.store import queries, writes
from assessment.store.database import Database
from assessment.store.records import RoundRecord

ENDINGS = (".yaml", ".yml")

_MOST_KNOWN = 64  # versions that rounds and reports of one time are about
_KNOWN: dict[str, Questionnaire] = {}  # by the hash of their content
_KNOWN_LOCK = Lock()


def content_of(path: Path) -> bytes:
    """Give a file's bytes, one more than may be read at the most; raises `NotFound` with the reason."""
    if path.exists() and not path.is_file() and not path.is_dir():
        raise NotFound(f"{path} is no file")  # a pipe or a device might never end
    try:
        with path.open("rb") as file:
            return file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise NotFound(f"{path} cannot be read: {error.strerror}") from error


def find(name: str, own_folder: Path | None) -> tuple[Path, bytes]:
    """Give the file and bytes of a questionnaire named by its path or its id; one's own folder goes first."""
    path = Path(name)
    if path.suffix in ENDINGS or path.is_file():
        return path, content_of(path)
    known: list[str] = []
    folders = (own_folder, resources.folder("questionnaires"))
    for file in [file for folder in folders if folder is not None for file in files_in(folder)]:
        questionnaire, _ = examine(content := content_of(file))
        if questionnaire is not None and questionnaire.id == name:
            return file, content
        known += [questionnaire.id] if questionnaire is not None else []
    raise NotFound(f"there is no questionnaire {name}; give a file, or one of {', '.join(sorted(set(known)))}")


def files_in(folder: Path) -> list[Path]:
    """Give the questionnaire files in a folder, in the order of their names; raises `OSError` where it cannot be read.

    A link is one where what it leads to is one as well: it could show any file of the machine to whoever sees findings.
    What is hidden belongs to tools.
    """
    return sorted(file for file in folder.iterdir() if _is_questionnaire(file))


def _is_questionnaire(file: Path) -> bool:
    followed = Path(os.path.realpath(file))
    return not file.name.startswith(".") and {file.suffix, followed.suffix} <= set(ENDINGS) and followed.is_file()


def read(path: Path, content: bytes) -> Questionnaire:
    """Give the questionnaire; raises `Invalid` with every error as `file:line:column: …`."""
    try:
        return load(content)
    except Unreadable as error:
        faults = tuple(found.line(str(path)) for found in error.findings if found.severity == "error")
        raise Invalid(f"{path} is not a questionnaire that can be used", faults) from error


def keep(session: Session, content: bytes, questionnaire: Questionnaire) -> int:
    """Store a version and give its row's id; raises `Conflict` where the version is there with another content."""
    return writes.store_questionnaire(
        session,
        questionnaire=questionnaire.id,
        version=questionnaire.version,
        content=content,
        content_hash=content_hash(content),
        scoring_hash=scoring_hash(questionnaire),
    )


def asked_in(session: Session, round_: RoundRecord) -> Questionnaire:
    """Give the version a round asks; read, compared with its hash and parsed once a process."""
    return _KNOWN.get(round_.content_hash) or _stored(session, round_)


def of_round(database: Database, code: str) -> Questionnaire:
    """Give the version that the round of a code asks; raises `NotFound` where there is no such round."""
    with database.reading() as session:
        round_ = queries.round_by_code(session, code)
        if round_ is None:
            raise NotFound(f"there is no round {code}")
        return asked_in(session, round_)


def parsed(content: bytes) -> Questionnaire:
    """Give the questionnaire in bytes that were checked; it is kept, for its hash stands for its content."""
    key = content_hash(content)
    found = _KNOWN.get(key) or load(content)
    with _KNOWN_LOCK:
        _KNOWN[key] = found
        while len(_KNOWN) > _MOST_KNOWN:
            del _KNOWN[next(iter(_KNOWN))]
    return found


def _stored(session: Session, round_: RoundRecord) -> Questionnaire:
    stored = queries.questionnaire_by_id(session, round_.questionnaire_version_id)
    which = f"questionnaire {stored.questionnaire}, version {stored.version}, as it is stored,"
    if content_hash(stored.content) != stored.content_hash:
        raise Refused(f"{which} is damaged: its bytes are not those that were stored")
    try:
        return parsed(stored.content)
    except Unreadable as error:
        raise Refused(f"{which} cannot be used: {error}") from error
