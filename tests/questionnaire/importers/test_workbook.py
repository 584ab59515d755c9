"""Spreadsheets become rows of strings, and whatever could harm or mislead is refused with a sentence."""

import datetime as dt
import io
import struct
import zipfile
from time import process_time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from assessment.questionnaire.importers.conversion import Unconvertible
from assessment.questionnaire.importers.sheet import letters
from assessment.questionnaire.importers.workbook import read_sheets
from tests.questionnaire.importers.workbooks import (
    RELATIONS,
    boolean,
    compound,
    formula,
    label,
    number,
    parts,
    record,
    sheet_of,
    xls,
    xlsx,
    zipped,
)

ORDINARY = xlsx(
    {
        "survey": [["type", "name"], ["text", "q"], [], [None, 1], [1.5, True]],
        "choices": [[dt.datetime(2026, 3, 31), dt.datetime(2026, 3, 31, 12, 30)], [dt.time(7, 5)]],  # noqa: DTZ001 - cells know no zone
    }
)
OLD = xls(label(0, 0, "type"), label(0, 1, "Größe"), number(2, 0, 1.0), number(2, 1, 0.25), boolean(3, 1, value=True))


def rows(name: str, content: bytes, sheet: str = "survey") -> list[tuple[int, tuple[str, ...]]]:
    return [(row.number, row.cells) for row in read_sheets(name, content)[sheet].rows]


def refused(name: str, content: bytes) -> list[tuple[str, str]]:
    with pytest.raises(Unconvertible) as caught:
        read_sheets(name, content)
    return [(reason.place, reason.sentence) for reason in caught.value.reasons]


def test_cells_read_as_they_are_written() -> None:
    assert rows("a.xlsx", ORDINARY) == [
        (1, ("type", "name")),
        (2, ("text", "q")),
        (4, ("", "1")),
        (5, ("1.5", "TRUE")),
    ]


def test_dates_read_as_text() -> None:
    assert rows("a.xlsx", ORDINARY, "choices") == [(1, ("2026-03-31", "2026-03-31 12:30:00")), (2, ("07:05:00",))]


def test_an_old_workbook_reads_like_a_new_one() -> None:
    assert rows("a.xls", OLD) == [(1, ("type", "Größe")), (3, ("1", "0.25")), (4, ("", "TRUE"))]


def test_what_a_workbook_is_called_does_not_matter() -> None:
    assert rows("a.xls", ORDINARY) == rows("a.xlsx", ORDINARY)
    assert rows("a.xlsx", OLD) == rows("a.xls", OLD)


CELLS = {
    '<c t="s"><v>0</v></c>': "shared",
    '<c t="inlineStr"><is><r><t>in </t></r><r><t>runs</t></r><rPh><t>aside</t></rPh></is></c>': "in runs",
    '<c t="str"><v>a_x0041_b</v></c>': "aAb",
    '<c t="b"><v>0</v></c>': "FALSE",
    "<c><v>1.0</v></c>": "1",
    "<c><v>1E3</v></c>": "1000",
    "<c><v>0.10000000000000001</v></c>": "0.1",
    '<c t="d"><v>2026-03-31</v></c>': "2026-03-31",
    '<c t="b"><f>TRUE()</f><v>1</v></c>': "TRUE",  # how LibreOffice writes a truth value
    "<c><f>FALSE()</f></c>": "FALSE",
}


@pytest.mark.parametrize("cell", CELLS)
def test_every_kind_of_cell_is_read(cell: str) -> None:
    assert rows("a.xlsx", zipped(parts(sheet_of(cell)))) == [(1, (CELLS[cell],))]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_is_read_with_the_delimiters_that_spreadsheets_write(delimiter: str) -> None:
    text = f'\ufefftype{delimiter}"na;m,e"\r\n\r\n1.0{delimiter}"two\nlines"\r\n'
    assert rows("a.csv", text.encode(), "") == [(1, ("type", "na;m,e")), (3, ("1.0", "two\nlines"))]


def test_formulas_are_refused_with_their_cells() -> None:
    book = xlsx({"survey": [["a", "=1+1"]], "choices": [[], [None, None, "=A1"]]})
    sentence = "the cell holds a formula; put the value itself there (copy, then paste as values)"
    assert refused("a.xlsx", book) == [
        ("sheet survey, row 1, column B", sentence),
        ("sheet choices, row 2, column C", sentence),
    ]
    old = xls(label(0, 0, "a"), formula(4, 27))
    assert refused("a.xls", old) == [("sheet survey, row 5, column AB", sentence)]


def test_a_value_worked_out_before_does_not_hide_a_formula() -> None:
    shared = '<c r="C3"><f t="shared" si="0"/><v>2</v></c>'
    assert refused("a.xlsx", zipped(parts(sheet_of(shared))))[0][0] == "sheet survey, row 3, column C"


ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><worksheet>&b;</worksheet>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><worksheet><c t="str"><v>&a;</v></c></worksheet>'


@pytest.mark.parametrize("sheet", [ENTITIES, OUTSIDE, '<!DOCTYPE x SYSTEM "http://127.0.0.1/x"><worksheet/>'])
def test_xml_that_declares_anything_is_refused(sheet: str) -> None:
    ((place, sentence),) = refused("a.xlsx", zipped(parts(sheet)))
    assert place == "sheet survey"
    assert "declares XML entities or a document type" in sentence


def test_a_bomb_is_refused_by_what_it_declares() -> None:
    bomb = zipped(parts("<worksheet>" + " " * 30_000_000 + "</worksheet>"))
    assert len(bomb) < 100_000
    ((place, sentence),) = refused("a.xlsx", bomb)
    assert (place, sentence[:40]) == ("the file", "unpacked it would be larger than any que")


def test_a_bomb_that_understates_its_size_is_refused_too() -> None:
    bomb = bytearray(zipped({"bomb": b" " * 30_000_000, **parts("<worksheet/>")}))
    for entry, size in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        at = bomb.index(entry)
        bomb[at + size : at + size + 4] = struct.pack("<I", 10)
    assert refused("a.xlsx", bytes(bomb)) == [("the file", "it is damaged: it could not be read as a workbook")]


def test_an_archive_of_very_many_parts_is_refused() -> None:
    ((_, sentence),) = refused("a.xlsx", zipped({f"{index}": b"" for index in range(300)}))
    assert sentence == "it holds more than 200 parts, the most that are unpacked"


NO_WORKBOOKS: dict[str, tuple[dict[str, str | bytes], str]] = {
    "macros": (parts("<worksheet/>") | {"xl/vbaProject.bin": b"x"}, "it holds macros; save it as .xlsx without them"),
    "macro sheets": (
        parts("<worksheet/>") | {"xl/macrosheets/sheet1.xml": b"x"},
        "it holds macros; save it as .xlsx without them",
    ),
    "binary": ({"xl/workbook.bin": b"x"}, "it is a binary workbook (.xlsb); save it as .xlsx"),
    "OpenDocument": ({"content.xml": b"x"}, "it is an OpenDocument file; save it as .xlsx"),
    "another archive": ({"a.txt": b"x"}, "it is an archive but no workbook"),
    "a document": ({"_rels/.rels": "<Relationships/>"}, "it is an archive but no workbook"),
}


@pytest.mark.parametrize("kind", NO_WORKBOOKS)
def test_archives_that_are_no_plain_workbooks_are_refused_by_name(kind: str) -> None:
    members, sentence = NO_WORKBOOKS[kind]
    assert refused("a.xlsx", zipped(members)) == [("the file", sentence)]


def test_an_archive_packed_otherwise_is_refused() -> None:
    ((_, sentence),) = refused("a.xlsx", zipped(parts("<worksheet/>"), zipfile.ZIP_LZMA))
    assert sentence == "it is packed in a way that no spreadsheet program uses"


def test_encrypted_workbooks_are_refused() -> None:
    locked = bytearray(zipped(parts("<worksheet/>")))
    locked[locked.index(b"PK\x01\x02") + 8] |= 1
    encrypted = [
        ("a.xlsx", bytes(locked)),
        ("a.xlsx", compound({"EncryptedPackage": b"x", "EncryptionInfo": b"x"})),
        ("a.xls", xls(head=record(0x002F, bytes(6)))),
    ]
    for name, content in encrypted:
        assert refused(name, content) == [("the file", "it is encrypted; save it without a password")]


def test_old_workbooks_with_macros_are_refused() -> None:
    for content in (xls(streams=["_VBA_PROJECT"]), xls(sheet_kind=1), xls(sheet_kind=6)):
        assert refused("a.xls", content) == [("the file", "it holds macros; save it as .xlsx without them")]


def test_a_name_that_promises_macros_is_refused() -> None:
    assert refused("A.XLSM", ORDINARY)[0][1] == "it is a workbook with macros (.xlsm); save it as .xlsx without them"


def test_an_office_file_that_is_no_workbook_is_refused() -> None:
    assert refused("a.xls", compound({"WordDocument": b"x"})) == [("the file", "it is an Office file but no workbook")]


def test_too_many_rows_are_refused_in_every_format() -> None:
    sentence = "the sheet has more than 2,000 rows, the most that are read"
    assert refused("a.xlsx", xlsx({"survey": [["a"]] * 2001})) == [("sheet survey", sentence)]
    assert refused("a.xls", xls(label(2000, 0, "a"))) == [("sheet survey", sentence)]
    assert refused("a.csv", b"a\n" * 2001)[0][1] == "it has more than 2,000 rows, the most that are read"
    assert len(rows("a.xlsx", xlsx({"survey": [["a"]] * 2000}))) == 2000


def test_a_hundred_thousand_rows_are_refused() -> None:
    written = "".join(f'<row r="{index}"><c t="s"><v>0</v></c></row>' for index in range(1, 100_001))
    book = zipped(parts(f"<worksheet><sheetData>{written}</sheetData></worksheet>"))
    assert refused("a.xlsx", book)[0][0] == "sheet survey"
    assert refused("a.csv", b"text,q,Question\n" * 100_000)[0][0] == "the file"


def test_too_many_columns_sheets_and_characters_are_refused() -> None:
    assert "more than 200 columns" in refused("a.xlsx", xlsx({"survey": [["a"] * 201]}))[0][1]
    assert "more than 200 columns" in refused("a.xls", xls(label(0, 200, "a")))[0][1]
    assert "more than 200 columns" in refused("a.csv", b"a," * 200 + b"a")[0][1]
    assert "more than 50 sheets" in refused("a.xlsx", xlsx({f"s{index}": [["a"]] for index in range(51)}))[0][1]
    long = "a" * 32_768
    assert refused("a.xlsx", zipped(parts(sheet_of(f'<c t="str"><v>{long}</v></c>'))))[0] == (
        "sheet survey, row 1, column A",
        "the cell has more than 32,767 characters, the most that are read",
    )
    assert refused("a.csv", f"a,{long}".encode())[0][0] == "row 1, column B"
    assert refused("a.csv", b"a" * 6_000_000)[0][1] == "it is larger than 5 MB, the most that is read"


def tag_of(attributes: int) -> str:
    return "<c " + " ".join(f'a{index}=""' for index in range(attributes)) + "/>"


HEAVY = {
    "blank cells": '<row r="1"><c s="1"/></row>' * 150_000,
    "attributes": tag_of(2_000) * 150,
    "instructions": "<?a?>" * 300_000,
    "one long tag": tag_of(100_000),
    "attributes that tell nothing": '<a x="" y="" z=""/>' * 240_000,
    "one long text, thousands of times": '<row><c t="s"><v>0</v></c></row>' * 1_900,
}


@pytest.mark.parametrize("kind", HEAVY)
def test_what_costs_more_than_it_tells_is_refused(kind: str) -> None:
    strings = f"<sst><si><t>{'ab ' * 10_000}</t></si></sst>"
    book = parts(f"<worksheet><sheetData>{HEAVY[kind]}</sheetData></worksheet>", strings=strings)
    ((place, sentence),) = refused("a.xlsx", zipped(book, zipfile.ZIP_STORED))
    assert place == "the file"
    assert "than any questionnaire" in sentence or "damaged" in sentence


def test_a_part_in_which_many_sheets_stand_is_read_as_often_as_there_is_room_for() -> None:
    text = "".join(f'<q x="{number}"/>{number} words' * 20 for number in range(4_000))
    book = parts(f"<worksheet>{text}</worksheet>")
    listed = "".join(f'<sheet name="s{number}" sheetId="1" r:id="a"/>' for number in range(50))
    book["xl/workbook.xml"] = f'<workbook xmlns:r="{RELATIONS}"><sheets>{listed}</sheets></workbook>'
    started = process_time()
    assert "than any questionnaire" in refused("a.xlsx", zipped(book))[0][1]
    assert process_time() - started < 1.5


STYLES = f'<Relationship Id="s" Type="{RELATIONS}/styles" Target="styles.xml"/></Relationships>'
FORMATS = {"[" * 130_000: "1", "0" * 130_000 + '"' * 9: "1", "[h]:mm": "1899-12-31", "yyyy": "1899-12-31", '"d"0': "1"}


@pytest.mark.parametrize("written", FORMATS, ids=lambda written: written[:8])
def test_formats_of_numbers_are_read_in_no_time(written: str) -> None:
    book = parts(sheet_of('<c s="0"><v>1</v></c>'))
    book["xl/_rels/workbook.xml.rels"] = str(book["xl/_rels/workbook.xml.rels"]).replace("</Relationships>", STYLES)
    code = written.replace('"', "&quot;")
    formats = f'<numFmts><numFmt numFmtId="200" formatCode="{code}"/></numFmts>'
    book["xl/styles.xml"] = f'<styleSheet>{formats}<cellXfs><xf numFmtId="200"/></cellXfs></styleSheet>'
    started = process_time()
    assert rows("a.xlsx", zipped(book, zipfile.ZIP_STORED)) == [(1, (FORMATS[written],))]
    assert process_time() - started < 1


def test_old_formats_of_numbers_that_are_far_too_long_are_refused() -> None:
    formats = b"".join(record(0x041E, struct.pack("<HHB", 200, 8_000, 0) + b"[" * 8_000) for _ in range(4))
    started = process_time()
    assert "a number format longer" in refused("a.xls", xls(number(0, 0, 1.0), head=formats))[0][1]
    assert process_time() - started < 1


def test_shared_texts_that_are_not_there_are_refused() -> None:
    for index in (-1, 1):
        assert refused("a.xlsx", zipped(parts(sheet_of(f'<c t="s"><v>{index}</v></c>')))) == [
            (
                "sheet survey, row 1, column A",
                f"the cell refers to the shared text {index}, and there are 1 from 0",
            )
        ]


def test_errors_and_places_that_are_none_are_refused() -> None:
    assert refused("a.xlsx", zipped(parts(sheet_of('<c t="e"><v>#REF!</v></c>')))) == [
        ("sheet survey, row 1, column A", "the cell holds the error `#REF!`")
    ]
    assert refused("a.xls", xls(boolean(0, 0, value=True, error=True)))[0][1] == "the cell holds the error `#DIV/0!`"
    assert "which is no place in a sheet" in refused("a.xlsx", zipped(parts(sheet_of('<c r="A0"><v>1</v></c>'))))[0][1]
    assert "a number that is none" in refused("a.xlsx", zipped(parts(sheet_of("<c><v>1e999</v></c>"))))[0][1]


def test_csv_that_is_no_text_is_refused_with_its_line() -> None:
    assert refused("a.csv", "type\nGröße".encode("latin-1")) == [
        ("line 2", "it is not written in UTF-8; save it as “CSV UTF-8”")
    ]
    assert refused("a.csv", b"type\n\na\x00b") == [("line 3", "it holds the character U+0000, which is no text")]
    assert refused("a.csv", b'type\n"open')[0][0] == "row 2"


def test_a_broken_workbook_is_refused() -> None:
    for name, content in (("a.xlsx", ORDINARY[: len(ORDINARY) // 2]), ("a.xls", OLD[:600]), ("a.xlsx", b"PK\x03\x04")):
        assert refused(name, content) == [("the file", "it is damaged: it could not be read as a workbook")]
    assert refused("a.xlsx", b"type,name")[0][1] == "it ends in .xlsx but is no workbook"


SMALL = zipped(parts(sheet_of("".join(CELLS))), zipfile.ZIP_STORED)
CSV = b'type;name\n"text";"q"\n'


@settings(max_examples=600, deadline=None)
@example(0, [(0, 0)])
@given(st.sampled_from([0, 1, 2, 3]), st.lists(st.tuples(st.integers(0, 20_000), st.integers(0, 255)), max_size=8))
def test_whatever_the_bytes_are_they_end_in_rows_or_a_sentence(kind: int, edits: list[tuple[int, int]]) -> None:
    name, original = [("a.xlsx", ORDINARY), ("a.xlsx", SMALL), ("a.xls", OLD), ("a.csv", CSV)][kind]
    content = bytearray(original)
    for at, byte in edits:
        content[at % len(content)] = byte
    ends_well(name, bytes(content))


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(sorted(parts(""))), st.lists(st.tuples(st.integers(0, 500), st.text(max_size=5)), max_size=4))
def test_whatever_the_parts_say_they_end_in_rows_or_a_sentence(part: str, edits: list[tuple[int, str]]) -> None:
    members = parts(sheet_of("".join(CELLS)))
    written = str(members[part])
    for at, words in edits:
        place = at % len(written)
        written = written[:place] + words + written[place + 2 :]
    ends_well("a.xlsx", zipped(members | {part: written.encode("utf-8", "replace")}))


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 2_000), st.binary(max_size=40))
def test_bytes_cut_off_and_put_in_end_in_rows_or_a_sentence(at: int, more: bytes) -> None:
    for name, original in (("a.xls", OLD), ("a.xlsx", SMALL), ("a.csv", CSV)):
        place = at % len(original)
        ends_well(name, original[:place] + more + original[place:])
        ends_well(name, original[:place] + more)


def ends_well(name: str, content: bytes) -> None:
    try:
        sheets = read_sheets(name, content)
    except Unconvertible as error:
        said = [words for reason in error.reasons for words in (reason.place, reason.sentence)]
    else:
        said = [f"{cell}." for sheet in sheets.values() for row in sheet.rows for cell in row.cells]
    assert all(said)


def test_columns_are_named_as_spreadsheets_name_them() -> None:
    assert [letters(column) for column in (0, 25, 26, 51, 52, 701, 702)] == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]


def test_an_archive_whose_parts_are_missing_is_refused() -> None:
    for missing in parts(""):
        if missing != "_rels/.rels":
            members = {name: written for name, written in parts("<worksheet/>").items() if name != missing}
            assert refused("a.xlsx", zipped(members))[0][1] == "it is damaged: it could not be read as a workbook"
    empty = io.BytesIO()
    zipfile.ZipFile(empty, "w").close()
    assert refused("a.xlsx", empty.getvalue())[0][1] == "it ends in .xlsx but is no workbook"
