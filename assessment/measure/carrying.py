"""Many scores at once: the figures of many people, or of many teams, carried up the questionnaire's tree together.

What `scoring` does for one team with all that is told of a score is done here for rows of figures, with the values
alone: the tests of changes need thousands of them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from assessment.measure.outline import OVERALL, Outline
from assessment.measure.tally import Tally
from assessment.questionnaire.answers import NOT_APPLICABLE, Answers
from assessment.questionnaire.asking import asked
from assessment.questionnaire.model import Questionnaire

Figures: TypeAlias = NDArray[np.float64]

_DUST = 1e-9  # what adding up weights leaves behind


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of figures for the questions of an outline, in its order: one row a person or a team.

    `values` are scores and `coverage` shares, both not a number where there is none; `applicable` is whether the
    question applies to anybody in the row.
    """

    values: Figures
    coverage: Figures
    applicable: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class _Node:
    """One node's figures, a value a row."""

    values: Figures
    coverage: Figures
    applicable: NDArray[np.bool_]


def common_outline(outline: Outline, questions: Mapping[str, str]) -> Outline:
    """Give an outline with some of its questions alone, and the dimensions that hold one of them."""
    levels = {name: levels for name, levels in outline.levels.items() if name in questions}
    below = {name: tuple(one for one in of_node if one in levels) for name, of_node in outline.questions.items()}
    children = {
        name: tuple(branch for branch in branches if branch.name in levels or below.get(branch.name))
        for name, branches in outline.children.items()
        if below[name] or name == OVERALL
    }
    sums = {
        name: sum(branch.weight for branch in children[name] if branch.name in levels)
        for name in outline.sums
        if name in children
    }
    return replace(
        outline, children=children, levels=levels, questions={name: below[name] for name in children}, sums=sums
    )


def rows_of_people(
    outline: Outline, questionnaire: Questionnaire, forms: Sequence[Answers], names: Mapping[str, str] | None = None
) -> Rows:
    """Give a row for each form; `names` maps the outline's questions to their ids in these forms."""
    ids = {question: (names or {}).get(question, question) for question in outline.levels}
    scores = {
        question: {answer: level.score for level in questionnaire.levels_of(scored) for answer in level.answers}
        for question, name in ids.items()
        for scored in questionnaire.scored
        if scored.id == name
    }
    shape = len(forms), len(ids)
    values, applicable = np.full(shape, np.nan), np.ones(shape, dtype=bool)
    for place, (question, name) in enumerate(ids.items()):
        known = scores[question]
        given = [form.get(name) for form in forms]
        values[:, place] = [known.get(answer, np.nan) for answer in given]  # type: ignore[arg-type]
        applicable[:, place] = [answer != NOT_APPLICABLE for answer in given]
    for row, place in _not_asked(questionnaire, forms, tuple(ids.values())):
        values[row, place], applicable[row, place] = np.nan, False
    answered = ~np.isnan(values)
    return Rows(values, np.where(applicable, answered.astype(float), np.nan), applicable)


def rows_of_teams(
    outline: Outline, tallies: Sequence[tuple[int, Mapping[str, Tally]]], names: Mapping[str, str] | None = None
) -> Rows:
    """Give a row for each team's number of people asked and tallies by question."""
    shape = len(tallies), len(outline.levels)
    values, coverage = np.full(shape, np.nan), np.full(shape, np.nan)
    applicable = np.zeros(shape, dtype=bool)
    for place, (question, levels) in enumerate(outline.levels.items()):
        name = (names or {}).get(question, question)
        for row, (people, of_team) in enumerate(tallies):
            tally = of_team.get(name) or Tally((0,) * len(levels))
            taken = tally.n + tally.dont_know + tally.blank
            if tally.n:
                values[row, place] = sum(n * level for n, level in zip(tally.levels, levels, strict=True)) / tally.n
            if taken:
                coverage[row, place] = tally.n / taken
            applicable[row, place] = people > tally.not_applicable + tally.not_asked or tally.n > 0
    return Rows(values, coverage, applicable)


def carried(outline: Outline, minimum: float, rows: Rows) -> dict[str, Figures]:
    """Give the value of every dimension and, under `""`, overall, a figure a row; not a number where there is none.

    `minimum` is the coverage under which there is no score.
    """
    nodes = {
        question: _Node(rows.values[:, place], rows.coverage[:, place], rows.applicable[:, place])
        for place, question in enumerate(outline.levels)
    }
    empty = np.full(len(rows.values), np.nan)
    for name in reversed(outline.children):
        branches = outline.children[name]
        if not branches:
            nodes[name] = _Node(empty, empty, np.zeros(len(empty), dtype=bool))
            continue
        weights = np.array([branch.weight for branch in branches])
        parts = [nodes[branch.name] for branch in branches]
        applicable: NDArray[np.bool_] = np.array([part.applicable for part in parts])
        shares = np.where(applicable, np.array([part.coverage for part in parts]), np.nan)
        coverage = _weighted(shares, weights)
        value = _weighted(np.array([part.values for part in parts]), weights) * outline.sums.get(name, 1.0)
        enough = np.nan_to_num(coverage, nan=-1.0) >= minimum - _DUST
        nodes[name] = _Node(np.where(enough, value, np.nan), coverage, np.logical_or.reduce(applicable))
    return {name: nodes[name].values for name in outline.children}


def _weighted(parts: Figures, weights: Figures) -> Figures:
    """Give the weighted mean of what is there, by column."""
    weighing = np.where(np.isnan(parts), 0.0, weights[:, None])
    total = weighing.sum(axis=0)
    summed = (np.nan_to_num(parts) * weighing).sum(axis=0)
    mean: Figures = np.divide(summed, total, out=np.full(total.shape, np.nan), where=total > 0)
    return mean


def _not_asked(questionnaire: Questionnaire, forms: Sequence[Answers], ids: Sequence[str]) -> list[tuple[int, int]]:
    """Give the rows and places of what a condition hid."""
    if not any(question.show_if is not None for question in questionnaire.scored):
        return []
    shown = [{question.id for question in asked(questionnaire, form)} for form in forms]
    return [(row, place) for row, of_form in enumerate(shown) for place, name in enumerate(ids) if name not in of_form]
