"""The files of an OWASP SAMM model folder: a few hundred small YAML files that refer to each other by id."""

import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assessment.questionnaire.finding import Unreadable, shown
from assessment.questionnaire.importers.conversion import Loss, Unconvertible
from assessment.questionnaire.importers.wording import plain
from assessment.questionnaire.reader import LARGEST_FILE, Document, read

MOST_FILES = 2_000
MOST_BYTES = 3 * 1024 * 1024  # of all files together; the model has half a megabyte
MOST_VALUES = 100_000  # in all files together: what can be read within a second
MOST_FAULTS = 50
_ENDINGS = (".yml", ".yaml")

# What each kind of file refers to, by the key that holds the other's id.
_REFERENCES: Mapping[str, Mapping[str, str]] = {
    "Function": {},
    "Practice": {"function": "Function"},
    "Stream": {"practice": "Practice"},
    "MaturityLevel": {},
    "PracticeLevel": {"practice": "Practice", "maturityLevel": "MaturityLevel"},
    "Activity": {"stream": "Stream", "level": "PracticeLevel"},
    "AnswerSet": {},
    "Question": {"activity": "Activity", "answerSet": "AnswerSet"},
}


class Faults:
    """What is wrong with a folder, a sentence a place."""

    def __init__(self) -> None:
        self._found: dict[Loss, None] = {}

    def add(self, place: str, sentence: str) -> None:
        """Note a fault, each once however often it is met."""
        self._found[Loss(place, sentence)] = None

    def end(self) -> None:
        """Raise `Unconvertible` where there is any."""
        if self._found:
            more = len(self._found) - MOST_FAULTS
            rest = [Loss("the folder", f"{more} more faults are not listed")] if more > 0 else []
            raise Unconvertible(*[*self._found][:MOST_FAULTS], *rest)


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of the model: its name below the folder, its stem, and what stands in it."""

    name: str
    document: Document
    faults: Faults

    @property
    def kind(self) -> str:
        """What the file says it is: `Function`, `Question` and so on."""
        return str(self.document.data["type"])

    @property
    def stem(self) -> str:
        """The file's name without folder and ending."""
        return Path(self.name).stem

    def place(self, *path: str | int) -> str:
        """Give where something stands: file and line."""
        return f"{self.name}, line {self.document.place(path).line}"

    def get(self, key: str) -> Any:  # noqa: ANN401 - whatever stands in the file
        """Give a value; None where there is none."""
        return self.document.data.get(key)

    def words(self, key: str) -> str:
        """Give a text that may be missing."""
        value = self.get(key)
        if value is None:
            return ""
        if isinstance(value, dict | list):
            self.faults.add(self.place(key), f"`{key}` should be a text")
            return ""
        return plain(str(value))

    def needed(self, key: str) -> str:
        """Give a text that has to be there; a fault where it is not."""
        words = self.words(key)
        if not words and not isinstance(self.get(key), dict | list):
            self.faults.add(self.place(key), f"`{key}` is missing; a text is needed")
        return words or "?"

    def number(self, key: str) -> float:
        """Give a number that has to be there; a fault where it is not."""
        value = self.get(key)
        if isinstance(value, int | float) and not isinstance(value, bool):
            return value
        self.faults.add(self.place(key), f"`{key}` should be a number")
        return 0


@dataclass(slots=True)
class Model:
    """The folder's files by kind and id, and who refers to whom.

    `faults` are those found so far, `others` tells what is of no known kind.
    """

    faults: Faults = field(default_factory=Faults)
    by_kind: dict[str, dict[str, Entry]] = field(default_factory=lambda: {kind: {} for kind in _REFERENCES})
    others: list[Loss] = field(default_factory=list)
    referring: dict[tuple[str, str, str], list[Entry]] = field(default_factory=dict)

    def all(self, kind: str) -> list[Entry]:
        """Give all of a kind, in the order of their files."""
        return list(self.by_kind[kind].values())

    def of(self, entry: Entry, key: str) -> Entry:
        """Give what an entry refers to; known to be there once `read_model` is done."""
        return self.by_kind[_REFERENCES[entry.kind][key]][entry.words(key)]

    def below(self, kind: str, key: str, above: Entry) -> list[Entry]:
        """Give all of a kind that refer to an entry, in the order of their files."""
        return self.referring.get((kind, key, above.words("id")), [])


def read_model(folder: Path) -> Model:
    """Read a folder; raises `Unconvertible` with every file that cannot be read, every reference that leads nowhere."""
    model = Model()
    reading = _Reading(model.faults)
    for path, name in _files(folder, model):
        document = reading.document(path, name)
        if document is not None:
            _file_in(Entry(name, document, model.faults), model)
    model.faults.end()
    _check_references(model)
    model.faults.end()
    if not model.by_kind["Question"]:
        raise Unconvertible(
            Loss("the folder", "holds no question of an OWASP SAMM model (a file with `type: Question`)")
        )
    return model


def _files(folder: Path, model: Model) -> Iterator[tuple[Path, str]]:
    found: list[tuple[Path, str]] = []
    others: list[str] = []
    seen = 0

    def refuse(error: OSError) -> None:
        raise Unconvertible(Loss(str(error.filename), f"cannot be read: {error.strerror}")) from error

    for place, folders, files in os.walk(folder, onerror=refuse):
        seen += len(folders) + len(files)
        if seen > MOST_FILES:
            sentence = (
                f"holds more than {MOST_FILES:,} files, the most that are read; give the folder of the model alone"
            )
            raise Unconvertible(Loss("the folder", sentence))
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        here = [Path(place) / name for name in sorted(files) if not name.startswith(".")]
        kept = [path for path in here if path.name.lower().endswith(_ENDINGS)]
        found += [(path, path.relative_to(folder).as_posix()) for path in kept]
        others += [path.relative_to(folder).as_posix() for path in here if not path.name.lower().endswith(_ENDINGS)]
        for path in (Path(place) / name for name in folders):
            if path.is_symlink():
                model.faults.add(path.relative_to(folder).as_posix(), "is a link to a folder; it is not followed")
        for path in here:
            if path not in kept and path.is_symlink() and not path.exists():
                model.faults.add(path.relative_to(folder).as_posix(), "is a link that leads nowhere")
    _tell_others(sorted(others), model)
    yield from sorted(found, key=lambda pair: pair[1])


def _tell_others(names: list[str], model: Model) -> None:
    if names:
        more = f"; {len(names) - 1:,} more are not" if len(names) > 1 else ""
        model.others.append(Loss(names[0], f"is no YAML file by its ending, so it is not read{more}"))


class _Reading:
    """Reads files one after the other, as long as they are not too much together."""

    def __init__(self, faults: Faults) -> None:
        self._faults = faults
        self._bytes, self._values = MOST_BYTES, MOST_VALUES

    def document(self, path: Path, name: str) -> Document | None:
        """Give what a file holds; None where that is a fault. Raises `Unconvertible` where the files are too much."""
        try:
            if not stat.S_ISREG(path.lstat().st_mode):
                self._faults.add(name, "is no file of its own but a link or a device; it is not followed")
                return None
            with path.open("rb") as file:
                content = file.read(LARGEST_FILE + 1)
            self._spend(name, len(content), 0)
            document = read(content)
        except OSError as error:
            self._faults.add(name, f"cannot be read: {error.strerror}")
        except Unreadable as error:
            for finding in error.findings:
                self._faults.add(f"{name}, line {finding.position.line}", finding.sentence)
        else:
            self._spend(name, 0, len(document.values))
            if isinstance(document.data, dict):
                return document
            self._faults.add(f"{name}, line 1", "should be a map of keys to values")
        return None

    def _spend(self, name: str, size: int, values: int) -> None:
        self._bytes -= size
        self._values -= values
        if self._bytes < 0:
            sentence = f"the files up to here have more than {MOST_BYTES // 1024 // 1024} MiB together"
            raise Unconvertible(Loss(name, f"{sentence}, the most that is read; give the folder of the model alone"))
        if self._values < 0:
            sentence = f"the files up to here hold more than {MOST_VALUES:,} values together"
            raise Unconvertible(Loss(name, f"{sentence}, the most that are read; give the folder of the model alone"))


def _file_in(entry: Entry, model: Model) -> None:
    kind = entry.get("type")
    if not isinstance(kind, str) or kind not in _REFERENCES:
        words = "has no `type`, so it is not read" if kind is None else f"the type {shown(kind)} is not read"
        model.others.append(Loss(entry.place("type"), words))
        return
    identifier = entry.words("id")
    known = model.by_kind[kind]
    if not identifier:
        model.faults.add(entry.place("id"), "`id` is missing; other files refer to it")
    elif identifier in known:
        model.faults.add(entry.place("id"), f"the id {shown(identifier)} is also that of {known[identifier].name}")
    else:
        known[identifier] = entry


def _check_references(model: Model) -> None:
    for kind, references in _REFERENCES.items():
        for entry in model.all(kind):
            for key, wanted in references.items():
                identifier = entry.words(key)
                if not identifier:
                    model.faults.add(entry.place(key), f"`{key}` is missing; it names the {wanted} this belongs to")
                elif identifier not in model.by_kind[wanted]:
                    model.faults.add(entry.place(key), f"there is no {wanted} with the id {shown(identifier)}")
                model.referring.setdefault((kind, key, identifier), []).append(entry)
