"""Plain data becomes a questionnaire file: the reader's other half.

What is written here reads back as exactly the same data by the reader's rules (YAML 1.2), and for other programs by
those of YAML 1.1, in which a plain `No` is false. It looks as a person would write it: keys in the order given,
`{value: 1, label: Low}` on one line, paragraphs as blocks.
"""

import math
import re
from typing import Any

import yaml

from assessment.questionnaire.reader import NUMBER

Plain = Any  # maps, lists and scalars, as the reader gives them

HEADER = "# yaml-language-server: $schema=questionnaire-1.json\n"

_WIDTH = 110
_WIDEST_IN_A_LINE = 90  # of a map or a list that stands in one line
_MOST_IN_A_LINE = 6

# A question stands as a block however short it is: one adds to it.
_ALWAYS_BLOCKS = frozenset({"type", "text", "title"})

_NO_TEXT = frozenset({"", "~", "null", "Null", "NULL", "true", "True", "TRUE", "false", "False", "FALSE"})
_OF_ANOTHER_BASE = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")

# Only an escape in double quotes carries these; what ends a line for YAML 1.1 is among them.
_ESCAPED = re.compile("[^\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_HALF = re.compile("[\ud800-\udfff]")
_TEXT, _NO_TEXT_TAG = "tag:yaml.org,2002:str", "tag:yaml.org,2002:float"  # two tags do: text, and what needs no quotes


def written(document: dict[str, Plain]) -> bytes:
    """Give the bytes of a questionnaire file that holds the data.

    Raises `ValueError` where the data has what no file can hold: a number that is not finite, half a character.
    """
    text = yaml.dump(
        document, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=_WIDTH, default_flow_style=False
    )
    return (HEADER + text).encode()


class _Dumper(yaml.SafeDumper):
    """PyYAML's emitter, asking what our reader would make of a word before it leaves the quotes away."""

    def resolve(self, kind: type[yaml.Node], value: str, implicit: tuple[bool, bool]) -> str:
        """Give the tag that a reader finds: of a plain scalar text only where readers of both YAMLs see text in it."""
        tag: str = super().resolve(kind, value, implicit)  # type: ignore[no-untyped-call]
        if kind is yaml.ScalarNode and implicit[0]:
            return _TEXT if tag == _TEXT and is_plain_text(value) else _NO_TEXT_TAG
        return tag

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002
        """Indent lists below their key, as people do."""
        super().increase_indent(flow, indentless=False)

    def ignore_aliases(self, data: Plain) -> bool:  # noqa: ARG002 - the reader refuses aliases
        """Write out what stands in two places twice."""
        return True


def is_plain_text(word: str) -> bool:
    """Whether the reader takes a word without quotes for text."""
    return word not in _NO_TEXT and not NUMBER.fullmatch(word) and not _OF_ANOTHER_BASE.fullmatch(word)


def _text(dumper: _Dumper, value: str) -> yaml.ScalarNode:
    if half := _HALF.search(value):
        raise ValueError(f"U+{ord(half[0]):04X} is half a character, which no file can hold")
    return dumper.represent_scalar(_TEXT, value, style=_style(value))


def _style(value: str) -> str | None:
    if _ESCAPED.search(value):
        return '"'
    if "\n" not in value:
        return None
    # A block cannot begin with an empty line or a blank, nor hold more than one line end at its end, without signs
    # that nobody knows by heart.
    clumsy = value[0] in " \n" or value.endswith("\n\n") or " \n" in value
    return '"' if clumsy else "|"


def _number(dumper: _Dumper, value: float) -> yaml.ScalarNode:
    if not math.isfinite(value):
        raise ValueError(f"{value} is no number that a file can hold")
    return dumper.represent_scalar(_NO_TEXT_TAG, repr(value))


def _boolean(dumper: _Dumper, value: bool) -> yaml.ScalarNode:  # noqa: FBT001 - PyYAML calls it
    return dumper.represent_scalar(_NO_TEXT_TAG, "true" if value else "false")


def _nothing(dumper: _Dumper, _: None) -> yaml.ScalarNode:
    return dumper.represent_scalar(_NO_TEXT_TAG, "null")


def _map(dumper: _Dumper, value: dict[Plain, Plain]) -> yaml.MappingNode:
    node = dumper.represent_mapping("tag:yaml.org,2002:map", value.items())
    node.flow_style = not value or (_is_short(value) and not _ALWAYS_BLOCKS & value.keys())
    return node


def _list(dumper: _Dumper, value: list[Plain]) -> yaml.SequenceNode:
    node = dumper.represent_sequence("tag:yaml.org,2002:seq", value)
    node.flow_style = not value or (_is_short(value) and not any(isinstance(item, dict | list) for item in value))
    return node


def _is_short(value: Plain) -> bool:
    return _width(value) <= _WIDEST_IN_A_LINE


def _width(value: Plain, depth: int = 0) -> int:
    """Give how wide a value is in one line, in characters; too wide where it does not belong in one."""
    if isinstance(value, dict | list):
        if depth > 1 or len(value) > _MOST_IN_A_LINE or (isinstance(value, dict) and _ALWAYS_BLOCKS & value.keys()):
            return _WIDEST_IN_A_LINE + 1
        parts = [*value, *value.values()] if isinstance(value, dict) else value
        if isinstance(value, list) and any(isinstance(part, dict | list) for part in parts):
            return _WIDEST_IN_A_LINE + 1
        return sum(_width(part, depth + 1) + 2 for part in parts)
    if isinstance(value, str) and _style(value) is not None:
        return _WIDEST_IN_A_LINE + 1
    return len(str(value))


_Dumper.add_representer(str, _text)
_Dumper.add_representer(bool, _boolean)
_Dumper.add_representer(int, _number)
_Dumper.add_representer(float, _number)
_Dumper.add_representer(type(None), _nothing)
_Dumper.add_representer(dict, _map)
_Dumper.add_representer(list, _list)
