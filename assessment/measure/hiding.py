"""Which scores are hidden: those of few people, and those from which these could be worked out or narrowed down.

A score with fewer answers than the threshold is hidden. Since a score is a mean of the scores below it, over the
questionnaire and over the organisation, a hidden one could be worked out by subtraction; so more is hidden, until
nothing changes any more:

1. What is below a hidden score is hidden, and where one child is hidden, all its siblings are. A score with a single
   child that has one is the same figure, and hidden with it.
2. What is hidden directly below a unit holds, besides any one (whose own page its members have read), two others and
   as many answers as the threshold. Else more of them are hidden, those with the fewest answers first; where all of
   them would not do, the unit's own score is.
3. A unit tells the scores of a dimension's children only where the hidden teams in it have even shares in them. Say
   three teams are hidden and one of them left a question out: the unit's dimension, a mean over three teams, and the
   unit's two questions, of three teams and of two, no longer say the same thing twice, and their difference is that
   team's.
4. Of a hidden unit above teams half is hidden below it. Else more is, in the same order.
5. What a shown mean leaves of a hidden score below it, to whoever knows one team's own page, is at least a quarter of
   the scale. Else more is hidden as under 2: an ART's mean of 4.9 says that every team is near 5.

`narrowing` has the arithmetic of 5, docs/scoring.md the argument, `audit` looks for exceptions. Counts of people decide
what is hidden and, under 5 alone, what was answered; where more answers came over a shared link than people were
asked, those asked are counted.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from assessment.measure.narrowing import (
    LEFT,
    Bundle,
    Part,
    between,
    leaves_enough,
    leaves_enough_beside,
    leaves_enough_of_parts,
    left_beside,
)
from assessment.measure.organisation import Organisation
from assessment.measure.outline import Branch, Ends, Outline
from assessment.measure.score import Score
from assessment.measure.scoring import Scores, mean_of

OTHERS = 2
INSIDE = 0.35  # the share of a hidden unit that is hidden below it

Cell = tuple[str, str]  # a unit's code and the name of a dimension or question

_DUST = 1e-9


def hidden_cells(
    outline: Outline, organisation: Organisation, scores: Mapping[str, Scores], threshold: int
) -> set[Cell]:
    """Give what is not shown: below the threshold, or needed to keep that from being worked out.

    Where nothing is scored there is nothing to hide: counts of people are no secret.
    """
    if not outline.levels:
        return set()
    search = _Search(outline, organisation, scores, threshold)
    search.run()
    return {(unit, name) for name, units in search.hidden.items() for unit in units}


def is_enough(together: Sequence[Score], answers_needed: int) -> bool:
    """Whether those held back together protect each other even from whoever knows one of them."""
    return _is_enough([score.people for score in together], answers_needed)


def _is_enough(answers: Sequence[int], needed: int) -> bool:
    return len(answers) > OTHERS and sum(answers) - max(answers) >= needed


@dataclass(slots=True)
class _Search:
    """The rules at work; `hidden` has, for each name, the units whose score of it is hidden so far."""

    outline: Outline
    organisation: Organisation
    scores: Mapping[str, Scores]
    threshold: int
    hidden: dict[str, set[str]] = field(default_factory=dict)
    ends: dict[str, Ends] = field(default_factory=dict)
    above: dict[str, str] = field(default_factory=dict)
    rooms: dict[Cell, float] = field(default_factory=dict)

    def run(self) -> None:
        """Hide until nothing changes any more."""
        self.above = {branch.name: name for name, below in self.outline.children.items() for branch in below}
        self.ends = {name: self.outline.ends(name) for name in self.outline.names()}
        self.hidden = {
            name: {unit for unit, of_unit in self.scores.items() if 0 < of_unit[name].people < self.threshold}
            for name in self.outline.names()
        }
        upwards, before = self.organisation.upwards(), 0
        while (count := sum(map(len, self.hidden.values()))) > before:
            before = count
            for unit in sorted(set().union(*self.hidden.values())):
                self._over_questionnaire(unit)
            for name, units in self.hidden.items():
                if units:
                    self._over_organisation(name, upwards)
            for unit in upwards:
                self._with_uneven_shares(unit)

    def _over_questionnaire(self, unit: str) -> None:
        scores = self.scores[unit]
        for name, branches in self.outline.children.items():
            below = [branch.name for branch in branches if scores[branch.name].n and self._may_hide(unit, branch.name)]
            if unit not in self.hidden[name] and not any(unit in self.hidden[child] for child in below):
                continue
            for child in below:
                self.hidden[child].add(unit)
            valued = [branch for branch in branches if scores[branch.name].value is not None]
            if unit in self.hidden[name] or not self._may_hide(unit, name):
                continue
            if len(valued) == 1 or not self._leaves_enough(unit, valued):
                self.hidden[name].add(unit)

    def _leaves_enough(self, unit: str, branches: Sequence[Branch]) -> bool:
        if unit in self.organisation.below:
            return leaves_enough_beside(self._hidden_children(unit, branches))
        return leaves_enough_of_parts(self._own_parts(unit, branches))

    def _hidden_children(self, unit: str, branches: Iterable[Branch]) -> list[Bundle]:
        """Give what is hidden below a dimension of a unit above: of each child the teams behind it."""
        hidden = [branch for branch in branches if unit in self.hidden[branch.name]]
        return [self._bundle(unit, branch.name, branch.weight, self.hidden[branch.name]) for branch in hidden]

    def _own_parts(self, team: str, branches: Iterable[Branch]) -> list[Part]:
        """Give what is hidden below a team's dimension: all its children, where one is."""
        return [
            Part(branch.name, branch.weight, score.value, ends := self._ends(team, branch.name), ends[1] - ends[0])
            for branch in branches
            if (score := self.scores[team][branch.name]).value is not None
        ]

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

    def _part(self, team: str, name: str, weight: float) -> Part:
        """Give a hidden team as a part; its own dimension, where that is shown, tells already where it lies."""
        score, ends = self.scores[team][name], self._ends(team, name)
        scale = ends[1] - ends[0]
        above = self.above.get(name)
        if above is not None and team not in self.hidden[above]:
            own = self._own_parts(team, self.outline.children[above])
            # Without a score of the dimension it is as if that were shown: those of teams hidden with this one tell it.
            # Where it says too much of its children it is going to be hidden.
            if len(own) > 1 and (self.scores[team][above].value is None or leaves_enough_of_parts(own)):
                ends = between(own, name)
        return Part(team, weight, score.value or 0.0, ends, scale, score.people)

    def _may_hide(self, unit: str, name: str) -> bool:
        """Whether hiding it is of use: above units all of which are shown a score is no secret."""
        below = self.organisation.below.get(unit)
        return below is None or not self.hidden[name].isdisjoint(below)

    def _over_organisation(self, name: str, upwards: Sequence[str]) -> None:
        hidden = self.hidden[name]
        for unit in upwards:
            if self.scores[unit][name].value is None or not self._may_hide(unit, name):
                continue
            if unit not in hidden and not self._holds(unit, name, hidden):
                more = self._more(unit, name)
                hidden |= {unit} if more is None else more
            if unit in hidden:
                self._fill(unit, name, hidden)

    def _more(self, unit: str, name: str) -> set[str] | None:
        """Give what is hidden below a unit for its own score to stay; None where all of it would not do."""
        trial = set(self.hidden[name])
        if not self._holds(unit, name, trial | set(self._tree(unit)) - {unit}):
            return None
        for child in self._in_order(unit, name, trial):
            trial.add(child)
            self._fill(child, name, trial)
            if self._holds(unit, name, trial):
                return trial
        return None

    def _tree(self, unit: str) -> Iterator[str]:
        yield unit
        for child in self.organisation.below.get(unit, ()):
            yield from self._tree(child)

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

    def _fill(self, unit: str, name: str, hidden: set[str]) -> None:
        """Hide more below a hidden unit until it cannot be told from what is shown there."""
        if unit not in self.organisation.below:
            return
        bundle = self._bundle(unit, name, 1.0, hidden)
        while not bundle.whole and not self._is_filled(unit, name, hidden):
            hidden.add(self._next(unit, name, hidden))
            bundle = self._bundle(unit, name, 1.0, hidden)

    def _is_filled(self, unit: str, name: str, hidden: set[str]) -> bool:
        return self._left(unit, name, hidden) >= INSIDE * self._room(unit, name) - _DUST

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

    def _left(self, unit: str, name: str, hidden: set[str]) -> float:
        """Give how much of its scale is left to a hidden score by what is shown in it, and beside it in its units."""
        if unit not in self.organisation.below:
            part = self._part(unit, name, 1.0)
            return part.room
        valued = self._valued(unit, name)
        total = sum(weight for _, weight in valued)
        left = sum(self._left(child, name, hidden) * weight / total for child, weight in valued if child in hidden)
        above = self.above.get(name)
        if above is None or unit in self.hidden[above] or self.scores[unit][above].value is None:
            return left
        beside = [branch for branch in self.outline.children[above] if branch.name != name]
        weight = self._weight(above, name)
        own = self._bundle(unit, name, weight, hidden)
        return min(left, left_beside([own, *self._hidden_children(unit, beside)], own) / weight)

    def _weight(self, above: str, name: str) -> float:
        return next(branch.weight for branch in self.outline.children[above] if branch.name == name)

    def _next(self, unit: str, name: str, hidden: set[str]) -> str:
        """Give the next to be hidden below a hidden unit: in the units that are hidden already, then beside them."""
        valued = [child for child, _ in self._valued(unit, name)]
        for child in valued:
            if child in hidden and child in self.organisation.below:
                bundle = self._bundle(child, name, 1.0, hidden)
                if not bundle.whole:
                    return self._next(child, name, hidden)
        return self._in_order(unit, name, hidden)[0]

    def _bundle(self, unit: str, name: str, weight: float, hidden: set[str]) -> Bundle:
        """Give what is hidden in a unit: its teams, through units that are hidden themselves."""
        valued = self._valued(unit, name)
        total = sum(of_child for _, of_child in valued)
        parts: list[Part] = []
        inner: list[Bundle] = []
        whole = True
        for child, of_child in valued:
            share = weight * of_child / total
            if child not in hidden:
                whole = False
            elif child in self.organisation.below:
                inner.append(self._bundle(child, name, share, hidden))
                parts += inner[-1].parts
                whole = whole and inner[-1].whole
            else:
                parts.append(self._part(child, name, share))
        return Bundle(weight * self._room(unit, name), tuple(parts), tuple(inner), whole)

    def _holds(self, unit: str, name: str, hidden: set[str]) -> bool:
        """Whether what is hidden directly below a shown unit protects each other."""
        bundle = self._bundle(unit, name, 1.0, hidden)
        inner = {part.name for below in bundle.inner for part in below.parts}
        answers = [sum(part.people for part in below.parts) for below in bundle.inner]
        answers += [part.people for part in bundle.parts if part.name not in inner]
        return not answers or (_is_enough(answers, self.threshold) and leaves_enough(bundle))

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
                    self.hidden[child].add(unit)
            if self._may_hide(unit, name) and any(self._is_nearly_told(unit, name, child) for child in hidden):
                self.hidden[name].add(unit)

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
        inside = [one for one in self._tree(unit) if one in self.organisation.below and one not in self.hidden[name]]
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
        return {part.name: part.weight for part in self._bundle(unit, name, 1.0, self.hidden[name]).parts}


def _alike(first: Mapping[str, float], other: Mapping[str, float]) -> bool:
    """Whether those in both weigh alike in both, compared with each other."""
    ratios = [other[unit] / weight for unit, weight in first.items() if unit in other]
    return not ratios or max(ratios) - min(ratios) <= _DUST * max(ratios)
