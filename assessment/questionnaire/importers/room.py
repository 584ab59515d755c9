"""How much a questionnaire file has room for, so that a source that asks for more ends soon, in a sentence."""

import json
from typing import Any

from assessment.questionnaire.importers.conversion import Loss, Unconvertible
from assessment.questionnaire.reader import LARGEST_FILE

MOST_QUESTIONS = 2_000


class Room:
    """Counts questions and their size while they are made."""

    def __init__(self) -> None:
        self.questions = 0
        self._left = 2 * LARGEST_FILE  # roughly, as JSON; the file that is made of it is measured in the end

    def take(self, question: dict[str, Any], place: str) -> None:
        """Count a question; raises `Unconvertible` where there is no room for it."""
        self.questions += 1
        self._left -= len(json.dumps(question))
        if self.questions > MOST_QUESTIONS:
            raise Unconvertible(Loss(place, f"there are more than {MOST_QUESTIONS:,} questions up to here"))
        if self._left < 0:
            sentence = (
                f"the questionnaire is larger than {LARGEST_FILE // 1024} KiB up to here, the most that a file may have"
            )
            raise Unconvertible(Loss(place, sentence))
