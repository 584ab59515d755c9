"""One way in: sessions that see one moment, one commit point, and refusals without the password."""

import threading
from datetime import UTC, datetime, timedelta, timezone
from http import HTTPStatus
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from assessment.errors import Conflict, Refused
from assessment.store import queries, writes
from assessment.store.database import Database, Unreachable
from tests.store import given


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("mysql://root:geheim@localhost/x", r"begins with mysql://"),
        ("sqlite+aiosqlite:///geheim.sqlite", r"begins with sqlite\+aiosqlite://"),
        ("postgresql+psycopg2://root:geheim@localhost/x", r"begins with postgresql\+psycopg2://"),
        ("geheim", "cannot be read"),
        ("postgresql://root:geheim@localhost:port/x", "cannot be read"),
        ("", "cannot be read"),
        ("sqlite://", "must be a file"),
        ("sqlite:///:memory:", "must be a file"),
        ("sqlite:///file:geheim?mode=memory&uri=true", "must be a file"),
    ],
)
def test_another_kind_of_database_is_refused_without_telling_the_password(url: str, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence) as refusal:
        Database(url)
    assert "geheim" not in refusal.value.sentence


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://root:geheim@/assessment?host=/nowhere",
        "postgres://root@/assessment?host=/nowhere&password=geheim",
        "postgresql+psycopg://root:geheim@127.0.0.1:1/assessment",
    ],
)
def test_a_server_that_does_not_answer_is_told_without_the_password(url: str) -> None:
    with (
        pytest.raises(Unreachable, match=r"the database assessment on .* cannot be used: ") as refusal,
        Database(url).reading(),
    ):
        pass
    assert "geheim" not in refusal.value.sentence
    assert refusal.value.status == HTTPStatus.SERVICE_UNAVAILABLE


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("not a database, but long enough to be taken for the header of one")
    with (
        pytest.raises(Unreachable, match=r"notes\.txt cannot be used: file is not a database"),
        Database(f"sqlite:///{path}").reading(),
    ):
        pass


@pytest.mark.parametrize("together", [False, True])
def test_whoever_writes_to_a_file_that_is_no_database_is_told_too(tmp_path: Path, *, together: bool) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("not a database, but long enough to be taken for the header of one")
    with (
        pytest.raises(Unreachable, match=r"notes\.txt cannot be used: file is not a database"),
        Database(f"sqlite:///{path}").writing(together=together),
    ):
        pass


@pytest.mark.parametrize("together", [False, True])
def test_a_database_that_is_damaged_while_it_is_used_is_told(tmp_path: Path, *, together: bool) -> None:
    path = tmp_path / "once.sqlite"
    database = Database(f"sqlite:///{path}")
    with database.writing(together=together) as session:
        session.execute(text("CREATE TABLE something (id integer)"))
    path.write_bytes(b"\xff" * path.stat().st_size)
    with pytest.raises(Unreachable, match="file is not a database"), database.writing(together=together):
        pass
    database.dispose()


def test_the_folder_of_a_sqlite_database_is_made(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/a/b/c.sqlite")
    with database.writing() as session:
        session.execute(text("CREATE TABLE something (id integer)"))
    database.dispose()
    assert (tmp_path / "a" / "b" / "c.sqlite").is_file()


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("a file")
    with pytest.raises(Refused, match="cannot be made"):
        Database(f"sqlite:///{tmp_path}/a/b.sqlite")


def test_a_relative_path_stays_the_same_file_wherever_the_process_goes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    database = Database("sqlite:///here.sqlite")
    monkeypatch.chdir("/")
    assert database.path == tmp_path / "here.sqlite"
    assert database.url == f"sqlite:///{tmp_path}/here.sqlite"


def test_the_url_serves_another_process_to_reach_the_same_database(database: Database) -> None:
    with database.writing() as session:
        given.open_round(session)
    other = Database(database.url)
    with other.reading() as session:
        assert [found.code for found in queries.rounds(session)] == ["PI-1"]
    other.dispose()


def test_writing_is_undone_where_anything_is_raised(database: Database) -> None:
    with pytest.raises(Conflict), database.writing() as session:
        _open_twice(session)
    with database.reading() as session:
        assert queries.rounds(session) == []
        assert queries.is_empty(session)


def test_what_is_written_while_reading_is_not_kept(database: Database) -> None:
    def write() -> None:
        with database.reading() as session:
            writes.record_audit(session, given.NOW, "nobody", "writes", "while reading")

    if database.is_sqlite:
        write()
    else:
        with pytest.raises(Exception, match="read-only transaction"):
            write()
    with database.reading() as session:
        assert queries.audit_events(session, 10) == []


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_reading_sees_one_moment_while_others_write(database: Database) -> None:
    with database.reading() as reader:
        assert queries.rounds(reader) == []
        with database.writing() as writer:
            given.open_round(writer)
        assert queries.rounds(reader) == []
        assert queries.roster(reader, 1) == []


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_whoever_holds_the_database_too_long_makes_others_give_up_with_a_sentence(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assessment.store.database.BUSY_MILLISECONDS", 50)
    other = Database(database.url)
    with database.writing(), pytest.raises(Unreachable, match="database is locked"), other.writing():
        pass
    other.dispose()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_sqlite_keeps_what_it_acknowledged_and_checks_references(database: Database) -> None:
    with database.reading() as session:
        found = {
            name: session.execute(text(f"PRAGMA {name}")).scalar_one()
            for name in ("busy_timeout", "foreign_keys", "journal_mode", "secure_delete", "synchronous")
        }
    assert found == {
        "busy_timeout": 10_000,
        "foreign_keys": 1,
        "journal_mode": "delete",
        "secure_delete": 1,
        "synchronous": 3,
    }


def test_times_come_back_aware_in_utc_and_to_the_microsecond(database: Database) -> None:
    elsewhere = timezone(timedelta(hours=5, minutes=45))
    opens = datetime(2026, 3, 29, 1, 59, 59, 999999, tzinfo=elsewhere)
    closes = datetime(2026, 4, 1, 0, 0, tzinfo=UTC)
    with database.writing() as session:
        given.open_round(session, opens_at=opens, closes_at=closes)
    with database.reading() as session:
        (found,) = queries.rounds(session)
    assert found.opens_at == opens
    assert found.opens_at.tzinfo is UTC
    assert found.closes_at == closes
    assert found.closed_at is None


def test_a_time_without_a_zone_is_a_fault(database: Database) -> None:
    naive = datetime(2026, 3, 2)  # noqa: DTZ001 - what is not to be stored
    with pytest.raises(Exception, match="has no time zone"), database.writing() as session:
        given.open_round(session, opens_at=naive)


def test_a_figure_that_is_no_number_is_not_stored_as_json(database: Database) -> None:
    with database.writing() as session:
        entry = given.team_a(session, given.open_round(session))
        with pytest.raises(Exception, match="Out of range float"):
            writes.submit(
                session,
                key_hash="key",
                round_id=entry.round_id,
                entry_id=entry.id,
                reference="reference",
                submission_id="submission",
                answers={"x": float("nan")},
                now=given.NOW,
            )


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_vacuum_leaves_nothing_deleted_in_the_file(database: Database) -> None:
    path = database.path
    assert path is not None
    with database.writing() as session:
        round_id = given.open_round(session)
        entry = given.team_a(session, round_id)
        writes.save_draft(session, "key", round_id, entry.id, b"a secret said in passing " * 400, given.NOW)
    with database.writing() as session:
        writes.erase_traces(session, round_id)
    database.vacuum()
    assert b"a secret said in passing" not in path.read_bytes()


def test_vacuum_keeps_what_is_there(database: Database) -> None:
    with database.writing() as session:
        round_id = given.open_round(session)
        given.submit(session, round_id, "key", "submission")
    database.vacuum()
    with database.reading() as session:
        assert [form.id for form in queries.submissions(session, round_id)] == ["submission"]


def test_vacuum_waits_but_shortly_for_whoever_uses_the_database(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assessment.store.database.VACUUM_MILLISECONDS", 50)
    with database.writing() as session:
        given.submit(session, given.open_round(session), "key", "submission")
        with pytest.raises(Unreachable, match="lock"):
            database.vacuum()
    database.vacuum()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_disk_that_is_full_is_told(database: Database) -> None:
    def fill() -> None:
        with database.writing() as session:
            session.execute(text("PRAGMA max_page_count=1"))  # no more than there are
            writes.record_audit(session, given.NOW, "somebody", "writes", "x" * 1_000_000)

    with pytest.raises(Unreachable, match="cannot be used: database or disk is full"):
        fill()


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_server_that_stops_answering_in_between_is_told(database: Database) -> None:
    for way_in in (database.reading, database.writing):
        with pytest.raises(Unreachable, match="cannot be used: "), way_in() as session:
            session.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))


def test_what_breaks_a_constraint_is_a_fault_and_no_database_out_of_reach(database: Database) -> None:
    with pytest.raises(IntegrityError), database.writing() as session:
        writes.add_role(session, 1, "boss")


def test_the_database_proves_that_it_can_be_written(database: Database) -> None:
    with database.writing() as session:
        writes.prove_writable(session)


def test_a_session_serves_one_thread_and_the_database_all(database: Database) -> None:
    found: list[bool] = []

    def look() -> None:
        with database.reading() as session:
            found.append(queries.is_empty(session))

    threads = [threading.Thread(target=look) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [True] * 8


def _open_twice(session: Session) -> None:
    given.open_round(session)
    given.open_round(session)
