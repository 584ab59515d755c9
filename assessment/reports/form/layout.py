"""Whether a scale's levels can stand side by side: decided once, for paper and for the screen."""

from collections.abc import Sequence

MOST_WITH_ANCHORS = 5
LONGEST_LABEL = 24
LONGEST_ANCHOR = 160

# A row, in letters of a label, where it is at its narrowest: a small laptop. Each level takes some of it for its box.
_ROW = 84
_BOX = 5
_SHORTEST = 4


def abreast(labels: Sequence[str], anchors: Sequence[str]) -> bool:
    """Whether levels can stand side by side: short labels whose words need no break, and not too much below them."""
    if anchors and (len(labels) > MOST_WITH_ANCHORS or max(map(len, anchors)) > LONGEST_ANCHOR):
        return False
    room = max(_ROW // len(labels) - _BOX, _SHORTEST)
    return all(len(label) <= LONGEST_LABEL and _longest_word(label) <= room for label in labels)


def _longest_word(label: str) -> int:
    return max(map(len, label.split()), default=0)
