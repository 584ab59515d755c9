"""The tree that scores are carried up: the questionnaire's, with `""` (the overall score) on top."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from assessment.questionnaire.model import Dimension, Questionnaire

OVERALL = ""

Ends = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Branch:
    """A child in the tree and the weight of its score in its parent's."""

    name: str
    weight: float


@dataclass(frozen=True, slots=True)
class Outline:
    """What scoring needs of a questionnaire.

    `children` has every inner node, parents first; `levels` the scores that every scored question can have, the lowest
    first, in the order asked; `questions` the scored questions below every inner node. `sums` has, under the rule
    `sum-of-levels`, by what the mean of every node that holds questions is multiplied to be their sum.
    """

    children: dict[str, tuple[Branch, ...]]
    levels: dict[str, tuple[float, ...]]
    questions: dict[str, tuple[str, ...]]
    sums: Mapping[str, float] = field(default_factory=dict)

    def names(self) -> Iterator[str]:
        """Give every name, a dimension followed by what is below it."""
        yield from self.tree(OVERALL)

    def above(self) -> dict[str, str]:
        """Give the dimension directly above each name that has one."""
        return {branch.name: name for name, branches in self.children.items() for branch in branches}

    def tree(self, name: str) -> Iterator[str]:
        """Give a name, followed by what is below it."""
        yield name
        for branch in self.children.get(name, ()):
            yield from self.tree(branch.name)

    def ends(self, name: str) -> Ends:
        """Give the lowest and the highest value a score of this name can have; 0 and 1 where nothing is scored.

        Of sums they are those where everything is answered: a score that lacks its smaller parts may lie beyond.
        """
        if name in self.levels:
            return self.levels[name][0], self.levels[name][-1]
        branches = self.children.get(name, ())
        if not branches:
            return 0.0, 1.0
        below = [self.ends(branch.name) for branch in branches]
        if not self.sums:
            return min(low for low, _ in below), max(high for _, high in below)
        total = sum(branch.weight for branch in branches)
        low, high = (
            sum(branch.weight * ends[end] for branch, ends in zip(branches, below, strict=True)) / total
            for end in (0, 1)
        )
        return low * self.sums.get(name, 1.0), high * self.sums.get(name, 1.0)

    def gap(self, name: str) -> float:
        """Give how far two levels are apart on a score of this name, on average; 0 where there is but one level."""
        if name in self.levels:
            values = self.levels[name]
            return (values[-1] - values[0]) / max(len(values) - 1, 1)
        gaps = [gap for branch in self.children.get(name, ()) for gap in self._gaps(branch.name)]
        return self.sums.get(name, 1.0) * sum(gaps) / len(gaps) if gaps else 0.0

    def _gaps(self, name: str) -> Iterator[float]:
        """Give the gap of every question below, on the score of the dimension that holds it."""
        if name in self.levels:
            yield self.gap(name)
        for branch in self.children.get(name, ()):
            for gap in self._gaps(branch.name):
                yield gap * self.sums.get(name, 1.0)


def apart(low: float, high: float) -> Ends:
    """Give ends between which something can be drawn, where all scores there can be are one too."""
    return (low, high) if low < high else (low, low + 1)


def outline(questionnaire: Questionnaire) -> Outline:
    """Give the outline of a questionnaire; dimensions without a scored question are not in it."""
    tops = [node for node in questionnaire.dimensions if _is_scored(node)]
    children = {OVERALL: tuple(Branch(node.id, node.weight) for node in tops)}
    for node in questionnaire.nodes:
        if _is_scored(node):
            children[node.id] = _branches(node)
    levels = {
        question.id: tuple(level.score for level in questionnaire.levels_of(question))
        for question in questionnaire.scored
    }
    questions = {name: tuple(_leaves(name, children)) if children[name] else () for name in children}
    return Outline(children, levels, questions, _sums(questionnaire))


def _sums(questionnaire: Questionnaire) -> dict[str, float]:
    if questionnaire.scoring.rule != "sum-of-levels":
        return {}
    weights = {node.id: sum(question.weight for question in node.scored()) for node in questionnaire.nodes}
    return {name: total for name, total in weights.items() if total}


def _is_scored(node: Dimension) -> bool:
    return any(below.scored() for below in node.walk())


def _branches(node: Dimension) -> tuple[Branch, ...]:
    below = tuple(Branch(child.id, child.weight) for child in node.dimensions if _is_scored(child))
    return below + tuple(Branch(question.id, question.weight) for question in node.scored())


def _leaves(name: str, children: dict[str, tuple[Branch, ...]]) -> Iterator[str]:
    if name not in children:
        yield name
    for branch in children.get(name, ()):
        yield from _leaves(branch.name, children)
