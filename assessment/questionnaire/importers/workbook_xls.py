"""An .xls workbook's bytes become sheets.

xlrd reads the cells; it knows no formula, though, only the value that was last worked out. So the file's records are
walked through before: they tell formulas, encryption, macros and sizes.
"""

import io
import struct
from collections.abc import Iterator
from dataclasses import dataclass

import xlrd
from xlrd.compdoc import CompDoc

from assessment.questionnaire.finding import shown
from assessment.questionnaire.importers.sheet import (
    MOST_CELLS,
    MOST_SHEETS,
    Allowance,
    Cells,
    Sheet,
    place,
    refusal,
    too_much,
    written_number,
)
from assessment.questionnaire.importers.workbook_xlsx import dated, refuse_formulas

MOST_RECORDS = 3 * MOST_CELLS
MOST_RECORDS_OF_BOOK = 20_000  # fonts, formats, names: what stands before the sheets
MOST_STRINGS = 2 * MOST_CELLS
_BOF, _EOF, _FILEPASS, _BOUNDSHEET, _STRINGS, _MULRK = 0x0809, 0x000A, 0x002F, 0x0085, 0x00FC, 0x00BD
_FORMAT, _LONGEST_FORMAT = 0x041E, 1_000  # bytes; Excel writes 255 characters at the most
_FORMULAS = {0x0006, 0x0206, 0x0406}
_CELLS = {0x0203, 0x0204, 0x0205, 0x00FD, 0x027E, _MULRK, *_FORMULAS}  # those that hold something
_WORKSHEET, _MACRO_SHEET, _VISUAL_BASIC = 0, 1, 6
_MACROS = {"_vba_project_cur", "_vba_project", "vba", "macros"}
_BIFF8 = 0x0600

_Record = tuple[int, int, int]  # kind, where its data begins, how long they are


@dataclass(frozen=True, slots=True)
class _Listed:
    """One sheet as the workbook lists it: where its records begin, and of which kind it is."""

    name: str
    start: int
    kind: int


def sheets(content: bytes) -> dict[str, Sheet]:
    """Give the workbook's sheets; raises `Unconvertible`, and whatever xlrd raises for a damaged file."""
    _look_through(content)
    book = xlrd.open_workbook(file_contents=content, logfile=io.StringIO(), on_demand=True, ragged_rows=True)
    allowance = Allowance()
    return {name: _sheet(book, name, allowance) for name in book.sheet_names()}


def _sheet(book: xlrd.Book, name: str, allowance: Allowance) -> Sheet:
    cells = Cells(name, allowance)
    sheet = book.sheet_by_name(name)
    for row in range(sheet.nrows):
        for column, cell in enumerate(sheet.row(row)):
            cells.put(row + 1, column, _words(cell, name, row + 1, column, book.datemode))
    book.unload_sheet(name)
    return cells.sheet()


def _words(cell: xlrd.sheet.Cell, sheet: str, row: int, column: int, datemode: int) -> str:
    value = cell.value
    match cell.ctype:
        case xlrd.XL_CELL_NUMBER:
            return written_number(float(value))
        case xlrd.XL_CELL_DATE:
            return dated(float(value), counted_from_1904=bool(datemode))
        case xlrd.XL_CELL_BOOLEAN:
            return "TRUE" if value else "FALSE"
        case xlrd.XL_CELL_ERROR:
            error = xlrd.error_text_from_code.get(int(value), str(value))
            raise refusal(place(sheet, row, column), f"the cell holds the error {shown(error)}")
    return str(value)


def _look_through(content: bytes) -> None:
    """Refuse a file that is encrypted, holds macros or formulas, or has more than can be read within a second."""
    document = CompDoc(content, logfile=io.StringIO())
    names = {entry.name.lower() for entry in document.dirlist}
    if "encryptedpackage" in names:
        raise refusal("the file", "it is encrypted; save it without a password")
    if names & _MACROS:
        raise refusal("the file", "it holds macros; save it as .xlsx without them")
    for name in ("Workbook", "Book"):
        memory, base, length = document.locate_named_stream(name)
        if memory is not None:
            return _look_at_records(memory[base : base + length])
    raise refusal("the file", "it is an Office file but no workbook")


def _look_at_records(stream: bytes) -> None:
    listed = list(_listed(stream))
    if len(listed) > MOST_SHEETS:
        raise refusal("the file", f"it has more than {MOST_SHEETS} sheets, the most that are read")
    if any(sheet.kind in {_MACRO_SHEET, _VISUAL_BASIC} for sheet in listed):
        raise refusal("the file", "it holds macros; save it as .xlsx without them")
    formulas: list[str] = []
    records = cells = 0
    for sheet in listed:
        limits = Cells(sheet.name, Allowance())
        for kind, start, length in _records(stream, sheet.start):
            records += 1
            if kind in _CELLS:
                row, column = struct.unpack_from("<HH", stream, start)
                cells += (length - 6) // 6 if kind == _MULRK else 1
                limits.put(row + 1, column, "any")
                if kind in _FORMULAS:
                    formulas.append(place(sheet.name, row + 1, column))
            if records > MOST_RECORDS or cells > MOST_CELLS:
                raise too_much()
    refuse_formulas(formulas)


def _listed(stream: bytes) -> Iterator[_Listed]:
    version = struct.unpack_from("<H", stream, 4)[0]
    strings = 0
    for number, (kind, start, length) in enumerate(_records(stream, 0)):
        strings += struct.unpack_from("<i", stream, start + 4)[0] if kind == _STRINGS else 0
        if number > MOST_RECORDS_OF_BOOK or strings > MOST_STRINGS:
            raise too_much()
        if kind == _FORMAT and length > _LONGEST_FORMAT:  # xlrd takes the square of its length
            raise refusal("the file", "it has a number format longer than any spreadsheet program writes")
        if kind == _FILEPASS:
            raise refusal("the file", "it is encrypted; save it without a password")
        if kind == _BOUNDSHEET:
            offset, _, sheet_kind = struct.unpack_from("<IBB", stream, start)
            name = stream[start + 7 : start + length]
            yield _Listed(_name(name, wide_known=version >= _BIFF8), offset, sheet_kind)


def _name(written: bytes, *, wide_known: bool) -> str:
    if not wide_known:
        return written.decode("cp1252", "replace")
    return written[1:].decode("utf-16-le" if written[:1] == b"\x01" else "latin-1", "replace")


def _records(stream: bytes, start: int) -> Iterator[_Record]:
    """Give the records of one part of the stream, to the end that closes its beginning."""
    depth = 0
    while start + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, start)
        yield kind, start + 4, length
        if kind == _BOF:
            depth += 1
        elif kind == _EOF:
            depth -= 1
            if depth <= 0:
                return
        start += 4 + length
