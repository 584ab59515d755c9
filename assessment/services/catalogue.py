"""The catalogue: every questionnaire there is, those that come with the program, one's own, and what rounds asked."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Literal

from assessment import resources
from assessment.errors import NotFound
from assessment.questionnaire import duration
from assessment.questionnaire.check import examine
from assessment.questionnaire.finding import Finding
from assessment.questionnaire.hashing import content_hash
from assessment.questionnaire.model import Questionnaire
from assessment.services.questionnaires import content_of, files_in
from assessment.store import queries
from assessment.store.database import Database
from assessment.store.records import RoundRecord

MOST_FILES = 100
LARGEST_FOLDER = 4 * 1024**2  # bytes, of all that is read of a folder

Origin = Literal["asked", "own", "shipped"]

_ORIGINS: tuple[Origin, ...] = ("asked", "own", "shipped")
_DAMAGED = "What is stored of it is damaged: its bytes are not those that were stored."


@dataclass(frozen=True, slots=True)
class Entry:
    """One version of a questionnaire, where it comes from, what the linter says of it and which rounds ask it.

    `others` are the files that give themselves the same id and version, and hold something else.
    """

    questionnaire: Questionnaire
    origins: tuple[Origin, ...]
    files: tuple[str, ...]
    others: tuple[str, ...]
    findings: tuple[Finding, ...]
    rounds: tuple[RoundRecord, ...]

    @property
    def minutes(self) -> int:
        """About how many minutes it takes somebody who is asked all of it."""
        return duration.minutes(self.questionnaire.questions)


@dataclass(frozen=True, slots=True)
class Unusable:
    """What is no questionnaire that can be used: a file or a stored version, why in a sentence, and every finding."""

    source: str
    sentence: str
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All questionnaires in the order of their titles, newest versions first; `remarks` say what was not looked at."""

    entries: tuple[Entry, ...]
    unusable: tuple[Unusable, ...]
    remarks: tuple[str, ...]

    def versions(self, name: str) -> tuple[Entry, ...]:
        """Give the versions of a questionnaire, the newest first; raises `NotFound` where there is none."""
        found = tuple(entry for entry in self.entries if entry.questionnaire.id == name)
        if not found:
            raise NotFound(f"There is no questionnaire “{name}”.")
        return found

    def entry(self, name: str, version: str | None) -> Entry:
        """Give a version of a questionnaire, by default the newest; raises `NotFound` with those there are."""
        found = self.versions(name)
        if version is None:
            return found[0]
        known = {entry.questionnaire.version: entry for entry in found}
        if version not in known:
            raise NotFound(f"{name} has no version “{version}”; there are {', '.join(known)}.")
        return known[version]


@dataclass(frozen=True, slots=True)
class _Source:
    """Bytes that should be a questionnaire, and where they are."""

    origin: Origin
    name: str
    content: bytes
    rounds: tuple[RoundRecord, ...] = ()


@dataclass(slots=True)
class _Reading:
    """What was found so far."""

    sources: list[_Source] = field(default_factory=list)
    unusable: list[Unusable] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def catalogue(database: Database, own_folder: Path | None) -> Catalogue:
    """Give every questionnaire; what rounds asked goes before a file of the same id and version, one's own before ours.

    Nothing that cannot be read ends this: it becomes a sentence.
    """
    found = _Reading()
    _read_asked(database, found)
    if own_folder is not None:
        _read_folder(own_folder, "own", found)
    _read_folder(resources.folder("questionnaires"), "shipped", found)
    entries = _entries(found)
    entries.sort(key=lambda entry: _order(entry.questionnaire.version), reverse=True)
    entries.sort(key=lambda entry: (_title(entry).casefold(), entry.questionnaire.id))
    return Catalogue(tuple(entries), tuple(found.unusable), tuple(found.remarks))


def language_of(questionnaire: Questionnaire, wanted: str | None) -> str:
    """Give a language of a questionnaire, by default its first; raises `NotFound` with those it has."""
    if wanted is None:
        return questionnaire.source_language
    if wanted not in questionnaire.languages:
        which = f"{questionnaire.id}, version {questionnaire.version},"
        raise NotFound(f"{which} has no language “{wanted}”; it has {', '.join(questionnaire.languages)}.")
    return wanted


def _read_asked(database: Database, found: _Reading) -> None:
    with database.reading() as session:
        rounds = queries.rounds(session)
        versions = queries.questionnaire_versions(session)
    for stored in versions:
        asking = tuple(round_ for round_ in rounds if round_.questionnaire_version_id == stored.id)
        name = (
            f"{stored.questionnaire}, version {stored.version}, as {_and(round_.title for round_ in asking)} asked it"
        )
        if content_hash(stored.content) != stored.content_hash:
            found.unusable.append(Unusable(name, _DAMAGED))
        elif asking:
            found.sources.append(_Source("asked", name, stored.content, asking))


def _read_folder(folder: Path, origin: Origin, found: _Reading) -> None:
    try:
        files = files_in(folder)
    except OSError as error:
        found.remarks.append(f"The folder of {_whose(origin)} cannot be read: {error.strerror}.")
        return
    size = 0
    for place, file in enumerate(files):
        if place == MOST_FILES or size > LARGEST_FOLDER:
            found.remarks.append(
                f"The folder of {_whose(origin)} holds more than is looked at here: of its {len(files)} files, the "
                f"first {place} in the order of their names."
            )
            return
        try:
            content = content_of(file)
        except NotFound as error:
            cause = error.__cause__
            reason = cause.strerror if isinstance(cause, OSError) else "it is no file"
            found.unusable.append(Unusable(file.name, f"The file cannot be read: {reason}."))
            continue
        size += len(content)
        found.sources.append(_Source(origin, file.name, content))


def _entries(found: _Reading) -> list[Entry]:
    """Join sources of the same content; those that cannot be used go to the others that cannot."""
    joined: dict[tuple[str, str], list[_Source]] = {}
    for source in found.sources:
        questionnaire, findings = _examined(source.content)
        if questionnaire is None:
            found.unusable.append(Unusable(source.name, "It is no questionnaire that can be used.", findings))
        else:
            joined.setdefault((questionnaire.id, questionnaire.version), []).append(source)
    return [_entry(sources) for sources in joined.values()]


def _entry(sources: list[_Source]) -> Entry:
    content = sources[0].content
    questionnaire, findings = _examined(content)
    if questionnaire is None:
        raise ValueError("what cannot be used is no entry")
    same = [source for source in sources if source.content == content]
    origins = {source.origin for source in same}
    return Entry(
        questionnaire=questionnaire,
        origins=tuple(origin for origin in _ORIGINS if origin in origins),
        files=tuple(source.name for source in same if source.origin != "asked"),
        others=tuple(source.name for source in sources if source.content != content),
        findings=findings,
        rounds=tuple(round_ for source in same for round_ in source.rounds),
    )


@lru_cache(maxsize=2 * MOST_FILES)
def _examined(content: bytes) -> tuple[Questionnaire | None, tuple[Finding, ...]]:
    """Give what `examine` does; a file is looked at again only once it has changed."""
    questionnaire, findings = examine(content)
    return questionnaire, tuple(findings)


def _title(entry: Entry) -> str:
    return entry.questionnaire.says(entry.questionnaire.title)


def _order(version: str) -> tuple[tuple[bool, int, str], ...]:
    """Give what versions are put in order by: their numbers as numbers, so that 2026.10 comes after 2026.9."""
    parts = [part for part in re.split(r"(\d+)", version) if part]
    return tuple((part.isdigit(), int(part) if part.isdigit() else 0, part) for part in parts)


def _whose(origin: Origin) -> str:
    return "your own questionnaires (ASSESSMENT_QUESTIONNAIRES)" if origin == "own" else "the shipped questionnaires"


def _and(words: Iterable[str]) -> str:
    found = list(words)
    return " and ".join([", ".join(found[:-1]), found[-1]] if found[1:] else found)
