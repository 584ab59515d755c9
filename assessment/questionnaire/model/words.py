"""The smallest parts of a file: ids, texts, numbers, each with the sentence it is refused with."""

import re
from collections.abc import Callable
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    RootModel,
    StringConstraints,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError

LONGEST_TEXT = 4000
SOURCE = ""  # the key of a text written without a language: it is in the questionnaire's first one

_LANGUAGE = r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*"
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]")


class Part(BaseModel):
    """A part of a file: what it does not know is an error, and nothing in it changes."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


def _of(pattern: str, sentence: str) -> Callable[[str], str]:
    """Give a check that a word has a form; the sentence says which."""
    form = re.compile(pattern, re.ASCII)

    def checked(value: str) -> str:
        if not form.fullmatch(value):
            raise PydanticCustomError("form", "{sentence}", {"sentence": sentence})
        return value

    return checked


def _readable(value: str) -> str:
    if not value.strip():
        raise PydanticCustomError("blank", "is empty; a text is needed")
    if control := _CONTROL.search(value):
        raise PydanticCustomError(
            "control", "has the character {code}, which cannot be shown", {"code": f"U+{ord(control[0]):04X}"}
        )
    return value


def _pattern(pattern: str, sentence: str) -> tuple[AfterValidator, Any]:
    """Give a word's check, and the same for editors."""
    return AfterValidator(_of(pattern, sentence)), Field(json_schema_extra={"pattern": f"^{pattern}$"})


_id, _id_schema = _pattern(
    r"[A-Za-z0-9][A-Za-z0-9.-]{0,79}",
    "an id has letters, digits, dots and dashes, starts with a letter or digit, at most 80 of them",
)
_language, _language_schema = _pattern(
    _LANGUAGE,
    "a language is a code such as `en`, `de` or `pt-BR`",
)
_version, _version_schema = _pattern(
    r"[A-Za-z0-9][A-Za-z0-9.+_-]{0,39}",
    "a version has letters, digits and `.+_-`, starts with a letter or digit, at most 40 of them",
)

Id = Annotated[str, _id, _id_schema]
Language = Annotated[str, _language, _language_schema]
Version = Annotated[str, _version, _version_schema]
Number = Annotated[float, Field(allow_inf_nan=False, ge=-1e6, le=1e6)]
Weight = Annotated[float, Field(gt=0, le=1000, allow_inf_nan=False)]
Words = Annotated[str, StringConstraints(max_length=LONGEST_TEXT), AfterValidator(_readable)]


def is_language(code: str) -> bool:
    """Whether a word has the form of a language's code."""
    return re.fullmatch(_LANGUAGE, code, re.ASCII) is not None


class Text(RootModel[dict[str, Words]]):
    """A text in one or more languages; written as a string it is in the questionnaire's first language."""

    model_config = ConfigDict(strict=True, frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _from_string(cls, value: Any) -> Any:  # noqa: ANN401 - whatever stands in the file
        if isinstance(value, str):
            return {SOURCE: value}
        if not isinstance(value, dict) or not value or SOURCE in value:
            raise PydanticCustomError("text", "should be text, or a map of language to text")
        return value

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Give what an editor may take: a string, or a map of language to string."""
        words = {"type": "string", "minLength": 1, "maxLength": LONGEST_TEXT}
        languages = {
            "type": "object",
            "minProperties": 1,
            "patternProperties": {f"^{_LANGUAGE}$": words},
            "additionalProperties": False,
        }
        return {"anyOf": [words, languages]} if handler(schema) else {}

    def says(self, language: str, source: str) -> str:
        """Give the text in a language, falling back to the source language, then to whatever there is."""
        words = self.root
        for key in (language, source, SOURCE):
            if key in words:
                return words[key]
        return next(iter(words.values()))

    def speaks(self, language: str, source: str) -> bool:
        """Whether the text is there in a language, so that `says` falls back on none."""
        return language in self.root or (language == source and SOURCE in self.root)
