"""A file's bytes become plain data, with the line and column of every node.

YAML is read by the rules of YAML 1.2 (core schema), which differ from PyYAML's defaults where it hurts: `No` stays a
word, `1.10` in quotes stays a version, `12:30` stays a time of day, two equal keys are an error and not "the last
one wins". The reader works on the parser's events, so nothing is built before it is known to be harmless: aliases
are refused (a few hundred bytes can grow to millions of nodes), so are tags, a depth over 20 and a size over 256 KiB.
"""

import codecs
import math
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import yaml

from assessment.questionnaire.finding import Finding, Position, Unreadable, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

LARGEST_FILE = 256 * 1024
DEEPEST = 20
MOST_NODES = 20_000  # keys and values; each may be a fault, and every fault is told. Shipped files have some 2,500

Plain = Any  # a mapping, a list or a scalar, nested; pydantic gives it its types
Path = tuple[str | int | float, ...]

# libyaml's parser, never PyYAML's own: that one refuses `{text: Why?}`, so a file would be valid here and not there.
_LOADER = yaml.CSafeLoader

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_BOOLEANS = {
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
}
_INTEGER = re.compile(r"[-+]?[0-9]{1,18}")
_OCTAL = re.compile(r"0o[0-7]{1,18}")
_HEXADECIMAL = re.compile(r"0x[0-9a-fA-F]{1,16}")
NUMBER = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]{1,3})?")

# What YAML does not print, and the three that end a line for YAML 1.1 and this parser, but not for YAML 1.2.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_LINE_END = re.compile(r"\r\n|\r|\n")

# The parser's most frequent complaints, with what to do about them.
_REMEDIES = {
    "mapping values are not allowed in this context": "a text with a colon needs quotes, or the indentation is off",
    "found character that cannot start any token": "a text that begins with this character needs quotes",
    "found a tab character that violates indentation": "indent with spaces instead of tabs",
    "found unexpected end of stream": "the quotes are not closed",
    "did not find expected key": "the indentation or the quotes before this place do not fit",
}


@dataclass(slots=True)
class Document:
    """A file's data; by path from the top, the place of every value and key, and every number as it is written."""

    data: Plain = None
    written: dict[Path, str] = field(default_factory=dict)
    values: dict[Path, Position] = field(default_factory=dict)
    keys: dict[Path, Position] = field(default_factory=dict)

    def place(self, path: Path, *, of_key: bool = False) -> Position:
        """Give where the path's value (or key) stands; for a path that is not there, of its nearest ancestor."""
        for length in range(len(path), 0, -1):
            known = self._place_of(path[:length], of_key=of_key)
            if known is not None:
                return known
        return self.values.get((), Position(1, 1))

    def _place_of(self, path: Path, *, of_key: bool) -> Position | None:
        first, second = (self.keys, self.values) if of_key else (self.values, self.keys)
        return first.get(path) or second.get(path)


def read(content: bytes) -> Document:
    """Read a file's bytes; raises `Unreadable` with what is wrong and where."""
    text = _decoded(content)
    try:
        return _Builder(text).document()
    except yaml.YAMLError as error:
        raise _not_yaml(error, text) from error


def _decoded(content: bytes) -> str:
    if len(content) > LARGEST_FILE:
        raise _refused(Position(1, 1), "the file is larger than 256 KiB, the most that is read", "file-size")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content.removeprefix(codecs.BOM_UTF8)[: error.start].decode("utf-8")
        sentence = f"byte 0x{error.object[error.start]:02x} is not UTF-8; save the file as UTF-8"
        raise _refused(_after(before), sentence, "encoding") from error
    if forbidden := _FORBIDDEN.search(text):
        sentence = f"the character U+{ord(forbidden[0]):04X} may not stand in a file; remove it"
        raise _refused(_after(text[: forbidden.start()]), sentence, "yaml")
    return text


def _after(text: str) -> Position:
    lines = _LINE_END.split(text)
    return Position(len(lines), len(lines[-1]) + 1)


def _not_yaml(error: yaml.YAMLError, text: str) -> Unreadable:
    mark, begun = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    problem = getattr(error, "problem", None) or "this cannot be read"
    sentence = f"this is not YAML: {problem}"
    if begun is not None and mark is not None and begun.line != mark.line:
        sentence += f" {getattr(error, 'context', '')} begun in line {begun.line + 1}"
    if problem in _REMEDIES:
        sentence += f"; {_REMEDIES[problem]}"
    position = Position(mark.line + 1, mark.column + 1) if mark else Position(1, 1)
    # The parser sees one more line behind a last line that nothing ends.
    return _refused(min(position, _after(text)), sentence, "yaml")


def _refused(position: Position, sentence: str, rule: str) -> Unreadable:
    return Unreadable((Finding(position, "error", sentence, rule),))


class _Builder:
    """Builds the data from the parser's events, refusing what could harm before it grows."""

    def __init__(self, text: str) -> None:
        self._events: Iterator[yaml.Event] = iter(yaml.parse(text, Loader=_LOADER))
        self._document = Document()
        self._faults: list[Finding] = []
        self._nodes = 0

    def document(self) -> Document:
        documents = 0
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise _refused(_start(event), "a second document starts here; one file holds one", "yaml")
                self._document.data = self._node(next(self._events), (), 0)
        if documents == 0:
            raise _refused(Position(1, 1), "the file is empty", "yaml")
        if self._faults:
            raise Unreadable(tuple(self._faults))
        return self._document

    def _node(self, event: yaml.Event, path: Path, depth: int) -> Plain:
        position = _start(event)
        self._document.values[path] = position
        self._count(position)
        if depth > DEEPEST:
            raise _refused(position, f"this is nested more than {DEEPEST} levels deep", "too-deep")
        _refuse_tricks(event, position)
        if isinstance(event, yaml.ScalarEvent):
            value = _scalar(event)
            if not isinstance(value, str):
                self._document.written[path] = event.value
            return value
        if isinstance(event, yaml.SequenceStartEvent):
            return self._list(path, depth)
        return self._mapping(path, depth)

    def _count(self, position: Position) -> None:
        self._nodes += 1
        if self._nodes > MOST_NODES:
            sentence = f"there are more than {MOST_NODES:,} keys and values up to here; no questionnaire has as many"
            raise _refused(position, sentence, "file-size")

    def _list(self, path: Path, depth: int) -> list[Plain]:
        items: list[Plain] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            items.append(self._node(event, (*path, len(items)), depth + 1))
        return items

    def _mapping(self, path: Path, depth: int) -> dict[str | int | float, Plain]:
        items: dict[str | int | float, Plain] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            key = self._key(event, items, path)
            self._document.keys.setdefault((*path, key), _start(event))
            items[key] = self._node(next(self._events), (*path, key), depth + 1)
        return items

    def _key(self, event: yaml.Event, items: dict[str | int | float, Plain], path: Path) -> str | int | float:
        position = _start(event)
        self._count(position)
        _refuse_tricks(event, position)
        if not isinstance(event, yaml.ScalarEvent):
            raise _refused(position, "a key must be a word or a number, not a list or a mapping", "yaml")
        key = _scalar(event)
        if key is None or isinstance(key, bool):
            key = event.value
        if key in items:
            first = self._document.keys[(*path, key)].line
            sentence = f"the key {shown(event.value)} stands here again (first in line {first})"
            self._faults.append(Finding(position, "error", sentence, "duplicate-key"))
        return key


def _start(event: yaml.Event) -> Position:
    mark = event.start_mark
    return Position(mark.line + 1, mark.column + 1) if mark else Position(1, 1)


def _refuse_tricks(event: yaml.Event, position: Position) -> None:
    """Refuse what YAML has and questionnaires do not need: aliases, anchors, tags."""
    if isinstance(event, yaml.AliasEvent):
        sentence = f"{shown(f'*{event.anchor}')} stands for another place; write its value out here"
        raise _refused(position, sentence, "alias")
    if isinstance(event, yaml.NodeEvent) and event.anchor is not None:
        raise _refused(position, f"{shown(f'&{event.anchor}')} names a place to repeat it; remove it", "alias")
    tag = getattr(event, "tag", None)
    if tag is not None:
        written = tag.replace("tag:yaml.org,2002:", "!!")
        raise _refused(position, f"the tag {shown(written)} is not read; remove it", "tag")


def _scalar(event: yaml.ScalarEvent) -> str | int | float | bool | None:
    """Give a plain scalar's value by YAML 1.2's core schema; anything in quotes is text."""
    word: str = event.value
    if event.style:  # quoted or a block
        return word
    if word in _NULLS:
        return None
    if word in _BOOLEANS:
        return _BOOLEANS[word]
    return _number(word)


def _number(word: str) -> str | int | float:
    if _INTEGER.fullmatch(word):
        return int(word)
    if _OCTAL.fullmatch(word):
        return int(word, 0)
    if _HEXADECIMAL.fullmatch(word):
        return int(word, 0)
    if NUMBER.fullmatch(word) and math.isfinite(number := float(word)):
        return number
    return word
