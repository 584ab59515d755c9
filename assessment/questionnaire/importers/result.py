"""What a conversion gives is a valid file, or nothing."""

import json

from assessment.questionnaire.check import examine
from assessment.questionnaire.importers.conversion import Conversion, Loss, Plain, Unconvertible
from assessment.questionnaire.reader import LARGEST_FILE, MOST_NODES
from assessment.questionnaire.writer import written

_TOO_MANY = f"more than {MOST_NODES:,} keys and values"


class Size:
    """Measures the questions while they are made, so that a source of far too many ends soon, with its place."""

    def __init__(self) -> None:
        self._left = 2 * LARGEST_FILE  # as JSON; the file itself is measured in the end
        self._entries_left = MOST_NODES

    def take(self, question: Plain, place: str) -> None:
        """Count a question; raises `Unconvertible` where a file can no longer hold it."""
        self._left -= len(json.dumps(question, ensure_ascii=False).encode("utf-8", "replace"))
        self._entries_left -= entries(question)
        if self._left < 0:
            most = (
                f"the questionnaire is larger than {LARGEST_FILE // 1024} KiB up to here, the most that a file may have"
            )
            raise Unconvertible(Loss(place, most))
        if self._entries_left < 0:
            raise Unconvertible(Loss(place, f"there are {_TOO_MANY} up to here; no questionnaire has as many"))


def entries(data: Plain) -> int:
    """Give how many keys and values data has, as the reader of files counts them."""
    found, waiting = 0, [data]
    while waiting:
        found += 1
        part = waiting.pop()
        if isinstance(part, dict):
            found += len(part)
            waiting += part.values()
        elif isinstance(part, list):
            waiting += part
    return found


def finished(document: dict[str, Plain], losses: list[Loss]) -> Conversion:
    """Give the conversion; raises `Unconvertible` where the document would be no file that can be read again."""
    if entries(document) > MOST_NODES:  # writing them alone would take seconds
        raise Unconvertible(Loss("the file", f"the questionnaire would have {_TOO_MANY}; no questionnaire has as many"))
    content = b"" if _is_far_too_large(document) else written(document)
    if not 0 < len(content) <= LARGEST_FILE:
        sentence = f"the questionnaire would be larger than {LARGEST_FILE // 1024} KiB, the most that a file may have"
        raise Unconvertible(Loss("the file", sentence))
    questionnaire, found = examine(content)
    if questionnaire is None:
        wrong = (finding for finding in found if finding.severity == "error")
        raise Unconvertible(*(Loss("the questionnaire made of it", finding.sentence) for finding in wrong))
    return Conversion(document, tuple(losses))


def _is_far_too_large(document: dict[str, Plain]) -> bool:
    """Whether a document is not even worth writing: lists that many questions share are small until then."""
    size = 0
    for piece in json.JSONEncoder(ensure_ascii=False).iterencode(document):
        size += len(piece)
        if size > 3 * LARGEST_FILE:  # more than the marks of JSON make up for
            return True
    return False
