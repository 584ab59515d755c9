"""JSON from elsewhere, read so that nothing in it surprises: two equal keys, NaN, half characters, great depth."""

import json
import re
from typing import Any, NoReturn

from assessment.questionnaire.finding import shown
from assessment.questionnaire.importers.conversion import Loss, Unconvertible, decoded

LARGEST = 2 * 1024 * 1024
DEEPEST = 60
MOST_VALUES = 100_000
_LONGEST_TOLD = 200
_HALF = re.compile("[\ud800-\udfff]")
_Path = tuple["_Path", str] | None  # the path above, and the last part

_STRING = r'"[^"\\]*(?:\\.[^"\\]*)*"'
_BRACES_AND_KEYS = re.compile(rf"(?P<open>\{{)|(?P<close>\}})|(?P<string>{_STRING})(?P<colon>\s*:)?", re.DOTALL)
_NO_NUMBERS = re.compile(rf"{_STRING}|(?P<found>-?Infinity|NaN)", re.DOTALL)
_LONG_NUMBERS = re.compile(rf"{_STRING}|(?P<found>(?<![\d.])\d{{4301,}}(?![\d.eE]))", re.DOTALL)


class _RefusedError(ValueError):
    """A sentence about one place that the parser does not know."""


class _TwiceError(_RefusedError):
    """A key that stands twice in one object."""


class _NoNumberError(_RefusedError):
    """A word that JavaScript takes for a number and JSON does not."""


def read_json(content: bytes) -> Any:  # noqa: ANN401 - whatever JSON can hold
    """Give what a JSON file holds; raises `Unconvertible` with line or JSON path."""
    if len(content) > LARGEST:
        raise Unconvertible(Loss("the file", "is larger than 2 MiB, the most that is read"))
    text = decoded(content)
    try:
        data = json.loads(text, object_pairs_hook=_unique, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        sentence = f"this is not JSON: {error.msg} (column {error.colno})"
        raise Unconvertible(Loss(f"line {error.lineno}", sentence)) from error
    except _TwiceError as error:
        raise Unconvertible(Loss(_line(text, _of_key_twice(text)), str(error))) from error
    except _NoNumberError as error:
        raise Unconvertible(Loss(_line(text, _first(_NO_NUMBERS, text)), str(error))) from error
    except RecursionError as error:
        raise _too_deep("$") from error
    except ValueError as error:
        place = _line(text, _first(_LONG_NUMBERS, text))
        raise Unconvertible(Loss(place, "a number has thousands of digits")) from error
    _look_through(data)
    return data


def _line(text: str, start: int | None) -> str:
    return "the file" if start is None else f"line {text[:start].count(chr(10)) + 1}"


def _first(pattern: re.Pattern[str], text: str) -> int | None:
    """Give where what a pattern calls `found` stands first outside strings."""
    return next((one.start() for one in pattern.finditer(text) if one["found"]), None)


def _of_key_twice(text: str) -> int | None:
    """Give where the first key stands that its object has already."""
    objects: list[set[str]] = []
    for piece in _BRACES_AND_KEYS.finditer(text):
        if piece["open"]:
            objects.append(set())
        elif piece["close"]:
            objects.pop()
        elif piece["colon"]:
            key = json.loads(piece["string"])
            if key in objects[-1]:
                return piece.start()
            objects[-1].add(key)
    return None


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise _TwiceError(f"the key {shown(twice)} stands twice in one object; only one of the two can be meant")
    return found


def _no_number(name: str) -> NoReturn:
    raise _NoNumberError(f"{name} is no number in JSON")


def _look_through(data: Any) -> None:  # noqa: ANN401 - JSON
    """Refuse very many values, great depth and half characters.

    A path is written out only where it is told, for it may be very long.
    """
    waiting: list[tuple[_Path, int, Any]] = [(None, 0, data)]
    left = MOST_VALUES
    while waiting:
        path, depth, value = waiting.pop()
        left -= len(value) if isinstance(value, list | dict) else 0
        if left < 0:
            sentence = f"here the file goes beyond {MOST_VALUES:,} values, the most that are read"
            raise Unconvertible(Loss(_told(path), sentence))
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
