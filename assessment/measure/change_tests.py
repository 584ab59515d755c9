"""Whether a change is more than chance: the tests, the intervals that agree with them, and what they could have seen.

- Of a unit above teams: the teams are those of both rounds, their people are not known to be the same. So chance is
  what people make within teams (`within_teams`: Welch, Biometrika 34, 1947, 28-35, over all teams and both rounds, with
  the degrees of freedom of Satterthwaite, Biometrics Bulletin 2, 1946, 110-114); but where the teams' changes lie
  further apart than that explains, it is these (`between_teams`: the variance of Student's paired t, Biometrika 6,
  1908, 1-25).
- `combined`: of a unit above ARTs, from the ARTs' changes, again by Welch and Satterthwaite.
- `permuted`: of people who answered in two rounds. Welch's t is worked out anew for shares of the same people drawn by
  chance; unlike a plain permutation it holds where one round spreads more (Chung & Romano, Annals of Statistics 41,
  2013, 484-507).
- `holm`: of several tests at once (Scandinavian Journal of Statistics 6, 1979, 65-70).
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import combinations
from math import ceil, comb, floor, inf, log10, sqrt

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtr, stdtrit

from assessment.measure.carrying import Figures

LEVEL = 0.05  # how often there is a verdict where there is no change
POWER = 0.8  # how often the smallest change that could have been seen is seen
FEWEST_TEAMS = 2  # one change has no variance
FEWEST_PEOPLE = 3
SHUFFLES = 1_999
_MOST_SHARES = 5_000  # ways to share people out, up to which all of them are taken
_TIES = 1e-9  # two shares that are the same but for the order of adding up


@dataclass(frozen=True, slots=True)
class Estimate:
    """A change with its standard error, in points of the score, and the degrees of freedom behind the error."""

    change: float
    error: float
    freedom: float


@dataclass(frozen=True, slots=True)
class Tested:
    """What a test says: whether the change is more than chance, how sure (p, two-sided), and its 95 % interval.

    `smallest` is the change that would have been told from chance in four of five cases.
    """

    sure: bool
    p: float
    low: float
    high: float
    smallest: float


@dataclass(frozen=True, slots=True)
class Pair:
    """A team in two rounds: its scores, what it weighs in each round's mean, and how fine its scores can be told.

    `grain` is the variance that the change has for being told in steps alone.
    """

    before: float
    now: float
    weight_before: float = 1.0
    weight_now: float = 1.0
    grain: float = 0.0


@dataclass(frozen=True, slots=True)
class Group:
    """The people of one team in one round: their number, the team's share in that round's mean, their own scores.

    `scores` is None where they are not used; as much as of the others is then expected of these.
    """

    number: int
    share: float
    scores: Figures | None


@dataclass(frozen=True, slots=True)
class Spread:
    """The variance of a change by chance, and the degrees of freedom behind it."""

    variance: float
    freedom: float


def between_teams(shown: Sequence[Pair], teams: int, inflation: float = 1.0) -> Spread | None:
    """Give the variance of the change of a mean over `teams`, of which some are shown; None for fewer than two.

    The variance of the teams not shown is taken for that of the shown ones, times `inflation` over all. It is that of
    what each team adds to the change of the mean; where each counts once, that of the teams' changes.
    """
    if len(shown) < FEWEST_TEAMS:
        return None
    before, now, weight_before, weight_now, grain = (
        np.array(figures)
        for figures in zip(
            *((pair.before, pair.now, pair.weight_before, pair.weight_now, pair.grain) for pair in shown), strict=True
        )
    )
    share_before, share_now = weight_before / weight_before.sum(), weight_now / weight_now.sum()
    parts = share_now * (now - share_now @ now) - share_before * (before - share_before @ before)
    variance = float((parts**2).sum()) * len(shown) ** 2 / (len(shown) - 1)
    variance = max(variance, float(grain.mean())) * max(inflation, 1.0)
    return Spread(variance / max(teams, len(shown)), len(shown) - 1)


def within_teams(groups: Sequence[Group]) -> Spread | None:
    """Give the variance of the change of a mean over teams that people make within them; None where none are used."""
    used = [(group, group.scores) for group in groups if group.scores is not None and len(group.scores) > 1]
    if not used:
        return None
    variances = np.array([scores.var(ddof=1) for _, scores in used])
    freedom = np.array([len(scores) - 1.0 for _, scores in used])
    known = {id(group) for group, _ in used}
    rest = sum(group.share**2 / group.number for group in groups if id(group) not in known)
    weights = np.array([group.share**2 / len(scores) for group, scores in used]) + rest * freedom / freedom.sum()
    parts = weights * variances
    variance, spread = float(parts.sum()), float((parts**2 / freedom).sum())
    return Spread(variance, variance**2 / spread if spread else float(freedom.sum()))


def estimated(change: float, between: Spread, within: Spread | None) -> Estimate:
    """Give the estimate of a change by the larger of the two variances.

    The error is rounded up to two digits, so that it says little of the people it is made from. Without people's scores
    the teams' changes are all there is to go by.
    """
    variance = max(between.variance, within.variance if within else 0.0)
    return Estimate(change, _rounded_up(sqrt(variance)), within.freedom if within else between.freedom)


def _rounded_up(error: float) -> float:
    if not error:
        return 0.0
    unit = 10.0 ** (floor(log10(error)) - 1)
    return ceil(error / unit - _TIES) * unit


def combined(estimates: Sequence[Estimate], weights: Sequence[float]) -> Estimate:
    """Give the estimate of the weighted mean of changes that do not depend on each other."""
    shares = np.array(weights) / sum(weights)
    parts = (shares * np.array([estimate.error for estimate in estimates])) ** 2
    freedom = np.array([estimate.freedom for estimate in estimates])
    total = float(parts.sum())
    change = float(shares @ np.array([estimate.change for estimate in estimates]))
    spread = float((parts**2 / freedom).sum())
    return Estimate(change, sqrt(total), total**2 / spread if spread else float(freedom.sum()))


def judged(estimate: Estimate) -> Tested:
    """Test an estimate by t."""
    reach = float(stdtrit(estimate.freedom, 1 - LEVEL / 2))
    p = 2 * float(stdtr(estimate.freedom, -abs(estimate.change) / estimate.error)) if estimate.error else 1.0
    half = reach * estimate.error
    smallest = (reach + float(stdtrit(estimate.freedom, POWER))) * estimate.error
    return Tested(p <= LEVEL, p, estimate.change - half, estimate.change + half, smallest)


def holm(p_values: Mapping[str, float]) -> set[str]:
    """Give the tests that are sure together: with a chance of 5 % at the most that any of them errs."""
    sure: set[str] = set()
    for place, name in enumerate(sorted(p_values, key=lambda name: (p_values[name], name))):
        if p_values[name] > LEVEL / (len(p_values) - place):
            break
        sure.add(name)
    return sure


@dataclass(frozen=True, slots=True)
class Shuffles:
    """The shares of people over two rounds by chance: the same for the same seed and the same numbers of people."""

    seed: str
    _known: dict[tuple[int, int], NDArray[np.bool_]] = field(default_factory=dict)

    def of(self, before: int, now: int) -> NDArray[np.bool_]:
        """Give a row for each share: which of all people are in the newer round. The first is as it was.

        All ways to share them out, or a random sample where there are many.
        """
        if (before, now) not in self._known:
            few = comb(before + now, now) <= _MOST_SHARES
            self._known[before, now] = _all_shares(before, now) if few else self._drawn(before, now)
        return self._known[before, now]

    def _drawn(self, before: int, now: int) -> NDArray[np.bool_]:
        seed = int.from_bytes(hashlib.sha256(f"{self.seed} {before} {now}".encode()).digest())
        ranks = np.random.Generator(np.random.PCG64(seed)).random((SHUFFLES, before + now)).argsort(axis=1)
        return np.vstack([np.arange(before + now) >= before, ranks >= before])


def permuted(before: Figures, now: Figures, change: float | None, shuffles: Shuffles, grain: float) -> Tested | None:
    """Test the change between people's scores in two rounds; None where there are too few of them.

    The interval is around `change`, where that is told otherwise than as the difference of the two means. `grain` is
    the variance that one person's score has for being in steps alone.
    """
    if min(len(before), len(now)) < FEWEST_PEOPLE:
        return None
    people = np.concatenate([before, now])
    people = people - people.mean()
    shares = shuffles.of(len(before), len(now))
    differences, errors = _welch(people, shares, grain)
    told = float(now.mean() - before.mean()) if change is None else change
    chance = np.abs(np.divide(differences, errors, out=np.zeros_like(differences), where=errors > 0))
    error = float(errors[0])
    found = abs(told) / error if error else (inf if told else 0.0)
    ordered = np.sort(chance)[::-1]
    edge = float(ordered[floor(LEVEL * len(ordered) + _TIES)])
    p = float((chance >= found * (1 - _TIES)).mean())
    power = float(stdtrit(len(people) - 2, POWER))
    half = edge * error
    return Tested(found > edge * (1 + _TIES), p, told - half, told + half, (edge + power) * error)


def cliffs_delta(before: Figures, now: Figures) -> float:
    """Give by how much more often somebody of the newer round is above somebody of the older than below, -1 to 1.

    Source: N. Cliff, Dominance statistics, Psychological Bulletin 114 (1993), 494-509.
    """
    return float(np.sign(now[:, None] - before[None, :]).mean())


def _welch(people: Figures, shares: NDArray[np.bool_], grain: float) -> tuple[Figures, Figures]:
    """Give the difference of the means, and its standard error, for each share of the people."""
    newer = shares.astype(float)
    number = newer[0].sum()
    rest = len(people) - number
    first, squares = newer @ people, newer @ people**2
    other, other_squares = people.sum() - first, (people**2).sum() - squares
    spread = np.maximum((squares - first**2 / number) / (number - 1), grain)
    other_spread = np.maximum((other_squares - other**2 / rest) / (rest - 1), grain)
    return first / number - other / rest, np.sqrt(spread / number + other_spread / rest)


@cache
def _all_shares(before: int, now: int) -> NDArray[np.bool_]:
    newest = tuple(range(before, before + now))
    shares = [newest, *(chosen for chosen in combinations(range(before + now), now) if chosen != newest)]
    found = np.zeros((len(shares), before + now), dtype=bool)
    found[np.arange(len(shares))[:, None], np.array(shares)] = True
    return found
