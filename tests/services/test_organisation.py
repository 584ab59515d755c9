"""Units come in as a file: all or nothing, and the same file again changes nothing."""

import pytest

from assessment.errors import Invalid
from assessment.services.organisation import import_units
from assessment.store import queries
from assessment.store.database import Database
from assessment.store.records import UNIT_KINDS, UnitRecord
from tests.services.given import ON_SQLITE, UNITS

HEADING = b"kind,code,name,parent,headcount\n"
ART = b"art,rail,Rail,,\n"


def units(database: Database) -> dict[str, UnitRecord]:
    """Give all units by code."""
    with database.reading() as session:
        return {unit.code: unit for unit in queries.units(session)}


def refused(database: Database, content: bytes) -> tuple[str, ...]:
    """Give why a file is refused, and see that nothing came of it."""
    before = units(database)
    with pytest.raises(Invalid) as refusal:
        import_units(database, content)
    assert units(database) == before
    return (refusal.value.sentence, *refusal.value.faults)


def test_units_are_stored_as_the_file_has_them(database: Database) -> None:
    assert import_units(database, UNITS) == 13
    found = units(database)
    assert found["newt"] == UnitRecord("newt", "team", "Newt", "road", 4)
    assert found["top"] == UnitRecord("top", "portfolio", "Everything", None, None)


def test_the_same_file_again_changes_nothing(database: Database) -> None:
    import_units(database, UNITS)
    before = units(database)
    assert import_units(database, UNITS) == 0
    assert units(database) == before


def test_what_a_file_changes_is_counted_and_the_rest_stays(database: Database) -> None:
    import_units(database, UNITS)
    changed = HEADING + b"team,newt,The newts,rail,6\nteam,raven,Raven,rail,7\n"
    assert import_units(database, changed) == 2
    assert units(database)["newt"] == UnitRecord("newt", "team", "The newts", "rail", 6)
    assert len(units(database)) == 14


def test_a_child_may_stand_before_its_parent_and_columns_in_any_order(database: Database) -> None:
    import_units(database, b"name,parent,code,kind\nFalcon,rail,falcon,team\nRail,,rail,art\n")
    assert units(database)["falcon"] == UnitRecord("falcon", "team", "Falcon", "rail", None)


def test_spreadsheets_write_a_mark_and_semicolonless_windows_lines(database: Database) -> None:
    file = "\ufeffkind,code,name,parent,headcount\r\nart,zuege, Züge & Gleise ,,\r\n\r\n , , , , \r\n"
    assert import_units(database, file.encode()) == 1
    assert units(database)["zuege"].name == "Züge & Gleise"


@ON_SQLITE
@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        (b"team,falcon,Falcon,nowhere,8\n", "row 2, column parent: there is no unit “nowhere”"),
        (b"art,a,A,b,\nart,b,B,a,\n", "row 2, column parent: “a” would be above itself"),
        (b"art,a,A,a,\n", "row 2, column parent: “a” would be above itself"),
        (ART + b"art,rail,Again,,\n", "row 3, column code: “rail” is in row 2 already"),
        (b"squad,a,A,,\n", "row 2, column kind: “squad” is no kind of unit"),
        (b"team,a,A,,eight\n", "row 2, column headcount: “eight” is not a number of people"),
        (b"team,a,A,,-1\n", "row 2, column headcount: “-1” is not a number of people"),
        (b"team,a,A,,7.5\n", "row 2, column headcount: “7.5” is not a number of people"),
        (b"team,a,A,,100001\n", "row 2, column headcount: “100001” is not a number of people"),
        ("team,a,A,,²\n".encode(), "row 2, column headcount: “²” is not a number of people"),
        (b"team,a,A,," + b"9" * 5000 + b"\n", "row 2, column headcount:"),
        (b"team,,A,,8\n", "row 2, column code: a code is needed"),
        (b'team,"a,b",A,,8\n', "row 2, column code: a code is needed"),
        (b"team,a/b,A,,8\n", "row 2, column code: a code is needed"),
        (b"team,-a,A,,8\n", "row 2, column code: a code is needed"),
        (b"team," + b"a" * 81 + b",A,,8\n", "row 2, column code: a code is needed"),
        (b'team,a,"A\nB",,8\n', "row 2, column name: a name is one line"),
        (b'team,a,"A\nB",,8\nteam,b,B,,x\n', "row 3, column headcount: “x” is not a number"),
        (b"\nteam,b,B,,x\n", "row 3, column headcount"),
        (b'team,a,"A\nB",,8\nteam,b,B\n', "row 3 has 3 cells"),
        (b'team,a,"A\nB",,8\nteam,"b,B\n', "row 3 cannot be read"),
        (b"team,a,,,8\n", "row 2, column name: a name is needed"),
        (b"team,a,A\n", "row 2 has 3 cells, the heading has 5"),
        (b'team,"a,A,,\n', "row 2 cannot be read"),
        (b"art,z\xfcge,Z,,\n", "line 2 is not UTF-8 (byte 0xfc)"),
        (b"art,a\x00,A,,\n", "line 2 has a null character"),
    ],
)
def test_a_wrong_row_is_named_and_nothing_is_stored(database: Database, rows: bytes, fault: str) -> None:
    found = refused(database, HEADING + rows)
    assert any(line.startswith(fault) for line in found), found


@ON_SQLITE
@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", "the file is empty"),
        (b"\n\n", "the file is empty"),
        (b"kind,code,name,code\n", "row 1: the column code is there twice"),
        (b"kind,name\n", "row 1: the column code is missing"),
        (b"kind,code,name,boss\n", "row 1: “boss” is none of the columns kind, code, name, parent, headcount"),
        (b"kind;code;name\n", "the columns are separated by semicolons; save the file with commas"),
        (b'"kind";"code";"name"\n', "the columns are separated by semicolons; save the file with commas"),
        (HEADING.decode().encode("utf-16"), "line 1 is not UTF-8"),
    ],
)
def test_a_wrong_heading_is_named(database: Database, content: bytes, fault: str) -> None:
    found = refused(database, content)
    assert any(line.startswith(fault) for line in found), found


def test_every_fault_is_told_at_once(database: Database) -> None:
    found = refused(database, HEADING + b"team,a,A,nowhere,many\nsquad,b,,,\n")
    assert found == (
        "the units were not imported",
        "row 2, column headcount: “many” is not a number of people",
        f"row 3, column kind: “squad” is no kind of unit; there are {', '.join(UNIT_KINDS)}",
        "row 3, column name: a name is needed, of at most 200 characters",
        "row 2, column parent: there is no unit “nowhere”",
    )


def test_a_circle_through_units_that_are_there_already_is_found(database: Database) -> None:
    import_units(database, UNITS)
    assert "would be above itself" in refused(database, HEADING + b"portfolio,top,Everything,rail,\n")[1]


def test_codes_are_in_whatever_letters_people_write(database: Database) -> None:
    import_units(database, HEADING + "art,Züge (Süd),Züge,,\nteam,команда 1,Team,Züge (Süd),8\n".encode())
    assert list(units(database)) == ["Züge (Süd)", "команда 1"]
