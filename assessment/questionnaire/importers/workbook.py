"""A spreadsheet's bytes become sheets of plain strings, or a sentence that says why not.

Nothing is believed of a file: neither its name's ending, nor the sizes it declares. What could run (macros), what was
worked out by something else (formula cells) and what is hidden (encryption) is refused by name, and so is everything
that would take longer than a second or more than 200 MB to read.
"""

import csv
import io
from pathlib import PurePath

from assessment.questionnaire.importers import workbook_xls, workbook_xlsx
from assessment.questionnaire.importers.conversion import Unconvertible
from assessment.questionnaire.importers.sheet import MOST_ROWS, Allowance, Cells, Sheet, place, refusal

LARGEST_FILE = 5 * 1024 * 1024
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WITH_MACROS = {".xlsm", ".xltm", ".xlam", ".xla"}
_DELIMITERS = ",;\t"
_SNIFFED = 2_000


def read_sheets(name: str, content: bytes) -> dict[str, Sheet]:
    """Give the sheets of an .xlsx, .xls or .csv file by name, in the file's order; a CSV file's one has the name "".

    Numbers are written without a needless fraction (`1`), booleans as TRUE and FALSE, dates as `2026-03-31`. Raises
    `Unconvertible` for whatever is no such file, is larger than can be read safely, or holds macros or formulas.
    """
    ending = PurePath(name).suffix.lower()
    if len(content) > LARGEST_FILE:
        raise refusal("the file", f"it is larger than {LARGEST_FILE // 1024 // 1024} MB, the most that is read")
    if ending in _WITH_MACROS:
        raise refusal("the file", f"it is a workbook with macros ({ending}); save it as .xlsx without them")
    try:
        if content.startswith(_ZIP):
            return workbook_xlsx.sheets(content)
        if content.startswith(_OLE):
            return workbook_xls.sheets(content)
    except Unconvertible:
        raise
    except Exception as error:  # whatever the readers of these formats stumble over, the file is what is wrong
        raise refusal("the file", "it is damaged: it could not be read as a workbook") from error
    if ending in {".xlsx", ".xls"}:
        raise refusal("the file", f"it ends in {ending} but is no workbook")
    return {"": _csv(content)}


def _csv(content: bytes) -> Sheet:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise refusal(f"line {line}", "it is not written in UTF-8; save it as “CSV UTF-8”") from error
    if "\x00" in text:
        line = text.count("\n", 0, text.index("\x00")) + 1
        raise refusal(f"line {line}", "it holds the character U+0000, which is no text")
    cells = Cells("", Allowance())
    number = 0
    try:
        for number, row in enumerate(csv.reader(io.StringIO(text, ""), delimiter=_delimiter(text), strict=True), 1):
            if number > MOST_ROWS:
                raise refusal("the file", f"it has more than {MOST_ROWS:,} rows, the most that are read")
            for column, words in enumerate(row):
                cells.put(number, column, words)
    except csv.Error as error:
        raise refusal(place("", number + 1), f"this row cannot be read as CSV: {error}") from error
    return cells.sheet()


def _delimiter(text: str) -> str:
    """Give what separates the cells: in much of Europe spreadsheets write semicolons."""
    first = next((line for line in text[:_SNIFFED].splitlines() if line.strip()), "")
    unquoted = "".join(first.split('"')[::2])
    return max(_DELIMITERS, key=unquoted.count)
