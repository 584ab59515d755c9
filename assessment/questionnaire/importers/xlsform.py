"""XLSForm workbooks become questionnaires.

Groups become dimensions. `select_one` becomes a rating where its choices are numbers in order or its appearance is
`likert`, yes or no where its choices are just these, else a choice, scored where the choices sheet has a column `score`
(or, beside `name`, `value`). What a questionnaire cannot hold is told, line by line, and a question that could only be
asked otherwise than it was meant is left out, together with those whose conditions speak of it.

XLSForm knows neither *not applicable* nor *don't know*: both are offered as in any questionnaire.
"""

import re
from collections.abc import Iterator
from pathlib import PurePath

from assessment.questionnaire.finding import shown
from assessment.questionnaire.importers.conversion import Conversion, Loss, Plain, Unconvertible
from assessment.questionnaire.importers.naming import Ids, as_id
from assessment.questionnaire.importers.result import finished
from assessment.questionnaire.importers.sections import Section, dimensions
from assessment.questionnaire.importers.sheet import Sheet
from assessment.questionnaire.importers.wording import named, plain
from assessment.questionnaire.importers.workbook import read_sheets
from assessment.questionnaire.importers.xlsform_choices import Choices
from assessment.questionnaire.importers.xlsform_questions import Survey
from assessment.questionnaire.importers.xlsform_sheets import (
    CHOICES,
    SETTINGS,
    SURVEY,
    Record,
    Table,
    sheets_of_csv,
    table,
)
from assessment.questionnaire.importers.xlsform_texts import texts_of
from assessment.questionnaire.model import FORMAT, LONGEST_TEXT

_READ_SETTINGS = {"form_title", "form_id", "version", "default_language", "allow_choice_duplicates"}
_NO_VERSION = re.compile(r"[^A-Za-z0-9.+_-]+")
_LONGEST_VERSION = 40


def from_xlsform(name: str, content: bytes) -> Conversion:
    """Give the questionnaire of an XLSForm (.xlsx, .xls, or pyxform's single .csv) and all that was not carried over.

    `name` is the file's: where the form has no id, it gives one. Raises `Unconvertible` where nothing can be asked.
    """
    sheets = read_sheets(name, content)
    tables = _tables(sheets_of_csv(sheets[""]) if list(sheets) == [""] else sheets)
    losses = list(_left_aside(tables))
    survey, choices = tables.get(SURVEY), tables.get(CHOICES, Table(CHOICES))
    if survey is None:
        listed = ", ".join(shown(other) for other in list(tables)[:8])
        raise Unconvertible(Loss("the file", f"there is no sheet `survey`; there is {listed or 'none'}"))
    _check_headings(survey, {"type"})
    if choices.records:
        _check_headings(choices, {"list_name", "name"})
    rows_of_settings = tables.get(SETTINGS, Table()).records
    settings = next(iter(rows_of_settings), None)
    losses += [remark for found in tables.values() for remark in found.remarks]
    losses += _other_settings(settings)
    sentence = "only the first row of the settings is read; this one is left out"
    losses += [Loss(row.place, sentence) for row in rows_of_settings[1:]]
    texts = texts_of([survey, choices], settings["default_language"] if settings else "", losses)
    document = _head(name, settings, losses)
    reading = Survey(texts, Choices(choices, texts, losses), Ids(), losses, Section(document["id"], document["title"]))
    reading.read(survey.records)
    reading.choices.tell_unused()
    if next(reading.top.questions(), None) is None:
        raise Unconvertible(*losses, Loss("sheet survey", "nothing is left that could be asked"))
    document["languages"] = list(texts.codes)
    if reading.introduction:
        document["introduction"] = reading.introduction
    if reading.choices.scales:
        document["scales"] = reading.choices.scales
    document["dimensions"] = dimensions(_sections(reading.top), reading.ids)
    return finished(document, losses)


def _tables(sheets: dict[str, Sheet]) -> dict[str, Table]:
    """Give the tables by the names XLSForm knows, in small letters; other sheets by their own."""
    found: dict[str, Table] = {}
    for name, sheet in sheets.items():
        known = name.strip().lower()
        if known in {SURVEY, CHOICES, SETTINGS}:
            if known in found:
                raise Unconvertible(Loss(sheet.place(), f"there is a second sheet `{known}`"))
            found[known] = table(sheet)
        elif sheet.rows:
            found[name] = Table(name)
    return found


def _left_aside(tables: dict[str, Table]) -> Iterator[Loss]:
    for name in tables:
        if name not in {SURVEY, CHOICES, SETTINGS}:
            yield Loss(f"sheet {name}", "the sheet is not carried over")


def _check_headings(sheet: Table, needed: set[str]) -> None:
    missing = needed - {column.name for column in sheet.columns}
    if missing:
        listed = " and ".join(f"`{name}`" for name in sorted(missing))
        raise Unconvertible(Loss(f"sheet {sheet.name}, row 1", f"there is no column {listed}"))


def _other_settings(settings: Record | None) -> Iterator[Loss]:
    for name, words in settings.names().items() if settings else ():
        if name not in _READ_SETTINGS and settings:
            yield Loss(settings.place, f"the setting `{name}` ({shown(words)}) is not carried over")


def _head(file: str, settings: Record | None, losses: list[Loss]) -> Plain:
    stem = PurePath(file).stem
    given = settings["form_id"] if settings else ""
    title = plain(settings["form_title"]) if settings else ""
    if settings and len(title) > LONGEST_TEXT:
        losses.append(Loss(settings.place, f"the title is cut off after {LONGEST_TEXT:,} characters"))
    version = settings["version"] if settings else ""
    kept = _NO_VERSION.sub("-", version).lstrip(".+_-")[:_LONGEST_VERSION]
    if settings and version and kept != version:
        losses.append(Loss(settings.place, f"the version {shown(version)} is written {shown(kept or '1')}"))
    return {
        "format": FORMAT,
        "id": as_id(given) or as_id(title) or as_id(stem) or "questionnaire",
        "version": kept or "1",
        "title": named(title) or named(given) or named(stem) or "Questionnaire",
    }


def _sections(top: Section) -> list[Section]:
    """Give the sections at the top: questions that stand in no group get one under the form's title."""
    found: list[Section] = []
    for item in top.items:
        if isinstance(item, Section):
            found.append(item)
        elif found and found[-1].name == top.name and found[-1].title is top.title:
            found[-1].items.append(item)
        else:
            found.append(Section(top.name, top.title, items=[item]))
    return found
