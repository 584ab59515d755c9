"""LimeSurvey's tab separated structure, row by row, becomes groups, questions, subquestions and answers."""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from assessment.questionnaire.finding import shown
from assessment.questionnaire.importers.conversion import Loss, Unconvertible

LARGEST = 5 * 1024 * 1024
MOST_ROWS = 20_000
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_NEEDED = ("class", "name", "text")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the line in which it starts, and its cells by column."""

    number: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        """Give a cell without blanks around it; empty where it is not there."""
        return self.cells.get(column, "").strip()

    @property
    def place(self) -> str:
        """Where it stands."""
        return f"line {self.number}"


@dataclass(slots=True)
class Item:
    """A group, question, subquestion or answer: its row in the first language, its rows in all, and what is in it."""

    row: Row
    by_language: dict[str, Row] = field(default_factory=dict)
    items: list["Item"] = field(default_factory=list)

    @property
    def code(self) -> str:
        """The name by which expressions and data know it."""
        return self.row["name"]

    def of_class(self, name: str, scale: str = "0") -> list["Item"]:
        """Give the subquestions (`SQ`) or answers (`A`) of one of its scales."""
        return [item for item in self.items if item.row["class"] == name and (item.row["type/scale"] or "0") == scale]


@dataclass(slots=True)
class Structure:
    """A survey: its settings, its titles by language, its groups with their questions; the first language first.

    `parts` are subquestions and answers by their question's line, their class, scale and code.
    """

    languages: list[str]
    settings: dict[str, str] = field(default_factory=dict)
    titles: dict[str, dict[str, str]] = field(default_factory=dict)
    groups: list[Item] = field(default_factory=list)
    losses: list[Loss] = field(default_factory=list)
    parts: dict[tuple[int, str, str, str], Item] = field(default_factory=dict)


def read_structure(content: bytes) -> Structure:
    """Give a survey's structure; raises `Unconvertible` where the bytes are no such export."""
    rows = list(_rows(content))
    made = Structure(_languages(rows))
    for row in rows:
        if row["class"] == "S":
            made.settings[row["name"]] = row["text"]
        elif row["class"] == "SL":
            made.titles.setdefault(row["name"], {})[row["language"] or made.languages[0]] = row["text"]
    for language in made.languages:
        _Filing(made, language).file([row for row in rows if (row["language"] or made.languages[0]) == language])
    made.losses += [
        Loss(row.place, f"{shown(row['language'])} is no language code, so its texts are not carried over")
        for row in {row["language"]: row for row in reversed(rows)}.values()
        if row["language"] and not _LANGUAGE.fullmatch(row["language"])
    ]
    return made


def _languages(rows: list[Row]) -> list[str]:
    named = [row["text"] for row in rows if row["class"] == "S" and row["name"] == "language"]
    found = [code for code in [*named, *(row["language"] for row in rows)] if _LANGUAGE.fullmatch(code)]
    return list(dict.fromkeys(found)) or ["en"]


class _Filing:
    """Puts the rows of one language in their places; those of the first language make the places."""

    def __init__(self, made: Structure, language: str) -> None:
        self._made = made
        self._language = language
        self._first = language == made.languages[0]
        self._groups = -1
        self._group: Item | None = None
        self._question: Item | None = None
        self._known = {} if self._first else {item.code: item for group in made.groups for item in group.items}

    def file(self, rows: list[Row]) -> None:
        """Go through the rows; what belongs to nothing is told."""
        for row in rows:
            match row["class"]:
                case "S" | "SL" | "":
                    pass
                case "G":
                    self._groups += 1
                    places = self._made.groups
                    self._group = self._item(row, places, places[self._groups] if self._groups < len(places) else None)
                    self._question = None
                case "Q":
                    self._file_question(row)
                case "SQ" | "A":
                    self._file_part(row)
                case other:
                    if self._first:
                        self._lose(row, f"rows of the class {shown(other)} are not carried over")

    def _file_question(self, row: Row) -> None:
        if self._first and self._group is None:
            self._group = self._item(Row(row.number, {"class": "G"}), self._made.groups, None)
        places = self._group.items if self._group else []
        self._question = self._item(row, places, self._known.get(row["name"]))
        if self._first and self._question:
            self._known[row["name"]] = self._question

    def _file_part(self, row: Row) -> None:
        if self._question is None:
            self._lose(row, "belongs to no question")
            return
        key = (self._question.row.number, row["class"], row["type/scale"] or "0", row["name"])
        same = self._item(row, self._question.items, self._made.parts.get(key))
        if self._first and same:
            self._made.parts.setdefault(key, same)

    def _item(self, row: Row, places: list[Item], same: Item | None) -> Item | None:
        if self._first:
            same = Item(row)
            places.append(same)
        if same is None:
            self._lose(row, f"{shown(row['name'])} is not there in {self._made.languages[0]}, the first language")
            return None
        same.by_language.setdefault(self._language, row)
        return same

    def _lose(self, row: Row, sentence: str) -> None:
        self._made.losses.append(Loss(row.place, sentence))


def _rows(content: bytes) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(_text(content), newline=""), delimiter="\t", strict=True)
    line = 1
    try:
        heading = [cell.strip().lower() for cell in next(reader, [])]
        missing = [name for name in _NEEDED if name not in heading]
        if missing:
            sentence = f"this is no structure of a LimeSurvey survey: there is no column {', '.join(missing)}"
            raise Unconvertible(Loss("line 1", sentence))
        line = reader.line_num + 1
        for count, cells in enumerate(reader):
            if count == MOST_ROWS:
                raise Unconvertible(
                    Loss(f"line {line}", f"there are more than {MOST_ROWS:,} rows, the most that are read")
                )
            yield Row(line, dict(zip(heading, cells, strict=False)))
            line = reader.line_num + 1
    except csv.Error as error:
        raise Unconvertible(Loss(f"line {line}", f"cannot be read: {error}")) from error


def _text(content: bytes) -> str:
    if len(content) > LARGEST:
        raise Unconvertible(Loss("the file", "is larger than 5 MiB, the most that is read"))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        sentence = f"byte 0x{content[error.start]:02x} is not UTF-8; save the file as UTF-8"
        raise Unconvertible(Loss(f"line {line}", sentence)) from error
    if "\x00" in text:
        line = text[: text.index("\x00")].count("\n") + 1
        raise Unconvertible(Loss(f"line {line}", "has a null character, so it is no text"))
    return text
