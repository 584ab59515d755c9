"""A row of the template becomes a question."""

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from assessment.questionnaire.finding import shown
from assessment.questionnaire.importers.conversion import Plain
from assessment.questionnaire.importers.naming import Ids, as_id
from assessment.questionnaire.importers.sheet import Row
from assessment.questionnaire.importers.template_columns import UNTAGGED, Columns
from assessment.questionnaire.importers.wording import Text, in_languages
from assessment.questionnaire.model import LONGEST_TEXT, NO, YES

SCALE = "levels"
TYPES = ("rating", "choice", "multiple", "yes-no", "number", "text")
_TRUE, _FALSE = {"yes", "y", "true", "x", "1"}, {"no", "n", "false", "0", "-"}
_WORDS_OF_AN_ID = 6
_BETWEEN = re.compile("[;\n]")
_SCORED = re.compile(r"(?P<label>.*\S)\s*=\s*(?P<score>[-+]?[0-9]+(?:[.,][0-9]+)?)", re.DOTALL)
_NUMBER = re.compile(r"[-+]?[0-9]{1,9}(?:[.,][0-9]{1,9})?")
_OF_TYPES = {
    "options": ("choice", "multiple", "yes-no"),
    "reverse": ("rating",),
    "weight": ("rating", "choice", "yes-no"),
    "minimum": ("number",),
    "maximum": ("number",),
    "whole": ("number",),
    "unit": ("number",),
}


class Faulty(Exception):  # noqa: N818 - the faults are the message
    """A row that is wrong; carries, for each fault, the column by name (or, of a level, by place) and a sentence."""

    def __init__(self, faults: list[tuple[str | int, str]]) -> None:
        super().__init__("; ".join(sentence for _, sentence in faults))
        self.faults = faults


@dataclass(slots=True)
class Reader:
    """Reads rows by the headings above them; ids given in the file go before those that are made."""

    columns: Columns
    languages: Sequence[str]
    ids: Ids = field(default_factory=Ids)
    roles: dict[str, None] = field(default_factory=dict)
    _given: dict[str, int] = field(default_factory=dict)
    _faults: list[tuple[str | int, str]] = field(default_factory=list)

    def says(self, words: Mapping[str, str]) -> Text:
        """Give a text by the languages that headings name as one by code; empty where there is none."""
        by_code = {language or self.languages[0]: said for language, said in words.items()}
        return in_languages(by_code, self.languages)

    def has(self, row: Row, column: str) -> bool:
        """Whether anything stands in a column of a row, in whatever language."""
        return bool(self.columns.texts(row, column))

    def place_of(self, column: str | int) -> int | None:
        """Give the place of a column of a fault; None where there is no such column."""
        return column if isinstance(column, int) else self.columns.at(column)

    def reserve(self, rows: Iterable[Row]) -> None:
        """Keep the ids that rows give themselves from being made for others."""
        for row in rows:
            wanted = self._word(row, "id")
            if wanted and wanted == as_id(wanted) and wanted not in self._given and self.ids.give(wanted, "") == wanted:
                self._given[wanted] = row.number

    def question(self, row: Row) -> Plain:
        """Give the question of a row; raises `Faulty` with everything that is wrong in it."""
        self._faults = []
        kind = self._type(row)
        text = self._text(row, "question")
        if not text:
            self._fault("question", "the question has no text")
        made: Plain = {"id": self._id(row), "type": kind}
        if kind == "rating":
            made["scale"] = SCALE
            if not self.columns.levels():
                self._fault("type", "a rating needs levels: columns with headings such as `1 Sit`, `2 Crawl`")
        made["text"] = text
        made |= {"help": self._text(row, "help")} if self.has(row, "help") else {}
        made |= self._of_type(row, kind)
        made |= self._common(row, kind)
        for at in self.columns.too_long(row):
            self._fault(at, f"the text is longer than {LONGEST_TEXT:,} characters")
        if self._faults:
            raise Faulty(self._faults)
        return made

    def _type(self, row: Row) -> str:
        word = self._word(row, "type").lower().replace(" ", "-").replace("/", "-") or "rating"
        if word not in TYPES:
            near = difflib.get_close_matches(word[:40], TYPES, n=1, cutoff=0.5)
            known = f"the nearest known one is `{near[0]}`" if near else f"it can be {', '.join(TYPES)}"
            self._fault("type", f"there is no type {shown(word)}; {known}")
        return word

    def _id(self, row: Row) -> str:
        wanted = self._word(row, "id")
        if not wanted:
            words = next(iter(self.columns.texts(row, "question").values()), "").split()
            return self.ids.give(" ".join(words[:_WORDS_OF_AN_ID]).lower(), "question")
        if self._given.get(wanted) == row.number:
            return wanted
        if wanted in self._given:
            self._fault(
                "id", f"the id {shown(wanted)} is used a second time; the first is in row {self._given[wanted]}"
            )
        elif wanted == as_id(wanted):
            self._fault("id", f"the id {shown(wanted)} is kept for something else; {shown(f'{wanted}-2')} would be one")
        else:
            self._fault("id", f"{shown(wanted)} is no id; {shown(as_id(wanted) or 'question-1')} would be one")
        return wanted

    def _of_type(self, row: Row, kind: str) -> Plain:
        """Give the keys that only some types have; one that stands where it means nothing is a fault."""
        for column, types in _OF_TYPES.items():
            if kind in TYPES and kind not in types and self.has(row, column):
                self._fault(column, f"`{column}` means nothing for a question of type `{kind}`")
        if kind in TYPES and kind != "rating":
            for at in self.columns.anchored(row):
                self._fault(at, f"an anchor means nothing for a question of type `{kind}`")
        match kind:
            case "rating":
                anchors = {value: self.says(self.columns.anchors(row, value)) for value in self.columns.levels()}
                said = {_tidy(value): anchor for value, anchor in anchors.items() if anchor}
                return ({"anchors": said} if said else {}) | self._flag(row, "reverse")
            case "choice" | "multiple":
                return {"options": self._options(row, kind)}
            case "yes-no":
                return self._scores(row)
            case "number":
                unit = self._text(row, "unit")
                limits = self._number(row, "minimum") | self._number(row, "maximum")
                if limits.get("minimum", 0) > limits.get("maximum", limits.get("minimum", 0)):
                    self._fault("maximum", "the maximum is less than the minimum")
                return limits | self._flag(row, "whole") | ({"unit": unit} if unit else {})
        return {}

    def _common(self, row: Row, kind: str) -> Plain:
        made = self._number(row, "weight") if kind in _OF_TYPES["weight"] else {}
        for column in ("required", "not applicable", "don't know"):
            made |= self._flag(row, column)
        if roles := _listed(self._word(row, "roles")):
            wrong = [role for role in roles if role != as_id(role)]
            if wrong:
                self._fault("roles", f"{shown(wrong[0])} is no id of a role, such as `scrum-master`")
            self.roles.update(dict.fromkeys(roles))
            made["roles"] = roles
        if note := self._word(row, "note"):
            made["note"] = note
        return made

    def _options(self, row: Row, kind: str) -> list[Plain]:
        listed = {language: _listed(words) for language, words in self.columns.texts(row, "options").items()}
        first = next(iter(listed.values()), [])
        if len(first) < (least := 1 if kind == "multiple" else 2):
            self._fault("options", f"a question of type `{kind}` needs at least {least} `options`, separated by `;`")
        if any(len(options) != len(first) for options in listed.values()):
            self._fault("options", "there are not as many options in every language")
            return []
        ids = Ids()
        made: list[Plain] = []
        for place, option in enumerate(first):
            labels = {language: _label(options[place]) for language, options in listed.items()}
            made.append({"id": ids.give(_label(option).lower(), "option"), "label": self.says(labels)})
            if score := _SCORED.fullmatch(option):
                made[-1]["score"] = _number(score["score"])
        if any(len(_label(option)) > LONGEST_TEXT for options in listed.values() for option in options):
            self._fault("options", f"an option is longer than {LONGEST_TEXT:,} characters")
        scored = sum("score" in option for option in made)
        if scored and (kind == "multiple" or scored < len(made)):
            sentence = (
                "no option of `multiple` has a score" if kind == "multiple" else "all options have a score or none"
            )
            self._fault("options", sentence)
        return made

    def _scores(self, row: Row) -> Plain:
        words = next(iter(self.columns.texts(row, "options").values()), "")
        if not words:
            return {}
        found = [_SCORED.fullmatch(option) for option in _listed(words)]
        scores = {one["label"].lower(): _number(one["score"]) for one in found if one}
        if set(scores) != {YES, NO} or len(found) != len(scores):
            self._fault("options", "the options of yes-no are their scores alone: `yes = 1; no = 0`")
        return {"scores": {answer: scores.get(answer, 0) for answer in (YES, NO)}}

    def _text(self, row: Row, column: str) -> Text:
        words = self.columns.texts(row, column)
        if words and not ({UNTAGGED, self.languages[0]} & words.keys()):
            self._fault(column, f"`{column}` is missing in `{self.languages[0]}`, the first language")
        return self.says(words)

    def _word(self, row: Row, column: str) -> str:
        at = self.columns.at(column)
        return row[at] if at is not None else ""

    def _flag(self, row: Row, column: str) -> Plain:
        word = self._word(row, column).lower()
        if word and word not in _TRUE | _FALSE:
            self._fault(column, f"`{column}` is {shown(word)}; it can be yes or no")
        key = column.replace(" ", "-").replace("'", "")
        return {key: word in _TRUE} if word else {}

    def _number(self, row: Row, column: str) -> Plain:
        word = self._word(row, column)
        if word and not _NUMBER.fullmatch(word):
            self._fault(column, f"`{column}` is {shown(word)}, which is no number")
            return {}
        return {column: _number(word)} if word else {}

    def _fault(self, column: str | int, sentence: str) -> None:
        self._faults.append((column, sentence))


def _listed(words: str) -> list[str]:
    return [part.strip() for part in _BETWEEN.split(words) if part.strip()]


def _label(option: str) -> str:
    scored = _SCORED.fullmatch(option)
    return scored["label"] if scored else option


def _number(word: str) -> int | float:
    return _tidy(float(word.replace(",", ".")))


def _tidy(number: float) -> int | float:
    return int(number) if number.is_integer() else number
