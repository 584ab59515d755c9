"""One question of LimeSurvey becomes one question, an array one for each of its subquestions."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from assessment.questionnaire.finding import shown
from assessment.questionnaire.importers.conditions import as_key
from assessment.questionnaire.importers.limesurvey_rows import Item, Row
from assessment.questionnaire.importers.naming import Ids
from assessment.questionnaire.importers.room import markup_lost
from assessment.questionnaire.importers.scale_names import Scales
from assessment.questionnaire.importers.wording import Text, cut, in_languages, joined, plain, yes_or_no
from assessment.questionnaire.model import LONGEST_TEXT, MOST_LEVELS
from assessment.questionnaire.model.questions import MOST_OPTIONS

Plain = dict[str, Any]

_MOST = 1e6
_POINTS = {"5": 5, "A": 5, "B": 10}
_OWN_WORDS: Mapping[str, Mapping[str, Mapping[str, str]]] = {
    "C": {
        "Y": {"en": "Yes", "de": "Ja"},
        "U": {"en": "Uncertain", "de": "Unsicher"},
        "N": {"en": "No", "de": "Nein"},
    },
    "E": {
        "I": {"en": "Increase", "de": "Zunahme"},
        "S": {"en": "Same", "de": "Gleich"},
        "D": {"en": "Decrease", "de": "Abnahme"},
    },
}
_REFUSED = {
    "1": "an array with two scales",
    ":": "an array of numbers",
    ";": "an array of texts",
    "D": "a date",
    "G": "gender",
    "I": "a choice of the language",
    "R": "ranking",
    "*": "an equation",
    "|": "an upload of files",
}
_LONGER = f"the text is longer than {LONGEST_TEXT} characters"
_ARRAYS = frozenset("ABCEFHKQ")
_WITH_ANSWERS = frozenset("L!OFH")
_WORKED_OUT = re.compile(r"\{[^{}\s][^{}]*\}")
_PARTS = {"SQ": "subquestions", "A": "answers"}
_KINDS = {"N": "number", "K": "number", "S": "text", "T": "text", "U": "text", "Q": "text"}


class LeftOut(Exception):  # noqa: N818 - it is no fault: the sentence tells why there is no such question here
    """A question that cannot be asked here; the message is a clause."""


@dataclass(slots=True)
class Made:
    """A question, the name expressions have for it, its subquestion if it is of one, its answers by their codes."""

    question: Plain
    name: str
    part: Item | None = None
    answers: dict[str, str | float] = field(default_factory=dict)


class Questions:
    """Makes questions of items; losses are told to `lose`, by item."""

    def __init__(
        self, languages: list[str], ids: Ids, scales: Scales, lose: Callable[[Item | Row, str], None], *, scored: bool
    ) -> None:
        self._languages = languages
        self._ids = ids
        self._scales = scales
        self._lose = lose
        self._scored = scored

    def of(self, item: Item) -> list[Made]:
        """Give an item's questions; raises `LeftOut` where it is of another kind, or lacks what it needs."""
        kind = item.row["type/scale"]
        if kind in _REFUSED:
            raise LeftOut(f"{_REFUSED[kind]} (type {shown(kind)}) cannot be asked here")
        if item.row["hidden"] == "1":
            raise LeftOut("it is hidden")
        if kind in {"M", "P"}:
            return [self._multiple(item)]
        if kind in _ARRAYS:
            return self._array(item)
        answered, answers = self._answered(item)
        return [Made(self._base(item, item.code) | answered, item.code, None, answers)]

    def text(self, item: Item, column: str) -> Text:
        """Give the text in a column, in all languages."""
        return self.words(item, {language: (row, row[column]) for language, row in item.by_language.items()})

    def words(self, place: Item | Row, by_language: Mapping[str, tuple[Row, str]]) -> Text:
        """Give a text of the words in each language; what they lose is told by their rows."""
        found = {}
        for language, (row, raw) in by_language.items():
            found[language] = plain(raw)
            if worked_out := _WORKED_OUT.search(found[language]):
                self._lose(row, f"{shown(worked_out[0])} is worked out there; here it is shown as it stands")
            if sentence := markup_lost(raw):
                self._lose(row, sentence)
        text, longer = cut(in_languages(found, self._languages))
        if longer:
            self._lose(place, f"{_LONGER}; its end is cut off")
        return text

    def takes(self, item: Item, part: Item) -> str:
        """Give why a subquestion or answer has no place under a question; empty where it has one."""
        kind, class_ = item.row["type/scale"], part.row["class"]
        if kind not in (_ARRAYS | {"M", "P"} if class_ == "SQ" else _WITH_ANSWERS):
            return f"{shown(part.code)} is not carried over: a question of type {shown(kind)} has no {_PARTS[class_]}"
        if (part.row["type/scale"] or "0") != "0":
            return f"{shown(part.code)} is of a second scale, which is not carried over"
        return ""

    def _base(self, item: Item, code: str) -> Plain:
        made: Plain = {"id": self._ids.give(code, "question"), "type": "", "text": self.text(item, "text") or code}
        if not made["text"]:
            raise LeftOut("it has neither a text nor a code")
        if words := self.text(item, "help"):
            made["help"] = words
        if item.row["mandatory"] == "Y":
            made["required"] = True
        return made

    def _answered(self, item: Item) -> tuple[Plain, dict[str, str | float]]:
        """Give what a question, or each row of an array, is answered with, and the answers by their codes."""
        kind = item.row["type/scale"]
        if kind in _KINDS:
            return {"type": _KINDS[kind]} | (self._bounds(item) if _KINDS[kind] == "number" else {}), {}
        if kind in _POINTS:
            levels: list[tuple[float, Text]] = [(value, str(value)) for value in range(1, _POINTS[kind] + 1)]
            return self._rating(levels)
        if kind == "Y":
            return {"type": "yes-no"}, {"Y": "yes", "N": "no"}
        if kind in _OWN_WORDS:
            return self._own_words(item, kind)
        if kind in {"L", "!", "O", "F", "H"}:
            made, answers = self._choice(item)
            return made | ({"evidence": {"comment": True}} if kind == "O" else {}), answers
        raise LeftOut(f"there is no type {shown(kind)} in LimeSurvey that is known here")

    def _own_words(self, item: Item, kind: str) -> tuple[Plain, dict[str, str | float]]:
        options = _OWN_WORDS[kind]
        unknown = [language for language in self._languages if language[:2] not in {"en", "de"}]
        if unknown:
            self._lose(item, f"LimeSurvey's own words for the answers are not known in {', '.join(unknown)}")
        made = []
        for code, words in options.items():
            known = {language: words[language[:2]] for language in self._languages if language[:2] in words}
            made.append(
                {"id": code, "label": in_languages(known or {"en": words["en"]}, self._languages) or words["en"]}
            )
        return {"type": "choice", "options": made}, {as_key(code): code for code in options}

    def _choice(self, item: Item) -> tuple[Plain, dict[str, str | float]]:
        found = item.of_class("A")
        if not 2 <= len(found) <= MOST_OPTIONS:  # noqa: PLR2004 - fewer are no choice
            raise LeftOut(f"a question has 2 to {MOST_OPTIONS} answers; this one has {len(found)}")
        labels = [self.text(one, "text") or one.code or "–" for one in found]
        values = [_as_number(one.row["relevance"]) for one in found] if self._scored else []
        scores = [value for value in values if value is not None]
        if scores and len(scores) < len(found):
            self._lose(item, "the values of its answers are not carried over, for not every answer has one")
        words = [yes_or_no(label) for label in labels]
        if sorted(words) == ["no", "yes"]:
            made: Plain = {"type": "yes-no"}
            if scores and len(scores) == len(found):
                made["scores"] = {word: scores[words.index(word)] for word in ("yes", "no")}
            return made, {as_key(one.code): word for one, word in zip(found, words, strict=True)}
        numbers = [number for number in (_as_number(one.code) for one in found) if number is not None]
        if not self._scored and len(set(numbers)) == len(found) <= MOST_LEVELS and item.row["type/scale"] in {"F", "H"}:
            return self._rating(sorted(zip(numbers, labels, strict=True), key=lambda level: level[0]))
        ids = Ids()
        options: list[Plain] = [
            {"id": ids.give(one.code, "answer"), "label": label} for one, label in zip(found, labels, strict=True)
        ]
        if scores and len(scores) == len(found):
            options = [option | {"score": score} for option, score in zip(options, scores, strict=True)]
        answers = {as_key(one.code): option["id"] for one, option in zip(found, options, strict=True)}
        return {"type": "choice", "options": options}, answers

    def _rating(self, levels: list[tuple[float, Text]]) -> tuple[Plain, dict[str, str | float]]:
        return {"type": "rating", "scale": self._scales.named(levels)}, {as_key(value): value for value, _ in levels}

    def _multiple(self, item: Item) -> Made:
        found = []
        for one in item.of_class("SQ"):
            if one.row["relevance"] in {"", "1"}:
                found.append(one)
            else:
                self._lose(one, f"the option {shown(one.code)} is left out with its condition")
        if not 1 <= len(found) <= MOST_OPTIONS:
            raise LeftOut(f"a question has 1 to {MOST_OPTIONS} options; this one has {len(found)}")
        if item.row["type/scale"] == "P":
            self._lose(item, "the comments on its options are not carried over")
        ids = Ids()
        options: list[Plain] = [
            {"id": ids.give(one.code, "option"), "label": self.text(one, "text") or one.code or "–"} for one in found
        ]
        answers = {as_key(one.code): option["id"] for one, option in zip(found, options, strict=True)}
        base = self._base(item, item.code) | {"type": "multiple", "options": options}
        for column, key in (("min_answers", "at-least"), ("max_answers", "at-most")):
            number = _as_number(item.row[column])
            if number is not None and float(number).is_integer() and 0 < number <= len(found):
                base[key] = int(number)
            elif item.row[column] not in {"", "0"}:
                self._lose(item, f"`{column}` is no number of its {len(found)} options, so it bounds no answer")
        if base.get("at-least", 0) > base.get("at-most", len(found)):
            raise LeftOut("its `min_answers` is over its `max_answers`")
        return Made(base, item.code, None, dict(answers))

    def _array(self, item: Item) -> list[Made]:
        parts = item.of_class("SQ")
        if not parts:
            raise LeftOut("it has no subquestions")
        answered, answers = self._answered(item)
        base = self._base(item, item.code)
        found: list[Made] = []
        for part in parts:
            words, longer = cut(joined(base["text"], self.text(part, "text") or part.code, " – "))
            if longer:
                self._lose(part, f"{_LONGER} with that of its question; its end is cut off")
            code = self._ids.give(f"{base['id']}-{part.code}", "question")
            question = base | answered | {"id": code, "text": words}
            found.append(Made(question, f"{item.code}_{part.code}", part, dict(answers)))
        return found

    def _bounds(self, item: Item) -> Plain:
        made: Plain = {}
        for column, key in (("min_num_value_n", "minimum"), ("max_num_value_n", "maximum")):
            number = _as_number(item.row[column])
            if number is not None:
                made[key] = number
            elif item.row[column]:
                self._lose(item, f"{shown(item.row[column])} is no number, so it bounds no answer")
        if item.row["num_value_int_only"] == "1":
            made["whole"] = True
        if made.get("minimum", -_MOST) > made.get("maximum", _MOST):
            raise LeftOut("its smallest value is over its largest")
        return made


def _as_number(words: str) -> float | None:
    try:
        number = float(words)
    except ValueError:
        return None
    if not abs(number) <= _MOST:
        return None
    return int(number) if number.is_integer() else number
