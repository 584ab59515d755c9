"""The installation: whether its database takes what is written."""

from sqlalchemy import text

from assessment.services import installation
from assessment.store.database import Database
from tests.services.given import ON_SQLITE


def test_a_database_that_is_all_right_can_be_written(database: Database) -> None:
    assert installation.can_write(database)


@ON_SQLITE
def test_a_disk_that_takes_nothing_more_is_told(database: Database) -> None:
    with database.writing() as session:
        session.execute(text("PRAGMA query_only=ON"))  # of the connection that is used again
    assert not installation.can_write(database)
