"""Workbooks for tests, made on the spot: ordinary ones, and those whose parts are written by hand."""

import io
import struct
import zipfile
from collections.abc import Mapping, Sequence

import openpyxl

Rows = Sequence[Sequence[object]]

RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SECTOR = 512
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def xlsx(sheets: Mapping[str, Rows]) -> bytes:
    """Give an .xlsx workbook as a spreadsheet program saves it."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def parts(sheet: str | bytes, **more: str | bytes) -> dict[str, str | bytes]:
    """Give the parts of the smallest workbook: a sheet `survey`, written as XML; `strings` are those shared."""
    relation = f'<Relationship Id="a" Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/>'
    strings = f'<Relationship Id="b" Type="{RELATIONS}/sharedStrings" Target="/xl/sharedStrings.xml"/>'
    return {
        "_rels/.rels": "<Relationships>"
        f'<Relationship Id="r" Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns:r="{RELATIONS}">'
        '<sheets><sheet name="survey" sheetId="1" r:id="a"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f"<Relationships>{relation}{strings}</Relationships>",
        "xl/sharedStrings.xml": more.get("strings", "<sst><si><t>shared</t></si></sst>"),
        "xl/worksheets/sheet1.xml": sheet,
    }


def zipped(members: Mapping[str, str | bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Give an archive of these members."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", compression) as archive:
        for name, written in members.items():
            archive.writestr(name, written)
    return content.getvalue()


def sheet_of(cells: str) -> str:
    """Give the XML of a sheet whose first row has these cells."""
    return f'<worksheet><sheetData><row r="1">{cells}</row></sheetData></worksheet>'


def record(kind: int, content: bytes = b"") -> bytes:
    """Give one record of an .xls workbook."""
    return struct.pack("<HH", kind, len(content)) + content


def number(row: int, column: int, value: float) -> bytes:
    """Give a cell with a number, both counted from 0."""
    return record(0x0203, struct.pack("<HHHd", row, column, 0, value))


def label(row: int, column: int, words: str) -> bytes:
    """Give a cell with a text."""
    return record(0x0204, struct.pack("<HHHHB", row, column, 0, len(words), 1) + words.encode("utf-16-le"))


def formula(row: int, column: int) -> bytes:
    """Give a cell with a formula whose last value is 2."""
    return record(0x0006, struct.pack("<HHHdHIH", row, column, 0, 2.0, 0, 0, 3) + b"\x1e\x02\x00")


def boolean(row: int, column: int, *, value: bool, error: bool = False) -> bytes:
    """Give a cell with a truth value, or (with `error`) with the error #DIV/0!."""
    return record(0x0205, struct.pack("<HHHBB", row, column, 0, 7 if error else value, error))


def xls(*cells: bytes, sheet_kind: int = 0, head: bytes = b"", streams: Sequence[str] = ()) -> bytes:
    """Give an .xls workbook of one sheet `survey` with these cells; `head` stands among what is said of the whole."""
    opening = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0)) + head
    name = b"survey"
    listed = 4 + 8 + len(name)
    start = len(opening) + listed + 4
    book = opening + record(0x0085, struct.pack("<IBBBB", start, 0, sheet_kind, len(name), 0) + name) + record(0x000A)
    sheet = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0)) + b"".join(cells) + record(0x000A)
    return compound({"Workbook": book + sheet, **dict.fromkeys(streams, b"x")})


def compound(streams: Mapping[str, bytes]) -> bytes:
    """Give an OLE2 file with these streams: a header, its allocation table, a directory, then the streams."""
    padded = {name: content.ljust(-(-len(content) // _SECTOR) * _SECTOR, b"\0") for name, content in streams.items()}
    directory_sectors = -(-(len(streams) + 1) // 4)
    table = [_FAT, *range(2, directory_sectors + 1), _END]
    entries = [_entry("Root Entry", 5, _END, 0, links=(_FREE, _FREE, 1))]
    for index, (name, content) in enumerate(padded.items(), start=1):
        following = index + 1 if index < len(padded) else _FREE
        entries.append(_entry(name, 2, len(table), len(streams[name]), links=(_FREE, following, _FREE)))
        sectors = len(content) // _SECTOR
        table += [*range(len(table) + 1, len(table) + sectors), _END]
    assert len(table) <= 128, "one sector of the table is enough for tests"
    table += [_FREE] * (128 - len(table))
    directory = b"".join(entries).ljust(directory_sectors * _SECTOR, b"\0")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(10)
    header += struct.pack("<IIIIIIII", 1, 1, 0, 0, _END, 0, _END, 0) + struct.pack("<109I", 0, *[_FREE] * 108)
    return header + struct.pack("<128I", *table) + directory + b"".join(padded.values())


def _entry(name: str, kind: int, start: int, size: int, *, links: tuple[int, int, int]) -> bytes:
    written = name.encode("utf-16-le") + b"\0\0"
    head = written.ljust(64, b"\0") + struct.pack("<H", len(written)) + struct.pack("<BBIII", kind, 1, *links)
    return head + bytes(36) + struct.pack("<III", start, size, 0)
