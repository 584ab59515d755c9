"""What pages and commands read: released scores, trends over rounds, the overview, the review sheet."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from assessment.errors import Conflict, NotFound
from assessment.measure.trend import TEAMS_DIFFER
from assessment.services import answer_files, closing, organisation, reading, releasing, rounds
from assessment.services.reporting import art_material
from assessment.services.rounds import Opening
from assessment.store import queries
from assessment.store.database import Database
from assessment.store.records import ReviewRecord, StepRecord
from tests.services.given import (
    LATER,
    NOW,
    QUESTIONNAIRE,
    SECRET,
    UNITS,
    as_csv,
    closed_round,
    open_round,
    released_round,
    rows_of,
)
from tests.store.given import counted

PI = timedelta(weeks=12)
ALL_THREE = {"falcon": [3] * 8, "heron": [3] * 8, "ibex": [3] * 9}
OTHER_WORDS = QUESTIONNAIRE.replace(b'version: "1"', b'version: "2"').replace(b"Goals are shared", b"Aims are shared")


def asking(
    database: Database,
    number: int,
    levels: Mapping[str, Sequence[int | str]],
    *,
    units: tuple[str, ...] | None = None,
    content: bytes = QUESTIONNAIRE,
) -> None:
    """Hold a round on the organisation as it stands, from its opening to its release."""
    now, code = NOW + (number - 1) * PI, f"PI-{number}"
    rounds.open_round(database, content, Opening(code, units=units), SECRET, now)
    rows = [row for team, of_team in levels.items() for row in rows_of(team, of_team)]
    answer_files.import_answers(database, as_csv(rows), code, now)
    closing.close(database, code, now + timedelta(days=14))
    releasing.release(database, code, now + timedelta(days=15))


@pytest.fixture
def three_rounds(database: Database) -> Database:
    """Three rounds: all, then without the ART Rail, then Rail after one of its teams moved away."""
    organisation.import_units(database, UNITS)
    asking(database, 1, ALL_THREE | {"lynx": [2] * 8, "owl": [4] * 8})
    asking(database, 2, {"lynx": [2] * 8, "owl": [5] * 8}, units=("road", "home"))
    organisation.import_units(database, b"kind,code,name,parent,headcount\nteam,ibex,Ibex,home,9\n")
    asking(database, 3, {"falcon": [4] * 8, "heron": [4] * 8, "ibex": [5] * 9, "owl": [3] * 8})
    return database


def steps(database: Database, code: str) -> dict[tuple[str, str], StepRecord]:
    """Give the steps to a round."""
    with database.reading() as session:
        made = queries.release(session, rounds.needed(session, code).id)
        assert made is not None
        return {(step.unit, step.dimension): step for step in queries.steps(session, made.id)}


def test_scores_are_read_of_one_unit_or_all_with_or_without_questions(database: Database) -> None:
    released_round(database, ALL_THREE)
    whole = reading.scores(database, "PI-1")
    assert [row.unit for row in whole if not row.dimension] == [
        "top", "move", "stay", "home", "rail", "road", "falcon", "heron", "ibex", "lynx", "newt", "owl",
    ]  # fmt: skip
    of_rail = reading.scores(database, "PI-1", "rail")
    assert [row.dimension for row in of_rail] == ["", "leading", "flow"]
    with_questions = reading.scores(database, "PI-1", "rail", questions=True)
    assert [row.dimension for row in with_questions] == ["", "leading", "goals", "limits", "flow", "batch", "queue"]


def test_scores_that_are_not_there_yet(database: Database) -> None:
    open_round(database)
    with pytest.raises(NotFound, match="there is no round PI-9"):
        reading.scores(database, "PI-9")
    with pytest.raises(Conflict, match="is not closed yet; closing makes its preliminary scores"):
        reading.scores(database, "PI-1", preliminary=True)
    closing.close(database, "PI-1", LATER)
    with pytest.raises(Conflict, match="is not released yet"):
        reading.scores(database, "PI-1")
    releasing.release(database, "PI-1", LATER)
    with pytest.raises(NotFound, match="has no scores of a unit guild"):
        reading.scores(database, "PI-1", "guild")


def test_a_trend_starts_with_a_first_round(three_rounds: Database) -> None:
    points = [point for point in reading.trend(three_rounds, "rail") if not point.dimension]
    assert [(point.round, point.value, point.verdict, point.basis, point.reason) for point in points] == [
        ("PI-1", 3, "first", "comparable", ""),
        ("PI-3", 4, "improved", "comparable", ""),
    ]
    assert {point.dimension for point in reading.trend(three_rounds, "rail")} == {"", "leading", "flow"}


def test_a_step_leaps_over_a_round_that_a_unit_sat_out(three_rounds: Database) -> None:
    step = steps(three_rounds, "PI-3")["rail", ""]
    assert (step.previous_round, step.teams) == ("PI-1", 2)
    assert step.change == pytest.approx(1)  # of the two teams present in both


def test_a_team_that_moved_keeps_its_own_trend_and_its_arts_count_it_where_it_was(three_rounds: Database) -> None:
    assert [point.value for point in reading.trend(three_rounds, "ibex")] == [3, 5]
    found = steps(three_rounds, "PI-3")
    assert found["ibex", ""].change == pytest.approx(2)
    home = found["home", ""]
    assert (home.previous_round, home.teams) == ("PI-2", 1)
    assert home.change == pytest.approx(-2)  # owl alone, from 5 to 3; ibex is new there
    with three_rounds.reading() as session:
        paths = {
            code: [step.code for step in entry.path]
            for code in ("PI-1", "PI-3")
            for entry in queries.roster(session, rounds.needed(session, code).id)
            if entry.unit == "ibex"
        }
    assert paths == {"PI-1": ["top", "move", "rail"], "PI-3": ["top", "stay", "home"]}


def test_a_hidden_team_that_left_leaves_no_change_to_tell(database: Database) -> None:
    organisation.import_units(database, UNITS + b"team,raven,Raven,rail,4\n")
    asking(database, 1, ALL_THREE | {"raven": [5] * 4})
    organisation.import_units(database, b"kind,code,name,parent,headcount\nteam,raven,Raven,road,4\n")
    asking(database, 2, ALL_THREE)
    step = steps(database, "PI-2")["rail", ""]
    assert (step.change, step.reason) == (None, TEAMS_DIFFER)


def test_other_words_break_or_anchor_the_trend(database: Database) -> None:
    organisation.import_units(database, UNITS)
    asking(database, 1, ALL_THREE)
    asking(database, 2, ALL_THREE, content=OTHER_WORDS)
    points = {point.dimension: point for point in reading.trend(database, "rail") if point.round == "PI-2"}
    assert {(point.verdict, point.basis) for point in points.values()} == {("no-detectable-change", "anchored")}
    assert points[""].reason == (
        "the questions changed: 75% of the weight is in common; compared on the questions in common"
    )


def test_a_trend_tells_how_sure_its_changes_are(three_rounds: Database) -> None:
    point = next(
        point for point in reading.trend(three_rounds, "rail") if point.round == "PI-3" and not point.dimension
    )
    assert point.change == pytest.approx(1)
    assert point.low is not None
    assert point.high is not None
    assert point.low < 1 < point.high
    assert point.smallest is not None


def test_rounds_of_another_questionnaire_are_another_trend(database: Database) -> None:
    organisation.import_units(database, UNITS)
    asking(database, 1, ALL_THREE)
    asking(database, 2, ALL_THREE, content=QUESTIONNAIRE.replace(b"id: check", b"id: other"))
    assert [point.round for point in reading.trend(database, "falcon")] == ["PI-2"]
    assert [point.round for point in reading.trend(database, "falcon", "check")] == ["PI-1"]
    assert reading.trend(database, "falcon", "nothing") == []
    assert steps(database, "PI-2")["falcon", ""].verdict == "first"


def test_the_trend_of_a_unit_without_scores(database: Database) -> None:
    released_round(database, ALL_THREE)
    assert reading.trend(database, "guild") == []
    with pytest.raises(NotFound, match="there is no unit nowhere"):
        reading.trend(database, "nowhere")


def test_the_overview_has_every_art_of_the_newest_round(three_rounds: Database) -> None:
    overview = reading.overview(three_rounds)
    assert overview is not None
    assert [round_.code for round_ in overview.rounds] == ["PI-1", "PI-2", "PI-3"]
    assert [art.name for art in overview.arts] == ["Home", "Rail", "Road"]
    home, rail, road = overview.arts
    assert (rail.score.value, rail.submitted, rail.headcount, rail.teams) == (4, 16, 16, 2)
    assert (home.submitted, home.headcount, home.teams) == (17, 17, 2)
    assert rail.history == (3, None, 4)
    assert [step.code for step in rail.path] == ["top", "move"]
    assert rail.step is not None
    assert rail.step.previous_round == "PI-1"
    assert (road.score.value, road.submitted, road.step) == (None, 0, None)


def test_pages_take_as_many_statements_however_many_rounds_there_were(three_rounds: Database) -> None:
    def statements() -> list[int]:
        found: list[int] = []
        for page in (
            lambda: reading.overview(three_rounds),
            lambda: reading.trend(three_rounds, "rail"),
            lambda: art_material(three_rounds, "rail", None, ZoneInfo("Europe/Berlin")),
        ):
            with counted() as run:
                page()
            found.append(len(run))
        return found

    before = statements()
    for number in (4, 5):
        asking(three_rounds, number, ALL_THREE)
    assert statements() == before


def test_without_a_release_there_is_no_overview(database: Database) -> None:
    assert reading.overview(database) is None
    closed_round(database, ALL_THREE)
    assert reading.overview(database) is None


def test_the_review_sheet_has_arts_and_the_readings_made_so_far(database: Database) -> None:
    open_round(database)
    with pytest.raises(Conflict, match="is not closed yet; closing makes"):
        reading.review_sheet(database, "PI-1")
    closing.close(database, "PI-1", LATER)
    closed_round(database, ALL_THREE, "PI-2")
    accepted = ReviewRecord("rail", "flow", "accepted", None, None, "lace@example.org", LATER)
    releasing.review(database, "PI-2", [accepted])
    sheet = reading.review_sheet(database, "PI-2")
    assert list(sheet.arts) == ["home", "rail", "road"]
    assert [one.review for one in sheet.of_art("rail")] == [None, None, accepted]
    assert {name: title.depth for name, title in sheet.titles().items()} == {"": 0, "leading": 1, "flow": 1}
    with pytest.raises(NotFound, match="has no scores of an ART falcon"):
        sheet.of_art("falcon")


def test_an_art_that_was_not_asked_this_time_is_told_with_its_last_round(database: Database) -> None:
    closed_round(database, ALL_THREE, "PI-1")
    releasing.release(database, "PI-1", LATER)
    open_round(database, "PI-2", units=("rail",))
    closing.close(database, "PI-2", LATER)
    releasing.release(database, "PI-2", LATER)
    overview = reading.overview(database)
    assert overview is not None
    assert [art.name for art in overview.arts] == ["Rail"]
    assert [(art.name, art.last.code) for art in overview.absent] == [("Home", "PI-1"), ("Road", "PI-1")]
