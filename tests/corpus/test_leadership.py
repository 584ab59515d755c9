"""5,400 people in 99 groups on their leaders (Bliese, Halverson & Rothberg 2000), through the command from end to end.

Groups are teams of ten ARTs. Every figure is worked out a second time by a few lines of numpy, and those that the
literature on agreement tells of this data are met.
"""

import csv
import shutil
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
import yaml
from pypdf import PdfReader

from assessment.cli import opening
from tests.cli.given import Installation
from tests.measure.independent import agreement_of

pytestmark = pytest.mark.corpus

STATEMENTS = ("AF06", "AF07", "AP12", "AP17", "AP33", "AP34", "AS14", "AS15", "AS16", "AS17", "AS28")
ARTS = 10
LEVELS = range(1, 6)

Answers = npt.NDArray[np.float64]  # a row a person, a column a statement


@dataclass(frozen=True, slots=True)
class Measured:
    """The answers of each group, and everything the round released, by unit and name."""

    here: Installation
    groups: dict[str, Answers]
    scores: dict[str, dict[str, dict[str, Any]]]

    def below(self, art: str) -> list[Answers]:
        """Give the answers of an ART's groups."""
        return [answers for group, answers in self.groups.items() if _art_of(group) == art]

    @property
    def arts(self) -> list[str]:
        """The ARTs' codes."""
        return [f"art-{number}" for number in range(ARTS)]


@pytest.fixture(scope="module")
def measured(corpus: Path, tmp_path_factory: pytest.TempPathFactory, migrated_file: Path) -> Measured:
    """The data as one round: imported, closed, released."""
    source = corpus / "answers" / "bhr2000.csv"
    rows = list(csv.DictReader(source.read_text("ascii").splitlines()))
    people: dict[str, list[list[float]]] = defaultdict(list)
    for row in rows:
        people[f"group-{row['GRP']}"].append([float(row[statement]) for statement in STATEMENTS])
    groups = {group: np.array(answers) for group, answers in people.items()}
    folder = tmp_path_factory.mktemp("leadership")
    shutil.copy(migrated_file, folder / "assessment.sqlite")
    here = Installation(folder)
    here.done("units", "import", here.file("units.csv", _units(groups)))
    here.done("round", "open", here.file("leadership.yaml", _questionnaire()), "--code", "R")
    answers = "".join(f"group-{row['GRP']},{','.join(row[s] for s in STATEMENTS)}\n" for row in rows)
    here.done(
        "answers", "import", here.file("a.csv", f"team,{','.join(STATEMENTS)}\n{answers}".encode()), "--round", "R"
    )
    here.done("round", "close", "R")
    here.done("round", "release", "R")
    scores: dict[str, dict[str, dict[str, Any]]] = defaultdict(dict)
    for score in here.printed("scores", "--round", "R", "--questions"):
        scores[score["unit"]][score["dimension"]] = score
    opening.settings.cache_clear()
    return Measured(here, groups, scores)


def test_all_groups_and_arts_have_all_their_scores_and_none_is_hidden(measured: Measured) -> None:
    assert len(measured.groups) == 99
    assert set(measured.scores) == {*measured.groups, *measured.arts}
    for of_unit in measured.scores.values():
        assert set(of_unit) == {"", "leadership", *STATEMENTS}
        assert not any(score["hidden"] or score["qualifier"] for score in of_unit.values())


def test_every_group_is_scored_as_by_numpy(measured: Measured) -> None:
    for group, answers in measured.groups.items():
        found = measured.scores[group]
        means = answers.mean(axis=0)
        assert _values(found) == pytest.approx(means, abs=1e-9)
        for name in ("", "leadership"):
            assert found[name]["value"] == pytest.approx(means.mean(), abs=1e-9)
            assert (found[name]["n"], found[name]["N"], found[name]["coverage"]) == (len(answers), len(answers), 1)


def test_every_art_is_the_mean_of_means(measured: Measured) -> None:
    for art in measured.arts:
        found = measured.scores[art]
        means = np.array([answers.mean(axis=0) for answers in measured.below(art)])
        assert _values(found) == pytest.approx(means.mean(axis=0), abs=1e-9)
        assert found[""]["value"] == pytest.approx(means.mean(), abs=1e-9)
        assert found[""]["n"] == sum(len(answers) for answers in measured.below(art))


def test_bounds_meet_since_everybody_answered(measured: Measured) -> None:
    for of_unit in measured.scores.values():
        for score in of_unit.values():
            assert (score["low"], score["high"]) == pytest.approx((score["value"], score["value"]), abs=1e-9)


def test_agreement_and_deviation_are_those_of_an_independent_calculation(measured: Measured) -> None:
    people = measured.groups | {art: np.vstack(measured.below(art)) for art in measured.arts}
    for unit, answers in people.items():
        found = measured.scores[unit]
        agreements = [agreement_of([int((column == level).sum()) for level in LEVELS]) for column in answers.T]
        deviations = np.abs(answers - answers.mean(axis=0)).mean(axis=0)
        for place, statement in enumerate(STATEMENTS):
            assert found[statement]["agreement"] == pytest.approx(agreements[place], abs=1e-9)
            assert found[statement]["ad"] == pytest.approx(deviations[place], abs=1e-9)
            assert found[statement]["split"] is (found[statement]["agreement"] < 0)
        assert found[""]["agreement"] == pytest.approx(np.mean(agreements), abs=1e-9)
        assert found[""]["ad"] == pytest.approx(deviations.mean(), abs=1e-9)


def test_r_wg_is_that_of_the_literature(measured: Measured) -> None:
    of_several = []
    for group, answers in measured.groups.items():
        variances = answers.var(axis=0, ddof=1) / 2  # five levels spread evenly: (25 - 1) / 12
        found = measured.scores[group]
        expected = np.maximum(0, 1 - variances)
        assert [found[statement]["rwg"] for statement in STATEMENTS] == pytest.approx(expected, abs=1e-9)
        agreeing = len(STATEMENTS) * (1 - variances.mean())
        assert found[""]["rwg"] == pytest.approx(agreeing / (agreeing + variances.mean()), abs=1e-9)
        of_several.append(found["leadership"]["rwg"])
    assert min(of_several) == pytest.approx(0.785876, abs=1e-6)
    assert np.mean(of_several) == pytest.approx(0.887612, abs=1e-6)


def test_how_the_statements_fared_is_as_by_numpy(measured: Measured) -> None:
    people = np.vstack(list(measured.groups.values()))
    found = measured.here.printed("round", "questions", "R")
    opening.settings.cache_clear()
    (dimension,) = found["dimensions"]
    assert (dimension["people"], dimension["questions"], found["forms"]) == (len(people), len(STATEMENTS), len(people))
    assert dimension["alpha"] == pytest.approx(_alpha(people), abs=1e-9)
    assert dimension["alpha"] == pytest.approx(0.9, abs=0.05)
    for place, (statement, question) in enumerate(zip(STATEMENTS, found["questions"], strict=True)):
        others = np.delete(people, place, axis=1)
        related = np.corrcoef(people[:, place], others.sum(axis=1))[0, 1]
        assert (question["question"], question["n"], question["people"]) == (statement, len(people), len(people))
        assert question["item_rest"] == pytest.approx(related, abs=1e-9)
        assert question["alpha_without"] == pytest.approx(_alpha(others), abs=1e-9)
        assert question["ceiling"] == pytest.approx((people[:, place] == 5).mean(), abs=1e-12)
        assert question["floor"] == pytest.approx((people[:, place] == 1).mean(), abs=1e-12)
        columns = [answers[:, place] for answers in measured.groups.values() if len(answers) >= 8]
        split = sum(agreement_of([int((column == level).sum()) for level in LEVELS]) < 0 for column in columns)
        assert (question["teams"], question["split_teams"]) == (len(columns), split)


def test_the_release_comes_out_again(measured: Measured) -> None:
    lines = measured.here.done("verify").splitlines()
    opening.settings.cache_clear()
    assert [line.partition(":")[0] for line in lines] == ["R, preliminary", "R, release 1", "the database is whole"]


@pytest.mark.parametrize("edition", ["rte", "viewer"])
def test_the_report_prints_these_figures(measured: Measured, edition: str) -> None:
    art = "art-3"
    file = measured.here.path / f"{edition}.pdf"
    measured.here.done("report", "art", art, "--round", "R", "--edition", edition, "-o", file)
    opening.settings.cache_clear()
    words = " ".join(page.extract_text() for page in PdfReader(file).pages)
    score = measured.scores[art][""]
    assert "ART 3" in words
    assert f"{score['value']:.1f}" in words
    assert any(number in words for number in (f"{score['n']:,}", str(score["n"])))
    assert ("Group" in words) is (edition == "rte")


def _alpha(answers: Answers) -> float:
    size = answers.shape[1]
    return float(size / (size - 1) * (1 - answers.var(axis=0, ddof=1).sum() / answers.sum(axis=1).var(ddof=1)))


def _values(found: dict[str, dict[str, Any]]) -> list[float]:
    return [found[statement]["value"] for statement in STATEMENTS]


def _art_of(group: str) -> str:
    return f"art-{int(group.removeprefix('group-')) % ARTS}"


def _units(groups: dict[str, Answers]) -> bytes:
    lines = ["kind,code,name,parent,headcount"]
    lines += [f"art,art-{number},ART {number},," for number in range(ARTS)]
    lines += [
        f"team,{group},Group {group.removeprefix('group-')},{_art_of(group)},{len(answers)}"
        for group, answers in groups.items()
    ]
    return "\n".join(lines).encode()


def _questionnaire() -> bytes:
    questions = [
        {"id": statement, "type": "rating", "scale": "five", "text": f"Statement {statement}."}
        for statement in STATEMENTS
    ]
    made = {
        "format": 1,
        "id": "leadership",
        "version": "2000",
        "title": "Leadership climate",
        "scales": {"five": {"levels": [{"value": level, "label": str(level)} for level in LEVELS]}},
        "dimensions": [{"id": "leadership", "title": "Leadership", "questions": questions}],
    }
    return yaml.safe_dump(made, sort_keys=False).encode()
