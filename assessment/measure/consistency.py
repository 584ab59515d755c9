"""How questions of one dimension go together: Cronbach's alpha, and each question's correlation with the others.

All take the questions' covariances over people who answered every one of them.
"""

from collections import Counter
from collections.abc import Sequence
from math import atanh, fsum, sqrt, tanh

Covariances = Sequence[Sequence[float]]

_NORMAL_95 = 1.959963984540054  # 95% of a normal distribution lie within as many standard deviations
_DUST = 1e-12  # what rounding leaves of the variance of a question to which all answered alike


def covariances(columns: Sequence[Sequence[float]]) -> list[list[float]]:
    """Give the covariances (n - 1) of questions, a column of scores each, people in the same order; n is 2 or more.

    There are few different pairs of answers and many people: equal pairs are counted first.
    """
    centres = [fsum(column) / len(column) for column in columns]
    found = [[0.0] * len(columns) for _ in columns]
    for one, first in enumerate(columns):
        for other in range(one, len(columns)):
            pairs = Counter(zip(first, columns[other], strict=True))
            products = (
                count * (here - centres[one]) * (there - centres[other]) for (here, there), count in pairs.items()
            )
            found[one][other] = found[other][one] = fsum(products) / (len(first) - 1)
    return found


def cronbach_alpha(covariance: Covariances) -> float | None:
    """Give Cronbach's alpha of k questions: k / (k - 1) × (1 - sum of their variances / variance of their sum).

    1 when all rank people alike, about 0 when they have nothing in common; under 0 when they contradict each other.
    None under two questions, and where everybody's sum is the same. Source: L. Cronbach, Coefficient alpha and the
    internal structure of tests, Psychometrika 16 (1951), 297-334.
    """
    size = len(covariance)
    whole = fsum(map(fsum, covariance))
    if size < 2 or whole <= _DUST:  # noqa: PLR2004 - of a single question nothing goes together
        return None
    alone = fsum(covariance[place][place] for place in range(size))
    return size / (size - 1) * (1 - alone / whole)


def without(covariance: Covariances, place: int) -> list[list[float]]:
    """Give the covariances of the other questions."""
    others = [other for other in range(len(covariance)) if other != place]
    return [[covariance[row][column] for column in others] for row in others]


def item_rest(covariance: Covariances, place: int) -> float | None:
    """Give the correlation (Pearson's r) of a question with the sum of the others.

    None without another, and where either is the same for everybody. It is the "corrected" item-total correlation:
    the question is no part of what it is held against. Source: J. Nunnally & I. Bernstein, Psychometric Theory, 3rd
    edition, McGraw-Hill 1994, chapter 8.
    """
    own = covariance[place][place]
    rest = fsum(map(fsum, without(covariance, place)))
    if own <= _DUST or rest <= _DUST:
        return None
    return (fsum(covariance[place]) - own) / sqrt(own * rest)


def upper_end(correlation: float, people: int) -> float:
    """Give the upper end of the 95% interval of a correlation over `people` (4 or more), by Fisher's z.

    It is tanh(artanh(r) + 1.96 / sqrt(n - 3)). Source: R. Fisher, On the "probable error" of a coefficient of
    correlation deduced from a small sample, Metron 1 (1921), 3-32.
    """
    if correlation >= 1 - _DUST:
        return 1.0
    return tanh(atanh(max(correlation, -1 + _DUST)) + _NORMAL_95 / sqrt(people - 3))
