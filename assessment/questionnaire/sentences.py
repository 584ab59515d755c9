"""What the model refuses, as sentences a coach understands, each at its place in the file."""

import difflib
import math
import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from assessment.questionnaire.finding import Finding, shown
from assessment.questionnaire.model import (
    AllOf,
    AnyOf,
    Band,
    Changes,
    Choice,
    Comparison,
    Dimension,
    Evidence,
    FreeText,
    Level,
    Multiple,
    NumberQuestion,
    Option,
    Part,
    Questionnaire,
    Rating,
    Requirement,
    RoleName,
    Scale,
    ScoredOption,
    Scoring,
    Silenced,
    Stage,
    YesNo,
    YesNoScores,
)
from assessment.questionnaire.reader import NUMBER, Document, Path

_QUESTIONS: dict[str, type[Part]] = {
    "rating": Rating,
    "choice": Choice,
    "multiple": Multiple,
    "yes-no": YesNo,
    "number": NumberQuestion,
    "text": FreeText,
}
_CONDITIONS: dict[str, type[Part]] = {"comparison": Comparison, "all": AllOf, "any": AnyOf}
_PARTS: tuple[type[Part], ...] = (
    Questionnaire,
    RoleName,
    Scale,
    Level,
    Scoring,
    Band,
    Stage,
    Requirement,
    Changes,
    Silenced,
    Dimension,
    *_QUESTIONS.values(),
    Option,
    ScoredOption,
    YesNoScores,
    Evidence,
    *_CONDITIONS.values(),
)

_WANTED = {
    "text": "should be text, or a map of language to text",
    "string_type": "should be text",
    "int_type": "should be a whole number",
    "float_type": "should be a number",
    "bool_type": "should be true or false",
    "list_type": "should be a list",
    "dict_type": "should be a map of keys to values",
    "model_type": "should be a map of keys to values",
    "model_attributes_type": "should be a map of keys to values",
}

_LIMITS = {
    "greater_than": "is {input}; it must be more than {gt:g}",
    "greater_than_equal": "is {input}; it must be at least {ge:,.12g}",
    "less_than_equal": "is {input}; it must be at most {le:,.12g}",
    "too_short": "has {entries}; at least {min_length} needed",
    "too_long": "has {entries}; at most {max_length} allowed",
    "string_too_long": "has more than {max_length:,} characters, the most that are allowed",
}


_MOST_SUGGESTED = 1_000  # faults; to look for the nearest key takes time, and nobody reads that far


def findings(error: ValidationError, document: Document) -> list[Finding]:
    """Give every fault the model found, at its place."""
    faults = error.errors(include_url=False)
    return [_finding(details, document, suggest=number < _MOST_SUGGESTED) for number, details in enumerate(faults)]


def _finding(details: ErrorDetails, document: Document, *, suggest: bool) -> Finding:
    kind, location = details["type"], details["loc"]
    path = _path_in(document, location)
    if kind in {"extra_forbidden", "invalid_key"}:
        sentence = _unknown_key(str(location[-1]), _part_at(location[:-1]), suggest=suggest)
        return Finding(document.place(path, of_key=True), "error", sentence, "unknown-key")
    if kind in {"missing", "union_tag_not_found"}:
        key = location[-1] if kind == "missing" else "type"
        return Finding(document.place(path), "error", f"`{key}` is missing here", "missing-key")
    of_key = location[-1:] == ("[key]",)
    if kind == "union_tag_invalid":
        path = (*path, "type")
    subject, written = _subject(path, document), document.written.get(path)
    if of_key:
        subject, written = f"a key of {_subject(path[:-1], document)}", str(path[-1])
    sentence = f"{subject} {_sentence(details, written)}"
    return Finding(document.place(path, of_key=of_key), "error", sentence, "wrong-value")


def _path_in(document: Document, location: Sequence[int | str]) -> Path:
    """Give the location as a path of the file: pydantic's own steps (a question's type, `[key]`) stand in no file."""
    path: Path = ()
    for index, step in enumerate(location):
        if _is_type(location[: index + 1]):
            continue
        for candidate in (step, _as_number(step)):
            if (*path, candidate) in document.values:
                path = (*path, candidate)
                break
    return path


def _is_type(location: Sequence[int | str]) -> bool:
    """Whether the last step is a name by which pydantic tells one kind of part from another; it stands in no file."""
    match location:
        case ["dimensions", *_, "questions", int(), str()]:
            return True
        case [*_, "scale", "named" | "own"]:
            return True
        case [*_, "show-if", "comparison" | "all" | "any"]:
            return True
        case [*_, "all" | "any", int(), "comparison" | "all" | "any"]:
            return True
    return False


def _as_number(step: int | str) -> float:
    try:
        return float(step)
    except ValueError:
        return float("nan")


def _part_at(location: Sequence[int | str]) -> type[Part]:  # noqa: C901, PLR0911, PLR0912 - a table, one line a part
    """Give the part of the model that stands at a location."""
    match location:
        case []:
            return Questionnaire
        case ["roles", int()]:
            return RoleName
        case ["scales", _] | [*_, "scale", "own"]:
            return Scale
        case ["scales", _, "levels", int()] | [*_, "scale", "own", "levels", int()]:
            return Level
        case ["scoring"]:
            return Scoring
        case ["scoring", "bands", int()]:
            return Band
        case ["stages", int()]:
            return Stage
        case ["stages", int(), "require"]:
            return Requirement
        case ["changes"]:
            return Changes
        case ["silenced", int()]:
            return Silenced
        case [*_, "questions", int(), str(kind)]:
            return _QUESTIONS[kind]
        case [*_, "questions", int(), "choice", "options", int()]:
            return ScoredOption
        case [*_, "questions", int(), "multiple", "options", int()]:
            return Option
        case [*_, "scores"]:
            return YesNoScores
        case [*_, "evidence"]:
            return Evidence
        case [*_, "show-if" | int(), str(kind)] if kind in _CONDITIONS:
            return _CONDITIONS[kind]
    return Dimension


@lru_cache(maxsize=256)
def _unknown_key(key: str, part: type[Part], *, suggest: bool) -> str:
    elsewhere = any(key in _keys(other) for other in _PARTS)
    start = f"the key `{key}` does not belong here" if elsewhere else f"unknown key {shown(key)}"
    known = sorted(_keys(part))
    cutoff = 0.8 if elsewhere else 0.5
    if suggest and (near := difflib.get_close_matches(key.lower(), known, n=1, cutoff=cutoff)):
        return f"{start}; the nearest known one is `{near[0]}`"
    return f"{start}; known here are {', '.join(f'`{name}`' for name in known)}"


@cache
def _keys(part: type[Part]) -> frozenset[str]:
    return frozenset(field.alias or name for name, field in part.model_fields.items())


def _subject(path: Path, document: Document) -> str:
    """Give what a sentence is about: a key, an entry of a list, or a key of the author's own under one of these."""
    if not path:
        return "the file"
    *above, last = path
    if path not in document.keys and isinstance(last, int):
        return f"entry {last + 1} of {_subject(tuple(above), document)}"
    if any(last in _keys(part) for part in _PARTS):
        return f"`{last}`"
    return f"{shown(last)} of {_subject(tuple(above), document)}"


def _sentence(details: ErrorDetails, written: str | None) -> str:
    kind, value, context = details["type"], details["input"], details.get("ctx", {})
    if kind in _WANTED:
        return f"{_WANTED[kind]}, not {_described(value, written)}{_remedy(kind, value, written)}"
    if kind in _LIMITS:
        size = len(value) if isinstance(value, dict | list) else 0
        words: dict[str, Any] = {**context, "input": shown(written or value), "entries": _entries(size)}
        return _LIMITS[kind].format(**words)
    if kind == "union_tag_invalid":
        return _choice(context["tag"] if written is None else written, context["expected_tags"])
    if kind == "literal_error":
        return _choice(value, context["expected"])
    if kind == "form":
        return f"is {shown(value)}; {details['msg']}"
    return details["msg"]


def _entries(size: int) -> str:
    return {0: "no entries", 1: "1 entry"}.get(size, f"{size:,} entries")


def _choice(value: object, expected: str) -> str:
    *most, last = [f"`{name}`" for name in re.findall("'([^']*)'", expected)]
    known = f"{', '.join(most)} or {last}" if most else last
    return f"is {shown(value) if value else 'empty'}; it can be {known}"


def _is_number(word: str) -> bool:
    return NUMBER.fullmatch(word) is not None and math.isfinite(float(word))


def _described(value: object, written: str | None) -> str:
    if value is None:
        return "empty"
    if isinstance(value, dict):
        return "a map" if value else "an empty map"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, bool):
        return shown(str(value).lower())
    return f"the text {shown(value)}" if isinstance(value, str) else f"the number {shown(written or value)}"


def _remedy(kind: str, value: object, written: str | None) -> str:
    """Say what to do where quotes make the difference."""
    if kind in {"text", "string_type"} and written and value is not None:
        return f'; in quotes it is text: "{written}"'
    if kind in {"int_type", "float_type"} and isinstance(value, str) and _is_number(value):
        return "; without quotes it is a number"
    return ""
