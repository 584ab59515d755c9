"""The questionnaire: what a file of format 1 may say, as frozen types."""

import re
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    RootModel,
    StringConstraints,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError

FORMAT = 1
LONGEST_TEXT = 4000
FEWEST_LEVELS = 2
MOST_LEVELS = 11
MOST_LANGUAGES = 40
MOST_SCALES = 100

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]")


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
            "control", "has the character {code}, which cannot be shown", {"code": _code(control)}
        )
    return value


def _code(found: re.Match[str]) -> str:
    return f"U+{ord(found[0]):04X}"


def _known_format(value: int) -> int:
    if value != FORMAT:
        raise PydanticCustomError("format", "is not 1, the only format that this version reads")
    return value


_id = _of(
    r"[A-Za-z0-9][A-Za-z0-9.-]{0,79}",
    "an id has letters, digits, dots and dashes, starts with a letter or digit, at most 80 of them",
)
_language = _of(
    r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*",
    "a language is a code such as `en`, `de` or `pt-BR`",
)
_version = _of(
    r"[A-Za-z0-9][A-Za-z0-9.+_-]{0,39}",
    "a version has letters, digits and `.+_-`, starts with a letter or digit, at most 40 of them",
)

Id = Annotated[str, AfterValidator(_id)]
Language = Annotated[str, AfterValidator(_language)]
Version = Annotated[str, AfterValidator(_version)]
Number = Annotated[float, Field(allow_inf_nan=False, ge=-1e6, le=1e6)]
Weight = Annotated[float, Field(gt=0, le=1000, allow_inf_nan=False)]
Words = Annotated[str, StringConstraints(max_length=LONGEST_TEXT), AfterValidator(_readable)]

SOURCE = ""  # the key of a text written without a language: it is in the questionnaire's first one


class _Part(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


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

    def says(self, language: str, source: str) -> str:
        """Give the text in a language, falling back to the source language, then to whatever there is."""
        words = self.root
        for key in (language, source, SOURCE):
            if key in words:
                return words[key]
        return next(iter(words.values()))


class Level(_Part):
    """One step of a scale."""

    value: Number
    label: Text


class Scale(_Part):
    """What a rating may be: levels in order."""

    levels: Annotated[list[Level], Field(min_length=FEWEST_LEVELS, max_length=MOST_LEVELS)]

    @property
    def values(self) -> tuple[float, ...]:
        """The levels' values, in order."""
        return tuple(level.value for level in self.levels)

    @property
    def low(self) -> float:
        """The smallest value."""
        return min(self.values)

    @property
    def high(self) -> float:
        """The largest value."""
        return max(self.values)


class Scoring(_Part):
    """How answers become scores."""

    rule: Literal["mean"] = "mean"
    minimum_answered: Annotated[float, Field(ge=0, le=1, alias="minimum-answered")] = 0.5
    unit_weighting: Literal["equal", "respondents"] = Field("equal", alias="unit-weighting")
    smallest_change: Annotated[float, Field(ge=0, alias="smallest-change")] = 0.3


class _Asked(_Part):
    id: Id
    text: Text
    help: Text | None = None
    required: bool = False


class Rating(_Asked):
    """A statement rated on a scale; its anchors say what one would see at a level."""

    type: Literal["rating"]
    scale: Id
    anchors: dict[Number, Text] = Field(default_factory=dict)
    weight: Weight = 1.0
    not_applicable: bool = Field(default=True, alias="not-applicable")
    dont_know: bool = Field(default=True, alias="dont-know")


class FreeText(_Asked):
    """A question answered in one's own words; it is never scored."""

    type: Literal["text"]


Question = Annotated[Rating | FreeText, Field(discriminator="type")]


class Dimension(_Part):
    """A node of the questionnaire's tree: it holds dimensions or questions."""

    id: Id
    title: Text
    help: Text | None = None
    weight: Weight = 1.0
    dimensions: list["Dimension"] = Field(default_factory=list)
    questions: list[Question] = Field(default_factory=list)

    @model_validator(mode="after")
    def _holds_one_kind(self) -> Self:
        if self.dimensions and self.questions:
            raise PydanticCustomError("holds", "holds dimensions and questions; it may hold one of the two")
        if not self.dimensions and not self.questions:
            raise PydanticCustomError("holds", "holds neither dimensions nor questions")
        return self

    def all_questions(self) -> Iterator[Rating | FreeText]:
        """Give the questions below this node, in the file's order."""
        for dimension in self.dimensions:
            yield from dimension.all_questions()
        yield from self.questions

    def ratings(self) -> list[Rating]:
        """Give the scored questions this node holds itself."""
        return [question for question in self.questions if isinstance(question, Rating)]

    def walk(self) -> Iterator["Dimension"]:
        """Give this node and all below it, parents first."""
        yield self
        for dimension in self.dimensions:
            yield from dimension.walk()


class Silenced(_Part):
    """A warning that was thought about and kept, with the reason."""

    rule: str
    at: Id
    reason: Words


class Questionnaire(_Part):
    """One version of one questionnaire, complete and valid in itself."""

    format: Annotated[int, AfterValidator(_known_format)]
    id: Id
    version: Version
    title: Text
    languages: Annotated[list[Language], Field(min_length=1, max_length=MOST_LANGUAGES)] = Field(
        default_factory=lambda: ["en"]
    )
    audience: Literal["team"] = "team"
    introduction: Text | None = None
    scales: Annotated[dict[Id, Scale], Field(min_length=1, max_length=MOST_SCALES)]
    scoring: Scoring = Field(default_factory=Scoring)
    dimensions: Annotated[list[Dimension], Field(min_length=1)]
    silenced: list[Silenced] = Field(default_factory=list)

    @field_validator("languages")
    @classmethod
    def _named_once(cls, languages: list[str]) -> list[str]:
        if len(set(languages)) < len(languages):
            raise PydanticCustomError("twice", "names a language twice")
        return languages

    @property
    def source_language(self) -> str:
        """The language in which the questionnaire is written; the others are translations."""
        return self.languages[0]

    @cached_property
    def questions(self) -> tuple[Rating | FreeText, ...]:
        """Every question, in the order in which it is asked."""
        return tuple(question for node in self.dimensions for question in node.all_questions())

    @cached_property
    def by_id(self) -> dict[str, Rating | FreeText]:
        """Every question by its id."""
        return {question.id: question for question in self.questions}

    @cached_property
    def nodes(self) -> tuple[Dimension, ...]:
        """Every dimension, parents before children, in the file's order."""
        return tuple(node for top in self.dimensions for node in top.walk())

    def scale_of(self, question: Rating) -> Scale:
        """Give the scale a question is rated on."""
        return self.scales[question.scale]

    @cached_property
    def overall_scale(self) -> Scale:
        """The scale whose labels name the overall score: the one most questions are rated on."""
        used = [question.scale for question in self.questions if isinstance(question, Rating)]
        return self.scales[max(self.scales, key=used.count)]

    def says(self, text: Text, language: str | None = None) -> str:
        """Give a text in a language, by default the one the questionnaire is written in."""
        return text.says(language or self.source_language, self.source_language)
