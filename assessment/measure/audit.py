"""What could be worked out from releases by someone who also read one team's own page: linear programming.

Every score is a linear function of the means of single teams in single questions, with weights that follow from counts,
which are no secret. What is shown are equations for these means, each of which lies between the ends of its scale. How
far a hidden score can move while all equations hold is found by linear programming (SciPy's HiGHS): if not at all, it
is known; if by less than a quarter of the room it has for whoever knows nothing but one team's page, it is as good as
known. The means are counted from what they are, so that all equations are homogeneous.

At first everything shown is taken as known exactly. Only where that finds something, it is looked at again with the
precision in which it is told: under 8 answers to half a tenth, or as an end of the scale.

Teams that no equation ties together are looked at apart, and an insider only where the own page says something about
others. The programs of all insiders are solved together, and every solution counts for all scores at once, so that
most are seen to move far enough before their own turn.
"""

import random
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.optimize import linprog

from assessment.measure.hiding import Cell
from assessment.measure.organisation import Organisation
from assessment.measure.outline import Branch, Outline
from assessment.measure.score import Score
from assessment.measure.scoring import Scores
from assessment.measure.told_ends import FULL_PRECISION_FROM, near_end, told_as

NOBODY = ""
QUARTER = 0.25

# The share of its room up to which a figure counts as known: what the solver's tolerance leaves.
EXACT = 1e-6
_SAME = 1e-9
_ROUNDED = 0.05
_TOGETHER = 4_000  # unknowns in one call of the solver

T = TypeVar("T", int, str)

Row = dict[int, float]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Released:
    """One release: the scores behind it in full, and as they were shown.

    Of a revised one, units in `untold` are not told anew: hidden here, and no secret beyond that of the teams in them.
    """

    full: Mapping[str, Scores]
    shown: Mapping[str, Scores]
    untold: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """A hidden score that follows, to whoever read the page of `insider` (`""`: to anybody), from what is shown.

    It lies from `low` to `high`, which is `share` of the room it would have had. With `other` it is the difference from
    another hidden score, a unit and a dimension, that is known. `release` is counted from 0.
    """

    insider: str
    unit: str
    dimension: str
    low: float
    high: float
    share: float
    other: Cell | None = None
    release: int = 0


@dataclass(frozen=True, slots=True)
class Audited:
    """What an audit found, and how many hidden figures it looked at; `narrowest` is the least share it saw."""

    findings: tuple[Finding, ...]
    checked: int
    narrowest: float


def audit(outline: Outline, organisation: Organisation, releases: Sequence[Released], seed: int = 1) -> Audited:
    """Give what hidden scores follow from all releases of a round together, within a quarter of their room."""
    system = _System.of(outline, organisation, releases, precise=False)
    found = _searched(system, seed)
    if found.findings:
        return _searched(_System.of(outline, organisation, releases, precise=True), seed)
    return found


@dataclass(frozen=True, slots=True)
class _Target:
    """A hidden score: how it moves with the unknowns, and the room it has, by the team that gives it.

    `hidden` is the part of that room that is not shown below it.
    Its `siblings` are those with the unit above in common, or the dimension.
    """

    release: int
    cell: Cell
    value: float
    siblings: frozenset[tuple[str, str]]
    row: Row
    room: Mapping[str, float]
    hidden: Mapping[str, float]

    def room_for(self, insider: str) -> float:
        """Give the room it has: all of it or, to a member of a team that is hidden in it, what others hide in it."""
        room = self.hidden if insider in self.hidden else self.room
        return sum(of_team for team, of_team in room.items() if team != insider)


@dataclass(slots=True)
class _System:
    """The unknowns, each with its team and how far it can move, and what is known of them.

    `equal` are rows that do not move, `within` rows that move from a least to a most.
    """

    teams: list[str] = field(default_factory=list)
    ends: list[tuple[float, float]] = field(default_factory=list)
    equal: list[Row] = field(default_factory=list)
    within: list[tuple[Row, float, float]] = field(default_factory=list)
    targets: list[_Target] = field(default_factory=list)

    @classmethod
    def of(
        cls, outline: Outline, organisation: Organisation, releases: Sequence[Released], *, precise: bool
    ) -> "_System":
        system = cls()
        versions: dict[tuple[str, str], list[tuple[Score, int]]] = {}
        for number, release in enumerate(releases):
            reader = _Reader(outline, organisation, release, system, versions, precise=precise)
            reader.read(number)
        return system

    def unknown(self, team: str, value: float, ends: tuple[float, float]) -> int:
        self.teams.append(team)
        self.ends.append((ends[0] - value, ends[1] - value))
        return len(self.teams) - 1


@dataclass(slots=True)
class _Reader:
    """Reads one release into equations."""

    outline: Outline
    organisation: Organisation
    release: Released
    system: _System
    versions: dict[tuple[str, str], list[tuple[Score, int]]]
    precise: bool
    rows: dict[Cell, Row] = field(default_factory=dict)
    above: dict[str, str] = field(default_factory=dict)
    dimensions: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.above = self.organisation.above()
        self.dimensions = self.outline.above()

    def read(self, number: int) -> None:
        names = list(self.outline.names())
        for unit in [*self._teams(), *self.organisation.upwards()]:
            for name in names:
                score = self.release.shown[unit][name]
                if self._full(unit, name).value is None:
                    continue
                if not score.hidden:
                    self._equations(score)
                elif unit not in self.release.untold and (row := self._row(unit, name)):
                    self.system.targets.append(self._target(number, (unit, name), row))

    def _target(self, number: int, cell: Cell, row: Row) -> _Target:
        unit, name = cell
        siblings = {(f"unit {self.above[unit]}", name)} if unit in self.above else set()
        if name in self.dimensions:
            siblings.add((unit, f"dimension {self.dimensions[name]}"))
        value = self._full(unit, name).value or 0.0
        room, hidden = self._room(unit, name), self._room(unit, name, hidden=True)
        return _Target(number, cell, value, frozenset(siblings), row, room, hidden)

    def _teams(self) -> list[str]:
        return [unit for unit in self.release.full if unit not in self.organisation.below]

    def _full(self, unit: str, name: str) -> Score:
        return self.release.full[unit][name]

    def _equations(self, score: Score) -> None:
        unit, name = score.unit, score.dimension
        row, full = self._made_of(unit, name), self._full(unit, name)
        if not row or full.value is None:
            return
        if self._coarse(score) and score.value is not None:
            self.system.within.append((row, *self._around(score, full.value)))
            return
        self.system.equal.append(row)
        if score.low is not None and full.low is not None and self._told_exactly(score, full):
            self.system.equal.append(self._bounds_row(unit, name))
        if score.distribution is not None and unit in self.organisation.below:
            self.system.equal.append(self._pooled(unit, name))

    def _told_exactly(self, score: Score, full: Score) -> bool:
        """Whether a score's own bounds are shown: others rest on its mean alone."""
        own = (full.low, full.high)
        if score.value is None or own[0] is None or own[1] is None or score.low is None or score.high is None:
            return False
        inside = own[0] < score.value - _SAME and own[1] > score.value + _SAME
        return inside and abs(score.low - own[0]) < _SAME and abs(score.high - own[1]) < _SAME

    def _coarse(self, score: Score) -> bool:
        few = 0 < score.people < FULL_PRECISION_FROM
        return score.value is not None and ((few and self.precise) or (not few and bool(score.qualifier)))

    def _around(self, score: Score, full: float) -> tuple[float, float]:
        """Give how far a score told coarsely may lie below and above what it is, to whoever knows the steps."""
        if not score.qualifier:
            told = (score.value or 0.0) - full
            return told - _ROUNDED, told + _ROUNDED
        if score.people < FULL_PRECISION_FROM:
            end = near_end(full, self.outline, score.dimension)
        else:
            end = told_as(full, score.value or 0.0, self.outline, score.dimension)
        under, above = end.around if end is not None else (0.0, 0.0)
        return -under, above

    def _row(self, unit: str, name: str) -> Row:
        """Give how a score moves: not at all where it is shown exactly."""
        if (unit, name) not in self.rows:
            score = self.release.shown[unit][name]
            moves = score.hidden or self._coarse(score)
            self.rows[unit, name] = self._made_of(unit, name) if moves else {}
        return self.rows[unit, name]

    def _made_of(self, unit: str, name: str) -> Row:
        """Give how a score moves by what it is the mean of."""
        if unit in self.organisation.below:
            parts = ((weight, self._row(child, name)) for child, weight in self._below(unit, name))
            return _mean(parts)
        if name in self.outline.levels:
            score = self.release.shown[unit][name]
            return {self._unknown(unit, name): 1.0} if score.hidden or self._coarse(score) else {}
        parts = ((branch.weight, self._row(unit, branch.name)) for branch in self._valued(unit, name))
        return _times(_mean(parts), self.outline.sums.get(name, 1.0))

    def _valued(self, unit: str, name: str) -> list[Branch]:
        return [b for b in self.outline.children[name] if self._full(unit, b.name).value is not None]

    def _below(self, unit: str, name: str) -> list[tuple[str, float]]:
        scores = ((child, self._full(child, name)) for child in self.organisation.below[unit])
        by_people = self.organisation.by_respondents
        return [(child, float(s.n or 0) if by_people else 1.0) for child, s in scores if s.value is not None]

    def _unknown(self, team: str, question: str) -> int:
        """Give the unknown of a team's question: the same one in releases that rest on the same answers.

        Others are taken as unrelated: that many of the same people are behind both was known from the first release.
        """
        score = self._full(team, question)
        seen = self.versions.setdefault((team, question), [])
        for earlier, place in seen:
            if (earlier.value, earlier.n, earlier.distribution) == (score.value, score.n, score.distribution):
                return place
        place = self.system.unknown(team, score.value or 0.0, self.outline.ends(question))
        seen.append((score, place))
        return place

    def _bounds_row(self, unit: str, name: str) -> Row:
        """Give how a score's bounds move, which weigh by how many answered."""
        if unit in self.organisation.below:
            by_people = self.organisation.by_respondents
            scores = ((child, self._full(child, name)) for child in self.organisation.below[unit])
            there = [(child, s) for child, s in scores if s.low is not None and (s.N or s.n)]
            return _mean((float(s.N or 0) if by_people else 1.0, self._bounds_row(child, name)) for child, s in there)
        if name in self.outline.levels:
            score = self._full(unit, name)
            share = (score.n or 0) / score.N if score.N else 0.0
            return _times(self._row(unit, name), share)
        branches = self.outline.children[name]
        there_too = [b for b in branches if (s := self._full(unit, b.name)).low is not None and (s.N or s.n)]
        row = _mean((branch.weight, self._bounds_row(unit, branch.name)) for branch in there_too)
        return _times(row, self.outline.sums.get(name, 1.0))

    def _pooled(self, unit: str, name: str) -> Row:
        teams = self.organisation.teams(unit)
        return _mean((float(self._full(team, name).n or 0), self._row(team, name)) for team in teams)

    def _room(self, unit: str, name: str, *, hidden: bool = False) -> dict[str, float]:
        """Give how far a score could move were nothing shown, by the team that moves it; of what is `hidden` alone."""
        if hidden and not self.release.shown[unit][name].hidden:
            return {}
        if unit in self.organisation.below:
            return _mean((weight, self._room(child, name, hidden=hidden)) for child, weight in self._below(unit, name))
        if name in self.outline.levels:
            low, high = self.outline.ends(name)
            return {unit: high - low}
        branches = self._valued(unit, name)
        room = _mean((branch.weight, self._room(unit, branch.name, hidden=hidden)) for branch in branches)
        return _times(room, self.outline.sums.get(name, 1.0))


@dataclass(frozen=True, slots=True)
class _Matrix:
    """Rows of a sparse matrix, as places and weights."""

    rows: npt.NDArray[np.int64]
    columns: npt.NDArray[np.int64]
    weights: Floats
    height: int

    @classmethod
    def of(cls, rows: Iterable[Row], column: Mapping[int, int]) -> "_Matrix":
        places: list[int] = []
        columns: list[int] = []
        weights: list[float] = []
        height = 0
        for row in rows:
            own = [(column[place], weight) for place, weight in row.items() if place in column]
            places += [height] * len(own)
            columns += [place for place, _ in own]
            weights += [weight for _, weight in own]
            height += 1
        return cls(np.array(places, dtype=np.int64), np.array(columns, dtype=np.int64), np.array(weights), height)

    @staticmethod
    def side_by_side(parts: Sequence[tuple["_Matrix", int]]) -> sparse.csr_array:
        """Give one matrix of several, each of so many columns, that do not touch."""
        tall = np.cumsum([0, *(part.height for part, _ in parts)])
        wide = np.cumsum([0, *(width for _, width in parts)])
        rows = np.concatenate([part.rows + above for (part, _), above in zip(parts, tall, strict=False)])
        columns = np.concatenate([part.columns + before for (part, _), before in zip(parts, wide, strict=False)])
        weights = np.concatenate([part.weights for part, _ in parts])
        return sparse.csr_array((weights, (rows, columns)), shape=(int(tall[-1]), int(wide[-1])))


@dataclass(slots=True)
class _Piece:
    """The unknowns that equations tie together, without an insider's own, and the hidden scores that move with them.

    `least` and `most` are how far each is seen to move; of those in `settled` no more is to be found out.
    """

    insider: str
    number: int
    unknowns: list[int]
    equal: _Matrix
    within: _Matrix
    limits: Floats
    ends: Floats
    targets: list[int]
    rows: Floats
    needed: Floats
    least: Floats
    most: Floats
    settled: set[int] = field(default_factory=set)
    points: list[Floats] = field(default_factory=list)

    def see(self, point: Floats) -> None:
        """Count a way in which everything can move."""
        moved = self.rows @ point
        self.points.append(moved)
        self.least, self.most = np.minimum(self.least, moved), np.maximum(self.most, moved)

    def next(self) -> int | None:
        """Give the score that is seen to move least of what it should; None where all move enough."""
        width = self.most - self.least
        waiting = [
            (float(width[place] / self.needed[place]), place)
            for place in range(len(self.targets))
            if place not in self.settled and width[place] < self.needed[place]
        ]
        return min(waiting)[1] if waiting else None


def _searched(system: _System, seed: int) -> Audited:
    chance = random.Random(seed)  # noqa: S311 - to look in many directions, not to keep a secret
    findings: list[Finding] = []
    narrowest = 1.0
    for groups in _at_a_time(_groups(system)):
        found, least = _searched_of(system, groups, chance)
        findings += found
        narrowest = min(narrowest, least)
    return Audited(tuple(findings), len(system.targets), narrowest)


def _searched_of(system: _System, groups: Sequence["_Group"], chance: random.Random) -> tuple[list[Finding], float]:
    """Give what is found in some groups, and the least share of its room that a score has there."""
    pieces = _pieces(system, groups)
    _look_around(pieces, chance)
    while waiting := [(piece, place) for piece in pieces if (place := piece.next()) is not None]:
        _solve([(piece, sign * piece.rows[place]) for piece, place in waiting for sign in (1.0, -1.0)])
        for piece, place in waiting:
            piece.settled.add(place)
    findings, shares = _judged(system, pieces)
    return [*findings, *_differences(system, pieces)], min(shares, default=1.0)


def _look_around(pieces: Sequence[_Piece], chance: random.Random) -> None:
    """Move everything in some directions: most scores are seen to move far enough by that."""
    wanted = []
    for piece in pieces:
        if len(piece.settled) == len(piece.targets):
            continue
        signs = np.array([chance.uniform(0.5, 1) for _ in piece.targets])
        wanted += [(piece, sign * signs @ piece.rows) for sign in (1.0, -1.0)]
        mixed = np.array([chance.uniform(-1, 1) for _ in piece.targets])
        wanted += [(piece, sign * mixed @ piece.rows) for sign in (1.0, -1.0)]
    _solve(wanted)


def _moves(seen: Mapping[str, tuple[float, float]], insider: str) -> tuple[float, float]:
    """Give how far a score moves with a group; an insider with no page in it knows no more than anybody."""
    return seen.get(insider) or seen[NOBODY]


@dataclass(slots=True)
class _Group:
    """Unknowns that equations tie together, those equations, and the hidden scores that move with them."""

    number: int
    unknowns: list[int] = field(default_factory=list)
    equal: list[Row] = field(default_factory=list)
    within: list[tuple[Row, float, float]] = field(default_factory=list)
    targets: list[int] = field(default_factory=list)


def _at_a_time(groups: Sequence[_Group]) -> Iterator[list[_Group]]:
    """Give groups a few at a time, those that have a score in common together: all at once would fill the memory."""
    joined = _Joined(len(groups))
    of_target: dict[int, int] = {}
    for place, group in enumerate(groups):
        for number in group.targets:
            joined.join(place, of_target.setdefault(number, place))
    clusters: dict[int, list[_Group]] = defaultdict(list)
    for place, group in enumerate(groups):
        clusters[joined.top(place)].append(group)
    some: list[_Group] = []
    for cluster in clusters.values():
        some += cluster
        if sum(len(group.unknowns) for group in some) > _TOGETHER:
            yield some
            some = []
    if some:
        yield some


def _pieces(system: _System, groups: Sequence[_Group]) -> list[_Piece]:
    """Give what is tied together: to nobody in particular, and to each insider whose own page says something."""
    made = []
    for group in groups:
        insiders = sorted({system.teams[place] for place in group.unknowns})
        says = len(insiders) > 1 and (group.equal or group.within)
        made += [_piece(system, group, insider) for insider in (NOBODY, *(insiders if says else ()))]
    return [piece for piece in made if piece is not None]


def _groups(system: _System) -> list[_Group]:
    top = _joined(system)
    groups: dict[int, _Group] = {}
    for place in range(len(system.teams)):
        groups.setdefault(top(place), _Group(top(place))).unknowns.append(place)
    for row in system.equal:
        if row:
            groups[top(next(iter(row)))].equal.append(row)
    for row, least, most in system.within:
        if row:
            groups[top(next(iter(row)))].within.append((row, least, most))
    for index, target in enumerate(system.targets):
        for number in {top(place) for place in target.row}:
            groups[number].targets.append(index)
    return list(groups.values())


def _known_rows(system: _System) -> Iterator[Row]:
    yield from (row for row in system.equal if row)
    yield from (row for row, _, _ in system.within if row)


class _Joined:
    """Places, each a group of its own at first, joined two by two."""

    def __init__(self, number: int) -> None:
        self._above = list(range(number))

    def top(self, place: int) -> int:
        """Give the name of the group a place is in: one of its places."""
        above = self._above
        while above[place] != place:
            above[place] = above[above[place]]
            place = above[place]
        return place

    def join(self, place: int, other: int) -> None:
        self._above[self.top(other)] = self.top(place)


def _joined(system: _System) -> Callable[[int], int]:
    """Join the unknowns that are in one equation; gives a name for the group of each."""
    joined = _Joined(len(system.teams))
    for row in _known_rows(system):
        first, *others = row
        for other in others:
            joined.join(first, other)
    return joined.top


def _piece(system: _System, group: _Group, insider: str) -> _Piece | None:
    own = [place for place in group.unknowns if system.teams[place] != insider]
    column = {place: index for index, place in enumerate(own)}
    targets = [number for number in group.targets if system.targets[number].cell[0] != insider]
    if not own or not targets:
        return None
    rows = np.zeros((len(targets), len(own)))
    for index, number in enumerate(targets):
        for place, weight in system.targets[number].row.items():
            if place in column:
                rows[index, column[place]] = weight
    ends = np.array([system.ends[place] for place in own])
    moves = np.zeros((len(targets), 2))
    if not group.equal and not group.within:  # then everything moves as it likes
        moves = np.stack(
            [
                np.minimum(rows * ends[:, 0], rows * ends[:, 1]).sum(1),
                np.maximum(rows * ends[:, 0], rows * ends[:, 1]).sum(1),
            ],
            1,
        )
    return _Piece(
        insider,
        group.number,
        own,
        _Matrix.of(group.equal, column),
        _Matrix.of((row for row, _, _ in group.within), column),
        np.array([(min(least, 0.0), max(most, 0.0)) for _, least, most in group.within]).reshape(-1, 2),
        ends,
        targets,
        rows,
        QUARTER * np.array([max(system.targets[number].room_for(insider), 0.0) for number in targets]) - _SAME,
        moves[:, 0].copy(),
        moves[:, 1].copy(),
        settled=set() if group.equal or group.within else set(range(len(targets))),
    )


def _solve(wanted: Sequence[tuple[_Piece, Floats]]) -> None:
    """Move each piece as far as it goes in a direction; many in one call of the solver, which do not touch."""
    batch: list[tuple[_Piece, Floats]] = []
    size = 0
    for piece, direction in wanted:
        if batch and size + len(piece.unknowns) > _TOGETHER:
            _solve_batch(batch)
            batch, size = [], 0
        batch.append((piece, direction))
        size += len(piece.unknowns)
    if batch:
        _solve_batch(batch)


def _solve_batch(batch: Sequence[tuple[_Piece, Floats]]) -> None:
    equal = _Matrix.side_by_side([(piece.equal, len(piece.unknowns)) for piece, _ in batch])
    within = _Matrix.side_by_side([(piece.within, len(piece.unknowns)) for piece, _ in batch])
    limits = np.concatenate([piece.limits for piece, _ in batch])
    most = {
        "A_ub": sparse.vstack([within, -within], format="csr"),
        "b_ub": np.concatenate([limits[:, 1], -limits[:, 0]]),
    }
    found = linprog(  # type: ignore[call-overload]  # which does take sparse matrices
        -np.concatenate([direction for _, direction in batch]),
        A_eq=equal if equal.shape[0] else None,
        b_eq=np.zeros(equal.shape[0]) if equal.shape[0] else None,
        bounds=np.concatenate([piece.ends for piece, _ in batch]),
        method="highs",
        **(most if within.shape[0] else {}),
    )
    if found.status != 0:
        raise ArithmeticError(f"the audit found no solution: {found.message}")
    start = 0
    for piece, direction in batch:
        piece.see(found.x[start : start + len(direction)])
        start += len(direction)


def _judged(system: _System, pieces: Sequence[_Piece]) -> tuple[list[Finding], list[float]]:
    """Give which hidden scores move too little; one that moves with several pieces moves as far as all together."""
    seen: dict[tuple[int, int], dict[str, tuple[float, float]]] = defaultdict(dict)
    of_target: dict[int, set[int]] = defaultdict(set)
    for piece in pieces:
        for place, number in enumerate(piece.targets):
            seen[number, piece.number][piece.insider] = (float(piece.least[place]), float(piece.most[place]))
            of_target[number].add(piece.number)
    owners = {piece.number: {system.teams[place] for place in piece.unknowns} for piece in pieces if not piece.insider}
    findings, shares = [], []
    for number, groups in of_target.items():
        target = system.targets[number]
        insiders = {insider for group in groups for insider in seen[number, group]} - {target.cell[0]}
        for insider in sorted({NOBODY, *insiders}):
            room = target.room_for(insider)
            if room < EXACT:
                continue
            moves = [_moves(seen[number, group], insider) for group in groups if owners[group] != {insider}]
            low, high = sum(move[0] for move in moves), sum(move[1] for move in moves)
            share = (high - low) / room
            shares.append(share)
            if share < QUARTER - EXACT:
                findings.append(
                    Finding(
                        insider, *target.cell, target.value + low, target.value + high, share, release=target.release
                    )
                )
    return findings, shares


def _differences(system: _System, pieces: Sequence[_Piece]) -> list[Finding]:
    """Find hidden scores that only move together: what they differ by is known."""
    suspects = [(piece, *pair) for piece in pieces for pair in _alike(system, piece)]
    _solve(
        [
            (piece, sign * (piece.rows[first] - piece.rows[other]))
            for piece, first, other in suspects
            for sign in (1.0, -1.0)
        ]
    )
    found = []
    for piece, first, other in suspects:
        if all(abs(point[first] - point[other]) < EXACT for point in piece.points):
            one, two = system.targets[piece.targets[first]], system.targets[piece.targets[other]]
            found.append(Finding(piece.insider, *one.cell, 0.0, 0.0, 0.0, two.cell, one.release))
    return found


def _alike(system: _System, piece: _Piece) -> Iterator[tuple[int, int]]:
    """Give siblings that were never seen to move but together."""
    alike: dict[bytes, list[int]] = defaultdict(list)
    if not piece.points:
        return
    own = set(piece.unknowns)
    for place, moves in enumerate(np.round(np.array(piece.points), 5).T + 0.0):
        elsewhere = system.targets[piece.targets[place]].row.keys() - own
        if moves.any() and all(system.teams[unknown] == piece.insider for unknown in elsewhere):
            alike[moves.tobytes()].append(place)
    for first, *others in alike.values():
        for other in others:
            one, two = system.targets[piece.targets[first]], system.targets[piece.targets[other]]
            if one.release == two.release and one.siblings & two.siblings:
                yield first, other


def _mean(weighted: Iterable[tuple[float, Mapping[T, float]]]) -> dict[T, float]:
    """Give the weighted mean of rows."""
    found: dict[T, float] = defaultdict(float)
    total = 0.0
    for weight, row in weighted:
        total += weight
        for place, share in row.items():
            found[place] += weight * share
    return {place: share / total for place, share in found.items()} if total else {}


def _times(row: Mapping[T, float], factor: float) -> dict[T, float]:
    return {place: share * factor for place, share in row.items()}
