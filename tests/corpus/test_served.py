"""Shipped questionnaires, and real ones of other tools, served as forms, filled in by walkers, scored twice."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from assessment import resources
from assessment.app import create_app
from assessment.questionnaire.reader import read
from assessment.services import closing, converting, links, organisation, reading, releasing, rounds
from assessment.store.database import Database
from assessment.store.records import ScoreRecord
from tests.corpus.measure_mate import as_questionnaire
from tests.scorer import scores_of
from tests.served import SECRET, settings
from tests.services.given import ON_SQLITE
from tests.walker import Choose, Walker, by_chance, does_not_apply, highest, lowest

MODELS = [f"maturity/measure-mate_{name}.json" for name in ("LAMA", "HealthCheck", "DevOps")]
OF_OTHERS = [
    "samm-2.1.0/model",
    "surveyjs/quiz.json",
    "surveyjs/visibleif.json",
    "limesurvey/all_types_survey.tsv",
    "xlsform/all_types_survey.xlsx",
    "xlsform/or_other.xlsx",
    "xlsform/widgets.xls",
    "xlsform/yes_or_no_question.csv",
]
SHIPPED = sorted(path.name for path in resources.folder("questionnaires").glob("*.yaml"))
UNITS = ("low", "high", "any", "chance", "none", "silent")


@pytest.fixture(params=[*(pytest.param(name, marks=pytest.mark.corpus) for name in [*MODELS, *OF_OTHERS]), *SHIPPED])
def content(request: pytest.FixtureRequest) -> bytes:
    """The bytes of a questionnaire."""
    if request.param in SHIPPED:
        return (resources.folder("questionnaires") / str(request.param)).read_bytes()
    corpus: Path = request.getfixturevalue("corpus")
    if request.param in MODELS:
        return as_questionnaire(corpus / request.param)
    return converting.convert(corpus / request.param).content


def units(kind: str) -> bytes:
    """Give an organisation: an ART with teams, or units of another kind that are asked themselves."""
    above = "art,art,Art,,\n" if kind == "team" else ""
    parent = "art" if kind == "team" else ""
    return (
        "kind,code,name,parent,headcount\n" + above + "".join(f"{kind},{u},{u},{parent},9\n" for u in UNITS)
    ).encode()


class Place:
    """A round that is served; `walk` fills in a form of it."""

    def __init__(self, database: Database, folder: Path, content: bytes, mode: str) -> None:
        organisation.import_units(database, units(yaml.safe_load(content).get("audience", "team")))
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
    choices = {"low": lowest, "high": highest, "any": by_chance(3), "chance": by_chance(5), "none": does_not_apply}
    given = {unit: [place.walk(unit, choose)] for unit, choose in choices.items()} | {"silent": []}
    document = read(content).data  # YAML 1.2, so that `no` is a word
    _assert_alike(place.released(), document, {unit: (1, forms) for unit, forms in given.items()})


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
        assert (above.n, above.N) == (8, 8 + 5 * 9)
        assert above.value == pytest.approx(1)
        assert (above.low, above.high) == pytest.approx(((1 + 5 * -1) / 6, (1 + 5 * 3) / 6))


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
    units: Mapping[str, tuple[int, Sequence[Mapping[str, str]]]],
) -> None:
    expected = scores_of(asked, units)
    above = expected.pop("")
    if asked.get("audience", "team") == "team":
        expected["art"] = above
    for unit, by_name in expected.items():
        of_roles = found[unit].keys() - by_name.keys() - {""}
        assert all(score.N is None for name, score in found[unit].items() if name in of_roles)
        for name, figures in by_name.items():
            for figure, value in figures.items():
                assert getattr(found[unit][name], figure) == (None if value is None else pytest.approx(value, abs=1e-9))
    assert found.keys() == expected.keys()
