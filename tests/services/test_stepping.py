"""The steps of a release: tested against chance, over changed questions, of units of every kind."""

import random
from collections.abc import Mapping, Sequence
from datetime import timedelta

import pytest

from assessment.measure.trend import (
    FEW_SHOWN,
    HIDDEN,
    INTERVAL_ONLY,
    NONE_IN_COMMON,
    ON_COMMON,
    ONE_FORM,
    OVERALL_ALONE,
    WOULD_SHOW,
)
from assessment.services import answer_files, closing, organisation, questionnaires, releasing, rounds
from assessment.services.rounds import Opening
from assessment.services.stepping import steps_since
from assessment.store import queries
from assessment.store.database import Database
from assessment.store.records import StepRecord
from tests.services.given import NOW, ON_SQLITE, QUESTIONNAIRE, SECRET, UNITS, as_csv

pytestmark = ON_SQLITE

Rows = Sequence[Mapping[str, str]]
Steps = dict[tuple[str, str], StepRecord]

PI = timedelta(weeks=12)
SIZES = {"falcon": 8, "heron": 8, "ibex": 9}
HEAVY = QUESTIONNAIRE.replace(b"    title: Flow\n", b"    title: Flow\n    weight: 2\n")
NEWER = HEAVY.replace(b'version: "1"', b'version: "2"')
ONE_CHANGED = NEWER.replace(b"Goals are shared", b"Aims are shared")
LEADING_CHANGED = ONE_CHANGED.replace(b"Limits are clear", b"Ends are clear")


def a_row(team: str, level: int | str, **others: int | str) -> dict[str, str]:
    levels = dict.fromkeys(("goals", "limits", "batch", "queue"), level) | others
    return {"team": team} | {name: str(chosen) for name, chosen in levels.items()}


def alike(level: int, **others: int | str) -> Rows:
    """Give rows in which all of the ART Rail chose the same."""
    return [a_row(team, level, **others) for team, people in SIZES.items() for _ in range(people)]


def asked(database: Database, number: int, rows: Rows, content: bytes = HEAVY, mode: str = "codes") -> None:
    """Hold a round, from its opening to its release."""
    now, code = NOW + (number - 1) * PI, f"PI-{number}"
    rounds.open_round(database, content, Opening(code, mode=mode), SECRET, now)
    answer_files.import_answers(database, as_csv(rows), code, now)
    closing.close(database, code, now + timedelta(days=14))
    releasing.release(database, code, now + timedelta(days=15))


def steps(database: Database, code: str = "PI-2") -> Steps:
    with database.reading() as session:
        made = queries.release(session, rounds.needed(session, code).id)
        assert made is not None
        return {(step.unit, step.dimension): step for step in queries.steps(session, made.id)}


def again(database: Database) -> Steps:
    """Work the steps of the second round out again."""
    with database.reading() as session:
        round_ = rounds.needed(session, "PI-2")
        made = queries.release(session, round_.id)
        assert made is not None
        rows = queries.scores(session, made.id, questions=True)
        found = steps_since(session, round_, questionnaires.asked_in(session, round_), rows)
    return {(step.unit, step.dimension): step for step in found}


@pytest.fixture
def installed(database: Database) -> Database:
    organisation.import_units(database, UNITS)
    return database


def scattered(by: int, seed: int) -> Rows:
    """Give rows of the ART Rail in which people differ, all of them higher by so many levels."""
    chance = random.Random(seed)  # noqa: S311 - made-up answers, not secrets
    names = ("goals", "limits", "batch", "queue")
    return [
        a_row(team, 3, **{name: chance.choice((1, 2, 3)) + by for name in names})
        for team, people in SIZES.items()
        for _ in range(people)
    ]


def test_a_real_change_is_told_overall_then_of_the_uppermost_dimensions(installed: Database) -> None:
    asked(installed, 1, scattered(0, 1))
    asked(installed, 2, scattered(2, 2))
    found = steps(installed)
    assert {found["rail", name].verdict for name in ("", "leading", "flow")} == {"improved"}
    assert found["falcon", ""].verdict == "improved"
    falcon = found["falcon", ""]
    assert falcon.effect is not None
    assert falcon.effect > 0.9


def test_the_same_answers_give_the_same_steps_again(installed: Database) -> None:
    asked(installed, 1, scattered(0, 1))
    asked(installed, 2, scattered(1, 2))
    assert again(installed) == steps(installed)


def test_an_anchored_step_compares_the_questions_in_common(installed: Database) -> None:
    asked(installed, 1, alike(3))
    asked(installed, 2, alike(4, goals=1), ONE_CHANGED)
    found = steps(installed)
    for unit, name in (("rail", ""), ("rail", "leading"), ("falcon", "")):
        step = found[unit, name]
        assert step.change == pytest.approx(1)  # of limits, batch and queue; goals fell, but ask something else now
        assert (step.verdict, step.basis) == ("improved", "anchored")
        assert ON_COMMON in step.reason
    assert found["rail", ""].teams == 3


def test_a_dimension_without_a_question_in_common_says_so(installed: Database) -> None:
    asked(installed, 1, alike(3))
    asked(installed, 2, alike(4), LEADING_CHANGED)
    found = steps(installed)
    assert found["rail", "flow"].change == pytest.approx(1)
    leading = found["rail", "leading"]
    assert (leading.verdict, leading.change, leading.basis) == ("not-comparable", None, "anchored")
    assert leading.reason.endswith(NONE_IN_COMMON)


def test_an_anchored_step_tells_nothing_of_hidden_teams(installed: Database) -> None:
    few = [a_row("falcon", 3, queue="dk"), *([a_row("falcon", 3)] * 3)]
    rest = [row for row in alike(3) if row["team"] != "falcon"]
    asked(installed, 1, [*few, *rest])
    asked(installed, 2, [*few, *rest], ONE_CHANGED)
    found = steps(installed)
    assert found["falcon", ""].reason.endswith(HIDDEN)
    assert found["rail", ""].reason.endswith(FEW_SHOWN)  # the change is a mean of what the ART's questions released
    asked(installed, 3, [a_row("falcon", 3, queue="dk")] * 4 + rest, ONE_CHANGED.replace(b'"2"', b'"3"'))
    anew = b'"4"'
    asked(installed, 4, [*few, *rest], HEAVY.replace(b'version: "1"', b"version: " + anew))
    assert steps(installed, "PI-4")["rail", ""].reason.endswith(WOULD_SHOW)


def test_where_teams_agree_on_one_form_their_art_alone_is_tested(installed: Database) -> None:
    asked(installed, 1, [a_row(team, 3) for team in SIZES], mode="team")
    asked(installed, 2, [a_row("falcon", 4), a_row("heron", 3), a_row("ibex", 4)], mode="team")
    found = steps(installed)
    assert (found["falcon", ""].verdict, found["falcon", ""].reason) == ("no-detectable-change", ONE_FORM)
    assert found["rail", ""].verdict == "no-detectable-change"
    assert found["rail", ""].low is not None


def test_a_unit_that_is_asked_itself_is_tested_overall(database: Database) -> None:
    organisation.import_units(database, UNITS.replace(b"community,guild,Guild,,", b"community,guild,Guild,,12"))
    content = HEAVY.replace(b"title: Check\n", b"title: Check\naudience: community\n", 1)
    for number, level in ((1, 3), (2, 4)):
        asked(database, number, [a_row("guild", level)] * 9 + [a_row("guild", 3)], content)
    found = steps(database)
    assert (found["guild", ""].verdict, found["guild", ""].teams) == ("improved", None)
    assert (found["guild", "flow"].verdict, found["guild", "flow"].reason) == ("no-detectable-change", OVERALL_ALONE)


def test_a_unit_above_arts_is_tested_overall_by_the_changes_of_its_arts(installed: Database) -> None:
    other = [a_row(team, 2) for team in ("lynx", "owl") for _ in range(8)]
    asked(installed, 1, [*scattered(0, 1), *other])
    asked(installed, 2, [*scattered(2, 2), *other])
    found = steps(installed)
    rail, move, top = found["rail", ""], found["move", ""], found["top", ""]
    assert move.change == rail.change  # of Road one team alone is shown: its change cannot be told from chance
    assert (move.verdict, move.teams) == ("improved", 1)
    assert (move.low, move.high) == (rail.low, rail.high)
    assert top.verdict == "improved"
    assert (found["move", "flow"].verdict, found["move", "flow"].reason) == ("no-detectable-change", INTERVAL_ONLY)
    assert found["move", "flow"].low is not None
