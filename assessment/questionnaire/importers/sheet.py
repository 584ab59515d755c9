"""Sheets as every importer reads them: rows of plain strings with the numbers that their author sees."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from assessment.questionnaire.importers.conversion import Loss, Unconvertible

MOST_SHEETS = 50
MOST_ROWS = 2_000
MOST_COLUMNS = 200
MOST_CELLS = 50_000  # of a whole workbook: what can be read within a second
MOST_CHARACTERS = 2_000_000  # of all cells together: a questionnaire has 256 KiB at most
LONGEST_CELL = 32_767  # characters; Excel's own limit
_LETTERS = 26
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number as the spreadsheet shows it, and its cells without the blank ones at the end."""

    number: int
    cells: tuple[str, ...]

    def __getitem__(self, column: int) -> str:
        """Give the cell of a column, counted from 0; blank where the row is shorter."""
        return self.cells[column] if column < len(self.cells) else ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its name (none for a CSV file), and the rows in which anything stands."""

    name: str
    rows: tuple[Row, ...]

    def place(self, row: int | None = None, column: int | None = None) -> str:
        """Give a place of this sheet as a reader looks for it; the column is counted from 0."""
        return place(self.name, row, column)


def place(sheet: str, row: int | None = None, column: int | None = None) -> str:
    """Give a place as `sheet survey, row 4, column B`; the row is counted from 1, the column from 0."""
    parts = [f"sheet {sheet[:_LONGEST_NAME]}"] if sheet else []
    parts += [f"row {row}"] if row is not None else []
    parts += [f"column {letters(column)}"] if column is not None else []
    return ", ".join(parts) or "the file"


def letters(column: int) -> str:
    """Give the letters by which spreadsheets name a column, counted from 0: A, B, …, Z, AA."""
    name = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, _LETTERS)
        name = chr(ord("A") + rest) + name
    return name


class Allowance:
    """How much more a whole workbook may hold; cells can refer to one long text thousands of times."""

    def __init__(self) -> None:
        self._cells, self._characters = MOST_CELLS, MOST_CHARACTERS

    def spend(self, characters: int) -> None:
        """Take a cell of so many characters; refuses the workbook where it is one too many."""
        self._cells -= 1
        self._characters -= characters
        if self._cells < 0 or self._characters < 0:
            raise too_much()


class Cells:
    """The cells of one sheet while it is read; refuses what goes beyond the limits as soon as it appears."""

    def __init__(self, sheet: str, allowance: Allowance) -> None:
        self._sheet, self._allowance = sheet, allowance
        self._rows: dict[int, dict[int, str]] = defaultdict(dict)

    def put(self, row: int, column: int, words: str) -> None:
        """Take the words of a cell; the row is counted from 1, the column from 0. Blank ones are passed over."""
        words = words.strip()
        if not words:
            return
        if row > MOST_ROWS:
            raise refusal(place(self._sheet), f"the sheet has more than {MOST_ROWS:,} rows, the most that are read")
        if column >= MOST_COLUMNS:
            sentence = f"the sheet has more than {MOST_COLUMNS} columns, the most that are read"
            raise refusal(place(self._sheet), sentence)
        if len(words) > LONGEST_CELL:
            sentence = f"the cell has more than {LONGEST_CELL:,} characters, the most that are read"
            raise refusal(place(self._sheet, row, column), sentence)
        if "\x00" in words:
            raise refusal(place(self._sheet, row, column), "the cell holds the character U+0000, which is no text")
        self._allowance.spend(len(words))
        self._rows[row][column] = words

    def sheet(self) -> Sheet:
        """Give the sheet of all the cells taken."""
        return Sheet(self._sheet, tuple(self._in_order()))

    def _in_order(self) -> Iterator[Row]:
        for number in sorted(self._rows):
            cells = self._rows[number]
            yield Row(number, tuple(cells.get(column, "") for column in range(max(cells) + 1)))


def refusal(where: str, sentence: str) -> Unconvertible:
    """Give the error for a source of which nothing can be made because of one place."""
    return Unconvertible(Loss(where, sentence))


def too_much() -> Unconvertible:
    """Give the error for a workbook that holds more than can be read within a second."""
    return refusal("the file", "it holds more cells, blank ones counted, than any questionnaire; it is not read")


def written_number(number: float) -> str:
    """Give a number as people write it: `1` and not `1.0`."""
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)  # noqa: PLR2004 - exact below
