"""XLSForm's lists of choices become scales, options, or yes and no."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from assessment.questionnaire.finding import shown
from assessment.questionnaire.importers.conditions import as_key
from assessment.questionnaire.importers.conversion import Loss, Plain
from assessment.questionnaire.importers.naming import Ids
from assessment.questionnaire.importers.wording import Text, named, yes_or_no
from assessment.questionnaire.importers.xlsform_sheets import Record, Table, numbers
from assessment.questionnaire.importers.xlsform_texts import Texts
from assessment.questionnaire.model import FEWEST_LEVELS, MOST_LEVELS, MOST_SCALES, NO, YES
from assessment.questionnaire.model.questions import MOST_OPTIONS

_COUNTING = ("score", "value")  # the columns that may say what a choice counts
_MEDIA = {"image", "audio", "video"}
_READ = {"list_name", "name", "label", *_COUNTING, *_MEDIA}


_NOT_ALL_COUNT = "not every choice of the list has a number that it counts, so none is scored"


class NoChoices(Exception):  # noqa: N818 - the reason is the message
    """A list of choices that a question cannot be asked with; carries why."""


@dataclass(frozen=True, slots=True)
class Given:
    """What a question's choices became: the keys of the question, and the answer here for each name there."""

    type: str
    keys: Mapping[str, Plain]
    answers: Mapping[str, str | float]


@dataclass(frozen=True, slots=True)
class _Choice:
    name: str
    label: Text
    counts: str


@dataclass(slots=True)
class Choices:
    """The lists of the choices sheet, and the scales made of them so far."""

    table: Table
    texts: Texts
    losses: list[Loss]
    scales: dict[str, Plain] = field(default_factory=dict)
    _rows: dict[str, list[Record]] = field(default_factory=dict)
    _lists: dict[str, list[_Choice]] = field(default_factory=dict)
    _ids: Ids = field(default_factory=Ids)
    _scale_of: dict[tuple[str, bool], Given] = field(default_factory=dict)
    _options_of: dict[tuple[str, str], Given] = field(default_factory=dict)  # questions share them
    _told: set[Loss] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Sort the rows by the lists they belong to."""
        columns: set[str] = set()
        for record in self.table.records:
            for name, words in record.names().items():
                if name not in columns | _READ:
                    columns.add(name)
                    self._lose(record, f"the column `{name}`, here {shown(words)}, is not carried over in any row")
            if record["list_name"]:
                self._rows.setdefault(record["list_name"], []).append(record)
            elif record.cells:
                self._lose(record, f"the choice {shown(record['name'])} has no list name; it is left out")

    def tell_unused(self) -> None:
        """Say which lists no question has asked with."""
        for name, records in self._rows.items():
            if name not in self._lists:
                sentence = f"no question that is carried over asks with the list {shown(name)}; it is left out"
                self._lose(records[0], sentence)

    def one(self, name: str, *, likert: bool) -> Given:
        """Give what choosing one of a list is: a rating, yes or no, or a choice; raises `NoChoices`."""
        choices = self._list(name)
        names = {choice.name.lower() for choice in choices}
        if names == {YES, NO} and len(choices) == len(names) and not likert:
            return self._yes_no(name, choices)
        if FEWEST_LEVELS <= len(choices) <= MOST_LEVELS:
            key = (name, likert)
            if key not in self._scale_of and (values := self._values(name, choices, likert=likert)):
                self._scale_of[key] = self._rating(name, choices, values)
            if key in self._scale_of:
                return self._scale_of[key]
        if len(choices) < FEWEST_LEVELS:
            raise NoChoices(f"its list {shown(name)} has a single choice")
        if (name, "choice") not in self._options_of:
            given = self._options(name, choices)
            self._options_of[name, "choice"] = Given("choice", self._scored(name, choices, given), given.answers)
        return self._options_of[name, "choice"]

    def several(self, name: str) -> Given:
        """Give what choosing any of a list is; raises `NoChoices`."""
        if (name, "multiple") not in self._options_of:
            choices = self._list(name)
            if any(choice.counts for choice in choices):
                self._once(name, "what its choices count is not carried over where several can be chosen")
            self._options_of[name, "multiple"] = self._options(name, choices)
        return self._options_of[name, "multiple"]

    def _scored(self, name: str, choices: list[_Choice], given: Given) -> Mapping[str, Plain]:
        counts = numbers([choice.counts for choice in choices])
        if any(choice.counts for choice in choices) and counts is None:
            self._once(name, _NOT_ALL_COUNT)
        if counts is None:
            return given.keys
        scored = zip(given.keys["options"], counts, strict=True)
        return {"options": [option | {"score": _tidy(score)} for option, score in scored]}

    def _options(self, name: str, choices: list[_Choice]) -> Given:
        if len(choices) > MOST_OPTIONS:
            raise NoChoices(f"its list {shown(name)} has more than {MOST_OPTIONS} choices")
        ids = Ids()
        options = [{"id": ids.give(choice.name, "option"), "label": choice.label} for choice in choices]
        answers = {as_key(choice.name): str(option["id"]) for choice, option in zip(choices, options, strict=True)}
        return Given("multiple", {"options": options}, answers)

    def _yes_no(self, name: str, choices: list[_Choice]) -> Given:
        if any(yes_or_no(choice.label) != choice.name.lower() for choice in choices):
            self._once(name, "the labels of the list are not carried over: its answers are called “Yes” and “No”")
        keys: dict[str, Plain] = {}
        counts = numbers([choice.counts for choice in choices])
        if counts is None and any(choice.counts for choice in choices):
            self._once(name, _NOT_ALL_COUNT)
        if counts:
            scores = {choice.name.lower(): _tidy(score) for choice, score in zip(choices, counts, strict=True)}
            keys["scores"] = {YES: scores[YES], NO: scores[NO]}
        return Given("yes-no", keys, {as_key(choice.name): choice.name.lower() for choice in choices})

    def _values(self, name: str, choices: list[_Choice], *, likert: bool) -> list[float] | None:
        """Give what the levels of a scale count, where the list is one."""
        counts = numbers([choice.counts for choice in choices])
        names = numbers([choice.name for choice in choices])
        if names and _one_way(names):
            if not likert:
                self._once(name, "the names of its choices are numbers; they are taken as levels that count these")
            if counts != names and any(choice.counts for choice in choices):
                self._once(name, "what its choices count is not carried over: as levels they count their names")
            return names
        if not likert:
            return None
        if counts and _one_way(counts):
            return counts
        if any(choice.counts for choice in choices):
            self._once(name, "what its choices count is not carried over: these are no numbers in order")
        sentence = f"its choices are taken as levels that count 1 to {len(choices)}, in the order of the list"
        self._once(name, sentence)
        return [float(number) for number in range(1, len(choices) + 1)]

    def _rating(self, name: str, choices: list[_Choice], values: list[float]) -> Given:
        if values[0] > values[-1]:
            self._once(name, "the list goes from the greatest number to the least; as a scale it goes upwards")
        levels = sorted(zip(values, choices, strict=True), key=lambda level: level[0])
        scale: Plain = {"levels": [{"value": _tidy(value), "label": choice.label} for value, choice in levels]}
        answers = {as_key(choice.name): _tidy(value) for value, choice in levels}
        if len(self.scales) == MOST_SCALES:  # no more can be shared: the question has its own
            return Given("rating", {"scale": scale}, answers)
        shared = self._ids.give(name, "scale")
        self.scales[shared] = scale
        return Given("rating", {"scale": shared}, answers)

    def _list(self, name: str) -> list[_Choice]:
        if name not in self._lists:
            self._lists[name] = self._read(name)
        if not self._lists[name]:
            raise NoChoices(f"there is no list {shown(name)} in the sheet `choices`")
        return self._lists[name]

    def _read(self, name: str) -> list[_Choice]:
        found: dict[str, _Choice] = {}
        for record in self._rows.get(name, []):
            choice = self._choice(record)
            if as_key(choice.name) in found:
                self._lose(record, f"{shown(choice.name)} stands in the list a second time; it is left out")
            elif not choice.name:
                self._lose(record, "the choice has no name; it is left out")
            else:
                found.setdefault(as_key(choice.name), choice)
        return list(found.values())

    def _choice(self, record: Record) -> _Choice:
        label = self.texts.text(record, "label")
        others = {name: words for name, words in record.names().items() if name in _MEDIA}
        if others:
            listed = ", ".join(f"`{name}` ({shown(words)})" for name, words in others.items())
            self._lose(record, f"{listed} is not carried over")
        if not label and record["name"]:
            self._lose(record, "the choice has no label; its name stands for it")
        counts = next((record[column] for column in _COUNTING if record[column]), "")
        if record["value"] and record["value"] != counts:
            self._lose(record, f"the `value` ({shown(record['value'])}) is not carried over: the `score` counts")
        return _Choice(record["name"], label or named(record["name"]) or "?", counts)

    def _lose(self, record: Record, sentence: str) -> None:
        self.losses.append(Loss(record.place, sentence))

    def _once(self, name: str, sentence: str) -> None:
        """Keep what is lost of a list as a whole, at its first choice, however often it is asked with."""
        first = self._rows[name][0]
        loss = Loss(first.place, sentence)
        if loss not in self._told:
            self._told.add(loss)
            self.losses.append(loss)


def _one_way(values: list[float]) -> bool:
    rising = [first < second for first, second in pairwise(values)]
    return len(set(values)) == len(values) and (all(rising) or not any(rising))


def _tidy(number: float) -> int | float:
    return int(number) if number.is_integer() else number
