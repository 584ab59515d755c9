"""The tree that scores are carried up: the questionnaire's, with `""` (the overall score) on top."""

from collections.abc import Iterator
from dataclasses import dataclass

from assessment.questionnaire.model import Dimension, Questionnaire

OVERALL = ""


@dataclass(frozen=True, slots=True)
class Branch:
    """A child in the tree and the weight of its score in its parent's."""

    name: str
    weight: float


@dataclass(frozen=True, slots=True)
class Outline:
    """What scoring needs of a questionnaire.

    `children` has every inner node, parents first; `levels` the level values of every scored question, in the order
    asked; `questions` the scored questions below every inner node.
    """

    children: dict[str, tuple[Branch, ...]]
    levels: dict[str, tuple[float, ...]]
    questions: dict[str, tuple[str, ...]]

    def names(self) -> Iterator[str]:
        """Give every name, a dimension followed by what is below it."""
        yield from self._below(OVERALL)

    def ends(self, name: str) -> tuple[float, float]:
        """Give the lowest and the highest value a score of this name can have."""
        values = [self.levels[question] for question in self.questions.get(name, (name,))]
        return min(min(levels) for levels in values), max(max(levels) for levels in values)

    def _below(self, name: str) -> Iterator[str]:
        yield name
        for branch in self.children.get(name, ()):
            yield from self._below(branch.name)


def outline(questionnaire: Questionnaire) -> Outline:
    """Give the outline of a questionnaire; dimensions without a scored question are not in it."""
    tops = [node for node in questionnaire.dimensions if _scored(node)]
    children = {OVERALL: tuple(Branch(node.id, node.weight) for node in tops)}
    for node in questionnaire.nodes:
        if _scored(node):
            children[node.id] = _branches(node)
    levels = {
        question.id: questionnaire.scale_of(question).values
        for node in questionnaire.nodes
        for question in node.ratings()
    }
    return Outline(children, levels, {name: tuple(_leaves(name, children)) for name in children})


def _scored(node: Dimension) -> bool:
    return any(below.ratings() for below in node.walk())


def _branches(node: Dimension) -> tuple[Branch, ...]:
    below = tuple(Branch(child.id, child.weight) for child in node.dimensions if _scored(child))
    return below + tuple(Branch(question.id, question.weight) for question in node.ratings())


def _leaves(name: str, children: dict[str, tuple[Branch, ...]]) -> Iterator[str]:
    if name not in children:
        yield name
    for branch in children.get(name, ()):
        yield from _leaves(branch.name, children)
