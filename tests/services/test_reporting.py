"""The material of an ART's report: read from releases, as far as the round it is on."""

from zoneinfo import ZoneInfo

import pytest

from assessment.errors import Conflict, NotFound
from assessment.reports.material import Reviewed
from assessment.services import releasing
from assessment.services.reporting import art_material
from assessment.store.database import Database
from assessment.store.records import ReviewRecord
from tests.services.given import LATER, NOW, closed_round, open_round, released_round

ZONE = ZoneInfo("Europe/Berlin")
LEVELS = {"falcon": [3] * 8, "heron": [4] * 8, "ibex": [5] * 6}


def test_the_material_is_what_was_released(database: Database) -> None:
    closed_round(database, LEVELS)
    reading = ReviewRecord("rail", "flow", "set", 2.0, "Skipped demos.", "lace@example.org", LATER)
    releasing.review(database, "PI-1", [reading])
    made = releasing.release(database, "PI-1", LATER)
    found = art_material(database, "rail", "PI-1", ZONE)
    assert (found.code, found.name, found.path) == ("rail", "Rail", ("Everything", "Moving"))
    assert (found.round_code, found.mode, found.threshold, found.timezone) == ("PI-1", "codes", 5, ZONE)
    assert (found.release_number, found.release_hash, found.released_at) == (1, made.hash, LATER)
    assert found.scores[""].value == pytest.approx(4)
    assert set(found.scores) == {"", "leading", "flow", "goals", "limits", "batch", "queue"}
    assert found.reviews == {"flow": Reviewed("set", 2.0, "Skipped demos.")}
    assert found.steps[""].verdict == "first"


def test_teams_stand_by_name_with_their_forms_and_headcounts(database: Database) -> None:
    released_round(database, LEVELS)
    teams = art_material(database, "rail", "PI-1", ZONE).teams
    assert [(team.name, team.forms, team.headcount) for team in teams] == [
        ("Falcon", 8, 8),
        ("Heron", 8, 8),
        ("Ibex", 6, 9),
    ]
    assert teams[2].scores[""].qualifier == ">="  # six answers are told coarsely, here as everywhere


def test_the_history_ends_with_the_reported_round_and_keeps_the_gaps(database: Database) -> None:
    released_round(database, {"owl": [3] * 8}, "PI-0")
    released_round(database, LEVELS, "PI-1", LATER)
    released_round(database, {"owl": [3] * 8}, "PI-2", LATER + (LATER - NOW))
    released_round(database, LEVELS, "PI-3", LATER + 2 * (LATER - NOW))
    material = art_material(database, "rail", "PI-2", ZONE)
    assert [part.code for part in material.history] == ["PI-0", "PI-1", "PI-2"]
    newest = art_material(database, "rail", None, ZONE)
    assert newest.round_code == "PI-3"
    assert [part.scores[""].value for part in newest.history] == pytest.approx([None, 4, None, 4])
    assert newest.history[-1].step == newest.steps[""]


def test_what_has_no_report(database: Database) -> None:
    open_round(database)
    with pytest.raises(Conflict, match="is not released yet"):
        art_material(database, "rail", "PI-1", ZONE)
    with pytest.raises(NotFound, match="no released scores of an ART rail"):
        art_material(database, "rail", None, ZONE)
    released_round(database, LEVELS, "PI-2", LATER)
    for unit in ("falcon", "move", "nowhere"):
        with pytest.raises(NotFound, match=f"has no scores of an ART {unit}"):
            art_material(database, unit, "PI-2", ZONE)
