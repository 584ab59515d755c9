"""Real maturity models, served as forms, filled in by walkers, scored twice."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from assessment import resources
from assessment.app import create_app
from assessment.services import closing, links, organisation, reading, releasing, rounds
from assessment.store.database import Database
from assessment.store.records import ScoreRecord
from tests.corpus.measure_mate import as_questionnaire
from tests.scorer import scores_of
from tests.served import SECRET, settings
from tests.services.given import ON_SQLITE
from tests.walker import Choose, Walker, by_chance, does_not_apply, highest, lowest

MODELS = ("LAMA", "HealthCheck", "DevOps")
TEAMS = ("low", "high", "any", "none", "silent")
UNITS = ("kind,code,name,parent,headcount\nart,art,Art,,\n" + "".join(f"team,{t},{t},art,9\n" for t in TEAMS)).encode()
SHIPPED = "lean-agile-maturity.yaml"


@pytest.fixture(params=[pytest.param(name, marks=pytest.mark.corpus) for name in MODELS] + [SHIPPED])
def content(request: pytest.FixtureRequest) -> bytes:
    """The bytes of a questionnaire."""
    if request.param == SHIPPED:
        return (resources.folder("questionnaires") / SHIPPED).read_bytes()
    corpus: Path = request.getfixturevalue("corpus")
    return as_questionnaire(corpus / "maturity" / f"measure-mate_{request.param}.json")


class Place:
    """A round that is served; `walk` fills in a form of it."""

    def __init__(self, database: Database, folder: Path, content: bytes, mode: str) -> None:
        organisation.import_units(database, UNITS)
        rounds.open_round(database, content, rounds.Opening("PI-1", mode=mode), SECRET, datetime.now(UTC))
        self.database = database
        self.app = create_app(settings(folder, database.url), database)
        found = links.of_round(database, "PI-1", "http://localhost", SECRET)
        self.codes = {link.team: list(link.codes) for link in found}

    def walk(self, team: str, choose: Choose) -> dict[str, str]:
        """Fill in a form and give the answers that were given."""
        walker = Walker(self.app.test_client(), choose)
        assert len(walker.walk(self.codes[team].pop())) == 9
        return walker.answers

    def released(self) -> dict[str, dict[str, ScoreRecord]]:
        """Close and release the round, and give all scores by unit and name."""
        closing.close(self.database, "PI-1", datetime.now(UTC))
        releasing.release(self.database, "PI-1", datetime.now(UTC))
        found: dict[str, dict[str, ScoreRecord]] = {}
        for row in reading.scores(self.database, "PI-1", questions=True):
            found.setdefault(row.unit, {})[row.dimension] = row
        return found


@ON_SQLITE
def test_any_model_is_filled_in_over_http_and_scored_as_by_hand(
    database: Database, tmp_path: Path, content: bytes
) -> None:
    place = Place(database, tmp_path, content, "team")
    choices = {"low": lowest, "high": highest, "any": by_chance(3), "none": does_not_apply}
    given = {team: [place.walk(team, choose)] for team, choose in choices.items()} | {"silent": []}
    asked = yaml.safe_load(content)
    assert {len(forms[0]) for forms in given.values() if forms} == {_questions(asked)}
    _assert_alike(place.released(), asked, {team: (1, forms) for team, forms in given.items()})


@pytest.mark.corpus
@ON_SQLITE
def test_people_of_a_team_in_two_camps_are_scored_with_a_silent_team_beside_them(
    database: Database, tmp_path: Path, corpus: Path
) -> None:
    content = as_questionnaire(corpus / "maturity" / "measure-mate_LAMA.json")
    place = Place(database, tmp_path, content, "codes")
    forms = [place.walk("any", choose) for choose in (*[lowest] * 4, *[highest] * 4, does_not_apply)]
    scores = place.released()
    expected = scores_of(yaml.safe_load(content), {"any": (9, forms), "silent": (9, [])})
    for name, figures in expected["any"].items():
        found = scores["any"][name]
        assert (found.value, found.low, found.high) == pytest.approx((1, 1, 1))  # the mean of -1 and 3
        assert (found.n, found.N) == (figures["n"], figures["N"]) == (8, 8)
        assert (found.agreement, found.ad, found.rwg, found.split) == (-1, 2, 0, True)
        above = scores["art"][name]
        assert (above.n, above.N) == (8, 8 + 4 * 9)
        assert above.value == pytest.approx(1)
        assert (above.low, above.high) == pytest.approx(((1 + 4 * -1) / 5, (1 + 4 * 3) / 5))


@pytest.mark.corpus
def test_a_rank_of_minus_one_is_a_level_and_na_is_none(corpus: Path) -> None:
    lama, devops = (
        yaml.safe_load(as_questionnaire(corpus / "maturity" / f"measure-mate_{name}.json"))
        for name in ("LAMA", "DevOps")
    )
    assert [level["value"] for level in lama["scales"]["ranks"]["levels"]] == [-1, 1, 2, 3]
    assert [level["value"] for level in devops["scales"]["ranks"]["levels"]] == [1, 2, 3, 4, 5, 6]


def _assert_alike(
    found: Mapping[str, Mapping[str, ScoreRecord]],
    asked: Mapping[str, Any],
    teams: Mapping[str, tuple[int, Sequence[Mapping[str, str]]]],
) -> None:
    expected = scores_of(asked, teams)
    compared = 0
    for unit, by_name in expected.items():
        for name, figures in by_name.items():
            score = found[unit or "art"][name]
            for figure, value in figures.items():
                assert getattr(score, figure) == (None if value is None else pytest.approx(value, abs=1e-9)), (
                    unit,
                    name,
                )
                compared += 1
    assert compared == 6 * sum(len(scores) for scores in found.values())


def _questions(asked: Mapping[str, Any]) -> int:
    return sum(len(node["questions"]) if "questions" in node else _questions(node) for node in asked["dimensions"])
