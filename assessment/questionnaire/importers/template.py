"""The project's own template becomes a questionnaire: a row a question, a column a level.

    title     | Team agility
    version   | 2026.1
    dimension      | type   | question                         | 1 Sit          | 2 Crawl | 3 Walk
    Team / Flow    | rating | We limit our work in progress.   | Work is pushed |         | Limits are kept
                   | text   | What blocks flow most?           |                |         |

- Above the headings may stand `title`, `introduction`, `id`, `version`, `audience` and `language`, each in column A
  with its value in column B. Without them the file's name gives id and title, the version is 1, the language `en`.
- `question` alone is needed. `dimension` is a path (` / ` between its parts, at most three) or blank: as in the row
  above. `id` is made of the text where it is blank, `type` is `rating`.
- A level's heading is its value and label, its cells are the anchors. All ratings share these levels.
- `options` are separated by semicolons or line breaks. `Never = 0; Often = 2` gives them scores; `yes = 1; no = 0` does
  for yes-no.
- `required`, `reverse`, `whole`, `not applicable` and `don't know` take yes or no; `roles` are separated like options;
  `minimum`, `maximum` and `unit` are for numbers; `weight` and `note` are as in a questionnaire file.
- A further language stands in columns of its own: `question (de)`, `help (de)`, `dimension (de)`, `options (de)`,
  `unit (de)`, and `1 Sitzen (de)` with the level's label in that language. Texts without one are in the first language;
  where no heading of a question is without one, the first that is named is the first language.

Unlike what other tools made, this file was written for us: whatever is wrong in it is an error with its place.
"""

import re
from dataclasses import dataclass, field
from pathlib import PurePath

from assessment.questionnaire.finding import shown
from assessment.questionnaire.importers.conversion import Conversion, Loss, Plain, Unconvertible
from assessment.questionnaire.importers.languages import language_code
from assessment.questionnaire.importers.naming import as_id
from assessment.questionnaire.importers.result import Size, finished
from assessment.questionnaire.importers.sections import DEEPEST_DIMENSION, Section, dimensions
from assessment.questionnaire.importers.sheet import Row, Sheet
from assessment.questionnaire.importers.template_columns import (
    HEAD_TEXTS,
    HEADS,
    UNTAGGED,
    Columns,
    columns_of,
    heading_of,
    unreadable_cells,
    with_line_ends,
)
from assessment.questionnaire.importers.template_questions import SCALE, Faulty, Reader
from assessment.questionnaire.importers.workbook import read_sheets
from assessment.questionnaire.model import FEWEST_LEVELS, FORMAT, LONGEST_TEXT, MOST_LANGUAGES

_PATH = re.compile(r"(?<!\s)\s+/\s+")
_OTHERWISE = "en"


def from_template(name: str, content: bytes) -> Conversion:
    """Give the questionnaire in a template (.csv, .xlsx), which is called `name`.

    Raises `Unconvertible` with everything that is wrong in it.
    """
    sheets = [sheet for sheet in read_sheets(name, content).values() if sheet.rows]
    if not sheets:
        raise Unconvertible(Loss("the file", "it is empty"))
    sheet, *others = sheets
    sheet = with_line_ends(sheet)
    losses = [Loss(other.place(), "only the first sheet is read; this one is not carried over") for other in others]
    return finished(_Template(name, sheet).document(), losses)


@dataclass(slots=True)
class _Template:
    """A sheet while it is read; gathers what is wrong with it."""

    file: str
    sheet: Sheet
    errors: list[Loss] = field(default_factory=list)
    _size: Size = field(default_factory=Size)
    _head: dict[str, dict[str, str]] = field(default_factory=dict)

    def document(self) -> Plain:
        """Give the questionnaire; raises `Unconvertible` with everything that is wrong."""
        self.errors += unreadable_cells(self.sheet)
        columns, rows = self._columns()
        reader = Reader(columns, self._languages(columns))
        made = self._said(reader)
        levels = columns.levels()
        if 0 < len(levels) < FEWEST_LEVELS:
            at = next(at for at, heading in columns.found.items() if heading.value is not None)
            sentence = f"this is the only level; a scale has {FEWEST_LEVELS} at the least"
            self.errors.append(Loss(self.sheet.place(columns.row, at), sentence))
        if levels:
            labelled = [{"value": _tidy(value), "label": reader.says(columns.labels(value))} for value in levels]
            made["scales"] = {SCALE: {"levels": labelled}}
        top = self._sections(reader, rows, made)
        if self.errors:
            raise Unconvertible(*self.errors)
        if reader.roles:
            made["roles"] = list(reader.roles)
        made["dimensions"] = dimensions([item for item in top.items if isinstance(item, Section)], reader.ids)
        return made

    def _columns(self) -> tuple[Columns, list[Row]]:
        """Give the headings and the rows below them, taking in what stands above."""
        for index, row in enumerate(self.sheet.rows):
            if _is_headings(row):
                columns = columns_of(self.sheet, row)
                self.errors += columns.errors
                rows = list(self.sheet.rows[index + 1 :])
                self.errors += columns.outside(self.sheet, rows)
                if not rows:
                    self.errors.append(Loss(self.sheet.place(row.number), "there is no question below the headings"))
                return columns, rows
            self._take_head(row)
        first = self.sheet.rows[0].number
        raise Unconvertible(Loss(self.sheet.place(first), "no row has the heading `question`"))

    def _take_head(self, row: Row) -> None:
        for at, words in enumerate(row.cells[2:], start=2):
            if words:
                sentence = f"{shown(words)} stands beside the value; above the headings only columns A and B are read"
                self.errors.append(Loss(self.sheet.place(row.number, at), sentence))
        heading, error = heading_of(row[0], HEADS, HEAD_TEXTS)
        if heading is None or not row[1]:
            sentence = error or f"{shown(row[0])} has no value in column B"
            self.errors.append(Loss(self.sheet.place(row.number, 0), sentence))
        else:
            if len(row[1]) > LONGEST_TEXT:
                sentence = f"the text is longer than {LONGEST_TEXT:,} characters"
                self.errors.append(Loss(self.sheet.place(row.number, 1), sentence))
            self._head.setdefault(heading.name, {})[heading.language] = row[1]

    def _languages(self, columns: Columns) -> list[str]:
        """Give the languages, the first one first: the one that is said above, else that of texts that name none."""
        named = list(columns.languages())
        said = self._head.get("language", {}).get(UNTAGGED, "")
        first = language_code(said) if said else None
        if said and first is None:
            self.errors.append(
                Loss(self.sheet.place(), f"the language {shown(said)} is not known; write one such as `de`")
            )
        if len(named) > MOST_LANGUAGES:
            at = next(at for at, heading in columns.found.items() if heading.language == named[MOST_LANGUAGES])
            sentence = f"there are more than {MOST_LANGUAGES} languages up to here, the most that a questionnaire has"
            raise Unconvertible(*self.errors, Loss(self.sheet.place(columns.row, at), sentence))
        untagged = any(heading.name == "question" and not heading.language for heading in columns.found.values())
        source = first or (_OTHERWISE if untagged or not named else named[0])
        for at, heading in columns.found.items():
            if heading.language == source and any(
                (one.name, one.value, one.language) == (heading.name, heading.value, UNTAGGED)
                for one in columns.found.values()
            ):
                sentence = f"the column says `{source}`, which is the language of the column without one"
                self.errors.append(Loss(self.sheet.place(columns.row, at), sentence))
        above = [language for texts in self._head.values() for language in texts if language]
        return list(dict.fromkeys([source, *named, *above]))

    def _said(self, reader: Reader) -> Plain:
        stem = PurePath(self.file).stem
        title = (
            reader.says(self._head.get("title", {})) or stem.replace("-", " ").replace("_", " ").strip().capitalize()
        )
        given = {name: texts.get(UNTAGGED, "") for name, texts in self._head.items()}
        made: Plain = {
            "format": FORMAT,
            "id": given.get("id") or as_id(stem) or "questionnaire",
            "version": given.get("version") or "1",
            "title": title or "Questionnaire",
            "languages": reader.languages,
        }
        made |= {"audience": given["audience"]} if "audience" in given else {}
        introduction = reader.says(self._head.get("introduction", {}))
        return made | ({"introduction": introduction} if introduction else {})

    def _sections(self, reader: Reader, rows: list[Row], made: Plain) -> Section:
        """Give the rows' questions in the sections that their paths name."""
        top = Section("", "")
        below: dict[tuple[str, ...], Section] = {}
        current = Section(made["id"], made["title"])
        reader.reserve(rows)
        for row in rows:
            try:
                if reader.has(row, "dimension"):
                    current = self._section(reader, row, top, below)
                elif not top.items:
                    top.items.append(current)
                current.items.append(question := reader.question(row))
                self._size.take(question, self.sheet.place(row.number))
            except Faulty as fault:
                self.errors += [
                    Loss(self.sheet.place(row.number, reader.place_of(column)), sentence)
                    for column, sentence in fault.faults
                ]
        return top

    def _section(self, reader: Reader, row: Row, top: Section, known: dict[tuple[str, ...], Section]) -> Section:
        """Give the section that a row's path names; `known` are those there are, by their paths."""
        paths = {language: _PATH.split(words) for language, words in reader.columns.texts(row, "dimension").items()}
        depth = len(next(iter(paths.values())))
        if depth > DEEPEST_DIMENSION:
            raise Faulty(
                [("dimension", f"the dimension is nested {depth} deep; at most {DEEPEST_DIMENSION} are allowed")]
            )
        if any(len(path) != depth for path in paths.values()):
            raise Faulty([("dimension", "the dimension has not as many parts in every language")])
        found = top
        names = tuple(name.lower() for name in next(iter(paths.values())))
        for step in range(depth):
            way = names[: step + 1]
            if way not in known:
                title = reader.says({language: path[step] for language, path in paths.items()})
                self._size.take({"id": names[step], "title": title, "dimensions": []}, self.sheet.place(row.number))
                known[way] = Section(names[step], title)
                found.items.append(known[way])
            found = known[way]
        return found


def _is_headings(row: Row) -> bool:
    return any(re.fullmatch(r"question\s*(\(.*\))?", cell.strip().lower()) for cell in row.cells)


def _tidy(number: float) -> int | float:
    return int(number) if number.is_integer() else number
