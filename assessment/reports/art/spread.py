"""How the answers spread over the levels behind a mean."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from assessment.questionnaire.model import Rating
from assessment.reports.art.document import Key
from assessment.reports.art.facts import Facts
from assessment.reports.art.marks import key_swatch
from assessment.reports.charts import LikertRow, likert_fills, likert_row
from assessment.reports.words import listed

_WIDTH = 98.0
_HEIGHT = 13.0


@dataclass(frozen=True, slots=True)
class Spread:
    """How answers spread, and of how many questions that is told where not of all."""

    drawing: Markup
    words: str


def spread_of(facts: Facts, name: str) -> Spread | None:
    """Add up the answers to a dimension's questions, as far as they are told; None where they are not, or differ."""
    questions = facts.tree.questions.get(name, (name,))
    found = [facts.score(question) for question in questions]
    counts = [score.distribution for score in found if score is not None and score.distribution is not None]
    if not any(any(levels) for levels in counts) or len({len(levels) for levels in counts}) > 1:
        return None
    pooled = [sum(column) for column in zip(*counts, strict=True)]
    what = "Forms" if facts.agreed else "Answers"
    title = f"{what} on {facts.titles[name]}, lowest level first: {listed([str(count) for count in pooled])}"
    words = "" if len(counts) == len(questions) else f"{len(counts)} of {len(questions)}"
    return Spread(spread_drawing(title, pooled, _WIDTH, _HEIGHT), words)


def level_legend(facts: Facts) -> tuple[Key, ...]:
    """Give the levels with their colours; where scales differ only that they run from low to high."""
    scales = {q.scale for q in facts.questionnaire.questions if isinstance(q, Rating)}
    if len(scales) > 1:
        fills = likert_fills(5)
        return (_key("lowest level", fills[0]), _key("highest level", fills[-1]))
    levels = facts.questionnaire.overall_scale.levels
    fills = likert_fills(len(levels))
    labels = [facts.questionnaire.says(level.label) for level in levels]
    return tuple(_key(label, fill) for label, fill in zip(labels, fills, strict=True))


def spread_drawing(title: str, counts: Sequence[int], width: float, height: float) -> Markup:
    """Draw how answers spread over the levels."""
    return likert_row(LikertRow(title, counts, width=width, height=height))


def levels_apart(facts: Facts, name: str, distance: float) -> float:
    """Give a distance on the scale of a dimension in levels, where its levels are evenly apart."""
    return distance / _gap(facts, name)


def _key(words: str, fill: str) -> Key:
    return Key(words, key_swatch(fill, words))


def _gap(facts: Facts, name: str) -> float:
    values = sorted(facts.tree.levels[facts.tree.questions.get(name, (name,))[0]])
    return (values[-1] - values[0]) / (len(values) - 1)
