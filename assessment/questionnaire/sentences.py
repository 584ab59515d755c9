"""What the model refuses, as sentences a coach understands, each at its place in the file."""

import difflib
import math
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from assessment.questionnaire.finding import Finding, shown
from assessment.questionnaire.model import (
    Dimension,
    FreeText,
    Level,
    Questionnaire,
    Rating,
    Scale,
    Scoring,
    Silenced,
)
from assessment.questionnaire.reader import NUMBER, Document, Path

_PARTS = (Questionnaire, Dimension, Rating, FreeText, Scale, Level, Scoring, Silenced)

# What format 1 has and nothing here acts on yet: better refused by name than read and not obeyed.
KEYS_TO_COME = frozenset({"roles", "show-if", "evidence", "stages", "changes", "reverse", "bands"})
VALUES_TO_COME = frozenset(
    {"choice", "multiple", "yes-no", "number"}  # types of question
    | {"sum-of-levels", "staged"}  # scoring rules
    | {"art", "solution-train", "value-stream", "portfolio", "community", "lace"}  # audiences
)
_TO_COME = "is part of the format but not served by this version yet"

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


def findings(error: ValidationError, document: Document) -> list[Finding]:
    """Give every fault the model found, at its place."""
    return [_finding(details, document) for details in error.errors(include_url=False)]


def _finding(details: ErrorDetails, document: Document) -> Finding:
    kind, location = details["type"], details["loc"]
    path = _path_in(document, location)
    if kind in {"extra_forbidden", "invalid_key"}:
        sentence = _unknown_key(str(location[-1]), _part_at(location[:-1]))
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
    """Whether the last step is the type by which pydantic tells one kind of question from another."""
    match location:
        case ["dimensions", *_, "questions", int(), str()]:
            return True
    return False


def _as_number(step: int | str) -> float:
    try:
        return float(step)
    except ValueError:
        return float("nan")


def _part_at(location: Sequence[int | str]) -> type[BaseModel]:
    """Give the part of the model that stands at a location."""
    part: type[BaseModel] = Dimension
    match location:
        case []:
            part = Questionnaire
        case ["scoring"]:
            part = Scoring
        case ["silenced", int()]:
            part = Silenced
        case ["scales", _]:
            part = Scale
        case ["scales", _, "levels", int()]:
            part = Level
        case [*_, "questions", int(), kind]:
            part = FreeText if kind == "text" else Rating
    return part


@lru_cache(maxsize=256)
def _unknown_key(key: str, part: type[BaseModel]) -> str:
    if key in KEYS_TO_COME:
        return f"the key `{key}` {_TO_COME}"
    elsewhere = any(key in _keys(other) for other in _PARTS)
    start = f"the key `{key}` does not belong here" if elsewhere else f"unknown key {shown(key)}"
    known = sorted(_keys(part))
    if near := difflib.get_close_matches(key.lower(), known, n=1, cutoff=0.5):
        return f"{start}; the nearest known one is `{near[0]}`"
    return f"{start}; known here are {', '.join(f'`{name}`' for name in known)}"


def _keys(part: type[BaseModel]) -> set[str]:
    return {field.alias or name for name, field in part.model_fields.items()}


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
    not_yet = f", which {_TO_COME}" if str(value) in VALUES_TO_COME else ""
    known = expected.replace("', '", "' or '").replace("'", "`")
    return f"is {shown(value) if value else 'empty'}{not_yet}; it can be {known}"


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
