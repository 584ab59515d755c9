"""Files of other tools become questionnaire files: what a source is, and what is made of it."""

import stat
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assessment.errors import Invalid, NotFound
from assessment.questionnaire.check import examine
from assessment.questionnaire.importers.conversion import Conversion, Loss, Unconvertible
from assessment.questionnaire.importers.limesurvey import from_limesurvey
from assessment.questionnaire.importers.samm import from_samm
from assessment.questionnaire.importers.surveyjs import from_surveyjs
from assessment.questionnaire.importers.template import from_template
from assessment.questionnaire.importers.workbook import read_sheets
from assessment.questionnaire.importers.xlsform import from_xlsform
from assessment.questionnaire.model import Questionnaire
from assessment.questionnaire.writer import written

LARGEST_SOURCE = 5 * 1024 * 1024

TEMPLATE, XLSFORM, SAMM = "csv", "xlsform", "samm"
_FROM_FILE: Mapping[str, Callable[[str, bytes], Conversion]] = {
    TEMPLATE: from_template,
    XLSFORM: from_xlsform,
    "surveyjs": from_surveyjs,
    "limesurvey": from_limesurvey,
}
FORMATS = (TEMPLATE, XLSFORM, SAMM, "surveyjs", "limesurvey")

_BY_ENDING = {".json": "surveyjs", ".tsv": "limesurvey", ".txt": "limesurvey"}
_SPREADSHEETS = frozenset({".csv", ".xls", ".xlsx", ".xlsm"})
_SURVEY = "survey"  # the sheet that every XLSForm has


@dataclass(frozen=True, slots=True)
class Naming:
    """What the questionnaire is to be called instead of what the source calls it; None leaves it."""

    id: str | None = None
    version: str | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Converted:
    """A questionnaire file that was made: its bytes, what it holds, what was lost, how many warnings the linter has."""

    content: bytes
    questionnaire: Questionnaire
    losses: tuple[Loss, ...]
    warnings: int


def convert(source: Path, format_: str | None = None, naming: Naming | None = None) -> Converted:
    """Make a questionnaire file of a source; without a format it is guessed from the source's kind and ending.

    Raises `NotFound` where the source cannot be read, `Invalid` where no questionnaire can be made of it, with a line
    for every place.
    """
    try:
        made = _conversion(source, format_)
    except Unconvertible as error:
        raise Invalid(f"{source} cannot be converted", tuple(one.line(str(source)) for one in error.reasons)) from error
    return _checked(source, made, naming or Naming())


def _conversion(source: Path, format_: str | None) -> Conversion:
    try:
        mode = source.stat().st_mode
    except (OSError, ValueError) as error:
        raise NotFound(f"{source} cannot be read: {getattr(error, 'strerror', None) or error}") from error
    if stat.S_ISDIR(mode):
        if format_ not in {None, SAMM}:
            raise Invalid(f"{source} is a folder; what is converted from {format_} is a file")
        return from_samm(source)
    if format_ == SAMM:
        raise Invalid(f"{source} is a file; what is converted from {SAMM} is the folder of the model")
    if not stat.S_ISREG(mode):
        raise Invalid(f"{source} is neither a file nor a folder")
    content = _content(source)
    return _FROM_FILE[format_ or _guessed(source, content)](source.name, content)


def _content(source: Path) -> bytes:
    try:
        with source.open("rb") as file:
            content = file.read(LARGEST_SOURCE + 1)
    except OSError as error:
        raise NotFound(f"{source} cannot be read: {error.strerror}") from error
    if len(content) > LARGEST_SOURCE:
        raise Invalid(f"{source} is larger than {LARGEST_SOURCE // 1024 // 1024} MB, the most that is read")
    return content


def _guessed(source: Path, content: bytes) -> str:
    ending = source.suffix.lower()
    if ending in _BY_ENDING:
        return _BY_ENDING[ending]
    if ending not in _SPREADSHEETS:
        raise Invalid(f"{source}: its ending does not say what it is; say it with --from ({', '.join(FORMATS)})")
    sheets = read_sheets(source.name, content)
    names = {name.strip().lower() for name in sheets}
    if "" in names:  # pyxform's single CSV: the first column names the sheets
        names = {row[0].strip().lower() for sheet in sheets.values() for row in sheet.rows[:1]}
    return XLSFORM if _SURVEY in names else TEMPLATE


def _checked(source: Path, made: Conversion, naming: Naming) -> Converted:
    wanted = {"id": naming.id, "version": naming.version, "title": naming.title}
    document: dict[str, Any] = made.document | {key: value for key, value in wanted.items() if value is not None}
    try:
        content = written(document)
    except ValueError as error:
        raise Invalid(f"what {source} says cannot be written: {error}") from error
    questionnaire, found = examine(content)
    if questionnaire is None:
        faults = tuple(finding.sentence for finding in found if finding.severity == "error")
        raise Invalid(f"what was made of {source} is no valid questionnaire", faults)
    return Converted(content, questionnaire, made.losses, len(found))
