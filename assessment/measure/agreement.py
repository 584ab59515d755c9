"""How much people agree: van der Eijk's A, the average deviation, r_wg and r_wg(J).

All take counts per level, in the scale's order; A looks at the order of the levels alone, the others at their values.
"""

from collections.abc import Sequence
from functools import lru_cache


def van_der_eijk(counts: Sequence[int]) -> float | None:
    """Give van der Eijk's A: 1 when all chose one level, 0 when all levels are alike, -1 for two opposite camps.

    The distribution is peeled into layers of equal counts; A is the mean of the layers' agreement, weighted by their
    share of the answers. None without an answer. Source: C. van der Eijk, Measuring agreement in ordered rating
    scales, Quality & Quantity 35 (2001), 325-341.
    """
    total = sum(counts)
    if total == 0:
        return None
    agreement = 0.0
    rest = list(counts)
    while any(rest):
        height = min(count for count in rest if count)
        pattern = tuple(count > 0 for count in rest)
        agreement += height * sum(pattern) / total * _pattern_agreement(pattern)
        rest = [count - height if count else 0 for count in rest]
    return agreement


@lru_cache(maxsize=4096)
def _pattern_agreement(pattern: tuple[bool, ...]) -> float:
    """Give the agreement of a layer in which every level is either empty or equally full."""
    size, filled = len(pattern), sum(pattern)
    if filled == 1:
        return 1.0
    if filled == size:
        return 0.0
    unimodal = _triples(pattern, (True, True, False)) + _triples(pattern, (False, True, True))
    bimodal = _triples(pattern, (True, False, True))
    unimodality = ((size - 2) * unimodal - (size - 1) * bimodal) / ((size - 2) * (unimodal + bimodal))
    return unimodality * (1 - (filled - 1) / (size - 1))


def _triples(pattern: tuple[bool, ...], wanted: tuple[bool, bool, bool]) -> int:
    """Count the triples of levels, in order, that are filled as wanted."""
    one = two = three = 0
    for filled in pattern:
        three += two * (filled is wanted[2])
        two += one * (filled is wanted[1])
        one += filled is wanted[0]
    return three


def mean(counts: Sequence[int], values: Sequence[float]) -> float | None:
    """Give the mean level, None without an answer."""
    total = sum(counts)
    if total == 0:
        return None
    return sum(count * value for count, value in zip(counts, values, strict=True)) / total


def average_deviation(counts: Sequence[int], values: Sequence[float]) -> float | None:
    """Give by how many levels people differ from their mean, on average (AD about the mean), in the scale's units.

    Source: Burke, Finkelstein & Dusig, On average deviation indices for estimating interrater agreement,
    Organizational Research Methods 2 (1999), 49-68.
    """
    centre = mean(counts, values)
    if centre is None:
        return None
    deviations = (count * abs(value - centre) for count, value in zip(counts, values, strict=True))
    return sum(deviations) / sum(counts)


def relative_variance(counts: Sequence[int], values: Sequence[float]) -> float | None:
    """Give the variance of the answers (n - 1) over that of answers spread evenly over the levels.

    For levels one apart the latter is (A² - 1) / 12 with A levels. None under two answers, and of a single level.
    """
    total = sum(counts)
    centre = mean(counts, values)
    if centre is None or total < 2 or len(values) < 2:  # noqa: PLR2004 - a variance takes two
        return None
    squares = sum(count * (value - centre) ** 2 for count, value in zip(counts, values, strict=True))
    middle = sum(values) / len(values)
    even = sum((value - middle) ** 2 for value in values) / len(values)
    return squares / (total - 1) / even


def r_wg(relative: Sequence[float]) -> float | None:
    """Give r_wg from the relative variance of one question, or its form for several questions; never under 0.

    Source: James, Demaree & Wolf, Estimating within-group interrater reliability with and without response bias,
    Journal of Applied Psychology 69 (1984), 85-98.
    """
    if not relative:
        return None
    spread = sum(relative) / len(relative)
    if spread >= 1:
        return 0.0
    agreeing = len(relative) * (1 - spread)
    return agreeing / (agreeing + spread)


def r_wg_star(relative: Sequence[float]) -> float | None:
    """Give Lindell's r*_wg(J) from the relative variances of J questions: 1 less their mean.

    Unlike r_wg(J) it does not rise with the number of questions, and under 0 it says that people differ more than by
    chance. Source: Lindell, Brandt & Whitney, A revised index of interrater agreement for multi-item ratings of a
    single target, Applied Psychological Measurement 23 (1999), 127-135.
    """
    return 1 - sum(relative) / len(relative) if relative else None
