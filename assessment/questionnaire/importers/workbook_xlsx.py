"""An .xlsx workbook's bytes become sheets.

The archive's sizes are checked first, those declared and those found. Then the few parts of the workbook that are
needed go piece by piece through an XML parser that knows no entities and stops at the first row too many: an object
for every cell, as general readers of this format build it, takes several times the second that there is.
"""

import io
import math
import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from xml.sax.handler import ContentHandler  # the interface alone; what parses is defusedxml's

from defusedxml import DefusedXmlException
from defusedxml.expatreader import DefusedExpatParser

from assessment.questionnaire.finding import shown
from assessment.questionnaire.importers.conversion import Loss, Unconvertible
from assessment.questionnaire.importers.sheet import (
    LONGEST_CELL,
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

if TYPE_CHECKING:
    from xml.sax.xmlreader import AttributesImpl

MOST_UNPACKED = 20 * 1024 * 1024
MOST_MEMBERS = 200
MOST_ELEMENTS = 4 * MOST_CELLS
_FREE_ATTRIBUTES = 3  # of each element; more of them count like elements
_LONGEST_TAG = 3  # pieces
_STEEPEST = 200  # times the packed size; text in real workbooks stays far below
_SUSPECT = 1024 * 1024  # bytes unpacked under which no ratio matters
_MEMBER = b"PK\x01\x02"  # begins an entry of the archive's directory
_PIECE = 64 * 1024
_MOST_NAMED = 20  # formula cells told one by one

_CELL = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_CONSTANTS = {"TRUE()", "FALSE()"}  # LibreOffice writes booleans so
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_DATE_FORMATS = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}  # those Excel knows by number
_NOT_LETTERS = re.compile(r'"[^"]*(?:"|\Z)|\[[^\]]*(?:\]|\Z)|\\.|_.')
_LONGEST_FORMAT = 255  # characters; Excel's own limit
_DATE_LETTERS = re.compile("[ymdhs]", re.IGNORECASE)
_FIRST_DAY, _FIRST_DAY_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)  # noqa: DTZ001 - cells know no zone


def sheets(content: bytes) -> dict[str, Sheet]:
    """Give the workbook's sheets; raises `Unconvertible`, and whatever zlib and expat raise for a damaged file."""
    if content.count(_MEMBER) > MOST_MEMBERS:  # before the archive builds an object for each
        raise refusal("the file", f"it holds more than {MOST_MEMBERS} parts, the most that are unpacked")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        _check(archive)
        return _Workbook(archive).sheets()


def _check(archive: zipfile.ZipFile) -> None:
    """Refuse an archive that is too large unpacked, hidden, or no workbook of plain cells."""
    members = archive.infolist()
    for member in members:
        if member.flag_bits & 1:
            raise refusal("the file", "it is encrypted; save it without a password")
        if member.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise refusal("the file", "it is packed in a way that no spreadsheet program uses")
    _check_sizes(sum(m.file_size for m in members), sum(m.compress_size for m in members))
    names = {member.filename.lower() for member in members}
    if any(name.endswith("vbaproject.bin") or "/macrosheets/" in name for name in names):
        raise refusal("the file", "it holds macros; save it as .xlsx without them")
    if "xl/workbook.bin" in names:
        raise refusal("the file", "it is a binary workbook (.xlsb); save it as .xlsx")
    if "content.xml" in names:
        raise refusal("the file", "it is an OpenDocument file; save it as .xlsx")
    if "_rels/.rels" not in names:
        raise refusal("the file", "it is an archive but no workbook")
    found = 0
    for member in members:
        for piece in _pieces(archive, member.filename):
            found += len(piece)
            _check_sizes(found, found)


def _check_sizes(unpacked: int, packed: int) -> None:
    if unpacked > MOST_UNPACKED or (unpacked > _SUSPECT and unpacked > _STEEPEST * max(packed, 1)):
        sentence = (
            f"unpacked it would be larger than any questionnaire ({unpacked / 1024 / 1024:,.0f} MB); it is not read"
        )
        raise refusal("the file", sentence)


def _pieces(archive: zipfile.ZipFile, member: str) -> Iterator[bytes]:
    with archive.open(member) as part:
        while piece := part.read(_PIECE):
            yield piece


def _plain(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Give the pieces of a part, refusing what would cost the parser more than it tells: it sees no tag in parts."""
    without_tag = 0
    for piece in pieces:
        without_tag = 0 if b"<" in piece else without_tag + 1
        if without_tag >= _LONGEST_TAG or b"\x00" in piece:
            raise refusal("the file", "it is damaged: it could not be read as a workbook")
        yield piece


class _Part(ContentHandler):
    """What reads one part of the workbook; `taken` gives the text of the elements named in `TEXTS`."""

    TEXTS: frozenset[str] = frozenset()

    def __init__(self) -> None:
        super().__init__()
        self.elements_left = MOST_ELEMENTS
        self._words: list[str] = []
        self._length = 0
        self._inside = self._pronounced = False

    def startElement(self, name: str, attrs: "AttributesImpl") -> None:  # noqa: N802 - SAX's name
        """Count the element and pass it on without its prefix."""
        self._spend(max(1, len(attrs) - _FREE_ATTRIBUTES))
        local = name.rpartition(":")[2]
        if local == "rPh":
            self._pronounced = True
        self._inside = local in self.TEXTS and not self._pronounced
        self.opened(local, attrs)

    def endElement(self, name: str) -> None:  # noqa: N802 - SAX's name
        """Pass the end on without its prefix."""
        local = name.rpartition(":")[2]
        if local == "rPh":
            self._pronounced = False
        self._inside = False
        self.closed(local)

    def characters(self, content: str) -> None:
        """Keep the text of a cell, as much as one can hold and enough to see that it holds too much."""
        if self._inside and self._length <= LONGEST_CELL:
            self._words.append(content)
            self._length += len(content)

    def processingInstruction(self, target: str, data: str) -> None:  # noqa: N802 - SAX's name
        """Count what is of no meaning here."""
        del target, data
        self._spend(1)

    def _spend(self, elements: int) -> None:
        self.elements_left -= elements
        if self.elements_left < 0:
            raise too_much()

    def taken(self) -> str:
        """Give the text gathered since the last time."""
        words = "".join(self._words)
        self._words, self._length = [], 0
        return words

    def opened(self, name: str, attributes: "AttributesImpl") -> None:
        """Take the start of an element."""

    def closed(self, name: str) -> None:
        """Take the end of an element."""


@dataclass
class _Listed:
    """One sheet as the workbook lists it."""

    name: str
    relation: str


class _Index(_Part):
    """The workbook's own part: which sheets there are, and from which day dates are counted."""

    def __init__(self) -> None:
        super().__init__()
        self.listed: list[_Listed] = []
        self.counted_from_1904 = False

    def opened(self, name: str, attributes: "AttributesImpl") -> None:
        if name == "sheet":
            relation = next(attributes[key] for key in attributes.getNames() if key.endswith(":id"))
            self.listed.append(_Listed(attributes["name"], relation))
        if name == "workbookPr" and attributes.get("date1904") in {"1", "true"}:
            self.counted_from_1904 = True


class _Relations(_Part):
    """Which part of the archive stands behind which relation: kind and path by relation id."""

    def __init__(self, folder: str) -> None:
        super().__init__()
        self._folder = folder
        self.targets: dict[str, tuple[str, str]] = {}

    def opened(self, name: str, attributes: "AttributesImpl") -> None:
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            path = posixpath.normpath(posixpath.join("/", self._folder, attributes["Target"])).lstrip("/")
            self.targets[attributes["Id"]] = (attributes["Type"].rpartition("/")[2], path)

    def path(self, kind: str) -> str | None:
        """Give the path of the part of a kind, None where there is none."""
        return next((path for found, path in self.targets.values() if found == kind), None)


class _Strings(_Part):
    """The texts that cells share."""

    TEXTS = frozenset({"t"})

    def __init__(self) -> None:
        super().__init__()
        self.strings: list[str] = []

    def closed(self, name: str) -> None:
        """Take a text once it is complete: it may be made of several runs."""
        if name == "si":
            self.strings.append(_unescaped(self.taken()).strip())


class _Styles(_Part):
    """Which of the styles that cells refer to show a number as a date."""

    def __init__(self) -> None:
        super().__init__()
        self._formats: set[int] = set(_DATE_FORMATS)
        self._inside_cells = False
        self.dates: list[bool] = []

    def opened(self, name: str, attributes: "AttributesImpl") -> None:
        if name == "numFmt" and _shows_a_date(attributes["formatCode"][:_LONGEST_FORMAT]):
            self._formats.add(int(attributes["numFmtId"]))
        if name == "cellXfs":
            self._inside_cells = True
        if name == "xf" and self._inside_cells:
            self.dates.append(int(attributes.get("numFmtId", "0")) in self._formats)

    def closed(self, name: str) -> None:
        if name == "cellXfs":
            self._inside_cells = False


def _shows_a_date(number_format: str) -> bool:
    return _DATE_LETTERS.search(_NOT_LETTERS.sub("", number_format)) is not None


@dataclass
class _Shared:
    """What the cells of all sheets refer to."""

    strings: list[str] = field(default_factory=list)
    dates: list[bool] = field(default_factory=list)
    counted_from_1904: bool = False
    allowance: Allowance = field(default_factory=Allowance)


class _Grid(_Part):
    """One sheet: its cells, and the places of those that hold a formula."""

    TEXTS = frozenset({"v", "t", "f"})

    def __init__(self, sheet: str, shared: _Shared) -> None:
        super().__init__()
        self._sheet, self._shared = sheet, shared
        self.cells = Cells(sheet, shared.allowance)
        self.formulas: list[str] = []
        self._row, self._column = 0, -1
        self._kind, self._style, self._constant = "n", 0, ""

    def opened(self, name: str, attributes: "AttributesImpl") -> None:
        if name == "row":
            self._row, self._column = int(attributes.get("r", str(self._row + 1))), -1
        elif name == "c":
            self._column += 1
            if "r" in attributes:
                self._row, self._column = _position(attributes["r"])
            self._kind, self._style = attributes.get("t", "n"), int(attributes.get("s", "0"))
            self._constant = ""

    def closed(self, name: str) -> None:
        if name == "f":
            formula = self.taken().strip().upper()
            if formula in _CONSTANTS:
                self._kind, self._constant = "str", formula.removesuffix("()")
            else:
                self.formulas.append(place(self._sheet, self._row, self._column))
        elif name == "c":
            value = self.taken()
            if value := self._constant or value:
                self.cells.put(self._row, self._column, self._said(value))

    def _said(self, value: str) -> str:
        match self._kind:
            case "s":
                return self._shared_string(int(value))
            case "b":
                return "TRUE" if value.strip() == "1" else "FALSE"
            case "e":
                where = place(self._sheet, self._row, self._column)
                raise refusal(where, f"the cell holds the error {shown(value)}")
            case "n":
                return self._number(float(value))
        return _unescaped(value)

    def _shared_string(self, index: int) -> str:
        if not 0 <= index < len(self._shared.strings):
            sentence = f"the cell refers to the shared text {index}, and there are {len(self._shared.strings)} from 0"
            raise refusal(place(self._sheet, self._row, self._column), sentence)
        return self._shared.strings[index]

    def _number(self, number: float) -> str:
        if not math.isfinite(number):
            raise refusal(place(self._sheet, self._row, self._column), "the cell holds a number that is none")
        if self._style < len(self._shared.dates) and self._shared.dates[self._style]:
            return dated(number, counted_from_1904=self._shared.counted_from_1904)
        return written_number(number)


class _Workbook:
    """The workbook while it is read: what is common to its sheets, and how much of it was parsed so far."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._elements_left = MOST_ELEMENTS
        self._bytes_left = MOST_UNPACKED  # several sheets may stand in one part: it is read again for each

    def sheets(self) -> dict[str, Sheet]:
        top = self._relations("", "_rels/.rels")
        start = top.path("officeDocument")
        if start is None:
            raise refusal("the file", "it is an archive but no workbook")
        index = _Index()
        self._parse(start, index)
        if len(index.listed) > MOST_SHEETS:
            raise refusal("the file", f"it has more than {MOST_SHEETS} sheets, the most that are read")
        folder, file = posixpath.split(start)
        relations = self._relations(folder, posixpath.join(folder, "_rels", f"{file}.rels"))
        shared = self._common(relations, counted_from_1904=index.counted_from_1904)
        found: dict[str, Sheet] = {}
        formulas: list[str] = []
        for listed in index.listed:
            kind, path = relations.targets[listed.relation]
            if kind == "worksheet":
                if listed.name in found:
                    raise refusal("the file", f"two sheets are called {shown(listed.name)}")
                grid = _Grid(listed.name, shared)
                self._parse(path, grid, listed.name)
                formulas += grid.formulas
                found[listed.name] = grid.cells.sheet()
        refuse_formulas(formulas)
        return found

    def _common(self, relations: _Relations, *, counted_from_1904: bool) -> _Shared:
        strings, styles = _Strings(), _Styles()
        for kind, part in (("sharedStrings", strings), ("styles", styles)):
            path = relations.path(kind)
            if path is not None:
                self._parse(path, part)
        return _Shared(strings.strings, styles.dates, counted_from_1904)

    def _relations(self, folder: str, path: str) -> _Relations:
        relations = _Relations(folder)
        self._parse(path, relations)
        return relations

    def _parse(self, path: str, part: _Part, sheet: str = "") -> None:
        parser = DefusedExpatParser(forbid_dtd=True)
        parser.setContentHandler(part)
        part.elements_left = self._elements_left
        try:
            for piece in _plain(_pieces(self._archive, path)):
                self._bytes_left -= len(piece)
                if self._bytes_left < 0:
                    raise too_much()
                parser.feed(piece)
            parser.close()
        except DefusedXmlException as error:
            sentence = (
                f"the part {shown(path)} declares XML entities or a document type, as no spreadsheet program does"
            )
            raise refusal(place(sheet), sentence) from error
        self._elements_left = part.elements_left


def refuse_formulas(places: list[str]) -> None:
    """Refuse a workbook with formula cells, naming the first of them."""
    sentence = "the cell holds a formula; put the value itself there (copy, then paste as values)"
    if places:
        raise Unconvertible(*(Loss(where, sentence) for where in places[:_MOST_NAMED]))


def dated(number: float, *, counted_from_1904: bool) -> str:
    """Give the date that a number of days shows: `2026-03-31`, with the time of day where there is one."""
    try:
        moment = (_FIRST_DAY_1904 if counted_from_1904 else _FIRST_DAY) + timedelta(seconds=round(number * 86_400))
    except OverflowError:
        return written_number(number)
    if 0 <= number < 1:
        return f"{moment:%H:%M:%S}"
    return f"{moment:%Y-%m-%d}" if number.is_integer() else f"{moment:%Y-%m-%d %H:%M:%S}"


def _position(reference: str) -> tuple[int, int]:
    """Give the row, counted from 1, and the column, counted from 0, of a cell such as `B4`."""
    found = _CELL.fullmatch(reference)
    if not found:
        raise refusal("the file", f"a cell stands at {shown(reference)}, which is no place in a sheet")
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]), column - 1


def _unescaped(words: str) -> str:
    """Give a text with the characters that the format writes as `_x000D_`."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), words) if "_x" in words else words
