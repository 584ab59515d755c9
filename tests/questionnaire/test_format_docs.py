"""The reference of the format says what the program does: its examples are run, and nothing in it is forgotten.

An example's fence says what it is: `yaml file` is a whole file, `yaml part` replaces keys of the first whole file,
`yaml question` is a further question in it, and `latin-1` after that says how it is saved. A `text` fence right
behind it has what the linter says; without one it says nothing.
"""

import ast
import inspect
import re
from dataclasses import dataclass
from pathlib import Path
from textwrap import indent
from typing import Any

import pytest
from pydantic import BaseModel
from pydantic_core import PydanticUndefined

from assessment.questionnaire import check, model, reader, sentences
from assessment.questionnaire.check import examine
from assessment.questionnaire.reader import read
from assessment.questionnaire.rules import RULES, name_of

PAGE = (Path(__file__).parent.parent.parent / "docs" / "questionnaire-format.md").read_text("utf-8")
FENCE = re.compile(r"^```(?P<info>.*)\n(?P<body>(?:.*\n)*?)```\n(?:```text\n(?P<said>(?:.*\n)*?)```\n)?", re.MULTILINE)
RULE = re.compile(r"^### `(?P<name>[a-z-]+)` \((?P<severity>error|warning)\)$", re.MULTILINE)

NO_EXAMPLE = {"file-size"}  # 256 KiB are no reading matter
PARTS: dict[str, type[BaseModel]] = {
    "the questionnaire": model.Questionnaire,
    "a scale": model.Scale,
    "a level": model.Level,
    "scoring": model.Scoring,
    "a dimension": model.Dimension,
    "a rating": model.Rating,
    "a text question": model.FreeText,
    "a silenced warning": model.Silenced,
}


@dataclass(frozen=True, slots=True)
class Example:
    """One fenced block: what it is, the text, and what the linter should say."""

    line: int
    kind: str
    encoding: str
    body: str
    said: tuple[str, ...]

    def content(self, frame: str) -> bytes:
        """Give the whole file."""
        whole = {
            "file": self.body,
            "part": "".join((_by_key(frame) | _by_key(self.body)).values()),
            "question": frame + indent(self.body, "      "),
        }
        return whole[self.kind].encode(self.encoding)


def _by_key(text: str) -> dict[str, str]:
    """Give the top-level keys of a file, each with its lines."""
    blocks = re.split(r"^(?=\w)", text, flags=re.MULTILINE)
    return {block.partition(":")[0]: block for block in blocks if block}


def _examples(text: str) -> list[Example]:
    found = []
    for fence in FENCE.finditer(text):
        language, kind, encoding = [*fence["info"].split(), "", "", "utf-8"][:3] if fence["info"] else ("", "", "")
        assert language == "yaml", f"a block of another kind: {fence[0]}"
        said = tuple((fence["said"] or "").splitlines())
        found.append(Example(text.count("\n", 0, fence.start()) + 1, kind, encoding or "utf-8", fence["body"], said))
    return found


EXAMPLES = _examples(PAGE)
FRAME = EXAMPLES[0].body


def sections() -> dict[str, tuple[str, str]]:
    """Give the section of each rule: its severity and its text."""
    headings = list(RULE.finditer(PAGE))
    ends = [heading.start() for heading in headings[1:]] + [len(PAGE)]
    return {
        heading["name"]: (heading["severity"], PAGE[heading.end() : end])
        for heading, end in zip(headings, ends, strict=True)
    }


def said_by_the_reader_and_the_model() -> set[str]:
    """Give the names of rules in the code of the modules that make findings themselves."""
    names = set()
    for module in (reader, check, sentences):
        for node in ast.walk(ast.parse(inspect.getsource(module))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in {"Finding", "_refused"}
            ):
                names |= {node.args[-1].value} if isinstance(node.args[-1], ast.Constant) else set()
    return {name for name in names if isinstance(name, str)}


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: f"line-{example.line}")
def test_the_linter_says_of_an_example_what_the_page_says(example: Example) -> None:
    _, findings = examine(example.content(FRAME))
    assert tuple(finding.line("f").partition(" ")[2] for finding in findings) == example.said


def test_every_rule_is_documented_and_no_other() -> None:
    severities = {name: severity for name, (severity, _) in sections().items()}
    by_the_linter = {name_of(rule): severity for rule, severity in RULES.items()}
    assert severities == by_the_linter | dict.fromkeys(said_by_the_reader_and_the_model(), "error")


def test_the_rules_of_the_reader_and_the_model_are_found_in_their_code() -> None:
    assert said_by_the_reader_and_the_model() >= {"yaml", "encoding", "wrong-value", "unknown-key", "unknown-rule"}


@pytest.mark.parametrize("name", sorted(sections()))
def test_every_rule_has_a_paragraph_a_bad_and_a_good_example(name: str) -> None:
    severity, section = sections()[name]
    assert len(section.strip().partition("\n\n")[0]) > 60
    examples = _examples(section)
    if name in NO_EXAMPLE:
        assert examples == []
        return
    bad = [example for example in examples if example.said]
    assert bad
    assert len(bad) < len(examples)
    for example in bad:
        assert all(line.startswith(f"{severity}: ") and line.endswith(f" [{name}]") for line in example.said)


def test_a_table_of_keys_for_every_part_of_a_file() -> None:
    assert re.findall(r"^\| key of (.+?) \|", PAGE, re.MULTILINE) == list(PARTS)


@pytest.mark.parametrize("part", PARTS)
def test_every_key_is_documented_with_its_default(part: str) -> None:
    table = re.search(rf"^\| key of {part} \|.*\n\|[-|]+\n((?:\|.*\n)+)", PAGE, re.MULTILINE)
    assert table
    rows = [[cell.strip() for cell in row.strip("|").split("|")] for row in table[1].splitlines()]
    documented = {row[0].strip("`"): _default_told(row[2]) for row in rows}
    assert documented == {field.alias or name: _default(field) for name, field in PARTS[part].model_fields.items()}


def _default_told(cell: str) -> object:
    if not cell.startswith("`"):
        return {"–": None, "required": "required", "see below": {}}[cell]
    return read(cell.strip("`").encode()).data


def _default(field: Any) -> object:  # noqa: ANN401 - pydantic's FieldInfo
    if field.is_required():
        return "required"
    default = field.get_default(call_default_factory=True)
    assert default is not PydanticUndefined
    return {} if isinstance(default, BaseModel) else default


def test_what_is_not_served_yet_is_listed() -> None:
    section = PAGE.partition("## Not served yet")[2].partition("\n## ")[0]
    assert set(re.findall(r"`([a-z-]+)`", section)) == sentences.KEYS_TO_COME | sentences.VALUES_TO_COME
