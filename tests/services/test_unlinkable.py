"""An attack on a closed round by somebody who has the database, the list of codes, and the order in which forms came.

200 people of one team get a known code each, answer in a known order, and no two of them alike. The attacker looks for
anything that still lies in the order in which forms came: keys, row numbers, transaction numbers, places in files. As
many of 200 links are right by chance as of any number, one; the same attacks before the close show that they work.
What was there before the close (backups, journals, the log of the server) is not part of it.
"""

import json
import re
import struct
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import combinations
from typing import Any

import pytest
from sqlalchemy import RowMapping, text
from sqlalchemy.orm import Session

from assessment.services import closing, codes, links, organisation, rounds
from assessment.services.answering import Given, new_submission_id, save_page, submit, ticket_of
from assessment.store.database import Database
from tests.services.given import BASE, LATER, NOW, SECRET

PEOPLE = 200
UNSENT = 10
# By chance 1 link is right, and the correlations are 0: more than this comes about in one of a million attacks.
MOST_RIGHT = 8
HIGHEST_CORRELATION = 0.35
HIGHEST_IN_PAGES = 0.18
SEEN_IN_PAGES = 0.1  # before the close: new forms are put in front of older ones, some 0.3 to 0.5, seldom 0.18

PAGE = {"sqlite": 4096, "postgresql": 8192}

UNITS = f"kind,code,name,parent,headcount\nteam,falcon,Falcon,,{PEOPLE + UNSENT}\n".encode()
QUESTIONNAIRE = b"""format: 1
id: check
version: "1"
title: Check
scales: {five: {levels: [{value: 1, label: a}, {value: 2, label: b}, {value: 3, label: c}, {value: 4, label: d},
                         {value: 5, label: e}]}}
dimensions:
  - id: leading
    title: Leading
    questions:
      - {id: one, type: rating, scale: five, text: One.}
      - {id: two, type: rating, scale: five, text: Two.}
      - {id: three, type: rating, scale: five, text: Three.}
      - {id: four, type: rating, scale: five, text: Four.}
      - {id: why, type: text, text: Why?}
"""
ON_POSTGRESQL = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
RATED = ("one", "two", "three", "four")

Order = Sequence[int]  # people, by their number on the list of codes


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the attacker knows: the codes in the order of their list, and in which order people sent their forms."""

    codes: Sequence[str]
    arrivals: Order


@dataclass(frozen=True, slots=True)
class Attack:
    """How often it was right about whose form is whose, and how far its order is that of arrival (Spearman's r)."""

    right: int
    correlation: float

    @property
    def succeeds(self) -> bool:
        """Whether it did clearly better than chance."""
        return self.right > MOST_RIGHT or abs(self.correlation) > HIGHEST_CORRELATION


def levels_of(person: int) -> tuple[int, ...]:
    """Give what a person chose: no two of them the same."""
    number = (person * 41 + 17) % 5 ** len(RATED)
    return tuple(number // 5**place % 5 + 1 for place in range(len(RATED)))


def words_of(person: int) -> str:
    """Give what a person wrote."""
    return f"In the words of number {person:03}"


WHOSE = {levels_of(person): person for person in range(PEOPLE)}


def shuffled(seed: int) -> Order:
    """Give all people in an order that is the same each time."""
    return sorted(range(PEOPLE), key=lambda person: sha256(f"{seed} {person}".encode()).digest())


def moment_of(place: int) -> datetime:
    """Give when the form came that was sent in that place."""
    return NOW + timedelta(minutes=7 * place, microseconds=123_457 + place)


@pytest.fixture
def sheet(database: Database) -> Sheet:
    """A round in which everybody has answered, and some have begun to."""
    organisation.import_units(database, UNITS)
    rounds.open_round(database, QUESTIONNAIRE, rounds.Opening("PI-1"), SECRET, NOW)
    handed_out = links.of_round(database, "PI-1", BASE, SECRET)[0].codes
    arrivals = shuffled(5)
    for place, person in enumerate(arrivals):
        ticket = ticket_of(handed_out[person], None)
        given = dict(zip(RATED, map(str, levels_of(person)), strict=True)) | {"why": words_of(person)}
        assert not save_page(database, ticket, Given(1, given, complete=True), moment_of(place)).problems
        submit(database, ticket, moment_of(place))
    for number in range(UNSENT):
        ticket = ticket_of(handed_out[PEOPLE + number], None)
        save_page(database, ticket, Given(1, {"why": f"Begun by number {number:03}"}), moment_of(PEOPLE))
    if not database.is_sqlite:
        run(database, "ANALYZE")  # as the server does by itself, sooner or later
    return Sheet(handed_out, arrivals)


def run(database: Database, statement: str) -> list[Any]:
    """Run a statement that must not be in a transaction, and give its rows."""
    with database._engine.connect() as connection:  # noqa: SLF001 - the attacker comes from outside
        connection.execution_options(isolation_level="AUTOCOMMIT")
        result = connection.execute(text(statement))
        return list(result) if result.returns_rows else []


def persons(session: Session, table: str, order: str) -> list[int]:
    """Give whose forms or comments a table has, in some order."""
    rows = session.execute(text(f"SELECT * FROM {table} ORDER BY {order}")).mappings()  # noqa: S608 - ours
    return [whose(row) for row in rows]


def whose(row: RowMapping) -> int:
    """Give whose form or comment a row is, which an attacker cannot know: to see how well they guess."""
    if "text" in row:
        return int(row["text"][-3:])
    answers = json.loads(row["answers"]) if isinstance(row["answers"], str) else row["answers"]
    return WHOSE[tuple(answers[name] for name in RATED)]


def in_bytes(content: bytes, found: Mapping[int, bytes], *, last: bool = False) -> list[int]:
    """Give people in the order in which something of theirs stands in a file."""
    find = content.rfind if last else content.find
    places = {person: find(theirs) for person, theirs in found.items()}
    return sorted((person for person in found if places[person] >= 0), key=lambda person: places[person])


def ids(session: Session, table: str) -> dict[int, bytes]:
    """Give the id of everybody's form or comment, as it stands in files."""
    return {whose(row): row["id"].encode() for row in session.execute(text(f"SELECT * FROM {table}")).mappings()}  # noqa: S608


def judged(found: Order, arrivals: Order) -> Attack:
    """Take somebody's n-th form for that of whoever came n-th, and see how often that is right."""
    assert sorted(found) == sorted(arrivals)
    right = sum(guess == person for guess, person in zip(found, arrivals, strict=True))
    place = {person: number for number, person in enumerate(arrivals)}
    size = len(found)
    squares = sum((number - place[person]) ** 2 for number, person in enumerate(found))
    return Attack(right, 1 - 6 * squares / (size * (size**2 - 1)))


def orders(database: Database) -> Iterator[tuple[str, Order]]:
    """Give all orders in which forms and comments can be told to lie; there are no comments before the close."""
    with database.reading() as session:
        tables_ = [name for name in ("submission", "comment") if session.execute(text(f"SELECT 1 FROM {name}")).first()]  # noqa: S608
        for table in tables_:
            yield f"{table}: by its key", persons(session, table, "id")
            yield f"{table}: as it is read", persons(session, table, "1 = 1")
            if not database.is_sqlite:
                yield f"{table}: by row number", persons(session, table, "ctid")
                yield f"{table}: by transaction", persons(session, table, "xmin::text::bigint, id")
    content = files(database)
    with database.reading() as session:
        for table in tables_:
            keys = ids(session, table)
            yield f"{table}: first place in the files", in_bytes(content, keys)
            yield f"{table}: last place in the files", in_bytes(content, keys, last=True)


def in_pages(database: Database, table: str, arrivals: Order) -> float:
    """Give how far the places of ids within each page of the files are in the order of arrival (Kendall's tau).

    Pages are filled as rows come; what is at first a list in order of keys still tells there which came when.
    """
    content, size = files(database), PAGE[database.dialect]
    came = {person: number for number, person in enumerate(arrivals)}
    pages: dict[int, list[int]] = defaultdict(list)
    with database.reading() as session:
        keys = {key: came[person] for person, key in ids(session, table).items()}
    for found in re.finditer(rb"[0-9a-f]{32}", content):  # in the order of their places
        if found[0] in keys:
            pages[found.start() // size].append(keys[found[0]])
    pairs = [later - earlier for page in pages.values() for earlier, later in combinations(page, 2) if earlier != later]
    return sum(1 if difference > 0 else -1 for difference in pairs) / len(pairs)


def linked_by_code(database: Database, sheet: Sheet) -> int:
    """Give of how many people the answers are found by their code: by what is kept under it, or came along with it."""
    people = {codes.hash_of(code): person for person, code in enumerate(sheet.codes)}
    with database.reading() as session:
        kept = sum(key in people for (key,) in session.execute(text("SELECT key_hash FROM draft")))
        if database.is_sqlite:
            return kept
        together = text(
            "SELECT receipt.key_hash, submission.* FROM receipt JOIN submission ON submission.xmin = receipt.xmin"
        )
        return kept + sum(people[row["key_hash"]] == whose(row) for row in session.execute(together).mappings())


def files(database: Database) -> bytes:
    """Give the bytes of the database's file or, on a server, of all its files but the catalogue's.

    What is free or dead in them is in there; of the catalogue so is what the planner samples.
    """
    if database.path is not None:
        return database.path.read_bytes()
    run(database, "CHECKPOINT")
    ours = "relnamespace <> 'pg_catalog'::regnamespace OR relname LIKE 'pg_statistic%'"
    paths = f"SELECT pg_relation_filepath(oid) AS path FROM pg_class WHERE {ours} ORDER BY relname"  # noqa: S608
    read = f"SELECT pg_read_binary_file(path, true) FROM ({paths}) AS found WHERE path IS NOT NULL"  # noqa: S608
    return b"".join(bytes(content) for (content,) in run(database, read) if content)


def traces(sheet: Sheet) -> dict[str, list[bytes]]:
    """Give what must not be left of the way in which forms came, as it stands in the files of either database."""
    hashes = [codes.hash_of(code) for code in sheet.codes]
    moments = [moment_of(place) for place in range(PEOPLE)]
    since = [(moment - datetime(2000, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1) for moment in moments]
    return {
        "codes": [code.encode() for code in sheet.codes],
        "hashes": [hash_.encode() for hash_ in hashes],
        "dates": [f"{moment:%H:%M:%S.%f}".encode() for moment in moments]
        + [struct.pack("<q", microseconds) for microseconds in since],
        "drafts": [f"Begun by number {number:03}".encode() for number in range(UNSENT)],
    }


def left(content: bytes, sheet: Sheet, references: Sequence[bytes]) -> dict[str, int]:
    """Count which traces stand in files."""
    return {kind: sum(trace in content for trace in of_kind) for kind, of_kind in traces(sheet).items()} | {
        "references": sum(reference in content for reference in references)
    }


def test_what_links_answers_to_people_before_the_close_does_not_after_it(database: Database, sheet: Sheet) -> None:
    _see_that_attacks_succeed(database, sheet)
    with database.reading() as session:
        references = [reference.encode() for (reference,) in session.execute(text("SELECT reference FROM receipt"))]
    # Drafts are sealed: nobody reads them in the files, not even before the close.
    whole = {"codes": 0, "hashes": PEOPLE + UNSENT, "dates": PEOPLE, "drafts": 0, "references": PEOPLE}
    assert left(files(database), sheet, references) == whole

    assert closing.close(database, "PI-1", LATER)
    _see_that_attacks_fail(database, sheet)
    content = files(database)
    assert left(content, sheet, references) == dict.fromkeys(whole, 0)
    assert all(words_of(person).encode() in content for person in range(PEOPLE))  # so they are the files


def _see_that_attacks_succeed(database: Database, sheet: Sheet) -> None:
    found = {name: judged(order, sheet.arrivals) for name, order in orders(database)}
    succeeding = {name for name, attack in found.items() if attack.succeeds}
    if database.is_sqlite:
        assert succeeding == set()  # its table has no row numbers; its pages tell
        assert linked_by_code(database, sheet) == UNSENT
    else:
        assert succeeding >= {"submission: as it is read", "submission: by row number", "submission: by transaction"}
        assert linked_by_code(database, sheet) == UNSENT + PEOPLE
    assert in_pages(database, "submission", sheet.arrivals) < -SEEN_IN_PAGES


def _see_that_attacks_fail(database: Database, sheet: Sheet) -> None:
    found = dict(orders(database))
    after = {name: judged(order, sheet.arrivals) for name, order in found.items()}
    assert {name: attack for name, attack in after.items() if attack.succeeds} == {}
    assert linked_by_code(database, sheet) == 0
    for table in ("submission", "comment"):
        assert abs(in_pages(database, table, sheet.arrivals)) < HIGHEST_IN_PAGES
    # Nor do comments lie as the forms do that they were torn from.
    ways = [name.removeprefix("comment") for name in found if name.startswith("comment")]
    together = {way: judged(found[f"comment{way}"], found[f"submission{way}"]) for way in ways}
    assert {way: attack for way, attack in together.items() if attack.succeeds} == {}


@ON_POSTGRESQL
def test_the_server_takes_no_samples_of_what_a_close_deletes(database: Database) -> None:
    set_so = """SELECT attname FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
                WHERE relname IN ('access_code', 'draft', 'receipt', 'submission', 'workshop', 'vote', 'draw_mark')
                AND attnum > 0
                AND attstattarget IS DISTINCT FROM 0"""
    assert {name for (name,) in run(database, set_so)} == {"round_id", "roster_entry_id"}


def test_the_attacks_succeed_on_a_table_that_keeps_the_order(database: Database) -> None:
    run(database, "CREATE TABLE submission_as_it_came (id TEXT, answers TEXT)")
    run(database, "ALTER TABLE submission RENAME TO guarded")
    run(database, "ALTER TABLE submission_as_it_came RENAME TO submission")
    arrivals = shuffled(6)
    with database.writing() as session:
        for person in arrivals:
            answers = json.dumps(dict(zip(RATED, levels_of(person), strict=True)))
            values = {"id": new_submission_id(), "answers": answers}
            session.execute(text("INSERT INTO submission (id, answers) VALUES (:id, :answers)"), values)
    found = {name: judged(order, arrivals) for name, order in orders(database)}
    assert found["submission: as it is read"] == Attack(PEOPLE, 1)
    assert abs(found["submission: first place in the files"].correlation) > HIGHEST_CORRELATION
    assert not found["submission: by its key"].succeeds
