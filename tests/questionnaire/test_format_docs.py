"""The reference of the format says what the program does: its examples are run, and nothing in it is forgotten.

An example's fence says what it is: `yaml file` is a whole file, `yaml part` replaces keys of the first whole file,
`yaml question` is a further question in it, and `latin-1` after that says how it is saved. `csv template` is a file
that is converted. A `text` fence right behind it has what the linter says; without one it says nothing.

`yaml older` and `yaml newer` are parts too, about which the linter says nothing; the `text` fence behind the newer has
what `assessment diff` says of the two.
"""

import ast
import inspect
import re
from dataclasses import dataclass
from pathlib import Path
from textwrap import indent
from typing import Any, get_args

import pytest
from click.testing import CliRunner
from pydantic import BaseModel
from pydantic_core import PydanticUndefined

from assessment.cli.diff import diff
from assessment.questionnaire import check, model, reader, sentences
from assessment.questionnaire.check import examine
from assessment.questionnaire.diff import StepBasis, Verdict
from assessment.questionnaire.importers.template import from_template
from assessment.questionnaire.importers.template_columns import COLUMNS, HEADS
from assessment.questionnaire.reader import read
from assessment.questionnaire.rules import RULES, name_of
from assessment.questionnaire.writer import HEADER, written
from assessment.services.converting import FORMATS

PAGE = (Path(__file__).parent.parent.parent / "docs" / "questionnaire-format.md").read_text("utf-8")
FENCE = re.compile(r"^```(?P<info>.*)\n(?P<body>(?:.*\n)*?)```\n(?:```text\n(?P<said>(?:.*\n)*?)```\n)?", re.MULTILINE)
RULE = re.compile(r"^### `(?P<name>[a-z-]+)` \((?P<severity>error|warning)\)$", re.MULTILINE)

NO_EXAMPLE = {"file-size"}  # 256 KiB are no reading matter
ALONG_WITH = {"unknown-place": {"useless-silence"}}  # what else the linter says wherever it says this
LANGUAGE_OF = {
    "file": "yaml",
    "part": "yaml",
    "question": "yaml",
    "older": "yaml",
    "newer": "yaml",
    "template": "csv",
}
SEE_BELOW = "a default of its own keys"
PARTS: dict[str, type[BaseModel]] = {  # `not-applicable`, which has two shapes, has a test of its own
    "the questionnaire": model.Questionnaire,
    "a role": model.RoleName,
    "a scale": model.Scale,
    "a level": model.Level,
    "a dimension": model.Dimension,
    "a rating": model.Rating,
    "a choice": model.Choice,
    "an option of a choice": model.ScoredOption,
    "a multiple choice": model.Multiple,
    "an option of a multiple choice": model.Option,
    "a yes-no question": model.YesNo,
    "the scores of yes-no": model.YesNoScores,
    "a number question": model.NumberQuestion,
    "a text question": model.FreeText,
    "evidence": model.Evidence,
    "a comparison": model.Comparison,
    "a condition of which all must hold": model.AllOf,
    "a condition of which any must hold": model.AnyOf,
    "scoring": model.Scoring,
    "a band": model.Band,
    "a stage": model.Stage,
    "a requirement": model.Requirement,
    "a silenced warning": model.Silenced,
    "changes": model.Changes,
}
# The first columns of tables of words, with the words there are.
WORDS: dict[str, tuple[str, ...]] = {
    "audience": get_args(model.Questionnaire.model_fields["audience"].annotation),
    "op": get_args(model.Op),
    "rule of scoring": get_args(model.Scoring.model_fields["rule"].annotation),
    "verdict": get_args(Verdict),
    "step": get_args(StepBasis),
    "`--from`": FORMATS,
    "above the headings": HEADS,
    "column of the template": COLUMNS,
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
        match self.kind:
            case "file":
                whole = self.body
            case "question":
                whole = frame + indent(self.body, "      ")
            case "template":
                made = from_template("flow-check.csv", self.body.encode())
                assert made.losses == ()
                return written(made.document)
            case _:
                whole = "".join((_by_key(frame) | _by_key(self.body)).values())
        return whole.encode(self.encoding)

    @property
    def linted(self) -> tuple[str, ...]:
        """What the linter should say; what stands behind a newer version is said by `assessment diff`."""
        return () if self.kind == "newer" else self.said


def _by_key(text: str) -> dict[str, str]:
    """Give the top-level keys of a file, each with its lines."""
    blocks = re.split(r"^(?=\w)", text, flags=re.MULTILINE)
    return {block.partition(":")[0]: block for block in blocks if block}


def _examples(text: str) -> list[Example]:
    found = []
    for fence in FENCE.finditer(text):
        language, kind, encoding = [*fence["info"].split(), "", "", "utf-8"][:3] if fence["info"] else ("", "", "")
        assert language == LANGUAGE_OF.get(kind), f"a block of another kind: {fence[0]}"
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


def said_by_the_reader_and_the_model() -> dict[str, str]:
    """Give the rules in the code of the modules that make findings themselves, each with its severity."""
    found = {}
    for module in (reader, check, sentences):
        for node in ast.walk(ast.parse(inspect.getsource(module))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                words = [word.value if isinstance(word, ast.Constant) else None for word in node.args]
                match node.func.id, words:
                    case "Finding", [_, str(severity), _, str(name)]:
                        found[name] = severity
                    case "_refused", [*_, str(name)]:
                        found[name] = "error"
    return found


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: f"line-{example.line}")
def test_the_linter_says_of_an_example_what_the_page_says(example: Example) -> None:
    _, findings = examine(example.content(FRAME))
    assert tuple(finding.line("f").partition(" ")[2] for finding in findings) == example.linted


def test_versions_compare_as_the_page_says(tmp_path: Path) -> None:
    versions = [example for example in EXAMPLES if example.kind in {"older", "newer"}]
    assert [example.kind for example in versions] == ["older", "newer"]
    for example in versions:
        (tmp_path / example.kind).write_bytes(example.content(FRAME))
    told = CliRunner().invoke(diff, [str(tmp_path / example.kind) for example in versions])
    assert (told.exit_code, told.stderr) == (0, "")
    assert tuple(told.stdout.splitlines()) == versions[-1].said


def test_every_rule_is_documented_and_no_other() -> None:
    severities = {name: severity for name, (severity, _) in sections().items()}
    by_the_linter = {name_of(rule): severity for rule, severity in RULES.items()}
    assert severities == by_the_linter | said_by_the_reader_and_the_model()


def test_rules_are_documented_in_their_order() -> None:
    by_the_linter = [name_of(rule) for rule in RULES]
    assert [name for name in sections() if name in by_the_linter] == by_the_linter


def test_the_rules_of_the_reader_and_the_model_are_found_in_their_code() -> None:
    found = said_by_the_reader_and_the_model()
    assert found.items() >= {"yaml": "error", "wrong-value": "error", "useless-silence": "warning"}.items()
    assert found.keys() >= {"encoding", "unknown-key", "unknown-rule"}


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
        said = [line for line in example.said if line.rpartition(" [")[2].strip("]") not in ALONG_WITH.get(name, ())]
        assert said
        assert all(line.startswith(f"{severity}: ") and line.endswith(f" [{name}]") for line in said)


def test_a_table_of_keys_for_every_part_of_a_file() -> None:
    assert re.findall(r"^\| key of (.+?) \|", PAGE, re.MULTILINE) == list(PARTS)


@pytest.mark.parametrize("part", PARTS)
def test_every_key_is_documented_with_its_default(part: str) -> None:
    documented = {row[0].strip("`"): _default_told(row[2]) for row in _rows(f"key of {part}")}
    assert documented == {field.alias or name: _default(field) for name, field in PARTS[part].model_fields.items()}


@pytest.mark.parametrize("part", PARTS)
def test_keys_may_be_empty_where_no_default_is_told(part: str) -> None:
    fields = PARTS[part].model_fields.items()
    empty = {field.alias or name for name, field in fields if type(None) in get_args(field.annotation)}
    assert {row[0].strip("`") for row in _rows(f"key of {part}") if row[2] == "–"} == empty


def test_every_part_of_the_model_is_documented() -> None:
    parts = {one for one in vars(model).values() if isinstance(one, type) and issubclass(one, model.Part)}
    bases = {model.Part, model.Asked}
    assert parts - bases - {model.NotApplicable} == set(PARTS.values())


def test_both_shapes_of_not_applicable_are_documented() -> None:
    told = [
        model.NotApplicable.model_validate(read(row[0].strip("`").encode()).data) for row in _rows("`not-applicable`")
    ]
    reasons = get_args(model.NotApplicable.model_fields["reason"].annotation)
    assert {(one.offered, one.reason) for one in told} == {(False, "none"), *((True, reason) for reason in reasons)}
    assert len(told) == len(reasons) + 1


@pytest.mark.parametrize("column", WORDS)
def test_every_word_that_can_be_chosen_is_documented(column: str) -> None:
    assert sorted(row[0].strip("`") for row in _rows(column)) == sorted(WORDS[column])


def test_the_line_for_editors_is_the_one_that_is_written() -> None:
    assert f"\n\n    {HEADER}\n" in PAGE


def _rows(column: str) -> list[list[str]]:
    """Give the cells of the only table whose first column is this."""
    tables = re.findall(rf"^\| {re.escape(column)} \|.*\n\|[-|]+\n((?:\|.*\n)+)", PAGE, re.MULTILINE)
    assert len(tables) == 1
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in tables[0].splitlines()]


def _default_told(cell: str) -> object:
    if not cell.startswith("`"):
        return {"–": None, "required": "required", "see below": SEE_BELOW}[cell]
    return read(cell.strip("`").encode()).data


def _default(field: Any) -> object:  # noqa: ANN401 - pydantic's FieldInfo
    if field.is_required():
        return "required"
    default = field.get_default(call_default_factory=True)
    assert default is not PydanticUndefined
    if isinstance(default, model.NotApplicable):
        assert default.reason == "none"
        return default.offered
    return SEE_BELOW if isinstance(default, BaseModel) else default
