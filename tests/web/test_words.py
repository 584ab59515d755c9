"""Dates as pages print them, in the organisation's zone."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from assessment.app import create_app
from assessment.store.database import Database
from assessment.web.words import closing
from tests import served
from tests.services.given import ON_SQLITE


@pytest.mark.parametrize(
    ("when", "words"),
    [
        (datetime(2026, 12, 11, 23, tzinfo=UTC), "the end of 11 December 2026 (Europe/Berlin)"),
        (datetime(2026, 6, 30, 22, tzinfo=UTC), "the end of 30 June 2026 (Europe/Berlin)"),
        (datetime(2026, 12, 12, 0, tzinfo=UTC), "12 December 2026, 01:00 (Europe/Berlin)"),
        (datetime(2026, 12, 11, 16, tzinfo=UTC), "11 December 2026, 17:00 (Europe/Berlin)"),
    ],
)
@ON_SQLITE
def test_what_closes_at_midnight_closes_at_the_end_of_the_day_before(
    database: Database, database_url: str, tmp_path: Path, when: datetime, words: str
) -> None:
    with create_app(served.settings(tmp_path, database_url), database).app_context():
        assert closing(when) == words
