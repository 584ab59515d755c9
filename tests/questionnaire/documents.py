"""What may stand in a file: documents of every kind of disorder, and whole questionnaires with everything in them."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from assessment.questionnaire.reader import LARGEST_FILE, read
from tests.questionnaire.given import DOUBTFUL, EVERY_KEY, INVALID, VALID

SHIPPED = sorted((Path(__file__).parents[2] / "questionnaires").glob("*.yaml"))
SMALL = {path.stem: path.read_text("utf-8") for path in (*VALID, *DOUBTFUL)}
BROKEN = [path.read_bytes() for path in INVALID if path.stat().st_size < 3000]

Plain = Any  # maps, lists and scalars


class Raw(str):
    """A piece of YAML that stands in the file as it is."""

    __slots__ = ()


class Twice(dict[Plain, Plain]):
    """A map that says everything twice."""


# The last ones are written with a map's and a list's ends, with what a word needs, and without.
KEYS = sorted(
    {
        *re.findall(r"[\w-]+(?=:)", EVERY_KEY),
        *(
            "show-if",
            "all",
            "any",
            "question",
            "op",
            "value",
            "evidence",
            "links",
            "comment",
            "reason",
            "options",
            "score",
        ),
        *(
            "scores",
            "yes",
            "no",
            "at-least",
            "at-most",
            "minimum",
            "maximum",
            "whole",
            "unit",
            "roles",
            "note",
            "reverse",
        ),
        *("bands", "from", "to", "stages", "require", "overall", "every-dimension", "changes", "renamed", "retired"),
        *("equivalent", "editorial", "rule", "at", "weight"),
    }
)
WORDS = [
    "",
    "No",
    "~",
    "12",
    "-1",
    "0.5",
    "true",
    "x" * 100,
    "ä😀",
    "[key]",
    "na",
    "dk",
    "rating",
    "steps",
    "first",
    "<=",
]
TYPES = ["rating", "choice", "multiple", "yes-no", "number", "text"]
ODD_LETTERS = [*"\x00\x07\t\x85\xa0\u2028\ufeff\ufffe\ufffd\u202e\u0301\U0010ffff", "\ud800", "\udfff", "\ud83d\ude00"]
NUMBERS = [
    *("1e400", "-1e400", ".inf", "-.Inf", ".nan", ".NaN", "1e-999", "1_000", "0o9", "0o17", "0xFF", "0x", "1e5", "+.5"),
    *("-0", "-0.0", "00012", "1.", ".", "1e", "9" * 18, "9" * 19, "9" * 4000, "1:30:00", "1e999999999", "0.1e1"),
]
DATES = ["2026-02-30", "2026-13-45T99:99:99Z", "0000-00-00", "12:30", "2001-12-14t21:59:43.10-05:00", "99999-01-01"]
TRICKS = [
    "*a",
    "&a x",
    "&a",
    "!!str 1",
    "!!python/object:os.system x",
    "!x y",
    "<<",
    "&a [*a]",
    "!!binary aGk=",
    "!",
    "|",
    ">-",
]
SCRAPS = [
    *"{}[],:?#&*!|>'\"%@`",
    "'",
    '"',
    "{",
    "}",
    "[",
    "]",
    '"\\ud800"',
    '"\\x00"',
    '"\\0"',
    '"\\U00110000"',
    "'it''s'",
]
RAW = [Raw(word) for word in (*NUMBERS, *DATES, *TRICKS, *SCRAPS)]

SIGNS = [
    *"{}[],:?-#&*!|>'\"%@`\n\t\r \\",
    ": ",
    "- ",
    "\n  ",
    "---\n",
    "...\n",
    "? ",
    "<<: ",
    "&a ",
    "*a",
    "!!str ",
    "%YAML 1.1\n",
]
PIECES = [*SIGNS, *WORDS, *KEYS, *NUMBERS, *DATES, *TRICKS, *ODD_LETTERS, *SCRAPS]

pieces = st.sampled_from(PIECES)
odd_words = st.sampled_from([*WORDS, *KEYS, *TYPES, *ODD_LETTERS]) | st.text(max_size=6)
scalars = st.sampled_from([None, True, False, 0, 1, 2, -1, 1.5, 1e6, 1e7, 2**64, *RAW]) | odd_words | st.floats()
values: st.SearchStrategy[Plain] = st.recursive(
    scalars,
    lambda below: st.lists(below, max_size=3) | st.dictionaries(odd_words, below, max_size=3),
    max_leaves=5,
)


# Strategies are made once: making them costs more than drawing from them.
_anywhere = st.integers(0, 2**20)  # of whatever length, by the remainder
_few = st.integers(1, 5)
_some = st.integers(0, 12)
_flags = st.booleans()
_depths = st.integers(1, 24)
_raw = st.sampled_from(RAW)
_new_keys = odd_words | _raw
_prefixes = st.sampled_from(["&a ", "!!str ", "!x ", "? ", "- ", "*"])
_heap = st.lists(pieces, max_size=20)
_lines = st.lists(st.tuples(st.integers(0, 6), pieces, pieces), max_size=8)
_few_bytes = st.binary(max_size=4)


def encoded(text: str) -> bytes:
    """Give a text's bytes, half characters too, which no UTF-8 has."""
    return text.encode("utf-8", "surrogatepass")


def flow(value: Plain) -> str:
    """Give a value as YAML in brackets and braces, an entry a line."""
    match value:
        case Raw():
            return value
        case dict():
            entries = [f"{flow(key)}: {flow(one)}" for key, one in value.items()] * (
                2 if isinstance(value, Twice) else 1
            )
            return "{" + ",\n".join(entries) + "}"
        case list():
            return "[" + ",\n".join(map(flow, value)) + "]"
        case float():
            return repr(value)
    return json.dumps(value, ensure_ascii=False)


def places(tree: Plain) -> Iterator[tuple[Plain, Plain]]:
    """Give every map and list with each of its keys."""
    for key, below in tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ():
        yield tree, key
        yield from places(below)


def copied(tree: Plain) -> Plain:
    """Give a copy of maps and lists."""
    if isinstance(tree, dict):
        return type(tree)({key: copied(below) for key, below in tree.items()})
    return [copied(below) for below in tree] if isinstance(tree, list) else tree


TREES: dict[str, Plain] = {name: read(text.encode()).data for name, text in SMALL.items()}


@st.composite
def edited(draw: st.DrawFn, text: str) -> bytes:
    """Give a file's text with pieces taken out, put in or put elsewhere."""
    for _ in range(draw(_few)):
        start = draw(_anywhere) % (len(text) + 1)
        end = min(len(text), start + draw(_some))
        piece = draw(pieces) if draw(_flags) else text[start:end] * 2
        text = text[:start] + piece + text[end:]
    return encoded(text)


@st.composite
def spoiled(draw: st.DrawFn, content: bytes) -> bytes:
    """Give a file's bytes with some flipped, overwritten, left out or said again, or cut short."""
    spoilt = bytearray(content)
    for _ in range(draw(_few)):
        start = draw(_anywhere) % max(len(spoilt), 1)
        match draw(_some) % 6:
            case 0 if spoilt:
                spoilt[start] ^= 1 << draw(_anywhere) % 8
            case 1:
                spoilt[start : start + 1] = draw(_few_bytes)
            case 2:
                del spoilt[start : start + draw(_anywhere) % 40]
            case 3:
                spoilt[start:start] = spoilt[start : start + draw(_anywhere) % 40]
            case 4:
                spoilt[start:start] = encoded(draw(pieces))
            case _:
                del spoilt[max(0, len(spoilt) - draw(_anywhere) % 60) :]
    return bytes(spoilt)


@st.composite
def grafted(draw: st.DrawFn, tree: Plain) -> bytes:
    """Give a file with nodes left out, said twice, exchanged, renamed, wrapped or made something else."""
    tree = copied(tree)
    for _ in range(1 + draw(_few) // 2):
        graft(draw, tree)
    return encoded(flow(tree))


@st.composite
def grafted_by(draw: st.DrawFn, trees: st.SearchStrategy[Plain]) -> bytes:
    """Give a file of a tree by chance, one of its nodes changed."""
    tree = copied(draw(trees))
    graft(draw, tree)
    return encoded(flow(tree))


def graft(draw: st.DrawFn, tree: Plain) -> None:
    """Change one node of a tree, in its place."""
    nodes = list(places(tree))
    if not nodes:
        return
    place, key = nodes[draw(_anywhere) % len(nodes)]
    match draw(_some):
        case 0:
            del place[key]
        case 1 if isinstance(place, list):
            place.insert(key, copied(place[key]))
        case 2:
            other, its_key = nodes[draw(_anywhere) % len(nodes)]
            place[key], other[its_key] = copied(other[its_key]), copied(place[key])
        case 3 if isinstance(place, dict):
            place[draw(_new_keys)] = place.pop(key)
        case 4 if isinstance(place, dict):
            place[draw(odd_words)] = draw(values)
        case way:
            place[key] = _instead(draw, place[key], way)


def _instead(draw: st.DrawFn, node: Plain, way: int) -> Plain:
    """Give what stands in a node's place: the node said twice or wrapped, or something else."""
    match way:
        case 5:
            return Twice(copied(node)) if isinstance(node, dict) else [node, node]
        case 6:
            return _wrapped(node, draw(_depths), as_list=draw(_flags))
        case 7 if isinstance(node, str):
            return Raw(draw(_prefixes) + flow(node))
        case 8:
            return draw(_raw)
    return draw(values)


def _wrapped(node: Plain, depth: int, *, as_list: bool) -> Plain:
    for _ in range(depth):
        node = [node] if as_list else {"all": [node]} if depth % 2 else {"x": node}
    return node


@st.composite
def looking_like_yaml(draw: st.DrawFn) -> bytes:
    """Give what has YAML's signs in no order, or in the order of lines and indentation."""
    if draw(_flags):
        return encoded("".join(draw(_heap)))
    lines = draw(_lines)
    return encoded("".join(f"{' ' * indent}{key}: {value}\n" for indent, key, value in lines))


@st.composite
def nested(draw: st.DrawFn) -> bytes:
    """Give a file in which one thing lies in another, up to thousands deep, whole or broken off."""
    opening, closing = draw(
        st.sampled_from(
            [
                ("[", "]"),
                ("{a: ", "}"),
                ("- ", ""),
                ("? ", ""),
                ("!!seq [", "]"),
                ("&a [", "]"),
                ("[[", "]]"),
                ("{[", "]: 1}"),
            ]
        )
    )
    depth = draw(st.integers(1, 25) | st.sampled_from([100, 1000, 10_000]))
    before = draw(st.sampled_from(["", "dimensions: ", "scales: {a: ", "# x\n", "---\n"]))
    closed = draw(st.sampled_from([0, depth // 2, depth, depth + 1]))
    return encoded(before + opening * depth + draw(pieces) + closing * closed)


@st.composite
def huge(draw: st.DrawFn) -> bytes:
    """Give a file about as large as files may be, most of it in one place."""
    size = LARGEST_FILE + draw(st.integers(-2000, 20))
    letter = draw(st.sampled_from(["x", " ", "\n", "ä", "😀", "#", "0", "- ", "a b ", "'", '"', "\\", "\t", "\ud800"]))
    base = SMALL["smallest"]
    place = draw(st.integers(0, len(base)))
    filling = size - len(base.encode())
    piece = letter * (filling // len(encoded(letter)))
    text = draw(
        st.sampled_from([base[:place] + piece + base[place:], f"{base}\nnote: {piece}\n", f"{base}\nnote: '{piece}'\n"])
    )
    return encoded(text)
