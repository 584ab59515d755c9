"""Backups while the database is in use, and the way back."""

import sqlite3
import stat
import threading
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from assessment.errors import Conflict, Invalid, NotFound, Refused
from assessment.store import queries, writes
from assessment.store.backup import backup, restore
from assessment.store.database import Database, Unreachable
from tests.store import given

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@on_sqlite
def test_what_was_backed_up_comes_back(database: Database, tmp_path: Path) -> None:
    copy = tmp_path / "safe" / "copy.sqlite"
    with database.writing() as session:
        given.open_round(session, "PI-1")
    backup(database, copy)
    with database.writing() as session:
        given.open_round(session, "PI-2")
    before = copy.read_bytes()
    restore(database, copy)
    with database.reading() as session:
        assert [found.code for found in queries.rounds(session)] == ["PI-1"]
    assert copy.read_bytes() == before
    assert list(copy.parent.iterdir()) == [copy]


@on_sqlite
def test_a_backup_is_for_its_owner_alone(database: Database, tmp_path: Path) -> None:
    backup(database, tmp_path / "copy.sqlite")
    assert stat.S_IMODE((tmp_path / "copy.sqlite").stat().st_mode) == 0o600


@on_sqlite
def test_a_backup_made_while_others_write_is_whole(database: Database, tmp_path: Path) -> None:
    done = threading.Event()

    def write() -> None:
        number = 0
        while not done.is_set():
            with database.writing() as session:  # always two at a time
                for half in "ab":
                    writes.record_audit(session, given.NOW, "", "", f"{number}{half}")
            number += 1

    writer = threading.Thread(target=write)
    writer.start()
    copies = [tmp_path / f"{number}.sqlite" for number in range(5)]
    try:
        for copy in copies:
            backup(database, copy)
    finally:
        done.set()
        writer.join()
    for copy in copies:
        with closing(sqlite3.connect(copy)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            (events,) = connection.execute("SELECT count(*) FROM audit_event").fetchone()
        assert events % 2 == 0


@on_sqlite
def test_a_backup_is_restored_while_others_have_the_database_open(database: Database, tmp_path: Path) -> None:
    backup(database, tmp_path / "copy.sqlite")
    other = Database(database.url)
    with other.writing() as session:
        given.open_round(session)
    restore(database, tmp_path / "copy.sqlite")
    with other.reading() as session:
        assert queries.is_empty(session)
    other.dispose()


@on_sqlite
def test_an_earlier_backup_is_replaced(database: Database, tmp_path: Path) -> None:
    copy = tmp_path / "copy.sqlite"
    backup(database, copy)
    with database.writing() as session:
        given.open_round(session)
    backup(database, copy)
    restore(database, copy)
    with database.reading() as session:
        assert not queries.is_empty(session)


@on_sqlite
def test_a_backup_never_replaces_what_is_no_backup(database: Database, tmp_path: Path) -> None:
    notes = tmp_path / "notes.txt"
    notes.write_text("mine")
    with pytest.raises(Invalid, match=r"notes\.txt is no database of this application"):
        backup(database, notes)
    assert notes.read_text() == "mine"
    assert database.path is not None
    with pytest.raises(Conflict, match="is the database itself"):
        backup(database, database.path)


@on_sqlite
def test_a_backup_that_cannot_be_written_is_refused(database: Database, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Refused, match="cannot be written"):
        backup(database, tmp_path / "file" / "copy.sqlite")
    (tmp_path / "folder").mkdir()
    with pytest.raises(Refused, match=r"folder is no database|folder cannot be written"):
        backup(database, tmp_path / "folder")
    assert not [path.name for path in tmp_path.iterdir() if path.name.startswith(".")]


@on_sqlite
def test_a_database_that_is_not_there_is_not_backed_up(tmp_path: Path, database: Database) -> None:
    del database
    missing = Database(f"sqlite:///{tmp_path}/missing.sqlite")
    with pytest.raises(NotFound, match="does not exist"):
        backup(missing, tmp_path / "copy.sqlite")
    assert not (tmp_path / "missing.sqlite").exists()


@on_sqlite
def test_a_backup_is_restored_where_there_is_nothing_yet(database: Database, tmp_path: Path) -> None:
    with database.writing() as session:
        given.open_round(session)
    backup(database, tmp_path / "copy.sqlite")
    fresh = Database(f"sqlite:///{tmp_path}/fresh/assessment.sqlite")
    restore(fresh, tmp_path / "copy.sqlite")
    with fresh.reading() as session:
        assert not queries.is_empty(session)
    fresh.dispose()


@on_sqlite
@pytest.mark.parametrize("kind", ["text", "empty", "another application's", "damaged", "newer", "missing", "itself"])
def test_what_is_no_backup_is_not_restored_and_changes_nothing(database: Database, tmp_path: Path, kind: str) -> None:
    with database.writing() as session:
        given.open_round(session)
    path = tmp_path / "wrong.sqlite"
    sentence = _make_wrong(kind, database, path)
    given_path = database.path if kind == "itself" else path
    assert given_path is not None
    with pytest.raises(Refused, match=sentence):
        restore(database, given_path)
    with database.reading() as session:
        assert [found.code for found in queries.rounds(session)] == ["PI-1"]


@on_sqlite
def test_a_database_that_is_held_too_long_is_not_restored(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assessment.store.backup.BUSY_MILLISECONDS", 50)
    backup(database, tmp_path / "copy.sqlite")
    other = Database(database.url)
    with other.writing() as session:
        given.open_round(session)
        with pytest.raises(Unreachable, match="database is locked"):
            restore(database, tmp_path / "copy.sqlite")
    other.dispose()
    with database.reading() as session:
        assert not queries.is_empty(session)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_postgresql_is_backed_up_by_its_own_tools(database: Database, tmp_path: Path) -> None:
    for command in (backup, restore):
        with pytest.raises(Refused, match="use pg_dump and pg_restore"):
            command(database, tmp_path / "copy.sqlite")
    assert list(tmp_path.iterdir()) == []


def _make_wrong(kind: str, database: Database, path: Path) -> str:
    """Make a file that must not be restored, and give the sentence that says why."""
    if kind == "text":
        path.write_text("not a database, but long enough to be taken for the header of one")
        return "no database of this application: file is not a database"
    if kind == "empty":
        path.touch()
        return "none of this application"
    if kind == "another application's":
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("CREATE TABLE invoice (id integer)")
        return "none of this application"
    if kind == "damaged":
        backup(database, path)
        content = bytearray(path.read_bytes())
        content[3 * 4096 : 40 * 4096] = b"\xff" * (37 * 4096)
        path.write_bytes(content)
        return "is damaged|is no database of this application"
    if kind == "newer":
        newer = Database(database.url)
        with newer.writing() as session:
            session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        backup(database, path)
        with newer.writing() as session:
            session.execute(text("UPDATE alembic_version SET version_num = '0001'"))
        newer.dispose()
        return "newer version of the application"
    return "does not exist" if kind == "missing" else "is the database itself"
