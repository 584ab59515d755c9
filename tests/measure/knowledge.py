"""What someone can work out who holds everything released and one team's own page: exact linear algebra.

A score is a linear function of the means of single teams in single questions, its weights known to everybody: they
follow from counts. What is released are equations for these means; a hidden score can be worked out exactly where its
row is a sum of rows that are known. Everything shown is taken to be known in full precision, whatever it was rounded
to.
"""

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from assessment.measure.hiding import Cell
from assessment.measure.organisation import Organisation
from assessment.measure.outline import Outline, outline
from assessment.measure.scoring import Scores, TeamAnswers
from assessment.measure.tally import Tally
from assessment.questionnaire.model import Questionnaire
from tests.measure.given import Tree, of_round, questionnaire

Row = npt.NDArray[np.float64]

ART = "art"
THRESHOLD = 5
NOTHING = 1e-9

_TREES: tuple[Tree, ...] = (
    {"one": ["a", "b"], "two": ["c", "d"]},
    {"one": ["a", "b", "c"], "two": ["d"]},
    {"top": {"one": ["a", "b"], "two": ["c", "d", "e"]}, "next": {"three": ["f"], "four": ["g", "h"]}},
    {"one": ["a"]},
)


@dataclass(frozen=True, slots=True)
class Art:
    """An ART's answers and its scores in full."""

    asked: Questionnaire
    teams: Sequence[TeamAnswers]
    scores: Mapping[str, Scores]

    @property
    def tree(self) -> Outline:
        """The outline of what was asked."""
        return outline(self.asked)

    @property
    def organisation(self) -> Organisation:
        """The ART with its teams."""
        by_respondents = self.asked.scoring.unit_weighting == "respondents"
        return Organisation({ART: [answers.unit for answers in self.teams]}, by_respondents=by_respondents)


def scored(asked: Questionnaire, teams: Sequence[TeamAnswers]) -> Art:
    """Give an ART of some teams."""
    return Art(asked, teams, of_round(asked, *teams, art=ART))


def random_art(seed: int, weighting: str, rule: str = "mean") -> Art:
    """Give an ART of 1 to 6 teams of 2 to 11 people, who leave out questions to various degrees."""
    chance = random.Random(seed)  # noqa: S311 - to try much, not to keep a secret
    tree = chance.choice(_TREES)
    weights = {name: chance.choice((1, 1, 2, 3)) for name in ("top", "one", "two", "three", "a", "b", "d", "g")}
    minimum = chance.choice((0.0, 0.5, 0.8))
    asked = questionnaire(tree, weights=weights, minimum_answered=minimum, unit_weighting=weighting, rule=rule)
    questions = [question.id for question in asked.questions]
    return scored(asked, [_random_team(chance, f"team-{n}", questions) for n in range(chance.randint(1, 6))])


def derivable(art: Art, hidden: set[Cell]) -> set[tuple[str, Cell]]:
    """Give what can be worked out: whose own page it takes, and which hidden score of another team it gives."""
    rows = _rows(art)
    shown = np.array([row for cell, row in rows.items() if cell not in hidden])
    found: set[tuple[str, Cell]] = set()
    cells = _cells(art)
    for insider in {team for team, _ in cells}:
        # Whoever knows the insider's answers strikes them from every equation.
        unknown = [place for place, (team, _) in enumerate(cells) if team != insider]
        free = _null_space(shown[:, unknown]) if len(shown) else np.eye(len(unknown))
        found |= {
            (insider, cell)
            for cell in hidden & rows.keys()
            if cell[0] not in {ART, insider} and np.abs(free @ rows[cell][unknown]).max(initial=0) < NOTHING
        }
    return found


def moved(art: Art, hidden: set[Cell], seed: int) -> Art | None:
    """Give the ART with other answers, as many, such that every shown mean stays; None where there is no such ART."""
    rows = _rows(art)
    shown = np.array([row for cell, row in rows.items() if cell not in hidden])
    cells = _cells(art)
    free = _null_space(shown) if len(shown) else np.eye(len(cells))
    if not len(free):
        return None
    move = np.random.default_rng(seed).normal(size=len(free)) @ free
    by = dict(zip(cells, move * 0.002 / np.abs(move).max(), strict=True))
    teams = [
        replace(answers, tallies={name: _shifted(tally, by.get((answers.unit, name))) for name, tally in of_team})
        for answers, of_team in ((answers, answers.tallies.items()) for answers in art.teams)
    ]
    return scored(art.asked, teams)


def _rows(art: Art) -> dict[Cell, Row]:
    """Give every score's row: how it is made of the teams' means in single questions."""
    cells = _cells(art)
    rows: dict[Cell, Row] = dict(zip(cells, np.eye(len(cells)), strict=True))
    for answers in art.teams:
        for name in reversed(art.tree.children):
            branches = [branch for branch in art.tree.children[name] if (answers.unit, branch.name) in rows]
            if branches and art.scores[answers.unit][name].value is not None:
                parts = [(branch.weight, rows[answers.unit, branch.name]) for branch in branches]
                rows[answers.unit, name] = _mean(parts) * art.tree.sums.get(name, 1.0)
    for name in art.tree.names():
        units = [answers.unit for answers in art.teams if (answers.unit, name) in rows]
        if units:
            rows[ART, name] = _mean([(_weight(art, unit, name), rows[unit, name]) for unit in units])
    return rows


def _cells(art: Art) -> list[Cell]:
    return [(answers.unit, name) for answers in art.teams for name, tally in answers.tallies.items() if tally.n]


def _weight(art: Art, unit: str, name: str) -> float:
    return float(art.scores[unit][name].n or 0) if art.organisation.by_respondents else 1.0


def _mean(parts: Iterable[tuple[float, Row]]) -> Row:
    weights, rows = zip(*parts, strict=True)
    found: Row = np.average(rows, axis=0, weights=weights)
    return found


def _null_space(rows: Row) -> Row:
    if not rows.shape[1]:
        return rows[:0]
    _, sizes, directions = np.linalg.svd(rows)
    rank = int((sizes > NOTHING * max(1.0, float(sizes.max(initial=0)))).sum())
    free: Row = directions[rank:]
    return free


def _shifted(tally: Tally, by: float | None) -> Tally:
    """Give a tally with as many answers and a mean that is higher by a little; fractions keep the number exact."""
    if not by:
        return tally
    levels = [Fraction(count) for count in tally.levels]
    place = next(place for place, count in enumerate(levels) if count)
    end = len(levels) - 1 if by > 0 else 0
    part = abs(Fraction(by)) * tally.n / abs(end - place)
    levels[place] -= part
    levels[end] += part
    return replace(tally, levels=tuple(levels))  # type: ignore[arg-type]  # fractions of people, for arithmetic's sake


def _random_team(chance: random.Random, code: str, questions: Iterable[str]) -> TeamAnswers:
    size, careless = chance.randint(2, 11), chance.choice((0, 0, 0.1, 0.3))
    tallies = {}
    for question in questions:
        nobody = chance.random() < careless / 3
        out = size if nobody else sum(chance.random() < careless for _ in range(size))
        not_applicable = chance.randint(0, out)
        levels = [0] * 5
        for _ in range(size - out):
            levels[chance.choice((1, 2, 3))] += 1  # never the ends, so that there is room to move
        tallies[question] = Tally(tuple(levels), not_applicable, out - not_applicable)
    return TeamAnswers(code, "team", size + chance.choice((0, 0, 1, 3)), tallies)
