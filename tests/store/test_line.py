"""Writers of a SQLite file in line: committed together, told only then, and each undone by itself."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import Engine, event, text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session

from assessment.store import database as store
from assessment.store import line
from assessment.store.database import Database, Unreachable
from assessment.store.line import Line, TooLong

PATIENCE = 20  # seconds; far more than anything here takes


@pytest.fixture
def base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """A SQLite file with a table of names, and one whose rows must belong to a name once they are committed."""
    monkeypatch.setattr(line, "LONGEST_TOGETHER", PATIENCE)  # so that no slow moment parts them
    made = Database(f"sqlite:///{tmp_path / 'line.sqlite'}")
    with made.writing() as session:
        session.execute(text("CREATE TABLE name (name TEXT PRIMARY KEY)"))
        session.execute(text("CREATE TABLE belongs (name TEXT REFERENCES name DEFERRABLE INITIALLY DEFERRED)"))
    yield made
    made.dispose()


def insert(session: Session, name: str) -> None:
    session.execute(text("INSERT INTO name VALUES (:name)"), {"name": name})


def write(base: Database, name: str) -> None:
    """Write a name as one who may join others."""
    with base.writing(together=True) as session:
        insert(session, name)


def names(base: Database) -> set[str]:
    with base.reading() as session:
        return set(session.scalars(text("SELECT name FROM name")))


@contextmanager
def commits() -> Iterator[list[None]]:
    """Collect the commits that are made meanwhile."""
    found: list[None] = []

    def count(*_given: object) -> None:
        found.append(None)

    event.listen(Engine, "commit", count)
    yield found
    event.remove(Engine, "commit", count)


def stand_behind(base: Database, number: int) -> None:
    """Wait until so many stand in line."""
    before = base._line  # noqa: SLF001 - who stands in line is seen nowhere else
    assert before is not None
    while before._behind < number:  # noqa: SLF001
        threading.Event().wait(0.001)


@contextmanager
def waiting(base: Database, *works: Callable[[], None]) -> Iterator[list[Future[None]]]:
    """Let works come to stand in line behind somebody who writes, and go on when this ends."""
    with ThreadPoolExecutor(len(works)) as pool:
        with base.writing():
            begun = []
            for place, work in enumerate(works, 1):
                begun.append(pool.submit(work))
                stand_behind(base, place)
        yield begun


def test_who_stands_in_line_is_committed_together(base: Database) -> None:
    wanted = [f"name {number}" for number in range(8)]
    with commits() as found, waiting(base, *(partial(write, base, name) for name in wanted)) as begun:
        for one in begun:
            one.result(PATIENCE)
    assert names(base) == set(wanted)
    assert len(found) == 2  # that of whoever stood before them, and theirs


def test_nobody_hears_that_it_is_stored_before_the_commit(base: Database) -> None:
    halfway, go_on = threading.Event(), threading.Event()

    def slow() -> None:
        with base.writing(together=True) as session:
            insert(session, "slow")
            halfway.set()
            go_on.wait(PATIENCE)

    with ThreadPoolExecutor(2) as pool, waiting(base, lambda: write(base, "quick"), slow) as (quick, late):
        pass_by = pool.submit(halfway.wait, PATIENCE)
        assert pass_by.result(PATIENCE)
        assert names(base) == set()
        assert not quick.done()
        go_on.set()
        quick.result(PATIENCE)
        late.result(PATIENCE)
    assert names(base) == {"quick", "slow"}


def test_what_one_undoes_leaves_the_others_alone(base: Database) -> None:
    def fails() -> None:
        with base.writing(together=True) as session:
            insert(session, "undone")
            raise KeyError

    works: list[Callable[[], None]] = [partial(write, base, name) for name in ("a", "b", "c", "d")]
    works.insert(2, fails)
    works.append(partial(write, base, "a"))  # there is one
    with waiting(base, *works) as begun:
        errors = [type(one.exception(PATIENCE)) for one in begun]
    assert sorted(error.__name__ for error in errors) == ["IntegrityError", "KeyError", *["NoneType"] * 4]
    assert names(base) == {"a", "b", "c", "d"}


def test_where_the_commit_fails_all_of_them_hear_it_and_nothing_is_stored(base: Database) -> None:
    def orphan() -> None:
        with base.writing(together=True) as session:
            session.execute(text("INSERT INTO belongs VALUES ('nobody')"))

    with commits() as found, waiting(base, lambda: write(base, "a"), orphan, lambda: write(base, "b")) as begun:
        errors = [one.exception(PATIENCE) for one in begun]
    assert len(found) == 2  # that of whoever stood before them, and one for the three
    assert all(isinstance(error, DBAPIError) for error in errors)
    assert names(base) == set()
    with pytest.raises(DBAPIError), base.writing() as session:
        session.execute(text("INSERT INTO belongs VALUES ('nobody')"))
    write(base, "afterwards")
    assert names(base) == {"afterwards"}


def test_where_the_database_undoes_everything_by_itself_all_of_them_hear_it(base: Database) -> None:
    write(base, "there")
    inside = threading.Event()

    def first() -> None:
        with base.writing(together=True) as session:
            insert(session, "a")
            inside.set()
            stand_behind(base, 1)

    def everything() -> None:
        with base.writing(together=True) as session:
            session.execute(text("INSERT OR ROLLBACK INTO name VALUES ('there')"))

    with ThreadPoolExecutor(2) as pool:
        begun = [pool.submit(first)]
        assert inside.wait(PATIENCE)  # in the transaction before the other one comes
        begun.append(pool.submit(everything))
        errors = [one.exception(PATIENCE) for one in begun]
    assert all(isinstance(error, IntegrityError) for error in errors)
    assert names(base) == {"there"}
    write(base, "afterwards")
    assert names(base) == {"there", "afterwards"}


def test_who_writes_alone_waits_for_those_before_and_shares_with_nobody(base: Database) -> None:
    def alone() -> None:
        with base.writing() as session:
            insert(session, "alone")
            raise KeyError

    with waiting(base, lambda: write(base, "a"), alone, lambda: write(base, "b")) as begun:
        assert [type(one.exception(PATIENCE)).__name__ for one in begun] == ["NoneType", "KeyError", "NoneType"]
    assert names(base) == {"a", "b"}


def test_who_waits_too_long_is_told_and_keeps_nobody_waiting(base: Database) -> None:
    impatient = Line(base._begun, 0.05)  # noqa: SLF001
    held, let_go = threading.Event(), threading.Event()

    def member(name: str) -> None:
        with impatient.together() as session:
            insert(session, name)
            if name == "holds":
                held.set()
                let_go.wait(PATIENCE)

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(member, "holds")
        held.wait(PATIENCE)
        second = pool.submit(member, "waits")
        assert isinstance(second.exception(PATIENCE), TooLong)
        let_go.set()
        first.result(PATIENCE)
    assert names(base) == {"holds"}


def test_a_transaction_that_nobody_went_on_with_is_ended_by_who_waits_for_it(
    base: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    assert base._line is not None  # noqa: SLF001
    base._line._behind += 1  # noqa: SLF001 - somebody in line who never comes
    write(base, "a")
    assert names(base) == {"a"}


def test_another_process_is_waited_for_and_told_of_where_it_does_not_end(
    base: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "BUSY_MILLISECONDS", 50)
    other = Database(base.url)
    with other.writing() as session:
        insert(session, "other")
        with pytest.raises(Unreachable, match="database is locked"):
            write(base, "a")
        with pytest.raises(Unreachable, match="database is locked"), base.writing():
            pass
    monkeypatch.undo()
    with ThreadPoolExecutor(1) as pool:
        with other.writing() as session:
            insert(session, "other too")
            later = pool.submit(write, base, "a")
            with suppress(TimeoutError):
                later.result(0.05)
            assert not later.done()
        later.result(PATIENCE)
    assert names(base) == {"other", "other too", "a"}
    other.dispose()
