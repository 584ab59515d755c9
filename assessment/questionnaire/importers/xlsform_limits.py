"""What XLSForm allows as an answer, by constraint, range or type, becomes least and greatest values."""

import re
from collections.abc import Callable, Iterable

from assessment.questionnaire.finding import shown
from assessment.questionnaire.importers.conditions import NotCarried
from assessment.questionnaire.importers.conversion import Plain
from assessment.questionnaire.importers.xlsform_choices import Given
from assessment.questionnaire.importers.xlsform_conditions import Bounds, bounds
from assessment.questionnaire.importers.xlsform_sheets import Record, numbers
from assessment.questionnaire.importers.xlsform_types import Type
from assessment.questionnaire.model.questions import MOST_OPTIONS

_PARAMETER = re.compile(r"(?<!\w)(start|end|step)\s*=\s*([^\s,;]+)")
_RANGE = {"start": "1", "end": "10", "step": "1"}  # what holds where nothing is said
_LONGEST_QUOTED = 300
_PERCENT = Bounds(0, 100)


def limits_of(record: Record, kind: Type, given: Given) -> tuple[Plain, list[str]]:
    """Give the keys that limit the answer of a question, and sentences on what was not kept."""
    remarks: list[str] = []
    found, whole = _by_type(record, kind, remarks)
    if expression := record["constraint"]:
        found = _by_constraint(expression, found, remarks, given, whole=whole)
    becomes = given.type
    least, most = ("at-least", "at-most") if becomes == "multiple" else ("minimum", "maximum")
    keys: Plain = {}
    for key, limit in ((least, found.least), (most, found.most)):
        if limit is not None and (becomes == "number" or limit > 0):
            keys[key] = int(limit) if float(limit).is_integer() else limit
    return keys | ({"whole": True} if whole else {}), remarks


def quoted(expression: str) -> str:
    """Give an expression as a sentence quotes it: whole, where it is not extremely long."""
    return f"`{expression if len(expression) <= _LONGEST_QUOTED else expression[: _LONGEST_QUOTED - 1] + '…'}`"


def _by_type(record: Record, kind: Type, remarks: list[str]) -> tuple[Bounds, bool]:
    """Give what a question's type allows, and whether only whole numbers."""
    if kind.kind == "percentage":
        return _PERCENT, True
    if kind.kind != "range":
        return Bounds(), kind.kind == "integer"
    if others := " ".join(_PARAMETER.sub(" ", record["parameters"]).replace(",", " ").replace(";", " ").split()):
        remarks.append(f"of its `parameters` {quoted(others)} is not carried over")
    given = _RANGE | dict(_PARAMETER.findall(record["parameters"]))
    found = numbers([given["start"], given["end"], given["step"]])
    if found is None or found[0] >= found[1]:
        remarks.append(f"its range {quoted(record['parameters'])} is not carried over, since it is none")
        return Bounds(), False
    start, end, step = found
    if step != 1:
        remarks.append(f"the step {shown(given['step'])} of its range is not carried over")
    return Bounds(start, end), start.is_integer() and step.is_integer()


def _by_constraint(expression: str, otherwise: Bounds, remarks: list[str], given: Given, *, whole: bool) -> Bounds:
    try:
        found = _within(_bounds(expression, given, whole=whole), otherwise)
    except NotCarried as reason:
        remarks.append(f"its constraint {quoted(expression)} is not carried over, since {reason}")
        return otherwise
    if found.widened:
        remarks.append(f"its constraint {quoted(expression)} leaves out a bound itself; it is let in")
    return found


def _within(found: Bounds, otherwise: Bounds) -> Bounds:
    """Give the bounds of a constraint within those of the type."""
    least, most = _both(max, otherwise.least, found.least), _both(min, otherwise.most, found.most)
    if least is not None and most is not None and least > most:
        raise NotCarried("no answer that its type allows fulfils it")
    return Bounds(least, most, widened=found.widened)


def _both(choose: Callable[[Iterable[float]], float], *limits: float | None) -> float | None:
    there = [limit for limit in limits if limit is not None]
    return choose(there) if there else None


def _bounds(expression: str, given: Given, *, whole: bool) -> Bounds:
    becomes = given.type
    if becomes not in {"number", "multiple"}:
        raise NotCarried("such an answer has no range")
    found = bounds(expression, whole=whole, counted=becomes == "multiple")
    if becomes == "multiple" and not all(_is_count(limit) for limit in (found.least, found.most)):
        raise NotCarried("no answer has so many options")
    options = len(given.keys.get("options", ()))
    if becomes == "multiple" and found.least is not None and found.least > options:
        raise NotCarried(f"the list has {options} choices")
    if becomes == "multiple" and found.most is not None and found.most > options:
        found.most = None  # it always holds
    return found


def _is_count(limit: float | None) -> bool:
    return limit is None or (0 <= limit <= MOST_OPTIONS and float(limit).is_integer())
