"""How far told means narrow a hidden part down, beside linear programming over the same tree."""

import random

import numpy as np
import pytest
from scipy.optimize import linprog

from assessment.measure.narrowing import EXACT, FREE, Moves, Part, leaves_enough, leaves_enough_of_own, moves_of


def team(name: str, value: float, weight: float = 0.25, low: float = 1.0, high: float = 5.0) -> Part:
    """Give a hidden team as a part of a mean."""
    moves = (weight * (value - low), weight * (high - value))
    return Part(name, weight * (high - low), moves, weight=weight, people=4)


def mean(*below: Part, told: Moves = EXACT, name: str = "art", secret: bool = False, scale: float = 4.0) -> Part:
    """Give a mean of parts."""
    return Part(name, scale, told=told, secret=secret, below=below, is_mean=True)


def test_a_mean_near_an_end_says_where_each_of_its_parts_is() -> None:
    near, middle = (mean(*(team(f"t{n}", value) for n in range(4))) for value in (4.9, 3.0))
    assert sum(moves_of(near, "t0")) == pytest.approx(0.25 * 0.4)  # 0.1 up, 0.3 down: what the others can do against it
    assert not leaves_enough(near)
    assert leaves_enough(middle)


def test_a_mean_told_as_an_end_leaves_more() -> None:
    parts = [team(f"t{n}", 4.7) for n in range(4)]
    assert not leaves_enough(mean(*parts))
    assert leaves_enough(mean(*parts, told=(0.2, 0.3)))


def test_whoever_is_one_of_two_knows_the_other() -> None:
    assert not leaves_enough(mean(team("t0", 3), team("t1", 3)))
    assert leaves_enough_of_own(mean(team("a", 3), team("b", 3)))


def test_a_hidden_unit_is_a_secret_too_and_one_without_hidden_teams_is_none_that_can_be_kept() -> None:
    hidden = mean(team("t0", 3), team("t1", 3), name="one", secret=True, scale=2.0, told=FREE)
    assert not leaves_enough(mean(hidden))
    assert not leaves_enough(mean(mean(name="one", secret=True, told=FREE)))


@pytest.mark.parametrize("seed", range(60))
def test_in_a_tree_the_moves_are_what_linear_programming_finds(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - to try much, not to keep a secret
    inner = [
        mean(*(team(f"t{unit}{n}", chance.uniform(1, 5), 0.1) for n in range(chance.randint(1, 4))), name=f"u{unit}",
             told=chance.choice([FREE, (chance.uniform(0, 0.3), chance.uniform(0, 0.3))]))
        for unit in range(3)
    ]  # fmt: skip
    top = mean(*inner, team("alone", chance.uniform(1, 5), 0.1), told=chance.choice([EXACT, (0.05, 0.1)]))
    leaves = list(top.teams())
    of_leaf = {leaf.name: place for place, leaf in enumerate(leaves)}

    def row(part: Part) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        found = np.zeros(len(leaves))
        found[[of_leaf[leaf.name] for leaf in part.teams()]] = 1.0
        return found

    told = [part for part in (top, *inner) if part.told != FREE]
    limits = [(row(part), part.told[1]) for part in told] + [(-row(part), part.told[0]) for part in told]
    for part in top.below:
        ends = [
            -float(
                linprog(
                    sign * row(part),
                    A_ub=np.array([left for left, _ in limits]),
                    b_ub=[most for _, most in limits],
                    bounds=[(-leaf.moves[0], leaf.moves[1]) for leaf in leaves],
                ).fun
                or 0.0
            )
            for sign in (1.0, -1.0)
        ]
        assert moves_of(top, part.name) == pytest.approx(ends, abs=1e-9)
