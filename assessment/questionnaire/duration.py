"""How long a form takes: rough figures, good enough to promise a time on the first page."""

from collections.abc import Iterable
from math import ceil

from assessment.questionnaire.model import AnyQuestion

# Of somebody who reads the statement and the anchors for the first time; who answers again is faster.
_SECONDS = {"rating": 14, "choice": 14, "multiple": 20, "yes-no": 8, "number": 15, "text": 60}


def seconds(question: AnyQuestion) -> int:
    """Give about how many seconds a question takes, with what is asked beside it left out."""
    return _SECONDS[question.type]


def minutes(questions: Iterable[AnyQuestion]) -> int:
    """Give about how many minutes questions take, rounded up."""
    return ceil(sum(map(seconds, questions)) / 60)
