"""LimeSurvey's tab separated structure, row by row, becomes groups, questions, subquestions and answers."""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from assessment.questionnaire.finding import shown
from assessment.questionnaire.importers.conversion import Loss, Unconvertible, decoded
from assessment.questionnaire.importers.room import Losses
from assessment.questionnaire.model import MOST_LANGUAGES

LARGEST = 5 * 1024 * 1024
MOST_ROWS = 20_000
MOST_COLUMNS = 500
MOST_CELLS = 2_000_000  # blank ones counted: what can be read within a second
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_NEEDED = ("class", "name", "text")

# What is read of a survey's own rows; every other one that says something is told.
USED_SETTINGS = frozenset({"language", "additional_languages", "assessments", "sid"})
USED_TITLES = frozenset({"surveyls_title", "surveyls_description", "surveyls_welcometext"})


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the line in which it starts, and its cells by column, those that are not blank."""

    number: int
    cells: Mapping[str, str]
    unnamed: int = 0  # filled cells of columns that have no heading of their own

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
    def place(self) -> str:
        """Where its first row stands."""
        return self.row.place

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
    losses: Losses
    settings: dict[str, Row] = field(default_factory=dict)
    titles: dict[str, dict[str, Row]] = field(default_factory=dict)
    groups: list[Item] = field(default_factory=list)
    parts: dict[tuple[int, str, str, str], Item] = field(default_factory=dict)


def read_structure(content: bytes) -> Structure:
    """Give a survey's structure; raises `Unconvertible` where the bytes are no such export."""
    losses = Losses()
    rows = list(_rows(content, losses))
    languages = _languages(rows)
    made = Structure(languages[:MOST_LANGUAGES], losses)
    by_language: dict[str, list[Row]] = {}
    for row in rows:
        by_language.setdefault(row["language"] or made.languages[0], []).append(row)
        if row.unnamed:
            losses.add(row.place, f"the cells without a heading of their own are not carried over ({row.unnamed})")
    for language in made.languages:
        _Filing(made, language).file(by_language.get(language, []))
    for language, of_it in by_language.items():
        if not _LANGUAGE.fullmatch(language):
            sentence = f"{shown(language)} is no language code, so its texts are not carried over"
            losses.add(of_it[0].place, sentence)
    if more := [language for language in languages[MOST_LANGUAGES:] if language in by_language]:
        sentence = f"more than {MOST_LANGUAGES} languages: the texts in {shown(more[0])} are not carried over"
        rest = f", nor those in {len(more) - 1:,} more languages" if len(more) > 1 else ""
        losses.add(by_language[more[0]][0].place, sentence + rest)
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
                case "S":
                    self._made.settings[row["name"]] = row
                    if row["name"] not in USED_SETTINGS and row["text"]:
                        self._lose(row, f"the setting {shown(row['name'])} is not carried over")
                case "SL":
                    self._file_title(row)
                case "":
                    if any(cell.strip() for cell in row.cells.values()):
                        self._lose(row, "has no class, so it is not carried over")
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
                    self._lose(row, f"rows of the class {shown(other)} are not carried over")

    def _file_title(self, row: Row) -> None:
        if row["name"] not in USED_TITLES:
            if row["text"]:
                self._lose(row, f"the text {shown(row['name'])} is not carried over")
            return
        known = self._made.titles.setdefault(row["name"], {})
        if self._language in known:
            self._lose(row, f"the text {shown(row['name'])} stands here again; the first one is taken")
        known.setdefault(self._language, row)

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
        if self._language in same.by_language:
            self._lose(row, f"{shown(row['name'])} stands here again in {self._language}; the first one is taken")
        same.by_language.setdefault(self._language, row)
        return same

    def _lose(self, row: Row, sentence: str) -> None:
        self._made.losses.add(row.place, sentence)


def _rows(content: bytes, losses: Losses) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(_text(content), newline=""), delimiter="\t", strict=True)
    line = 1
    try:
        heading = _heading(next(reader, []), losses)
        missing = [name for name in _NEEDED if name not in heading]
        if missing:
            sentence = f"this is no structure of a LimeSurvey survey: there is no column {', '.join(missing)}"
            raise Unconvertible(Loss("line 1", sentence))
        line, left = reader.line_num + 1, MOST_CELLS
        for count, cells in enumerate(reader):
            if count == MOST_ROWS:
                raise Unconvertible(
                    Loss(f"line {line}", f"there are more than {MOST_ROWS:,} rows, the most that are read")
                )
            left -= len(cells)
            if left < 0:
                raise Unconvertible(Loss(f"line {line}", f"there are more than {MOST_CELLS:,} cells up to here"))
            yield _row(line, heading, cells)
            line = reader.line_num + 1
    except csv.Error as error:
        raise Unconvertible(Loss(f"line {line}", f"cannot be read: {error}")) from error


def _heading(cells: list[str], losses: Losses) -> list[str]:
    """Give the columns' names; blank where a name is that of an earlier column."""
    if len(cells) > MOST_COLUMNS:
        raise Unconvertible(
            Loss("line 1", f"there are more than {MOST_COLUMNS} columns, the most that are read"),
        )
    found: list[str] = []
    for cell in cells:
        name = cell.strip().lower()
        if name and name in found:
            losses.add("line 1", f"the column {shown(name)} stands here again; the first one is read")
        found.append("" if name in found else name)
    return found


def _row(line: int, heading: list[str], cells: list[str]) -> Row:
    unnamed = sum(bool(cell.strip()) for cell in cells[len(heading) :])
    named: dict[str, str] = {}
    for name, cell in zip(heading, cells, strict=False):
        if name and cell:
            named[name] = cell
        elif cell.strip():
            unnamed += 1
    return Row(line, named, unnamed)


def _text(content: bytes) -> str:
    if len(content) > LARGEST:
        raise Unconvertible(Loss("the file", "is larger than 5 MiB, the most that is read"))
    text = decoded(content)
    if "\x00" in text:
        line = text[: text.index("\x00")].count("\n") + 1
        raise Unconvertible(Loss(f"line {line}", "has a null character, so it is no text"))
    return text
