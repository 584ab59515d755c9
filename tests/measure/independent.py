"""Agreement worked out a second time, from its definition: layer by layer, triple by triple."""

from collections.abc import Sequence
from itertools import combinations

import numpy as np


def agreement_of(counts: Sequence[int]) -> float:
    """Give van der Eijk's A of counts per level."""
    given = np.array(counts)
    found = 0.0
    for height in sorted({int(count) for count in given if count}):
        below = max((int(count) for count in given if count < height), default=0)
        filled = given >= height
        share = (height - below) * filled.sum() / given.sum()
        found += share * _of_layer([bool(level) for level in filled])
    return found


def _of_layer(filled: Sequence[bool]) -> float:
    size, number = len(filled), sum(filled)
    if number in {1, size}:
        return 1.0 if number == 1 else 0.0
    one_peak = two_peaks = 0
    for left, centre, right in combinations(filled, 3):
        one_peak += centre and left != right
        two_peaks += left and right and not centre
    peak = ((size - 2) * one_peak - (size - 1) * two_peaks) / ((size - 2) * (one_peak + two_peaks))
    return peak * (1 - (number - 1) / (size - 1))
