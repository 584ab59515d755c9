"""What a conversion gives is a valid file, or nothing."""

import json

from assessment.questionnaire.check import examine
from assessment.questionnaire.importers.conversion import Conversion, Loss, Plain, Unconvertible
from assessment.questionnaire.reader import LARGEST_FILE
from assessment.questionnaire.writer import written


def finished(document: dict[str, Plain], losses: list[Loss]) -> Conversion:
    """Give the conversion; raises `Unconvertible` where the document would be no file that can be read again."""
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
