"""Which scores are not shown as they are: those of few people, and those from which these could be worked out.

A score with fewer answers than the threshold is hidden. Since a score is a mean of the scores below it, over the
questionnaire and over the organisation, a hidden one could be worked out by subtraction, or narrowed down; so more is
held back, until nothing changes any more. A team's score is shown or hidden. Of a unit above teams the score of 8
answers or more is told as an end of the scale first, in steps that grow as long as it says too much, and hidden last.

1. What is below a score that is held back is held back, and where one child is, all its siblings are. A score with a
   single child that has one is the same figure, and held back with it.
2. The teams hidden in a shown unit hold, besides any one (whose own page its members have read), two others and as many
   answers as the threshold. Else more of them are hidden, those with the fewest answers first; where all of them would
   not do, the unit's own score is held back. That of a unit of units is at once: for its sake nothing else is hidden.
3. A unit shows the scores of a dimension's children only where the hidden teams in it have even shares in them. Say
   three teams are hidden and one of them left a question out: the unit's dimension, a mean over three teams, and the
   unit's two questions, of three teams and of two, no longer say the same thing twice, and their difference is that
   team's.
4. Of a hidden unit above teams a third is hidden below it. Else more is, in the same order.
5. What a told mean leaves of a hidden score below it, to whoever knows one team's own page, is at least a quarter of
   the scale. Else more is held back as under 2: an ART's mean of 4.9 says that every team is near 5.

`narrowing` has the arithmetic of 5, docs/scoring.md the argument; what passes is audited before it is told, and Care
taken where the audit finds something. Counts of people decide what is hidden and, under 5 alone, what was answered;
where more answers came over a shared link than people were asked, those asked are counted.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from assessment.measure.narrowing import (
    EXACT,
    FREE,
    LEFT,
    Moves,
    Part,
    leaves_enough,
    leaves_enough_of_own,
    moves_of,
)
from assessment.measure.organisation import Organisation
from assessment.measure.outline import Branch, Ends, Outline
from assessment.measure.score import Score
from assessment.measure.scoring import Scores, mean_of
from assessment.measure.told_ends import FULL_PRECISION_FROM, STEPS, as_end

OTHERS = 2
_NOT_TOLD, _NOTHING_IN_IT = 2, 3  # steps of care
INSIDE = 0.35  # the share of a hidden unit that is hidden below it

Cell = tuple[str, str]  # a unit's code and the name of a dimension or question

_DUST = 1e-9


@dataclass(frozen=True, slots=True)
class Care:
    """Scores of units above teams of which more care is taken than the rules take, by how much more.

    First they are not told as ends, then not at all, then nothing in them is.
    """

    taken: Mapping[Cell, int] = field(default_factory=dict)

    def of_more(self, cells: Iterable[Cell]) -> "Care":
        """Give a step more care of some scores than was taken."""
        return Care({**self.taken, **{cell: min(self.taken.get(cell, 0) + 1, _NOTHING_IN_IT) for cell in cells}})

    def ends(self, cell: Cell) -> bool:
        """Whether a score may be told as an end."""
        return cell not in self.taken

    def untold(self) -> Iterator[tuple[str, str, bool]]:
        """Give the scores that are not told, a unit's code and the name, and whether nothing in them is."""
        for (unit, name), steps in self.taken.items():
            if steps >= _NOT_TOLD:
                yield unit, name, steps >= _NOTHING_IN_IT


@dataclass(frozen=True, slots=True)
class HeldBack:
    """What is not shown as it is: hidden, or told as an end of the scale only, in steps of so many levels."""

    hidden: frozenset[Cell] = frozenset()
    as_ends: Mapping[Cell, float] = field(default_factory=dict)

    def __contains__(self, cell: Cell) -> bool:
        """Whether a score is not shown as it is."""
        return cell in self.hidden or cell in self.as_ends


def held_back(
    outline: Outline,
    organisation: Organisation,
    scores: Mapping[str, Scores],
    threshold: int,
    care: Care = Care(),
) -> HeldBack:
    """Give what is not shown: below the threshold, or needed to keep that from being worked out.

    Where nothing is scored there is nothing to hide: counts of people are no secret.
    """
    if not outline.levels:
        return HeldBack()
    search = _Search(outline, organisation, scores, threshold, care)
    search.run()
    cells = {(unit, name) for name, units in search.hidden.items() for unit in units}
    as_ends = {cell: STEPS[step] for cell, step in search.coarse.items()}
    return HeldBack(frozenset(cells - as_ends.keys()), as_ends)


def is_enough(together: Sequence[Score], answers_needed: int) -> bool:
    """Whether those held back together protect each other even from whoever knows one of them."""
    return _is_enough([score.people for score in together], answers_needed)


def _is_enough(answers: Sequence[int], needed: int) -> bool:
    return len(answers) > OTHERS and sum(answers) - max(answers) >= needed


@dataclass(slots=True)
class _Search:
    """The rules at work, with the units, for each name, whose score of it is not shown.

    Of those in `coarse` the score is told as an end of the scale, in which of the STEPS; of the others not at all.
    """

    outline: Outline
    organisation: Organisation
    scores: Mapping[str, Scores]
    threshold: int
    care: Care
    hidden: dict[str, set[str]] = field(default_factory=dict)
    coarse: dict[Cell, int] = field(default_factory=dict)
    ends: dict[str, Ends] = field(default_factory=dict)
    above: dict[str, Branch] = field(default_factory=dict)
    rooms: dict[Cell, float] = field(default_factory=dict)

    def run(self) -> None:
        """Hide until nothing changes any more."""
        self.above = {
            branch.name: Branch(name, branch.weight)
            for name, branches in self.outline.children.items()
            for branch in branches
        }
        self.ends = {name: self.outline.ends(name) for name in self.outline.names()}
        self.hidden = {
            name: {unit for unit, of_unit in self.scores.items() if 0 < of_unit[name].people < self.threshold}
            for name in self.outline.names()
        }
        upwards = self.organisation.upwards()
        before: tuple[int, int] | None = None
        while (now := self._count()) != before:
            before = now
            self._take_care()
            for unit in sorted(set().union(*self.hidden.values())):
                self._over_questionnaire(unit)
            for name, units in self.hidden.items():
                if units:
                    self._over_organisation(name, upwards)
            for unit in upwards:
                self._with_uneven_shares(unit)

    def _take_care(self) -> None:
        for unit, name, nothing_in_it in self.care.untold():
            if nothing_in_it or self._may_hide(unit, name):
                units = list(self.organisation.tree(unit)) if nothing_in_it else [unit]
                self.hidden[name] |= {one for one in units if self.scores[one][name].n}
                for one in units:
                    self.coarse.pop((one, name), None)

    def _count(self) -> tuple[int, int]:
        """Give what only grows: how many scores are held back, and by how many steps more than to be told as an end."""
        hidden = sum(map(len, self.hidden.values()))
        return hidden, len(STEPS) * (hidden - len(self.coarse)) + sum(self.coarse.values())

    def _hold_back(self, unit: str, name: str) -> None:
        """Tell a score as an end, where it is that of many answers of several teams; else hide it."""
        if unit not in self.hidden[name]:
            self.hidden[name].add(unit)
            many = self.scores[unit][name].people >= FULL_PRECISION_FROM
            if unit in self.organisation.below and many and self.care.ends((unit, name)):
                self.coarse[unit, name] = 0

    def _hold_back_more(self, unit: str, name: str) -> None:
        """Tell a score that says too much less exactly: as an end, as one in longer steps, then not at all."""
        step = self.coarse.pop((unit, name), None)
        if unit not in self.hidden[name]:
            self._hold_back(unit, name)
        elif step is not None and step + 1 < len(STEPS):
            self.coarse[unit, name] = step + 1

    def _is_told(self, unit: str, name: str) -> bool:
        return unit not in self.hidden[name] or (unit, name) in self.coarse

    def _over_questionnaire(self, unit: str) -> None:
        scores = self.scores[unit]
        for name, branches in self.outline.children.items():
            below = [branch.name for branch in branches if scores[branch.name].n and self._may_hide(unit, branch.name)]
            if unit not in self.hidden[name] and not any(unit in self.hidden[child] for child in below):
                continue
            for child in below:
                self._hold_back(unit, child)
            valued = [branch for branch in branches if scores[branch.name].value is not None]
            if not self._may_hide(unit, name):
                continue
            if len(valued) == 1:
                self._like(unit, name, valued[0].name)
                continue
            while not self._leaves_enough(unit, name, valued):
                self._hold_back_more(unit, name)

    def _like(self, unit: str, name: str, child: str) -> None:
        """Hold a score back as its only child is: they are the same figure."""
        if unit not in self.hidden[child] and unit not in self.hidden[name]:
            return
        for one in (child, name):
            self._hold_back(unit, one)
        steps = [self.coarse.pop((unit, one), len(STEPS)) for one in (child, name)]
        if max(steps) < len(STEPS):
            self.coarse |= {(unit, one): max(steps) for one in (child, name)}

    def _leaves_enough(self, unit: str, name: str, branches: Sequence[Branch]) -> bool:
        if not self._is_told(unit, name):
            return True
        if unit in self.organisation.below:
            return leaves_enough(self._dimension(unit, name))
        return leaves_enough_of_own(self._own(unit, name, branches))

    def _dimension(self, unit: str, name: str) -> Part:
        """Give a dimension of a unit above as the mean of its children that are not shown."""
        branches = self.outline.children[name]
        total = sum(branch.weight for branch in branches if self.scores[unit][branch.name].value is not None)
        held = [branch for branch in branches if unit in self.hidden[branch.name]]
        below = tuple(
            replace(self._part(unit, b.name, b.weight / total, self.hidden[b.name]), name=b.name)
            for b in held
            if self.scores[unit][b.name].value is not None
        )
        told = self._told(unit, name, 1 / self._times(name))
        return Part(name, 0.0, told=told, secret=False, below=below, is_mean=True)

    def _times(self, name: str) -> float:
        """Give by what the mean of a node's children is multiplied to be its score."""
        return self.outline.sums.get(name, 1.0)

    def _told(self, unit: str, name: str, weight: float, hidden: set[str] | None = None) -> Moves:
        """Give how far a score can move by what is told of it."""
        if unit not in (self.hidden[name] if hidden is None else hidden):
            return EXACT
        value = self.scores[unit][name].value
        if (unit, name) not in self.coarse or value is None:
            return FREE
        under, above = as_end(value, self.outline, name, STEPS[self.coarse[unit, name]]).around
        return weight * under, weight * above

    def _own(self, team: str, name: str, branches: Sequence[Branch]) -> Part:
        """Give a team's dimension as the mean of its children, all of which are hidden where one is."""
        below = []
        for branch in branches:
            score = self.scores[team][branch.name]
            if score.value is not None:
                low, high = self._ends(team, branch.name)
                moves = (branch.weight * (score.value - low), branch.weight * (high - score.value))
                below.append(Part(branch.name, branch.weight * (high - low), moves, weight=branch.weight))
        return Part(name, 0.0, told=EXACT, secret=False, below=tuple(below), is_mean=True)

    def _ends(self, team: str, name: str) -> Ends:
        """Give the lowest and the highest value that a team's score can have, made of the children that have one."""
        scores = self.scores[team]
        valued = [branch for branch in self.outline.children.get(name, ()) if scores[branch.name].value is not None]
        if not valued or (len(valued) == len(self.outline.children[name]) and not self.outline.sums):
            return self.ends[name]
        total = sum(branch.weight for branch in valued) / self.outline.sums.get(name, 1.0)
        ends = [(branch.weight, self._ends(team, branch.name)) for branch in valued]
        return sum(weight * low for weight, (low, _) in ends) / total, sum(
            weight * high for weight, (_, high) in ends
        ) / total

    def _of_team(self, team: str, name: str, weight: float) -> Part:
        """Give a hidden team as a part; its own dimension, where that is shown, tells already where it lies."""
        score, (low, high) = self.scores[team][name], self._ends(team, name)
        value = score.value or 0.0
        moves = (value - low, high - value)
        above = self.above.get(name)
        if above is not None and team not in self.hidden[above.name]:
            own = self._own(team, above.name, self.outline.children[above.name])
            # Without a score of the dimension it is as if that were shown: those of teams hidden with this one tell it.
            # Where it says too much of its children it is going to be hidden.
            untold = self.scores[team][above.name].value is None
            if len(own.below) > 1 and (untold or leaves_enough_of_own(own)):
                down, up = moves_of(own, name)
                moves = (down / above.weight, up / above.weight)
        moves = (weight * moves[0], weight * moves[1])
        return Part(team, weight * (high - low), moves, weight=weight, people=score.people)

    def _may_hide(self, unit: str, name: str) -> bool:
        """Whether hiding it is of use: above units all of which are shown a score is no secret."""
        below = self.organisation.below.get(unit)
        return below is None or not self.hidden[name].isdisjoint(below)

    def _over_organisation(self, name: str, upwards: Sequence[str]) -> None:
        for unit in upwards:
            if self.scores[unit][name].value is None or not self._may_hide(unit, name):
                continue
            self._settle(unit, name)

    def _settle(self, unit: str, name: str) -> None:
        """Hold back, for a score that says too much, more of its teams or, where they would not do, itself."""
        below = self.organisation.below[unit]
        has_units = any(child in self.organisation.below for child in below)
        while self._is_told(unit, name) and not self._holds(unit, name, self.hidden[name]):
            more = None if has_units else self._more(unit, name)
            if more is not None:
                self.hidden[name] |= more
                return
            self._hold_back_more(unit, name)
        if not self._is_told(unit, name):
            self._fill(unit, name)

    def _more(self, unit: str, name: str) -> set[str] | None:
        """Give what is hidden of a unit's teams for its own score to stay; None where all of it would not do."""
        trial = set(self.hidden[name])
        if not self._holds(unit, name, trial | set(self.organisation.below[unit])):
            return None
        for team in self._in_order(unit, name, trial):
            trial.add(team)
            if self._holds(unit, name, trial):
                return trial
        return None

    def _in_order(self, unit: str, name: str, hidden: set[str]) -> list[str]:
        """Give the shown children of a unit: those in which something is hidden first, then by their answers."""

        def order(child: str) -> tuple[bool, int, str]:
            below = self.organisation.below.get(child, ())
            return hidden.isdisjoint(below), self.scores[child][name].n or 0, child

        return sorted((child for child, _ in self._valued(unit, name) if child not in hidden), key=order)

    def _valued(self, unit: str, name: str) -> list[tuple[str, float]]:
        """Give the children whose scores a unit's is the mean of, each with its weight."""
        found = []
        for child in self.organisation.below.get(unit, ()):
            score = self.scores[child][name]
            weight = float(score.n or 0) if self.organisation.by_respondents else 1.0
            if score.value is not None and weight > 0:
                found.append((child, weight))
        return found

    def _fill(self, unit: str, name: str) -> None:
        """Hide more below a hidden unit until it cannot be told from what is told there."""
        while not self._is_filled(unit, name) and (child := self._next(unit, name)) is not None:
            self._hold_back_more(child, name)

    def _is_filled(self, unit: str, name: str) -> bool:
        return self._left(unit, name) >= INSIDE * self._room(unit, name) - _DUST

    def _room(self, unit: str, name: str) -> float:
        """Give the length of a score's scale: a team's may lack children that others have."""
        if not self.outline.sums:
            low, high = self.ends[name]
            return high - low
        if (unit, name) not in self.rooms:
            if unit in self.organisation.below:
                found = mean_of((self._room(child, name), weight) for child, weight in self._valued(unit, name)) or 0.0
            else:
                low, high = self._ends(unit, name)
                found = high - low
            self.rooms[unit, name] = found
        return self.rooms[unit, name]

    def _left(self, unit: str, name: str) -> float:
        """Give how much of its scale is left to a hidden unit by what is told in it, and beside it."""
        left = sum(moves_of(_alone(self._part(unit, name, 1.0, self.hidden[name])), unit))
        above = self.above.get(name)
        if above is None or not self._is_told(unit, above.name) or self.scores[unit][above.name].value is None:
            return left
        mean = self._dimension(unit, above.name)
        part = next(part for part in mean.below if part.name == name)
        return min(left, sum(moves_of(mean, name)) / part.weight)

    def _next(self, unit: str, name: str) -> str | None:
        """Give the next to be held back below a hidden unit: in the units that are hidden already, then beside them."""
        for child, _ in self._valued(unit, name):
            if child in self.organisation.below and not self._is_told(child, name):
                found = self._next(child, name)
                if found is not None:
                    return found
        shown = self._in_order(unit, name, self.hidden[name])
        told = [child for child, _ in self._valued(unit, name) if (child, name) in self.coarse]
        return next(iter([*shown, *told]), None)

    def _part(self, unit: str, name: str, weight: float, hidden: set[str]) -> Part:
        """Give a score as the mean of what is hidden in it: its teams, through units that are not shown themselves."""
        if unit not in self.organisation.below:
            return self._of_team(unit, name, weight)
        valued = self._valued(unit, name)
        total = sum(of_child for _, of_child in valued)
        below = tuple(
            self._part(child, name, weight * of_child / total, hidden) for child, of_child in valued if child in hidden
        )
        told = self._told(unit, name, weight, hidden)
        secret = unit in hidden and (unit, name) not in self.coarse
        people = sum(part.people for part in below)
        scale = weight * self._room(unit, name)
        return Part(unit, scale, told=told, secret=secret, below=below, is_mean=True, weight=weight, people=people)

    def _holds(self, unit: str, name: str, hidden: set[str]) -> bool:
        """Whether what is hidden below a unit is protected from what is told of it, and protects each other."""
        part = self._part(unit, name, 1.0, hidden)
        if not part.below:
            return True
        enough = unit in hidden or _is_enough([below.people for below in part.below], self.threshold)
        return enough and leaves_enough(part)

    def _with_uneven_shares(self, unit: str) -> None:
        for name, branches in self.outline.children.items():
            children = [branch.name for branch in branches]
            hidden = [child for child in children if self._may_hide(unit, child)]
            shown = [child for child in hidden if unit not in self.hidden[child]]
            if not hidden or (not shown and unit in self.hidden[name]):
                continue
            shares = self._shares(unit, hidden)
            if len(shares) <= 1 and self._weigh_alike(unit, name, shown):
                continue
            for child in shown:
                if self.scores[unit][child].n:
                    self._hold_back(unit, child)
            if self._may_hide(unit, name) and any(self._is_nearly_told(unit, name, child) for child in hidden):
                self._hold_back(unit, name)

    def _is_nearly_told(self, unit: str, name: str, child: str) -> bool:
        """Whether a unit's dimension says much of its hidden child: it does of teams that have no other child."""
        others = [branch.name for branch in self.outline.children[name] if branch.name != child]
        weights = self._weights(unit, child)
        alone = {
            team
            for team in weights
            if self.scores[team][name].value is not None
            and all(self.scores[team][other].value is None for other in others)
        }
        return bool(others and alone) and sum(weights.values()) - sum(weights[team] for team in alone) < LEFT

    def _shares(self, unit: str, children: Sequence[str]) -> set[frozenset[str]]:
        """Give in which of a dimension's children the hidden teams in a unit have values."""
        teams = {team for child in children for team in self._hidden_teams(unit, child)}
        return {frozenset(child for child in children if self.scores[team][child].value is not None) for team in teams}

    def _weigh_alike(self, unit: str, name: str, children: Sequence[str]) -> bool:
        """Whether the hidden teams in a unit weigh alike, compared with each other, in all children it shows.

        And in the dimension itself, which a unit in it may show.
        """
        of_children = [self._weights(unit, child) for child in children]
        if not all(_alike(first, other) for first, other in pairwise(of_children)):
            return False
        inside = [
            one
            for one in self.organisation.tree(unit)
            if one in self.organisation.below and one not in self.hidden[name]
        ]
        above = [weights for one in inside if (weights := self._weights(one, name))]
        return all(_alike(weights, other) for weights in of_children for other in above)

    def _hidden_teams(self, unit: str, name: str) -> Iterator[str]:
        """Give the hidden teams in a unit, through units that are hidden themselves."""
        for child in self.organisation.below.get(unit, ()):
            if child in self.hidden[name]:
                if child in self.organisation.below:
                    yield from self._hidden_teams(child, name)
                else:
                    yield child

    def _weights(self, unit: str, name: str) -> dict[str, float]:
        if not self._may_hide(unit, name):
            return {}
        return {part.name: part.weight for part in self._part(unit, name, 1.0, self.hidden[name]).teams()}


def _alone(part: Part) -> Part:
    """Give a mean of which nothing is told over this one part."""
    return Part("", 0.0, below=(part,), is_mean=True, secret=False)


def _alike(first: Mapping[str, float], other: Mapping[str, float]) -> bool:
    """Whether those in both weigh alike in both, compared with each other."""
    ratios = [other[unit] / weight for unit, weight in first.items() if unit in other]
    return not ratios or max(ratios) - min(ratios) <= _DUST * max(ratios)
