"""XLSForm's sheets become tables: records by column, whatever the columns are called, texts by language.

Headings are read as pyxform reads them: in capitals or not, with blanks or underscores, by their older names, and with
the language behind `::` (or `:`, where no heading of the sheet has two).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from assessment.questionnaire.finding import shown
from assessment.questionnaire.importers.conversion import Loss, Unconvertible
from assessment.questionnaire.importers.sheet import Row, Sheet, letters

SURVEY, CHOICES, SETTINGS = "survey", "choices", "settings"
UNTAGGED = ""  # the language of a text whose heading names none

_ALIASES = {
    "caption": "label",
    "command": "type",
    "tag": "name",
    "relevance": "relevant",
    "skip_logic": "relevant",
    "calculate": "calculation",
    "read_only": "readonly",
    "jr:count": "repeat_count",
    "count": "repeat_count",
    "constraining_message": "constraint_message",
    "jr:constraintmsg": "constraint_message",
    "jr:requiredmsg": "required_message",
    "requiredmsg": "required_message",
    "list": "list_name",
    "title": "form_title",
    "set_form_title": "form_title",
    "id_string": "form_id",
    "set_form_id": "form_id",
}
_PREFIXES = {"bind", "control", "body", "media"}
_TRANSLATED = {"label", "hint", "guidance_hint", "constraint_message", "required_message"}
_MEDIA = {"image", "big-image", "audio", "video"}


@dataclass(frozen=True, slots=True)
class Column:
    """What a heading means: a column by its one name, and the language of its texts."""

    name: str
    language: str = UNTAGGED


@dataclass(frozen=True, slots=True)
class Record:
    """One row of a table: its words by column, and where it stands."""

    place: str
    row: int
    cells: Mapping[Column, str]

    def __getitem__(self, name: str) -> str:
        """Give the words of a column, blank where there are none; of one in languages the first that is there."""
        return next((words for column, words in self.cells.items() if column.name == name), "")

    def texts(self, name: str) -> dict[str, str]:
        """Give the words of a column by the language that its heading names."""
        return {column.language: words for column, words in self.cells.items() if column.name == name}

    def names(self) -> dict[str, str]:
        """Give every column in which something stands, with the first words there."""
        return {column.name: self[column.name] for column in self.cells}


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet with its headings: the records below these."""

    name: str = ""
    columns: tuple[Column, ...] = ()
    records: tuple[Record, ...] = ()
    remarks: tuple[Loss, ...] = field(default=())

    def languages(self) -> Iterator[tuple[str, str]]:
        """Give each language that a heading of the sheet names, with the place of the first that does."""
        seen: set[str] = set()
        for column in self.columns:
            if column.language and column.name in _TRANSLATED and column.language not in seen:
                seen.add(column.language)
                yield column.language, f"sheet {self.name}"


def table(sheet: Sheet) -> Table:
    """Give the table that a sheet holds; raises `Unconvertible` where two headings mean the same column."""
    if not sheet.rows:
        return Table(sheet.name)
    heading, *rows = sheet.rows
    columns = _columns(sheet, heading)
    if Column("name") not in columns.values():  # what else it is called; beside a `name` it is a value to count
        columns = {at: Column("name") if column.name == "value" else column for at, column in columns.items()}
    records = tuple(_record(sheet, columns, row) for row in rows)
    return Table(sheet.name, tuple(columns.values()), records, tuple(_remarks(sheet, heading, rows)))


def _columns(sheet: Sheet, heading: Row) -> dict[int, Column]:
    doubled = any("::" in words for words in heading.cells)
    columns: dict[int, Column] = {}
    twice: list[Loss] = []
    for at, words in enumerate(heading.cells):
        column = column_of(words, doubled=doubled)
        if not words:
            continue
        before = next((other for other, same in columns.items() if same == column), None)
        if before is not None:
            sentence = f"the column {shown(words)} stands a second time; the first is column {letters(before)}"
            twice.append(Loss(sheet.place(heading.number, at), sentence))
        columns[at] = column
    if twice:
        raise Unconvertible(*twice)
    return columns


def column_of(heading: str, *, doubled: bool) -> Column:
    """Give the column that a heading means; `doubled`: the sheet writes `::` before languages and not `:`."""
    parts = [part.strip() for part in heading.split("::" if doubled else ":")]
    if len(parts) > 1 and parts[0].lower() in _PREFIXES:
        parts = parts[1:]
    if len(parts) > 1 and parts[0].lower() == "jr":
        parts = [f"jr:{parts[1]}", *parts[2:]]
    name = "_".join(parts[0].lower().split())
    name = _ALIASES.get(name, name)
    if name not in _TRANSLATED and name not in _MEDIA:
        return Column("::".join([name, *parts[1:]]))
    return Column(name, " ".join(parts[1:]))


def _record(sheet: Sheet, columns: Mapping[int, Column], row: Row) -> Record:
    cells = {column: row[at] for at, column in columns.items() if row[at]}
    return Record(sheet.place(row.number), row.number, cells)


def _remarks(sheet: Sheet, heading: Row, rows: list[Row]) -> Iterator[Loss]:
    """Say what stands outside the table: a blank row under the headings, cells under none."""
    if rows and rows[0].number > heading.number + 1 and sheet.name.strip().lower() == SURVEY:
        yield Loss(sheet.place(heading.number + 1), "the row under the headings is blank; it is passed over")
    for row in rows:
        for at, words in enumerate(row.cells):
            if words and (at >= len(heading.cells) or not heading.cells[at]):
                yield Loss(
                    sheet.place(row.number, at), f"{shown(words)} stands under no heading; it is not carried over"
                )


def sheets_of_csv(sheet: Sheet) -> dict[str, Sheet]:
    """Give the sheets that pyxform's single CSV file holds: its first column names them, their rows are set in."""
    found: dict[str, list[Row]] = {}
    name = ""
    for row in sheet.rows:
        if row[0]:
            name = row[0]
            found.setdefault(name, [])
        if any(row.cells[1:]):
            found.setdefault(name, []).append(Row(row.number, row.cells[1:]))
    return {name: Sheet(name, tuple(rows)) for name, rows in found.items()}


def numbers(words: list[str]) -> list[float] | None:
    """Give all the words as numbers, None where one is no number that a questionnaire takes."""
    found = [float(word) if re.fullmatch(r"[-+]?[0-9]{1,6}(\.[0-9]{1,9})?", word) else None for word in words]
    return None if None in found else [number for number in found if number is not None]
