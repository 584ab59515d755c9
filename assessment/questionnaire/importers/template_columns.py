"""The headings of the template: which column is which, in which language, and which are the levels."""

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from assessment.questionnaire.finding import shown
from assessment.questionnaire.importers.conversion import Loss
from assessment.questionnaire.importers.languages import language_code
from assessment.questionnaire.importers.sheet import Row, Sheet, letters
from assessment.questionnaire.model import LONGEST_TEXT, MOST_LEVELS

TEXTS = ("dimension", "question", "help", "unit", "options")  # those that may be there in several languages
OTHERS = (
    *("id", "type", "weight", "required", "reverse", "not applicable", "don't know", "minimum", "maximum", "whole"),
    *("roles", "note"),
)
COLUMNS = (*TEXTS, *OTHERS)
HEADS = ("title", "introduction", "id", "version", "audience", "language")  # what may stand above the headings
HEAD_TEXTS = ("title", "introduction")
UNTAGGED = ""

CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_LINE_ENDS = re.compile(r"\r\n?")
_VALUE = re.compile(r"[-+]?[0-9]{1,6}(?:[.,][0-9]{1,6})?")
_BEFORE_LABELS = "-–:=.)"  # what may stand between a level's value and its label
_SPELLINGS = {"don’t know": "don't know", "dont know": "don't know", "text": "question"}


@dataclass(frozen=True, slots=True)
class Heading:
    """What a heading means: the name of a column, or a level's value and label; and in which language."""

    name: str
    language: str = UNTAGGED
    value: float | None = None
    label: str = ""


@dataclass(slots=True)
class Columns:
    """The headings of a sheet by their place, and what is wrong with them."""

    row: int
    found: dict[int, Heading] = field(default_factory=dict)
    errors: list[Loss] = field(default_factory=list)
    headed: set[int] = field(default_factory=set)  # where any heading stands, also one that is not known

    def languages(self) -> Iterator[str]:
        """Give the languages that headings name, in their order."""
        yield from dict.fromkeys(heading.language for heading in self.found.values() if heading.language)

    def levels(self) -> list[float]:
        """Give the levels' values, the lowest first."""
        return sorted({heading.value for heading in self.found.values() if heading.value is not None})

    def labels(self, value: float) -> dict[str, str]:
        """Give a level's labels by language; one that only repeats the first is none of its own."""
        by_language = {h.language: h.label for h in self.found.values() if h.value == value and h.label}
        first = next(iter(by_language.values()), "")
        return {
            language: label
            for index, (language, label) in enumerate(by_language.items())
            if not index or label != first
        }

    def texts(self, row: Row, name: str) -> dict[str, str]:
        """Give the words of a row in a column by language."""
        return {h.language: row[at] for at, h in self.found.items() if h.name == name and h.value is None and row[at]}

    def anchors(self, row: Row, value: float) -> dict[str, str]:
        """Give what a row says of a level by language."""
        return {h.language: row[at] for at, h in self.found.items() if h.value == value and row[at]}

    def anchored(self, row: Row) -> Iterator[int]:
        """Give the places where a row says something of a level."""
        yield from (at for at, heading in self.found.items() if heading.value is not None and row[at])

    def too_long(self, row: Row) -> Iterator[int]:
        """Give the places of a row's texts that are longer than a questionnaire takes; options are several texts."""
        for at, heading in self.found.items():
            if heading.name != "options" and len(row[at]) > LONGEST_TEXT:
                yield at

    def outside(self, sheet: Sheet, rows: Sequence[Row]) -> Iterator[Loss]:
        """Give an error for every cell that stands under no heading."""
        for row in rows:
            for at, words in enumerate(row.cells):
                if words and at not in self.headed:
                    yield Loss(sheet.place(row.number, at), f"{shown(words)} stands under no heading")

    def at(self, name: str) -> int | None:
        """Give the place of the first column of a name; None where there is none."""
        return next((at for at, heading in self.found.items() if heading.name == name), None)


def columns_of(sheet: Sheet, row: Row) -> Columns:
    """Read the headings; every one that is wrong is an error with its place."""
    columns = Columns(row.number)
    for at, words in enumerate(row.cells):
        if not words:
            continue
        columns.headed.add(at)
        heading, error = heading_of(words, COLUMNS, TEXTS)
        same = [letters(other) for other, one in columns.found.items() if heading and _is_same(one, heading)]
        if same:
            error = f"the column {shown(words)} stands a second time; the first is column {same[0]}"
        if heading and heading.value is not None and heading.value not in columns.levels() and not error:
            error = _too_many(columns.levels())
        if heading and not error:
            columns.found[at] = heading
        else:
            columns.errors.append(Loss(sheet.place(row.number, at), error))
    return columns


def with_line_ends(sheet: Sheet) -> Sheet:
    """Give a sheet whose cells have the line ends that texts have here."""
    rows = (Row(row.number, tuple(_LINE_ENDS.sub("\n", words) for words in row.cells)) for row in sheet.rows)
    return Sheet(sheet.name, tuple(rows))


def unreadable_cells(sheet: Sheet) -> Iterator[Loss]:
    """Give an error for every cell with a character that no text may have."""
    for row in sheet.rows:
        for at, words in enumerate(row.cells):
            if control := CONTROL.search(words):
                sentence = f"the cell has the character U+{ord(control[0]):04X}, which cannot be shown"
                yield Loss(sheet.place(row.number, at), sentence)


def heading_of(words: str, known: Sequence[str], texts: Sequence[str]) -> tuple[Heading | None, str]:
    """Give what a heading means, or (None, with a sentence) what is wrong with it."""
    if len(words) > LONGEST_TEXT:
        return None, f"the heading is longer than {LONGEST_TEXT:,} characters"
    name, language = words, UNTAGGED
    if tagged := _tagged(words):
        name, code = tagged[0], language_code(tagged[1])
        if code is None:
            return None, f"the language {shown(tagged[1])} is not known; write a code such as `de`"
        language = code
    if known is COLUMNS and (level := _level(name)):
        value, label = level
        return Heading("", language, float(value.replace(",", ".")), label or value), ""
    key = " ".join(name.lower().replace("_", " ").split())
    key = _SPELLINGS.get(key, key) if _SPELLINGS.get(key, key) in known else key.replace(" ", "-")
    key = next((one for one in known if one.replace(" ", "-") == key.replace(" ", "-")), key)
    if key not in known:
        return None, _unknown(words, key, known)
    if language and key not in texts:
        return None, f"the column `{key}` holds no text, so it has no language"
    return Heading(key, language), ""


def _tagged(words: str) -> tuple[str, str] | None:
    """Give a heading without the language in brackets at its end, and this language; None where there is none."""
    name, bracket, language = words.removesuffix(")").rpartition("(")
    if not words.endswith(")") or not bracket or ")" in language or not language.strip():
        return None
    return name.rstrip(), language.strip()


def _level(name: str) -> tuple[str, str] | None:
    """Give the value of a level, as it is written, and its label; None for a heading that is no level."""
    found = _VALUE.match(name)
    if not found:
        return None
    rest = name[found.end() :]
    label = rest.strip()
    if label[:1] in _BEFORE_LABELS and label[1:2].isspace():
        return found[0], label[1:].lstrip()
    return (found[0], label) if not label or rest[0].isspace() else None


def _too_many(levels: Sequence[float]) -> str:
    """Say that a level is one too many; empty where it is not."""
    return (
        f"there are more than {MOST_LEVELS} levels up to here, the most of a scale"
        if len(levels) == MOST_LEVELS
        else ""
    )


def _is_same(one: Heading, other: Heading) -> bool:
    return (one.name, one.language, one.value) == (other.name, other.language, other.value)


def _unknown(words: str, key: str, known: Sequence[str]) -> str:
    near = difflib.get_close_matches(key[:40], known, n=1, cutoff=0.5)
    if near:
        return f"unknown column {shown(words)}; the nearest known one is `{near[0]}`"
    listed = ", ".join(f"`{name}`" for name in known)
    levels = ", and levels such as `1 Crawl`" if known is COLUMNS else ""
    return f"unknown column {shown(words)}; known are {listed}{levels}"
