"""CSV files from elsewhere: rows by column name, and faults that say row and column."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assessment.errors import Invalid

LARGEST_FILE = 64 * 1024 * 1024
LONGEST_CELL = 8_000
MOST_LISTED = 8


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number in the file (the heading is row 1) and its cells by column, stripped."""

    number: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        """Give a cell; an optional column that is not there is empty."""
        return self.cells.get(column, "")

    def fault(self, column: str, sentence: str) -> str:
        """Say what is wrong with a cell."""
        return f"row {self.number}, column {column}: {sentence}"


def rows(
    content: bytes, required: Sequence[str], optional: Sequence[str] | None = ()
) -> Iterator[tuple[tuple[str, ...], Row]]:
    """Read a CSV file with a heading; gives the columns with every row that is not empty.

    `optional` None allows any further columns. Raises `Invalid` for what cannot be read at all: the encoding, the
    heading, a row of another length.
    """
    reader = csv.reader(io.StringIO(_text(content), newline=""), strict=True)
    number = 0  # counts rows and not lines: a cell may hold line breaks
    try:
        columns = _heading(next(reader, []), required, optional)
        number = 1
        for number, cells in enumerate(reader, 2):
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(columns):
                raise Invalid(f"row {number} has {len(cells)} cells, the heading has {len(columns)}")
            _check_lengths(number, columns, cells)
            stripped = (cell.strip() for cell in cells)
            yield columns, Row(number, dict(zip(columns, stripped, strict=True)))
    except csv.Error as error:
        raise Invalid(f"row {number + 1} cannot be read: {error}") from error


def _check_lengths(number: int, columns: Sequence[str], cells: Sequence[str]) -> None:
    for column, cell in zip(columns, cells, strict=True):
        if len(cell) > LONGEST_CELL:
            raise Invalid(
                f"row {number}, column {column}: more than {LONGEST_CELL:,} characters, the most that are read"
            )


def _text(content: bytes) -> str:
    if len(content) > LARGEST_FILE:
        raise Invalid("the file is larger than 64 MiB")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        sentence = f"line {line} is not UTF-8 (byte 0x{content[error.start]:02x}); save the file as UTF-8"
        raise Invalid(sentence) from error
    if "\x00" in text:
        raise Invalid(f"line {text[: text.index(chr(0))].count(chr(10)) + 1} has a null character")
    heading = text.partition("\n")[0]
    if ";" in heading and "," not in heading:
        raise Invalid("the columns are separated by semicolons; save the file with commas")
    return text


def _heading(cells: list[str], required: Sequence[str], optional: Sequence[str] | None) -> tuple[str, ...]:
    columns = tuple(cell.strip() for cell in cells)
    if not any(columns):
        raise Invalid(f"the file is empty; its first row names the columns ({', '.join(required)} at least)")
    faults = [f"row 1: the column {name} is there twice" for name in sorted(_twice(columns))]
    faults += [f"row 1: the column {name} is missing" for name in required if name not in columns]
    if optional is not None:
        known = dict.fromkeys((*required, *optional))
        listed = ", ".join(list(known)[:MOST_LISTED]) + (" …" if len(known) > MOST_LISTED else "")
        faults += [f"row 1: “{name}” is none of the columns {listed}" for name in columns if name not in known]
    if faults:
        raise Invalid("the heading of the file is wrong", tuple(faults))
    return columns


def _twice(columns: Sequence[str]) -> set[str]:
    return {name for name in columns if columns.count(name) > 1}
