"""A served round to answer in."""

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from assessment.app import create_app
from assessment.config import Settings
from assessment.services import links, organisation, rounds
from assessment.store.database import Database
from tests.web.respond.given import EVERYTHING, FIRST, PLAIN, SECOND, Place, Respondent

SECRET = "not a secret: only for tests, but long enough"
UNITS = b"kind,code,name,parent,headcount\nart,rail,Rail,,\nteam,falcon,<i>Falcon</i> & Co,rail,7\n"

Opens = Callable[..., Place]


@pytest.fixture
def opens(migrated_file: Path, tmp_path: Path) -> Iterator[Opens]:
    """Opens a round and serves it; days are counted from now."""
    url = f"sqlite:///{shutil.copy(migrated_file, tmp_path / 'assessment.sqlite')}"
    database = Database(url)
    settings = Settings(
        instance=tmp_path,
        database_url=url,
        questionnaires=None,
        base_url="http://127.0.0.1:8000",
        timezone=ZoneInfo("Europe/Berlin"),
        secret=SECRET,
    )

    def open_round(content: str = PLAIN, mode: str = "codes", *, opens: float = -7, closes: float = 7) -> Place:
        now = datetime.now(UTC)
        organisation.import_units(database, UNITS)
        opening = rounds.Opening(
            code="pi-1",
            title="PI <1>",
            mode=mode,
            opens_at=now + timedelta(days=opens),
            closes_at=now + timedelta(days=closes),
        )
        rounds.open_round(database, content.encode(), opening, SECRET, now + timedelta(days=min(opens, 0)))
        codes = links.of_round(database, "pi-1", "http://127.0.0.1:8000", SECRET)[0].codes
        return Place(create_app(settings, database), database, codes)

    yield open_round
    database.dispose()


@pytest.fixture
def somebody(opens: Opens) -> Respondent:
    """Somebody who has entered a code and sees the start."""
    place = opens()
    who = place.somebody()
    who.enter(place.codes[0])
    who.follow()
    return who


@pytest.fixture
def done(somebody: Respondent) -> Respondent:
    """Somebody who has answered everything needed."""
    for number, given in enumerate((FIRST, SECOND), 1):
        somebody.get(f"/form/{number}")
        assert somebody.post(f"/form/{number}", given).status_code == 303
    return somebody


@pytest.fixture
def everyone(opens: Opens) -> Respondent:
    """Somebody in none of the roles, before the first part of a questionnaire with every type and conditions."""
    who = opens(EVERYTHING).in_role("")
    who.get("/form/1")
    return who
