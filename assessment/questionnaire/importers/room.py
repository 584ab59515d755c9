"""How much a questionnaire file has room for, so that a source that asks for more ends soon, in a sentence."""

import json
import re
from typing import Any

from assessment.questionnaire.importers.conditions import NotCarried
from assessment.questionnaire.importers.conversion import Loss, Unconvertible
from assessment.questionnaire.reader import LARGEST_FILE

MOST_QUESTIONS = 2_000
MOST_LOSSES = 1_000
MOST_OF_CONDITIONS = 250_000  # characters of all conditions together: what can be read within a second

# What plain text cannot hold: pictures and the like, and where a link leads.
_PICTURES = re.compile(r"<(?:img|audio|video|iframe|object|embed|svg)\b", re.IGNORECASE)
_LINKS = re.compile(r"<a\s[^<>]*href", re.IGNORECASE)


class Room:
    """Counts questions and their size while they are made."""

    def __init__(self) -> None:
        self.questions = 0
        self._conditions = MOST_OF_CONDITIONS
        self._left = 2 * LARGEST_FILE  # roughly, as JSON; the file that is made of it is measured in the end

    def take(self, question: dict[str, Any], place: str) -> None:
        """Count a question; raises `Unconvertible` where there is no room for it."""
        self.questions += 1
        self._left -= len(json.dumps(question, ensure_ascii=False).encode("utf-8", "replace"))
        if self.questions > MOST_QUESTIONS:
            raise Unconvertible(Loss(place, f"there are more than {MOST_QUESTIONS:,} questions up to here"))
        if self._left < 0:
            sentence = (
                f"the questionnaire is larger than {LARGEST_FILE // 1024} KiB up to here, the most that a file may have"
            )
            raise Unconvertible(Loss(place, sentence))

    def take_condition(self, expression: str) -> None:
        """Count what is to be read of conditions; raises `NotCarried` where it is too much."""
        self._conditions -= len(expression)
        if self._conditions < 0:
            raise NotCarried(f"the conditions are longer than {MOST_OF_CONDITIONS:,} characters together up to here")


class Losses:
    """Collects what is not carried over: the first are told one by one, the others counted."""

    def __init__(self) -> None:
        self._told: list[Loss] = []
        self._more = 0

    def add(self, place: str, sentence: str) -> None:
        """Note a loss."""
        if len(self._told) < MOST_LOSSES:
            self._told.append(Loss(place, sentence))
        else:
            self._more += 1

    def all(self) -> list[Loss]:
        """Give the losses in the order in which they were noted; the last line counts those that are not listed."""
        if not self._more:
            return list(self._told)
        return [*self._told, Loss("the file", f"{self._more:,} more things that are not carried over are not listed")]


def markup_lost(words: str) -> str:
    """Give a sentence about what a text in HTML loses as plain text; empty where it is nothing of weight."""
    if "<" not in words:
        return ""
    found = [
        what
        for what, pattern in (("pictures and media", _PICTURES), ("the addresses of links", _LINKS))
        if pattern.search(words)
    ]
    return f"{' and '.join(found)} in the text are not carried over" if found else ""
