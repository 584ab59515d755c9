"""The organisation comes in as a CSV file: a row a unit."""

import re

from assessment.errors import Invalid
from assessment.services.csv_files import Row, rows
from assessment.store import queries, writes
from assessment.store.database import Database
from assessment.store.records import UNIT_KINDS, UnitRecord

COLUMNS = ("kind", "code", "name", "parent", "headcount")
LONGEST_NAME = 200
LARGEST_HEADCOUNT = 100_000

# A unit's or a round's code stands in addresses, and in lists parted by commas.
CODE = re.compile(r"\w[\w .:+()&-]{0,79}")
CODE_MAY_HAVE = "letters, digits, spaces, . : + ( ) & _ -, at most 80, a letter or digit first"


def import_units(database: Database, content: bytes) -> int:
    """Store the units of a CSV file, all or none; gives how many are new or changed, 0 for the same file again."""
    given = [row for _, row in rows(content, required=COLUMNS[:3], optional=COLUMNS[3:])]
    faults: list[str] = []
    units = [_unit(row, faults) for row in given]
    with database.writing() as session:
        known = {unit.code: unit for unit in queries.units(session)}
        faults += _misplaced(given, units, known)
        if faults:
            raise Invalid("the units were not imported", tuple(faults))
        return writes.put_units(session, units)


def _unit(row: Row, faults: list[str]) -> UnitRecord:
    kind, code, name = row["kind"], row["code"], row["name"]
    if kind not in UNIT_KINDS:
        faults.append(row.fault("kind", f"“{kind}” is no kind of unit; there are {', '.join(UNIT_KINDS)}"))
    if not CODE.fullmatch(code):
        faults.append(row.fault("code", f"a code is needed: {CODE_MAY_HAVE}"))
    if not name or len(name) > LONGEST_NAME:
        faults.append(row.fault("name", "a name is needed, of at most 200 characters"))
    if not name.isprintable():
        faults.append(row.fault("name", "a name is one line, without control characters"))
    return UnitRecord(code, kind, name, row["parent"] or None, _headcount(row, faults))


def _headcount(row: Row, faults: list[str]) -> int | None:
    word = row["headcount"]
    if not word:
        return None
    # A number of thousands of digits is more than `int` reads.
    if not (word.isascii() and word.isdigit() and len(word) <= LONGEST_NAME and int(word) <= LARGEST_HEADCOUNT):
        faults.append(row.fault("headcount", f"“{word[:20]}” is not a number of people"))
        return None
    return int(word)


def _misplaced(given: list[Row], units: list[UnitRecord], known: dict[str, UnitRecord]) -> list[str]:
    """Find codes given twice, parents that are not there, and units that are above themselves."""
    faults: list[str] = []
    after = dict(known)
    seen: dict[str, int] = {}
    for row, unit in zip(given, units, strict=True):
        if unit.code in seen:
            faults.append(row.fault("code", f"“{unit.code}” is in row {seen[unit.code]} already"))
        seen.setdefault(unit.code, row.number)
        after[unit.code] = unit
    for row, unit in zip(given, units, strict=True):
        if unit.parent is not None and unit.parent not in after:
            faults.append(row.fault("parent", f"there is no unit “{unit.parent}”"))
        elif _circular(unit, after):
            faults.append(row.fault("parent", f"“{unit.code}” would be above itself"))
    return faults


def _circular(unit: UnitRecord, units: dict[str, UnitRecord]) -> bool:
    above = unit.parent
    for _ in range(len(units) + 1):
        if above is None or above not in units:
            return False
        if above == unit.code:
            return True
        above = units[above].parent
    return True
