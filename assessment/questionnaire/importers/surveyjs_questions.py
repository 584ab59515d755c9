"""One element of a SurveyJS form becomes one question, a matrix one for each of its rows."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeGuard

from assessment.questionnaire.finding import shown
from assessment.questionnaire.importers.conditions import Known, as_key, known_of
from assessment.questionnaire.importers.naming import Ids
from assessment.questionnaire.importers.scale_names import Scales
from assessment.questionnaire.importers.surveyjs_texts import Texts
from assessment.questionnaire.importers.wording import Text, cut, joined, yes_or_no
from assessment.questionnaire.model import FEWEST_LEVELS, LONGEST_TEXT, MOST_LEVELS
from assessment.questionnaire.model.questions import MOST_OPTIONS

Plain = dict[str, Any]
Element = Mapping[str, Any]

MOST_ROWS = 200
_MOST = 1e6
_STARS = 5
_LONGER = f"the text is longer than {LONGEST_TEXT} characters"
_ENDS = ("minRateDescription", "maxRateDescription")
_REFUSED = {
    "paneldynamic": "; it repeats",
    "matrixdynamic": "; it repeats",
    "matrixdropdown": "; its columns are questions of their own",
    "expression": "; it calculates",
    "ranking": "; answers are not put in order",
    "file": "; answers have no files",
    "signaturepad": "; answers have no files",
}


class LeftOut(Exception):  # noqa: N818 - it is no fault: the sentence tells why there is no such question here
    """An element of which no question can be made; the message is a clause: "`file` is no type of question here"."""


@dataclass(slots=True)
class Made:
    """A question, and how conditions find it: under its name there, with its values there."""

    question: Plain
    names: list[str]
    answers: dict[str, str | float] = field(default_factory=dict)

    def known(self) -> Known:
        """Give what later conditions know of it."""
        return known_of(self.question, self.answers)


@dataclass(frozen=True, slots=True)
class _Item:
    """A choice, a column, a row: its value there and its words."""

    value: str | float | bool
    label: Text
    score: object = None


class Questions:
    """Makes questions of elements; losses are told to `lose`, by the element's path."""

    def __init__(self, texts: Texts, ids: Ids, scales: Scales, lose: Callable[[str, str], None]) -> None:
        self._texts = texts
        self._ids = ids
        self._scales = scales
        self._lose = lose
        self._by_type: dict[str, Callable[[Element, str], list[Made]]] = {
            "radiogroup": self._choice,
            "dropdown": self._choice,
            "buttongroup": self._choice,
            "checkbox": self._multiple,
            "tagbox": self._multiple,
            "rating": self._rating,
            "boolean": self._boolean,
            "text": self._text,
            "comment": self._text,
            "matrix": self._matrix,
        }

    def of(self, element: Element, path: str) -> list[Made]:
        """Give the questions of an element; raises `LeftOut` where it is of another kind, or lacks what it needs."""
        kind = element.get("type")
        make = self._by_type.get(kind) if isinstance(kind, str) else None
        if make is None:
            why = _REFUSED.get(kind, "") if isinstance(kind, str) else ""
            raise LeftOut(f"there is no question of type {shown(kind)} here{why}")
        if element.get("visible") is False:
            raise LeftOut("it is hidden (`visible: false`) until something shows it")
        if element.get("readOnly") is True:
            raise LeftOut("it cannot be answered (`readOnly: true`)")
        return make(element, path)

    def _base(self, element: Element, path: str, kind: str) -> Plain:
        name = _name(element)
        text = self._texts.of(element, "title", path) or name
        if not text:
            raise LeftOut("it has neither a title nor a name")
        made: Plain = {"id": self._ids.give(name, "question"), "type": kind, "text": text}
        if words := self._texts.of(element, "description", path):
            made["help"] = words
        if element.get("isRequired") is True:
            made["required"] = True
        elif element.get("isRequired"):
            self._lose(f"{path}.isRequired", "is neither true nor false, so no answer is required")
        if element.get("hasComment") is True or element.get("showCommentArea") is True:
            made["evidence"] = {"comment": True}
        return made

    def _names(self, element: Element) -> list[str]:
        names = [element.get("valueName"), element.get("name")]
        return list(dict.fromkeys(name for name in names if isinstance(name, str) and name))

    def _choice(self, element: Element, path: str) -> list[Made]:
        items = self._choices(element, path)
        self._tell_scores(items, f"{path}.choices", _scores(items))
        words = [yes_or_no(item.label) for item in items]
        if sorted(words) == ["no", "yes"]:
            base = self._base(element, path, "yes-no")
            if scores := _scores(items):
                base["scores"] = {word: scores[words.index(word)] for word in ("yes", "no")}
            answers = {as_key(item.value): word for item, word in zip(items, words, strict=True)}
            return [Made(base, self._names(element), dict(answers))]
        if len(items) < 2:  # noqa: PLR2004 - fewer are no choice
            raise LeftOut("it offers one answer alone")
        base = self._base(element, path, "choice")
        options, answers = _options(items)
        base["options"] = options
        return [Made(base, self._names(element), dict(answers))]

    def _multiple(self, element: Element, path: str) -> list[Made]:
        items = self._choices(element, path)
        self._tell_scores(items, f"{path}.choices")
        base = self._base(element, path, "multiple")
        options, answers = _options(items)
        base["options"] = [{key: option[key] for key in ("id", "label")} for option in options]
        bounds = (("minSelectedChoices", "at-least"), ("maxSelectedChoices", "at-most"))
        for key, ours in bounds:
            bound = element.get(key)
            if isinstance(bound, int) and not isinstance(bound, bool) and 0 < bound <= len(items):
                base[ours] = bound
            elif bound not in (None, 0) or bound is False:
                self._lose(f"{path}.{key}", f"{shown(bound)} is no number of its {len(items)} answers; it bounds none")
        if base.get("at-least", 0) > base.get("at-most", len(items)):
            raise LeftOut("its `minSelectedChoices` is over its `maxSelectedChoices`")
        return [Made(base, self._names(element), dict(answers))]

    def _rating(self, element: Element, path: str) -> list[Made]:
        items = list(self._items(element["rateValues"], f"{path}.rateValues")) if element.get("rateValues") else None
        if items:
            self._tell_scores(items, f"{path}.rateValues")
            self._tell_ends(element, path, _ENDS)
        items = items or list(self._steps(element, path))
        if not FEWEST_LEVELS <= len(items) <= MOST_LEVELS:
            raise LeftOut(f"a scale has {FEWEST_LEVELS} to {MOST_LEVELS} levels; this one has {len(items)}")
        levels, answers = _levels(items)
        base = self._base(element, path, "rating")
        base = {"id": base.pop("id"), "type": base.pop("type"), "scale": self._scales.named(levels)} | base
        return [Made(base, self._names(element), dict(answers))]

    def _steps(self, element: Element, path: str) -> Iterator[_Item]:
        low, step = _number(element, "rateMin", 1), _number(element, "rateStep", 1)
        count = element.get("rateCount")
        at_most = low + (count - 1) * step if isinstance(count, int) and 0 < count <= MOST_LEVELS + 1 else _STARS
        high = _number(element, "rateMax", at_most)
        if step <= 0 or (high - low) / step > MOST_LEVELS:
            raise LeftOut(f"a scale has {FEWEST_LEVELS} to {MOST_LEVELS} levels")
        keys = dict(zip((low, high), _ENDS, strict=True))
        used = set()
        for place in range(int((high - low) / step + 1e-9) + 1):
            value = round(low + place * step, 9)
            used.add(key := keys.get(value, ""))
            yield _Item(value, self._texts.of(element, key, path) or f"{value:g}")

        self._tell_ends(element, path, [key for key in _ENDS if key not in used])

    def _tell_ends(self, element: Element, path: str, keys: Sequence[str]) -> None:
        for key in keys:
            if element.get(key):
                self._lose(f"{path}.{key}", "has no level of its own to stand at, so it is not carried over")

    def _tell_scores(self, items: list[_Item], path: str, carried: object = None) -> None:
        """Tell the scores of answers that cannot be carried over."""
        if not carried and any(item.score is not None for item in items):
            why = "" if carried is None else ", not every one being a number up to 1,000,000"
            self._lose(path, f"the scores of the answers are not carried over{why}")

    def _boolean(self, element: Element, path: str) -> list[Made]:
        yes, no = element.get("valueTrue", True), element.get("valueFalse", False)
        values = {as_key(value): word for value, word in ((yes, "yes"), (no, "no")) if _is_scalar(value)}
        words = [self._texts.of(element, key, path) for key in ("labelTrue", "labelFalse")]
        if all(not label or yes_or_no(label) == answer for label, answer in zip(words, ("yes", "no"), strict=True)):
            return [Made(self._base(element, path, "yes-no"), self._names(element), dict(values))]
        labels = [label or word for label, word in zip(words, ("Yes", "No"), strict=True)]
        base = self._base(element, path, "choice")
        base["options"] = [{"id": word, "label": label} for word, label in zip(("yes", "no"), labels, strict=True)]
        return [Made(base, self._names(element), dict(values))]

    def _text(self, element: Element, path: str) -> list[Made]:
        kind = str(element.get("inputType") or "text")
        if kind not in {"number", "range"} or element["type"] == "comment":
            if kind != "text" and element["type"] == "text":
                self._lose(path, f"{shown(f'inputType: {kind}')} is not checked; any text may be the answer")
            return [Made(self._base(element, path, "text"), self._names(element))]
        base = self._base(element, path, "number")
        for key, ours in (("min", "minimum"), ("max", "maximum")):
            bound = element.get(key)
            if isinstance(bound, str):
                bound = _as_number(bound)
            if _is_number(bound):
                base[ours] = bound
            elif element.get(key) is not None:
                self._lose(f"{path}.{key}", f"{shown(element[key])} is no number, so it bounds no answer")
        if base.get("minimum", -_MOST) > base.get("maximum", _MOST):
            raise LeftOut("its `min` is over its `max`")
        return [Made(base, self._names(element))]

    def _matrix(self, element: Element, path: str) -> list[Made]:
        columns = list(self._items(element.get("columns"), f"{path}.columns"))
        rows = list(self._items(element.get("rows"), f"{path}.rows"))
        if not rows or len(rows) > MOST_ROWS:
            raise LeftOut(f"a matrix needs rows, {MOST_ROWS} at the most; this one has {len(rows)}")
        if not 2 <= len(columns) <= MOST_OPTIONS:  # noqa: PLR2004 - fewer are no choice
            raise LeftOut(f"a matrix needs 2 to {MOST_OPTIONS} columns; this one has {len(columns)}")
        base = self._base(element, path, "rating")
        required = base.get("required") or any(
            element.get(key) is True for key in ("isAllRowRequired", "eachRowRequired")
        )
        answered, answers = self._answered(columns, path)
        self._tell_scores(rows, f"{path}.rows")
        found: list[Made] = []
        for row in rows:
            question: Plain = {"id": self._ids.give(f"{base['id']}-{row.value}", "question")} | answered
            question["text"], longer = cut(joined(base["text"], row.label, " – "))
            if longer:
                self._lose(path, f"{_LONGER} with its row {shown(row.value)}; its end is cut off")
            question |= {key: base[key] for key in ("help", "evidence") if key in base}
            if required:
                question["required"] = True
            names = [f"{name}.{row.value}" for name in self._names(element)]
            found.append(Made(question, names, dict(answers)))
        return found

    def _answered(self, columns: list[_Item], path: str) -> tuple[Plain, dict[str, str | float]]:
        """Give what a row is answered with: a scale where the columns are numbers, else options."""
        if len(columns) <= MOST_LEVELS and all(_is_number(column.value) for column in columns):
            levels, numbers = _levels(columns)
            if len({value for value, _ in levels}) == len(levels):
                self._tell_scores(columns, f"{path}.columns")
                return {"type": "rating", "scale": self._scales.named(levels), "text": ""}, dict(numbers)
        options, answers = _options(columns)
        self._tell_scores(columns, f"{path}.columns", _scores(columns))
        return {"type": "choice", "text": "", "options": options}, dict(answers)

    def _choices(self, element: Element, path: str) -> list[_Item]:
        for key in ("choicesByUrl", "choicesFromQuestion"):
            if element.get(key):
                raise LeftOut(f"its answers come from elsewhere (`{key}`)")
        items = list(self._items(element.get("choices"), f"{path}.choices"))
        low, high = element.get("choicesMin"), element.get("choicesMax")
        if items and (low is not None or high is not None):
            self._lose(f"{path}.choicesMax", "the numbers from `choicesMin` to `choicesMax` are not carried over")
        if not items and _is_number(low) and _is_number(high):
            step = _number(element, "choicesStep", 1)
            if step <= 0 or (high - low) / step >= MOST_OPTIONS:
                raise LeftOut(f"a question has {MOST_OPTIONS} answers at the most")
            count = int((high - low) / step + 1e-9) + 1
            items = [_Item(low + place * step, f"{low + place * step:g}") for place in range(count)]
        if not items:
            raise LeftOut("it offers no answers (`choices`)")
        if len(items) > MOST_OPTIONS:
            raise LeftOut(f"a question has {MOST_OPTIONS} answers at the most; this one has {len(items)}")
        return items

    def _items(self, listed: Any, path: str) -> Iterator[_Item]:  # noqa: ANN401 - JSON
        if listed is None:
            return
        if not isinstance(listed, list):
            raise LeftOut(f"{shown(path)} should be a list")
        seen: set[str] = set()
        for place, one in enumerate(listed):
            here = f"{path}[{place}]"
            value = one.get("value", one.get("text")) if isinstance(one, dict) else one
            if not _is_scalar(value):
                raise LeftOut(f"{shown(here)} has no value")
            if (key := as_key(value)) in seen:
                self._lose(here, f"repeats the value {shown(key)} of an earlier one; conditions mean one of them")
            seen.add(key)
            label = self._texts.of(one, "text", here) if isinstance(one, dict) else ""
            plain = value if isinstance(value, str) else key
            yield _Item(value, label or self._texts.plain(plain, here) or "–", self._score(one, here))

    def _score(self, one: Any, path: str) -> object:  # noqa: ANN401 - JSON
        if not isinstance(one, dict):
            return None
        for key in sorted(one.keys() - {"value", "text", "score"}):
            self._lose(f"{path}.{key}", f"`{key}` of an answer is not carried over")
        return one.get("score")


def _options(items: list[_Item]) -> tuple[list[Plain], dict[str, str]]:
    ids, scores = Ids(), _scores(items)
    options: list[Plain] = []
    answers: dict[str, str] = {}
    for place, item in enumerate(items):
        option: Plain = {
            "id": ids.give(str(item.value) if isinstance(item.value, str) else as_key(item.value), "option")
        }
        option["label"] = item.label
        if scores:
            option["score"] = scores[place]
        options.append(option)
        answers.setdefault(as_key(item.value), option["id"])
    return options, answers


def _scores(items: list[_Item]) -> list[float]:
    """Give the answers' scores where each has one, else none."""
    found = [item.score for item in items if isinstance(item.score, int | float) and not isinstance(item.score, bool)]
    return found if len(found) == len(items) and all(abs(score) <= _MOST for score in found) else []


def _levels(items: list[_Item]) -> tuple[list[tuple[float, Text]], dict[str, float]]:
    """Give levels in order, and the level of each value; values that are no numbers count 1, 2, 3 as they stand."""
    numbers: list[float | None] = [_as_number(item.value) for item in items]
    if None in numbers or len(set(numbers)) < len(numbers):
        numbers = list(range(1, len(items) + 1))
    values = [_whole(number or 0) for number in numbers]
    levels = sorted(zip(values, (item.label for item in items), strict=True), key=lambda level: level[0])
    return levels, {as_key(item.value): value for item, value in zip(items, values, strict=True)}


def _whole(number: float) -> float:
    return int(number) if float(number).is_integer() else number


def _name(element: Element) -> str:
    name = element.get("name")
    return name if isinstance(name, str) else ""


def _number(element: Element, key: str, otherwise: float) -> float:
    value = element.get(key)
    return value if _is_number(value) and abs(value) <= _MOST else otherwise


def _as_number(value: object) -> float | None:
    try:
        number = float(value)  # type: ignore[arg-type] # what it is not is what is asked
    except (TypeError, ValueError, OverflowError):
        return None
    return None if isinstance(value, bool) or not abs(number) <= _MOST else number


def _is_number(value: Any) -> TypeGuard[int | float]:  # noqa: ANN401 - JSON
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= _MOST


def _is_scalar(value: Any) -> TypeGuard[str | int | float | bool]:  # noqa: ANN401 - JSON
    return isinstance(value, str | bool) or _is_number(value)
