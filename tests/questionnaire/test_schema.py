"""The JSON Schema for editors: as it is generated, draft-07, and of one mind with the model about every file here."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from assessment import resources
from assessment.questionnaire import schema
from assessment.questionnaire.check import examine
from assessment.questionnaire.reader import read
from assessment.questionnaire.schema import json_schema, written_schema
from tests.questionnaire.given import DOUBTFUL, INVALID, VALID

SHIPPED = sorted(resources.folder("questionnaires").glob("*.yaml"))
BY_MODEL = {"unknown-key", "missing-key", "wrong-value"}


def _by_model(path: Path) -> bool:
    """Whether all that is wrong with a file is said by the model, not by the reader or a rule."""
    return {finding.rule for finding in examine(path.read_bytes())[1] if finding.severity == "error"} <= BY_MODEL


def as_json(path: Path) -> Any:  # noqa: ANN401 - JSON
    """Give what an editor sees: in JSON every key is text."""
    return json.loads(json.dumps(read(path.read_bytes()).data))


@pytest.fixture(scope="module")
def editor() -> Draft7Validator:
    """The validator of an editor."""
    return Draft7Validator(json_schema())


def test_it_is_draft_07_and_knows_nothing_of_other_dialects() -> None:
    Draft7Validator.check_schema(json_schema())
    assert json_schema()["$schema"] == "http://json-schema.org/draft-07/schema#"
    for word in ("$defs", "prefixItems", "discriminator", "unevaluatedProperties", "dependentRequired"):
        assert f'"{word}"' not in written_schema()


def test_the_shipped_file_is_the_one_that_is_generated() -> None:
    shipped = resources.folder("questionnaires") / schema.FILE_NAME
    assert shipped.read_text("utf-8") == written_schema(), "run `make schema`"


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_shipped_questionnaires_name_it_for_editors(path: Path) -> None:
    first = path.read_text("utf-8").partition("\n")[0]
    assert first == f"# yaml-language-server: $schema={schema.FILE_NAME}"


@pytest.mark.parametrize("path", [*SHIPPED, *VALID, *DOUBTFUL], ids=lambda path: path.stem)
def test_what_can_be_used_is_not_underlined(editor: Draft7Validator, path: Path) -> None:
    assert [error.message for error in editor.iter_errors(as_json(path))] == []


@pytest.mark.parametrize("path", [path for path in INVALID if _by_model(path)], ids=lambda path: path.stem)
def test_what_the_model_refuses_is_underlined(editor: Draft7Validator, path: Path) -> None:
    assert not editor.is_valid(as_json(path))
