"""How far what is told narrows a hidden score down: interval arithmetic over a tree of means.

A mean is told, of parts that are hidden; a part may be the mean of others, of which again something may be told. How
far a part can move from what it is, everything told staying true, is what the others can move against it. In a tree,
where every part is in one mean, going up and down once gives that exactly: what a part can do by itself, and what is
around it allows. All is weighted as it counts in the mean on top.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

# What told means leave of the scale, of a team's own dimension and of several units together. Several trees leave less
# than each of them: a quarter, as the audit finds.
LEFT = 0.4
LEFT_TOGETHER = 0.35
ALL_INSIDERS = 24  # parts up to which each one's own page is looked at, and not only those that say most

Ends = tuple[float, float]
Moves = tuple[float, float]
"""How far something can go down and up."""

EXACT: Moves = (0.0, 0.0)
FREE: Moves = (math.inf, math.inf)


@dataclass(frozen=True, slots=True)
class Part:
    """A hidden score in a mean, or the mean itself.

    `told` is how far it can move by what is told of it: not at all, some way, or freely. One without `below` is a
    team's and `moves` by itself. `scale` is the length of its scale, weighted. A `secret` has to keep its share of
    that; a score that is told as an end of the scale has not.
    """

    name: str
    scale: float
    moves: Moves = FREE
    told: Moves = FREE
    secret: bool = True
    below: tuple["Part", ...] = ()
    is_mean: bool = False
    weight: float = 1.0
    people: int = 0

    def teams(self) -> Iterator["Part"]:
        """Give the teams' parts in it."""
        if not self.is_mean:
            yield self
        for part in self.below:
            yield from part.teams()


def leaves_enough(mean: Part, share: float = LEFT_TOGETHER) -> bool:
    """Whether what is told of a mean and below it leaves every secret in it its share of the scale.

    So to whoever knows one team's page: to its own members, of a unit what others hide in it.
    """
    insiders = {part.name for part in _insiders(list(mean.teams()))}
    return all(_leaves_enough(mean, insider, share) for insider in (None, *insiders))


def leaves_enough_of_own(mean: Part) -> bool:
    """Whether a team's dimension leaves enough of its scale to each of its questions, all of them hidden."""
    return _leaves_enough(mean, None, LEFT)


def moves_of(mean: Part, name: str) -> Moves:
    """Give how far the part of that name directly below a mean can move."""
    return next(moves for part, moves in _walk(mean, None, mean.told) if part.name == name and part is not mean)


def _leaves_enough(mean: Part, insider: str | None, share: float) -> bool:
    return all(
        sum(moves) >= share * _needed(part, insider)
        for part, moves in _walk(mean, insider, mean.told)
        if part.secret and part.name != insider
    )


def _needed(part: Part, insider: str | None) -> float:
    """Give the room a secret has; for someone in a team hidden in it, what others hide in it."""
    if not part.is_mean:
        return part.scale
    teams = list(part.teams())
    if not teams:
        return math.inf
    if all(team.name != insider for team in teams):
        return part.scale
    return sum(team.scale for team in teams if team.name != insider)


def _free(part: Part, insider: str | None) -> Moves:
    """Give how far a part can move by what is in it and what is told of it."""
    down, up = _inside(part, insider)
    return min(down, part.told[0]), min(up, part.told[1])


def _inside(part: Part, insider: str | None) -> Moves:
    if not part.is_mean:
        return EXACT if part.name == insider else part.moves
    return _sum(_free(below, insider) for below in part.below)


def _sum(moves: Iterator[Moves] | Sequence[Moves]) -> Moves:
    down = up = 0.0
    for one in moves:
        down += one[0]
        up += one[1]
    return down, up


def _walk(part: Part, insider: str | None, allowed: Moves) -> Iterator[tuple[Part, Moves]]:
    """Give every part with how far it can move; what is around this one allows it so much."""
    inside = _inside(part, insider)
    yield part, (min(inside[0], allowed[0]), min(inside[1], allowed[1]))
    free = [_free(below, insider) for below in part.below]
    down, up = _sum(free)
    for below, (own_down, own_up) in zip(part.below, free, strict=True):
        around = (allowed[0] + up - own_up, allowed[1] + down - own_down)
        yield from _walk(below, insider, (min(around[0], below.told[0]), min(around[1], below.told[1])))


def _insiders(teams: Sequence[Part]) -> list[Part]:
    """Give those whose own pages say most about the others: the two largest by each measure."""
    if len(teams) <= ALL_INSIDERS:
        return list(teams)
    found: dict[str, Part] = {}
    for measure in (lambda part: part.moves[0], lambda part: part.moves[1], lambda part: part.weight):
        found |= {part.name: part for part in sorted(teams, key=measure)[-2:]}
    return list(found.values())
