"""Which values of a series one line may join."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")


def runs(values: Sequence[T | None], breaks: frozenset[int] = frozenset()) -> Iterator[list[tuple[int, T]]]:
    """Part a series at its gaps (None) and breaks into runs of places with their values."""
    run: list[tuple[int, T]] = []
    for place, value in enumerate(values):
        if run and (value is None or place in breaks):
            yield run
            run = []
        if value is not None:
            run.append((place, value))
    if run:
        yield run
