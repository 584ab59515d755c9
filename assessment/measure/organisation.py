"""Which units are below which: the tree over teams that scores are carried up, and what is hidden is looked for in."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

Below = Mapping[str, Sequence[str]]
"""Every unit above with the units directly below it: a unit's code to their codes."""


@dataclass(frozen=True, slots=True)
class Organisation:
    """The units of a round: the score of each unit above is the mean of those directly below it.

    They count once each or, with `by_respondents`, with their people.
    """

    below: Below
    by_respondents: bool = False

    def upwards(self) -> list[str]:
        """Give every unit above, those below it first."""
        return upwards(self.below)

    def above(self) -> dict[str, str]:
        """Give the unit directly above each unit that has one."""
        return {code: unit for unit, below in self.below.items() for code in below}

    def tree(self, unit: str) -> Iterator[str]:
        """Give a unit, and everything in it, wherever below."""
        yield unit
        for code in self.below.get(unit, ()):
            yield from self.tree(code)

    def teams(self, unit: str) -> Iterator[str]:
        """Give the teams in a unit, wherever below it; of a team itself."""
        if unit not in self.below:
            yield unit
        for code in self.below.get(unit, ()):
            yield from self.teams(code)


def upwards(below: Below) -> list[str]:
    """Give every unit above, those below it first, else in the order they stand in."""
    found: dict[str, None] = {}

    def visit(unit: str) -> None:
        if unit in below and unit not in found:
            for code in below[unit]:
                visit(code)
            found[unit] = None

    for unit in below:
        visit(unit)
    return list(found)
