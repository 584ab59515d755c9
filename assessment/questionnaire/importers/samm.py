"""OWASP SAMM's model folder becomes a questionnaire: functions, practices and streams, scored by SAMM's own rule.

SAMM's rule: a stream scores the sum of its answers over the maturity levels, a practice the mean of its streams, a
function the mean of its practices. The levels of an answer set are the levels of a scale, with SAMM's own values.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from assessment.questionnaire.finding import shown
from assessment.questionnaire.importers.conversion import Conversion, Loss
from assessment.questionnaire.importers.naming import Ids, as_id
from assessment.questionnaire.importers.result import finished
from assessment.questionnaire.importers.room import Losses
from assessment.questionnaire.importers.samm_files import Entry, Model, read_model
from assessment.questionnaire.importers.wording import cut
from assessment.questionnaire.model import FEWEST_LEVELS, LONGEST_TEXT, MOST_LEVELS, MOST_SCALES

Plain = dict[str, Any]

_VERSION = re.compile(r"\d+(?:\.\d+){1,3}")
_NOTE = "Converted from the OWASP SAMM model, which is licensed under CC BY-SA 4.0."

_MOST = 1e6

# What is read of each kind of file; every other key that says something is told.
_READ = {
    "Function": {"name", "shortName", "order", "description"},
    "Practice": {"name", "shortName", "order", "shortDescription", "function"},
    "Stream": {"name", "letter", "order", "description", "practice"},
    "MaturityLevel": {"number"},
    "PracticeLevel": {"practice", "maturityLevel"},
    "Activity": {"title", "shortDescription", "stream", "level"},
    "AnswerSet": {"values"},
    "Question": {"text", "order", "quality", "activity", "answerSet"},
}
_READ_OF_ALL = {"id", "type"}
_READ_OF_ANSWERS = {"text", "value", "order", "weight"}


def from_samm(folder: Path) -> Conversion:
    """Give the questionnaire of an OWASP SAMM model folder.

    Raises `Unconvertible` where a file cannot be read, a reference leads nowhere, or nothing is asked; places are file
    and line, counted from 1.
    """
    model = read_model(folder)
    _check_levels(model)
    made = _Making(model)
    dimensions = made.functions()
    model.faults.end()
    document = {
        "format": 1,
        "id": "owasp-samm",
        "version": _version(folder),
        "title": "OWASP SAMM",
        "languages": ["en"],
        "note": _NOTE,
        "scales": dict(sorted(made.scales.items())),
        "scoring": {"rule": "sum-of-levels", "minimum-answered": 0.5},
        "dimensions": dimensions,
    }
    return finished(document, [*model.others, *made.losses, *_left_out(model)])


def _version(folder: Path) -> str:
    """Give the version that the folder's name, or the name of the one it lies in, holds."""
    for name in (folder.absolute().name, folder.absolute().parent.name):
        if found := _VERSION.search(name):
            return found[0]
    return "1"


class _Making:
    """Makes the tree from the top; what holds no question is left out and told."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._ids = Ids()
        self._names: dict[tuple[tuple[float, str], ...], str] = {}
        self._scale_ids = Ids()
        self.scales: dict[str, Plain] = {}
        self.losses: list[Loss] = []

    def functions(self) -> list[Plain]:
        """Give the dimensions at the top: SAMM's business functions."""
        made = []
        for function in _in_order(self._model.all("Function")):
            letter = function.words("shortName") or function.needed("name")[0]
            code = self._ids.give(letter, "F")
            made.append(
                self._dimension(code, function, "description")
                | {"dimensions": self._practices(self._model.below("Practice", "function", function), code)}
            )
        return self._kept(made, "dimensions")

    def _practices(self, practices: Sequence[Entry], above: str) -> list[Plain]:
        made = []
        for practice in _in_order(practices):
            code = self._ids.give(f"{above}-{practice.needed('shortName')}", f"{above}-practice")
            made.append(
                self._dimension(code, practice, "shortDescription")
                | {"dimensions": self._streams(self._model.below("Stream", "practice", practice), code)}
            )
        return self._kept(made, "dimensions")

    def _streams(self, streams: Sequence[Entry], above: str) -> list[Plain]:
        made = []
        for stream in _in_order(streams):
            code = self._ids.give(f"{above}-{stream.needed('letter')}", f"{above}-stream")
            made.append(
                self._dimension(code, stream, "description")
                | {"questions": self._questions(self._model.below("Activity", "stream", stream), code)}
            )
        return self._kept(made, "questions")

    def _kept(self, made: list[Plain], key: str) -> list[Plain]:
        for node in made:
            if not node[key]:
                self.losses.append(Loss(f"dimension {node['id']}", "holds no question, so it is left out"))
        return [node for node in made if node[key]]

    def _questions(self, activities: Sequence[Entry], above: str) -> list[Plain]:
        made: list[Plain] = []
        for activity in sorted(activities, key=self._maturity):
            level = self._maturity(activity)
            asked = _in_order(self._model.below("Question", "activity", activity))
            made += [self._question(question, activity, f"{above}-{level:g}") for question in asked]
            if not asked:
                self.losses.append(Loss(activity.name, "no question belongs to this activity, so it is left out"))
        return made

    def _maturity(self, activity: Entry) -> float:
        level = self._model.of(activity, "level")
        if self._model.of(level, "practice") is not self._model.of(self._model.of(activity, "stream"), "practice"):
            activity.faults.add(activity.place("level"), "the stream and the level belong to different practices")
        return self._model.of(level, "maturityLevel").number("number")

    def _question(self, question: Entry, activity: Entry, code: str) -> Plain:
        made: Plain = {
            "id": self._ids.give(code, "question"),
            "type": "rating",
            "scale": self._scale(self._model.of(question, "answerSet")),
            "text": self._short(question, question.needed("text")),
        }
        if words := self._short(question, self._help(question, activity)):
            made["help"] = words
        if title := activity.words("title"):
            made["note"] = self._short(activity, title)
        return made

    def _help(self, question: Entry, activity: Entry) -> str:
        criteria = question.get("quality") or []
        if not isinstance(criteria, list):
            question.faults.add(question.place("quality"), "`quality` should be a list of texts")
            return ""
        for place, one in enumerate(criteria):
            if isinstance(one, dict | list) or one is None:
                question.faults.add(question.place("quality", place), "a criterion should be a text")
        listed = "\n".join(f"- {' '.join(str(one).split())}" for one in criteria)
        return "\n\n".join(part for part in (activity.words("shortDescription"), listed) if part)

    def _dimension(self, code: str, entry: Entry, description: str) -> Plain:
        made: Plain = {"id": code, "title": entry.needed("name")}
        if words := self._short(entry, entry.words(description)):
            made["help"] = words
        return made

    def _short(self, entry: Entry, words: str) -> str:
        text, longer = cut(words)
        if longer:
            self.losses.append(Loss(entry.name, f"a text is longer than {LONGEST_TEXT} characters; its end is cut off"))
        return str(text)

    def _scale(self, answers: Entry) -> str:
        """Give the id of the scale with an answer set's levels; sets with the same levels share one."""
        levels = _levels(answers)
        if levels not in self._names:
            name = self._scale_ids.give(as_id(answers.stem), "answers")
            self._names[levels] = name
            self.scales[name] = {"levels": [{"value": value, "label": label} for value, label in levels]}
            if len(self.scales) == MOST_SCALES + 1:
                answers.faults.add(answers.place(), f"there are more than {MOST_SCALES} different answer sets")
        return self._names[levels]


def _levels(answers: Entry) -> tuple[tuple[float, str], ...]:
    values = answers.get("values")
    if not isinstance(values, list) or not FEWEST_LEVELS <= len(values) <= MOST_LEVELS:
        answers.faults.add(answers.place("values"), f"`values` should list {FEWEST_LEVELS} to {MOST_LEVELS} answers")
        return ()
    found: dict[float, str] = {}
    for place, one in enumerate(values):
        here = answers.place("values", place)
        value, text = (one.get("value"), one.get("text")) if isinstance(one, dict) else (None, None)
        if not isinstance(value, int | float) or isinstance(value, bool) or text is None or not str(text).strip():
            answers.faults.add(here, "an answer should have a `text` and a number as its `value`")
        elif isinstance(text, dict | list):
            answers.faults.add(answers.place("values", place, "text"), "`text` of an answer should be a text")
        elif len(str(text)) > LONGEST_TEXT:
            sentence = f"`text` of an answer has more than {LONGEST_TEXT} characters"
            answers.faults.add(answers.place("values", place, "text"), sentence)
        elif not abs(value) <= _MOST:
            answers.faults.add(answers.place("values", place, "value"), "`value` should be no larger than 1,000,000")
        elif value in found:
            answers.faults.add(here, f"two answers have the value {value:g}")
        else:
            found[value] = str(text).strip()
    return tuple(sorted(found.items()))


def _check_levels(model: Model) -> None:
    """Note maturity levels with the same number: the questions of both would be of one level."""
    known: dict[float, Entry] = {}
    for level in model.all("MaturityLevel"):
        number = level.number("number")
        if level.get("number") == number and known.setdefault(number, level) is not level:
            level.faults.add(level.place("number"), f"the number {number:g} is also that of {known[number].name}")


def _in_order(entries: Sequence[Entry]) -> list[Entry]:
    """Give entries by the order that each says of itself, else by their files."""

    def order(entry: Entry) -> float:
        return entry.number("order") if entry.get("order") is not None else 0

    return sorted(entries, key=order)


def _left_out(model: Model) -> list[Loss]:
    """Tell once for each kind of file and key what is not carried over."""
    losses = Losses()
    for kind, keys in _READ.items():
        entries = model.all(kind)
        for key, count in _said((entry.document.data for entry in entries), keys | _READ_OF_ALL).items():
            losses.add(f"files of type {kind}", f"no place for {shown(key)} ({count})")
    answers = (one for entry in model.all("AnswerSet") for one in _answers(entry))
    for key, count in _said(answers, _READ_OF_ANSWERS).items():
        losses.add("files of type AnswerSet", f"no place for {shown(key)} of an answer ({count})")
    if unused := [entry.stem for entry in model.all("AnswerSet") if not model.below("Question", "answerSet", entry)]:
        losses.add("files of type AnswerSet", f"no question uses {', '.join(unused)}")
    if weighted := [entry for entry in model.all("AnswerSet") if _has_weights(entry)]:
        losses.add(weighted[0].place("values"), "the weights of answers are not carried over")
    return losses.all()


def _said(maps: Iterable[Any], keys: set[str]) -> Counter[str]:
    """Count the keys, beside those that are read, under which anything stands."""
    return Counter(
        str(key)
        for one in maps
        if isinstance(one, dict)
        for key, value in one.items()
        if key not in keys and value not in (None, "", [], {})
    )


def _has_weights(answers: Entry) -> bool:
    return any(isinstance(one, dict) and one.get("weight", 1) not in (None, 1) for one in _answers(answers))


def _answers(answers: Entry) -> list[Any]:
    """Give what an answer set lists; a set that no question uses may hold anything."""
    values = answers.get("values")
    return values if isinstance(values, list) else []
