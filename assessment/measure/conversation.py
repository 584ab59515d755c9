"""What a team may begin its conversation with: where it is strong, where it is of two minds, what to talk about."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assessment.measure.outline import Outline
from assessment.measure.score import Score

STRENGTHS, TOPICS = 3, 2
WIDE = 1.0  # levels that people differ by, on average, from which on it is worth a word
_DUST = 1e-9


@dataclass(frozen=True, slots=True)
class Conversation:
    """Questions by their ids: the strongest, those with two camps (the most divided first), those to talk about."""

    strengths: tuple[str, ...]
    splits: tuple[str, ...]
    topics: tuple[str, ...]


def conversation(outline: Outline, scores: Mapping[str, Score]) -> Conversation:
    """Give what to begin with, from a team's scores of its questions.

    Talked about is first what divides the team, by van der Eijk's A; then what people differ most on; then what is
    lowest. Of two alike the one that is asked first comes first. A question near the top of its scale that nobody is
    divided about is no topic while there is another.
    """
    asked = [name for name in outline.levels if scores[name].value is not None]
    splits = sorted((name for name in asked if scores[name].split), key=lambda name: scores[name].agreement or 0.0)
    united = [name for name in asked if not scores[name].split]
    strengths = sorted(united, key=lambda name: -_height(outline, scores[name]))[:STRENGTHS]
    wide = sorted((name for name in united if _apart(outline, scores[name]) >= WIDE - _DUST),
                  key=lambda name: -_apart(outline, scores[name]))  # fmt: skip
    low = sorted((name for name in united if name not in strengths), key=lambda name: _height(outline, scores[name]))
    return Conversation(tuple(strengths), tuple(splits), _first([*splits, *wide, *low], TOPICS))


def _first(names: Sequence[str], number: int) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))[:number]


def _height(outline: Outline, score: Score) -> float:
    """Give where on its scale a score lies, from 0 to 1: scales may differ."""
    low, high = outline.ends(score.dimension)
    return round(((score.value or 0.0) - low) / (high - low), 9) if high > low else 0.0


def _apart(outline: Outline, score: Score) -> float:
    """Give how many levels people differ by from their mean; 0 where that is not told."""
    gap = outline.gap(score.dimension)
    return (score.ad or 0.0) / gap if gap else 0.0
