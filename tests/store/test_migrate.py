"""Migrations make the tables that the code works with, whole or not at all."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, inspect, text

from assessment.errors import Conflict, Refused
from assessment.measure.tally import Tally
from assessment.store import migrate, queries, revisions, writes
from assessment.store.database import Database
from assessment.store.records import CommentRecord, UnitTallies
from assessment.store.tables import Base
from tests.store import given

STEPS = sorted(path.name[:4] for path in (Path(migrate.__file__).parent / "migrations" / "versions").glob("0*.py"))
LAST = STEPS[-1]
FOLLOWING, ONE_MORE = (f"{int(LAST) + more:04}" for more in (1, 2))

NEXT = f'''"""The step after the last."""

import sqlalchemy as sa
from alembic import op

revision = "{FOLLOWING}"
down_revision = "{LAST}"


def upgrade() -> None:
    op.create_table("later", sa.Column("id", sa.Integer, primary_key=True))
'''

FIRST_ROUND = """
INSERT INTO questionnaire_version (id, questionnaire, version, content, content_hash, scoring_hash)
    VALUES (1, 'check', '1', '', 'content', 'scoring');
INSERT INTO round (id, code, title, questionnaire_version_id, mode, threshold, opens_at, opened_at)
    VALUES (1, 'PI-1', 'First', 1, 'codes', 5, '2026-03-02 09:30:00', '2026-03-02 09:30:00');
INSERT INTO roster_entry (id, round_id, unit_code, unit_name, kind, path, headcount)
    VALUES (1, 1, 'team', 'Team', 'team', '[]', 7);
INSERT INTO comment (id, round_id, roster_entry_id, question, text) VALUES ('b', 1, 1, 'why', '–');
INSERT INTO comment (id, round_id, roster_entry_id, question, text) VALUES ('a', 1, 1, 'why', 'Zu viel');
INSERT INTO tally (round_id, roster_entry_id, forms, counts)
    VALUES (1, 1, 7, '{"flow": {"levels": [1, 2], "na": 1, "dk": 0, "blank": 3}}')
"""


@pytest.fixture
def another_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The migrations of a version to come, at first the same."""
    folder = tmp_path / "migrations"
    packaged = Path(migrate.__file__).parent / "migrations"
    shutil.copytree(packaged, folder, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(revisions, "MIGRATIONS", str(folder))
    return folder / "versions"


def test_an_empty_database_gets_every_table_and_then_has_nothing_left_to_do(empty_database: Database) -> None:
    assert not migrate.is_current(empty_database)
    assert migrate.upgrade(empty_database) == STEPS
    assert migrate.is_current(empty_database)
    assert migrate.upgrade(empty_database) == []
    with empty_database.reading() as session:
        context = MigrationContext.configure(
            session.connection(),
            opts={"autogenerate_plugins": ["alembic.autogenerate.*", "alembic.ext.checkconstraint_byname"]},
        )
        assert compare_metadata(context, Base.metadata) == []


def test_migrations_make_the_same_tables_as_the_models(empty_database: Database) -> None:
    migrate.upgrade(empty_database)
    with empty_database.migrating() as connection:
        migrated = _reflected(connection)
        Base.metadata.drop_all(connection)
        Base.metadata.create_all(connection)
        assert migrated == _reflected(connection)


def test_answers_and_comments_have_no_row_numbers_on_sqlite(migrated_file: Path) -> None:
    with closing(sqlite3.connect(migrated_file)) as connection:
        for table in ("submission", "comment", "draw_mark"):
            with pytest.raises(sqlite3.OperationalError, match="no such column: rowid"):
                connection.execute(f"SELECT rowid FROM {table}")  # noqa: S608 - from above


def test_a_database_of_something_else_is_refused_and_left_as_it_is(empty_database: Database) -> None:
    with empty_database.writing() as session:
        session.execute(text("CREATE TABLE invoice (id integer)"))
    with pytest.raises(Conflict, match="tables of something else"):
        migrate.upgrade(empty_database)
    with empty_database.reading() as session:
        assert inspect(session.connection()).get_table_names() == ["invoice"]


def test_a_database_of_a_newer_version_is_refused(database: Database) -> None:
    with database.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    assert not migrate.is_current(database)
    with pytest.raises(Conflict, match=r"newer version of the application \(revision 9999\)"):
        migrate.upgrade(database)


def test_a_step_applies_on_top_of_what_is_there(database: Database, another_version: Path) -> None:
    with database.writing() as session:
        given.open_round(session)
    (another_version / f"{FOLLOWING}_later.py").write_text(NEXT)
    assert not migrate.is_current(database)
    assert migrate.upgrade(database) == [FOLLOWING]
    assert migrate.is_current(database)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_sqlite_database_is_backed_up_before_each_step(
    database: Database, another_version: Path, tmp_path: Path
) -> None:
    (another_version / f"{FOLLOWING}_later.py").write_text(NEXT)
    migrate.upgrade(database, tmp_path / "safe")
    (another_version / f"{ONE_MORE}_later.py").write_text(
        NEXT.replace(FOLLOWING, ONE_MORE).replace(LAST, FOLLOWING).replace('"later"', '"last"')
    )
    migrate.upgrade(database, tmp_path / "safe")
    found = {path.name: _revision(path) for path in (tmp_path / "safe").iterdir()}
    assert found == {f"assessment-{LAST}-1.sqlite": LAST, f"assessment-{FOLLOWING}-1.sqlite": FOLLOWING}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_without_a_folder_the_backup_lies_beside_the_database(
    database: Database, another_version: Path, tmp_path: Path
) -> None:
    (another_version / f"{FOLLOWING}_later.py").write_text(NEXT)
    migrate.upgrade(database)
    assert [path.name for path in (tmp_path / "backups").iterdir()] == [f"assessment-{LAST}-1.sqlite"]


def test_a_step_that_fails_half_way_leaves_nothing_behind(database: Database, another_version: Path) -> None:
    (another_version / f"{FOLLOWING}_later.py").write_text(f'{NEXT}    raise LookupError("half way")\n')
    with pytest.raises(LookupError, match="half way"):
        migrate.upgrade(database)
    with database.reading() as session:
        assert "later" not in inspect(session.connection()).get_table_names()
        assert session.execute(text("SELECT version_num FROM alembic_version")).scalar_one() == LAST


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_step_that_would_leave_references_to_nothing_is_rolled_back(
    database: Database, another_version: Path
) -> None:
    with database.writing() as session:
        given.open_round(session)
    (another_version / f"{FOLLOWING}_later.py").write_text(f'{NEXT}    op.execute(sa.delete(sa.table("round")))\n')
    with pytest.raises(Refused, match="references to nothing"):
        migrate.upgrade(database)
    with database.writing() as session:
        assert session.execute(text("SELECT count(*) FROM round")).scalar_one() == 1
        writes.prove_writable(session)


def test_what_the_first_version_stored_is_there_after_all_steps(empty_database: Database) -> None:
    with empty_database.migrating() as connection:
        command.upgrade(revisions.config(connection=connection, on_version_apply=lambda **_: None), "0001")
        for statement in FIRST_ROUND.split(";"):
            connection.exec_driver_sql(statement)
    assert migrate.upgrade(empty_database) == STEPS[1:]
    with empty_database.reading() as session:
        (tallies,) = queries.tallies(session, 1)
        assert given.comments(session, 1) == [
            CommentRecord("a", 1, "why", "Zu viel"),
            CommentRecord("b", 1, "why", "–"),
        ]
    assert tallies.tallies == {"flow": Tally((1, 2), 1, 0, 3)}
    of_art = CommentRecord("c", None, "why-rte", "Because.", "art")
    with empty_database.writing() as session:
        writes.put_comments(session, 1, [of_art])
        writes.put_unit_tallies(session, 1, [UnitTallies("art", {"help": {"3": 2}})])
    with empty_database.reading() as session:
        assert given.comments(session, 1)[-1] == of_art
        assert queries.unit_tallies(session, 1) == [UnitTallies("art", {"help": {"3": 2}})]


def _revision(path: Path) -> str:
    with closing(sqlite3.connect(path)) as connection:
        (revision,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return str(revision)


def _reflected(connection: Connection) -> dict[str, Any]:
    """Give all that the database knows of its tables, in an order that means nothing."""
    inspector = inspect(connection)
    found: dict[str, Any] = {}
    for table in Base.metadata.tables:
        found[table] = {
            "columns": [{**column, "type": repr(column["type"])} for column in inspector.get_columns(table)],
            "primary": inspector.get_pk_constraint(table),
            "foreign": _by_name(inspector.get_foreign_keys(table)),
            "unique": _by_name(inspector.get_unique_constraints(table)),
            "checks": _by_name(inspector.get_check_constraints(table)),
            "indexes": _by_name(inspector.get_indexes(table)),
            "options": inspector.get_table_options(table),
        }
    return found


def _by_name(constraints: Any) -> list[Any]:  # noqa: ANN401 - the inspector's own types differ by kind
    return sorted(({**constraint, "dialect_options": None} for constraint in constraints), key=lambda one: one["name"])
