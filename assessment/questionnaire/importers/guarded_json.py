"""JSON from elsewhere, read so that nothing in it surprises: two equal keys, NaN, half characters, great depth."""

import json
import re
from typing import Any, NoReturn

from assessment.questionnaire.finding import shown
from assessment.questionnaire.importers.conversion import Loss, Unconvertible

LARGEST = 2 * 1024 * 1024
DEEPEST = 60
_LONGEST_TOLD = 200
_HALF = re.compile("[\ud800-\udfff]")
_Path = tuple["_Path", str] | None  # the path above, and the last part


class _RefusedError(ValueError):
    """A sentence about the whole."""


def read_json(content: bytes) -> Any:  # noqa: ANN401 - whatever JSON can hold
    """Give what a JSON file holds; raises `Unconvertible` with line or JSON path."""
    if len(content) > LARGEST:
        raise Unconvertible(Loss("the file", "is larger than 2 MiB, the most that is read"))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        sentence = f"byte 0x{content[error.start]:02x} is not UTF-8; save the file as UTF-8"
        raise Unconvertible(Loss(f"line {line}", sentence)) from error
    try:
        data = json.loads(text, object_pairs_hook=_unique, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        sentence = f"this is not JSON: {error.msg} (column {error.colno})"
        raise Unconvertible(Loss(f"line {error.lineno}", sentence)) from error
    except _RefusedError as error:
        raise Unconvertible(Loss("the file", str(error))) from error
    except RecursionError as error:
        raise _too_deep("$") from error
    except ValueError as error:
        raise Unconvertible(Loss("the file", "a number in it has thousands of digits")) from error
    _look_through(data)
    return data


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise _RefusedError(f"the key {shown(twice)} stands twice in one object; only one of the two can be meant")
    return found


def _no_number(name: str) -> NoReturn:
    raise _RefusedError(f"{name} is no number in JSON")


def _look_through(data: Any) -> None:  # noqa: ANN401 - JSON
    """Refuse great depth and half characters; a path is written out only where it is told, for it may be very long."""
    waiting: list[tuple[_Path, int, Any]] = [(None, 0, data)]
    while waiting:
        path, depth, value = waiting.pop()
        if depth > DEEPEST:
            raise _too_deep(_told(path))
        if isinstance(value, str) and _HALF.search(value):
            raise Unconvertible(Loss(_told(path), "the text has half a character (a lone surrogate)"))
        if isinstance(value, list):
            waiting += [((path, f"[{place}]"), depth + 1, one) for place, one in enumerate(value)]
        elif isinstance(value, dict):
            if any(_HALF.search(key) for key in value):
                raise Unconvertible(Loss(_told(path), "a key has half a character (a lone surrogate)"))
            waiting += [((path, f".{key}"), depth + 1, one) for key, one in value.items()]


def _told(path: "_Path") -> str:
    parts: list[str] = []
    while path is not None:
        path, part = path
        parts.append(part[:_LONGEST_TOLD])
    return "$" + "".join(reversed(parts))[:_LONGEST_TOLD]


def _too_deep(path: str) -> Unconvertible:
    return Unconvertible(Loss(path, f"is nested more than {DEEPEST} deep"))
