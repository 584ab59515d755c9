"""The rule about statements that are nearly the same."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from assessment.questionnaire.model import AnyQuestion, Questionnaire, is_scored
from assessment.questionnaire.rules.places import Remark, questions

ALIKE = 0.9

_WORD = re.compile(r"[^\W_]+")
_COMMON = 40  # a word that more statements have tells little about two of them; the fewer there are, the more it tells
_MOST_SHARED = 2_000_000  # words that statements are looked up by
_MOST_CANDIDATES = 4  # of those that share most words
_LONG = 300  # characters; longer statements are compared by their words, which takes time in proportion to them
_MOST_WORK = 2_000_000  # in pairs of characters or words; a file of ordinary statements takes a tenth of it


def look_alike_text(questionnaire: Questionnaire) -> Iterator[Remark]:
    """Two statements that are nearly the same ask one thing twice, or differ in what is easily overlooked."""
    rated = [(path, question) for path, question in questions(questionnaire) if is_scored(question)]
    statements = [_plain(questionnaire.says(question.text)) for _, question in rated]
    likeness = _Likeness(statements)
    for place, (path, question) in enumerate(rated):
        for other in likeness.earlier(place):
            if _asked_of_one(question, rated[other][1]):
                sentence = f"`{question.id}` says nearly the same as `{rated[other][1].id}`"
                yield Remark((*path, "text"), sentence, question.id)
                break


class _Likeness:
    """Finds the statements before one that are nearly the same; each is to be asked for in turn."""

    def __init__(self, statements: Sequence[str]) -> None:
        self._statements = statements
        self._words = [frozenset(statement.split()) for statement in statements]
        self._frequent = Counter(word for words in self._words for word in words)
        self._common = max(_COMMON, _MOST_SHARED // max(1, sum(self._frequent.values())))
        self._having: defaultdict[str, list[int]] = defaultdict(list)
        self._same: dict[str, int] = {}
        self._work_left = _MOST_WORK

    def earlier(self, place: int) -> Iterator[int]:
        """Give the places of earlier statements nearly the same as this one."""
        statement = self._statements[place]
        if statement in self._same:
            yield self._same[statement]
            return
        telling = [word for word in self._words[place] if self._frequent[word] <= self._common]
        shared = Counter(other for word in telling for other in self._having[word])
        self._same[statement] = place
        for word in telling:
            self._having[word].append(place)
        for other, _ in shared.most_common(_MOST_CANDIDATES):
            if self._alike(statement, self._statements[other]):
                yield other

    def _alike(self, one: str, other: str) -> bool:
        longer, shorter = max(len(one), len(other)), min(len(one), len(other))
        if 2 * shorter < ALIKE * (longer + shorter):
            return False
        by_words = longer > _LONG
        left, right = (one.split(), other.split()) if by_words else (list(one), list(other))
        self._work_left -= len(left) * len(right) // (10 if by_words else 1)
        if self._work_left < 0:
            return False
        matcher = SequenceMatcher(None, left, right, autojunk=False)
        return matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE


def _plain(statement: str) -> str:
    """Give a statement's words alone, in small letters."""
    return " ".join(_WORD.findall(statement.lower()))


def _asked_of_one(question: AnyQuestion, other: AnyQuestion) -> bool:
    """Whether one person can be asked both."""
    return not question.roles or not other.roles or bool(set(question.roles) & set(other.roles))
