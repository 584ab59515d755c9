"""Non-response bounds: between which values the mean would lie had everyone answered."""

from collections.abc import Sequence

Bounds = tuple[float, float]


def bounds(counts: Sequence[int], values: Sequence[float], asked: int | None) -> Bounds | None:
    """Give the lowest and highest mean that the `asked` people could have given, by one team to one question.

    Those who did not answer are taken to have chosen the lowest, then the highest level; nothing is assumed of them.
    None where more answered than were asked (a shared link), or nobody was asked. Source: C. Manski, Partial
    identification of probability distributions (2003), chapter 1.
    """
    answered = sum(counts)
    if asked is None or asked == 0 or answered > asked:
        return None
    given = sum(count * value for count, value in zip(counts, values, strict=True))
    silent = asked - answered
    return (given + silent * min(values)) / asked, (given + silent * max(values)) / asked


def around(value: float | None, found: Bounds) -> Bounds:
    """Give bounds that hold the value they stand beside.

    A part with too few answers to have a score is in the bounds of the mean above and not in that mean itself, which
    can lie outside of them then.
    """
    return found if value is None else (min(found[0], value), max(found[1], value))
