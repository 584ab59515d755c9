"""How often a page tells a change where there is none, and how often it sees one that is there, by simulation.

    python -m benchmarks.change_tests [--pages N]

People answer 42 questions in 7 dimensions on five levels, in teams of 5 to 12; those of a team, and the answers of a
person, are alike. Other people of the same teams answer in the second round. What pages see is what is released: teams
with fewer than 5 answers are hidden, with others that protect them; under 8 the mean is told to one decimal, near an
end of the scale not at all. A page of an ART tells its overall change and, where that is sure, those of dimensions; a
page of a team the overall change alone. Any verdict on what did not change makes it a false page.

Prints tables, and ends with 1 where the methods in use have false pages over 5 % by more than chance explains.
"""

import argparse
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from itertools import product
from math import sqrt
from statistics import fmean

import numpy as np
from scipy.special import stdtr, stdtrit

from assessment.measure.carrying import Figures
from assessment.measure.change_tests import (
    Estimate,
    Group,
    Pair,
    Shuffles,
    between_teams,
    estimated,
    holm,
    judged,
    permuted,
    within_teams,
)

DIMENSIONS, QUESTIONS = 7, 6
LOW, HIGH = 1.0, 5.0
THRESHOLD, IN_FULL = 5, 8
TEAM_SIZES = (5, 12)
LIMIT = 0.05
CHANGES = (0.3, 0.5, 1.0)
_RESAMPLES = 499
_FEWER = 8  # the bootstrap takes long: it is tried on a part of the pages
_FEWEST_TELLING = 0.05  # of the pages of a cell, for it to be judged
_SURE = 3.2  # standard errors: among a hundred cells one lies so far out once in fifteen runs
_BATCH = 250  # pages at once, so that memory stays small

Random = np.random.Generator


@dataclass(frozen=True, slots=True)
class Cell:
    """One kind of page: teams (0: the page of a team), where the scale answers lie, and what share answers.

    `drift` is by how much each team goes up or down by itself, centred on no change of the ART; `change` moves
    everybody, or the first `moved` dimensions by as much as it takes.
    """

    teams: int
    level: float
    response: float
    drift: float = 0.0
    change: float = 0.0
    moved: int = DIMENSIONS
    people: int | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """What one page is made of: people's scores in each team, overall and by dimension, in two rounds."""

    before: tuple[Figures, ...]
    now: tuple[Figures, ...]


def pages(cell: Cell, number: int, chance: Random) -> Iterator[Page]:
    """Make up pages."""
    left = number
    while left:
        batch = min(left, _BATCH)
        left -= batch
        yield from _batch(cell, batch, chance)


def _batch(cell: Cell, number: int, chance: Random) -> Iterator[Page]:
    teams = max(cell.teams, 1)
    sizes = chance.integers(TEAM_SIZES[0], TEAM_SIZES[1] + 1, (number, teams))
    if cell.people is not None:
        sizes = np.full((number, teams), cell.people)
    level = cell.level + chance.normal(0, 0.3, (number, teams, 1)) + chance.normal(0, 0.2, (number, teams, DIMENSIONS))
    drift = chance.normal(0, cell.drift, (number, teams, 1)) if cell.drift else np.zeros((number, teams, 1))
    change = np.zeros(DIMENSIONS)
    change[: cell.moved] = cell.change * DIMENSIONS / cell.moved
    hardness = chance.normal(0, 0.3, (number, 1, 1, DIMENSIONS, QUESTIONS))
    before, now = (_people(moved, hardness, chance) for moved in (level, level + drift + change))
    answered = chance.binomial(sizes, cell.response), chance.binomial(sizes, cell.response)
    for page in range(number):
        yield Page(
            *(
                tuple(scores[page, team, : count[page, team]] for team in range(teams))
                for scores, count in zip((before, now), answered, strict=True)
            )
        )


def _people(level: Figures, hardness: Figures, chance: Random) -> Figures:
    """Give everybody's scores, overall and by dimension, for teams as large as they come."""
    number, teams, _ = level.shape
    shape = number, teams, TEAM_SIZES[1]
    person = chance.normal(0, 0.45, (*shape, 1)) + chance.normal(0, 0.3, (*shape, DIMENSIONS))
    wanted = (level[:, :, None, :] + person)[..., None] + hardness
    wanted = wanted + chance.standard_normal((*shape, DIMENSIONS, QUESTIONS), dtype=np.float32) * 0.7
    scores = np.clip(np.rint(wanted), LOW, HIGH).mean(axis=-1)
    return np.concatenate([scores.mean(axis=-1, keepdims=True), scores], axis=-1)


@dataclass(frozen=True, slots=True)
class Seen:
    """What is released of a page's teams: their told means, None where hidden; and the means that it is made from."""

    before: tuple[Figures | None, ...]
    now: tuple[Figures | None, ...]
    exact: tuple[tuple[Figures, ...], tuple[Figures, ...]]


def seen(page: Page) -> Seen:
    """Hold back what a release holds back: overall, and with it by dimension."""
    counts = [[len(team) for team in teams] for teams in (page.before, page.now)]
    before, now = (tuple(team.sum(axis=0) / max(len(team), 1) for team in teams) for teams in (page.before, page.now))
    return Seen(_told(before, counts[0]), _told(now, counts[1]), (before, now))


def _told(means: tuple[Figures, ...], counts: list[int]) -> tuple[Figures | None, ...]:
    hidden = [place for place, count in enumerate(counts) if 0 < count < THRESHOLD]
    others = sorted((count, place) for place, count in enumerate(counts) if count >= THRESHOLD)
    while hidden and others and not _is_enough([counts[place] for place in hidden]):
        hidden.append(others.pop(0)[1])
    return tuple(
        None if not count or place in hidden else _mean_told(means[place], count) for place, count in enumerate(counts)
    )


def _is_enough(counts: list[int]) -> bool:
    return len(counts) > 2 and sum(counts) - max(counts) >= THRESHOLD  # noqa: PLR2004 - two others


def _mean_told(scores: Figures, people: int) -> Figures:
    """Give a team's scores as they are told: not a number where only an end of the scale is."""
    if people >= IN_FULL:
        return scores
    ended = (scores >= HIGH - 0.5) | (scores <= LOW + 0.5)
    return np.where(ended, np.nan, np.round(scores, 1))


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a page says: of the overall change and by dimension -1, 0 or 1; `told` is false where nothing can be."""

    overall: int
    dimensions: tuple[int, ...] = (0,) * DIMENSIONS
    told: bool = True


UNTOLD = Verdict(0, told=False)


def by_both(page: Page) -> Verdict:
    """Test an ART by the larger of two spreads: of people within teams, and of teams' changes; as it is in use."""
    return _verdict(page, with_people=True)


def by_teams(page: Page) -> Verdict:
    """Test an ART by the paired t over the teams that are shown."""
    return _verdict(page, with_people=False)


def _verdict(page: Page, *, with_people: bool) -> Verdict:
    """Test an ART overall and then, where that is sure, its dimensions by Holm."""
    told = seen(page)
    overall = _estimate(page, told, 0, with_people=with_people)
    if overall is None:
        return UNTOLD
    if not judged(overall).sure:
        return Verdict(0)
    found = [_estimate(page, told, place, with_people=with_people) for place in range(1, DIMENSIONS + 1)]
    sure = holm({str(place): judged(estimate).p for place, estimate in enumerate(found) if estimate})
    signs = (
        int(np.sign(estimate.change)) if estimate and str(place) in sure else 0 for place, estimate in enumerate(found)
    )
    return Verdict(int(np.sign(overall.change)), tuple(signs))


def _estimate(page: Page, told: Seen, place: int, *, with_people: bool) -> Estimate | None:
    common = [team for team, (old, new) in enumerate(zip(page.before, page.now, strict=True)) if len(old) and len(new)]
    pairs = {
        team: Pair(float(old[place]), float(new[place]))
        for team in common
        if (old := told.before[team]) is not None
        and (new := told.now[team]) is not None
        and not np.isnan(old[place] + new[place])
    }
    fewness = {team: 1 / len(page.before[team]) + 1 / len(page.now[team]) for team in common}
    inflation = fmean(fewness.values()) / fmean(fewness[team] for team in pairs) if pairs else 1.0
    between = between_teams([*pairs.values()], len(common), inflation)
    if between is None:
        return None
    used = _used(page, list(pairs)) if with_people else set()
    groups = [
        Group(len(team), 1 / len(common), team[:, place] if number in used else None)
        for number in common
        for team in (page.before[number], page.now[number])
    ]
    older, newer = told.exact
    change = fmean(float(newer[team][place] - older[team][place]) for team in common)
    return estimated(change, between, within_teams(groups))


def _used(page: Page, shown: list[int]) -> set[int]:
    """Give the teams whose people are used: those of 8 and more, and smaller ones where they protect each other."""
    counts = {team: min(len(page.before[team]), len(page.now[team])) for team in shown}
    small = [count for count in counts.values() if count < IN_FULL]
    enough = len(small) > 2 and sum(small) - max(small) >= IN_FULL  # noqa: PLR2004 - two others
    return {team for team, count in counts.items() if count >= IN_FULL or enough}


def by_signs(page: Page) -> Verdict:
    """Test an ART by turning the signs of its teams' changes, studentised: what there is besides t without a normal."""
    changes = np.array([new[:, 0].mean() - old[:, 0].mean() for old, new in _both(page)])
    signs = np.array(list(product((-1, 1), repeat=len(changes))))
    turned = signs * changes
    means = turned.mean(axis=1)
    errors = np.maximum(turned.std(axis=1, ddof=1), 1e-9) / sqrt(len(changes))
    found = np.abs(means / errors)
    own = abs(changes.mean()) / (max(changes.std(ddof=1), 1e-9) / sqrt(len(changes)))
    sure = (found >= own * (1 - 1e-9)).mean() <= LIMIT
    return Verdict(int(np.sign(changes.mean())) if sure else 0)


def by_people(page: Page) -> Verdict:
    """Test an ART by the spread of the people within its teams alone, as if teams did not go up and down themselves."""
    both = [(old[:, 0], new[:, 0]) for old, new in _both(page) if min(len(old), len(new)) > 1]
    parts = [(group.var(ddof=1) / len(group), len(group) - 1) for pair in both for group in pair]
    error = sqrt(sum(part for part, _ in parts)) / len(both)
    freedom = sum(part for part, _ in parts) ** 2 / sum(part**2 / degrees for part, degrees in parts)
    change = float(np.mean([new.mean() - old.mean() for old, new in both]))
    sure = 2 * stdtr(freedom, -abs(change) / error) <= LIMIT
    return Verdict(int(np.sign(change)) if sure else 0)


def by_bootstrap(page: Page) -> Verdict:
    """Test an ART by drawing its teams, whole and paired, and the people within, again and again."""
    chance = np.random.default_rng(1)
    both = [(old[:, 0], new[:, 0]) for old, new in _both(page)]
    drawn = np.empty((_RESAMPLES, len(both)))
    picked = chance.integers(0, len(both), drawn.shape)
    for team, (old, new) in enumerate(both):
        places = picked == team
        count = int(places.sum())
        drawn[places] = _again(new, count, chance) - _again(old, count, chance)
    low, high = np.quantile(drawn.mean(axis=1), [LIMIT / 2, 1 - LIMIT / 2])
    return Verdict(int(low > 0) - int(high < 0))


def _again(scores: Figures, count: int, chance: Random) -> Figures:
    means: Figures = scores[chance.integers(0, len(scores), (count, len(scores)))].mean(axis=1)
    return means


def _both(page: Page) -> Iterator[tuple[Figures, Figures]]:
    return ((old, new) for old, new in zip(page.before, page.now, strict=True) if len(old) and len(new))


_SHUFFLES = Shuffles("simulation")


def of_team(page: Page) -> Verdict:
    """Test a team by studentised permutation."""
    (old,), (new,) = ([team[:, 0] for team in teams] for teams in (page.before, page.now))
    if min(len(old), len(new)) < THRESHOLD:
        return UNTOLD
    tested = permuted(old, new, None, _SHUFFLES, 0.0)
    return Verdict(int(np.sign(new.mean() - old.mean())) if tested is not None and tested.sure else 0)


def of_team_plainly(page: Page) -> Verdict:
    """Test a team by permutation of the difference itself."""
    (old,), (new,) = ([team[:, 0] for team in teams] for teams in (page.before, page.now))
    if min(len(old), len(new)) < THRESHOLD:
        return UNTOLD
    shares = _SHUFFLES.of(len(old), len(new))
    people = np.concatenate([old, new])
    first = shares @ people / len(new)
    differences = np.abs(first - (people.sum() - first * len(new)) / len(old))
    sure = (differences >= differences[0] * (1 - 1e-9)).mean() <= LIMIT
    return Verdict(int(np.sign(new.mean() - old.mean())) if sure else 0)


def of_team_by_welch(page: Page) -> Verdict:
    """Test a team by Welch's t."""
    (old,), (new,) = ([team[:, 0] for team in teams] for teams in (page.before, page.now))
    if min(len(old), len(new)) < THRESHOLD:
        return UNTOLD
    parts = [(group.var(ddof=1) / len(group), len(group) - 1) for group in (old, new)]
    total = sum(part for part, _ in parts)
    if not total:
        return Verdict(0)
    freedom = total**2 / sum(part**2 / degrees for part, degrees in parts)
    sure = abs(new.mean() - old.mean()) >= stdtrit(freedom, 1 - LIMIT / 2) * sqrt(total)
    return Verdict(int(np.sign(new.mean() - old.mean())) if sure else 0)


Method = Callable[[Page], Verdict]

IN_USE = "people and teams (in use)"
ART_METHODS: dict[str, tuple[Method, int]] = {
    IN_USE: (by_both, 1),
    "paired t over teams": (by_teams, 1),
    "studentised sign flips": (by_signs, 4),
    "people within teams": (by_people, 1),
    "two-stage bootstrap": (by_bootstrap, _FEWER),
}
TEAM_METHODS: dict[str, tuple[Method, int]] = {
    "studentised permutation (in use)": (of_team, 1),
    "plain permutation": (of_team_plainly, 1),
    "Welch's t": (of_team_by_welch, 1),
}


@dataclass(frozen=True, slots=True)
class Share:
    """How many pages of a cell have a false verdict, how many tell the true one, and how many tell nothing."""

    cell: Cell
    pages: int
    false: int
    right: int
    untold: int

    @property
    def telling(self) -> int:
        """How many pages can tell a change from chance: on the others too much is hidden."""
        return self.pages - self.untold

    @property
    def rate(self) -> float:
        """The share of false pages among those that can tell a change."""
        return self.false / max(self.telling, 1)

    @property
    def error(self) -> float:
        """The standard error of that share."""
        return sqrt(self.rate * (1 - self.rate) / max(self.telling, 1))

    @property
    def power(self) -> float:
        """The share of pages that tell the true change."""
        return self.right / self.pages


def share(method: Method, cell: Cell, number: int, seed: int) -> Share:
    """Judge made-up pages by a method."""
    verdicts = [method(page) for page in pages(cell, number, np.random.default_rng(seed))]
    if not cell.change:
        false = sum(bool(verdict.overall) or any(verdict.dimensions) for verdict in verdicts)
    else:
        false = sum(verdict.overall < 0 or _errs(verdict, cell) for verdict in verdicts)
    right = sum(verdict.overall > 0 for verdict in verdicts)
    return Share(cell, number, false, right, sum(not verdict.told for verdict in verdicts))


def _shares(each: Iterable[tuple[Method, Cell, int, int]]) -> list[Share]:
    """Judge pages of several cells, on all cores."""
    with ProcessPoolExecutor() as cores:
        return list(cores.map(share, *zip(*each, strict=True)))


def _errs(verdict: Verdict, cell: Cell) -> bool:
    return any(verdict.dimensions[cell.moved :]) or any(sign < 0 for sign in verdict.dimensions)


PEOPLE = (5, 8, 12)
TEAMS, LEVELS, RESPONSES, DRIFTS = (3, 4, 6, 8, 12), (1.6, 3.0, 4.2), (0.6, 0.8, 1.0), (0.0, 0.1)


def main() -> int:
    """Simulate and print; gives the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--pages", type=int, default=2_000, help="pages a cell")
    number: int = parser.parse_args().pages
    start = time.perf_counter()
    arts = [Cell(*each) for each in product(TEAMS, LEVELS, RESPONSES, DRIFTS)]
    few = [cell for cell in arts if cell.response == 0.8 and cell.teams in {3, 6, 12}]  # noqa: PLR2004 - as it stands
    teams = [Cell(0, *each) for each in product(LEVELS, RESPONSES)]
    print("False pages where nothing changed, in % of those that can tell a change (standard error)\n")
    kept = True
    for name, (method, part) in ART_METHODS.items():
        kept &= _table(name, method, arts if method is by_both else few, number // part)
    for name, (method, _) in TEAM_METHODS.items():
        kept &= _table(name, method, teams, number)
    print("\nFalse pages where two of seven dimensions rose by 1 level, in %: any verdict on the others\n")
    some = [Cell(each, 3.0, 0.8, 0.1, 2 / 7, 2) for each in TEAMS]
    kept &= _table("then Holm (in use)", by_both, some, number)
    print("\nFalse pages where every team goes up or down by 0.2 by itself, in %\n")
    _table(IN_USE, by_both, [Cell(each, 3.0, 1.0, 0.2) for each in TEAMS], number)
    _powers(number // 2)
    print(f"\n{number:,} pages a cell; {time.perf_counter() - start:.0f} s")
    return 0 if kept else 1


def _table(name: str, method: Method, cells: Iterable[Cell], number: int) -> bool:
    """Print the worst cell by number of teams; gives whether the limit was kept, or the method is not in use."""
    shares = _shares((method, cell, number, seed) for seed, cell in enumerate(cells))
    judged_cells = [one for one in shares if one.telling >= _FEWEST_TELLING * one.pages]
    for teams in sorted({one.cell.teams for one in shares}):
        of_size = [one for one in shares if one.cell.teams == teams]
        whole = sum(one.false for one in of_size) / max(sum(one.telling for one in of_size), 1)
        worst = max((one for one in judged_cells if one.cell.teams == teams), key=lambda one: one.rate)
        untold = sum(one.untold for one in of_size) / sum(one.pages for one in of_size)
        print(
            f"{name:<34}{teams or 'a team':>7}  all {100 * whole:4.1f}  worst {100 * worst.rate:4.1f} "
            f"({100 * worst.error:.1f}) at {worst.cell.level:g}, {worst.cell.response:.0%}, drift {worst.cell.drift:g}"
            f"  nothing told {100 * untold:3.0f}",
            flush=True,
        )
    over = any(one.rate > LIMIT + _SURE * sqrt(LIMIT * (1 - LIMIT) / one.telling) for one in judged_cells)
    return method not in {by_both, of_team} or not over


def _powers(number: int) -> None:
    """Print how often a change that is there is told, as such and of the pages that can tell one."""
    print("\nTrue changes told, in %, by their size in levels (answers around 3, teams drift by 0.1)\n")
    print(f"{'':<34}{'':>7}{'answer':>8}" + "".join(f"{change:>7g}" for change in CHANGES) + "  nothing told")
    everybody = [(name, *ART_METHODS[name], Cell(teams, 3.0, 1.0, 0.1)) for name in [IN_USE] for teams in TEAMS]
    most = [(name, *of_name, Cell(teams, 3.0, 0.8, 0.1)) for name, of_name in ART_METHODS.items() for teams in TEAMS]
    of_teams = [
        (name, *of_name, Cell(0, 3.0, 1.0, people=people))
        for name, of_name in TEAM_METHODS.items()
        for people in PEOPLE
    ]
    for name, method, part, cell in (*everybody, *most, *of_teams):
        found = _shares((method, replace(cell, change=change), number // part, 7) for change in CHANGES)
        size = cell.teams or f"n={cell.people}"
        powers = "".join(f"{100 * one.power:>7.0f}" for one in found)
        untold = 100 * sum(one.untold for one in found) / sum(one.pages for one in found)
        print(f"{name:<34}{size:>7}{cell.response:>8.0%}{powers}{untold:>14.0f}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
