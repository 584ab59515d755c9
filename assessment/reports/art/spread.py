"""How the answers spread over the levels behind a mean."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from assessment.questionnaire.model import FEWEST_LEVELS, MOST_LEVELS
from assessment.reports.art.document import Key
from assessment.reports.art.facts import Facts
from assessment.reports.art.marks import key_swatch
from assessment.reports.charts import LikertRow, likert_fills, likert_row
from assessment.reports.words import counted, listed

_WIDTH = 98.0
_HEIGHT = 13.0


@dataclass(frozen=True, slots=True)
class Spread:
    """How answers spread, and of how many questions that is told where not of all, or why it is not drawn."""

    drawing: Markup | None
    words: str


def spread_of(facts: Facts, name: str) -> Spread | None:
    """Add up the answers to a dimension's questions, as far as they are told; None where they are not.

    Without a drawing where the questions have different numbers of levels, or more than colours can tell apart.
    """
    questions = facts.tree.questions.get(name, (name,))
    found = [facts.score(question) for question in questions]
    counts = [score.distribution for score in found if score is not None and score.distribution is not None]
    if not any(any(levels) for levels in counts):
        return None
    if len({len(levels) for levels in counts}) > 1:
        return Spread(None, "scales differ")
    if not is_drawable_spread(counts[0]):
        return Spread(None, counted(len(counts[0]), "level"))
    pooled = [sum(column) for column in zip(*counts, strict=True)]
    what = "Forms" if facts.agreed else "Answers"
    title = f"{what} on {facts.titles[name]}, lowest level first: {listed([str(count) for count in pooled])}"
    words = "" if len(counts) == len(questions) else f"{len(counts)} of {len(questions)}"
    return Spread(spread_drawing(title, pooled, _WIDTH, _HEIGHT), words)


def level_legend(facts: Facts) -> tuple[Key, ...]:
    """Give the levels with their colours; where questions have others each, only that they run from low to high."""
    questionnaire = facts.questionnaire
    levels = [facts.questionnaire.labels_of(question) for question in questionnaire.scored]
    if not levels or len(set(levels)) > 1 or not is_drawable_spread(levels[0]):
        fills = likert_fills(5)
        return (_key("lowest level", fills[0]), _key("highest level", fills[-1]))
    return tuple(_key(label, fill) for label, fill in zip(levels[0], likert_fills(len(levels[0])), strict=True))


def is_drawable_spread(levels: Sequence[object]) -> bool:
    """Whether there are colours for as many levels."""
    return FEWEST_LEVELS <= len(levels) <= MOST_LEVELS


def spread_drawing(title: str, counts: Sequence[int], width: float, height: float) -> Markup:
    """Draw how answers spread over the levels."""
    return likert_row(LikertRow(title, counts, width=width, height=height))


def levels_apart(facts: Facts, name: str, distance: float) -> float:
    """Give a distance on the scale of a dimension's questions in levels, where their levels are evenly apart."""
    gap = facts.gap(name)
    return distance / gap if gap else 0.0


def _key(words: str, fill: str) -> Key:
    return Key(words, key_swatch(fill, words))
