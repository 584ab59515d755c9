"""The JSON Schema of the format, for editors that complete and underline: generated from the model.

It is draft-07, which the language server for YAML reads. What the linter's rules say of a whole questionnaire is beyond
a schema; `assessment check` has the last word.
"""

import json
from typing import Any

from pydantic.json_schema import GenerateJsonSchema

from assessment.questionnaire.model import FORMAT, Questionnaire

FILE_NAME = f"questionnaire-{FORMAT}.json"
DIALECT = "http://json-schema.org/draft-07/schema#"

_OF_OTHER_DIALECTS = frozenset({"discriminator", "default"})  # a default here is the model's, not as a file writes it


def json_schema() -> dict[str, Any]:
    """Give the schema of a questionnaire file."""
    made = Questionnaire.model_json_schema(
        by_alias=True, ref_template="#/definitions/{model}", schema_generator=_WithoutTitles
    )
    definitions = made.pop("$defs")
    return {
        "$schema": DIALECT,
        **_plain(made),
        "title": f"Questionnaire, format {FORMAT}",
        "definitions": {name: _plain(definition) for name, definition in sorted(definitions.items())},
    }


def written_schema() -> str:
    """Give the schema as its file has it."""
    return json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"


class _WithoutTitles(GenerateJsonSchema):
    """Leaves out titles made of the names of Python's attributes: an editor would show them beside every key."""

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ANN401, ARG002 - pydantic's signature
        return False


def _plain(node: Any) -> Any:  # noqa: ANN401 - JSON
    """Give a part of the schema in draft-07: nothing that only other dialects know, and no key beyond known names."""
    if isinstance(node, list):
        return [_plain(part) for part in node]
    if not isinstance(node, dict):
        return node
    kept = {
        key: _properties(value) if key == "properties" else _plain(value)
        for key, value in node.items()
        if key not in _OF_OTHER_DIALECTS
    }
    if "patternProperties" in kept:
        kept["additionalProperties"] = False
    return kept


def _properties(properties: dict[str, Any]) -> dict[str, Any]:
    """Give the properties of an object, whatever they are called."""
    return {name: _plain(value) for name, value in properties.items()}
